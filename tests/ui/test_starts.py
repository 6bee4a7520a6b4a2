"""A start at login throws no window in anybody's face; a second start brings the window up."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

import ui.main as program
from app.domain.errors import BinderUnusableError, UserError
from app.operations import dates
from tests.ui.conftest import NOW, TODAY
from tests.ui.household import deny, rosas_household
from ui.doorbell import Doorbell, doorbells, ring
from ui.login_start import AT_LOGIN
from ui.opening import open_binder
from ui.quiet_start import Surroundings, open_at_login
from ui.tray import bring_up

NO_TRAY = Surroundings(tray=lambda: False, panel_ms=0)

# ------------------------------------------------------------------------ a start at login


@pytest.fixture
def root(binder) -> Path:
    """A binder that another program may open now."""
    binder.close()
    return binder.root


def at_login(root, memory, around=NO_TRAY):
    opened = open_at_login(root, memory, lambda: NOW, TODAY, around)
    if opened:
        opened.binder.close()
    return opened


def test_with_a_tray_it_waits_there(qapp, root, memory):
    opened = at_login(root, memory, Surroundings(tray=lambda: True))
    assert opened
    assert opened.in_background


def test_a_tray_that_comes_late_is_waited_for(qapp, root, memory):
    looks = iter([False, True])
    opened = at_login(root, memory, Surroundings(tray=lambda: next(looks), panel_ms=1))
    assert opened
    assert opened.in_background


def test_without_a_tray_the_window_opens_if_something_is_due(qapp, binder, memory):
    dates.add_own_date(binder, "Call", TODAY + timedelta(days=7))
    binder.close()
    opened = at_login(binder.root, memory)
    assert opened
    assert not opened.in_background


def test_without_a_tray_the_window_opens_if_a_denial_has_no_date(qapp, binder, memory):
    deny(binder, rosas_household(binder).claim, confirmed=False)
    binder.close()
    assert at_login(binder.root, memory)


def test_without_a_tray_and_with_nothing_due_it_ends_and_leaves_the_binder_free(qapp, root, memory):
    assert at_login(root, memory) is None
    open_binder(root, memory, lambda: NOW).binder.close()


def test_where_there_never_was_a_binder_none_is_begun_at_login(qapp, memory, tmp_path):
    assert at_login(tmp_path / "none", memory) is None
    assert not (tmp_path / "none").exists()


def test_a_binder_whose_disk_is_missing_is_told_of_at_login(qapp, memory, tmp_path):
    memory.choose(binder=str(tmp_path / "usb" / "binder"))
    with pytest.raises(UserError, match="Connect its disk, then open ClaimBinder"):
        at_login(tmp_path / "none", memory)


# --------------------------------------------------------------------------- a second start


def test_a_second_start_is_heard_by_the_window_with_this_binder_alone(qtbot, tmp_path, window):
    heard: list[str] = []
    bells, mine, other = tmp_path / "bells", tmp_path / "mine", tmp_path / "other"
    for root in (mine, other):
        Doorbell(bells, root, lambda root=root: heard.append(root.name), window)
    answers: list[bool] = []
    caller = threading.Thread(target=lambda: answers.append(ring(bells, mine)))
    caller.start()
    qtbot.waitUntil(lambda: bool(answers))
    caller.join()
    assert (answers, heard) == ([True], ["mine"])
    assert not list(bells.iterdir())


def test_a_window_that_is_closed_answers_no_more(qtbot, tmp_path, window):
    heard: list[int] = []
    bell = Doorbell(tmp_path / "bells", tmp_path, lambda: heard.append(1), window)
    bell.fall_silent()
    answers: list[bool] = []
    caller = threading.Thread(
        target=lambda: answers.append(ring(tmp_path / "bells", tmp_path, patience_s=0.1))
    )
    caller.start()
    qtbot.waitUntil(lambda: bool(answers))
    caller.join()
    assert (answers, heard) == ([False], [])


def test_nobody_answers_and_nothing_is_left_of_the_ring(tmp_path):
    assert not ring(tmp_path / "bells", tmp_path / "mine", patience_s=0)
    assert not list((tmp_path / "bells").iterdir())


def test_who_rang_before_the_window_was_there_is_heard_too(qtbot, tmp_path, window):
    heard: list[int] = []
    bells, answers = tmp_path / "bells", []
    caller = threading.Thread(target=lambda: answers.append(ring(bells, tmp_path / "mine")))
    caller.start()
    qtbot.waitUntil(lambda: bells.is_dir() and bool(list(bells.iterdir())))
    Doorbell(bells, tmp_path / "mine", lambda: heard.append(1), window)
    caller.join()
    assert (answers, heard) == ([True], [1])


def test_a_folder_that_cannot_be_written_to_is_no_answer_and_no_error(tmp_path, window):
    (tmp_path / "file").touch()
    Doorbell(tmp_path / "file" / "bells", tmp_path, lambda: None, window)
    assert not ring(tmp_path / "file" / "bells", tmp_path)


def test_a_binder_that_is_open_elsewhere_still_says_so_where_nobody_answers(binder, memory):
    with pytest.raises(BinderUnusableError, match="open in another window"):
        open_binder(binder.root, memory, lambda: NOW)


@pytest.fixture
def start(qapp, style, memory, errors, jobs):
    """Begin as the program does with these words; return what it opened."""

    def begin(*words: object):
        asked = program._words(list(map(str, words)))
        return program._first(program.Started(qapp, style, memory, errors, asked), jobs)

    return begin


def test_starting_the_program_again_brings_the_window_up_and_ends(qtbot, binder, window, start):
    Doorbell(doorbells(), binder.root, lambda: bring_up(window), window)
    window.hide()
    opened: list[object] = []
    second = threading.Thread(target=lambda: opened.append(start("--binder", binder.root)))
    second.start()
    qtbot.waitUntil(lambda: bool(opened))
    second.join()
    assert (opened, window.isVisible()) == ([None], True)
    assert not list(doorbells().iterdir())


def test_at_login_nothing_is_begun_that_is_begun_by_hand(start, tmp_path):
    assert start(AT_LOGIN, "--binder", tmp_path / "none") is None
    assert not (tmp_path / "none").exists()
