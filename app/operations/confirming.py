"""Saying yes to what was read: a paper is filed, its values confirmed, its denial recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.binder import Binder
from app.domain.document import Document
from app.domain.errors import UserError
from app.domain.rule_book import RuleBook
from app.operations.denials import DenialAnswer, RecordedDenial, add_denial
from app.operations.facts import SaidValue, keep_said
from app.operations.sorting import Sorting, sort_within


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The paper as it is filed now, and the denial that was recorded with it, if any."""

    paper: Document
    denial: RecordedDenial | None


def confirm_paper(
    binder: Binder,
    book: RuleBook,
    document_id: str,
    sorting: Sorting,
    values: Sequence[SaidValue],
    *,
    denial: DenialAnswer | None = None,
) -> Confirmed:
    """File a paper as the person says, keep the values they confirmed, all in one undo step.

    With `denial` the denial that the paper tells of is recorded under the paper's claim, and its
    date goes into the calendar: the person has seen it on the same page.

    Raises:
        UserError: something named does not exist, a value has no such form, or there is a denial
            but no claim that it belongs to.
    """
    with binder.operation("File a paper") as work:
        (paper,) = sort_within(binder, work, [document_id], sorting)
        keep_said(binder, work, paper, values)
        if denial is None:
            return Confirmed(paper, None)
        if paper.claim_id is None:
            raise UserError("Choose the claim that this denial belongs to, or open a new one.")
        recorded = add_denial(binder, work, book, paper.claim_id, denial, confirmed=True)
        return Confirmed(work.documents.get(document_id), recorded)
