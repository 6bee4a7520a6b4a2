"""What an examiner would ask of accounts, withdrawals, contributions and tax forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from app.domain.contribution_limits import ContributionYear, contribution_years, over_together
from app.domain.finding import Finding
from app.domain.form_8889 import Form8889, forms_by_year, kept
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.line_facts import NOTHING
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.plan import Plan

_LIMITS: Final = "26 U.S.C. 223(b)"
_MEDICARE: Final = frozenset({"original_medicare", "medicare_advantage", "part_d"})
_UNPAID: Final = "H21"
_CASH: Final = ("cash", "atm")
_ROUND: Final = 100_00
"""Withdrawals that are a multiple of this, in cents, look like spending money."""


def record_findings(
    money: MoneyBook, plans: Iterable[Plan] = (), today: date | None = None
) -> Iterator[Finding]:
    """Yield what stands out outside of the ledger's lines, year by year."""
    yield from _accounts(money)
    taxed = {each.on.year for each in money.withdrawals} | {form.year for form in money.forms}
    for forms in forms_by_year(money, sorted(taxed)).values():
        for form in forms:
            yield from _tie_out(money, form)
    for withdrawal in sorted(money.withdrawals, key=lambda each: (each.on, each.id)):
        yield from _withdrawal(money, withdrawal)
    years = contribution_years(money)
    for given in years:
        yield from _contributions(money, given)
        yield from _conflicts(money, given, tuple(plans))
    yield from _of_spouses(money, years)
    yield from _unpaid(money, today)


def belongs_to(finding: Finding, years: range) -> bool:
    """Return whether a summary of these years shows it: what has no year is shown in all.

    What is not paid may still be paid in them, however long ago the care was.
    """
    year = finding.year
    return year is None or year in years or (finding.id == _UNPAID and year < years.stop)


def account_name(account: HsaAccount) -> str:
    """Return how a person knows an account."""
    return account.name or account.custodian or "an account without a name"


def _accounts(money: MoneyBook) -> Iterator[Finding]:
    """The third test needs the day on which an account was established."""
    if not money.accounts and any(expense.paid_on for expense in money.expenses):
        text = "No health savings account is on record, so nothing can be called claimable. Add it."
        yield Finding("H34", "high", None, text, source="Notice 2004-2 Q&A-26")
    for account in money.accounts:
        if account.established_on is None:
            text = (
                f"It is not known when {account_name(account)} was "
                "established. Add the date from its opening letter."
            )
            yield Finding("H34", "high", None, text, ("hsa_account", account.id))
        elif account.document_id is None:
            text = (
                f"No paper proves when {account_name(account)} was "
                "established. Add its opening letter."
            )
            yield Finding("H34", "info", None, text, ("hsa_account", account.id))


def _tie_out(money: MoneyBook, form: Form8889) -> Iterator[Finding]:
    difference = form.difference
    if difference is None or not difference.cents or form.reported is None:
        return
    more = "more" if difference.cents > 0 else "less"
    text = (
        f"Form 1099-SA of {form.year} reports {form.reported}{_whose(money, form.holder_id)}. That "
        f"is {Money(abs(difference.cents))} {more} than the {form.line_14a} on record."
    )
    record = ("person", form.holder_id) if form.holder_id else None
    yield Finding("H10", "high", None, text, record, "Form 8889, line 14a", form.year)


def _withdrawal(money: MoneyBook, withdrawal: Withdrawal) -> Iterator[Finding]:
    if withdrawal.kind != "normal":
        return
    tied = money.paid_by.get(withdrawal.id, ())
    allocated = sum(each.amount.cents for each in tied)
    rest = kept(withdrawal).cents - allocated
    record, year, day = ("withdrawal", withdrawal.id), withdrawal.on.year, withdrawal.on
    when = f"{day:%B} {day.day}, {day.year}"
    if rest > 0:
        text = (
            f"Of the {withdrawal.amount} withdrawn on {when}, {Money(rest)} is tied to no expense. "
            "It may be taxable."
        )
        yield Finding("H11", "high", None, text, record, "Form 8889, lines 15 and 16", year)
    is_cash = any(word in withdrawal.how.casefold().split() for word in _CASH)
    is_round = withdrawal.amount.cents > 0 and withdrawal.amount.cents % _ROUND == 0
    if (is_cash or is_round) and not tied and withdrawal.document_id is None:
        what = "taken in cash" if is_cash else "a round sum"
        text = (
            f"The {withdrawal.amount} of {when} is {what}, and no receipt stands behind it. "
            "An examiner would ask what it was for."
        )
        yield Finding("H19", "info", None, text, record, "Publication 969", year)


