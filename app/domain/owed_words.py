"""What is owed, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.domain.calendar_days import spoken
from app.domain.money import Money
from app.domain.owed import Account, Owing

_NOTHING = Money()


def in_words(account: Account, today: date) -> str:
    """Return a few sentences: what is owed to this provider today, what waits, and why."""
    return " ".join((*_figures(account), *_now(account, today), *_notes(account)))


def changes_in_words(account: Account) -> tuple[str, ...]:
    """Return how newer versions of explanations have changed what the patient owes."""
    found = (versions.change for each in account.owings for versions in each.matter.explained)
    return tuple(sentence for sentence in found if sentence)


def _figures(account: Account) -> Iterator[str]:
    share = account.share
    if share is not None:
        yield f"The plan's newest papers leave you {share}."
    bills = [bill for each in account.owings for bill in each.matter.live_bills]
    if bills:
        asks = sum((bill.amount for bill in bills), _NOTHING)
        yield f"{'The bill asks' if len(bills) == 1 else f'{len(bills)} bills ask'} for {asks}."
    covered = [each for each in account.owings if each.matter.explained or each.matter.bills]
    paid = sum((each.paid for each in covered), _NOTHING)
    if paid > _NOTHING:
        yield f"{paid} is paid."
    if account.paid > paid:
        rest = account.paid - paid
        yield f"{rest} is paid{' for other care' if covered else ''}."
    if account.refunded > _NOTHING:
        yield f"{account.refunded} came back."
    if account.waived > _NOTHING:
        yield f"{account.waived} was let go."


def _now(account: Account, today: date) -> Iterator[str]:
    if account.owed > _NOTHING:
        due = account.due_by(today)
        if account.state == "plan" and account.next_due_on:
            yield f"{account.owed} is left of the payment plan."
            yield (
                f"Of this, {due} is due now."
                if due > _NOTHING
                else f"The next part is due on {spoken(account.next_due_on)}."
            )
        else:
            yield f"You owe {account.owed}."
    if account.overpaid > _NOTHING:
        yield f"You paid {account.overpaid} too much. Ask for it back."
    if account.on_hold > _NOTHING:
        yield f"{account.on_hold} is on hold: {_why_held(account)}."
    if account.state == "paid":
        yield "Nothing is left to pay."


def _notes(account: Account) -> Iterator[str]:
    if any(each.state == "not_due" for each in account.owings):
        yield (
            "The plan has not said yet what you owe for all of this. Wait for its explanation "
            "before you pay."
        )
    if any(each.state == "collections" for each in account.owings):
        yield "A collector asks for this. Ask in writing what it is for before you pay."
    if any(_waits_for_bill(each) for each in account.owings):
        yield "No bill is recorded for it yet."
    yield from changes_in_words(account)


def _waits_for_bill(owing: Owing) -> bool:
    return owing.state == "due" and bool(owing.matter.explained) and not owing.matter.bills


def _why_held(account: Account) -> str:
    held = [each for each in account.owings if each.state == "on_hold"]
    fought = any(each.matter.is_fought for each in held)
    disputed = any(bill.state == "disputed" for each in held for bill in each.matter.live_bills)
    reasons = (("it is under appeal", fought), ("you dispute the bill", disputed))
    return " and ".join(words for words, holds in reasons if holds)
