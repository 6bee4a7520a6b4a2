from dataclasses import replace
from datetime import date

import pytest

from app.domain.hsa_findings import FindingsCase, LinePapers, line_findings
from app.domain.hsa_findings_of_records import belongs_to, record_findings
from app.domain.money import Money
from app.domain.plan import Plan
from tests.domain.hsa_makers import (
    AUNT,
    CHILD,
    SELF,
    SPOUSE,
    account,
    allocation,
    book,
    contribution,
    expense,
    form_1099,
    letter,
    refund,
    stay,
    trip,
    withdrawal,
)

COMPLETE = LinePapers(letters="EBPLT")
PROVED = (account(document_id="d-opening"),)
TODAY = date(2026, 11, 22)
YEARS = (2024, 2025, 2026, 2027)


def findings(*lines, papers=COMPLETE, plans=(), **records):
    money = book(*lines, **{"accounts": PROVED, "today": TODAY, **records})
    case = FindingsCase(money=money, papers={line.id: papers for line in lines}, today=TODAY)
    return (*line_findings(case), *record_findings(money, plans, TODAY))


def found(*lines, **changed):
    """Return number and severity of each finding."""
    return [(each.id, each.severity) for each in findings(*lines, **changed)]


def test_a_line_with_all_its_papers_has_no_finding():
    assert found(expense()) == []


LINES = [
    ("H01", "high", {"served_on": date(2014, 12, 31)}),
    ("H02", "high", {"person_id": AUNT.id}),
    ("H03", "high", {"method": "fsa"}),
    ("H03", "high", {"method": "assistance"}),
    ("H04", "high", {"category": "dance_swim"}),
    ("H04", "high", {"category": "denied_service_self_pay", "answer": "no"}),
    ("H05", "med", {"category": "massage"}),
    ("H12", "med", {"category": "premium_regular"}),
    ("H12", "med", {"category": "premium_ltc", "amount": Money(9000_00)}),
    ("H15", "med", {"category": "otc_drug", "served_on": date(2019, 6, 1)}),
    ("H18", "high", {"served_on": date(2026, 2, 9), "paid_on": date(2026, 2, 3)}),
    ("H18", "high", {"served_on": date(2027, 2, 9), "paid_on": date(2026, 2, 3)}),
    ("H18", "high", {"served_on": date(2026, 2, 9), "paid_on": date(2025, 12, 3)}),
    ("H20", "info", {"category": "direct_primary_care", "served_on": date(2027, 1, 5),
                     "paid_on": date(2027, 1, 5)}),
    ("H22", "info", {"served_on": date(2025, 12, 9), "paid_on": date(2026, 2, 3)}),
    ("H23", "med", {"amount": Money(0)}),
    ("H24", "info", {"amount": Money(-5_00)}),
    ("H25", "info", {"method": "hsa"}),
    ("H26", "med", {"served_on": None, "paid_on": date(2026, 2, 3)}),
    ("H27", "med", {"category": "medical"}),
    ("H28", "med", {"category": "denied_service_self_pay"}),
    ("H29", "med", {"category": "direct_primary_care", "amount": Money(400_00)}),
    ("H30", "med", {"person_id": None}),
    ("H30", "med", {"person_id": CHILD.id}),  # 19 in 2026
    ("H31", "med", {"method": "other"}),
    ("H33", "info", {"paid_on": date(2026, 12, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "severity", "changed"), LINES)
def test_what_is_wrong_with_a_line_is_found(number, severity, changed):
    assert (number, severity) in found(expense(**changed))


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (letter(), []),
        (letter(until_on=date(2026, 1, 31)), [("H06", "med")]),
        (letter(signed_on=date(2026, 3, 1)), [("H06", "med")]),
        (letter("acupuncture"), [("H06", "med")]),
    ],
)
def test_a_letter_that_does_not_cover_the_line_is_named(paper, expected):
    line = expense(category="massage", necessity_id=paper.id)
    assert found(line, letters=(paper,)) == expected


PAPERS = [
    ("physician_visit", "", {"H07", "H08"}),
    ("physician_visit", "E", {"H08"}),
    ("physician_visit", "P", {"H07"}),
    ("physician_visit", "BP", set()),
    ("otc_drug", "B", set()),
    ("otc_drug", "P", {"H07"}),
    ("premium_cobra", "P", set()),
    ("parking_tolls", "", {"H07"}),
    ("medical", "", {"H07", "H08", "H27"}),
]


@pytest.mark.parametrize(("category", "letters", "expected"), PAPERS)
def test_papers_that_are_missing_are_named_and_fail_no_test(category, letters, expected):
    line = expense(category=category)
    made = findings(line, papers=LinePapers(letters=letters))
    assert {each.id for each in made} == expected


