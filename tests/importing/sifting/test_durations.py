"""Lengths of time in digits, words, both, and with slips of the OCR."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.sifting.durations import lengths_in
from app.importing.sifting.sentences import plain


def read(text: str) -> list[tuple[int, str]]:
    return [(one.amount, one.unit) for one in lengths_in(plain(text).text)]


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("180 days", 180, "calendar_days"),
        ("one hundred eighty (180) days", 180, "calendar_days"),
        ("120 (one hundred twenty) calendar days", 120, "calendar_days"),
        ("one hundred and eighty days", 180, "calendar_days"),
        ("sixty-five days", 65, "calendar_days"),
        ("a 60-day period", 60, "calendar_days"),
        ("two weeks", 14, "calendar_days"),
        ("twenty-first calendar day", 21, "calendar_days"),
        ("the 60th day", 60, "calendar_days"),
        ("fifteen (15) business days", 15, "business_days"),
        ("30 working days", 30, "business_days"),
        ("four (4) months", 4, "months"),
        ("a year", 1, "years"),
        ("72 hours", 72, "hours"),
        ("ciento ochenta (180) días calendario", 180, "calendar_days"),
        ("treinta días hábiles", 30, "business_days"),
        ("cuatro meses", 4, "months"),
        ("setenta y dos horas", 72, "hours"),
        ("14 more days", 14, "calendar_days"),
    ],
)
def test_a_length_is_read(text: str, amount: int, unit: str):
    assert read(text) == [(amount, unit)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1O days", 10), ("l80 days", 180), ("18O calender days", 180), ("6O days0f", 60)],
)
def test_a_slip_of_the_ocr_is_repaired_and_said(text: str, amount: int):
    (length,) = lengths_in(plain(text).text)
    assert length.amount == amount
    assert "Read “" in length.note


@pytest.mark.parametrize(
    "text",
    [
        "30 to 60 days", "thirty to sixty days", "7-10 business days", "1 80 days", "lO days",
        "sixty (90) days", "9999 days", "0 days", "1,180 days", "2.5 days", "37 months", "7 years",
        "241 hours", "$30 days", "day by day", "ninety sixty days",
    ],
)  # fmt: skip
def test_a_range_an_absurd_or_a_doubtful_number_is_no_length(text: str):
    assert read(text) == []


@given(st.text(alphabet="0123456789olI|() -daysmonthundreeightyf", max_size=200))
def test_no_text_gives_a_length_that_no_letter_would(text: str):
    for amount, unit in read(text):
        assert 1 <= amount <= {"months": 36, "years": 6, "hours": 240}.get(unit, 1000)
