import csv
import io
from datetime import date

import pytest

from app.domain.hsa import LedgerRow, Receipt, plan_hsa
from app.domain.money import Money
from app.exporting.tables_csv import expenses_csv, hsa_csv, table_csv


def parsed(raw):
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def row(**changed):
    return LedgerRow(
        **{
            "expense": "e-1",
            "served_on": date(2026, 2, 3),
            "paid_on": date(2026, 2, 10),
            "patient": "Maya Alvarez-Reed",
            "provider": "Cedar Hollow Infusion Center",
            "category": "Infusion",
            "amount": Money(7500),
            "method": "own",
            "claim": "Infusion",
            **changed,
        }
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  ="])
def test_text_is_never_run_as_a_formula(start):
    [_, [cell]] = parsed(table_csv(["Name"], [[f"{start}1+1"]]))
    assert cell == f"'{start}1+1"


def test_headers_are_guarded_too():
    [[cell]] = parsed(table_csv(["=1+1"], []))
    assert cell == "'=1+1"


def test_our_own_amounts_stay_numbers():
    [_, cells] = parsed(table_csv(["A", "B", "C"], [[Money(-123450), -7, None]]))
    assert cells == ["-1234.50", "-7", ""]


def test_every_text_comes_back_as_it_was():
    texts = ['He said "no"', "one, two; three", "line\r\nbreak", "玛雅 é 🙂", ""]
    [_, cells] = parsed(table_csv(["a", "b", "c", "d", "e"], [texts]))
    assert cells == texts


def test_spreadsheets_are_told_that_it_is_utf_8():
    assert table_csv(["é"], []) == b'\xef\xbb\xbf"\xc3\xa9"\r\n'


def test_half_a_character_and_zero_bytes_do_not_stop_the_table():
    [_, [cell]] = parsed(table_csv(["a"], [["x\ud800\x00=y"]]))
    assert cell == "x?=y"
    [_, [hidden]] = parsed(table_csv(["a"], [["\x00=y"]]))
    assert hidden == "'=y"


def test_the_ledger_keeps_paid_and_unpaid_rows_in_the_given_order():
    rows = [row(), row(expense="e-2", paid_on=None, amount=Money(-500))]
    header, first, second = parsed(expenses_csv(rows))
    assert header[0] == "Date paid"
    assert first[0] == "2026-02-10"
    assert second[0] == ""
    assert [line[header.index("Amount")] for line in (first, second)] == ["75.00", "-5.00"]
    assert first[header.index("Paid with")] == "Own money"


def test_the_hsa_table_names_the_exhibits_and_what_to_look_at():
    plan = plan_hsa(
        2026,
        [
            row(receipts=(Receipt("d-1", "receipt.jpg"), Receipt("d-2", "bill.pdf"))),
            row(expense="e-2", paid_on=date(2026, 1, 2), method="hsa"),
        ],
    )
    header, first, second = parsed(hsa_csv(plan))
    assert header[0] == "Exhibits"
    assert first[-1].startswith("No receipt is attached.")
    assert "paid before the date of service" in first[-1]
    assert "paid with the HSA" in first[-1]
    assert second[0] == "HSA-2026-001 HSA-2026-002"
    assert second[-1] == ""