def test_papers_of_what_the_hsa_may_not_pay_are_not_asked_for():
    made = findings(expense(method="fsa"), papers=LinePapers())
    assert [each.id for each in made] == ["H03"]
    made = findings(expense(category="dance_swim", method="hsa"), papers=LinePapers())
    assert {"H04", "H25"} <= {each.id for each in made}


def test_a_paper_that_is_hard_to_read_is_named():
    (only,) = findings(expense(), papers=LinePapers(letters="BP", unreadable=("IMG_2041.heic",)))
    assert (only.id, only.severity) == ("H09", "med")
    assert "IMG_2041.heic" in only.text


def test_a_drive_needs_its_trip_and_the_proof_of_its_appointment():
    drive = expense(category="car_mileage", amount=Money(1_44))
    log = trip(700, date(2026, 2, 3))
    assert found(drive) == [("H14", "med")]
    without = LinePapers(letters="")
    assert [each.id for each in findings(drive, trips=(log,), papers=without)] == ["H14"]
    assert found(drive, trips=(log,), papers=LinePapers(letters="T")) == []
    longer = replace(drive, amount=Money(5_00))
    assert found(longer, trips=(log,)) == [("H29", "med")]


def test_a_drive_on_a_day_without_a_rate_is_named():
    line = expense(category="car_mileage", served_on=date(2027, 1, 4), paid_on=date(2027, 1, 4))
    numbers = found(line, trips=(trip(700, date(2027, 1, 4)),))
    assert ("H20", "info") in numbers


def test_what_is_under_appeal_is_not_to_be_reimbursed_yet():
    line = expense(claim_id="c-1")
    (only,) = findings(line, fought_claims=frozenset({"c-1"}))
    assert (only.id, only.severity) == ("H32", "info")
    assert "do not reimburse yet" in only.text
    claimed = expense(claim_id="c-1", hold="claim")
    assert findings(claimed, fought_claims=frozenset({"c-1"})) == ()


def test_a_rate_of_ones_own_is_named():
    line = expense(category="car_mileage", served_on=date(2027, 1, 4), paid_on=date(2027, 1, 4))
    own = trip(700, date(2027, 1, 4), rate=240, rate_source="Notice 2027-9", document_id="d-1")
    assert ("H20", "info") in found(line, trips=(own,))


def test_nights_above_the_cap_are_named():
    hotel = expense(category="lodging_outpatient", amount=Money(180_00))
    assert found(hotel, stays=(stay(),)) == [("H13", "med")]
    assert found(hotel, stays=(stay(licensed="no"),)) == [("H04", "high")]
    assert found(hotel, stays=(stay(licensed=""),)) == [("H28", "med")]


def test_what_others_paid_in_part_is_information_and_the_rest_is_in_order():
    assert found(expense(), refunds=(refund(40_00),)) == [("H03", "info")]
    taken = allocation(40_00, "deducted", tax_year=2026)
    assert found(expense(), allocations=(taken,)) == [("H03", "info")]


def test_money_back_after_the_hsa_paid_names_the_day_to_return_it():
    taken = withdrawal(100_00, document_id="d-1")
    tied = allocation(100_00, withdrawal_id=taken.id)
    made = findings(
        expense(),
        withdrawals=(taken,),
        allocations=(tied,),
        refunds=(refund(40_00, date(2026, 12, 31)),),
    )
    over = next(each for each in made if each.id == "H03" and each.severity == "high")
    assert "$40.00" in over.text
    assert "April 15, 2027" in over.text


def test_the_first_money_that_came_back_sets_the_day_to_return_it():
    line = expense(method="hsa")
    came = (refund(10_00, date(2027, 5, 1), "r-1"), refund(10_00, date(2026, 12, 30), "r-2"))
    texts = [each.text for each in findings(line, refunds=came) if each.severity == "high"]
    assert ["April 15, 2027" in text for text in texts] == [True]


def test_care_before_any_account_is_named_once_whichever_account_paid():
    early = expense(served_on=date(2014, 5, 1), method="hsa", account_id="a-1")
    assert found(early).count(("H01", "high")) == 1


def test_a_withdrawal_before_the_care_is_named():
    line = expense(served_on=date(2026, 5, 1), paid_on=date(2026, 5, 1), method="hsa")
    early = expense("e-2", served_on=date(2026, 5, 9), paid_on=date(2026, 5, 1), method="hsa")
    assert "H18" not in dict(found(line))
    assert ("H18", "high") in found(early)


