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
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.summary_choice import SummaryChoice
from app.domain.tax_category import Status

FLAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Status.QUALIFIED: "yes",
        Status.LIMITED: "up to a limit",
        Status.NEEDS_LETTER: "with a doctor’s letter",
        Status.CONDITIONAL: "depends",
        Status.NOT_QUALIFIED: "no",
        "": "not known",
    }
)
"""What Schedule A says of a kind of expense, in the words of the page; in printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidRow:
    """One payment. `paid` is `hsa` + `employer` + `others` + `back` + `left`.

    `employer` is an FSA or HRA, `others` an assistance program or somebody else, `back` what was
    refunded, and `left` what stayed with the household: negative if more came back than was paid.
    `flag` is one of the keys of `FLAGS`; `deducted` was taken on a tax return already.
    """

    expense: Expense
    patient: str
    provider: str
    what: str
    category: str
    claim: str
    paid: Money
    hsa: Money
    employer: Money
    others: Money
    back: Money
    flag: str
    deducted: tuple[tuple[int | None, Money], ...] = ()

    @property
    def left(self) -> Money:
        """What stayed with the household."""
        return Money(
            self.paid.cents
            - self.hsa.cents
            - self.employer.cents
            - self.others.cents
            - self.back.cents
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidSums:
    """The sums of the columns over some rows."""

    name: str
    count: int
    paid: Money
    hsa: Money
    employer: Money
    others: Money
    back: Money
    left: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalPaid:
    """What the pages show: the rows by date paid, and their sums by person, kind and flag."""

    choice: SummaryChoice
    holder: str
    about: str
    rows: tuple[PaidRow, ...]
    by_person: tuple[PaidSums, ...]
    by_category: tuple[PaidSums, ...]
    by_flag: tuple[PaidSums, ...]
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
    order = list(FLAGS.values())
    return MedicalPaid(
        choice=choice,
        holder=next((each.name for each in money.people if each.relation == "self"), ""),
        about=" · ".join(filter(None, about)),
        rows=rows,
        by_person=_by(rows, lambda row: row.patient or UNKNOWN),
        by_category=_by(rows, lambda row: row.category or UNKNOWN),
        by_flag=tuple(
            sorted(_by(rows, lambda row: FLAGS[row.flag]), key=lambda sums: order.index(sums.name))
        ),
        unpaid=(len(unpaid), total(unpaid)),
    )


def sums_of(name: str, rows: Iterable[PaidRow]) -> PaidSums:
    """Return the sums of the columns of rows."""
    known = tuple(rows)
    return PaidSums(
        name=name,
        count=len(known),
        paid=total(row.paid for row in known),
        hsa=total(row.hsa for row in known),
        employer=total(row.employer for row in known),
        others=total(row.others for row in known),
        back=total(row.back for row in known),
        left=total(row.left for row in known),
    )


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
    allocations = money.allocations_of.get(expense.id, ())

    def claimed(*payers: str) -> Money:
        whole = expense.method in payers
        taken = total(each.amount for each in allocations if each.payer in payers)
        return expense.amount if whole else taken

    patient = money.patient_of(expense)
    category = money.rules.category(expense.category)
    return PaidRow(
        expense=expense,
        patient=patient.name if patient else "",
        provider=expense.provider,
        what=expense.what,
        category=category.label if category else expense.category,
        claim=claims.get(expense.claim_id or "", ""),
        paid=expense.amount,
        hsa=claimed("hsa"),
        employer=claimed("fsa", "hra"),
        others=claimed("assistance", "other"),
        back=total(each.amount for each in money.refunds_of.get(expense.id, ())),
        flag=category.schedule_a.value if category else "",
        deducted=tuple(
            (each.tax_year, each.amount) for each in allocations if each.payer == "deducted"
        ),
    )
