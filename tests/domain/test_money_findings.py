"""What stands out in the money of care: each finding where it is due, and not where it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.finding_mark import FindingMark
from app.domain.hsa_account import Withdrawal
from app.domain.matters import OwedFacts
from app.domain.money import Money
from app.domain.money_finding import SEVERITIES
from app.domain.money_findings import money_findings
from app.domain.plan import Plan
from tests.domain.money_makers import (
    CARE,
    TODAY,
    WHEN,
    a_bill,
    a_line,
    a_payment,
    a_refund,
    an_allocation,
    an_eob,
    an_estimate,
    ids,
    lines_of,
    noted,
)

WHOLE = {
    "billed": 600, "discount": 179, "allowed": 421, "plan_paid": 346, "deductible": 75,
    "copay": 0, "coinsurance": 0, "patient_owes": 75,
}  # fmt: skip


def test_all_severities_are_those_of_the_list() -> None:
    high = {number for number, how in SEVERITIES.items() if how == "high"}
    info = {number for number, how in SEVERITIES.items() if how == "info"}
    assert high == {"M01", "M03", "M05", "M06", "M11", "M13", "M14", "M17", "M18"}
    assert info == {"M12", "M16", "M19"}
    assert len(SEVERITIES) == 20


def test_what_agrees_is_not_spoken_of() -> None:
    paid = a_payment(75)
    assert ids(**lines_of(WHOLE, network="in"), bills=[a_bill(75)], expenses=[paid]) == []


@pytest.mark.parametrize(
    ("amount", "known", "expected"),
    [
        (75, {}, []),
        ("75.01", {}, ["M01"]),
        (600, {}, ["M01", "M03"]),
        (599, {}, ["M01", "M03"]),
        (254, {}, ["M01", "M03"]),
        (600, {"state": "settled"}, []),
        (600, {"served_on": date(2026, 8, 8)}, ["M02"]),
        (600, {"served_on": None}, ["M01", "M03"]),
        (75, {"billed_on": date(2027, 3, 4)}, ["M16"]),
    ],
)
def test_a_bill_against_the_plans_paper(amount, known, expected) -> None:
    assert ids(**lines_of(WHOLE, network="in"), bills=[a_bill(amount, **known)]) == expected


def test_balance_billing_is_only_asked_about_in_the_network() -> None:
    assert ids(**lines_of(WHOLE), bills=[a_bill(600)]) == ["M01"]


def test_a_bill_knows_payments_that_came_before_it() -> None:
    early, late = (a_payment(50, paid_on=date(2026, month, 9)) for month in (3, 6))
    paper = lines_of(WHOLE)
    assert ids(**paper, bills=[a_bill(75)], expenses=[early]) == ["M01"]
    assert ids(**paper, bills=[a_bill(25)], expenses=[early]) == []
    assert ids(**paper, bills=[a_bill(75)], expenses=[late]) == []


def test_a_bill_while_the_plan_has_not_decided() -> None:
    assert ids(**lines_of({}, status="pending"), bills=[a_bill(75)]) == ["M02"]


def test_sums_that_do_not_close_are_told_by_equation_and_cents() -> None:
    found = list(noted(**lines_of({**WHOLE, "allowed": 400})))
    assert {each.finding.id for each in found} == {"M04"}
    assert [each.about.split()[2:4] for each in found] == [["E1", "1"], ["E2", "1"]]
    assert "$21.00 apart" in found[0].finding.text
    assert found[0].finding.severity == "med"


def test_a_paper_in_which_nothing_adds_up_is_told_in_bounds() -> None:
    wrong = [{**WHOLE, "billed": -at, "allowed": 7 * at, "patient_owes": 10_000_000_000 - at}
             for at in range(1, 400)]  # fmt: skip
    found = noted(**lines_of(*wrong, billed=1, patient_owes=-5))
    assert len([each for each in found if each.finding.id == "M04"]) == 51


@pytest.mark.parametrize(
    ("coinsurance", "expected"),
    [("20.00", []), ("20.01", []), ("20.02", ["M07"]), ("40.00", ["M07"]), ("0", [])],
)
def test_the_rate_of_coinsurance_is_that_of_the_plan_within_a_cent(coinsurance, expected) -> None:
    line = {"allowed": 150, "deductible": 50, "coinsurance": coinsurance}
    plan = Plan(id="acme", name="Acme", person_id="rosa", coinsurance_percent=20)
    assert ids(**lines_of(line, plan_id="acme"), plans=[plan]) == expected


@pytest.mark.parametrize(
    ("line", "codes", "expected"),
    [
        ({"code": "99395", "modifiers": "33"}, (), ["M08"]),
        ({"code": "99395"}, ("99395",), ["M08"]),
        ({"code": "99395"}, (), []),
        ({"code": "99395", "modifiers": "33", "patient_owes": 0}, (), []),
    ],
)
def test_preventive_care_costs_no_share(line, codes, expected) -> None:
    found = ids(**lines_of({"patient_owes": 30, **line}), preventive_codes=frozenset(codes))
    assert found == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["M09"]),
        ({"modifiers": "59"}, []),
        ({"units": 2}, []),
        ({"served_on": date(2026, 3, 3)}, []),
        ({"code": "96366"}, []),
        ({"plan_paid": 0, "patient_owes": 0}, []),
        ({"plan_paid": 0, "patient_owes": None, "not_covered": 600}, []),
    ],
)
def test_the_same_service_twice_at_one_provider(change, expected) -> None:
    line = {"code": "96365", "patient_owes": 30}
    assert ids(**lines_of(line, {**line, **change})) == expected


def test_a_newer_version_is_no_second_service() -> None:
    first = an_eob()
    second = an_eob(follows_id=first.id, processed_on=date(2026, 5, 1))
    lines = [a_line(eob, code="96365", patient_owes=30) for eob in (first, second)]
    assert ids(eobs=[first, second], eob_lines=lines) == []


def test_a_place_and_a_doctor_for_the_same_care_are_mostly_right() -> None:
    eobs = [an_eob(provider=name) for name in ("Harbor Hospital", "Dr. Ana Silva")]
    lines = [a_line(eob, code="96365", patient_owes=30) for eob in eobs]
    assert ids(eobs=eobs, eob_lines=lines) == ["M12"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["M10"]),
        ({"served_on": None}, ["M10"]),
        ({"served_on": None, "paid_on": date(2026, 4, 12)}, ["M10"]),
        ({"served_on": None, "paid_on": date(2026, 4, 14)}, []),
        ({"served_on": date(2026, 3, 3)}, []),
        ({"amount": Money(41_00)}, []),
        ({"provider": "Harbor Pharmacy"}, []),
        ({"person_id": "luis"}, []),
        ({"what": "second session"}, []),
        ({"claim_id": "d"}, ["M11"]),
        ({"account_id": "his"}, ["M11"]),
    ],
)
def test_one_payment_entered_twice(change, expected) -> None:
    first = a_payment(40, claim_id="c", account_id="hers", what="first session")
    second = replace(a_payment(40, what="first session"), **change)
    assert ids(expenses=[first, second]) == expected


def test_parts_of_one_payment_are_no_second_payment() -> None:
    first = a_payment(40)
    assert ids(expenses=[first, a_payment(40, origin_id=first.id)]) == []


def test_one_expense_from_two_accounts() -> None:
    lines = [a_payment(40), a_payment(40)]
    out = [Withdrawal(id=key, account_id=f"of {key}", on=CARE, amount=Money(40_00), added_at=WHEN)
           for key in ("w1", "w2")]  # fmt: skip
    parts = [an_allocation(line, 40, withdrawal_id=each.id)
             for line, each in zip(lines, out, strict=True)]  # fmt: skip
    assert ids(expenses=lines, allocations=parts, withdrawals=out) == ["M11"]


def test_many_lines_alike_are_asked_about_once_each() -> None:
    found = noted(expenses=[a_payment(5) for _ in range(12)])
    assert [each.finding.id for each in found] == ["M10"] * 11


@pytest.mark.parametrize(
    ("change", "expected"),
    [({}, ["M02", "M10"]), ({"document_id": "paper", "served_on": None}, ["M02", "M10"]),
     ({"amount": Money(9_00)}, ["M02"]), ({"billed_on": date(2026, 6, 1)}, ["M02"])],
)  # fmt: skip
def test_one_bill_entered_twice(change, expected) -> None:
    first, second = a_bill(80, document_id="paper"), replace(a_bill(80), **change)
    assert ids(bills=[first, second]) == expected


def test_more_paid_than_the_share_is_to_come_back() -> None:
    (found,) = noted(**lines_of(WHOLE), expenses=[a_payment(100)])
    assert (found.finding.id, "$25.00" in found.finding.text) == ("M13", True)
    assert found.finding.expense


def test_what_was_overpaid_pays_for_other_care_of_the_provider_first() -> None:
    paper, other = lines_of(WHOLE), an_eob(patient_owes=10)
    later = a_line(other, served_on=date(2026, 7, 7))
    (found,) = noted(
        eobs=[*paper["eobs"], other], eob_lines=[*paper["eob_lines"], later],
        expenses=[a_payment(100)],
    )  # fmt: skip
    assert found.finding.text.startswith(
        "You paid $100.00, but $75.00 is your share of it: $25.00 too much. $10.00 of that pays "
        "for other care there."
    )
    assert found.finding.text.endswith("to send $15.00 back.")


@pytest.mark.parametrize(
    ("method", "part", "back", "expected"),
    [
        ("hsa", 0, 10, ["M14"]),
        ("own", 40, 0, []),
        ("own", 100, 10, ["M14"]),
        ("own", 40, 10, []),
        ("own", 40, 61, ["M14"]),
        ("own", 0, 61, []),
    ],
)
def test_money_back_for_what_an_hsa_has_paid(method, part, back, expected) -> None:
    line = a_payment(100, method=method)
    parts = [an_allocation(line, part)] if part else []
    refunds = [a_refund(line, back, giver="insurer")] if back else []
    assert ids(expenses=[line], allocations=parts, refunds=refunds) == expected


@pytest.mark.parametrize(("part", "back", "expected"), [
    (100, 10, ["M14"]), (40, 61, ["M14"]), (40, 60, []), (100, 0, []),
])  # fmt: skip
def test_money_back_for_what_was_deducted_may_be_income(part, back, expected) -> None:
    line = a_payment(100)
    taken = replace(an_allocation(line, part), payer="deducted")
    refunds = [a_refund(line, back, giver="insurer")] if back else []
    found = noted(expenses=[line], allocations=[taken], refunds=refunds)
    assert [each.finding.id for each in found] == expected
    assert all("Publication 525" in each.finding.text for each in found)


def test_a_newer_paper_asks_for_less_than_an_hsa_has_paid() -> None:
    old = an_eob(patient_owes=412)
    new = an_eob(patient_owes=75, follows_id=old.id, processed_on=date(2026, 7, 1))
    lines = [a_line(old), a_line(new)]
    found = noted(eobs=[old, new], eob_lines=lines, expenses=[a_payment(412, method="hsa")])
    (told,) = [each for each in found if each.finding.id == "M14"]
    assert "$337.00 may have to go back" in told.finding.text


@pytest.mark.parametrize(
    ("paid", "came", "expected"),
    [(0, 0, ["M15"]), (150, 0, ["M15"]), (150, 120, []), (50, 50, ["M15"])],
)
def test_a_check_that_the_plan_sent_to_the_patient(paid, came, expected) -> None:
    line = a_payment(paid or 1)
    refunds = [a_refund(line, came, giver="insurer")] if came else []
    told = lines_of({"patient_owes": 30}, paid_to_patient=120)
    assert ids(**told, expenses=[line] if paid else [], refunds=refunds) == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("1399.99", ["M02"]), ("1400.00", ["M17"]), ("1000.00", ["M02"])]
)
def test_a_bill_far_above_its_good_faith_estimate(amount, expected) -> None:
    assert ids(bills=[a_bill(amount)], aids=[an_estimate(1000)]) == expected


def test_the_days_to_dispute_an_estimate_count_from_the_bill() -> None:
    (found,) = noted(bills=[a_bill(2000)], aids=[an_estimate(1000)])
    assert "July 30, 2026" in found.finding.text


@pytest.mark.parametrize(
    ("line", "network", "expected"),
    [
        ({"code": "99284"}, "out", ["M18"]),
        ({"service": "Emergency room visit"}, "out", ["M18"]),
        ({"code": "99284"}, "in", []),
        ({"code": "99213"}, "out", []),
    ],
)
def test_emergency_care_outside_the_network(line, network, expected) -> None:
    told = {"billed": 900, "allowed": 300, "patient_owes": 60, **line}
    assert ids(**lines_of(told, network=network)) == expected


def test_a_doctor_outside_the_network_in_a_hospital_inside_it() -> None:
    place, doctor = an_eob(provider="Harbor Hospital", network="in"), an_eob(network="out")
    lines = [a_line(place, patient_owes=10), a_line(doctor, billed=900, allowed=300)]
    assert "M18" in ids(eobs=[place, doctor], eob_lines=lines)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"reasons": "CO-97", "patient_owes": 0}, ["M19"]),
        ({"reasons": "PR-96", "patient_owes": 0}, []),
        ({"reasons": "CO-97", "patient_owes": 80}, []),
        ({"reasons": "CO-45", "patient_owes": 0, "allowed": 50, "plan_paid": 50}, []),
    ],
)
def test_a_denial_that_the_provider_bears(line, expected) -> None:
    told = {"billed": 80, "not_covered": 80 if "plan_paid" not in line else 0, **line}
    assert ids(**lines_of(told)) == expected


@pytest.mark.parametrize(
    "change",
    [{"served_on": date(2026, 9, 9)}, {"provider": "Harbor Clinic"}, {"person_id": "luis"}],
)
def test_a_bill_that_is_like_the_plans_paper_but_for_one_thing(change) -> None:
    paper = lines_of({"patient_owes": 75}, claim_id="c")
    found = ids(**paper, bills=[replace(a_bill(75, claim_id="c"), **change)])
    assert found == ["M20"]


def test_a_bill_that_a_person_tied_to_other_care() -> None:
    paper = lines_of({"patient_owes": 75})
    bill = a_bill(75, served_on=date(2026, 9, 9))
    tied = a_payment(75, paid_on=None, bill_id=bill.id, eob_line_id=paper["eob_lines"][0].id)
    assert ids(**paper, bills=[bill], expenses=[tied]) == ["M20"]


def test_an_answer_stands_beside_its_finding() -> None:
    facts = OwedFacts(bills=(a_bill(80),))
    (found,) = money_findings(facts, TODAY)
    mark = FindingMark(id=found.about, state="as_printed", added_at=WHEN)
    assert found.about == f"M02 {facts.bills[0].id}"
    assert money_findings(facts, TODAY, [mark])[0].mark == mark


def test_every_finding_is_named_once_and_says_what_to_do() -> None:
    found = noted(
        **lines_of({**WHOLE, "allowed": 400, "code": "99284"}, {**WHOLE, "code": "99284"},
                   network="in"),
        bills=[a_bill(600), a_bill(600)], expenses=[a_payment(900), a_payment(900)],
    )  # fmt: skip
    assert len({each.about for each in found}) == len(found) > 5
    for each in found:
        assert each.finding.text.endswith((".", "?"))
        assert each.finding.severity == SEVERITIES[each.finding.id]
