"""What is really owed, to whom, and what waits: the account with each provider.

The balance of care is what the newest explanation leaves to the patient, less what was paid, plus
what the provider gave back, less what the provider let go. Without an explanation it is what the
bill asks for; without a bill it is what the ledger says is unpaid. What is disputed or under
appeal is on hold: it stands beside what is owed, and is not part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, Literal

from app.domain.bill import Bill
from app.domain.expense import Expense
from app.domain.matters import Matter, OwedFacts, matters_of
from app.domain.money import Money

State = Literal["not_due", "due", "plan", "on_hold", "paid", "overpaid", "collections"]
STATES: Final[tuple[State, ...]] = (
    "collections", "due", "plan", "on_hold", "not_due", "overpaid", "paid",
)  # fmt: skip
"""Where an account stands, the most urgent first."""

_NOTHING: Final = Money()
_FROM_PROVIDER: Final = "provider"


@dataclass(frozen=True, eq=False)
class Owing:
    """What a matter comes to. `asked` is None while the plan has not decided."""

    matter: Matter
    asked: Money | None

    @cached_property
    def paid(self) -> Money:
        """What was paid for it, by whomever."""
        return _sum(line.amount for line in self.matter.paid)

    @cached_property
    def refunded(self) -> Money:
        """What the provider gave back; money from others changes nothing between the two."""
        return _sum(one.amount for one in self.matter.refunds if one.giver == _FROM_PROVIDER)

    @cached_property
    def waived(self) -> Money:
        """What the provider let go after the bill."""
        return _sum(bill.waived or _NOTHING for bill in self.matter.live_bills)

    @cached_property
    def let_go(self) -> Money:
        """What is left of bills that the person calls settled: nobody asks for it any more."""
        bills = self.matter.live_bills
        if self.asked is None or not bills or any(bill.state != "settled" for bill in bills):
            return _NOTHING
        return max(self._open, _NOTHING)

    @property
    def _open(self) -> Money:
        left = max((self.asked or _NOTHING) - self.waived, _NOTHING)
        return left - self.paid + self.refunded

    @cached_property
    def balance(self) -> Money:
        """What is left to pay; below zero is what the provider has to give back.

        While the plan has not decided, nothing is left to pay.
        """
        return self._open - self.let_go if self.asked is not None else _NOTHING

    @cached_property
    def state(self) -> State:
        """Where it stands."""
        if self.asked is None:
            return "not_due"
        if self.balance <= _NOTHING:
            return "overpaid" if self.balance < _NOTHING else "paid"
        states = {bill.state for bill in self.matter.live_bills}
        if self.matter.is_fought or "disputed" in states:
            return "on_hold"
        if "collections" in states:
            return "collections"
        return "plan" if "plan" in states or self.next_due_on else "due"

    @cached_property
    def next_due_on(self) -> date | None:
        """The day of the next instalment that is not paid, if there are any."""
        days = [line.due_on for line in self.matter.lines if line.due_on and not line.paid_on]
        return min(days, default=None)

    def due_by(self, day: date) -> Money:
        """Return what of a payment plan was due by a day; all of it where there is no plan."""
        parts = [line for line in self.matter.lines if line.due_on and not line.paid_on]
        if self.state != "plan" or not parts:
            return self.balance if self.state in {"due", "collections", "plan"} else _NOTHING
        due = _sum(line.amount for line in parts if line.due_on and line.due_on <= day)
        return min(due, self.balance)


@dataclass(frozen=True, eq=False)
class Account:
    """All that one provider may ask of one patient."""

    provider: str
    person_id: str | None
    owings: tuple[Owing, ...] = field(default=())

    @cached_property
    def on_hold(self) -> Money:
        """What is disputed or under appeal."""
        return _sum(each.balance for each in self.owings if each.state == "on_hold")

    @cached_property
    def balance(self) -> Money:
        """What is left to pay but for what is on hold; below zero is to come back."""
        return _sum(each.balance for each in self.owings if each.state != "on_hold")

    @property
    def owed(self) -> Money:
        """What is really owed now."""
        return max(self.balance, _NOTHING)

    @property
    def overpaid(self) -> Money:
        """What the provider has to give back."""
        return max(-self.balance, _NOTHING)

    @cached_property
    def records(self) -> frozenset[tuple[str, str]]:
        """The kind and the id of every record of the account."""
        found: set[tuple[str, str]] = set()
        for each in self.owings:
            found |= {("eob", key) for versions in each.matter.explained for key in versions.ids}
            found |= {("bill", bill.id) for bill in each.matter.bills}
            found |= {("expense", line.id) for line in each.matter.lines}
        return frozenset(found)

    @property
    def paid(self) -> Money:
        """What was paid."""
        return _sum(each.paid for each in self.owings)

    @property
    def refunded(self) -> Money:
        """What the provider gave back."""
        return _sum(each.refunded for each in self.owings)

    @property
    def waived(self) -> Money:
        """What the provider let go, in the bill or because it is settled."""
        return _sum(each.waived + each.let_go for each in self.owings)

    @property
    def share(self) -> Money | None:
        """What the newest explanations leave to the patient; None where none tells."""
        told = [
            versions.share
            for each in self.owings
            for versions in each.matter.explained
            if versions.share is not None
        ]
        return _sum(told) if told else None

    def printed(self, name: str) -> Money | None:
        """Return a total of the newest explanations, such as `billed`; None where none has it."""
        found = [
            amount
            for each in self.owings
            for versions in each.matter.explained
            if versions.current and (amount := versions.current.amount(name)) is not None
        ]
        return _sum(found) if found else None

    @cached_property
    def state(self) -> State:
        """Where the account stands: the most urgent of what is not settled by the rest."""
        there = {each.state for each in self.owings}
        urgent: list[State] = [one for one in STATES if one in there and one != "paid"]
        if self.owed > _NOTHING:
            return urgent[0] if urgent and urgent[0] in STATES[:3] else "due"
        if self.overpaid > _NOTHING:
            return "overpaid"
        waiting: list[State] = [one for one in urgent if one in {"on_hold", "not_due"}]
        return waiting[0] if waiting else "paid"

    @property
    def next_due_on(self) -> date | None:
        """The day of the next instalment."""
        days = [each.next_due_on for each in self.owings if each.state == "plan"]
        return min((day for day in days if day), default=None)

    def due_by(self, day: date) -> Money:
        """Return what is due by a day; instalments of later days are not."""
        return max(min(_sum(each.due_by(day) for each in self.owings), self.owed), _NOTHING)


def owings_of(facts: OwedFacts) -> tuple[Owing, ...]:
    """Return what each matter comes to."""
    return tuple(Owing(matter, asked_of(matter)) for matter in matters_of(facts))


def accounts_of(owings: Iterable[Owing], *, claim_id: str | None = None) -> tuple[Account, ...]:
    """Return the accounts, the most urgent first; of one claim or of all.

    A matter without a patient belongs to the one patient whom the provider has, if there is one.
    """
    wanted = [each for each in owings if not claim_id or claim_id in each.matter.claim_ids]
    people: defaultdict[str, set[str | None]] = defaultdict(set)
    for each in wanted:
        people[each.matter.key].add(each.matter.person_id)
    grouped: defaultdict[tuple[str, str | None], list[Owing]] = defaultdict(list)
    for each in wanted:
        known = people[each.matter.key] - {None}
        only = next(iter(known)) if len(known) == 1 else None
        grouped[each.matter.key, each.matter.person_id or only].append(each)
    accounts = [
        Account(_name(parts), person, tuple(parts)) for (_, person), parts in grouped.items()
    ]
    return tuple(sorted(accounts, key=_urgency))


def asked_of(matter: Matter) -> Money | None:
    """Return what the provider may ask for in all; None while the plan has not decided.

    A plan that paid the patient leaves that part to be passed on.
    """
    if matter.explained:
        return _asked_by_plan(matter)
    if matter.bills:
        return _asked_by_bills(matter)
    back = _sum(one.amount for one in matter.refunds if one.giver == _FROM_PROVIDER)
    return _sum(line.amount for line in matter.lines) - back


def shares_of(facts: OwedFacts) -> dict[str, Money]:
    """Return `shares_in` all that the records come to."""
    return shares_in(owings_of(facts))


def shares_in(owings: Iterable[Owing]) -> dict[str, Money]:
    """Return which part of each paid line the newest explanation leaves to the patient.

    The share is used up by payments in the order of their days. A payment counts less what the
    provider gave back, and what was given back is within the share: it is no excess. Lines
    without an explanation, or with one that does not tell, are left out.
    """
    found: dict[str, Money] = {}
    for each in owings:
        if each.matter.explained and each.asked is not None:
            found |= _covered(each.matter, each.asked)
    return found


def _covered(matter: Matter, asked: Money) -> dict[str, Money]:
    back: defaultdict[str, int] = defaultdict(int)
    for one in matter.refunds:
        if one.giver == _FROM_PROVIDER:
            back[one.expense_id] += one.amount.cents
    left = max(asked.cents, 0)
    found: dict[str, Money] = {}
    for line in matter.paid:
        kept = max(line.amount.cents - back[line.id], 0)
        part = min(kept, left)
        left -= part
        found[line.id] = Money(part + line.amount.cents - kept)
    return found


def _asked_by_plan(matter: Matter) -> Money | None:
    total = _NOTHING
    for versions in matter.explained:
        share = versions.share
        if share is None:
            return None
        passed_on = versions.current.eob.paid_to_patient if versions.current else None
        total += share + (passed_on or _NOTHING)
    return total


def _asked_by_bills(matter: Matter) -> Money:
    """Return what bills ask for, and what had been paid by the day of each."""
    asked = _sum(bill.amount for bill in matter.live_bills)
    first = min((bill.billed_on for bill in matter.live_bills if bill.billed_on), default=None)
    known = {line.id for line in matter.paid if _is_before(line, first)}
    paid = _sum(line.amount for line in matter.paid if line.id in known)
    back = _sum(
        one.amount
        for one in matter.refunds
        if one.giver == _FROM_PROVIDER and first and one.came_on < first
    )
    return asked + paid - back


def _is_before(line: Expense, first: date | None) -> bool:
    """Say whether a bill that came later has taken this payment into account already."""
    return bool(first and line.paid_on and not line.bill_id and line.paid_on < first)


def known_to(bill: Bill, matter: Matter) -> Money:
    """Return what had been paid when a bill was written, less what was given back by then."""
    day = bill.billed_on
    paid = [line for line in matter.paid if _is_before(line, day) and line.bill_id != bill.id]
    back = [
        one for one in matter.refunds if one.giver == _FROM_PROVIDER and day and one.came_on < day
    ]
    return _sum(line.amount for line in paid) - _sum(one.amount for one in back)


def _urgency(account: Account) -> tuple[int, str, str]:
    return STATES.index(account.state), account.provider.casefold(), account.person_id or ""


def _name(owings: Sequence[Owing]) -> str:
    return next((each.matter.provider for each in owings if each.matter.provider), "")


def _sum(amounts: Iterable[Money]) -> Money:
    return Money(sum(amount.cents for amount in amounts))
