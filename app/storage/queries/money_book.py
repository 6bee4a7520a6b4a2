"""All records of the money at one moment, from few questions, however many lines the ledger has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.dependent_year import DependentYear
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.finding_mark import FindingMark
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.domain.plan_year import PlanYear
from app.domain.refund import Refund
from app.domain.travel import Stay, Trip
from app.storage.queries.appeal_holds import claims_under_appeal
from app.storage.repository import record_of
from app.storage.schema import RECORD_TABLES, claims

_ORDER: Final = ("name", "position", "on", "came_on", "year", "from_on", "added_at")
"""By what the records of a kind are put in order, as far as they have it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyRecords:
    """What a binder knows of money, without what lies in the trash or belongs to that.

    Expenses stand by the day on which they were paid, unpaid ones last. `claim_people` names the
    patient of a claim by its id; `fought_claims` are under appeal.
    """

    expenses: tuple[Expense, ...]
    people: tuple[Person, ...]
    accounts: tuple[HsaAccount, ...]
    withdrawals: tuple[Withdrawal, ...]
    contributions: tuple[Contribution, ...]
    forms: tuple[HsaForm, ...]
    allocations: tuple[Allocation, ...]
    refunds: tuple[Refund, ...]
    letters: tuple[NecessityLetter, ...]
    trips: tuple[Trip, ...]
    stays: tuple[Stay, ...]
    dependents: tuple[DependentYear, ...]
    eobs: tuple[Eob, ...]
    eob_lines: tuple[EobLine, ...]
    bills: tuple[Bill, ...]
    plan_years: tuple[PlanYear, ...]
    aids: tuple[Aid, ...]
    marks: tuple[FindingMark, ...]
    claim_people: dict[str, str | None]
    fought_claims: frozenset[str]


def money_records(connection: Connection) -> MoneyRecords:
    """All records of the money, one question for each kind of record.

    What belongs to a record in the trash is not there either: a withdrawal in the trash has paid
    for nothing.
    """
    item = RECORD_TABLES["expense"][0].c
    ledger = _kept("expense").order_by(
        item.paid_on.asc().nulls_last(), item.served_on, item.added_at, item.id
    )
    expenses = _records(connection, "expense", ledger)
    withdrawals = _of(connection, "withdrawal")
    accounts = _of(connection, "hsa_account")
    eobs = _of(connection, "eob")
    lines = {each.id for each in expenses}
    paying = {each.id for each in withdrawals}
    open_accounts, shown_eobs = {each.id for each in accounts}, {each.id for each in eobs}
    return MoneyRecords(
        expenses=expenses,
        people=_of(connection, "person"),
        accounts=accounts,
        withdrawals=withdrawals,
        contributions=_of(connection, "contribution"),
        forms=_among(_of(connection, "hsa_form"), "account_id", open_accounts),
        allocations=tuple(
            each
            for each in _of(connection, "allocation")
            if each.expense_id in lines
            and (each.withdrawal_id is None or each.withdrawal_id in paying)
        ),
        refunds=_among(_of(connection, "refund"), "expense_id", lines),
        letters=_of(connection, "necessity_letter"),
        trips=_among(_of(connection, "trip"), "expense_id", lines),
        stays=_among(_of(connection, "stay"), "expense_id", lines),
        dependents=_of(connection, "dependent_year"),
        eobs=eobs,
        eob_lines=_among(_of(connection, "eob_line"), "eob_id", shown_eobs),
        bills=_of(connection, "bill"),
        plan_years=_of(connection, "plan_year"),
        aids=_of(connection, "aid"),
        marks=_of(connection, "finding_mark"),
        claim_people={
            row.id: row.person_id
            for row in connection.execute(select(claims.c.id, claims.c.person_id))
        },
        fought_claims=claims_under_appeal(connection),
    )


def _kept(kind: str) -> Select[Any]:
    table = RECORD_TABLES[kind][0]
    query = select(table)
    return query.where(table.c.trashed_at.is_(None)) if "trashed_at" in table.c else query


def _of(connection: Connection, kind: str) -> tuple[Any, ...]:
    table = RECORD_TABLES[kind][0]
    order = [table.c[name] for name in _ORDER if name in table.c]
    return _records(connection, kind, _kept(kind).order_by(*order, table.c.id))


def _records(connection: Connection, kind: str, query: Select[Any]) -> tuple[Any, ...]:
    return tuple(record_of(kind, row) for row in connection.execute(query).mappings())


def _among(records: tuple[Any, ...], field: str, there: set[str]) -> tuple[Any, ...]:
    return tuple(each for each in records if getattr(each, field) in there)
