"""The ledger by SQL: which lines are listed, in which order, and what they add up to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.binder import Binder
from app.domain.money import Money
from app.operations import claims, people, trash
from app.operations.allocations import draw_for
from app.operations.expenses import enter_expense
from app.operations.hsa_accounts import add_account
from app.operations.line_findings import hsa_findings_of_line
from app.operations.money_book import money_book
from app.operations.refunds import add_refund
from app.storage.queries.ledger import (
    LedgerFilter,
    ledger_choices,
    ledger_ids,
    ledger_rows,
    ledger_sums,
)

NOW = datetime(2026, 8, 18, 15, 0, tzinfo=UTC)
LABELS = {"rx_drug": "Prescription drug", "lab_imaging": "Lab test or scan", "cash": "Cash"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Five lines and one in the trash, by short names."""
    root = tmp_path_factory.mktemp("ledger") / "binder"
    with Binder.create(root, now=lambda: NOW) as binder:
        rosa = people.add_person(binder, "Rosa Alvarez", relation="self")
        luis = people.add_person(binder, "luis alvarez", relation="spouse")
        claim = claims.open_claim(binder, "Infusions in March", person_id=rosa.id)
        account = add_account(binder, date(2020, 1, 1), holder_id=rosa.id)

        def line(amount, paid, **known):
            return enter_expense(binder, Money.parse(amount), paid_on=paid, **known)

        made = {
            "infusion": line("75.00", date(2026, 3, 9), served_on=date(2026, 3, 5),
                             provider="Bayside Infusion", category="infusion_prescribed",
                             claim_id=claim.id, method="card", what="copay"),
            "drug": line("1240.55", date(2025, 6, 1), served_on=date(2025, 6, 1),
                         provider="Corner Pharmacy", category="rx_drug", person_id=luis.id,
                         method="cash"),
            "scan": line("310.00", None, served_on=date(2026, 7, 2), provider="City 100% Hospital",
                         category="lab_imaging", person_id=rosa.id),
            "card": line("20.00", date(2026, 1, 2), provider="corner pharmacy",
                         category="rx_drug", method="hsa", person_id=luis.id),
            "other": line("5.00", date(2024, 12, 31), served_on=date(2025, 1, 2), method="other"),
            "gone": line("999.00", date(2026, 3, 9), provider="Gone"),
        }  # fmt: skip
        trash.put_in_trash(binder, [("expense", made["gone"].id)])
        add_refund(binder, made["infusion"].id, date(2026, 4, 1), Money(25_00))
        draw_for(
            binder, date(2025, 7, 1), [(made["drug"].id, Money(1000_00))], account_id=account.id
        )
        yield binder, {each.id: name for name, each in made.items()}, (rosa, luis, claim)


def listed(ledger, which, **order):
    binder, names, _ = ledger
    return [names[key] for key in binder.ask(ledger_ids, which, **order)]


def test_the_newest_is_first_and_what_lies_in_the_trash_is_not_listed(ledger):
    assert listed(ledger, LedgerFilter()) == ["scan", "infusion", "card", "drug", "other"]


@pytest.mark.parametrize(
    ("which", "names"),
    [
        ({"year": 2026}, "scan infusion card"),
        ({"year": 2025}, "drug"),
        ({"year": 2024}, "other"),
        ({"year": 2023}, ""),
        ({"is_paid": False}, "scan"),
        ({"is_paid": True}, "infusion card drug other"),
        ({"category": "rx_drug"}, "card drug"),
        ({"method": "own"}, "scan infusion drug"),
        ({"method": "hsa"}, "card"),
        ({"provider": "Corner Pharmacy"}, "drug"),
        ({"words": "CORNER"}, "card drug"),
        ({"words": "corner 1240"}, "drug"),
        ({"words": "$1,240.55"}, "drug"),
        ({"words": "prescription"}, "card drug"),
        ({"words": "cash"}, "drug"),
        ({"words": "march"}, "infusion"),
        ({"words": "rosa copay"}, "infusion"),
        ({"words": "100%"}, "scan"),
        ({"words": "_"}, "scan infusion card drug"),
        ({"words": "nobody"}, ""),
        ({"year": 2026, "is_paid": True, "category": "rx_drug"}, "card"),
    ],
)
def test_each_filter_keeps_what_it_says(ledger, which, names):
    assert listed(ledger, LedgerFilter(**which, labels=LABELS)) == names.split()


