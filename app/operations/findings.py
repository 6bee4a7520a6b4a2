"""All that stands out in the money: in explanations, bills and payments, and for the HSA."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.binder import Binder
from app.domain.finding import Finding
from app.domain.money_book import MoneyBook
from app.domain.money_finding import MoneyCase, Noted
from app.domain.summary_choice import SummaryChoice, of_year
from app.operations.money_book import money_book
from app.operations.owed import findings_of_care, money_case
from app.operations.summary_source import hsa_source

_WEIGHT: Final = {"high": 0, "med": 1, "info": 2}
_OF_HSA: Final = "H"


def all_findings(binder: Binder, today: date, *, year: int | None = None) -> tuple[Noted, ...]:
    """Return what stands out, the gravest first; of a year only what belongs to it.

    What has no year belongs to all of them.
    """
    care = findings_of_care(binder, today)
    if year is not None:
        days = _days(money_case(binder, today))
        care = tuple(each for each in care if _is_of(days, each, year))
    found = (*care, *_of_hsa(binder, year))
    return tuple(
        sorted(
            found, key=lambda each: (_WEIGHT[each.finding.severity], each.finding.id, each.about)
        )
    )


def _days(case: MoneyCase) -> Mapping[tuple[str, str], date | None]:
    """Return the day of each record: of payment, else of care; None where unknown."""
    facts = case.facts
    days = {("expense", line.id): line.paid_on or line.served_on for line in facts.expenses}
    days |= {("bill", bill.id): bill.served_on or bill.billed_on for bill in facts.bills}
    return days | {
        ("eob", each.eob.id): each.days[0] if each.days else each.eob.processed_on
        for each in case.holding
    }


def _is_of(days: Mapping[tuple[str, str], date | None], noted: Noted, year: int) -> bool:
    day = days.get(noted.finding.record or ("", ""))
    return day is None or day.year == year


def _of_hsa(binder: Binder, year: int | None) -> Iterator[Noted]:
    book = money_book(binder)
    choice = of_year(year) if year else _every_year(book)
    if choice is None:
        return
    found = (each for each in hsa_source(binder, choice).findings if each.id.startswith(_OF_HSA))
    marks = {mark.id: mark for mark in book.marks}
    for noted in _named(book, found):
        yield replace(noted, mark=marks.get(noted.about))


def _every_year(book: MoneyBook) -> SummaryChoice | None:
    """Return all years in which anything was paid or left an account; None where nothing was."""
    years = [line.paid_on.year for line in book.expenses if line.paid_on]
    years += [each.on.year for each in book.withdrawals]
    years += [each.year for each in book.forms]
    years += [each.tax_year for each in book.contributions]
    if not years:
        return None
    return replace(of_year(max(years)), first=date(min(years), 1, 1))


def _named(book: MoneyBook, found: Iterable[Finding]) -> Iterator[Noted]:
    """Name each finding by its number and its record; several of one are counted."""
    seen: Counter[str] = Counter()
    for finding in found:
        record = finding.record or (("expense", finding.expense) if finding.expense else None)
        about = " ".join((finding.id, record[1] if record else str(finding.year or "all")))
        seen[about] += 1
        line = book.expense_by_id.get(finding.expense or "")
        numbered = about if seen[about] == 1 else f"{about} {seen[about]}"
        claim_id = line.claim_id if line else None
        yield Noted(replace(finding, record=record), numbered, claim_id)
