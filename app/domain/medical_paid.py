"""Medical expenses paid in some days, for everybody: what was paid, less what somebody else paid.

Whether an expense can be deducted is a question of Schedule A (26 U.S.C. 213), not of an HSA: the
flag of each kind of expense is shown, and nothing is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Final

from app.domain.expense import Expense
from app.domain.hsa_plan import UNKNOWN, total
from app.domain.medical_expenses import MedicalExpense, medical_expense
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.summary_choice import SummaryChoice

FLAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "counts": "may count",
        "asks": "to be asked or shown",
        "not_counted": "does not count",
    }
)
"""The three heaps of what stayed with the household, in the words of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidRow:
    """One payment: its amounts (see `MedicalExpense`), and what names it.

    `deducted` was taken on a tax return already: the year, where it is known, and how much.
    """

    amounts: MedicalExpense
    patient: str
    provider: str
    what: str
    category: str
    claim: str
    deducted: tuple[tuple[int | None, Money], ...] = ()

    @property
    def expense(self) -> Expense:
        """The line as it was recorded."""
        return self.amounts.expense

    @property
    def flags(self) -> tuple[tuple[str, Money], ...]:
        """In which heaps the rest of it lies, by the keys of `FLAGS`, with how much of it."""
        heaps = ((name, getattr(self.amounts, name)) for name in FLAGS)
        return tuple((name, amount) for name, amount in heaps if amount != Money())


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidSums:
    """The sums of the columns over some rows."""

    name: str
    count: int
    paid: Money
    hsa: Money
    employer: Money
    assistance: Money
    back: Money
    own: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalPaid:
    """What the pages show: the rows by date paid, and their sums by person, kind and heap."""

    choice: SummaryChoice
    holder: str
    about: str
    rows: tuple[PaidRow, ...]
    by_person: tuple[PaidSums, ...]
    by_category: tuple[PaidSums, ...]
    by_flag: tuple[tuple[str, Money], ...]
    unpaid: tuple[int, Money]

    @property
    def sums(self) -> PaidSums:
        """The sums of all rows."""
        return sums_of("", self.rows)


def plan_medical(
    money: MoneyBook, choice: SummaryChoice, *, claims: Mapping[str, str]
) -> MedicalPaid:
    """Return what was paid in the days of `choice`; `claims` has the title of each claim."""
    rows = tuple(
        _row(money, expense, claims)
        for expense in money.expenses
        if choice.has(expense.paid_on) and _is_asked(money, expense, choice)
    )
    person = money.person_by_id.get(choice.person_id or "")
    about = (
        f"Only {person.name}" if person else "",
        f"Only the claim “{claims.get(choice.claim_id, '')}”" if choice.claim_id else "",
    )
    unpaid = [
        each.amount
        for each in money.expenses
        if each.paid_on is None and _may_fall_in(each.served_on, choice.last)
    ]
    return MedicalPaid(
        choice=choice,
        holder=next((each.name for each in money.people if each.relation == "self"), ""),
        about=" · ".join(filter(None, about)),
        rows=rows,
        by_person=_by(rows, lambda row: row.patient or UNKNOWN),
        by_category=_by(rows, lambda row: row.category or UNKNOWN),
        by_flag=tuple((name, total(getattr(row.amounts, name) for row in rows)) for name in FLAGS),
        unpaid=(len(unpaid), total(unpaid)),
    )


def sums_of(name: str, rows: Iterable[PaidRow]) -> PaidSums:
    """Return the sums of the columns of rows."""
    known = tuple(rows)
    columns = ("paid", "hsa", "employer", "assistance", "back", "own")
    added = {name: total(getattr(row.amounts, name) for row in known) for name in columns}
    return PaidSums(name=name, count=len(known), **added)


def _by(rows: Iterable[PaidRow], name: Callable[[PaidRow], str]) -> tuple[PaidSums, ...]:
    ordered = sorted(rows, key=lambda row: (name(row).casefold(), name(row)))
    return tuple(sums_of(key, group) for key, group in groupby(ordered, name))


def _is_asked(money: MoneyBook, expense: Expense, choice: SummaryChoice) -> bool:
    patient = money.patient_of(expense)
    return choice.person_id in {None, patient.id if patient else None} and choice.claim_id in {
        None,
        expense.claim_id,
    }


def _may_fall_in(served_on: date | None, last: date) -> bool:
    return served_on is None or served_on <= last


def _row(money: MoneyBook, expense: Expense, claims: Mapping[str, str]) -> PaidRow:
    patient = money.patient_of(expense)
    category = money.rules.category(expense.category)
    return PaidRow(
        amounts=medical_expense(money.facts(expense.id), money),
        patient=patient.name if patient else "",
        provider=expense.provider,
        what=expense.what,
        category=category.label if category else expense.category,
        claim=claims.get(expense.claim_id or "", ""),
        deducted=tuple(
            (each.tax_year, each.amount)
            for each in money.allocations_of.get(expense.id, ())
            if each.payer == "deducted"
        ),
    )
