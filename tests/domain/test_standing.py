from dataclasses import replace
from datetime import date

import pytest

from app.domain.medical_care import medical_care
from app.domain.money import Money
from app.domain.person import Person
from app.domain.standing import Outcome, stand_all
from app.operations.tax_book import tax_book
from tests.domain.hsa_makers import (
    AUNT,
    CHILD,
    SELF,
    SPOUSE,
    account,
    allocation,
    book,
    cents,
    expense,
    facts,
    letter,
    refund,
    standing,
    states,
    stay,
    trip,
)

ALL = 100_00


def parts(**changed):
    return cents(standing(**changed))


def test_six_passes_make_a_line_claimable():
    made = standing()
    assert states(made) == "pppppp"
    assert cents(made) == (ALL, 0, 0, 0)
    assert [test.number for test in made.tests] == [1, 2, 3, 4, 5, 6]
    assert all(test.reason and test.source for test in made.tests)


def test_what_is_not_paid_is_neither_claimable_nor_refused():
    made = standing(paid_on=None)
    assert states(made) == "pppppf"
    assert cents(made) == (0, 0, 0, 0)


CATEGORIES = [
    ("physician_visit", "p"), ("premium_cobra", "p"), ("premium_unemployed", "p"),
    ("premium_regular", "f"), ("premium_medigap", "f"), ("premium_dental_vision", "f"),
    ("gym", "u"), ("massage", "u"), ("denied_service_self_pay", "u"), ("appeal_costs", "f"),
    ("no_show_fee", "f"), ("cosmetic_surgery", "f"), ("", "u"), ("medical", "u"),
    ("special_food", "u"), ("car_mileage", "u"), ("lodging_outpatient", "u"),
]  # fmt: skip


@pytest.mark.parametrize(("category", "state"), CATEGORIES)
def test_the_kind_of_expense_decides_whether_it_is_medical_care(category, state):
    made = standing(category=category)
    assert states(made)[0] == state
    place = "puf".index(state)
    assert cents(made)[place] == ALL


def test_a_kind_that_was_written_from_memory_sends_one_to_the_publication():
    assert "Check Publication 502" in standing(category="lab_imaging").tests[0].reason
    assert "Publication 502" not in standing(category="otc_drug").tests[0].reason


@pytest.mark.parametrize(
    ("answer", "parts_of_it"),
    [
        ("", (0, ALL, 0, 0)),
        ("yes: iron deficiency, named by Dr. Okafor", (ALL, 0, 0, 0)),
        ("Yes", (ALL, 0, 0, 0)),
        ("no, it was for energy", (0, 0, ALL, 0)),
        ("not sure", (0, ALL, 0, 0)),
        ("yesterday", (0, ALL, 0, 0)),
    ],
)
def test_what_depends_on_facts_waits_for_the_answer(answer, parts_of_it):
    assert parts(category="denied_service_self_pay", answer=answer) == parts_of_it


OTC = [
    ("otc_drug", date(2019, 12, 31), "", "f"),
    ("otc_drug", date(2019, 12, 31), "yes, prescribed", "p"),
    ("otc_drug", date(2020, 1, 1), "", "p"),
    ("menstrual_care", date(2019, 12, 31), "yes", "f"),
    ("menstrual_care", date(2020, 1, 1), "", "p"),
    ("sunscreen", date(2019, 6, 1), "", "f"),
    ("ppe_covid", date(2020, 3, 1), "", "p"),
]


@pytest.mark.parametrize(("category", "paid", "answer", "state"), OTC)
def test_medicine_without_a_prescription_counts_by_the_day_it_was_paid(
    category, paid, answer, state
):
    served = date(2019, 6, 1)
    made = standing(category=category, served_on=served, paid_on=paid, answer=answer)
    assert states(made)[0] == state


@pytest.mark.parametrize(
    ("category", "answer", "words"),
    [
        ("otc_drug", "", "If so, answer yes."),
        ("otc_drug", "no", "A prescription was needed for medicine that was paid before 2020."),
        ("menstrual_care", "", "It counts only where it was paid in 2020 or later."),
    ],
)
def test_what_was_paid_too_early_asks_only_where_an_answer_helps(category, answer, words):
    made = standing(category=category, answer=answer, served_on=date(2019, 6, 1))
    assert made.tests[0].reason.endswith(words)


