"""What a letter says about time, as the denial's form takes it over."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.fact import WindowSaid
from app.operations.letter_answer import denial_answer

NOTICE = date(2026, 3, 3)
PRINTED = date(2026, 9, 1)


def window(amount: int, unit: str = "calendar_days") -> WindowSaid:
    return WindowSaid(amount=amount, unit=unit, anchor="date_of_notice", due=PRINTED)


def test_the_printed_day_is_taken_unless_the_letter_s_own_number_ends_earlier():
    assert denial_answer("d", "denial", window(182), NOTICE, None).letter_date == PRINTED
    shorter = denial_answer("d", "denial", window(181), NOTICE, None)
    assert (shorter.letter_says, shorter.letter_days) == ("days", 181)


@pytest.mark.parametrize(
    ("amount", "unit", "notice"),
    [
        (180, "calendar_days", date(9999, 12, 1)),
        (99_999_999, "months", NOTICE),
        (10**9, "calendar_days", NOTICE),
        (10**9, "business_days", NOTICE),
    ],
)
def test_a_number_that_leaves_the_calendar_leaves_the_printed_day(amount, unit, notice):
    answer = denial_answer("d", "denial", window(amount, unit), notice, None)
    assert (answer.letter_says, answer.letter_date) == ("date", PRINTED)