def test_a_line_that_names_nobody_is_for_the_patient_of_its_claim(ledger):
    _, _, (rosa, luis, claim) = ledger
    assert listed(ledger, LedgerFilter(person_id=rosa.id)) == ["scan", "infusion"]
    assert listed(ledger, LedgerFilter(person_id=luis.id)) == ["card", "drug"]
    assert listed(ledger, LedgerFilter(claim_id=claim.id)) == ["infusion"]


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        ("served", "other drug infusion scan card", "scan infusion drug other card"),
        ("paid", "other drug card infusion scan", "infusion card drug other scan"),
        ("provider", "infusion scan card drug other", "card drug scan infusion other"),
        ("what", "infusion scan card drug other", "card drug scan infusion other"),
        ("patient", "card drug scan infusion other", "scan infusion card drug other"),
        ("amount", "other card infusion scan drug", "drug scan infusion card other"),
    ],
)
def test_lines_are_sorted_by_what_is_shown_and_those_without_a_value_come_last(
    ledger, sort, up, down
):
    which = LedgerFilter(labels=LABELS)
    assert listed(ledger, which, sort=sort) == up.split()
    assert listed(ledger, which, sort=sort, descending=True) == down.split()


def test_a_row_knows_what_it_is_tied_to(ledger):
    binder, names, (rosa, _, claim) = ledger
    ids = binder.ask(ledger_ids, LedgerFilter())
    rows = {names[row.id]: row for row in binder.ask(ledger_rows, (*ids, "missing"))}
    assert list(rows) == ["scan", "infusion", "card", "drug", "other"]
    infusion = rows["infusion"]
    assert (infusion.patient, infusion.person_id) == ("Rosa Alvarez", rosa.id)
    assert (infusion.claim, infusion.claim_id) == ("Infusions in March", claim.id)
    assert (infusion.returned, infusion.reimbursed) == (Money(25_00), Money())
    assert rows["drug"].reimbursed == Money(1000_00)
    assert (rows["other"].patient, rows["other"].provider) == (None, "")


def test_the_sums_are_those_of_the_lines(ledger):
    binder, *_ = ledger
    sums = binder.ask(ledger_sums, LedgerFilter())
    assert (sums.lines, sums.unpaid_lines) == (5, 1)
    assert (sums.paid, sums.unpaid) == (Money(1340_55), Money(310_00))
    assert (sums.returned, sums.reimbursed) == (Money(25_00), Money(1020_00))
    assert binder.ask(ledger_sums, LedgerFilter(words="nobody")).lines == 0


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("year", (2024, 2025, 2026)),
        ("method", ("own", "hsa", "other")),
        ("is_paid", (True, False)),
    ],
)
def test_parts_of_the_ledger_add_up_to_the_whole(ledger, field, values):
    binder, *_ = ledger
    parts = [binder.ask(ledger_sums, LedgerFilter(**{field: value})) for value in values]
    whole = binder.ask(ledger_sums, LedgerFilter())
    for name in ("paid", "unpaid", "returned", "reimbursed"):
        assert sum((getattr(part, name) for part in parts), Money()) == getattr(whole, name)


def test_only_what_occurs_can_be_chosen(ledger):
    binder, _, (rosa, luis, claim) = ledger
    found = binder.ask(ledger_choices)
    assert found.years == (2026, 2025, 2024)
    assert found.people == ((luis.id, "luis alvarez"), (rosa.id, "Rosa Alvarez"))
    assert found.claims == ((claim.id, "Infusions in March"),)
    assert "Gone" not in found.providers
    assert found.categories == ("infusion_prescribed", "lab_imaging", "rx_drug")
    assert found.methods == ("card", "cash", "hsa", "other", "own")


def test_the_findings_of_one_line_are_those_of_the_whole_ledger(ledger):
    binder, names, _ = ledger
    book = money_book(binder)
    ids = {name: key for key, name in names.items()}
    found = {each.id for each in hsa_findings_of_line(binder, book, ids["infusion"], "")}
    assert {"H07", "H08"} <= found
    assert not {"H07", "H08"} & {
        each.id for each in hsa_findings_of_line(binder, book, ids["infusion"], "BP")
    }
    assert hsa_findings_of_line(binder, book, ids["scan"], "") == ()
    assert hsa_findings_of_line(binder, book, "missing", "") == ()