PERSONS = [
    (SELF, "", "p"), (SPOUSE, "", "p"), (SPOUSE, "not", "p"), (None, "", "u"),
    (CHILD, "", "p"), (CHILD, "claimed", "p"), (CHILD, "could_be_claimed", "p"),
    (CHILD, "not", "f"), (AUNT, "", "f"), (AUNT, "claimed", "p"), (AUNT, "not", "f"),
    (Person(id="p-x", name="Sam"), "", "u"), (Person(id="p-x", name="Sam"), "claimed", "p"),
    (Person(id="p-h", name="Lou", relation="helper"), "", "f"),
    (Person(id="p-d", name="Kit", relation="dependent"), "", "p"),
]  # fmt: skip


@pytest.mark.parametrize(("person", "said", "state"), PERSONS)
def test_an_hsa_pays_for_the_holder_the_spouse_and_dependents(person, said, state):
    served = date(2024, 5, 1)  # the child turned 17 in that year
    made = standing(patient=person, dependent=said, served_on=served)
    assert states(made)[1] == state


@pytest.mark.parametrize("relation", [None, "other", "dependent", "helper"])
def test_the_holder_of_an_account_is_eligible_however_related(relation):
    holder = Person(id="p-h", name="Lou", relation=relation, born_on=date(1980, 1, 1))
    made = standing(patient=holder, accounts=(account(holder=holder),))
    assert states(made) == "pppppp"


@pytest.mark.parametrize(
    ("served", "state"),
    [
        (date(2025, 12, 31), "p"),  # 18 by the end of the year
        (date(2026, 1, 1), "u"),  # 19 by the end of the year, before the birthday too
        (date(2026, 12, 31), "u"),
        (date(2006, 1, 1), "u"),  # before the birth
    ],
)
def test_a_child_of_nineteen_is_asked_about_each_year(served, state):
    made = standing(
        patient=CHILD, served_on=served, accounts=(account(established=date(2005, 1, 1)),)
    )
    assert states(made)[1] == state


NO_DATE = account("a-2", established=None)
LATER = account("a-3", established=date(2022, 1, 1), holder=SPOUSE)
CLOSED = account("a-4", closed_on=date(2017, 12, 31))
ESTABLISHED = [
    ((account(),), date(2015, 1, 1), "p"),
    ((account(),), date(2014, 12, 31), "f"),
    ((account(), LATER), date(2015, 1, 1), "p"),
    ((LATER, account()), date(2014, 12, 31), "f"),
    ((LATER, NO_DATE), date(2021, 12, 31), "u"),
    ((LATER, NO_DATE), date(2022, 1, 1), "p"),
    ((NO_DATE,), date(2022, 1, 1), "u"),
    ((CLOSED,), date(2017, 12, 31), "p"),
    ((CLOSED,), date(2018, 1, 1), "u"),
    ((CLOSED, LATER), date(2021, 12, 31), "u"),
    ((CLOSED, LATER), date(2022, 1, 1), "p"),
    ((CLOSED, LATER), date(2014, 12, 31), "f"),
    ((), date(2022, 1, 1), "u"),
]


@pytest.mark.parametrize(("accounts", "served", "state"), ESTABLISHED)
def test_care_counts_from_the_day_the_first_account_was_established(accounts, served, state):
    assert states(standing(accounts=accounts, served_on=served))[2] == state


def test_without_a_day_of_service_nobody_knows():
    made = standing(served_on=None, paid_on=date(2026, 1, 5))
    assert states(made) == "ppuppp"
    assert cents(made) == (0, ALL, 0, 0)


def test_the_day_of_a_trip_or_a_stay_is_a_day_of_service():
    day = {"served_on": None, "paid_on": date(2026, 3, 1)}
    drive = trip(700, date(2026, 2, 9))
    assert states(standing(category="car_mileage", trip=drive, **day)) == "pppppp"
    assert states(standing(category="lodging_outpatient", stay=stay(), **day)) == "pppppp"


def test_care_that_is_still_to_come_waits():
    later = {"served_on": date(2026, 12, 20), "paid_on": date(2026, 11, 1)}
    assert states(standing(**later, today=date(2026, 11, 22)))[2] == "u"
    assert states(standing(**later, today=date(2026, 12, 20)))[2] == "p"
    assert states(standing(**later))[2] == "p"


