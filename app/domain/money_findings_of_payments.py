"""What stands out in payments: M10, M11, M13 and M14."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from typing import Final

from app.domain.bill import Bill
from app.domain.expense import Expense
from app.domain.matters import OwedFacts, provider_key
from app.domain.money import Money
from app.domain.money_finding import MoneyCase, Noted, about_bill, about_expense
from app.domain.owed import Account, shares_in

SAME: Final = 70
"""So much likeness is asked about: provider 30, amount 30, the same day 40, a near one 20."""

_NOTHING: Final = Money()
_NEAR_DAYS: Final = 3
_MOST_ALIKE: Final = 40


def findings_of_payments(case: MoneyCase) -> Iterator[Noted]:
    """Yield what was paid twice, paid too much, or came back after an HSA had paid."""
    yield from _bills_twice(case.facts)
    yield from _lines_twice(case.facts)
    for account in case.accounts:
        yield from _overpaid(account)
    yield from _came_back(case)
    yield from _deducted_came_back(case)


def _bills_twice(facts: OwedFacts) -> Iterator[Noted]:
    """M10 for bills: the same paper, or the same amount for the same care without a new day."""
    alike: defaultdict[Hashable, list[Bill]] = defaultdict(list)
    for bill in sorted(facts.bills, key=lambda bill: (bill.added_at, bill.id)):
        if bill.document_id:
            alike["paper", bill.document_id, bill.amount].append(bill)
        if bill.served_on or bill.billed_on:
            key = provider_key(facts.provider_of(bill))
            alike[key, bill.amount, bill.served_on, bill.billed_on].append(bill)
    for bills in alike.values():
        for first, second in pairwise(bills):
            yield about_bill(
                "M10",
                second,
                f"This bill of {second.amount} looks the same as another one. If it is the same, "
                "put one of them in the trash, and pay only once.",
                first.id,
            )


def _lines_twice(facts: OwedFacts) -> Iterator[Noted]:
    """M10 and M11 for lines: two that nothing tells apart.

    Lines of one amount only are compared: two amounts at one provider on one day are two services
    far more often than one entered twice.
    """
    alike: defaultdict[Hashable, list[Expense]] = defaultdict(list)
    for line in sorted(facts.expenses, key=lambda line: (line.added_at, line.id)):
        if line.paid_on and line.amount > _NOTHING:
            alike[line.amount, provider_key(facts.provider_of(line))].append(line)
    accounts = _accounts(facts)
    for lines in alike.values():
        for day in _by_day(lines):
            run = day[:_MOST_ALIKE]
            for at, second in enumerate(run):
                first = next((one for one in run[:at] if _is_same(facts, one, second)), None)
                if first is not None:
                    yield _pair(first, second, accounts)


def _is_same(facts: OwedFacts, one: Expense, other: Expense) -> bool:
    return _likeness(one, other) >= SAME and not _is_apart(facts, one, other)


def _by_day(lines: Iterable[Expense]) -> list[list[Expense]]:
    """Part lines into runs whose days of payment are near one another."""
    runs: list[list[Expense]] = []
    for line in sorted(lines, key=lambda line: (str(line.paid_on), line.added_at, line.id)):
        last = runs[-1][-1].paid_on if runs else None
        if last and line.paid_on and (line.paid_on - last).days <= _NEAR_DAYS:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _likeness(one: Expense, other: Expense) -> int:
    """Score two lines of one provider and amount by their days."""
    if one.served_on and other.served_on:
        return 60 + (40 if one.served_on == other.served_on else -60)
    if not one.paid_on or not other.paid_on:
        return 0
    days = abs((one.paid_on - other.paid_on).days)
    return 60 + (40 if days == 0 else 20 if days <= _NEAR_DAYS else 0)


def _is_apart(facts: OwedFacts, one: Expense, other: Expense) -> bool:
    """Say whether something tells two lines apart that look the same."""
    pairs = (
        (one.category, other.category),
        (one.what, other.what),
        (one.eob_line_id, other.eob_line_id),
        (one.due_on, other.due_on),
        (one.reference, other.reference),
        (facts.person_of(one), facts.person_of(other)),
    )
    if any(mine and theirs and mine != theirs for mine, theirs in pairs):
        return True
    kin = {one.origin_id, one.id} & {other.origin_id, other.id} - {None}
    return bool(kin) or bool(one.origin_id and one.origin_id == other.origin_id)


def _pair(first: Expense, second: Expense, accounts: dict[str, frozenset[str]]) -> Noted:
    claims = {line.claim_id for line in (first, second) if line.claim_id}
    held = [accounts.get(line.id, frozenset()) for line in (first, second)]
    if len(claims) > 1:
        text = (
            f"A payment of {second.amount} stands under two claims. If it is one payment, keep it "
            "under one of them only."
        )
        return about_expense("M11", second, text, first.id)
    if held[0] and held[1] and held[0] != held[1]:
        text = (
            f"An expense of {second.amount} was taken from two accounts. If it is one expense, "
            "only one account may pay for it."
        )
        return about_expense("M11", second, text, first.id)
    text = (
        f"Another line has the same provider, amount of {second.amount} and day. If it is the "
        "same payment, put one of them in the trash."
    )
    return about_expense("M10", second, text, first.id)


def _accounts(facts: OwedFacts) -> dict[str, frozenset[str]]:
    """Return the accounts that paid for each line."""
    of_withdrawal = {each.id: each.account_id for each in facts.withdrawals}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in facts.expenses:
        if line.account_id:
            found[line.id].add(line.account_id)
    for allocation in facts.allocations:
        account = of_withdrawal.get(allocation.withdrawal_id or "")
        if allocation.payer == "hsa" and account:
            found[allocation.expense_id].add(account)
    return {key: frozenset(accounts) for key, accounts in found.items()}


def _overpaid(account: Account) -> Iterator[Noted]:
    """M13: more was paid than the newest explanation leaves to the patient."""
    if account.overpaid <= _NOTHING:
        return
    owings = [each for each in account.owings if each.balance < _NOTHING]
    paid = [line for each in owings for line in each.matter.paid]
    last = max(paid, key=lambda line: (str(line.paid_on), line.id))
    kept = sum((each.paid - each.refunded for each in owings), _NOTHING)
    over = -sum((each.balance for each in owings), _NOTHING)
    owed_else = over - account.overpaid
    rest = f" {owed_else} of that pays for other care there." if owed_else > _NOTHING else ""
    yield about_expense(
        "M13",
        last,
        f"You paid {kept}, but {kept - over} is your share of it: {over} too much.{rest} Ask "
        f"{account.provider or 'the provider'} to send {account.overpaid} back.",
    )


def _came_back(case: MoneyCase) -> Iterator[Noted]:
    """M14: an HSA has paid what came back since, or what a newer explanation no longer asks."""
    back = _added((one.expense_id, one.amount) for one in case.facts.refunds)
    claimed = _added(
        (one.expense_id, one.amount) for one in case.facts.allocations if one.payer == "hsa"
    )
    lowered = _lowered(case)
    for line in case.facts.expenses:
        from_hsa = line.amount if line.method == "hsa" else claimed[line.id]
        if not line.paid_on or from_hsa <= _NOTHING:
            continue
        came, unasked = back[line.id], lowered.get(line.id, _NOTHING)
        over = from_hsa - (line.amount - came - unasked)
        if over > _NOTHING and came + unasked > _NOTHING:
            reasons = [f"{came} came back"] if came > _NOTHING else []
            reasons += (
                [f"the plan's newest paper asks {unasked} less"] if unasked > _NOTHING else []
            )
            yield about_expense(
                "M14",
                line,
                f"An HSA paid {from_hsa} of this expense, and {' and '.join(reasons)}. "
                f"{min(over, from_hsa)} may have to go back to the HSA as a mistaken "
                "distribution. Ask the custodian how.",
            )


def _deducted_came_back(case: MoneyCase) -> Iterator[Noted]:
    """M14: what came back had been deducted (Publication 525, recoveries). No day is set.

    Where an HSA paid a part too, the finding about that part goes before.
    """
    back = _added((one.expense_id, one.amount) for one in case.facts.refunds)
    taken = _added((one.expense_id, one.amount) for one in case.facts.allocations)
    deducted = _added(
        (one.expense_id, one.amount) for one in case.facts.allocations if one.payer == "deducted"
    )
    by_hsa = {one.expense_id for one in case.facts.allocations if one.payer == "hsa"}
    for line in case.facts.expenses:
        over = taken[line.id] - (line.amount - back[line.id])
        is_taken = deducted[line.id] > _NOTHING and line.id not in by_hsa
        if is_taken and over > _NOTHING and back[line.id] > _NOTHING:
            yield about_expense(
                "M14",
                line,
                f"You deducted {deducted[line.id]} of this expense, and {back[line.id]} came back. "
                "If that return is filed, money back may be income (Publication 525); if not, less "
                "can be deducted. Ask whoever does your taxes.",
            )


def _lowered(case: MoneyCase) -> dict[str, Money]:
    """Return what of each line a newer version of an explanation does not ask any more."""
    shares = shares_in(case.owings)
    return {
        line.id: line.amount - shares[line.id]
        for owing in case.owings
        if any(versions.change for versions in owing.matter.explained)
        for line in owing.matter.paid
        if line.id in shares
    }


def _added(parts: Iterable[tuple[str, Money]]) -> defaultdict[str, Money]:
    found: defaultdict[str, Money] = defaultdict(Money)
    for key, amount in parts:
        found[key] += amount
    return found
