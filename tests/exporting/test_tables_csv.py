import csv
import io

import pytest

from app.domain.medical_paid import plan_medical
from app.domain.money import Money
from app.exporting.tables_csv import hsa_csv, medical_csv, table_csv
from tests.exporting.random_household import SECRETS, Household


def parsed(raw):
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


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


def test_the_hsa_table_adds_up_and_names_the_exhibits_and_what_to_look_at():
    plan = Household(3).plan()
    header, *rows = parsed(hsa_csv(plan))
    assert len(rows) == len(plan.lines)

    def column(name):
        return [Money.parse(row[header.index(name)] or "0").cents for row in rows]

    parts = ("Not claimable", "HSA in these days", "HSA on other days", "Claimable", "Needs a look")
    for paid, *others in zip(column("I paid"), *map(column, parts), strict=True):
        assert paid == sum(others)
    shown = {each for row in rows for each in row[header.index("Exhibits")].split()}
    assert any(each.endswith(":HSA-2026-001") for each in shown)
    assert any("has ended" in row[header.index("Findings")] for row in rows)


def test_the_accountants_tables_name_no_drug_and_no_diagnosis():
    household = Household(3)
    plan = household.plan(copy="accountant", has_papers=False)
    paid = plan_medical(household.book, plan.choice, claims={})
    for raw in (hsa_csv(plan), medical_csv(paid)):
        text = raw.decode("utf-8-sig")
        assert not [secret for secret in SECRETS if secret in text]
    header, *rows = parsed(medical_csv(paid))
    left = [Money.parse(row[header.index("Left with me")]).cents for row in rows]
    assert sum(left) == paid.sums.own.cents
