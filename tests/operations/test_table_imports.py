"""Tables in a binder: each line once, in one step, whoever brings it how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, HsaAccount, Withdrawal
from app.domain.money import Money
from app.exporting.tables_csv import table_csv
from app.importing.tables import RawTable
from app.importing.tables_file import _rows
from app.jobs import Silent
from app.operations import claims, people
from app.operations.expenses import enter_expense
from app.operations.ids import new_id
from app.operations.table_imports import (
    ImportedTable,
    OpenTable,
    TableChoice,
    import_table,
    look_over,
    open_table,
)
from app.operations.table_imports_look import see_table
from app.operations.table_imports_named import import_named, look_over_named
from app.operations.table_imports_profiles import forget_profile, known_profiles
from app.storage.queries.records import all_records
from app.workers import WorkerPool

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
PORTAL = "Date of Service,Date Paid,Provider,Patient,You Paid,Claim Number"
LINES = (
    "01/02/2026,01/05/2026,Dr. Park,Maya,$45.00,C1",
    "01/02/2026,01/05/2026,Dr. Park,Maya,$45.00,C1",
    '02/20/2026,,Clinic,"Delgado, Theo","$1,105.00",C2',
)
ACCOUNT = "Date,Transaction,Amount,Cash Balance"


@pytest.fixture(scope="module")
def home_of_all(tmp_path_factory) -> Iterator[Binder]:
    """One binder for all tests of this module; each takes back what it did."""
    with Binder.create(tmp_path_factory.mktemp("tables") / "binder", now=lambda: NOW) as made:
        yield made


@pytest.fixture
def binder(home_of_all: Binder) -> Iterator[Binder]:
    yield home_of_all
    while home_of_all.undo():
        pass
    for kind in ("expense", "withdrawal", "contribution", "person", "table_profile", "document"):
        assert home_of_all.ask(all_records, kind) == ()


def table(*rows: str | bytes) -> OpenTable:
    data = b"\n".join(row.encode() if isinstance(row, str) else row for row in rows)
    kind, found, had_zeros = _rows(data)
    return OpenTable(Path("table.csv"), RawTable(tuple(found), kind, "0", had_zeros))


def bring(binder: Binder, *rows: str, **choice: Any) -> ImportedTable:
    return import_table(binder, table(*rows), TableChoice(**choice))


def expenses(binder: Binder) -> list[Expense]:
    return sorted(binder.ask(all_records, "expense"), key=lambda each: each.amount)


def test_lines_become_expenses_in_one_step(binder):
    theo = people.add_person(binder, "Theo Delgado", relation="dependent")
    claim = claims.open_claim(binder, "Infusions", number="C 2")
    made = bring(binder, PORTAL, *LINES)
    assert (made.added, made.duplicates, made.refused) == (3, (), ())
    first, _, last = expenses(binder)
    assert (first.served_on, first.paid_on) == (date(2026, 1, 2), date(2026, 1, 5))
    assert (first.method, first.source, first.person_id) == ("own", "csv", None)
    assert "Patient: Maya." in first.note
    assert "Claim C1." in first.note
    assert (last.paid_on, last.person_id, last.claim_id) == (None, theo.id, claim.id)
    assert "Nobody of this binder is called “Maya”" in made.notes[0]
    assert binder.undo() == "Import a table"
    assert expenses(binder) == []
    binder.redo()
    assert len(expenses(binder)) == 3


def test_the_same_file_again_adds_nothing_and_an_overlapping_one_what_is_new(binder):
    bring(binder, PORTAL, *LINES)
    assert bring(binder, PORTAL, *LINES).duplicates == (2, 3, 4)
    again = bring(binder, PORTAL, LINES[2], *LINES[:2], LINES[0], "03/01/2026,,X,,$1.00,")
    assert (again.added, again.duplicates) == (2, (2, 3, 4))
    assert len(expenses(binder)) == 5
    more = bring(binder, "Provider,Date of Service,You Paid,Patient,Claim Number,Date Paid",
                 "Dr. Park,01/02/2026,45.00,Maya,C1,01/05/2026")  # fmt: skip
    assert more.duplicates == (2,)


def test_a_line_that_was_corrected_since_is_still_known(binder):
    bring(binder, PORTAL, *LINES)
    with binder.operation("Correct") as work:
        for each in work.expenses.where():
            work.expenses.save(replace(each, provider="Dr. A. Park", amount=Money(4000)))
    assert bring(binder, PORTAL, *LINES).added == 0


def test_what_was_typed_stands_for_one_line_of_the_file(binder):
    enter_expense(binder, Money(4500), served_on=date(2026, 1, 2), provider="DR.  PARK")
    enter_expense(binder, Money(4500), served_on=date(2026, 1, 3), provider="Dr. Park")
    made = bring(binder, PORTAL, *LINES)
    assert (made.added, made.duplicates) == (2, (2,))
    assert bring(binder, PORTAL, *LINES).added == 0


def test_what_lies_in_the_trash_comes_in_again(binder):
    bring(binder, PORTAL, LINES[0])
    with binder.operation("Trash") as work:
        for each in work.expenses.where():
            work.expenses.save(replace(each, trashed_at=NOW))
    assert bring(binder, PORTAL, LINES[0]).added == 1


def test_lines_with_an_identifier_are_known_by_it(binder):
    head = "Transaction ID,Date,Provider,Amount"
    made = bring(binder, head, "7,2026-01-02,Clinic,$5.00", "7,2026-01-02,Clinic A,$5.00")
    assert (made.added, made.duplicates) == (1, (3,))
    again = bring(binder, head, "7,2026-01-02,Other words,$5.00", "7,2026-01-02,Clinic,$6.00",
                  "7,2026-02-02,Clinic,$5.00", "7,2025-05-05,Another portal,$9.00")  # fmt: skip
    assert again.duplicates == (2,)
    assert [each.row for each in again.refused] == [3, 4]
    assert "with $5.00" in again.refused[0].reason
    assert again.added == 1


@pytest.mark.parametrize("identifier", ["7", ""])
def test_a_line_that_was_paid_since_gets_its_payment(binder, identifier):
    head = "Transaction ID,Date of Service,Date Paid,Provider,Amount,Paid with"
    bring(binder, head, f"{identifier},2026-01-02,,Clinic,$5.00,")
    paid = f"{identifier},2026-01-02,2026-02-01,Clinic,$5.00,Visa"
    made = bring(binder, head, paid)
    assert (made.added, made.duplicates, made.paid_since) == (0, (2,), 1)
    (line,) = expenses(binder)
    assert (line.paid_on, line.method) == (date(2026, 2, 1), "card")
    for again in (paid, f"{identifier},2026-01-02,,Clinic,$5.00,"):  # an older file, too
        made = bring(binder, head, again)
        assert (made.added, made.duplicates, made.paid_since) == (0, (2,), 0)
    binder.undo()
    assert expenses(binder)[0].paid_on is None


def test_of_two_visits_of_a_day_each_stays_itself_when_one_is_paid_later(binder):
    head = "Date of Service,Date Paid,Provider,Amount"
    unpaid, paid = "2026-01-02,,Clinic,$20.00", "2026-01-02,2026-01-03,Clinic,$20.00"
    assert bring(binder, head, unpaid, paid).added == 2
    assert bring(binder, head, paid, unpaid).duplicates == (2, 3)
    third = bring(binder, head, paid, paid, unpaid)
    assert (third.added, third.duplicates, third.paid_since) == (1, (2, 4), 0)
    binder.undo()
    later = bring(binder, head, paid, paid)
    assert (later.added, later.duplicates, later.paid_since) == (0, (2, 3), 1)
    assert bring(binder, head, unpaid, paid).added == 0
    assert [each.paid_on for each in expenses(binder)] == [date(2026, 1, 3)] * 2


def test_an_older_file_after_a_newer_one_does_not_bring_the_bill_again(binder):
    head = "Date of Service,Date Paid,Provider,Amount"
    bring(binder, head, "2026-01-02,2026-01-03,Clinic,$20.00")
    assert bring(binder, head, "2026-01-02,,Clinic,$20.00").duplicates == (2,)


def test_what_was_typed_and_is_paid_since_is_pointed_out(binder):
    enter_expense(binder, Money(500), served_on=date(2026, 1, 2), provider="Clinic")
    made = bring(binder, "Date of Service,Date Paid,Provider,Amount",
                 "2026-01-02,2026-02-01,Clinic,$5.00")  # fmt: skip
    assert (made.duplicates, made.paid_since) == ((2,), 0)
    assert "paid on 2026-02-01" in made.notes[-1]


def test_days_before_birth_are_refused_by_line(binder):
    people.add_person(binder, "Maya Delgado", relation="self", born_on=date(1990, 5, 5))
    people.add_person(binder, "Theo Delgado", relation="dependent", born_on=date(2015, 5, 5))
    made = bring(
        binder, "Date,Provider,Patient,Amount", "2014-01-01,Clinic,Theo,$5.00",
        "2014-01-01,Clinic,Maya Delgado,$5.00", "1980-01-01,Clinic,,$5.00",
        "2014-01-01,Clinic,,$5.00", "1980-01-01,Clinic,self,$5.00",
    )  # fmt: skip
    assert [(each.row, "born" in each.reason) for each in made.refused] == [
        (2, True), (4, True), (6, True),
    ]  # fmt: skip
    assert made.added == 2


def an_account(binder: Binder, name: str, last4: str = "") -> str:
    with binder.operation("Add an HSA") as work:
        account = HsaAccount(id=new_id(), name=name, last4=last4, added_at=NOW)
        return work.hsa_accounts.add(account).id


def test_a_custodians_table_gives_withdrawals_and_contributions(binder):
    account = an_account(binder, "Bank of Health")
    rows = (
        ACCOUNT,
        '01/15/2026,Employer Contribution (Tax year: 2025),"$1,600.00","$1,600.00"',
        '02/15/2026,Dr. Park,($300.00),"$1,300.00"',
        '02/16/2026,Interest for Jan-26,$0.30,"$1,300.30"',
        '02/17/2199,Dr. Park,($3.00),"$1,300.00"',
    )
    made = bring(binder, *rows, profile="healthequity")
    assert (made.expenses, made.withdrawals, made.contributions) == (0, 1, 1)
    assert [each.row for each in made.left_out] == [4]
    assert [each.row for each in made.refused] == [5]
    (gone,) = binder.ask(all_records, "withdrawal")
    (come,) = binder.ask(all_records, "contribution")
    assert isinstance(gone, Withdrawal)
    assert isinstance(come, Contribution)
    assert (gone.account_id, gone.amount, gone.on) == (account, Money(30000), date(2026, 2, 15))
    assert (gone.how, gone.source) == ("Dr. Park", "csv")
    assert (come.tax_year, come.giver, come.amount) == (2025, "employer", Money(160000))
    assert bring(binder, *rows).duplicates == (2, 3)


def test_a_withdrawal_that_was_typed_is_not_added_again(binder):
    account = an_account(binder, "Mine")
    with binder.operation("Enter") as work:
        work.withdrawals.add(
            Withdrawal(id=new_id(), account_id=account, on=date(2026, 2, 15), amount=Money(30000),
                       added_at=NOW)
        )  # fmt: skip
    line = "02/15/2026,Dr. Park,($300.00),$1"
    assert bring(binder, ACCOUNT, line, line).duplicates == (2,)


def test_words_tell_withdrawals_of_one_day_and_amount_apart(binder):
    one, other = "02/15/2026,Dr. Park,($20.00),$1", "02/15/2026,Dr. Lee,($20.00),$1"
    assert bring(binder, ACCOUNT, one, one).added == 2
    assert bring(binder, ACCOUNT, one, other, one).duplicates == (2, 4)
    assert {each.reference for each in binder.ask(all_records, "withdrawal")} == {""}
    ofx = "Transaction ID,Date,Transaction Type,Payee,Memo,Amount,Currency,Account"
    made = bring(binder, ofx, *(f"{n},2026-02-15,DEBIT,Clinic {n},,-20,USD,1" for n in range(4)))
    assert (made.added, made.duplicates) == (1, (2, 3, 4))
    assert bring(binder, ACCOUNT, one, other, one).duplicates == (2, 3, 4)


def test_accounts_of_two_people_are_kept_apart(binder):
    mine, yours = an_account(binder, "Mine"), an_account(binder, "Yours")
    line = "02/15/2026,Payroll contribution,$50.00,$1"
    for account in (mine, yours):
        assert bring(binder, ACCOUNT, line, account_id=account).added == 1
        assert bring(binder, ACCOUNT, line, account_id=account).added == 0
    found = {each.account_id for each in binder.ask(all_records, "contribution")}
    assert found == {mine, yours}


def test_of_a_file_of_all_accounts_only_the_hsa_is_taken(binder):
    an_account(binder, "Mine", "6789")
    head = "Run Date,Account,Account Number,Action,Symbol,Description,Amount ($)"
    made = bring(
        binder, head, "02/15/2026,Health Savings Account,111116789,NORMAL DISTR PARTIAL,,,-45.00",
        "02/16/2026,Individual,Z22222222,DEBIT CARD PURCHASE SHOES,,,-80.00",
    )  # fmt: skip
    assert (made.profile, made.withdrawals) == ("fidelity", 1)
    assert [each.reason for each in made.left_out] == ["of another account: Individual Z22222222"]


def test_of_several_accounts_none_is_guessed(binder):
    head = "Run Date,Account Number,Action,Amount"
    made = bring(binder, head, "02/15/2026,A1,NORMAL DISTR,-4", "02/15/2026,B2,NORMAL DISTR,-5")
    assert made.added == 0
    assert "several accounts" in made.refused[0].reason


def test_columns_that_were_said_are_remembered_by_their_heads(binder):
    rows = ("Wann,Wo,Wieviel", "2026-01-02,Clinic,5.00")
    with pytest.raises(UserError, match="a date and an amount"):
        bring(binder, *rows)
    said = {"Wann": "paid", "wieviel": "amount", "WO": "provider"}
    assert bring(binder, *rows, columns=said, save_as="Meine").added == 1
    assert [each.name for each in known_profiles(binder) if each.is_own] == ["Meine"]
    seen = see_table(binder, table(*rows), TableChoice())
    assert (seen.is_known, seen.profile, seen.gives) == (True, "Meine", "ledger")
    assert [each.role for each in seen.columns] == ["paid", "provider", "amount"]
    assert bring(binder, "Wann,Wo,Wieviel", "2026-01-03,Clinic,6.00").added == 1
    assert bring(binder, *rows, profile="meine").duplicates == (2,)
    bring(binder, *rows, columns={"Wo": "what"}, save_as="Meine")
    assert len(binder.ask(all_records, "table_profile")) == 1
    forget_profile(binder, known_profiles(binder)[0].id)
    with pytest.raises(UserError, match="There are: healthequity, inspira, fidelity"):
        bring(binder, *rows, profile="Meine")


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ({"profile": "fidelity"}, "does not have the columns"),
        ({"columns": {"Nowhere": "amount"}}, "no column"),
        ({"columns": {"Amount": "magic"}}, "nothing that a column may be"),
        ({"columns": {"Amount": ""}}, "which is the amount"),
        ({"save_as": "Generic"}, "another name"),
        ({"claim_id": "0000"}, "no such record"),
        ({"account_id": "0000"}, "no such record"),
    ],
)
def test_what_does_not_fit_the_file_is_refused_and_nothing_entered(binder, choice, why):
    with pytest.raises(UserError, match=why):
        bring(binder, "Date,Provider,Amount", "2026-01-02,Clinic,5", **choice)
    assert expenses(binder) == []


def test_looking_over_writes_nothing_and_tells_what_importing_does(binder):
    opened = table(PORTAL, *LINES, "13/45/2026,,X,,$1.00,")
    would = look_over(binder, opened, TableChoice())
    assert expenses(binder) == []
    assert import_table(binder, opened, TableChoice()) == would


def test_our_own_table_of_expenses_is_known_again(binder):
    paid = enter_expense(binder, Money(4500), paid_on=date(2026, 1, 2), provider="=Clinic")
    head = ("Date paid", "Date of service", "Provider", "Category", "Amount", "Paid with",
            "Expense ID")  # fmt: skip
    row = (paid.paid_on, None, paid.provider, "", paid.amount, "Own card", paid.id)
    other = (*row[:-1], "ffffffffffff")
    text = table_csv(head, [row, (date(2026, 3, 3), *other[1:])])
    made = import_table(binder, table(text), TableChoice())
    assert (made.duplicates, made.added) == ((2,), 1)
    assert {each.provider for each in expenses(binder)} == {"=Clinic"}


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
ROW = st.tuples(
    st.dates(date(2000, 1, 1), date(2026, 11, 1)),
    st.integers(1, 10_000_00).map(Money),
    CELL,
    CELL,
)


@settings(max_examples=15)
@given(st.lists(ROW, max_size=8), st.data())
def test_any_table_comes_in_whole_and_only_once(home_of_all, rows, data):
    head = ("Date of service", "Amount", "Provider", "Description")
    text = table_csv(head, rows)
    some = table_csv(head, data.draw(st.permutations(rows)))
    first = import_table(home_of_all, table(text), TableChoice())
    second = import_table(home_of_all, table(some), TableChoice())
    try:
        assert (first.added, len(first.refused)) == (len(rows), 0)
        assert (second.added, len(second.duplicates)) == (0, len(rows))
        total = sum(each.amount.cents for each in expenses(home_of_all))
        assert total == sum(amount.cents for _, amount, _, _ in rows)
    finally:
        while home_of_all.undo():
            pass


def test_a_file_is_read_in_a_worker(binder, tmp_path):
    path = tmp_path / "portal.csv"
    path.write_bytes(("\n".join((PORTAL, *LINES))).encode("utf-16"))
    with WorkerPool(1) as workers:
        made = import_table(binder, open_table(workers, path, Silent()), TableChoice())
        assert made.added == 3
        with pytest.raises(UserError, match="no such file"):
            open_table(workers, tmp_path / "nowhere.csv", Silent())
        path.write_bytes(b"%PDF-1.7")
        with pytest.raises(UserError, match="no table"):
            open_table(workers, path, Silent())


def receipt(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(f"%PDF-1.4 invented receipt {name}".encode())
    return path


def test_a_named_receipt_is_kept_and_its_expense_entered_in_one_step(binder, tmp_path):
    bob = people.add_person(binder, "Bob Delgado", relation="spouse")
    receipt(tmp_path, "2021-01-01 - bob doctor - $45.00.reimbursed.pdf")
    receipt(tmp_path, "2021-02-01 - City Pharmacy - $5.00.pdf")
    for name in ("holiday.pdf", "2021-13-01 - x - $4.00.pdf", "2199-01-01 - x - $4.00.pdf"):
        receipt(tmp_path, name)
    seen = look_over_named(binder, [tmp_path])
    assert [each.reason is None for each in seen] == [True, True, False, False, False]
    rows = import_named(binder, [tmp_path], Silent())
    assert [each.outcome for each in rows] == ["added", "added", "refused", "refused", "refused"]
    cheap, dear = expenses(binder)
    assert (dear.person_id, dear.provider, dear.paid_on) == (bob.id, "doctor", date(2021, 1, 1))
    assert (cheap.person_id, cheap.provider) == (None, "City Pharmacy")
    (claimed,) = binder.ask(all_records, "allocation")
    assert (claimed.expense_id, claimed.payer, claimed.amount) == (dear.id, "hsa", Money(4500))
    papers = binder.ask(all_records, "document")
    assert {each.kind for each in papers} == {"receipt"}
    assert {each.id for each in papers} == {dear.document_id, cheap.document_id}
    again = import_named(binder, [tmp_path], Silent())
    assert [each.outcome for each in again[:2]] == ["duplicate", "duplicate"]
    assert binder.undo() == "Enter receipts by their names"
    assert (expenses(binder), binder.ask(all_records, "document")) == ([], ())
