"""The letter's date beside the rule's: the earlier is planned, both are kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import ASK_THE_LETTER
from app.domain.planned_deadline import LETTER_SOURCE, LetterWindow, planned_deadline
from app.domain.window import Unit, Window
from tests.domain.deadline_data import BOOK, HOLIDAYS, RULES, facts

SILENT = LetterWindow()
DAYS_60 = LetterWindow(window=Window(60, Unit.CALENDAR_DAYS))


def by(day):
    return LetterWindow(last_day=date.fromisoformat(day))


def plan(letter, rule=None, *, buffer_days=0, **days):
    chosen = BOOK.get(rule) if rule else None
    return planned_deadline(letter, chosen, facts(**days), HOLIDAYS, buffer_days=buffer_days)


def shown(planned):
    return " ".join(planned.explanation)


def test_the_letters_date_is_planned_where_it_is_the_earlier():
    planned = plan(by("2026-05-01"), "com.internal.group", received="2026-01-15")
    assert planned.last_day == planned.letter_day == date(2026, 5, 1)
    assert planned.rule_day == date(2026, 7, 14)
    assert (planned.basis, planned.source) == ("letter", LETTER_SOURCE)
    assert planned.verification is None
    assert planned.rule_id == "com.internal.group"
    assert "RECEIVED" in planned.counts_as_filed
    assert "Your plan may give more than 180 days, never less." in planned.explanation[-1]
    assert "less than the least the law allows" in shown(planned)
    assert "July 14, 2026 (29 CFR 2560.503-1(h)(3)(i)" in shown(planned)
    assert planned.ask is None


def test_a_shorter_letter_is_no_argument_where_the_rule_is_no_minimum():
    planned = plan(by("2026-05-01"), "om.l1", received="2026-03-01")
    assert planned.basis == "letter"
    assert "Plan on it." in shown(planned)
    assert "least the law allows" not in shown(planned)


def test_the_rules_date_is_planned_where_it_is_the_earlier():
    planned = plan(by("2026-08-01"), "com.internal.group", received="2026-01-15")
    assert (planned.last_day, planned.basis) == (date(2026, 7, 14), "rule")
    assert planned.letter_day == date(2026, 8, 1)
    assert planned.verification == "P26"
    assert "29 CFR" in planned.source
    assert "Plan on the earlier day, the rule's." in shown(planned)


def test_the_same_date_is_the_letters():
    planned = plan(by("2026-07-14"), "com.internal.group", received="2026-01-15")
    assert planned.basis == "letter"
    assert "earlier" not in shown(planned)


def test_while_the_day_of_receipt_is_not_known_the_presumed_day_is_only_the_latest():
    planned = plan(SILENT, "ma.l1", notice_date="2026-04-01")
    assert planned.last_day == date(2026, 5, 31)
    assert planned.safe_file_by == date(2026, 5, 29)
    assert planned.latest == date(2026, 6, 5)
    assert "June 5, 2026: good to know, but do not plan on it." in shown(planned)


def test_once_the_day_of_receipt_is_known_there_is_no_other_latest():
    planned = plan(SILENT, "ma.l1", notice_date="2026-04-01", received="2026-04-03")
    assert (planned.last_day, planned.latest) == (date(2026, 6, 2), None)


def test_a_conservative_window_is_planned_and_the_laws_own_is_the_latest():
    planned = plan(SILENT, "state.FL", notice_date="2026-03-02")
    assert (planned.last_day, planned.latest) == (date(2026, 5, 1), date(2026, 7, 2))


def test_later_of_is_planned_on_the_earlier_day_even_with_the_day_of_receipt():
    planned = plan(
        SILENT,
        "mcd.mco.continue",
        notice_date="2026-03-02",
        received="2026-03-04",
        action_date="2026-03-20",
    )
    assert (planned.last_day, planned.latest) == (date(2026, 3, 12), date(2026, 3, 20))
    assert planned.safe_file_by == date(2026, 3, 12)


@pytest.mark.parametrize("rule", ["fehb.opm", "state.AL", "state.GA", "chip.review", "tri.hearing"])
def test_a_rule_that_is_not_known_well_never_makes_a_date_but_the_letter_does(rule):
    alone = plan(SILENT, rule, notice_date="2026-03-02", received="2026-03-04")
    assert (alone.last_day, alone.safe_file_by, alone.latest, alone.basis) == (None,) * 4
    assert (alone.source, alone.verification) == (None, None)
    assert alone.ask == ASK_THE_LETTER
    with_letter = plan(by("2026-05-01"), rule, notice_date="2026-03-02")
    assert (with_letter.last_day, with_letter.basis) == (date(2026, 5, 1), "letter")
    assert with_letter.ask is None


def test_what_is_commonly_so_is_said_and_what_is_not_known_has_no_number():
    assert "Commonly 90 days: check your letter." in shown(plan(SILENT, "fehb.opm"))
    assert "No number is known well enough" in shown(plan(SILENT, "state.WA"))


def test_days_in_the_letter_are_counted_from_its_date():
    planned = plan(DAYS_60, notice_date="2026-04-01", received="2026-04-09")
    assert (planned.last_day, planned.basis) == (date(2026, 5, 31), "letter")
    assert planned.safe_file_by == date(2026, 5, 29)
    assert "60 calendar days; from the date on the letter, April 1, 2026" in shown(planned)
    assert "Which rule holds is not known" in shown(planned)
    assert planned.rule_id is None
    assert planned.counts_as_filed is None


def test_days_after_receipt_start_at_the_letters_date_until_the_receipt_is_known():
    letter = LetterWindow(window=Window(60, Unit.CALENDAR_DAYS), from_receipt=True)
    assert plan(letter, notice_date="2026-04-01").last_day == date(2026, 5, 31)
    later = plan(letter, notice_date="2026-04-01", received="2026-04-09")
    assert later.last_day == date(2026, 6, 8)


def test_months_in_a_letter_clamp_to_the_earlier_day():
    letter = LetterWindow(window=Window(4, Unit.MONTHS))
    assert plan(letter, notice_date="2026-10-30").last_day == date(2027, 2, 28)


def test_a_printed_day_beats_a_number_of_days():
    letter = LetterWindow(date(2026, 6, 1), Window(10, Unit.CALENDAR_DAYS))
    assert plan(letter, notice_date="2026-04-01").letter_day == date(2026, 6, 1)


def test_days_without_a_start_ask_for_it():
    planned = plan(DAYS_60, received="2026-04-09")
    assert planned.last_day is None
    assert planned.ask == "What date is printed on the letter?"


@pytest.mark.parametrize(
    "window",
    [
        Window(9999, Unit.CALENDAR_DAYS),
        Window(10**12, Unit.CALENDAR_DAYS),
        Window(10**9, Unit.BUSINESS_DAYS),
        Window(37, Unit.MONTHS),
    ],
)
def test_a_letter_that_says_9999_days_is_a_question(window):
    planned = plan(LetterWindow(window=window), "com.internal.group", received="2026-01-15")
    assert planned.letter_day is None
    assert (planned.last_day, planned.basis) == (date(2026, 7, 14), "rule")
    assert "longer than any rule" in shown(planned)
    assert planned.ask.startswith("What does the letter say")


def test_three_years_in_a_letter_are_believed():
    letter = LetterWindow(window=Window(1098, Unit.CALENDAR_DAYS))
    assert plan(letter, notice_date="2026-01-15").last_day == date(2026, 1, 15) + timedelta(1098)
    longer = LetterWindow(window=Window(1099, Unit.CALENDAR_DAYS))
    assert plan(longer, notice_date="2026-01-15").last_day is None


def test_a_window_that_is_not_counted_says_nothing():
    planned = plan(LetterWindow(window=Window(None, Unit.SEE_LETTER)), notice_date="2026-01-15")
    assert planned.last_day is None
    assert "does not say how long" in shown(planned)


def test_a_last_day_before_the_letter_was_written_is_a_question():
    planned = plan(by("2026-03-01"), "mcd.mco.appeal", notice_date="2026-03-02")
    assert planned.letter_day is None
    assert planned.basis == "rule"
    assert "One of the two must be wrong" in shown(planned)
    assert planned.ask.endswith("?")
    same_day = plan(by("2026-03-02"), "mcd.mco.appeal", notice_date="2026-03-02")
    assert same_day.letter_day == date(2026, 3, 2)


def test_dates_that_contradict_each_other_are_asked_about_and_the_printed_day_stands():
    wrong = {"notice_date": "2026-03-05", "received": "2026-03-01"}
    printed = plan(by("2026-05-01"), "com.internal.group", **wrong)
    assert printed.last_day == date(2026, 5, 1)
    assert "was received before that" in shown(printed)
    assert printed.ask.startswith("Which date is printed on the letter")
    days = plan(DAYS_60, "com.internal.group", **wrong)
    assert days.last_day is None
    assert days.ask == printed.ask


def test_a_rule_that_lacks_its_date_leaves_the_letters_day_and_asks_only_where_none_is_known():
    with_day = plan(by("2026-05-01"), "nsa.ppdr", notice_date="2026-03-02")
    assert with_day.last_day == date(2026, 5, 1)
    assert with_day.ask is None
    without = plan(SILENT, "nsa.ppdr", notice_date="2026-03-02")
    assert without.ask == "What date is printed on the first bill?"


def test_nothing_known_at_all_asks_for_the_letter():
    planned = plan(SILENT)
    assert planned.last_day is None
    assert planned.ask == ASK_THE_LETTER
    assert len(planned.explanation) == 2


def test_the_buffer_moves_the_safe_day_of_the_letters_date_too():
    planned = plan(by("2026-05-04"), notice_date="2026-03-02", buffer_days=7)
    assert planned.safe_file_by == date(2026, 4, 27)


def test_no_buffer_is_taken_unless_one_is_given():
    planned = planned_deadline(by("2026-05-04"), None, facts(), HOLIDAYS)
    assert planned.safe_file_by == date(2026, 5, 4)


def test_the_end_of_the_calendar_ends_in_words():
    far = plan(DAYS_60, "com.internal.group", notice_date="9999-12-20", received="9999-12-21")
    assert far.last_day is None
    assert "check the year" in shown(far)
    huge = plan(by("2026-05-04"), buffer_days=10**12)
    assert (huge.last_day, huge.safe_file_by) == (date(2026, 5, 4), None)


FORTY_YEARS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(
    st.sampled_from(RULES),
    st.builds(
        LetterWindow,
        st.none() | FORTY_YEARS,
        st.none() | st.builds(Window, st.integers(1, 5000), st.just(Unit.CALENDAR_DAYS)),
        st.booleans(),
    ),
    FORTY_YEARS,
    st.none() | st.integers(0, 30),
)
def test_the_plan_is_the_earlier_of_both_or_a_question(rule, letter, notice, mail):
    days = {"notice_date": notice.isoformat()}
    if mail is not None:
        days["received"] = (notice + timedelta(days=mail)).isoformat()
    planned = planned_deadline(letter, rule, facts(**days), HOLIDAYS)
    known = [day for day in (planned.letter_day, planned.rule_day) if day]
    assert planned.last_day == (min(known) if known else None)
    assert planned.last_day or planned.ask
    assert (planned.rule_day is None) or rule.gives_dates
    assert planned.latest is None or planned.latest > planned.rule_day
    if planned.safe_file_by:
        assert planned.safe_file_by <= planned.last_day
        assert not HOLIDAYS.is_closed(planned.safe_file_by)
    assert all(sentence.strip() for sentence in planned.explanation)


def test_a_printed_day_many_years_after_the_letter_is_asked_about():
    known = facts(notice_date="2026-03-03")
    plan = planned_deadline(LetterWindow(last_day=date(2036, 8, 30)), None, known, BOOK.holidays)
    assert plan.last_day is None
    assert "check the year" in plan.explanation[0]
    assert plan.ask


@pytest.mark.parametrize("received", [None, "2026-03-03"])
@pytest.mark.parametrize("day", ["9999-12-31", "2099-01-01", "1926-04-01"])
def test_a_printed_day_in_a_year_that_cannot_be_right_is_asked_about(day, received):
    known = facts(received=received) if received else facts()
    letter = LetterWindow(last_day=date.fromisoformat(day))
    plan = planned_deadline(letter, None, known, BOOK.holidays, today=date(2026, 3, 10))
    assert (plan.last_day, plan.letter_day) == (None, None)
    assert "check the year" in plan.explanation[0]
    assert plan.ask


def test_where_sources_differ_the_shorter_time_is_planned_even_if_the_receipt_is_known():
    known = facts(notice_date="2026-04-01", received="2026-04-06")
    plan = planned_deadline(LetterWindow(), BOOK.get("state.HI"), known, BOOK.holidays)
    assert plan.last_day == date(2026, 7, 30)  # 120 days from the letter's date
    assert plan.latest == date(2026, 8, 14)  # 130 from its receipt


def test_the_federal_review_is_planned_from_the_letter_because_its_form_is_stricter():
    known = facts(notice_date="2026-10-26", received="2026-10-30")
    plan = planned_deadline(LetterWindow(), BOOK.get("com.ext.federal"), known, BOOK.holidays)
    assert plan.last_day == date(2027, 2, 26)
    assert plan.latest == date(2027, 3, 1)
