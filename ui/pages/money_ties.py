"""What a line of the ledger is tied to, from the records of the money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.allocation import Allocation
from app.domain.eob import Eob
from app.domain.expense import Expense
from app.domain.money_book import MoneyBook
from app.storage.queries.ledger import LedgerRow
from ui.names import word_for
from ui.pages.money_counted import Counted
from ui.widgets.text import Label, label
from ui.wording import short_date, tr

_GIVERS: Final = {
    "provider": "from the provider",
    "insurer": "from the plan",
    "assistance": "from an assistance program",
    "settlement": "from a settlement",
    "other": "from somebody else",
}
_PAYERS: Final = {
    "hsa": "from the HSA",
    "fsa": "from the FSA",
    "hra": "from the HRA",
    "deducted": "deducted on a tax return",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing a line goes with; `place` is where it is shown: page, kind of record, id.

    With `allocation_id` it is what somebody pays of the line, which can be taken off again.
    """

    icon: str
    title: str
    words: str
    place: tuple[str, str, str] | None = None
    allocation_id: str = ""

    def said(self) -> list[Label]:
        """The labels that say it."""
        return [Label(self.title, "strong"), *([label(self.words)] if self.words else [])]


def ties_of(counted: Counted, row: LedgerRow) -> Iterator[Tie]:
    """Return what a line goes with, in the order in which money moves."""
    book = counted.book
    expense = book.expense_by_id.get(row.id)
    if expense is None:  # entered since the money was read
        return
    yield from _explanations(book, row)
    for bill in book.bills:
        if bill.id == expense.bill_id:
            said = tr("{amount} asked for on {day}", amount=str(bill.amount),
                      day=short_date(bill.billed_on) or tr("a day not known"))  # fmt: skip
            yield Tie("letter", tr("Bill"), said, ("money", "bill", bill.id))
    letter = book.facts(expense.id).letter
    if letter:
        until = tr("valid until {day}", day=short_date(letter.until_on)) if letter.until_on else ""
        said = " · ".join(word for word in (letter.prescriber, letter.diagnosis, until) if word)
        place = ("money", "necessity_letter", letter.id)
        yield Tie("stethoscope", tr("Letter of medical necessity"), said, place)
    yield from _travel(book, row)
    for refund in book.refunds_of.get(row.id, ()):
        day, giver = short_date(refund.came_on), word_for(_GIVERS, refund.giver)
        said = tr("{amount} on {day}, {giver}", amount=str(refund.amount), day=day, giver=giver)
        yield Tie("undo", tr("Money back"), said)
    for each in book.allocations_of.get(row.id, ()):
        yield _claimed(book, each)
    yield from _siblings(counted, expense)


def _explanations(book: MoneyBook, row: LedgerRow) -> Iterator[Tie]:
    """The explanation of benefits of the line; else those of its claim, as its neighbours."""
    own = [eob for eob in book.eobs if eob.id == row.eob_id]
    of_claim = [eob for eob in book.eobs if row.claim_id and eob.claim_id == row.claim_id]
    title = tr("Explanation of benefits") if own else tr("Explanation of benefits of the claim")
    for eob in own or of_claim[-1:]:
        yield Tie("paper", title, _explained(eob), ("money", "eob", eob.id))


def _explained(eob: Eob) -> str:
    parts = (
        short_date(eob.processed_on),
        tr("plan paid {amount}", amount=str(eob.plan_paid)) if eob.plan_paid is not None else "",
        tr("you owe {amount}", amount=str(eob.patient_owes))
        if eob.patient_owes is not None else "",
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def _travel(book: MoneyBook, row: LedgerRow) -> Iterator[Tie]:
    for trip in book.trips:
        if row.id in (trip.expense_id, trip.parking_id):
            way = tr("{start} to {end}", start=trip.from_place, end=trip.to_place)
            said = f"{way} · {trip.miles / 100:g} {tr('miles')}"
            yield Tie("car", tr("Trip to care"), said, ("money", "trip", trip.id))
    for stay in book.stays:
        if stay.expense_id == row.id:
            yield Tie("calendar", tr("Nights near care"), stay.place, ("money", "stay", stay.id))


def _claimed(book: MoneyBook, each: Allocation) -> Tie:
    """Who was asked to pay for a part of the line."""
    withdrawal = book.withdrawal_by_id.get(each.withdrawal_id or "")
    day = each.on or (withdrawal.on if withdrawal else None)
    said = " · ".join(
        word
        for word in (
            f"{each.amount} {word_for(_PAYERS, each.payer)}",
            short_date(day),
            str(each.tax_year or ""),
            withdrawal.reference if withdrawal else "",
        )
        if word
    )
    place = ("money", "withdrawal", withdrawal.id) if withdrawal else None
    return Tie("purse", tr("Paid back"), said, place, each.id)


def _siblings(counted: Counted, own: Expense) -> Iterator[Tie]:
    """The other parts of what was paid in parts."""
    origin = own.origin_id or own.id
    first = counted.book.expense_by_id.get(origin)
    for each in (*([first] if first else []), *counted.parts.get(origin, ())):
        if each.id != own.id:
            day = short_date(each.paid_on or each.due_on) or tr("not paid yet")
            place = ("money", "expense", each.id)
            yield Tie("card", tr("Another part"), f"{each.amount} · {day}", place)
