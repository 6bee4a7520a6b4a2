"""The call card: at hand what one needs, and nothing typed is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from app.binder import Binder
from app.domain.errors import UserError
from app.operations import claims, people, representatives
from app.operations.call_drafts import kept_call_draft
from app.storage.queries.calls import call_rows
from app.storage.queries.dates import due_rows
from tests.ui.calendar_makers import words
from tests.ui.calling import late_promise, settled
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import deny, rosas_household
from ui.dialogs.call_clock import CallClock
from ui.pages import call_steps
from ui.pages.call_found import look_for_notes
from ui.pages.calls import CallsPage

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def home(binder):
    return rosas_household(binder)


@pytest.fixture
def page(desk, shell, qtbot):
    made = CallsPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    return made


@pytest.fixture
def card(desk, shell, home, qtbot):
    made = call_steps.log_call(desk, shell, home.claim.id)
    yield made
    if shiboken6.isValid(made):
        made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def again(desk, shell, card):
    """Close the card and open it anew, as after a restart."""
    card.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return call_steps.log_call(desk, shell)


def test_the_card_has_every_number_at_hand_and_all_by_keyboard(card, binder, home):
    deny(binder, home.claim)
    late_promise(binder, home.claim)
    card.begin(card._now())
    said = words(card)
    for fact in ("555-0142", "HM-1", "20260214-77", "Rosa Alvarez, born Apr 2, 1961", "R-9",
                 "mail the policy", "8 days ago"):  # fmt: skip
        assert fact in said
    show_active(card)
    check_widget(card)
    assert card.fields.phone.value() == "555-0142"


def test_the_card_stays_on_top_and_the_window_behind_stays_usable(card, page, qtbot):
    assert card.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not card.isModal()
    assert card.parentWidget() is None
    page.show()
    qtbot.waitExposed(page)
    QTest.mouseClick(page._empty.go, Qt.MouseButton.LeftButton)  # the same card comes to the front
    assert call_steps.open_card(page._desk) is card


def test_a_call_with_a_promise_is_saved_as_one_step_with_the_clocks_minutes(
    card, binder, shell, home
):
    ticks = [100.0]
    card.clock._now = lambda: ticks[0]
    card.clock.begin()
    ticks[0] += 17 * 60 + 12
    card.clock._tick()
    assert card.clock.words.text() == "17:12"
    card.fields.with_whom.set_value("Dana at Harbor Mutual")
    card.fields.outcome.set_value("They look again")
    card.fields.promise.set_value("a letter")
    card.fields.promise_by.set_value(date(2026, 9, 4))
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (row,) = binder.ask(call_rows)
    assert (row.with_whom, row.outcome, row.minutes) == (
        "Dana at Harbor Mutual", "They look again", 17,
    )  # fmt: skip
    assert row.claim_id == home.claim.id
    assert [item.last_day for item in binder.ask(due_rows)] == [date(2026, 9, 4)]
    assert "September 4" in shell.said[-1]
    assert kept_call_draft(binder) is None
    assert binder.undo() == "Log a call"
    assert binder.ask(call_rows) == ()
    assert binder.ask(due_rows) == ()


def test_the_clock_stops_goes_on_and_tells_hours(qtbot):
    ticks = [0.0]
    clock = CallClock(lambda: ticks[0])
    qtbot.addWidget(clock)
    clock.begin()
    ticks[0] = 59
    clock.turn.click()
    ticks[0] = 500
    clock._tick()
    assert (clock.words.text(), clock.turn.text()) == ("00:59", "Start the clock")
    clock.turn.click()
    ticks[0] += 3601
    clock._tick()
    assert clock.words.text() == "1:01:00"
    assert "61 minutes" in clock.words.accessibleName()
    assert clock.minutes == 61


def test_a_draft_is_kept_while_typing_but_only_when_it_changed(card, desk, binder, qtbot):
    card._look()
    assert not desk.quick.busy  # nothing was typed yet
    card.fields.note.set_value("On hold with Dana")
    card._look()
    settled(qtbot, desk)
    assert kept_call_draft(binder).note == "On hold with Dana"
    card._look()
    assert not desk.quick.busy
    card.fields.promise_by.edit.setText("9/")  # half a day is kept as it stands
    card._look()
    settled(qtbot, desk)
    assert kept_call_draft(binder).promise_by == "9/"
    assert binder.labels().undo == "Open a claim"  # no undo step of its own


def test_a_closed_card_is_found_again_and_can_go_on(card, desk, shell, binder, qtbot):
    card.fields.with_whom.set_value("Dana")
    card.fields.promise.set_value("a letter")
    card.clock.begin(90)
    found = again(desk, shell, card)
    assert "You were in a call on Tuesday, August 18" in found.found.text()
    assert found.fields.with_whom.value() == "Dana"
    assert not found.clock.runs
    show_active(found)
    check_widget(found)
    found.go_on.click()
    assert found.clock.runs
    assert found.clock.seconds >= 90
    assert found.strip.isHidden()
    found.save.click()
    (row,) = binder.ask(call_rows)
    assert (row.with_whom, row.promise, row.minutes) == ("Dana", "a letter", 2)
    assert kept_call_draft(binder) is None


def test_found_notes_can_be_saved_first_and_the_new_call_begins(card, desk, shell, binder):
    card.fields.note.set_value("the first call")
    found = again(desk, shell, card)
    found.save_found.click()
    assert [row.note for row in binder.ask(call_rows)] == ["the first call"]
    assert kept_call_draft(binder) is None
    assert found.is_untouched
    assert found.clock.runs
    found.fields.note.set_value("the second call")
    found.save.click()
    assert {row.note for row in binder.ask(call_rows)} == {"the first call", "the second call"}


def test_found_notes_can_be_thrown_away_and_brought_back(card, desk, shell, binder):
    card.fields.note.set_value("the first call")
    found = again(desk, shell, card)
    found.throw.click()
    assert kept_call_draft(binder) is None
    assert found.is_untouched
    found.bring_back.click()
    assert found.fields.note.value() == "the first call"
    found.close()
    assert kept_call_draft(binder).note == "the first call"


def test_closing_an_untouched_card_keeps_nothing(card, desk, shell, binder):
    card.close()
    assert kept_call_draft(binder) is None
    found = again(desk, shell, card)
    assert found.strip.isHidden()
    found.fields.note.set_value("x")
    found._look()
    found.fields.note.set_value("")
    found.close()
    assert kept_call_draft(binder) is None


def test_what_is_written_late_never_brings_a_saved_call_back(card, desk, binder, qtbot):
    card.fields.note.set_value("on hold")
    card._look()
    card.save.click()
    settled(qtbot, desk)
    assert len(binder.ask(call_rows)) == 1
    assert kept_call_draft(binder) is None


def test_notes_that_cannot_be_kept_are_said_and_tried_again(card, desk, binder, qtbot, monkeypatch):
    def full(*_):
        raise UserError("The disk is full. Make room on it.")

    with monkeypatch.context() as broken:
        broken.setattr("ui.dialogs.call_keeper.keep_call_draft", full)
        card.fields.note.set_value("on hold")
        card._look()
        settled(qtbot, desk)
        assert "The disk is full" in card.problem.text
        card.close()
        assert card.isVisible()  # nothing is lost
    card._look()
    settled(qtbot, desk)
    assert kept_call_draft(binder).note == "on hold"


def test_the_card_knows_what_was_changed_in_the_window_meanwhile(card, binder, home):
    show_active(card)
    other = claims.open_claim(binder, "Knee scan")
    people.change_plan(binder, replace(home.plan, group_number="GRP 88"))
    card.fields.note.set_value("on hold")
    card.look_again()
    assert "GRP 88" in words(card)
    assert card.fields.note.value() == "on hold"
    card.fields.claim.set_value(other.id)
    assert card.fields.claim.currentText() == "Knee scan"
    assert card.fields.phone.value() == ""  # this claim has no plan
    card.fields.phone.set_value("555-0199")
    card.fields.claim.set_value(home.claim.id)
    assert card.fields.phone.value() == "555-0199"  # what was typed stays


def test_a_card_that_is_open_comes_to_the_front(card, desk, shell, binder, home):
    other = claims.open_claim(binder, "Knee scan")
    card.look_again()
    assert call_steps.log_call(desk, shell, other.id) is card
    assert card.fields.claim.value() == other.id  # nothing was typed yet
    card.fields.note.set_value("on hold")
    assert call_steps.log_call(desk, shell, home.claim.id) is card
    assert card.fields.claim.value() == other.id
    assert card.fields.note.value() == "on hold"


def test_a_refusal_leaves_everything_on_the_card(card, binder):
    card.fields.promise_by.set_value(date(2026, 9, 4))
    card.save.click()
    assert "whom you spoke with" in card.problem.text
    card.fields.note.set_value("on hold")
    card.save.click()
    assert "What did they promise" in card.problem.text
    assert binder.ask(call_rows) == ()
    card.fields.promise.set_value("a letter")
    card.save.click()
    assert len(binder.ask(call_rows)) == 1


def test_a_call_of_another_time_has_its_own_day_time_and_minutes(card, binder):
    card.earlier.click()
    card.fields.note.set_value("They called back")
    card.fields.on.set_value(date(2026, 8, 14))
    card.fields.at.set_value("late")
    card.save.click()
    assert "not a time" in card.problem.text
    card.fields.at.set_value("2:05 pm")
    card.fields.minutes.set_value(9)
    card.save.click()
    (row,) = binder.ask(call_rows)
    assert row.called_at.astimezone().strftime("%Y-%m-%d %H:%M") == "2026-08-14 14:05"
    assert row.minutes == 9


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (None, "No form is kept here yet"),
        ({"sent_on": date(2026, 3, 3)}, "the form is not complete. Form sent on Mar 3, 2026"),
        ({}, "The form was not sent yet"),
    ],
)
def test_the_card_says_whether_one_may_speak(card, binder, home, known, said):
    sam = people.add_person(binder, "Sam Reed", relation="helper")
    binder.author_id = sam.id
    if known is not None:
        representatives.add_representative(
            binder, home.rosa.id, "Sam Reed", helper_id=sam.id, **known
        )
    card.begin(card._now())
    assert "Are you allowed to speak for Rosa Alvarez?" in words(card)
    assert said in words(card)
    binder.author_id = home.rosa.id  # nobody asks that of the patient
    card.begin(card._now())
    assert "Are you allowed" not in words(card)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_card_can_be_read_at_every_size(  # noqa: PLR0917 - fixtures
    card, style, binder, home, qtbot, theme, percent
):
    late_promise(binder, home.claim)
    style.choose_theme(theme)
    style.choose_percent(percent)
    card.begin(card._now())
    show_active(card)
    card.resize(760, 700)
    qtbot.waitUntil(lambda: not cut_words(card))  # what scrolls makes room once it has its width
    check_widget(card)


# ------------------------------------------------------------------------- after a crash


_TYPES_AND_DIES = """
import os, signal, sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.binder import Binder
from app.operations.call_drafts import kept_call_draft
from tests.ui.conftest import DrawnReader, ScriptedShell
from ui.bridges import JobBridge
from ui.desk import Desk
from ui.memory import Memory
from ui.pages.call_steps import log_call
from ui.style import Style

