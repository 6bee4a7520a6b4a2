"""The tables of the money: accounts, who pays for which cent, explanations of benefits, bills."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Table, Text

from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.dependent_year import DependentYear
from app.domain.eob import Eob, EobLine
from app.domain.finding_mark import FindingMark
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.necessity_letter import NecessityLetter
from app.domain.plan_year import PlanYear
from app.domain.refund import Refund
from app.domain.table_profile import TableProfile
from app.domain.travel import Stay, Trip
from app.storage.record_table import index, metadata, record_table

hsa_accounts = record_table(
    "hsa_accounts",
    HsaAccount,
    holder_id="people.id",
    document_id="documents.id",
    author_id="people.id",
)
withdrawals = record_table(
    "withdrawals",
    Withdrawal,
    account_id="hsa_accounts.id",
    document_id="documents.id",
    author_id="people.id",
)
contributions = record_table(
    "contributions", Contribution, account_id="hsa_accounts.id", author_id="people.id"
)
hsa_forms = record_table(
    "hsa_forms",
    HsaForm,
    account_id="hsa_accounts.id",
    document_id="documents.id",
    author_id="people.id",
)
allocations = record_table(
    "allocations",
    Allocation,
    expense_id="expenses.id",
    withdrawal_id="withdrawals.id",
    document_id="documents.id",
    author_id="people.id",
)
refunds = record_table(
    "refunds", Refund, expense_id="expenses.id", document_id="documents.id", author_id="people.id"
)
trips = record_table(
    "trips",
    Trip,
    expense_id="expenses.id",
    parking_id="expenses.id",
    document_id="documents.id",
)
stays = record_table("stays", Stay, expense_id="expenses.id", document_id="documents.id")
dependent_years = record_table("dependent_years", DependentYear, person_id="people.id")
necessity_letters = record_table(
    "necessity_letters",
    NecessityLetter,
    person_id="people.id",
    provider_id="providers.id",
    document_id="documents.id",
    author_id="people.id",
)
eobs = record_table(
    "eobs",
    Eob,
    claim_id="claims.id",
    plan_id="plans.id",
    person_id="people.id",
    provider_id="providers.id",
    follows_id="eobs.id",
    document_id="documents.id",
    author_id="people.id",
)
eob_lines = record_table("eob_lines", EobLine, eob_id="eobs.id")
bills = record_table(
    "bills",
    Bill,
    claim_id="claims.id",
    person_id="people.id",
    provider_id="providers.id",
    document_id="documents.id",
    author_id="people.id",
)
plan_years = record_table("plan_years", PlanYear, plan_id="plans.id")
aids = record_table(
    "aids",
    Aid,
    claim_id="claims.id",
    person_id="people.id",
    provider_id="providers.id",
    document_id="documents.id",
    author_id="people.id",
)
table_profiles = record_table("table_profiles", TableProfile, author_id="people.id")
finding_marks = record_table("finding_marks", FindingMark, author_id="people.id")
for _table, _column in (
    (withdrawals, "account_id"), (contributions, "account_id"), (hsa_forms, "account_id"),
    (allocations, "expense_id"), (allocations, "withdrawal_id"), (refunds, "expense_id"),
    (trips, "expense_id"), (stays, "expense_id"), (dependent_years, "person_id"),
    (necessity_letters, "person_id"), (eobs, "claim_id"), (eobs, "number"),
    (eob_lines, "eob_id"), (bills, "claim_id"), (plan_years, "plan_id"), (aids, "claim_id"),
):  # fmt: skip
    index(_table, _column)

never = Table("never", metadata, Column("id", Text, primary_key=True))
"""A table that stays empty, so that a link to it can never be good."""

overdrawn = Table(
    "overdrawn",
    metadata,
    Column(
        "id",
        Text,
        ForeignKey("never.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
)
"""Paid expenses and withdrawals of which more is claimed than there is. Triggers keep it (see
`migrations/m0005.py`); as none of its rows has a good link, no transaction commits with one."""

MONEY_RECORDS: Final[dict[str, tuple[Table, type[Any]]]] = {
    "hsa_account": (hsa_accounts, HsaAccount),
    "withdrawal": (withdrawals, Withdrawal),
    "contribution": (contributions, Contribution),
    "hsa_form": (hsa_forms, HsaForm),
    "dependent_year": (dependent_years, DependentYear),
    "necessity_letter": (necessity_letters, NecessityLetter),
    "aid": (aids, Aid),
    "eob": (eobs, Eob),
    "eob_line": (eob_lines, EobLine),
    "bill": (bills, Bill),
    "plan_year": (plan_years, PlanYear),
    "refund": (refunds, Refund),
    "allocation": (allocations, Allocation),
    "trip": (trips, Trip),
    "stay": (stays, Stay),
    "table_profile": (table_profiles, TableProfile),
    "finding_mark": (finding_marks, FindingMark),
}
"""Each kind of record of this room with its table and its class."""
