"""Windows in whole letters: to whom they speak, what they quote, how often they say it."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fact import WindowSaid
from app.importing.sifting.dates import dates_in
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper
from app.importing.sifting.sentences import plain, sentences_in
from app.importing.sifting.window_words import FILES, patterns_of
from app.importing.sifting.windows import windows_in
from tests.importing.sifting.test_windows import NEGATIVE, POSITIVE, sentences
from tests.importing.sifting.test_windows_to_providers import HOMES, OFFICES

LETTER = """Blue Prairie Health Plan

March 2, 2026

Dear Ms. Quill,

We cannot approve the infusion that your doctor asked for.

Your right to appeal
You have 180 days from the day you get this letter to appeal. You must appeal within 180 days
of the day you get this letter. We will decide within 30 days after we receive your appeal.

External review
You must file your request within four (4) months after you receive our final decision.

For your doctor
Your doctor may call our medical director within 14 days of the date of this letter.
"""


def found(text: str, kind: str | None = None) -> tuple[Found, ...]:
    paper = Paper.of_text(text)
    return windows_in(paper, dates_in(paper.text), kind)


def said(text: str, kind: str | None = None) -> list[WindowSaid]:
    return [item.value for item in found(text, kind) if isinstance(item.value, WindowSaid)]


def test_each_window_of_a_letter_is_one_fact_at_its_own_words():
    paper = Paper.of_text(LETTER)
    read = windows_in(paper, (), "denial")
    values = [item.value for item in read if isinstance(item.value, WindowSaid)]
    assert [(one.amount, one.unit, one.for_whom, one.level) for one in values] == [
        (180, "calendar_days", "patient", "internal"),
        (30, "calendar_days", "plan", None),
        (4, "months", "patient", "external"),
        (14, "calendar_days", "provider", None),
    ]
    words = " ".join(paper.text[read[2].start : read[2].end].split())
    assert words == "within four (4) months after you receive our final decision"


@pytest.mark.parametrize("kind", ["receipt", "medical_policy", "pharmacy_label", "card_slip"])
def test_a_paper_that_speaks_to_nobody_gives_no_window(kind: str):
    assert said(LETTER, kind) == []


def test_a_letter_to_a_doctor_speaks_of_the_doctors_time():
    (one,) = said("Dear Dr. Vance:\n\nYou may appeal within 60 days of this letter.")
    assert one.for_whom == "provider"


def test_of_two_letters_in_one_paper_each_speaks_to_its_own_reader():
    text = (
        "Dear Provider:\nYou may appeal within 45 days of this letter.\f"
        "Dear Ms. Quill:\nYou may appeal within 60 days of this letter."
    )
    assert [(one.amount, one.for_whom) for one in said(text)] == [(45, "provider"), (60, "patient")]


def test_what_the_patient_wrote_gives_the_patient_no_window():
    text = "To whom it may concern:\nI am writing to appeal. You must respond within 30 days."
    assert said(text) == []
    assert said("I am appealing. I may appeal within 180 days.", "appeal_letter") == []


def test_an_appeal_after_an_appeal_decision_is_the_second_level():
    (one,) = said("You may appeal within 60 days of the date of this letter.", "appeal_decision")
    assert one.level == "second"


def test_the_due_date_printed_beside_a_window_is_kept_and_none_is_made_up():
    (one,) = said("You must appeal within 180 days of this letter, that is, by August 29, 2026.")
    assert one.due == date(2026, 8, 29)
    (other,) = said("March 2, 2026\n\nYou must appeal within 180 days of this letter.")
    assert other.due is None


def test_a_bare_date_is_a_window_of_its_own():
    (one,) = said("Your appeal must be received by August 28, 2026.")
    assert (one.amount, one.unit, one.due) == (None, "explicit_date", date(2026, 8, 28))
    assert one.filed_when == "received"


@pytest.mark.parametrize(
    ("words", "filed"),
    [
        ("Your appeal must be received within 60 days of this letter.", "received"),
        ("Your appeal must reach us within 60 days of this letter.", "received"),
        ("Your appeal must be postmarked within 60 days of this letter.", "postmarked"),
        ("Your appeal must be postmarked or received within 60 days of this letter.", "either"),
        ("You must file your appeal within 60 days of this letter.", None),
        ("You may appeal within 60 days after you receive this letter.", None),
    ],
)
def test_what_counts_as_in_time_is_read(words: str, filed: str | None):
    (one,) = said(words)
    assert one.filed_when == filed


def test_a_second_limit_is_noted():
    (item,) = found(
        "You must ask for a hearing within 10 days of the date this notice was mailed or before "
        "the change takes effect, whichever is later."
    )
    assert "second limit" in item.note


def test_a_table_may_say_who_is_asked_before_the_time_and_when_they_answer_after_it():
    text = (
        "Step              Filed with       Time you have                  They answer in\n"
        "First appeal      Trust Office     180 days after you get this    30 days\n"
        "                                   letter\n"
        "Second appeal     State Board      60 days after you get the      45 days\n"
        "                                   first answer"
    )
    assert {(one.amount, one.unit, one.anchor, one.level) for one in said(text)} == {
        (180, "calendar_days", "receipt", "internal"),
        (60, "calendar_days", "receipt", "second"),
    }


def test_a_repaired_number_is_noted_and_less_sure():
    (sure,) = found("You must appeal within 180 days of this letter.")
    (repaired,) = found("You must appeal within l80 days of this letter.")
    assert repaired.note
    assert repaired.score < sure.score


def test_a_table_of_deadlines_gives_a_window_a_row():
    text = (
        "Step              How long you have                 Where\n"
        "Internal appeal   180 days after you receive        Appeals Unit\n"
        "                  this letter\n"
        "External review   12/01/2026                        Insurance Department"
    )
    assert {(one.amount, one.unit, one.level) for one in said(text)} == {
        (180, "calendar_days", "internal"),
        (None, "explicit_date", "external"),
    }


def test_every_named_pattern_is_met_by_a_sentence():
    texts = [text for _, text in sentences(*POSITIVE, *NEGATIVE)] + [LETTER]
    met = [plain(text).text for text in texts]
    met += [plain(t, one.start, one.end).text for t in texts for one in sentences_in(t)]
    met += [plain(row).text for block in (*OFFICES, *HOMES) for row in block.splitlines()]
    met.append("the claim that your office sent is not complete.")
    missing = [
        f"{file}: {pattern.group}.{pattern.name}"
        for file in FILES
        for pattern in patterns_of(file)
        if not any(pattern.regex.search(text) for text in met)
    ]
    assert missing == []


HOSTILE = [
    "within 180 days of ",
    "you or your you, the member or ",
    "you may appeal ",
    "the appeal of the request for the review ",
    "(1) (2) ; ",
    "one hundred one hundred ",
    "a",
    "1",
    "days ",
    "- \n",
    "by 08/28/2026 ",
    "usted o su puede apelar dentro de los 60 dias de la fecha de ",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_page_takes_no_time(words: str):
    text = (words * (100_000 // len(words) + 1))[:100_000]
    paper = Paper(text, (), (), (0,))
    dates = dates_in(text)
    windows_in(Paper("You may appeal within 3 days.", (), (), (0,)), (), None)  # patterns read
    before = time.process_time()
    windows_in(paper, dates, None)
    assert time.process_time() - before < 1.0  # under 0.5 where nothing else runs


@given(st.lists(st.sampled_from(re.findall(r"\S+\s+", LETTER)), max_size=60))
def test_no_order_of_words_breaks_the_reading(words: list[str]):
    text = "".join(words)
    for item in found(text):
        assert 0 <= item.start < item.end
        assert isinstance(item.value, WindowSaid)
        assert item.value.amount is None or item.value.amount > 0


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str):
    assert all(0 <= item.score <= 1 for item in found(text))
