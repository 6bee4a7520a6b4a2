"""Treatments tried: what was given, what came of it, and the paper that proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.partial_day import checked_partial, first_day, spoken_partial
from app.domain.treatment import OUTCOMES, PRODUCTS, ROUTES, Treatment
from app.operations.care_checks import check_paper, check_provider, one_line, one_of
from app.operations.ids import new_id
from app.storage.queries.papers import paper_row
from app.storage.unit_of_work import UnitOfWork

_FIRST_YEAR: Final = 1900


def add_treatment(binder: Binder, claim_id: str, what: str, **known: Any) -> Treatment:
    """Write down a drug or therapy that was tried; `known` are further fields of `Treatment`.

    `began` and `ended` may be a year, a month or a day (`app.domain.partial_day`).

    Raises:
        UserError: it has no name, a word is none of ours, a day cannot be right, or what it is
            linked with does not exist.
    """
    treatment = Treatment(
        id=new_id(), claim_id=claim_id, what=what, author_id=binder.author_id,
        added_at=binder.now(), **known,
    )  # fmt: skip
    _check_page(binder, treatment)
    with binder.operation("Add a treatment") as work:
        return work.treatments.add(_checked(work, treatment, binder.today()))


def change_treatment(binder: Binder, treatment: Treatment) -> Treatment:
    """Replace what is known of a treatment.

    Raises:
        UserError: as `add_treatment`.
    """
    _check_page(binder, treatment)
    with binder.operation("Change a treatment") as work:
        return work.treatments.save(_checked(work, treatment, binder.today()))


def _checked(work: UnitOfWork, treatment: Treatment, today: date) -> Treatment:
    what = one_line(treatment.what)
    if not what:
        raise UserError("Which drug or therapy was it? For example: iron tablets.")
    one_of(treatment.route, ROUTES, "a way to give it")
    one_of(treatment.product, PRODUCTS, "a kind of product")
    one_of(treatment.outcome, OUTCOMES, "an outcome")
    began, ended = checked_partial(treatment.began), checked_partial(treatment.ended)
    _check_days(began, ended, today)
    work.claims.get(treatment.claim_id)
    check_provider(work, treatment.provider_id)
    check_paper(work, treatment.document_id)
    return replace(treatment, what=what, dose=one_line(treatment.dose), began=began, ended=ended)


def _check_page(binder: Binder, treatment: Treatment) -> None:
    """Refuse a page that its paper does not have, as far as the paper was read."""
    if treatment.page is None:
        return
    if not treatment.document_id or treatment.page < 1:
        raise UserError("A page number needs its paper, and pages are counted from 1.")
    paper = binder.ask(paper_row, treatment.document_id)
    if paper and paper.pages and treatment.page > paper.pages:
        raise UserError(
            f"“{paper.name}” has no page {treatment.page}: it has {paper.pages}. Look which page "
            "proves it."
        )


def _check_days(began: str, ended: str, today: date) -> None:
    for day, what in ((began, "began"), (ended, "ended")):
        first = first_day(day)
        if first and first > today:
            raise UserError(
                f"{spoken_partial(day)} is still to come. Here stands what was tried already: "
                f"check when it {what}, or leave it empty."
            )
        if first and first.year < _FIRST_YEAR:
            raise UserError(f"The year {day[:4]} cannot be right. Check when it {what}.")
    same = min(len(began), len(ended))  # “2024” may end what began in “2024-05”
    if ended[:same] < began[:same]:
        raise UserError(
            f"It began in {spoken_partial(began)} and is said to have ended before that, in "
            f"{spoken_partial(ended)}. Please check both."
        )
