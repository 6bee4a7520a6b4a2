import copy
from datetime import date, timedelta

import pytest

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.rule_rows import RulesDataError
from app.domain.tax_category import Confidence, LimitKind, Status
from app.domain.tax_data import parse_tax_book
from app.operations.tax_book import tax_book
from app.resources import resource_json

BOOK = tax_book()
YEARS = range(2015, 2028)

LIMITS = {
    # year: HSA self, family; HDHP deductible self, family; its maximum self, family
    2015: (3350, 6650, 1300, 2600, 6450, 12900),
    2016: (3350, 6750, 1300, 2600, 6550, 13100),
    2017: (3400, 6750, 1300, 2600, 6550, 13100),
    2018: (3450, 6900, 1350, 2700, 6650, 13300),
    2019: (3500, 7000, 1350, 2700, 6750, 13500),
    2020: (3550, 7100, 1400, 2800, 6900, 13800),
    2021: (3600, 7200, 1400, 2800, 7000, 14000),
    2022: (3650, 7300, 1400, 2800, 7050, 14100),
    2023: (3850, 7750, 1500, 3000, 7500, 15000),
    2024: (4150, 8300, 1600, 3200, 8050, 16100),
    2025: (4300, 8550, 1650, 3300, 8300, 16600),
    2026: (4400, 8750, 1700, 3400, 8500, 17000),
    2027: (4500, 9000, 1750, 3500, 8700, 17400),
}
CARRYOVER = {
    # plan year carried from: FSA limit, what may be carried over
    2015: (2550, 500), 2016: (2550, 500), 2017: (2600, 500), 2018: (2650, 500),
    2019: (2700, 500), 2020: (2750, 550), 2021: (2750, 550), 2022: (2850, 570),
    2023: (3050, 610), 2024: (3200, 640), 2025: (3300, 660), 2026: (3400, 680),
}  # fmt: skip
MILEAGE = [
    ("2015-01-01", "23"), ("2015-12-31", "23"), ("2016-07-01", "19"), ("2017-03-01", "17"),
    ("2018-12-31", "18"), ("2019-01-01", "20"), ("2020-02-29", "17"), ("2021-06-30", "16"),
    ("2022-01-01", "18"), ("2022-06-30", "18"), ("2022-07-01", "22"), ("2022-12-31", "22"),
    ("2023-07-01", "22"), ("2024-07-01", "21"), ("2025-01-01", "21"), ("2025-12-31", "21"),
    ("2026-01-01", "20.5"), ("2026-06-30", "20.5"), ("2026-07-01", "23.5"),
    ("2026-12-31", "23.5"),
]  # fmt: skip


def dollars(amount):
    return None if amount is None else amount.cents // 100


def test_every_kind_of_expense_and_every_limit_names_its_source():
    limits = [limit for year in BOOK.years.values() for limit in year.limits.values()]
    rows = (*BOOK.categories.values(), *BOOK.mileage, *limits, BOOK.lodging, BOOK.additional_tax)
    assert len(BOOK.categories) == 116
    assert len(BOOK.mileage) == 14
    assert list(BOOK.years) == list(YEARS)
    assert all(row.source.strip() for row in rows)


def test_what_is_known_from_memory_says_so():
    remembered = [each for each in BOOK.categories.values() if each.confidence is Confidence.MEMORY]
    assert len(remembered) == 65
    assert {each.caution for each in remembered} == {"Check Publication 502."}


@pytest.mark.parametrize(("year", "figures"), LIMITS.items())
def test_limits_of_contributions_and_plans_are_those_of_the_year(year, figures):
    of_year = BOOK.year(year)
    hdhp = ("min_deductible_self", "min_deductible_family", "max_oop_self", "max_oop_family")
    assert figures == (
        dollars(of_year.amount("hsa_contribution", "self_only")),
        dollars(of_year.amount("hsa_contribution", "family")),
        *(dollars(of_year.amount("hdhp", name)) for name in hdhp),
    )
    assert of_year.amount("hsa_contribution", "catch_up_55") == Money(1000_00)


