"""The money of a household as one value: every record, and what is known around each line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, Final

from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.care_limits import may_share_limit
from app.domain.dependent_year import DependentYear
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.finding_mark import FindingMark
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.letter_cover import best_letter
from app.domain.line_facts import LineFacts
from app.domain.matters import OwedFacts
from app.domain.money import Money
from app.domain.necessity_letter import NecessityLetter
from app.domain.owed import Owing
from app.domain.owed_strands import Strand, owings_in_order, strands_of
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.plan_year import PlanYear
from app.domain.provider import Provider
from app.domain.refund import Refund
from app.domain.standing import Standing, stand_all
from app.domain.tax_book import TaxBook
from app.domain.travel import Stay, Trip


@dataclass(frozen=True, kw_only=True)
class MoneyBook:
    """All records of the money at one moment, and the tax book they are held against.

    Nothing that lies in the trash, or belongs to that, is here. Expenses stand by the day on which
    they were paid, unpaid ones last. `claim_people` names the patient of each claim. `settled` are
    standings counted before of lines about which nothing has changed since, `earlier` what was owed
    before: of it holds what still has the same records.
    """

    rules: TaxBook
    today: date | None = None
    expenses: tuple[Expense, ...] = ()
    people: tuple[Person, ...] = ()
    accounts: tuple[HsaAccount, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    forms: tuple[HsaForm, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    refunds: tuple[Refund, ...] = ()
    letters: tuple[NecessityLetter, ...] = ()
    trips: tuple[Trip, ...] = ()
    stays: tuple[Stay, ...] = ()
    dependents: tuple[DependentYear, ...] = ()
    eobs: tuple[Eob, ...] = ()
    eob_lines: tuple[EobLine, ...] = ()
    bills: tuple[Bill, ...] = ()
    plan_years: tuple[PlanYear, ...] = ()
    aids: tuple[Aid, ...] = ()
    marks: tuple[FindingMark, ...] = ()
    plans: tuple[Plan, ...] = ()
    providers: tuple[Provider, ...] = ()
    claim_people: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    fought_claims: frozenset[str] = frozenset()
    settled: Mapping[str, Standing] = field(
        default_factory=dict[str, Standing], repr=False, compare=False
    )
    earlier: tuple[Strand, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def expense_by_id(self) -> Mapping[str, Expense]:
        """The lines of the ledger by their ids."""
        return _by_id(self.expenses)

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        """The people by their ids."""
        return _by_id(self.people)

    @cached_property
    def account_by_id(self) -> Mapping[str, HsaAccount]:
        """The accounts by their ids."""
        return _by_id(self.accounts)

    @cached_property
    def withdrawal_by_id(self) -> Mapping[str, Withdrawal]:
        """The withdrawals by their ids."""
        return _by_id(self.withdrawals)

    @cached_property
    def allocations_of(self) -> Mapping[str, tuple[Allocation, ...]]:
        """Who was asked to pay for a line, by the id of the line."""
        return _grouped(self.allocations, "expense_id")

    @cached_property
    def paid_by(self) -> Mapping[str, tuple[Allocation, ...]]:
        """What a withdrawal paid for, by the id of the withdrawal."""
        paid = [each for each in self.allocations if each.withdrawal_id]
        return _grouped(paid, "withdrawal_id")

    @cached_property
    def refunds_of(self) -> Mapping[str, tuple[Refund, ...]]:
        """What came back for a line, by the id of the line."""
        return _grouped(self.refunds, "expense_id")

    @cached_property
    def _trips(self) -> Mapping[str, Trip]:
        return {trip.expense_id: trip for trip in self.trips}

    @cached_property
    def _stays(self) -> Mapping[str, Stay]:
        return {stay.expense_id: stay for stay in self.stays}

    @cached_property
    def _dependency(self) -> Mapping[tuple[str, int], str]:
        return {(each.person_id, each.year): each.status for each in self.dependents}

    @cached_property
    def _holder_born(self) -> date | None:
        """When the oldest holder of an account was born, as far as known.

        Some premiums count from a holder's 65th birthday on: one account whose holder is old
        enough can pay them. Which account did is looked at in the findings.
        """
        holders = (self.person_by_id.get(each.holder_id or "") for each in self.accounts)
        return min((each.born_on for each in holders if each and each.born_on), default=None)

    def patient_of(self, expense: Expense) -> Person | None:
        """Return for whom a line is: who is named on it, else the patient of its claim."""
        named = expense.person_id or self.claim_people.get(expense.claim_id or "")
        return self.person_by_id.get(named or "")

    def facts(self, expense_id: str) -> LineFacts:
        """Return what is known around a line, for the six tests.

        Raises:
            KeyError: the line is not in the ledger.
        """
        return self._facts(self.expense_by_id[expense_id])

    def _facts(self, expense: Expense) -> LineFacts:
        patient, served = self.patient_of(expense), expense.served_on
        year = (patient.id, served.year) if patient and served else ("", 0)
        facts = LineFacts(
            expense=expense,
            patient=patient,
            dependent=self._dependency.get(year, ""),
            accounts=self.accounts,
            allocations=self.allocations_of.get(expense.id, ()),
            refunds=self.refunds_of.get(expense.id, ()),
            trip=self._trips.get(expense.id),
            stay=self._stays.get(expense.id),
            share=self.shares.get(expense.id),
            is_under_appeal=expense.claim_id in self.fought_claims,
            holder_born=self._holder_born,
            today=self.today,
        )
        return replace(facts, letter=self._letter(facts)) if self.letters else facts

    def _letter(self, facts: LineFacts) -> NecessityLetter | None:
        """Return the letter that the person tied to a line, else the one that covers it best."""
        if tied := facts.expense.necessity_id:
            return next((letter for letter in self.letters if letter.id == tied), None)
        category = self.rules.category(facts.expense.category)
        return best_letter(self.letters, category, facts) if category else None

    @cached_property
    def owed_facts(self) -> OwedFacts:
        """The records from which is known what is owed."""
        return OwedFacts(
            expenses=self.expenses,
            refunds=self.refunds,
            allocations=self.allocations,
            withdrawals=self.withdrawals,
            eobs=self.eobs,
            eob_lines=self.eob_lines,
            bills=self.bills,
            aids=self.aids,
            plans=self.plans,
            plan_years=self.plan_years,
            providers=self.providers,
            claim_people=self.claim_people,
            fought_claims=self.fought_claims,
        )

    @cached_property
    def strands(self) -> tuple[Strand, ...]:
        """What is owed, in parts that have nothing to do with one another."""
        return strands_of(self.owed_facts, self.earlier)

    @property
    def strands_so_far(self) -> tuple[Strand, ...]:
        """What is known of them without working out anything: those of an earlier book at least."""
        return self.__dict__.get("strands", self.earlier)

    @cached_property
    def owings(self) -> tuple[Owing, ...]:
        """What all care comes to, with each provider; worked out once."""
        return owings_in_order(self.strands, self.owed_facts)

    @cached_property
    def shares(self) -> Mapping[str, Money]:
        """What the newest explanations leave to the patient, by the id of the line."""
        if not self.eobs:
            return {}
        told = (strand.shares for strand in self.strands)
        return dict(item for shares in told for item in shares.items())

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        known = self.settled
        fresh = stand_all(
            (self._facts(each) for each in self.expenses if each.id not in known), self.rules
        )
        return {each.id: known.get(each.id) or fresh[each.id] for each in self.expenses}

    def standings(self) -> Mapping[str, Standing]:
        """Return how each line stands, by its id, in the order of the ledger; counted once."""
        return self._standings

    def standing(self, expense_id: str) -> Standing:
        """Return how one line stands.

        Raises:
            KeyError: the line is not in the ledger.
        """
        return self._standings[expense_id]

    def untouched(self, now: MoneyBook) -> Mapping[str, Standing]:
        """Return the standings that hold in a newer book too, as far as they were counted here.

        What concerns every line (people, accounts, letters, the day) must be the same in both.
        Lines that share a limit are left out: another one may have used it up meanwhile.
        """
        counted: Mapping[str, Standing] = self.__dict__.get("_standings", {})
        if not counted or any(getattr(self, name) != getattr(now, name) for name in _CONCERN_ALL):
            return {}
        is_same_ledger = self.expenses == now.expenses
        around = [
            (getattr(self, by_line), getattr(now, by_line))
            for by_line, records in _CONCERN_ONE
            if getattr(self, records) != getattr(now, records)
        ]
        if is_same_ledger and not around:
            return counted
        categories = {each.category for each in self.expenses}
        shared = {each for each in categories if may_share_limit(self.rules.category(each))}
        return {
            key: standing
            for key, standing in counted.items()
            if (is_same_ledger or standing.expense is now.expense_by_id.get(key))
            and standing.expense.category not in shared
            and all(before.get(key) == after.get(key) for before, after in around)
        }


_CONCERN_ALL: Final = (
    "today", "people", "accounts", "letters", "dependents", "claim_people", "fought_claims",
)  # fmt: skip
_CONCERN_ONE: Final = (
    ("allocations_of", "allocations"), ("refunds_of", "refunds"), ("shares", "shares"),
    ("_trips", "trips"), ("_stays", "stays"),
)  # fmt: skip
"""What is around one line, by the id of the line, with the records from which that is known."""


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in records}


def _grouped(records: Iterable[Any], field_name: str) -> dict[str, tuple[Any, ...]]:
    def key(record: Any) -> str:
        return getattr(record, field_name)

    return {name: tuple(group) for name, group in groupby(sorted(records, key=key), key)}