def test_a_withdrawal_that_came_before_the_care_it_is_tied_to_is_named():
    taken = withdrawal(100_00, date(2026, 1, 31), document_id="d-1")
    tied = allocation(100_00, withdrawal_id=taken.id)
    line = expense(served_on=date(2026, 2, 1), paid_on=date(2026, 2, 9))
    assert found(line, withdrawals=(taken,), allocations=(tied,)) == [("H18", "high")]


def test_an_account_that_was_established_after_the_care_may_not_pay_for_it():
    later = account("a-2", date(2024, 1, 1), document_id="d-2")
    taken = withdrawal(100_00, account_id="a-2", document_id="d-1")
    line = expense(served_on=date(2023, 5, 1), paid_on=date(2024, 5, 1))
    made = findings(
        line,
        accounts=(*PROVED, later),
        withdrawals=(taken,),
        allocations=(allocation(100_00, withdrawal_id=taken.id),),
    )
    (only,) = [each for each in made if each.id == "H01"]
    assert only.expense == line.id
    assert only.record == ("hsa_account", "a-2")


@pytest.mark.parametrize(
    ("gross", "words"), [(150_00, "$50.00 more"), (75_00, "$25.00 less"), (100_00, None)]
)
def test_a_form_1099_sa_that_does_not_tie_out_is_named(gross, words):
    taken = withdrawal(100_00, document_id="d-1")
    made = findings(withdrawals=(taken,), forms=(form_1099(gross),))
    texts = [each.text for each in made if each.id == "H10"]
    assert [words in text for text in texts] == ([True] if words else [])


def test_a_withdrawal_that_is_not_tied_to_expenses_is_named():
    taken = withdrawal(101_50)
    (only,) = findings(withdrawals=(taken,))
    assert (only.id, only.severity, only.year) == ("H11", "high", 2026)
    assert only.record == ("withdrawal", taken.id)
    assert "$101.50" in only.text


@pytest.mark.parametrize("kind", ["rollover", "excess"])
def test_a_rollover_or_an_excess_needs_no_expense(kind):
    assert findings(withdrawals=(withdrawal(100_00, kind=kind),)) == ()


@pytest.mark.parametrize(
    ("changed", "is_found"),
    [
        ({}, True),
        ({"how": "cash at an ATM"}, True),
        ({"document_id": "d-1"}, False),
        ({"amount": Money(100_01)}, False),
        ({"amount": Money(80_01), "how": "ATM"}, True),
    ],
)
def test_a_round_sum_without_receipts_looks_like_spending_money(changed, is_found):
    amount = changed.pop("amount", Money(300_00))
    made = findings(withdrawals=(withdrawal(amount.cents, **changed),))
    texts = [each.text for each in made if each.id == "H19"]
    words = "taken in cash" if "how" in changed else "a round sum"
    assert [words in text for text in texts] == ([True] if is_found else [])


CONTRIBUTIONS = [
    # year, cents, holder of the account, numbers with severity
    (2026, 4400_00, SELF, []),  # 56 in 2026: 1,000 more
    (2026, 5400_00, SELF, []),
    (2026, 5400_01, SELF, [("H16", "info")]),
    (2026, 9750_00, SELF, [("H16", "info")]),
    (2026, 9750_01, SELF, [("H16", "med")]),
    (2024, 4150_00, SELF, []),  # 54 in 2024
    (2024, 4150_01, SELF, [("H16", "info")]),
    (2024, 8300_01, SELF, [("H16", "med")]),
    (2031, 100_00, SELF, [("H20", "info")]),
]


@pytest.mark.parametrize(("year", "amount", "holder", "expected"), CONTRIBUTIONS)
def test_contributions_are_held_against_the_limits_of_their_year(year, amount, holder, expected):
    made = findings(
        accounts=(account(holder=holder, document_id="d-1"),),
        contributions=(contribution(amount - 1_00, year), contribution(1_00, year, key="c-2")),
    )
    assert [(each.id, each.severity) for each in made] == expected
    assert {each.record for each in made} <= {("person", holder.id)}


@pytest.mark.parametrize(
    ("own", "spouses", "words"),
    [
        (6000_00, 4750_00, None),  # 8,750, and each may add 1,000
        (6000_00, 4750_01, "$0.01 more"),
        (9750_01, 100_00, "for Maya"),
    ],
)
def test_spouses_share_the_family_limit(own, spouses, words):
    accounts = (*PROVED, account("a-2", holder=SPOUSE, document_id="d-2"))
    given = (contribution(own), contribution(spouses, key="c-2", account_id="a-2"))
    made = findings(accounts=accounts, contributions=given)
    texts = [each.text for each in made if (each.id, each.severity) == ("H16", "med")]
    assert [words in text for text in texts] == ([True] if words else [])


