from datetime import date

import pytest

from app.domain.letter_cover import best_letter, last_day, letter_gaps
from app.domain.return_days import return_by
from app.operations.tax_book import tax_book
from tests.domain.hsa_makers import SPOUSE, facts, letter

MASSAGE = tax_book().categories["massage"]


@pytest.mark.parametrize(
    ("paper", "day"),
    [
        (letter(until_on=date(2026, 6, 30)), date(2026, 6, 30)),
        (letter(), date(2027, 1, 10)),
        (letter(from_on=date(2026, 2, 1)), date(2027, 2, 1)),
        (letter(signed_on=date(2024, 2, 29)), date(2025, 2, 28)),
        (letter(signed_on=None), None),
        (letter(signed_on=date.max), date.max),
    ],
)
def test_a_letter_ends_as_it_says_or_after_a_year(paper, day):
    assert last_day(paper) == day


def test_every_gap_of_a_letter_is_named_at_once():
    paper = letter("gym", SPOUSE, signed_on=date(2026, 5, 1), until_on=date(2026, 1, 1))
    assert letter_gaps(paper, MASSAGE, facts(category="massage")) == (
        "The letter is for another person.",
        "The letter does not name this item.",
        "The care was before the letter was signed.",
        "The letter had ended before the care.",
    )


def test_the_letter_with_the_fewest_gaps_is_chosen_and_of_equals_the_newest():
    line = facts(category="massage")
    ended = letter(id="ended", until_on=date(2026, 1, 31))
    old = letter(id="old", signed_on=date(2026, 1, 5))
    new = letter(id="new", signed_on=date(2026, 1, 20))
    others = letter("gym", id="gym"), letter(person=SPOUSE, id="spouse")
    assert best_letter((ended, old, new, *others), MASSAGE, line) is new
    assert best_letter((ended, old), MASSAGE, line) is old
    assert best_letter((ended, *others), MASSAGE, line) is ended
    assert best_letter(others, MASSAGE, line) is None


def test_no_letter_is_sought_for_what_needs_none():
    visit = tax_book().categories["physician_visit"]
    assert best_letter((letter("physician_visit"),), visit, facts()) is None


@pytest.mark.parametrize(
    ("known", "until"),
    [
        (date(2026, 1, 1), date(2027, 4, 15)),
        (date(2026, 12, 31), date(2027, 4, 15)),
        (date(2027, 1, 1), date(2028, 4, 15)),
        (date.max, date(9999, 4, 15)),
    ],
)
def test_a_mistaken_distribution_goes_back_by_april_15_of_the_next_year(known, until):
    assert return_by(known) == until
