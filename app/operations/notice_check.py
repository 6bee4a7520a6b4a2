"""What the letter of a denial should say by law and was not found in it."""

from __future__ import annotations

from dataclasses import dataclass

from app.binder import Binder
from app.domain.denial import Denial
from app.domain.notice_contents import NoticeRequirement
from app.domain.plan import Plan
from app.operations.papers import wanted
from app.operations.rules import rule_book
from app.storage.queries.facts import PaperFacts, paper_facts
from app.storage.queries.papers import paper_row

_NAME = "missing_from_notice"


@dataclass(frozen=True, slots=True)
class NoticeCheck:
    """What was looked for in a letter and not found; each may stand in an enclosure.

    `was_read` is False where there is no letter or nobody has read it yet: then nothing can be
    said. `document_id` is the letter.
    """

    document_id: str | None
    document: str
    was_read: bool
    missing: tuple[NoticeRequirement, ...]


def check_notice(binder: Binder, denial_id: str) -> NoticeCheck:
    """Return what the letter of a denial should say and does not, by what was read in it.

    An item of a law that does not hold for the plan is left out where the plan is known, and so is
    what a person has found in the letter after all.

    Raises:
        UserError: the denial does not exist.
    """
    denial: Denial = wanted(binder, "denial", denial_id)
    letter = binder.ask(paper_row, denial.document_id) if denial.document_id else None
    if letter is None:
        return NoticeCheck(None, "", was_read=False, missing=())
    facts = binder.ask(paper_facts, letter.id)
    plan_id = wanted(binder, "claim", denial.claim_id).plan_id
    plan: Plan | None = wanted(binder, "plan", plan_id) if plan_id else None
    missing = tuple(_missing(facts, plan))
    return NoticeCheck(letter.id, letter.name, was_read=facts.is_sifted, missing=missing)


def _missing(facts: PaperFacts, plan: Plan | None) -> list[NoticeRequirement]:
    book = rule_book()
    ids = dict.fromkeys(row.value for row in facts.rows if row.name == _NAME)
    found = [book.notices[key] for key in ids if isinstance(key, str) and key in book.notices]
    if plan is None:
        return found
    programs = book.programmes.programs(plan.program, plan.funding)
    return [item for item in found if not programs or programs & set(item.programs)]