app = QApplication([])
style = Style(app, "light", 100)
binder = Binder.open(Path(sys.argv[1]))
desk = Desk(binder=binder, jobs=JobBridge(), quick=JobBridge(lanes=2), reader=DrawnReader(),
            memory=Memory(Path(sys.argv[1]) / "settings.json"), today=date.today,
            author=lambda: None)
card = log_call(desk, ScriptedShell(desk.jobs))
card.fields.with_whom.setText("Dana, on hold")

def look():
    if kept_call_draft(binder):
        os.kill(os.getpid(), signal.SIGKILL)

watch = QTimer()
watch.timeout.connect(look)
watch.start(50)
app.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_notes_outlive_a_program_that_is_killed(tmp_path, qtbot, desk, shell):
    with Binder.create(tmp_path / "killed"):
        pass
    run = subprocess.run(
        [sys.executable, "-c", _TYPES_AND_DIES, str(tmp_path / "killed")],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=False, timeout=50,
        capture_output=True,
    )  # fmt: skip
    assert run.returncode == -signal.SIGKILL, run.stderr
    with Binder.open(tmp_path / "killed") as reopened:
        there = replace(desk, binder=reopened)
        look_for_notes(there, shell)
        settled(qtbot, there)
        assert "You were in a call" in shell.said[-1]
        shell.actions[-1].run()
        card = call_steps.open_card(there)
        assert card.fields.with_whom.value() == "Dana, on hold"
        card.save_found.click()
        assert [row.with_whom for row in reopened.ask(call_rows)] == ["Dana, on hold"]
        card.close()


def test_without_notes_nothing_is_said_at_the_start(desk, shell, qtbot):
    look_for_notes(desk, shell)
    settled(qtbot, desk)
    assert shell.said == []


def test_ctrl_shift_c_logs_a_call_from_anywhere(window, door):
    QTest.keySequence(window, QKeySequence("Ctrl+Shift+C"))
    assert door.called == 1