def _contributions(money: MoneyBook, given: ContributionYear) -> Iterator[Finding]:
    whose = _whose(money, given.holder_id)
    record = ("person", given.holder_id) if given.holder_id else None

    def found(number: str, severity: str, text: str, source: str) -> Finding:
        return Finding(number, severity, None, text, record, source, given.year)

    if given.most_family is None:
        text = f"The HSA limit of {given.year} is not known to this program."
        yield found("H20", "info", text, _LIMITS)
    elif given.over_family.cents:
        text = (
            f"{given.given} was put in for {given.year}{whose}: {given.over_family} more than the "
            f"highest limit of {given.most_family}. Ask the custodian how to take the excess out "
            "before the return is due."
        )
        if given.catch_up is None:
            text += " Who is 55 or older may put in more: add the birth date."
        yield found("H16", "med", text, given.source)
    elif given.over_self.cents:
        text = (
            f"{given.given} was put in for {given.year}{whose}. That is right only with family "
            f"coverage: the limit for self-only coverage is {given.most_self}."
        )
        yield found("H16", "info", text, given.source)
    for late in given.late:
        text = (
            f"{late.amount} of {late.on:%B} {late.on.day}, {late.on.year} is recorded for "
            f"{given.year}, after the day the return was due. Check the tax year."
        )
        yield Finding(
            "H35",
            "info",
            None,
            text,
            ("contribution", late.id),
            "26 U.S.C. 223(d)(4)(B)",
            given.year,
        )


def _of_spouses(money: MoneyBook, years: tuple[ContributionYear, ...]) -> Iterator[Finding]:
    """Spouses share one family limit, where neither is above it alone."""
    for year, above in over_together(money, years).items():
        if any(each.over_family.cents for each in years if each.year == year):
            continue
        text = (
            f"Together you and your spouse put in {above} more for {year} than the family limit, "
            "which you share. Ask the custodian how to take the excess out before the return is "
            "due."
        )
        yield Finding("H16", "med", None, text, None, "26 U.S.C. 223(b)(5)", year)


def _conflicts(
    money: MoneyBook, given: ContributionYear, plans: tuple[Plan, ...]
) -> Iterator[Finding]:
    """Medicare, or a general health FSA, bars contributions for its months."""
    record = ("person", given.holder_id) if given.holder_id else None
    whose, year = _whose(money, given.holder_id), given.year
    if _has_medicare(money, given, plans):
        text = (
            f"{given.given} was put in for {year}{whose}, who had Medicare in that year. Nothing "
            "may be put in for months with Medicare."
        )
        yield Finding("H17", "med", None, text, record, "26 U.S.C. 223(b)(7)", year)
    if _has_fsa(money, year):
        text = (
            f"An FSA paid for care in {year}, and {given.given} was put into an HSA{whose}. With a "
            "general health FSA, one's own or the spouse's, nothing may be put into an HSA. An FSA "
            "for dental and eye care only, or one that pays after the deductible, is no obstacle."
        )
        yield Finding("H17", "med", None, text, record, "Rev. Rul. 2004-45", year)


def _has_medicare(money: MoneyBook, given: ContributionYear, plans: tuple[Plan, ...]) -> bool:
    for plan in plans:
        if plan.program in _MEDICARE and plan.person_id == given.holder_id is not None:
            starts, ends = plan.from_on or date.min, plan.until_on or date.max
            if starts.year <= given.year <= ends.year and plan.from_on:
                return True
    premium = money.rules.category("premium_medicare")
    return any(
        money.rules.category(expense.category) == premium
        and expense.person_id == given.holder_id is not None
        and expense.paid_on is not None
        and expense.paid_on.year == given.year
        for expense in money.expenses
    )


def _has_fsa(money: MoneyBook, year: int) -> bool:
    by_card = any(
        expense.method == "fsa" and (expense.served_on or expense.paid_on or date.min).year == year
        for expense in money.expenses
    )
    return by_card or any(
        each.payer == "fsa" and _served_in(money, each.expense_id, year)
        for each in money.allocations
    )


def _served_in(money: MoneyBook, expense_id: str, year: int) -> bool:
    expense = money.expense_by_id.get(expense_id)
    day = (expense.served_on or expense.paid_on) if expense else None
    return day is not None and day.year == year


def _unpaid(money: MoneyBook, today: date | None) -> Iterator[Finding]:
    """Count what is not paid, so that a forgotten date does not hide an expense."""
    by_year: dict[int | None, list[Money]] = {}
    for expense in money.expenses:
        if expense.paid_on is None and not (today and expense.due_on and expense.due_on > today):
            year = expense.served_on.year if expense.served_on else None
            by_year.setdefault(year, []).append(expense.amount)
    for year, amounts in sorted(by_year.items(), key=lambda item: item[0] or 0):
        total = sum((amount for amount in amounts), NOTHING)
        count = "1 expense has" if len(amounts) == 1 else f"{len(amounts)} expenses have"
        of_year = f" of {year}" if year else ""
        text = (
            f"{count} no paid date ({total} in all{of_year}) and cannot be claimed. If "
            f"{'it was' if len(amounts) == 1 else 'some were'} paid, add the date."
        )
        yield Finding(_UNPAID, "info", None, text, year=year)


def _whose(money: MoneyBook, holder_id: str | None) -> str:
    person = money.person_by_id.get(holder_id or "")
    return f" for {person.name}" if person else ""
