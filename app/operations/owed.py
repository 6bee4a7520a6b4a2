"""What is owed, what stands out in the money, and what a person said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from app.binder import Binder
from app.domain.choice import Choice
from app.domain.errors import UserError
from app.domain.finding_mark import STATES, FindingMark
from app.domain.money_book import MoneyBook
from app.domain.money_finding import MoneyCase, Noted
from app.domain.money_findings import findings_in
from app.operations.care_checks import one_of
from app.operations.money_book import money_book
from app.operations.plan_years import PREVENTIVE
from app.storage.queries.records import record

_kept: WeakKeyDictionary[Binder, tuple[MoneyBook, MoneyCase]] = WeakKeyDictionary()
_LONGEST_ABOUT: Final = 200


def money_case(binder: Binder, today: date) -> MoneyCase:
    """Return what hangs together in the money, from one consistent reading.

    It is kept as long as the money does not change.
    """
    book = money_book(binder)
    choice: Choice | None = binder.ask(record, "choice", PREVENTIVE)
    codes = frozenset(choice.value.split() if choice else ())
    known, case = _kept.get(binder, (None, None))
    if case and known is book and case.today == today and case.facts.preventive_codes == codes:
        return case
    case = MoneyCase(replace(book.owed_facts, preventive_codes=codes), today, book.owings)
    _kept[binder] = (book, case)
    return case


def findings_of_care(binder: Binder, today: date) -> tuple[Noted, ...]:
    """Return what stands out in explanations, bills and payments, the gravest first."""
    return findings_in(money_case(binder, today), money_book(binder).marks)


def mark_finding(binder: Binder, about: str, state: str, note: str = "") -> FindingMark:
    """Keep what a person says of a finding: the paper says so, it is seen to, or it is no fault.

    Raises:
        UserError: the state is none of these, or `about` names no finding.
    """
    one_of(state, STATES, "an answer to a finding that is")
    named = " ".join(about.split())
    if not named or len(named) > _LONGEST_ABOUT or len(named.split()) < 2:
        raise UserError("Name the finding as the list of findings does under “about”.")
    with binder.operation("Answer a finding") as work:
        mark = FindingMark(
            id=named, state=state, note=note, author_id=binder.author_id, added_at=binder.now()
        )
        return (
            work.finding_marks.add(mark)
            if work.finding_marks.find(named) is None
            else work.finding_marks.save(mark)
        )


def unmark_finding(binder: Binder, about: str) -> None:
    """Take an answer to a finding back.

    Raises:
        UserError: there is none.
    """
    with binder.operation("Ask a finding again") as work:
        work.finding_marks.remove(" ".join(about.split()))
