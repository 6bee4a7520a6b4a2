"""What the count says and asks: receipt, effective dates, verification, missing and wrong dates."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.deadline import ASK_THE_LETTER, Due, compute_due
from app.domain.deadline_rule import Verification
from app.domain.due_facts import CannotSay
from tests.domain.deadline_data import BOOK, RULES, UNDATED, counted, due, facts, last_day, refusal

EVERY_DATE = {
    "notice_date": "2026-03-02",
    "received": "2026-03-05",
    "service_date": "2026-02-20",
    "bill_date": "2026-03-01",
    "action_date": "2026-03-20",
}


def test_a_presumed_receipt_says_that_it_is_the_latest_and_not_to_be_planned_on():
    result = due("om.l1", notice_date="2026-02-10")
    assert result.note.startswith(
        "The law takes a letter as received 5 days after its date unless something shows another "
        "day. This is the latest the last day can be: do not plan on it."
    )
    assert result.counted_from.isoformat() == "2026-02-15"


def test_without_a_presumption_the_notice_stands_in_for_the_day_of_receipt():
    result = due("com.internal.group", notice_date="2026-01-15")
    assert result.note.startswith("Counted from the date on the letter, without mail days.")
    assert result.counted_from.isoformat() == "2026-01-15"


def test_a_rule_that_counts_from_the_notice_is_never_counted_from_receipt():
    for rule in ("mcd.mco.appeal", "fehb.reconsider", "state.OH", "state.CA", "champva.l2"):
        assert refusal(rule, received="2026-03-05").ask == "What date is printed on the letter?"


def test_the_conservative_count_of_a_receipt_rule_without_a_notice_says_it_may_be_earlier():
    result = due("com.internal.group", received="2026-01-15", conservative=True)
    assert result.row()["last_day"] == "2026-07-14"
    assert "the last day would be earlier" in result.note


def test_new_york_counts_from_the_letter_even_where_the_day_of_receipt_is_known():
    assert last_day("state.NY", notice_date="2026-03-02", received="2026-03-09") == "2026-07-02"
    only_received = due("state.NY", received="2026-03-09")
    assert only_received.row()["last_day"] == "2026-07-09"
    assert "would be earlier" in only_received.note


def test_before_2025_the_sixty_days_run_from_the_date_of_the_notice():
    rule = "ma.l1"
    assert last_day(rule, notice_date="2024-12-31") == "2025-03-01"
    assert last_day(rule, notice_date="2024-12-31", received="2025-01-09") == "2025-03-01"
    assert last_day(rule, notice_date="2025-01-01") == "2025-03-07"
    assert last_day(rule, notice_date="2025-01-01", conservative=True) == "2025-03-02"
    assert refusal(rule, received="2024-11-05").ask == "What date is printed on the letter?"
    assert due(rule, received="2025-06-02").row()["last_day"] == "2025-08-01"


def test_part_d_before_2025_has_no_rule_that_was_read_so_it_has_no_date():
    assert refusal("pd.l1", notice_date="2024-12-31").ask == ASK_THE_LETTER
    assert last_day("pd.l1", notice_date="2025-01-01") == "2025-03-07"


def test_a_letter_from_before_a_rule_was_law_gets_no_date():
    assert refusal("state.PA", notice_date="2023-12-31") == CannotSay(
        "This rule holds for letters dated January 1, 2024 or later, and no earlier one is known. "
        "Keep to the last day that the letter names.",
        ASK_THE_LETTER,
    )
    assert last_day("state.PA", notice_date="2024-01-01") == "2024-05-01"


@pytest.mark.parametrize(("rule", "first"), [("ma.l1", "2025-01-01"), ("state.PA", "2024-01-01")])
def test_a_letter_that_came_just_after_a_new_rule_is_asked_for_its_date(rule, first):
    for days in (0, 30):
        came = (date.fromisoformat(first) + timedelta(days)).isoformat()
        unsure = refusal(rule, received=came)
        assert unsure.ask == "What date is printed on the letter?"
        assert unsure.sentence == (
            "Another rule held until shortly before the letter arrived. The date on the letter "
            "decides between the two."
        )
        assert due(rule, notice_date=first, received=came).last_day
    sure = (date.fromisoformat(first) + timedelta(31)).isoformat()
    assert due(rule, received=sure).last_day


def test_later_of_plans_on_the_earlier_day_and_keeps_the_later_as_the_limit():
    result = due("mcd.mco.continue", notice_date="2026-03-02", action_date="2026-03-20")
    assert result.row()["last_day"] == "2026-03-20"
    assert result.row()["safe_file_by"] == "2026-03-12"
    sooner = due("mcd.mco.continue", notice_date="2026-03-02", action_date="2026-03-06")
    assert sooner.row()["last_day"] == "2026-03-12"
    assert sooner.row()["safe_file_by"] == "2026-03-06"
    careful = due(
        "mcd.mco.continue", notice_date="2026-03-02", action_date="2026-03-20", conservative=True
    )
    assert careful.row()["last_day"] == "2026-03-12"


@pytest.mark.parametrize("conservative", [False, True])
@pytest.mark.parametrize("effective", ["2026-02-20", "2026-03-02"])
def test_a_change_that_took_effect_before_the_count_began_is_no_day_to_plan_on(
    effective, conservative
):
    result = due(
        "mcd.mco.continue",
        notice_date="2026-03-02",
        action_date=effective,
        conservative=conservative,
    )
    assert (result.row()["last_day"], result.row()["safe_file_by"]) == ("2026-03-12", "2026-03-12")
    assert result.note.startswith("The other day that counts, ")
    assert "had come by then: act at once." in result.note


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("2026-03-06", "2026-03-05"),  # noon of the day before is the earlier one
        ("2026-03-07", "2026-03-06"),
        ("2026-03-09", "2026-03-06"),
        ("2026-03-05", "2026-03-06"),  # before the notice even came: the rule's noon stands
    ],
)
def test_services_that_end_take_the_earlier_noon(ends, expected):
    result = due("om.qio.services", received="2026-03-05", service_date=ends)
    assert result.row()["last_day"] == expected
    assert "noon" in result.note


def test_two_noons_on_one_day_are_not_set_against_each_other():
    same = due("om.qio.services", received="2026-03-05", service_date="2026-03-07").note
    sooner = due("om.qio.services", received="2026-03-05", service_date="2026-03-06").note
    assert "The notice's own time" not in same
    assert "The notice's own time, March 5, 2026" in sooner


def test_no_buffer_is_taken_unless_one_is_given():
    result = compute_due(BOOK.get("om.l2"), facts(received="2026-01-15"), BOOK.holidays)
    assert result.safe_file_by == result.last_day == date(2026, 7, 14)


def test_hours_run_by_the_clock_and_say_so():
    result = due("com.info.request.urgent", received="2026-03-05")
    assert "48 hours run by the clock" in result.note
    assert "act a day earlier" in result.note


@pytest.mark.parametrize("rule", UNDATED, ids=lambda rule: rule.id)
@pytest.mark.parametrize("conservative", [False, True])
def test_a_rule_that_is_not_known_well_enough_never_gives_a_date(rule, conservative):
    result = due(rule, conservative=conservative, **EVERY_DATE)
    assert (result.last_day, result.last_day_after_roll, result.safe_file_by) == (None, None, None)
    assert result.note
    assert result.ask
    assert result.ask.count("?") == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_only_three_levels_of_verification_lead_to_a_date(rule):
    result = due(rule, **EVERY_DATE)
    if rule.verification not in {"P26", "Q26", "P"}:
        assert result.last_day is None
    else:
        assert (result.last_day is None) == (not rule.window.is_counted)
    assert result.source


@pytest.mark.parametrize("rule", UNDATED, ids=lambda rule: rule.id)
def test_what_is_said_follows_from_the_verification(rule):
    note = due(rule).note
    if rule.verification in {Verification.M_MED, Verification.M_LOW}:
        assert not re.search(r"\d", note)
        assert not re.search(r"\d", rule.window_words)
    elif rule.window.is_counted:
        assert note.startswith("Commonly ")
        assert "check your letter" in note
    else:
        assert not note.startswith("Commonly ")


def test_the_commonly_sentence_names_the_days():
    assert due("fehb.opm").note.startswith("Commonly 90 days: check your letter.")
    assert due("state.IL").note == "Commonly 4 months: check your letter."
    assert due("om.qic.expedited").note == "Commonly noon of the next day: check your letter."


def test_the_list_of_rules_shows_a_number_only_where_it_may_be_named():
    assert BOOK.get("com.internal.group").window_words == "180 calendar days"
    assert BOOK.get("state.IL").window_words == "4 months"
    assert BOOK.get("state.AK").window_words == "as the letter says"


def test_a_rule_that_lacks_all_words_still_sends_to_the_letter():
    assert due("state.AK").ask == ASK_THE_LETTER
    silent = replace(BOOK.get("com.court"), note="", ask=None)
    assert due(silent).note == "The letter says how long you have."
    assert due(silent).ask == ASK_THE_LETTER


def test_a_rule_without_a_number_keeps_its_own_words_law_and_way_of_filing():
    unknown = BOOK.get("state.AK")
    row = due(unknown).row()
    assert row["note"].startswith(
        "No number is known well enough to be shown: only the letter counts."
    )
    assert row["note"].endswith(unknown.note)
    assert (row["rule"], row["source"]) == ("state.AK", unknown.source)
    assert (row["counts_as_filed"], row["verification"]) == (unknown.filed_when, "M-low")
    urgent = BOOK.get("com.internal.urgent")
    assert due(urgent).note == urgent.note


def test_business_days_of_a_rule_skip_the_holiday_and_not_the_day_kept_for_it():
    checked = replace(BOOK.get("com.ext.moreinfo"), verification=Verification.P26, note="")
    result = due(checked, received="2026-06-25", buffer_days=6)
    assert result.row()["last_day"] == "2026-07-09"
    assert result.row()["safe_file_by"] == "2026-07-02"
    assert result.working == (
        "From June 25, 2026 (the day you received it), that day not counted, "
        "10 business days: July 9, 2026."
    )


def test_only_a_date_that_stands_in_for_the_receipt_is_remarked_upon():
    assert "mail days" in due("com.internal.group", notice_date="2026-01-15").note
    for rule in ("fehb.reconsider", "pd.l3.exp"):
        assert "mail days" not in (due(rule, notice_date="2026-01-15").note or "")
    assert "mail days" not in due("nsa.ppdr", bill_date="2026-01-15").note


@pytest.mark.parametrize(
    ("rule", "ask"),
    [
        ("nsa.ppdr", "What date is printed on the first bill?"),
        ("om.claim.timely", "On what date was the care given?"),
        ("om.qio.hospital", "On what day is the discharge from the hospital?"),
        ("com.concurrent.extend", "On what day does the approved treatment end?"),
        (
            "com.internal.group",
            "On what day did you receive the letter, or what date is printed on it?",
        ),
    ],
)
def test_a_missing_date_is_asked_for_by_name(rule, ask):
    assert refusal(rule).ask == ask
    assert refusal(rule).row() == {
        "refused": "One more date is needed to count this deadline.",
        "ask": ask,
    }


def test_a_letter_received_before_it_was_written_is_a_question():
    assert refusal("com.internal.group", notice_date="2026-03-05", received="2026-03-04") == (
        CannotSay(
            "The letter is dated March 5, 2026 but was received before that, on March 4, 2026. "
            "One of the two dates must be wrong.",
            "Which date is printed on the letter, and on what day did it arrive?",
        )
    )
    same_day = {"notice_date": "2026-03-05", "received": "2026-03-05"}
    assert isinstance(counted("com.internal.group", **same_day), Due)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notice_date", "The letter is dated"),
        ("received", "The letter is said to have arrived on"),
        ("bill_date", "The bill is dated"),
    ],
)
def test_a_letter_from_tomorrow_is_a_question_about_the_year_and_the_clock(name, said):
    tomorrow = facts(**{name: "2026-03-06"})
    assert tomorrow.not_yet(date(2026, 3, 5)) == CannotSay(
        f"{said} March 6, 2026, but today is March 5, 2026. "
        "Nothing is counted from a day that has not come.",
        "Is March 6, 2026 right? If it is, check the date of this computer.",
    )
    assert tomorrow.not_yet(date(2026, 3, 6)) is None


def test_an_event_may_lie_ahead():
    ahead = facts(action_date="2026-04-01", service_date="2026-04-01")
    assert ahead.not_yet(date(2026, 3, 5)) is None


@pytest.mark.parametrize("name", ["service_date", "action_date"])
def test_an_event_many_years_ahead_is_a_question_about_the_year(name):
    assert facts(**{name: "2029-03-07"}).not_yet(date(2026, 3, 5)) is None
    wrong = facts(**{name: "2062-04-01"}).not_yet(date(2026, 3, 5))
    assert wrong == CannotSay(
        "April 1, 2062 is many years ahead. Please check the year.",
        "Is April 1, 2062 right? Which year is printed there?",
    )


@pytest.mark.parametrize("name", EVERY_DATE)
def test_a_date_of_1926_is_a_question_about_the_year(name):
    wrong = refusal("com.internal.group", **{name: "1926-01-05"})
    assert wrong.sentence == (
        "A date in the year 1926 is older than any of these rules. Please check the year."
    )
    assert wrong.ask == "Is January 5, 1926 right? Which year is printed there?"


def test_the_first_day_of_medicare_law_is_still_counted():
    assert last_day("tri.reconsider", notice_date="1965-01-01") == "1965-04-01"
    assert isinstance(counted("tri.reconsider", notice_date="1964-12-31"), CannotSay)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("com.internal.group", {"received": "9999-12-01"}),
        ("com.ext.federal", {"received": "9999-10-01"}),
        ("fehb.court", {"service_date": "9997-01-01"}),
        ("om.claim.timely", {"service_date": "9999-01-01"}),
        ("om.l1", {"notice_date": "9999-12-30"}),
    ],
)
def test_the_end_of_the_calendar_is_a_sentence(rule, days):
    assert refusal(rule, **days) == CannotSay(
        "The count leaves the calendar: one of the dates or numbers cannot be right. "
        "Please check the year and the days in reserve.",
        "Which of the dates, or the number of days in reserve, was typed wrong?",
    )


def test_the_last_day_of_the_calendar_is_a_sentence_too():
    # December 31, 9999 is a Friday: whether the day after is a holiday cannot be asked.
    assert "check the year" in refusal("fehb.court", service_date="9996-05-05").sentence


@pytest.mark.parametrize("buffer_days", [10**6, 10**12])
def test_a_buffer_that_leaves_the_calendar_is_a_sentence(buffer_days):
    wrong = refusal("com.internal.group", received="2026-01-15", buffer_days=buffer_days)
    assert "days in reserve" in wrong.sentence


def test_a_letter_that_took_months_is_counted_and_the_envelope_is_the_proof():
    late = {"notice_date": "2025-11-03", "received": "2026-05-04"}
    result = due("com.internal.group", **late)
    assert result.row()["last_day"] == "2026-10-31"
    assert result.note.startswith(
        "It arrived 182 days after the date on it. Keep the envelope: its postmark is your proof."
    )
    assert "envelope" not in due("com.internal.group", conservative=True, **late).note
    month = due("com.internal.group", notice_date="2026-01-01", received="2026-02-01")
    assert "envelope" not in month.note
    more = due("com.internal.group", notice_date="2026-01-01", received="2026-02-02")
    assert "It arrived 32 days after" in more.note
    assert "envelope" not in (due("fehb.reconsider", **late).note or "")


def test_a_letter_later_than_the_law_presumes_needs_its_proof():
    on_time = due("om.l1", notice_date="2026-02-10", received="2026-02-15")
    assert "envelope" not in on_time.note
    late = due("om.l1", notice_date="2026-02-10", received="2026-02-16")
    assert "as received 5 days after its date unless something shows another day" in late.note
    assert "Keep the envelope: its postmark is your proof." in late.note
    assert late.row()["last_day"] == "2026-06-16"


def test_a_negative_buffer_is_refused():
    wrong = refusal("com.internal.group", received="2026-01-15", buffer_days=-1)
    assert wrong.sentence == (
        "The days kept in reserve cannot be fewer than none. Enter 0 or more."
    )


def test_a_result_prints_as_json_with_every_field_of_the_command():
    row = json.loads(json.dumps(due("com.ext.federal", received="2026-10-30").row()))
    assert list(row)[:9] == [
        "rule", "last_day", "last_day_after_roll", "safe_file_by", "counts_as_filed", "source",
        "verification", "note", "ask",
    ]  # fmt: skip
    assert row["verification"] == "P26"
    assert "45 CFR 147.136(d)(2)(i)" in row["source"]
    assert "RECEIVED" in row["counts_as_filed"]
    assert (row["rule"], row["counted_from"]) == ("com.ext.federal", "2026-10-30")
    assert (row["due_at"], row["zone"]) == (None, None)
    assert row["working"] == (
        "From October 30, 2026 (the day you received it), 4 months: March 1, 2027."
    )


def test_the_working_says_that_the_first_day_is_not_counted():
    assert due("ma.l1", notice_date="2026-04-01").working == (
        "From April 6, 2026 (5 days after the date on the letter), that day not counted, "
        "60 calendar days: June 5, 2026."
    )


def test_a_rule_without_a_note_has_none():
    assert due("om.l2", received="2026-01-15").note is None
    assert due("om.l2", notice_date="2026-01-12", received="2026-01-15").note is None


POSTMARKED = {"tri.reconsider", "tri.tqmc", "tri.formal", "tri.hearing", "nsa.ppdr"}
RECEIVED = {"om.l1", "om.l2", "om.l3", "ma.l1", "pd.l1", "pd.l2"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_postmark_counts_only_where_the_law_says_so(rule):
    filed = due(rule, **EVERY_DATE).counts_as_filed
    assert filed.strip()
    assert ("postmarked" in filed.casefold()) == (rule.id in POSTMARKED)
    assert filed.startswith("RECEIVED") or rule.id not in RECEIVED
    assert rule.state is None or filed == "assume it must be RECEIVED"
