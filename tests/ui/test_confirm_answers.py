"""What filing says, and which words of a page are meant by a click; no widgets."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.fact import WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.page import Word
from app.operations.facts import SaidValue
from app.operations.letter_answer import denial_answer, is_certain
from ui.pages.confirm_answer import Clicked, day_to_act, said_value
from ui.pages.confirm_deadline import is_sure
from ui.pages.confirm_words import date_in, text_of
from ui.pages.paper_form import Draft, carried

TODAY = date(2026, 8, 18)
NOTICE = date(2026, 8, 3)
LAST = date(2026, 9, 1)


def words(text: str) -> list[Word]:
    return [Word(word, 0.1, 0.1, 0.2, 0.12) for word in text.split()]


# ---------------------------------------------------------------------- clicked words


@pytest.mark.parametrize(
    ("line", "clicked", "day"),
    [
        ("Dated August 3, 2026. Dear Rosa", 1, date(2026, 8, 3)),
        ("Dated August 3, 2026. Dear Rosa", 3, date(2026, 8, 3)),
        ("Fecha: 3 de agosto de 2026 Estimada", 4, date(2026, 8, 3)),
        ("Date:08/03/2026 Claim 77", 0, date(2026, 8, 3)),
        ("(08/03/2026)", 0, date(2026, 8, 3)),
        ("from 07/14/2026 07/15/2026", 2, date(2026, 7, 15)),
    ],
)
def test_a_click_on_a_part_of_a_date_means_the_whole_date(line, clicked, day):
    found = date_in(words(line), [clicked], lambda: TODAY)
    assert found
    assert found[0] == day


@pytest.mark.parametrize("line", ["Harbor Mutual Health Plan", "Claim 20260214-77", "13/45/2026"])
def test_what_is_no_date_gives_none(line):
    assert date_in(words(line), [0], lambda: TODAY) is None


def test_points_and_brackets_around_words_are_left_out():
    assert text_of(words("“Harbor Mutual”,")) == "Harbor Mutual"


# ---------------------------------------------------------------------- said values


def test_a_value_that_stands_as_read_is_confirmed_with_its_place():
    row = FactRow(
        name="insurer", value="Harbor", text="HARBOR", page=2, boxes=((0.1, 0.1, 0.2, 0.2),)
    )
    assert said_value("insurer", "Harbor", row) == SaidValue(
        name="insurer", value="Harbor", read_as="Harbor", words="HARBOR", page=2,
        box=(0.1, 0.1, 0.2, 0.2),
    )  # fmt: skip


def test_a_correction_keeps_what_was_read_and_a_cleared_field_says_it_was_wrong():
    row = FactRow(name="administrator", value="Harbor")
    said = said_value("insurer", "Alder", row)
    assert said == SaidValue(name="administrator", value="Alder", read_as="Harbor")
    assert said_value("insurer", "", row) == SaidValue(
        name="administrator", value="", read_as="Harbor"
    )


def test_what_is_confirmed_already_or_was_never_there_is_not_said_again():
    assert (
        said_value("insurer", "Harbor", FactRow(name="insurer", value="Harbor", said_id="1"))
        is None
    )
    assert said_value("insurer", "", None) is None


def test_clicked_words_are_kept_only_while_they_stand():
    clicked = Clicked("Harbor", "Harbor,", 1, (0.0, 0.0, 0.1, 0.1))
    said = said_value("insurer", "Harbor", None, clicked)
    assert said
    assert (said.words, said.page) == ("Harbor,", 1)
    typed = said_value("insurer", "Harbor Mutual", None, clicked)
    assert typed
    assert (typed.words, typed.page) == ("", None)


# ---------------------------------------------------------------------- the denial


@pytest.mark.parametrize(
    ("window", "says", "days", "day", "counts_from"),
    [
        (WindowSaid(180, "calendar_days", "receipt"), "days", 180, None, "receipt"),
        (WindowSaid(60, "calendar_days", "date_of_notice"), "days", 60, None, "notice"),
        (WindowSaid(60, "calendar_days", "mailed_date"), "days", 60, None, "notice"),
        (WindowSaid(None, "explicit_date", due=LAST), "date", None, LAST, "notice"),
        (WindowSaid(4, "months", "receipt"), "days", 4, None, "receipt"),
        (WindowSaid(5, "business_days", "date_of_notice"), "days", 5, None, "notice"),
        (WindowSaid(72, "hours", "receipt"), "unknown", None, None, "receipt"),
        (WindowSaid(30, "calendar_days", "date_on_bill"), "unknown", None, None, "notice"),
        ("nothing", "nothing", None, None, "notice"),
        (None, "unknown", None, None, "notice"),
    ],
)  # fmt: skip
def test_a_window_becomes_the_answer_of_the_denial_form(window, says, days, day, counts_from):
    answer = denial_answer("d", "denial", window, NOTICE, None)
    assert (answer.letter_says, answer.letter_days) == (says, days)
    assert (answer.letter_date, answer.letter_counts_from) == (day, counts_from)
    if days:
        assert answer.letter_unit == window.unit


def test_of_a_printed_day_and_a_number_of_days_the_earlier_counts():
    early = WindowSaid(60, "calendar_days", "date_of_notice", due=date(2026, 9, 1))
    late = WindowSaid(60, "calendar_days", "date_of_notice", due=date(2026, 12, 1))
    assert denial_answer("d", "denial", early, NOTICE, None).letter_date == date(2026, 9, 1)
    assert denial_answer("d", "denial", late, NOTICE, None).letter_days == 60


def test_an_answer_to_an_appeal_is_at_least_the_second_no():
    assert denial_answer("d", "appeal_decision", None, NOTICE, None).level == 2
    outside = WindowSaid(4, "months", "receipt", level="external")
    assert denial_answer("d", "appeal_decision", outside, NOTICE, None).level == 3


def test_a_day_is_kept_without_asking_only_where_nothing_is_in_doubt():
    window = WindowSaid(180, "calendar_days", "receipt")
    row = FactRow(name="appeal_window", value=window, score=0.9)
    dated = FactRow(name="letter_date", value="2026-08-03", score=0.9)
    doubtful = FactRow(name="letter_date", value="2026-08-03", score=0.5)
    vague = FactRow(name="appeal_window", value=WindowSaid(180, "calendar_days"), score=0.9)
    assert is_sure("denial", row, "w", dated, typed=False)
    assert not is_sure("denial", row, "w", doubtful, typed=False)
    assert is_sure("denial", row, "w", doubtful, typed=True)
    assert not is_sure("denial", vague, "w", dated, typed=False)
    assert not is_certain(vague.value)
    assert not is_sure("appeal_decision", row, "w", dated, typed=False)
    assert not is_sure("denial", None, None, dated, typed=False)


def test_only_a_paper_that_asks_for_something_names_a_day_to_act():
    window = WindowSaid(45, "calendar_days", "date_of_notice")
    assert day_to_act("information_request", window, NOTICE) == date(2026, 9, 17)
    assert day_to_act("information_request", window, None) is None
    assert day_to_act("information_request", WindowSaid(45, "calendar_days"), NOTICE) is None
    assert day_to_act("eob", window, NOTICE) is None
    assert day_to_act("denial", window, NOTICE) is None


def test_news_fill_what_was_not_touched_and_leave_what_was():
    before = Draft(kind="eob", sender="Harbor")
    now = Draft(kind="denial", sender="Harbor", note="call Dana")
    fresh = Draft(kind="eob", sender="Harbor Mutual", dated="8/3/2026")
    assert carried(now, before, fresh) == Draft(
        kind="denial", sender="Harbor Mutual", dated="8/3/2026", note="call Dana"
    )
