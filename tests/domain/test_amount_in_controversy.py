"""The amounts that must be in dispute in Medicare: by year, and told only as well as known."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest

from app.domain.amount_in_controversy import AmountStep, parse_amounts
from app.domain.money import Money
from app.domain.rule_rows import RulesDataError
from app.resources import resource_json
from tests.domain.deadline_data import BOOK, RULES

AMOUNTS = resource_json("rules", "amounts.json")


def spoiled(**changes):
    data = copy.deepcopy(AMOUNTS)
    row = data["rows"][0]
    for word, value in changes.items():
        if value is None:
            del row[word]
        else:
            row[word] = value
    return data


@pytest.mark.parametrize(
    ("year", "alj", "court", "verification"),
    [
        (2024, 180, 1840, "M-high"),
        (2025, 190, 1900, "S"),
        (2026, 200, 1960, "P"),
        (2027, 200, 2000, "Q26"),
    ],
)
def test_every_year_has_the_amounts_of_the_facts(year, alj, court, verification):
    amount = BOOK.amount_for(year)
    assert amount is not None
    assert (amount.alj, amount.court) == (Money(alj * 100), Money(court * 100))
    assert amount.verification == verification
    assert (amount.span.first, amount.span.last) == (date(year, 1, 1), date(year, 12, 31))


def test_a_year_that_is_not_known_has_no_amount():
    assert BOOK.amount_for(2023) is None
    assert BOOK.amount_for(2028) is None


@pytest.mark.parametrize(
    ("rule", "day", "words"),
    [
        ("om.l3", date(2026, 5, 1), "In 2026 at least $200 must be in dispute (90 FR 55869"),
        ("ma.l5", date(2027, 1, 1), "In 2027 at least $2,000 must be in dispute (FR Doc"),
        ("pd.l3", date(2025, 5, 1), "In 2025 commonly at least $190 must be in dispute: check"),
        ("pd.l5", date(2024, 5, 1), "In 2024 commonly at least $1,840 must be in dispute: check"),
        ("om.l5", date(2029, 5, 1), "For 2029 the smallest amount in dispute is not known"),
    ],
)
def test_the_amount_of_a_step_is_told_by_the_year_of_its_notice(rule, day, words):
    assert BOOK.amount_words(BOOK.get(rule), day).startswith(words)


def test_steps_without_an_amount_say_nothing_of_one():
    with_amount = {rule.id for rule in RULES if rule.amount_step}
    assert with_amount == {
        *(f"{program}.{level}" for program in ("om", "ma", "pd") for level in ("l3", "l5")),
        "pd.l3.exp",
    }
    assert BOOK.amount_words(BOOK.get("om.l1"), date(2026, 1, 1)) == ""


@pytest.mark.parametrize("verification", ["M-med", "M-low"])
def test_an_amount_that_was_not_checked_is_not_told(verification):
    amount = parse_amounts(spoiled(verification=verification))[2024]
    assert "$" not in amount.words(AmountStep.ALJ)
    assert "your letter" in amount.words(AmountStep.COURT)
    assert amount.both_words == "as the letter says"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": " "}, "names no source"),
        ({"sources": ["hearsay"]}, "not listed: hearsay"),
        ({"court": None}, "lacks court"),
        ({"judge": 5}, "unknown words judge"),
        ({"year": 2026}, "of 2026 are there twice"),
        ({"year": 0}, "cannot be read"),
        ({"verification": "sure"}, "cannot be read"),
        ({"alj": 0}, "cannot be right"),
        ({"alj": 5000}, "cannot be right"),
    ],
)
def test_a_slip_in_the_amounts_is_refused(changes, words):
    with pytest.raises(RulesDataError, match=re.escape(words)):
        parse_amounts(spoiled(**changes))
