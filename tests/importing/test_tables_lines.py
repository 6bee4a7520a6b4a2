"""Rows become expenses, withdrawals and contributions; every other line is named with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.importing.tables_file import _rows
from app.importing.tables_kinds import kind_of, method_of, tax_year_in
from app.importing.tables_lines import TableLines, likely_table, lines_of, ranges
from app.importing.tables_profile import Head, head_of, likely_heads, ready_made, table_of
from app.importing.tables_text import RawRow, clean_cell
from app.importing.tables_words import generic_roles, plain_head, plain_heads

TODAY = date(2026, 11, 21)
PORTAL = "Date of Service,Date Paid,Provider,Patient,You Paid,Description"
FIDELITY = (
    "Run Date,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),"
    "Accrued Interest ($),Amount ($),Cash Balance ($),Settlement Date"
)


def read(text: str, gives: str = "") -> tuple[Head, TableLines]:
    """Read a table as an import does, without a binder."""
    _, found, _ = _rows(text.encode())
    rows = list(found)
    head = head_of(rows, ready_made(), by_words=True)
    assert head is not None
    gives = gives or head.gives or table_of(head.roles) or likely_table(rows, head)
    return head, lines_of(rows, head, gives, TODAY)


def moved(lines: TableLines) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.what, each.amount.plain, each.giver) for each in lines.account]


def reasons(lines: TableLines) -> dict[int, str]:
    return {each.row: each.reason for each in lines.refused}


def test_healthequity_is_read_from_its_own_page():
    head, lines = read(
        "<table><tr><th>Date</th><th>Transaction</th><th>Amount</th><th>Cash Balance</th></tr>"
        "<tr><td>03/11/2026</td><td>Employer Contribution (Tax year: 2025)</td><td>$1,600.00</td>"
        "<td>$1,600.00</td></tr>"
        "<tr><td>03/12/2026</td><td>Dr. Park</td><td>($300.00)</td><td>$1,300.00</td></tr>"
        "<tr><td>03/13/2026</td><td>Interest for Feb-26</td><td>$0.03</td><td>$1,300.03</td></tr>"
        "<tr><td>03/14/2026</td><td>Investment: ABCDX</td><td>($900.00)</td><td>$400.03</td></tr>"
        "<tr><td>03/15/2026</td><td>Administrative Fee</td><td>($2.50)</td><td>$397.53</td></tr>"
        "<tr><td>03/16/2026</td><td>Something new</td><td>$9.00</td><td>$406.53</td></tr>"
        "</table>"
    )
    assert (head.profile, lines.gives) == ("healthequity", "account")
    assert moved(lines) == [
        (2, "contribution", "1600.00", "employer"),
        (3, "withdrawal", "300.00", "self"),
    ]
    assert [(each.tax_year, each.is_year_told) for each in lines.account] == [
        (2025, True), (2026, True),
    ]  # fmt: skip
    left = [(each.row, each.reason.split(":")[0]) for each in lines.left_out]
    assert left == [(4, "interest or a dividend"), (5, "an investment"), (6, "a fee")]
    assert "Something new" in reasons(lines)[7]


def test_the_funds_of_healthequity_are_left_out():
    _, lines = read(
        "Date,Fund,Category,Description,Price,Amount,Shares,Total Shares,Total Value\n"
        "2026-01-19,ABCDX,Buy,Investment: ABCDX,$171.92,$300.00,1.745,1.745,$300.00\n"
    )
    assert [(each.row, each.reason) for each in lines.left_out] == [(2, "an investment")]
    assert not lines.account


def test_fidelity_is_read_between_its_blank_lines_and_its_disclaimer():
    head, lines = read(
        f"\ufeff\n\n{FIDELITY}\n"
        " 01/05/2026, PARTIC CONTR CURRENT PARTICIPANT CUR YR (Cash), , No Description,Cash,,0.000,"
        ",,,300.00,300.00,\n"
        " 01/06/2026,YOU BOUGHT SOME FUND (ABCDX),ABCDX,SOME FUND,Cash,1,1,,,,-100,200,01/07/2026\n"
        " 02/06/2026,NORMAL DISTR PARTIAL DEBIT (Cash),,No Description,Cash,,0.000,,,,-45.00,155,\n"
        " 02/07/2026,DIVIDEND RECEIVED SOME FUND,,SOME FUND,Cash,,,,,,0.10,,\n"
        " 02/08/2026,CO CONTR CURRENT YR EMPLOYER CUR YR (Cash),,,Cash,,,,,,500,,\n\n"
        '"The data in this spreadsheet is provided as is, and no more, by an invented house."\n\n'
        "Date downloaded 02/09/2026 8:00 am\n"
    )
    assert head.profile == "fidelity"
    assert moved(lines) == [
        (4, "contribution", "300.00", "self"),
        (6, "withdrawal", "45.00", "self"),
        (8, "contribution", "500.00", "employer"),
    ]
    assert [each.row for each in lines.left_out] == [5, 7]
    assert lines.outside == (10, 12)
    assert not lines.refused


def test_inspira_names_the_year_and_the_identifier():
    _, lines = read(
        "Transaction ID,Transaction Type,Origination Date,Posted Date,Description,Amount,"
        "Expense Category,Expenses for,Contribution year,Document attached\n"
        "77,Contribution,02/01/2026,02/02/2026,Payroll,$100.00,,,2025,No\n"
        "78,Distribution,02/03/2026,02/04/2026,Card,($20.00),Medical,Maya,,Yes\n"
    )
    assert [(each.reference, each.what, each.tax_year) for each in lines.account] == [
        ("77", "contribution", 2025),
        ("78", "withdrawal", 2026),
    ]


def test_what_takes_money_back_is_not_taken_for_its_contrary():
    _, lines = read(
        "Date,Type,Description,Amount\n"
        "01/15/2026,Distribution,Clinic,-50.00\n"
        "01/16/2026,Distribution,Clinic,50.00\n"
        "01/17/2026,Contribution,Payroll,100.00\n"
        "01/18/2026,Contribution,Payroll,-100.00\n"
        "01/19/2026,Mistaken distribution returned,,50.00\n"
        "01/20/2026,Excess contribution removed,,-10.00\n"
        "01/21/2026,Rollover,,10.00\n"
        "01/22/2026,Rollover,,-11.00\n"
    )
    assert sorted(reasons(lines)) == [3, 5, 6]
    kinds = [(each.row, each.what, each.kind, each.giver) for each in lines.account]
    assert kinds == [
        (2, "withdrawal", "normal", "self"),
        (4, "contribution", "normal", "self"),
        (7, "withdrawal", "excess", "self"),
        (8, "contribution", "normal", "rollover"),
        (9, "withdrawal", "rollover", "self"),
    ]


def test_withdrawals_may_be_printed_without_a_sign_and_in_a_column_of_their_own():
    _, lines = read("Date,Type,Amount\n01/15/2026,Distribution,50.00\n")
    assert moved(lines) == [(2, "withdrawal", "50.00", "self")]
    _, lines = read(
        "Date,Description,Debit,Credit\n01/15/2026,Clinic,50.00,\n01/16/2026,Payroll,,20.00\n"
    )
    assert moved(lines) == [
        (2, "withdrawal", "50.00", "self"),
        (3, "contribution", "20.00", "self"),
    ]


def test_a_table_of_a_day_words_and_an_amount_is_known_by_its_words():
    _, lines = read(
        "Date,Description,Amount\n01/15/2026,Employee contribution,50\n01/16/2026,Interest,1\n"
    )
    assert lines.gives == "account"
    _, lines = read("Date,Description,Amount\n01/15/2026,Bandages,50\n01/16/2026,Crutches,1\n")
    assert lines.gives == "ledger"


def test_a_contribution_whose_year_is_not_told_says_so():
    _, lines = read("Date,Type,Amount\n01/15/2026,Contribution,50.00\n")
    assert [(each.tax_year, each.is_year_told) for each in lines.account] == [(2026, False)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("13/02/2026,,Clinic,Maya,$5.00,", "not a day"),
        ("01/15/2026,01/16/2026,Clinic,Maya,abc,", "not an amount"),
        ('01/15/2026,01/16/2026,Clinic,Maya,"1.234,56",', "other way round"),
        ("01/15/2026,01/16/2026,Clinic,Maya,€5.00,", "US dollars"),
        ("01/15/2026,01/16/2026,Clinic,Maya,-5.00,", "refund"),
        ("01/15/2026,01/16/2026,Clinic,Maya,0.00,", "nothing to pay"),
        ("01/15/2026,01/16/2026,Clinic,Maya,,", "no amount"),
        ("01/15/2026,01/16/2026,Clinic,Maya,$2000000000.00,", "too large"),
        (",,Clinic,Maya,$5.00,", "no date"),
        ("01/15/2199,,Clinic,Maya,$5.00,", "too far ahead"),
        ("01/15/2026,01/16/2027,Clinic,Maya,$5.00,", "not come yet"),
        ("01/15/2026,01/16/2026,Clinic,Maya,$1,600.00,", "more cells"),
        ("yesterday,,Clinic,Maya,abc,", "not an amount|not a date"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_right_is_refused_and_the_others_stay(row, why):
    good = "01/15/2026,01/16/2026,Clinic,Maya,$7.00,visit"
    _, lines = read(f"{PORTAL}\n{good}\n{row}\n{good}\n")
    assert [each.row for each in lines.ledger] == [2, 4]
    assert [each.row for each in lines.refused] == [3]
    assert (
        why.split("|", maxsplit=1)[0] in reasons(lines)[3]
        or why.split("|")[-1] in reasons(lines)[3]
    )


def test_words_around_a_table_heads_again_and_totals_are_no_lines_of_it():
    good = "01/15/2026,01/16/2026,Clinic,Maya,$7.00,visit"
    _, lines = read(
        f"Claims of Maya Delgado\nPrinted on 11/20/2026\n\n{PORTAL}\n{good}\n{PORTAL}\n{good}\n"
        "Date Paid,Date of Service,Provider,Patient,You Paid,Description\n"
        "02/16/2026,02/15/2026,Clinic,Maya,$8.00,visit\n"
        "Total,,,,$22.00\nThese amounts, as shown, are no bill\nPage 1 of 1\n"
    )
    assert [each.row for each in lines.ledger] == [5, 7, 9]
    assert lines.ledger[2].served_on == date(2026, 2, 15)
    assert lines.outside == (1, 2, 6, 8, 10, 11, 12)
    assert not lines.refused


def test_ragged_lines_count_where_nothing_needed_is_missing():
    _, lines = read(f"{PORTAL}\n01/15/2026,01/16/2026,Clinic,Maya,$7.00\n01/15/2026,,Clinic\n")
    assert [each.row for each in lines.ledger] == [2]
    assert "no amount" in reasons(lines)[3]


@pytest.mark.parametrize(
    ("head", "row", "served", "paid", "cents"),
    [
        ("Date,Provider,Amount", "2026-01-15,C,5", "2026-01-15", None, 500),
        ("Date,Provider,Amount,Paid with", "2026-01-15,C,5,Visa", None, "2026-01-15", 500),
        ("Date,Provider,You paid", "2026-01-15,C,5", None, "2026-01-15", 500),
        ("Service Date,Provider,You owe", "2026-01-15,C,5", "2026-01-15", None, 500),
        ("Service Date,Provider,You paid", "2026-01-15,C,5", "2026-01-15", None, 500),
        ("Service Date,Date paid,You paid,You owe", "2026-01-15,2026-02-01,,5", "2026-01-15",
         None, 500),
        ("Service Date,Date paid,You paid,You owe", "2026-01-15,2026-02-01,4,5", "2026-01-15",
         "2026-02-01", 400),
        ("Service Date,Paid Date,Provider,Amount", "2026-01-15,,C,5", "2026-01-15", None, 500),
        ("Fill Date,Drug Name,Billed,Plan Paid,Copay", "2026-01-15,D,90,85,5", "2026-01-15", None,
         500),
    ],
)  # fmt: skip
def test_a_line_is_unpaid_unless_the_table_tells_when_it_was_paid(head, row, served, paid, cents):
    _, lines = read(f"{head}\n{row}\n", "ledger")
    (line,) = lines.ledger
    told = [day and day.isoformat() for day in (line.served_on, line.paid_on)]
    assert told == [served, paid]
    assert line.amount == Money(cents)


def test_what_a_plan_paid_is_not_taken_for_a_payment_of_the_patient():
    _, lines = read(
        "Claim Number,Service Date,Date Paid,Provider,Billed Amount,Allowed Amount,Paid Amount,"
        "Member Responsibility\nC1,01/15/2026,02/15/2026,Clinic,$300.00,$200.00,$150.00,$50.00\n"
    )
    (line,) = lines.ledger
    assert (line.amount, line.paid_on, line.served_on) == (Money(5000), None, date(2026, 1, 15))


def test_a_column_named_paid_may_hold_days_or_only_yes_and_no():
    _, lines = read(
        "Date of service,Provider,Amount,Paid\n2026-01-15,C,5,2026-01-16\n2026-01-17,C,6,\n"
    )
    assert [each.paid_on for each in lines.ledger] == [date(2026, 1, 16), None]
    _, lines = read("Date,Provider,Amount,Paid?\n2026-01-15,C,5,Yes\n2026-01-17,C,6,No\n")
    assert [each.paid_on for each in lines.ledger] == [None, None]


def test_what_was_reimbursed_is_remarked():
    _, lines = read(
        "Date,Provider,Amount,Reimbursed\n2026-01-15,C,5,Yes\n2026-01-16,C,5,No\n"
        "2026-01-17,C,5,\n2026-01-18,C,5,$5.00\n2026-01-19,C,5,$0.00\n"
    )
    assert [each.is_reimbursed for each in lines.ledger] == [True, False, False, True, False]
    assert "reimbursed: Yes" in lines.ledger[0].note


def test_a_column_of_currencies_refuses_what_is_not_dollars():
    _, lines = read("Date,Provider,Amount,Currency\n2026-01-15,C,5,USD\n2026-01-15,C,5,EUR\n")
    assert [each.row for each in lines.ledger] == [2]
    assert "EUR" in reasons(lines)[3]


def test_the_apostrophe_of_our_own_tables_is_taken_off_again():
    _, lines = read("Date,Provider,Amount\n2026-01-15,'=Clinic,5\n2026-01-15,'Tis a clinic,5\n")
    assert [each.provider for each in lines.ledger] == ["=Clinic", "'Tis a clinic"]


@pytest.mark.parametrize(
    ("heads", "roles"),
    [
        ("Claim #,Service Date,Member,Provider Name,Amount Billed,Plan Paid,Your Responsibility",
         "claim_number served patient provider - - owed_amount"),
        ("dateOfService,providerName,amountYouOwe,claimNumber",
         "served provider owed_amount claim_number"),
        ("Date(s) of Service,Visited Provider,Claim ID,Allowed Amount,Copay,What You Owe,Status",
         "served provider claim_number - - owed_amount -"),
        ("service_date,amount,provider_name,person,memo", "served amount provider patient what"),
        ("Patient Account Number,Provider Phone,Date,Amount Paid by Plan,Amount You Paid",
         "- - date - paid_amount"),
        ("Date,Reason for visit,Total", "date - amount"),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_words_of_their_heads(heads, roles):
    found = generic_roles([plain_head(head) for head in heads.split(",")])
    assert " ".join(role or "-" for role in found) == roles


def test_a_file_without_known_columns_still_shows_its_likely_head():
    _, found, _ = _rows(b"Liste\nWann,Wo,Wieviel\n1,2,3\n")
    rows = list(found)
    assert head_of(rows, ready_made(), by_words=True) is None
    assert likely_heads(rows) == (1, ("Wann", "Wo", "Wieviel"))


@pytest.mark.parametrize(
    ("words", "sign", "what"),
    [
        ("Debit card purchase: dividend street pharmacy", -1, "left_out"),
        ("Card purchase", -1, "withdrawal"), ("Reimbursement to you", -1, "withdrawal"),
        ("ATM FEE", -1, "left_out"), ("Monthly maintenance fee", -1, "left_out"),
        ("Payroll deduction", 1, "contribution"), ("Debit card refund", 1, "returned"),
        ("Pointless entry", -1, ""), ("REINVESTMENT", -1, "left_out"),
    ],
)  # fmt: skip
def test_what_a_line_is_stands_in_whole_words(words, sign, what):
    assert kind_of([words], sign).what == what


@pytest.mark.parametrize(
    ("text", "year"),
    [("(Tax year: 2015)", 2015), ("tax yr 2024", 2024), ("2024 contribution", 2024),
     ("PARTIC CONTR PRIOR YR", 2025), ("CONTRIBUTION CURRENT YEAR", 2026), ("Payroll", None)],
)  # fmt: skip
def test_the_year_of_a_contribution_is_told_by_its_words(text, year):
    assert tax_year_in([text], 2026) == year


@pytest.mark.parametrize(
    ("words", "method"),
    [("HSA card", "hsa"), ("FSA", "fsa"), ("Visa 1234", "card"), ("Check 55", "check"),
     ("Cash", "cash"), ("Own money", "own"), ("Copay card", "assistance"), ("Own card", "card"),
     ("Barter", "other"), ("Assistance", "assistance"), ("HRA", "hra"), ("Other", "other")],
)  # fmt: skip
def test_how_a_line_was_paid_stands_in_whole_words(words, method):
    assert method_of(words) == method


def test_lines_are_told_in_ranges():
    assert ranges([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"
    assert ranges(range(0, 100, 2)).endswith(" …")


CELL = st.one_of(
    st.sampled_from(
        ("", "01/15/2026", "2026-01-15", "13/13/2026", "$5.00", "(5.00)", "1.234,56", "Total",
         "Amount", "Date", "Contribution", "Distribution", "Fee", "1", "600.00", "EUR", "=1+1")
    ),
    st.text(max_size=8),
)  # fmt: skip
HEADS = (
    "Date,Provider,Amount", "Date,Type,Amount,Currency", "Date,Type,Debit,Credit",
    "Service Date,Date Paid,You paid,You owe,Paid with", "Date,Transaction,Amount,Cash Balance",
)  # fmt: skip


@given(st.sampled_from(HEADS), st.lists(st.lists(CELL, max_size=6), max_size=10))
def test_every_row_is_accounted_for_once(head, table):
    names = tuple(head.split(","))
    rows = [RawRow(1, names)]
    rows += [RawRow(at, tuple(map(clean_cell, row))) for at, row in enumerate(table, start=2)]
    found = head_of(rows, ready_made(), by_words=True)
    if found is None:
        return
    for gives in ("ledger", "account", "investments"):
        lines = lines_of(rows, found, gives, TODAY)
        told = [
            *(each.row for part in (lines.ledger, lines.account) for each in part),
            *(each.row for part in (lines.refused, lines.left_out) for each in part),
            *lines.outside,
        ]
        assert sorted(told) == [row.row for at, row in enumerate(rows) if at != found.at]
        assert all(each.amount > Money() for each in (*lines.ledger, *lines.account))


def test_columns_of_the_same_head_and_of_other_scripts_are_told_apart():
    heads = plain_heads(("Amount", "Amount", "", "日付", "Amount", "", ""))
    assert heads == ("amount", "amount 2", "", "日付", "amount 3")
    _, lines = read("Date,Provider,Amount,Amount\n2026-01-02,A,5,6\n,,,\n")
    assert [each.amount.plain for each in lines.ledger] == ["5.00"]
    assert lines.outside == ()
