"""Updating the rules needs no code: other data gives other dates, and every date its own law."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest

from app.domain.deadline import Due, compute_due
from app.domain.due_facts import CannotSay
from app.domain.programmes import Coverage
from app.domain.rule_book import RuleBook
from app.domain.rule_rows import RulesDataError
from app.resources import resource_json
from tests.domain.deadline_data import book_of, facts

DEADLINES = resource_json("rules", "deadlines.json")


def changed(rule_id: str, **words: object) -> dict[str, object]:
    """The deadlines as they ship, but one rule with other words."""
    data = copy.deepcopy(DEADLINES)
    row = next(row for row in data["rules"] if row["id"] == rule_id)
    row.update(words)
    return data


def last_day(book: RuleBook, rule_id: str, **days: str) -> str | None:
    result = compute_due(book.get(rule_id), facts(**days), book.holidays)
    assert isinstance(result, Due), result
    return result.row()["last_day"]


NUMBER = re.compile(r"[0-9]+ (calendar |business )?(day|hour|month|year)|\$[0-9]", re.IGNORECASE)


@pytest.mark.parametrize(
    "row",
    [row for row in DEADLINES["rules"] if row["verification"] not in {"P26", "Q26", "P"}],
    ids=lambda row: row["id"],
)
def test_a_number_that_was_not_read_in_the_law_is_told_as_common_or_with_its_own_law(row):
    for sentence in f"{row.get('note', '')} {row.get('late_note', '')}".split(". "):
        if NUMBER.search(sentence):
            assert "commonly" in sentence.casefold() or "CFR" in sentence
            assert row["verification"] in {"S", "M-high"}


def test_a_changed_number_counts_to_another_day():
    book = book_of(deadlines=changed("om.l1", window={"amount": 90, "unit": "calendar_days"}))
    assert last_day(book, "om.l1", received="2026-02-15") == "2026-05-16"


def test_a_changed_verification_takes_the_date_away():
    book = book_of(deadlines=changed("om.l1", verification="S"))
    assert last_day(book, "om.l1", received="2026-02-15") is None


def test_a_state_that_was_not_known_well_can_be_mended_in_the_data():
    mended = changed(
        "state.GA",
        window={"amount": 4, "unit": "months"},
        counts_from=["received", "notice_date"],
        conservative_from=["notice_date", "received"],
        verification="P",
    )
    book = book_of(deadlines=mended)
    rules = book.rules_for(Coverage("individual", "insured", "GA"), 2)
    assert not isinstance(rules, CannotSay)
    assert last_day(book, rules[0].id, received="2026-08-31") == "2026-12-31"


def test_a_new_place_with_its_own_review_needs_one_row():
    data = copy.deepcopy(DEADLINES)
    ohio = next(row for row in data["rules"] if row["id"] == "state.OH")
    data["rules"].append(ohio | {"id": "state.GU", "state": "GU", "title": "Review in Guam"})
    book = book_of(deadlines=data)
    rules = book.rules_for(Coverage("employer", "insured", "gu"), 3)
    assert not isinstance(rules, CannotSay)
    assert last_day(book, rules[0].id, notice_date="2026-04-06") == "2026-10-03"


def test_a_new_year_of_amounts_is_one_row():
    amounts = copy.deepcopy(resource_json("rules", "amounts.json"))
    amounts["rows"].append(
        amounts["rows"][-1] | {"id": "amount.2028", "year": 2028, "alj": 210, "court": 2050}
    )
    book = book_of(amounts=amounts)
    words = book.amount_words(book.get("om.l3"), date(2028, 3, 1))
    assert words.startswith("In 2028 at least $210 must be in dispute")


NEW_LAW = changed(
    "tri.reconsider",
    effective_from="2027-01-01",
    window={"amount": 120, "unit": "calendar_days"},
    source="32 CFR 199.10(b) as of 2027",
    earlier={
        "window": {"amount": 90, "unit": "calendar_days"},
        "source": "32 CFR 199.10(b)",
        "effective_from": "2020-01-01",
    },
)


@pytest.mark.parametrize(
    ("notice", "last", "law"),
    [
        ("2027-01-01", "2027-05-01", "32 CFR 199.10(b) as of 2027"),
        ("2026-12-31", "2027-03-31", "32 CFR 199.10(b)"),
        ("2020-01-01", "2020-03-31", "32 CFR 199.10(b)"),
    ],
)
def test_the_rule_is_chosen_by_the_date_of_the_notice(notice, last, law):
    book = book_of(deadlines=NEW_LAW)
    due = compute_due(book.get("tri.reconsider"), facts(notice_date=notice), book.holidays)
    assert isinstance(due, Due)
    assert (due.row()["last_day"], due.source) == (last, law)


def test_before_the_first_rule_that_is_known_nothing_is_counted():
    book = book_of(deadlines=NEW_LAW)
    due = compute_due(book.get("tri.reconsider"), facts(notice_date="2019-12-31"), book.holidays)
    assert isinstance(due, CannotSay)


def test_the_rule_before_another_ends_on_the_day_before_it():
    versions = book_of(deadlines=NEW_LAW).get("tri.reconsider").versions
    assert [(each.effective_from, each.effective_until) for each in versions] == [
        (date(2027, 1, 1), None),
        (date(2020, 1, 1), date(2026, 12, 31)),
    ]


def test_a_rule_that_has_ended_gives_no_date_for_later_letters():
    book = book_of(deadlines=changed("om.l1", effective_until="2026-06-30"))
    assert last_day(book, "om.l1", notice_date="2026-06-30", received="2026-06-30") is not None
    due = compute_due(book.get("om.l1"), facts(notice_date="2026-07-01"), book.holidays)
    assert isinstance(due, Due)
    assert due.last_day is None
    assert due.note
    assert "held until June 30, 2026" in due.note
    assert due.ask


def test_in_a_gap_between_two_rules_no_date_is_given():
    gap = changed(
        "om.l1",
        effective_from="2026-01-01",
        earlier={"effective_until": "2024-12-31"},
    )
    book = book_of(deadlines=gap)
    due = compute_due(book.get("om.l1"), facts(notice_date="2025-06-01"), book.holidays)
    assert isinstance(due, Due)
    assert due.last_day is None


def test_a_plan_led_to_other_rules_is_a_change_of_data():
    programmes = copy.deepcopy(resource_json("rules", "programmes.json"))
    programmes["plans"]["chip"]["levels"]["1"] = ["mcd.mco.appeal"]
    programmes["plans"]["chip"]["by_hand"] = ["bill.501r"]
    book = book_of(programmes=programmes)
    rules = book.rules_for(Coverage("chip"), 1)
    assert not isinstance(rules, CannotSay)
    assert [rule.id for rule in rules] == ["mcd.mco.appeal"]
    assert [rule.id for rule in book.steps_for(Coverage("chip"))] == [
        "bill.501r",
        "nsa.ppdr",
        "bill.fdcpa",
    ]


@pytest.mark.parametrize("place", ["by_hand", "beside_state"])
def test_a_rule_that_does_not_exist_is_refused_wherever_it_is_named(place):
    programmes = copy.deepcopy(resource_json("rules", "programmes.json"))
    programmes[place] = ["com.nothing"] if place == "by_hand" else {"FL": ["com.nothing"]}
    with pytest.raises(RulesDataError, match=r"com\.nothing is named"):
        book_of(programmes=programmes)
