"""The tests three to six: after the account, by nobody else, not deducted, really paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from app.domain.hsa_account import HsaAccount
from app.domain.line_facts import LineFacts, Outcome, TestState
from app.domain.money import Money

_AFTER: Final = "Notice 2004-2 Q&A-26; Form 8889 instructions, line 15"
_OTHERS: Final = "26 U.S.C. 223(d)(2)(A); Publication 969"
_DEDUCTED: Final = "26 U.S.C. 223(f)(6); Publication 969"
_PAID: Final = "26 U.S.C. 213(a) and 223(d)(2)(A)"
FOREIGN_METHODS: Final = frozenset({"fsa", "hra", "assistance"})
"""Ways to pay that are another payer's money altogether."""

_PAYER_NAMES: Final = {"fsa": "the FSA", "hra": "the HRA", "assistance": "an assistance program"}
_NOBODY_ELSE: Final = TestState(4, Outcome.PASS, "No other payment for it is on record.", _OTHERS)
_NOT_DEDUCTED: Final = TestState(
    5, Outcome.PASS, "It is not recorded as deducted in any year.", _DEDUCTED
)
_REALLY_PAID: Final = TestState(6, Outcome.PASS, "It is recorded as paid.", _PAID)
_UNPAID: Final = TestState(
    6, Outcome.FAIL, "It is not paid yet. Only what was paid counts.", _PAID, cause="unpaid"
)
_NO_AMOUNT: Final = TestState(
    6,
    Outcome.UNKNOWN,
    "The amount is not above zero. Money that came back is recorded as a refund.",
    _PAID,
    cause="amount",
)


def earliest(accounts: Iterable[HsaAccount]) -> date | None:
    """Return the earliest day on which an account was established, None where none is known."""
    return min((each.established_on for each in accounts if each.established_on), default=None)


def after_established(facts: LineFacts) -> TestState:
    """Return whether the care was on or after the day the first account was established."""
    served, first = facts.served_on, earliest(facts.accounts)
    if first is None:
        return _no_account(bool(facts.accounts))
    if served is None:
        return _no_day()
    if served < first:
        is_sure = all(account.established_on for account in facts.accounts)
        return _before(first) if is_sure else _another_account(first)
    still = earliest(each for each in facts.accounts if not _is_closed(each, served))
    if still is None or served < still:
        return _closed(first)
    return _not_yet(facts, served) or _after(still)


def _is_closed(account: HsaAccount, served: date) -> bool:
    return account.closed_on is not None and account.closed_on < served


def _not_yet(facts: LineFacts, served: date) -> TestState | None:
    """Return the outcome where the care is still to come, or may be: paid in an earlier year."""
    if facts.today is not None:
        return _to_come(served) if served > facts.today else None
    paid = facts.expense.paid_on
    if paid is not None and paid.year < served.year:
        return _prepaid(paid.year, served.year)
    return None


def account_covers(account: HsaAccount, served: date | None) -> TestState:
    """Return the same for one account, from which money is to be taken."""
    if account.established_on is None:
        return _no_account(True)
    if served is None:
        return _no_day()
    if served < account.established_on:
        return _before(account.established_on)
    return _after(account.established_on)


def taken_by_others(facts: LineFacts) -> int:
    """Return the cents of a line that came back, were another payer's, or were deducted."""
    if facts.expense.method in FOREIGN_METHODS:
        return facts.expense.amount.cents
    if not facts.refunds and not facts.allocations:
        return 0
    back = sum(refund.amount.cents for refund in facts.refunds)
    return back + sum(each.amount.cents for each in facts.allocations if each.payer != "hsa")


def nobody_else_paid(facts: LineFacts) -> TestState:
    """Return whether anybody else paid for the line, or may still do so."""
    method = facts.expense.method
    if method in FOREIGN_METHODS:
        return _state(
            4, Outcome.FAIL, f"It was paid by {_PAYER_NAMES[method]}.", _OTHERS, "other_payer"
        )
    if method == "other":
        text = "Somebody else paid it, and it is not known who. Say how it was paid."
        return _state(4, Outcome.UNKNOWN, text, _OTHERS, "unknown_payer")
    held = held_back(facts)
    if held and not reimbursed_cents(facts):
        return _waiting(facts)
    if not facts.refunds and not facts.allocations and facts.share is None:
        return _NOBODY_ELSE
    state = _partly(facts)
    if not held or state.state is Outcome.FAIL:
        return state
    text, source, cause = _why_held(facts)
    before = "" if state is _NOBODY_ELSE else f"{state.reason} "
    doubt = max(held, state.doubt.cents if state.doubt else 0)
    return replace(state, reason=f"{before}{text}", source=source, cause=cause, doubt=Money(doubt))


def held_back(facts: LineFacts) -> int:
    """Return the cents that wait, for the end of an appeal or because the person said so.

    What the HSA has paid already does not wait any more. Nobody else has paid it: if the plan
    does later, it has to go back (Notice 2004-50 Q&A-37).
    """
    hold = facts.expense.hold
    waits = hold == "hold" or (facts.is_under_appeal and hold != "claim")
    left = facts.expense.amount.cents - reimbursed_cents(facts)
    return max(0, left) if waits else 0


def _waiting(facts: LineFacts) -> TestState:
    """Return the test of a line that waits; what came back of it waits for nobody."""
    waits, gone = _state(4, Outcome.UNKNOWN, *_why_held(facts)), _partly(facts)
    if not gone.part:
        return waits
    return replace(waits, reason=f"{gone.reason} {waits.reason}", part=gone.part)


