"""All that stands out in the money: in explanations, bills and payments, and for the HSA."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
    case = money_case(binder, today)
    care = (
        each
        for each in findings_of_care(binder, today)
        if year is None or year_of(case, each) in {None, year}
    )
    found = (*care, *_of_hsa(binder, year))
    return tuple(
        sorted(
            found, key=lambda each: (_WEIGHT[each.finding.severity], each.finding.id, each.about)
        )
    )


def year_of(case: MoneyCase, noted: Noted) -> int | None:
    """Return the year that a finding belongs to: of payment, else of care; None where unknown."""
    kind, key = noted.finding.record or ("", "")
    if kind == "expense":
        line = next((line for line in case.facts.expenses if line.id == key), None)
        day = line and (line.paid_on or line.served_on)
    elif kind == "bill":
        bill = next((bill for bill in case.facts.bills if bill.id == key), None)
        day = bill and (bill.served_on or bill.billed_on)
    else:
        held = next((each for each in case.holding if each.eob.id == key), None)
        day = held and (held.days[0] if held.days else held.eob.processed_on)
    return day.year if day else None


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