def test_what_was_paid_for_care_of_a_later_year_waits_for_the_day_of_care():
    early = {"served_on": date(2026, 1, 5), "paid_on": date(2025, 12, 20)}
    assert parts(**early, today=date(2026, 1, 4)) == (0, ALL, 0, 0)
    assert parts(**early, today=date(2026, 1, 5)) == (ALL, 0, 0, 0)
    assert parts(**early) == (0, ALL, 0, 0)  # the day is not known


def test_a_payment_that_is_planned_is_no_payment_yet():
    planned = {"served_on": date(2026, 1, 5), "paid_on": date(2026, 12, 1)}
    assert states(standing(**planned, today=date(2026, 11, 22))) == "pppppu"
    assert states(standing(**planned, today=date(2026, 12, 1))) == "pppppp"


@pytest.mark.parametrize("method", ["fsa", "hra", "assistance"])
def test_what_another_payer_paid_is_not_claimable(method):
    made = standing(method=method)
    assert states(made) == "pppfpp"
    assert cents(made) == (0, 0, ALL, 0)


@pytest.mark.parametrize(
    ("method", "parts_of_it"),
    [(own, (ALL, 0, 0, 0)) for own in ("own", "card", "check", "cash")]
    + [("other", (0, ALL, 0, 0)), ("hsa", (0, 0, 0, ALL))],
)
def test_own_money_is_claimable_and_the_hsa_card_reimburses_itself(method, parts_of_it):
    assert parts(method=method) == parts_of_it


