"""Explanations, bills and plan years as records: kept, linked, changed, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.binder import Binder
from app.domain.bill import Bill
from app.domain.eob import Eob, EobLine
from app.domain.errors import UserError
from app.domain.money import Money
from app.operations import bills, claims, eob_entry, expenses, owed, people, plan_years, trash
from app.storage.queries.records import all_records

TODAY = date(2026, 11, 21)
LINE = EobLine(
    id="1", eob_id="", position=1, served_on=date(2026, 3, 2), code="96365",
    billed=Money(600_00), allowed=Money(421_00), patient_owes=Money(75_00),
)  # fmt: skip


def enter(binder: Binder, **known: Any) -> Eob:
    return eob_entry.enter_eob(
        binder, [LINE], **{"provider": "Lakeside", "number": "CLM-1", **known}
    )


def kept(binder: Binder, kind: str) -> tuple[Any, ...]:
    return binder.ask(all_records, kind)


def test_an_explanation_is_one_step_with_its_lines_and_unpaid_rows(binder: Binder) -> None:
    made = enter(binder, to_ledger=True)
    (line,) = kept(binder, "eob_line")
    (row,) = kept(binder, "expense")
    assert (line.eob_id, line.position, line.code) == (made.id, 1, "96365")
    assert (row.amount, row.paid_on, row.eob_line_id) == (Money(75_00), None, line.id)
    assert binder.undo() == "Enter an explanation of benefits"
    assert kept(binder, "eob") == kept(binder, "eob_line") == kept(binder, "expense") == ()


def test_one_of_the_same_number_is_a_newer_version(binder: Binder) -> None:
    old = enter(binder, processed_on=date(2026, 3, 20))
    new = enter(binder, number="clm-1", processed_on=date(2026, 5, 1))
    assert new.follows_id == old.id
    other = enter(binder, is_new_claim=True)
    assert other.follows_id is None
    rosa = people.add_person(binder, "Rosa Delgado")
    luis = people.add_person(binder, "Luis Delgado")
    first = enter(binder, number="X", person_id=rosa.id)
    assert enter(binder, number="X", person_id=luis.id).follows_id is None
    assert enter(binder, number="X", person_id=rosa.id).follows_id == first.id


def test_a_newer_version_is_about_the_same_patient_and_claim(binder: Binder) -> None:
    rosa = people.add_person(binder, "Rosa Delgado")
    claim = claims.open_claim(binder, "Infusions")
    enter(binder, person_id=rosa.id, claim_id=claim.id)
    new = enter(binder)
    assert (new.person_id, new.claim_id) == (rosa.id, claim.id)


def test_versions_cannot_follow_each_other(binder: Binder) -> None:
    old = enter(binder)
    new = enter(binder)
    with pytest.raises(UserError, match="each follow"):
        eob_entry.change_eob(binder, replace(old, follows_id=new.id))
    assert {eob.follows_id for eob in kept(binder, "eob")} == {None, old.id}


def test_lines_that_are_changed_keep_their_rows_and_the_others_go(binder: Binder) -> None:
    made = eob_entry.enter_eob(
        binder, [LINE, replace(LINE, code="96366")], provider="Lakeside", to_ledger=True
    )
    first, second = kept(binder, "eob_line")
    changed = replace(first, patient_owes=Money(10_00))
    eob_entry.change_eob(binder, made, [changed, replace(LINE, id="", code="J1439")])
    lines = {line.code: line for line in kept(binder, "eob_line")}
    assert lines.keys() == {"96365", "J1439"}
    assert lines["96365"] == changed
    assert {row.eob_line_id for row in kept(binder, "expense")} == {first.id, None}
    assert second.id not in {line.id for line in lines.values()}


def test_the_plan_of_a_claim_is_that_of_its_explanation(binder: Binder) -> None:
    plan = people.add_plan(binder, "Acme")
    claim = claims.open_claim(binder, "Infusions", plan_id=plan.id)
    assert enter(binder, claim_id=claim.id).plan_id == plan.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider": "", "number": "", "lines": ()},
        {"network": "near"},
        {"status": "lost"},
        {"processed_on": date(2027, 1, 1)},
        {"processed_on": date(1900, 1, 1)},
        {"billed": Money(10**15)},
        {"deductible_met": Money(-(10**15))},
        {"claim_id": "nowhere"},
        {"follows_id": "nowhere"},
        {"lines": (LINE,) * 2001},
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence(untouched: Binder, wrong: Any) -> None:
    given = {"provider": "Lakeside", **wrong}
    lines = given.pop("lines", (LINE,))
    with pytest.raises(UserError) as refused:
        eob_entry.enter_eob(untouched, lines, **given)
    assert str(refused.value).endswith((".", "?"))
    assert kept(untouched, "eob") == ()


def test_a_bill_is_kept_moved_and_tied(binder: Binder) -> None:
    line = expenses.enter_expense(binder, Money(40_00), provider="Lakeside")
    bill = bills.enter_bill(binder, Money(90_00), provider=" Lakeside  Center ", state="open")
    assert bill.provider == "Lakeside Center"
    assert bills.move_bill(binder, bill.id, "disputed").state == "disputed"
    assert binder.labels().undo == "Dispute a bill"
    bills.tie_to_bill(binder, bill.id, [line.id])
    (row,) = kept(binder, "expense")
    assert row.bill_id == bill.id
    bills.tie_to_bill(binder, bill.id, [])
    assert kept(binder, "expense")[0].bill_id is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Money(-1)},
        {"amount": Money(1), "waived": Money(-1)},
        {"amount": Money(1), "charges": Money(10**15)},
        {"amount": Money(1), "state": "lost"},
        {"amount": Money(1), "billed_on": date(2027, 1, 1)},
        {"amount": Money(1), "due_on": date(1066, 1, 1)},
        {"amount": Money(1), "document_id": "nowhere"},
    ],
)
def test_a_bill_that_cannot_be_right_is_refused(untouched: Binder, wrong: Any) -> None:
    with pytest.raises(UserError):
        bills.enter_bill(untouched, **wrong)
    assert kept(untouched, "bill") == ()


def test_what_lies_in_the_trash_is_not_changed_and_not_owed(binder: Binder) -> None:
    bill: Bill = bills.enter_bill(binder, Money(90_00), provider="Lakeside")
    eob = enter(binder)
    trash.put_in_trash(binder, [("bill", bill.id), ("eob", eob.id)])
    assert owed.money_case(binder, TODAY).accounts == ()
    for change in (
        lambda: bills.change_bill(binder, bill),
        lambda: eob_entry.change_eob(binder, eob),
    ):
        with pytest.raises(UserError, match="in the trash"):
            change()


def test_a_plan_year_has_its_days_to_itself(binder: Binder) -> None:
    plan = people.add_plan(binder, "Acme")
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    made = plan_years.add_plan_year(binder, plan.id, first, last, oop_person=Money(5000_00))
    plan_years.add_plan_year(binder, plan.id, first, last, scope="rx")
    with pytest.raises(UserError, match="entered already"):
        plan_years.add_plan_year(binder, plan.id, date(2026, 6, 1), date(2027, 5, 31))
    plan_years.change_plan_year(binder, replace(made, until_on=date(2026, 5, 31)))
    plan_years.add_plan_year(binder, plan.id, date(2026, 6, 1), date(2027, 5, 31))
    plan_years.remove_plan_year(binder, made.id)
    assert len(kept(binder, "plan_year")) == 2


def test_a_plan_year_that_cannot_be_right_is_refused(binder: Binder) -> None:
    plan = people.add_plan(binder, "Acme")
    for wrong in (
        {"until_on": date(2025, 1, 1)},
        {"until_on": date(2027, 6, 1)},
        {"scope": "dental"},
        {"coinsurance_percent": 101},
        {"deductible_person": Money(-1)},
    ):
        given: dict[str, Any] = {
            "from_on": date(2026, 1, 1), "until_on": date(2026, 12, 31), **wrong,
        }  # fmt: skip
        with pytest.raises(UserError):
            plan_years.add_plan_year(binder, plan.id, **given)
    assert kept(binder, "plan_year") == ()


def test_an_answer_to_a_finding_is_kept_changed_and_taken_back(binder: Binder) -> None:
    bills.enter_bill(binder, Money(90_00), provider="Lakeside")
    (noted,) = owed.findings_of_care(binder, TODAY)
    assert (noted.finding.id, noted.mark) == ("M02", None)
    owed.mark_finding(binder, noted.about, "as_printed", "We have no plan")
    owed.mark_finding(binder, noted.about, "settled")
    (noted,) = owed.findings_of_care(binder, TODAY)
    assert noted.mark
    assert noted.mark.state == "settled"
    owed.unmark_finding(binder, noted.about)
    assert owed.findings_of_care(binder, TODAY)[0].mark is None
    for about, state in ((noted.about, "gone"), ("M02", "settled")):
        with pytest.raises(UserError):
            owed.mark_finding(binder, about, state)


def test_codes_of_preventive_care_are_chosen_and_forgotten(binder: Binder) -> None:
    assert plan_years.choose_preventive_codes(binder, "99395, g0438 99395") == ("99395", "G0438")
    assert owed.money_case(binder, TODAY).facts.preventive_codes == {"99395", "G0438"}
    assert plan_years.choose_preventive_codes(binder, "") == ()
    assert owed.money_case(binder, TODAY).facts.preventive_codes == frozenset()
    with pytest.raises(UserError):
        plan_years.choose_preventive_codes(binder, "99-395")