@pytest.mark.parametrize(("year", "figures"), CARRYOVER.items())
def test_a_carryover_belongs_to_the_year_it_is_carried_from(year, figures):
    of_year = BOOK.year(year)
    assert figures == (
        dollars(of_year.amount("health_fsa", "salary_reduction_limit")),
        dollars(of_year.amount("health_fsa", "max_carryover_from_this_plan_year")),
    )


@pytest.mark.parametrize(("day", "cents"), MILEAGE)
def test_the_day_of_travel_chooses_the_rate(day, cents):
    assert BOOK.mileage_rate(date.fromisoformat(day)).cents == cents


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2027, 1, 1), date.min, date.max])
def test_a_rate_that_nobody_published_is_asked_for_and_never_guessed(day):
    assert BOOK.mileage_on(day) is None
    with pytest.raises(UserError, match="not known") as refused:
        BOOK.mileage_rate(day)
    assert "notice" in refused.value.ask


def test_no_day_between_the_first_and_the_last_rate_is_without_one():
    day, last = BOOK.mileage[0].start, BOOK.mileage[-1].end
    while day <= last:
        assert BOOK.mileage_on(day) is not None
        day += timedelta(days=1)


LTC = [
    (2015, 40, 380), (2015, 41, 710), (2017, 70, 4090), (2017, 71, 5110), (2019, 50, 790),
    (2021, 60, 1690), (2023, 61, 4770), (2025, 71, 6020), (2026, 0, 500), (2026, 40, 500),
    (2026, 41, 930), (2026, 50, 930), (2026, 51, 1860), (2026, 60, 1860), (2026, 61, 4960),
    (2026, 70, 4960), (2026, 71, 6200), (2026, 101, 6200), (2027, 50, None), (2014, 50, None),
]  # fmt: skip


@pytest.mark.parametrize(("year", "age", "limit"), LTC)
def test_premiums_of_long_term_care_count_by_age_band(year, age, limit):
    assert dollars(BOOK.ltc_limit(year, age)) == limit


def test_what_is_not_published_stays_blank():
    assert BOOK.year(2027).amount("health_fsa", "salary_reduction_limit") is None
    assert BOOK.year(2027).amount("dpc_monthly_fee", "individual") is None
    assert BOOK.limit(2027, "ltc_premium") is None
    assert BOOK.limit(1999, "hsa_contribution") is None


def test_wrong_figures_of_the_web_are_nowhere():
    amounts = {
        (limit.what, limit.year, amount.cents // 100)
        for year in BOOK.years.values()
        for limit in year.limits.values()
        for amount in limit.amounts.values()
        if amount
    }
    wrong = {
        ("hsa_contribution", 2018, 6850), ("ltc_premium", 2025, 5970),
        ("aca_out_of_pocket", 2026, 10150), ("aca_out_of_pocket", 2026, 20300),
        ("health_fsa", 2025, 680),
    }  # fmt: skip
    assert not amounts & wrong
    assert ("aca_out_of_pocket", 2026, 10600) in amounts
    rates = {(period.start.year, period.rate) for period in BOOK.mileage}
    assert not rates & {(2025, 220), (2026, 210)}
    assert BOOK.category("otc_drug").hsa is Status.QUALIFIED
    assert BOOK.category("otc_drug").schedule_a is Status.NOT_QUALIFIED


FLAGS = [
    ("otc_drug", "qualified", "qualified", "not_qualified"),
    ("menstrual_care", "qualified", "qualified", "not_qualified"),
    ("premium_regular", "not_qualified", "not_qualified", "qualified"),
    ("premium_cobra", "qualified", "not_qualified", "qualified"),
    ("premium_medigap", "not_qualified", "not_qualified", "qualified"),
    ("premium_ltc", "limited", "not_qualified", "limited"),
    ("direct_primary_care", "limited", "conditional", "conditional"),
    ("gym", "needs_lmn", "needs_lmn", "conditional"),
    ("appeal_costs", "not_qualified", "not_qualified", "not_qualified"),
]


@pytest.mark.parametrize(("name", "hsa", "fsa", "deduction"), FLAGS)
def test_three_payers_have_three_flags(name, hsa, fsa, deduction):
    category = BOOK.category(name)
    assert (category.hsa, category.health_fsa, category.schedule_a) == (hsa, fsa, deduction)


def test_what_depends_on_facts_asks_a_question_in_plain_words():
    for category in BOOK.categories.values():
        by_rule = category.limit is not None and category.limit.kind is LimitKind.RULE
        if category.hsa is Status.CONDITIONAL or by_rule:
            assert category.question.endswith("?"), category.id


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("physician_visit", "physician_visit"),
        ("Physician Visit", "physician_visit"),
        ("dentist", "dental"),
        ("  Infusion   or injection ", "infusion_prescribed"),
        ("COBRA", "premium_cobra"),
        ("", None),
        ("medical", None),
        ("\x00", None),
    ],
)
def test_a_category_is_found_by_any_of_its_names_and_never_guessed(word, category):
    found = BOOK.category(word)
    assert (found.id if found else None) == category


