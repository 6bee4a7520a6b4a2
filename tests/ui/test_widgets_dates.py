from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from ui.widgets.fields import DateField
from ui.widgets.typed_dates import read_date
from ui.wording import days_left, due_words, typed_date

TODAY = date(2026, 8, 18)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8/28/2026", date(2026, 8, 28)),
        ("08/28/2026", date(2026, 8, 28)),
        (" 8 / 28 / 2026 ", date(2026, 8, 28)),
        ("8-28-2026", date(2026, 8, 28)),
        ("8/28/26", date(2026, 8, 28)),
        ("8/28", date(2026, 8, 28)),
        ("2026-08-28", date(2026, 8, 28)),
        ("Aug 28", date(2026, 8, 28)),
        ("aug. 28", date(2026, 8, 28)),
        ("August 28, 2026", date(2026, 8, 28)),
        ("August 28th 2026", date(2026, 8, 28)),
        ("Sept 3", date(2026, 9, 3)),
        ("28 Aug 2026", date(2026, 8, 28)),
        ("28 de agosto de 2026", date(2026, 8, 28)),
        ("ago 28", date(2026, 8, 28)),
        ("ene 5 2026", date(2026, 1, 5)),
        ("12/28", date(2026, 12, 28)),
        ("1/3", date(2027, 1, 3)),
        ("2/29/2024", date(2024, 2, 29)),
        ("today", TODAY),
        ("Yesterday", date(2026, 8, 17)),
        ("tomorrow", date(2026, 8, 19)),
        ("mañana", date(2026, 8, 19)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_date_is_understood_as_people_type_it(typed, meant):
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "lean", "meant"),
    [
        ("12/28", "past", date(2025, 12, 28)),
        ("1/3", "future", date(2027, 1, 3)),
        ("3/4/45", "past", date(1945, 3, 4)),
        ("3/4/45", "near", date(2045, 3, 4)),
        ("Feb 29", "past", None),
        ("8/18", "past", TODAY),
        ("8/18", "future", TODAY),
    ],
)
def test_the_year_that_was_not_typed_follows_the_lean_of_the_field(typed, lean, meant):
    if meant is None:
        with pytest.raises(UserError, match="no such day"):
            read_date(typed, TODAY, lean)
    else:
        assert read_date(typed, TODAY, lean) == meant


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("28/8/2026", "month first, like 8/28"),
        ("8.9.2026", "two ways"),
        ("2/30/2026", "no such day"),
        ("8/28/202", "four digits"),
        ("8/28/0026", "check the year"),
        ("August 2026", "not a date"),
        ("Ma 3", "not a date"),
        ("soon", "not a date"),
        ("08282026", "not a date"),
        ("13/13/2026", "no such day"),
        ("<b>8/28</b>", "not a date"),
    ],
)
def test_what_is_not_one_certain_date_is_refused_in_words(typed, says):
    with pytest.raises(UserError, match=says):
        read_date(typed, TODAY)


@given(DAYS)
def test_every_date_that_the_program_writes_it_also_reads(day):
    assert read_date(typed_date(day), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day:%B} {day.day}, {day.year}", TODAY) == day


@given(DAYS, st.integers(-180, 180))
def test_a_date_without_a_year_is_the_nearest(today, away):
    near = today + timedelta(days=away)
    if (near.month, near.day) != (2, 29):
        assert read_date(f"{near.month}/{near.day}", today) == near


@given(st.text(max_size=12))
def test_no_text_breaks_the_field(text):
    with suppress(UserError):
        assert isinstance(read_date(text, TODAY), date | None)


def test_the_field_says_the_date_in_words_and_completes_the_year(qtbot):
    field = DateField(lambda: TODAY, "past")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.edit, "Aug 3")
    assert field.words.text() == "Monday, August 3, 2026"
    assert field.edit.accessibleDescription() == "Monday, August 3, 2026"
    field.edit.editingFinished.emit()
    assert field.edit.text() == "8/3/2026"


def test_what_the_field_does_not_understand_stays_as_it_was_typed(qtbot):
    field = DateField(lambda: TODAY)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.edit, "28/8/2026")
    field.edit.editingFinished.emit()
    assert (field.edit.text(), field.words.text()) == ("28/8/2026", "")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "Tuesday, August 18 · today"),
        (date(2026, 12, 24), "Thursday, December 24 · 128 days left"),
        (date(2027, 1, 2), "Saturday, January 2, 2027 · 137 days left"),
        (date(2026, 8, 17), "Monday, August 17 · yesterday"),
        (date(2026, 8, 6), "Thursday, August 6 · 12 days ago"),
    ],
)
def test_due_days_are_said_as_people_say_them(qapp, day, words):
    assert due_words(day, TODAY) == words


def test_one_day_is_not_many():
    assert days_left(date(2026, 8, 20), TODAY) == "2 days left"
    assert days_left(date(2026, 8, 16), TODAY) == "2 days ago"