MIXED = [
    # refunds, allocations, share -> claimable, needs attention, not claimable, reimbursed
    ((40_00,), (), None, (60_00, 0, 40_00, 0)),
    ((40_00, 60_00), (), None, (0, 0, ALL, 0)),
    ((), (("fsa", 30_00),), None, (70_00, 0, 30_00, 0)),
    ((), (("hra", 100_00),), None, (0, 0, ALL, 0)),
    ((), (("deducted", 25_00),), None, (75_00, 0, 25_00, 0)),
    ((10_00,), (("fsa", 20_00), ("deducted", 30_00), ("hsa", 15_00)), None,
     (25_00, 0, 60_00, 15_00)),
    ((), (("hsa", 100_00),), None, (0, 0, 0, ALL)),
    ((), (), 75_00, (75_00, 25_00, 0, 0)),
    ((25_00,), (), 75_00, (75_00, 0, 25_00, 0)),
    ((), (), 0, (0, ALL, 0, 0)),
    ((), (("fsa", 75_00),), 75_00, (0, 25_00, 75_00, 0)),
    ((), (("hsa", 80_00),), 75_00, (0, 20_00, 0, 80_00)),
    ((), (), 100_00, (ALL, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("refunds", "claims", "share", "parts_of_it"), MIXED)
def test_every_cent_of_a_line_is_in_one_place(refunds, claims, share, parts_of_it):
    made = standing(
        refunds=tuple(refund(amount, key=f"r-{n}") for n, amount in enumerate(refunds)),
        allocations=tuple(
            allocation(amount, payer, key=f"x-{n}") for n, (payer, amount) in enumerate(claims)
        ),
        share=None if share is None else Money(share),
    )
    assert cents(made) == parts_of_it
    assert sum(cents(made)) == ALL


def test_a_part_that_others_paid_is_named_without_failing_the_rest():
    made = standing(refunds=(refund(40_00),))
    assert states(made) == "pppppp"
    assert made.tests[3].part == Money(40_00)
    assert made.failed == (made.tests[3],)
    assert "$40.00 came back" in made.tests[3].reason


def test_the_parts_of_several_payers_are_named_together():
    claims = (allocation(30_00, "fsa", "x-1"), allocation(20_00, "hra", "x-2"))
    made = standing(refunds=(refund(10_00),), allocations=claims)
    assert made.tests[3].part == Money(60_00)
    shared = standing(refunds=(refund(10_00),), allocations=claims, share=Money(80_00))
    assert (shared.tests[3].part, shared.tests[3].doubt) == (Money(60_00), Money(10_00))


def test_a_limit_that_is_shared_counts_what_waits_and_what_was_reimbursed():
    def fee(key, **changed):
        return facts(id=key, category="direct_primary_care", amount=Money(80_00), **changed)

    lines = [fee("a", method="hsa"), fee("b", patient=SELF, share=Money(0)), fee("c")]
    made = stand_all(lines, tax_book())
    assert [cents(each) for each in made.values()] == [
        (0, 0, 0, 80_00),
        (0, 80_00, 0, 0),  # 70 waits for the share, and 10 for the second person
        (0, 80_00, 0, 0),
    ]


def test_the_years_of_a_deduction_are_named_once_and_in_order():
    years = ((10_00, 2027), (20_00, 2025), (5_00, None), (1_00, 2025))
    claims = tuple(
        allocation(amount, "deducted", f"x-{n}", tax_year=year)
        for n, (amount, year) in enumerate(years)
    )
    made = standing(allocations=claims)
    assert made.tests[4].reason == "$36.00 was deducted in 2025, 2027. Only the rest counts."
    assert made.tests[4].part == Money(36_00)


def test_what_is_above_the_share_of_the_explanation_waits_for_a_look():
    made = standing(share=Money(75_00))
    assert made.open == (made.tests[3],)
    assert made.tests[3].doubt == Money(25_00)


def test_what_came_back_is_named_while_the_rest_waits_for_the_appeal():
    made = standing(refunds=(refund(40_00),), is_under_appeal=True)
    test = made.tests[3]
    assert (made.not_claimable, test.state, test.part) == (Money(4000), "unknown", Money(4000))
    assert "$40.00 came back" in test.reason
    assert "under appeal" in test.reason


@pytest.mark.parametrize(
    ("hold", "is_under_appeal", "state"),
    [("", True, "u"), ("hold", True, "u"), ("claim", True, "p"), ("hold", False, "u"),
     ("", False, "p"), ("claim", False, "p")],
)  # fmt: skip
def test_under_appeal_the_person_decides_whether_to_wait(hold, is_under_appeal, state):
    made = standing(hold=hold, is_under_appeal=is_under_appeal)
    assert states(made)[3] == state
    if is_under_appeal and not hold:
        assert "do not reimburse yet" in made.tests[3].reason


@pytest.mark.parametrize("paid_back", [40_00, 100_00])
def test_what_the_hsa_paid_does_not_wait_for_the_appeal(paid_back):
    made = standing(allocations=(allocation(paid_back),), is_under_appeal=True)
    assert made.reimbursed_well == Money(paid_back)
    assert made.needs_attention == Money(100_00 - paid_back)
    assert made.tests[3].waits == (paid_back < 100_00)


OVER = [
    # what the HSA paid of a line of $100, what came back after -> over
    (100_00, 40_00, 40_00), (60_00, 40_00, 0), (61_00, 40_00, 1_00), (100_00, 100_00, ALL),
    (10_00, 100_00, 10_00),
]  # fmt: skip


@pytest.mark.parametrize(("paid_back", "came_back", "over"), OVER)
def test_money_that_came_back_after_the_hsa_paid_is_over(paid_back, came_back, over):
    made = standing(allocations=(allocation(paid_back),), refunds=(refund(came_back),))
    assert made.over == Money(over)
    assert made.reimbursed == Money(paid_back)
    assert made.reimbursed_well == Money(paid_back - over)
    assert sum(cents(made)) == ALL


def test_a_refund_on_a_line_of_the_hsa_card_is_over_too():
    made = standing(method="hsa", refunds=(refund(30_00),))
    assert (made.over, made.reimbursed_well) == (Money(30_00), Money(70_00))
    assert cents(made) == (0, 0, 0, ALL)


def test_what_the_hsa_paid_against_the_rules_or_without_proof_is_told_apart():
    refused = standing(method="hsa", category="dance_swim")
    assert (refused.unqualified, refused.unproved) == (Money(ALL), Money())
    open_yet = standing(method="hsa", category="gym")
    assert (open_yet.unqualified, open_yet.unproved) == (Money(), Money(ALL))
    assert refused.reimbursed_well == open_yet.reimbursed_well == Money()


@pytest.mark.parametrize("amount", [0, -1, -500_00])
def test_an_amount_that_is_not_above_zero_needs_a_look(amount):
    made = standing(amount=Money(amount))
    assert states(made)[5] == "u"
    assert cents(made) == (0, amount, 0, 0)


def test_a_thousand_million_dollars_are_counted_to_the_cent():
    assert parts(amount=Money(10**11 + 1), refunds=(refund(1),)) == (10**11, 0, 1, 0)


LETTERS = [
    (letter(), "p"),
    (letter("Massage therapy"), "p"),
    (letter("gym\nmassage"), "p"),
    (letter("acupuncture"), "u"),
    (letter(""), "u"),
    (letter(person=SPOUSE), "u"),
    (letter(signed_on=date(2026, 2, 3)), "p"),
    (letter(signed_on=date(2026, 2, 4)), "u"),
    (letter(signed_on=None), "u"),
    (letter(from_on=date(2026, 2, 4)), "u"),
    (letter(until_on=date(2026, 2, 2)), "u"),
    (letter(until_on=date(2026, 2, 3)), "p"),
    (letter(signed_on=date(2025, 2, 3)), "p"),
    (letter(signed_on=date(2025, 2, 2)), "u"),
    (letter(signed_on=date(2024, 2, 29), until_on=date(2030, 1, 1)), "p"),
    (None, "u"),
]


@pytest.mark.parametrize(("paper", "state"), LETTERS)
def test_a_letter_of_necessity_covers_its_person_its_thing_and_its_days(paper, state):
    assert states(standing(category="massage", letter=paper))[0] == state


def test_a_letter_may_name_the_thing_in_its_own_words():
    paper = letter("Wide-brim sun hat")
    assert states(standing(category="wig", what="wide-brim  sun hat", letter=paper))[0] == "p"


def test_a_dual_purpose_product_needs_its_letter_and_the_answer():
    paper = letter("air_purifier")
    assert states(standing(category="air_purifier", letter=paper))[0] == "u"
    assert states(standing(category="air_purifier", answer="yes"))[0] == "u"
    assert states(standing(category="air_purifier", letter=paper, answer="yes"))[0] == "p"


HOLDERS = [
    ("premium_medicare", date(1961, 2, 3), "p"),  # 65 on the day
    ("premium_medicare", date(1961, 2, 4), "f"),
    ("premium_medicare", None, "u"),
    ("premium_retiree", date(1961, 2, 4), "f"),
    ("premium_cobra", date(1990, 1, 1), "p"),
    ("premium_medigap", date(1950, 1, 1), "f"),
]


@pytest.mark.parametrize(("category", "born", "state"), HOLDERS)
def test_medicare_premiums_ask_for_the_age_of_the_holder(category, born, state):
    made = standing(category=category, holder_born=born, patient=SPOUSE)
    assert states(made)[0] == state


STAYS = [
    (stay(), 180_00, (50_00, 0, 130_00, 0)),
    (stay(nights=3, persons=2), 540_00, (300_00, 0, 240_00, 0)),
    (stay(nights=3, persons=2), 250_00, (250_00, 0, 0, 0)),
    (stay(nights=2, persons=4), 400_00, (200_00, 0, 200_00, 0)),  # two persons at most
    (stay(nights=0), 80_00, (0, 0, 80_00, 0)),
    (stay(answers=""), 180_00, (0, 50_00, 130_00, 0)),
    (stay(licensed=""), 40_00, (0, 40_00, 0, 0)),
    (None, 180_00, (0, 180_00, 0, 0)),
]


@pytest.mark.parametrize(("nights", "amount", "parts_of_it"), STAYS)
def test_nights_near_care_count_up_to_their_cap(nights, amount, parts_of_it):
    assert parts(category="lodging_outpatient", stay=nights, amount=Money(amount)) == parts_of_it


@pytest.mark.parametrize("condition", ["essential", "licensed", "modest", "no_holiday"])
def test_nights_fail_with_any_of_their_four_conditions(condition):
    nights = stay(**{condition: "no"})
    made = standing(category="lodging_outpatient", stay=nights, amount=Money(60_00))
    assert cents(made) == (0, 0, 60_00, 0)


@pytest.mark.parametrize(
    ("nights", "words"),
    [
        (stay(), "1 night for 1 person at $50.00 each come to $50.00."),
        (stay(nights=2, persons=2), "2 nights for 2 persons at $50.00 each come to $200.00."),
        (stay(modest=""), "Say whether the lodging was not lavish."),
        (
            stay(essential="", modest=""),
            "Say whether the nights were needed for the care and the lodging was not lavish.",
        ),
    ],
)
def test_the_cap_of_nights_is_explained(nights, words):
    made = standing(category="lodging_outpatient", stay=nights)
    assert words in made.tests[0].reason


def test_a_cap_holds_after_what_came_back():
    hotel = {"category": "lodging_outpatient", "stay": stay(), "amount": Money(180_00)}
    assert parts(**hotel, refunds=(refund(100_00),)) == (50_00, 0, 130_00, 0)
    assert parts(**hotel, refunds=(refund(150_00),)) == (30_00, 0, 150_00, 0)


MILES = [
    # hundredths of a mile, day, amount -> claimable, needs attention, not claimable
    (700, date(2026, 6, 30), 1_44, (1_44, 0, 0, 0)),
    (700, date(2026, 7, 1), 1_65, (1_65, 0, 0, 0)),
    (700, date(2026, 6, 30), 1_65, (1_44, 0, 21, 0)),
    (1000, date(2022, 6, 30), 1_80, (1_80, 0, 0, 0)),
    (1000, date(2022, 7, 1), 2_20, (2_20, 0, 0, 0)),
    (1000, date(2027, 1, 1), 2_35, (0, 2_35, 0, 0)),
]


@pytest.mark.parametrize(("miles", "day", "amount", "parts_of_it"), MILES)
def test_miles_count_at_the_rate_of_their_day(miles, day, amount, parts_of_it):
    made = standing(
        category="car_mileage", trip=trip(miles, day), served_on=day, amount=Money(amount)
    )
    assert cents(made) == parts_of_it


def test_a_rate_of_ones_own_needs_its_source():
    day, line = date(2027, 1, 2), {"category": "car_mileage", "amount": Money(2_50)}
    named = trip(1000, day, rate=250, rate_source="Notice 2027-1")
    unnamed = trip(1000, day, rate=250)
    assert parts(trip=named, served_on=day, **line) == (2_50, 0, 0, 0)
    assert parts(trip=unnamed, served_on=day, **line) == (0, 2_50, 0, 0)


def test_a_rate_of_ones_own_above_the_table_is_looked_at():
    day = date(2026, 2, 3)
    own = trip(1000, day, rate=235, rate_source="a notice I read")
    made = standing(category="car_mileage", trip=own, amount=Money(2_35))
    assert cents(made) == (2_05, 30, 0, 0)


def test_gas_and_oil_may_stand_in_for_the_miles():
    assert parts(category="car_mileage", answer="yes, gas receipts") == (ALL, 0, 0, 0)
    assert parts(category="car_mileage") == (0, ALL, 0, 0)


FEES = [
    (date(2025, 12, 31), 100_00, "", (0, 0, 100_00, 0)),
    (date(2026, 1, 1), 150_00, "", (150_00, 0, 0, 0)),
    (date(2026, 1, 1), 200_00, "", (150_00, 50_00, 0, 0)),
    (date(2026, 1, 1), 200_00, "no", (150_00, 0, 50_00, 0)),
    (date(2026, 1, 1), 200_00, "yes", (200_00, 0, 0, 0)),
    (date(2026, 1, 1), 350_00, "yes", (300_00, 0, 50_00, 0)),
    (date(2027, 1, 1), 100_00, "", (0, 100_00, 0, 0)),
]


@pytest.mark.parametrize(("day", "amount", "answer", "parts_of_it"), FEES)
def test_direct_primary_care_counts_from_2026_up_to_its_monthly_fee(
    day, amount, answer, parts_of_it
):
    line = {"category": "direct_primary_care", "served_on": day, "answer": answer}
    assert parts(amount=Money(amount), **line) == parts_of_it


def test_lines_that_share_a_limit_use_it_up_once():
    rules = tax_book()
    fees = [
        facts(
            id=f"fee-{day}",
            category="direct_primary_care",
            served_on=date(2026, month, day),
            amount=Money(100_00),
            answer="no",
        )
        for month, day in ((3, 1), (3, 20), (4, 2))
    ]
    expected = {"fee-1": 100_00, "fee-20": 50_00, "fee-2": 100_00}
    for lines in (fees, fees[::-1]):
        made = stand_all(lines, rules)
        assert {key: each.claimable.cents for key, each in made.items()} == expected
        assert list(made) == [each.expense.id for each in lines]


def test_premiums_of_long_term_care_count_for_each_person_and_year():
    def premium(key, person, paid, amount):
        line = {"id": key, "category": "premium_ltc", "served_on": paid}
        return facts(amount=Money(amount), patient=person, person_id=person.id, **line)

    lines = [
        premium("a", SELF, date(2026, 2, 1), 1500_00),  # 56 by the end of 2026: 1,860
        premium("b", SELF, date(2026, 8, 1), 1500_00),
        premium("c", SPOUSE, date(2026, 8, 1), 7000_00),  # 71: 6,200
        premium("d", SELF, date(2025, 8, 1), 1500_00),  # 55 by the end of 2025: 1,800
        premium("e", SELF, date(2027, 2, 1), 1500_00),  # not published
    ]
    made = stand_all(lines, tax_book())
    assert {key: cents(each) for key, each in made.items()} == {
        "a": (1500_00, 0, 0, 0),
        "b": (360_00, 0, 1140_00, 0),
        "c": (6200_00, 0, 800_00, 0),
        "d": (1500_00, 0, 0, 0),
        "e": (0, 1500_00, 0, 0),
    }


def test_a_book_uses_a_shared_limit_up_once_and_again_after_a_change():
    def premium(key, month, amount):
        paid = date(2026, month, 1)
        return expense(key, category="premium_ltc", served_on=paid, amount=Money(amount))

    first, second = premium("a", 2, 1500_00), premium("b", 8, 1500_00)
    before = book(first, second)
    assert [cents(each)[0] for each in before.standings().values()] == [1500_00, 360_00]
    less = book(premium("a", 2, 100_00), second)
    now = replace(less, settled=before.untouched(less))
    assert [cents(each)[0] for each in now.standings().values()] == [100_00, 1500_00]


def test_one_holder_of_65_is_enough_for_the_premiums_of_medicare():
    accounts = (account("a-1"), account("a-2", holder=SPOUSE))  # 55 and 70 on the day
    premium = expense(category="premium_medicare")
    assert states(book(premium, accounts=accounts).standing(premium.id))[0] == "p"
    assert states(book(premium, accounts=accounts[:1]).standing(premium.id))[0] == "f"


def test_the_words_of_a_reason_are_whole_sentences():
    lines = [
        standing(),
        standing(category="gym"),
        standing(category="dance_swim"),
        standing(category="denied_service_self_pay"),
        standing(patient=None),
        standing(accounts=()),
        standing(method="other"),
        standing(method="fsa"),
        standing(is_under_appeal=True),
        standing(hold="hold"),
        standing(refunds=(refund(100_00),)),
        standing(amount=Money(0)),
        standing(today=date(2026, 1, 1)),
        standing(paid_on=None),
        standing(allocations=(allocation(100_00, "deducted", tax_year=2025),)),
        standing(category="lodging_outpatient", stay=stay(modest="", licensed="")),
    ]
    for made in lines:
        assert [test.number for test in made.tests] == [1, 2, 3, 4, 5, 6]
        for test in made.tests:
            assert test.reason[0].isupper() or test.reason[0] == "“" or test.reason[0] in "$1"
            assert test.reason.rstrip("”")[-1] in ".?"
            assert test.source
            assert (test.state is Outcome.PASS) or test.cause


def test_a_line_of_the_ledger_is_not_changed_by_looking_at_it():
    line = expense()
    assert standing().expense == line


THREE = [
    # category, for an HSA, for an FSA, for the deduction
    ("otc_drug", "p", "p", "f"),
    ("premium_cobra", "p", "f", "p"),
    ("premium_medigap", "f", "f", "p"),
    ("ltc_services", "p", "f", "p"),
    ("phone_tv_access", "p", "u", "p"),
    ("alternative_practitioner", "u", "u", "u"),
    ("marijuana", "f", "f", "f"),
]


@pytest.mark.parametrize(("category", "h", "f", "s"), THREE)
def test_the_same_line_is_another_thing_to_each_payer(category, h, f, s):
    line, rules = facts(category=category), tax_book()
    made = [medical_care(line, rules, flag).state for flag in ("hsa", "health_fsa", "schedule_a")]
    assert [each.state.value[0] for each in made] == [h, f, s]