def _why_held(facts: LineFacts) -> tuple[str, str, str]:
    if facts.expense.hold == "hold":
        return "You decided to wait with it.", _OTHERS, "hold"
    text = "It is under appeal: do not reimburse yet. The plan may still pay."
    return text, _OTHERS, "appeal"


def reimbursed_cents(facts: LineFacts) -> int:
    """Return the cents of a line that the HSA paid, by its card or after the event."""
    if facts.expense.method == "hsa":
        return facts.expense.amount.cents
    return sum(each.amount.cents for each in facts.allocations if each.payer == "hsa")


def _partly(facts: LineFacts) -> TestState:
    """Name what came back, what the FSA or HRA paid, and what is above the patient's share."""
    amount = facts.expense.amount.cents
    back = sum(refund.amount.cents for refund in facts.refunds)
    paid = sum(each.amount.cents for each in facts.allocations if each.payer in {"fsa", "hra"})
    texts = [f"{Money(back)} came back."] if back else []
    if paid:
        texts.append(f"{Money(paid)} was claimed from an FSA or HRA.")
    if back + paid >= amount > 0:
        return _state(4, Outcome.FAIL, " ".join(texts), _OTHERS, "other_payer")
    share = facts.share
    if share is not None and amount - back > share.cents:
        over = Money(amount - back - share.cents)
        texts.append(
            f"The newest explanation of benefits says that you owe {share}. "
            f"Check the {over} above it."
        )
        part = Money(back + paid) if back + paid else None
        return TestState(4, Outcome.PASS, " ".join(texts), _OTHERS, part, "over_share", over)
    if not texts:
        return _NOBODY_ELSE
    text = f"{' '.join(texts)} Only the rest counts."
    return TestState(4, Outcome.PASS, text, _OTHERS, Money(back + paid), "other_payer")


def not_deducted(facts: LineFacts) -> TestState:
    """Return whether the line was taken as an itemized deduction in any year."""
    if not facts.allocations:
        return _NOT_DEDUCTED
    taken = [each for each in facts.allocations if each.payer == "deducted"]
    total = sum(each.amount.cents for each in taken)
    if not total:
        return _NOT_DEDUCTED
    years = ", ".join(str(year) for year in sorted({each.tax_year or 0 for each in taken}) if year)
    text = f"{Money(total)} was deducted" + (f" in {years}." if years else ".")
    if total >= facts.expense.amount.cents:
        return _state(5, Outcome.FAIL, text, _DEDUCTED, "deducted")
    return TestState(
        5, Outcome.PASS, f"{text} Only the rest counts.", _DEDUCTED, Money(total), "deducted"
    )


def actually_paid(facts: LineFacts) -> TestState:
    """Return whether the line was paid."""
    if facts.expense.amount.cents <= 0:
        return _NO_AMOUNT
    paid = facts.expense.paid_on
    if paid is None:
        return _UNPAID
    return _planned(paid) if facts.today is not None and paid > facts.today else _REALLY_PAID


@lru_cache(maxsize=512)
def _planned(paid: date) -> TestState:
    text = f"It is to be paid on {_day(paid)}. Only what was paid counts."
    return TestState(6, Outcome.UNKNOWN, text, _PAID, cause="planned")


@lru_cache(maxsize=8)
def _no_account(is_undated: bool) -> TestState:  # noqa: FBT001 - the key of a small cache
    if is_undated:
        text = "It is not known when the account was established. Add the date."
    else:
        text = "No health savings account is on record."
    return TestState(3, Outcome.UNKNOWN, text, _AFTER, cause="no_account")


@lru_cache(maxsize=2)
def _no_day() -> TestState:
    text = "The date of service is missing. Add it from the bill."
    return TestState(3, Outcome.UNKNOWN, text, _AFTER, cause="no_date")


@lru_cache(maxsize=64)
def _before(first: date) -> TestState:
    text = f"The care was before the account was established on {_day(first)}."
    return TestState(3, Outcome.FAIL, text, _AFTER, cause="before_hsa")


@lru_cache(maxsize=64)
def _another_account(first: date) -> TestState:
    text = (
        f"The care was before {_day(first)}, and of another account it is not known when it was "
        "established."
    )
    return TestState(3, Outcome.UNKNOWN, text, _AFTER, cause="no_account")


@lru_cache(maxsize=64)
def _closed(first: date) -> TestState:
    text = (
        f"The account of {_day(first)} was closed before the care. If its money was rolled over, "
        "or the next account followed within 18 months, enter the earlier day for that one."
    )
    source = "Publication 969; Notice 2008-59 Q&A-41 and 42"
    return TestState(3, Outcome.UNKNOWN, text, source, cause="closed")


@lru_cache(maxsize=64)
def _after(first: date) -> TestState:
    text = f"The care was on or after {_day(first)}, when the account was established."
    return TestState(3, Outcome.PASS, text, _AFTER)


@lru_cache(maxsize=1024)
def _to_come(served: date) -> TestState:
    text = f"The care is still to come, on {_day(served)}. It counts once it was given."
    return TestState(3, Outcome.UNKNOWN, text, _AFTER, cause="to_come")


@lru_cache(maxsize=1024)
def _prepaid(paid: int, served: int) -> TestState:
    text = f"It was paid in {paid} for care in {served}. It counts from the day of care on."
    return TestState(3, Outcome.UNKNOWN, text, _AFTER, cause="prepaid")


def _state(number: int, outcome: Outcome, text: str, source: str, cause: str) -> TestState:
    return TestState(number, outcome, text, source, cause=cause)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