def test_a_premium_that_a_younger_holders_account_paid_is_named():
    accounts = (*PROVED, account("a-2", holder=SPOUSE, document_id="d-2"))
    premium = expense(category="premium_medicare", person_id=SPOUSE.id)

    def paid_from(account_id):
        taken = withdrawal(100_00, account_id=account_id, document_id="d-1")
        made = findings(
            premium,
            accounts=accounts,
            withdrawals=(taken,),
            allocations=(allocation(100_00, withdrawal_id=taken.id),),
        )
        return [each.record for each in made if each.id == "H12" and each.record]

    assert paid_from("a-1") == [("hsa_account", "a-1")]
    assert paid_from("a-2") == []


def test_money_that_was_rolled_over_is_no_contribution():
    assert findings(contributions=(contribution(99_000_00, giver="rollover"),)) == ()


def test_a_contribution_after_the_return_was_due_is_named():
    on_time = contribution(100_00, 2025, date(2026, 4, 15), "c-1")
    late = contribution(100_00, 2025, date(2026, 4, 16), "c-2")
    (only,) = findings(contributions=(on_time, late))
    assert (only.id, only.record) == ("H35", ("contribution", "c-2"))


def medicare(program="original_medicare", person=SELF, start=date(2026, 5, 1)):
    return Plan(id="pl", name="Plan", person_id=person.id, program=program, from_on=start)


@pytest.mark.parametrize(
    ("plan", "is_found"),
    [
        (medicare(), True),
        (medicare("medicare_advantage"), True),
        (medicare("part_d"), True),
        (medicare("employer"), False),
        (medicare(person=SPOUSE), False),
        (medicare(start=date(2027, 1, 1)), False),
    ],
)
def test_contributions_in_a_year_with_medicare_are_named(plan, is_found):
    made = findings(contributions=(contribution(100_00),), plans=(plan,))
    assert [each.id for each in made] == (["H17"] if is_found else [])


def test_a_general_fsa_of_the_year_bars_contributions():
    fsa = expense(method="fsa")
    assert ("H17", "med") in found(fsa, contributions=(contribution(100_00),))
    assert ("H17", "med") not in found(fsa, contributions=(contribution(100_00, 2025),))
    partly = allocation(10_00, "fsa")
    given = {"allocations": (partly,), "contributions": (contribution(100_00),)}
    assert ("H17", "med") in found(expense(), **given)
    assert ("H17", "med") not in found(expense(served_on=date(2025, 2, 3)), **given)


def test_care_after_an_account_was_closed_asks_for_the_next_one():
    closed = account(document_id="d-1", closed_on=date(2025, 12, 31))
    assert found(expense(), accounts=(closed,)) == [("H36", "med")]


def test_an_account_without_its_day_or_its_proof_is_named():
    undated = account(established=None)
    assert ("H34", "high") in found(expense(), accounts=(undated,))
    assert found(expense(), accounts=(account(),)) == [("H34", "info")]
    (by_custodian,) = findings(accounts=(replace(undated, name="", custodian="Elm Bank"),))
    assert "Elm Bank" in by_custodian.text
    assert found(expense(), accounts=()) == [("H34", "high")]


def test_what_is_not_paid_is_counted_once_for_each_year():
    lines = [
        expense("a", served_on=date(2025, 1, 1), paid_on=None),
        expense("b", served_on=date(2025, 7, 1), paid_on=None),
        expense("c", served_on=date(2026, 7, 1), paid_on=None),
        expense("d", served_on=date(2026, 7, 1), paid_on=None, due_on=date(2027, 1, 1)),
    ]
    made = findings(*lines)
    assert [(each.id, each.year) for each in made] == [("H21", 2025), ("H21", 2026)]
    assert made[0].text.startswith("2 expenses have no paid date ($200.00 in all of 2025)")
    assert made[1].text.startswith("1 expense has no paid date ($100.00 in all of 2026)")
    assert [[belongs_to(each, range(year, year + 1)) for each in made] for year in YEARS] == [
        [False, False], [True, False], [True, True], [True, True],
    ]  # fmt: skip


def test_a_year_shows_only_what_belongs_to_it():
    old = expense("a", served_on=date(2024, 2, 1), category="gym")
    new = expense("b", category="gym")
    made = findings(old, new, accounts=(account(),))
    assert {each.expense for each in made} == {None, "a", "b"}
    shown = [{each.expense for each in made if belongs_to(each, range(y, y + 1))} for y in YEARS]
    assert shown == [{None, "a"}, {None}, {None, "b"}, {None}]
    assert {each.expense for each in made if belongs_to(each, range(2023, 2025))} == {None, "a"}