def files():
    return (
        copy.deepcopy(resource_json("rules", "hsa_categories.json")),
        copy.deepcopy(resource_json("rules", "hsa_years.json")),
        copy.deepcopy(resource_json("rules", "category_words.json")),
    )


def no_source(categories, _years):
    categories["rows"][0]["source"] = " "


def no_source_of_a_limit(_categories, years):
    years["limits"][3]["source"] = ""


def missing_source_of_a_rate(_categories, years):
    del years["mileage"][2]["source"]


def unknown_word(categories, _years):
    categories["rows"][0]["colour"] = "blue"


def unknown_status(categories, _years):
    categories["rows"][0]["hsa"] = "perhaps"


def twice(categories, _years):
    categories["rows"].append(dict(categories["rows"][0]))


def question_lost(categories, _years):
    row = next(each for each in categories["rows"] if each["hsa"] == "conditional")
    del row["question"]


def limit_lost(categories, _years):
    row = next(each for each in categories["rows"] if each["hsa"] == "limited")
    del row["limit"]


def rates_overlap(_categories, years):
    years["mileage"][1]["start"] = "2015-12-31"


def rates_leave_a_gap(_categories, years):
    years["mileage"][1]["start"] = "2016-01-02"


def rate_of_a_third_decimal(_categories, years):
    years["mileage"][1]["cents_per_mile"] = "20.55"


def blank_without_a_mark(_categories, years):
    years["limits"][0]["amounts"]["family"] = None


def limit_twice(_categories, years):
    years["limits"].append(dict(years["limits"][0]))


@pytest.mark.parametrize(
    "slip",
    [
        no_source, no_source_of_a_limit, missing_source_of_a_rate, unknown_word, unknown_status,
        twice, question_lost, limit_lost, rates_overlap, rates_leave_a_gap,
        rate_of_a_third_decimal, blank_without_a_mark, limit_twice,
    ],
)  # fmt: skip
def test_a_slip_in_the_data_is_refused(slip):
    categories, years, words = files()
    slip(categories, years)
    with pytest.raises(RulesDataError):
        parse_tax_book(categories, years, words)


def test_words_for_a_kind_that_does_not_exist_are_refused():
    categories, years, words = files()
    words["words"]["time_travel"] = ["time machine"]
    with pytest.raises(RulesDataError, match="time_travel"):
        parse_tax_book(categories, years, words)


def test_a_word_that_could_mean_two_kinds_means_none():
    categories, years, words = files()
    words["words"]["surgery"].append("dentist")
    made = parse_tax_book(categories, years, words)
    assert made.category("dentist") is None
    assert made.category("dental").id == "dental"
