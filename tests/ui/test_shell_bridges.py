from __future__ import annotations

import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject

from app.changes import ChangeFeed, Changes
from app.domain.errors import UserError
from ui.bridges import ChangeBridge, JobBridge, merged
from ui.errors import ErrorDesk, without_contents

MAIN = threading.main_thread


def test_work_runs_elsewhere_and_its_end_is_heard_in_the_window_s_thread(qtbot, jobs):
    threads = {}

    def work(progress):
        threads["work"] = threading.current_thread()
        return 7

    def done(result):
        threads["done"] = threading.current_thread()
        threads["result"] = result

    jobs.run("Counting", work, done)
    qtbot.waitUntil(lambda: "done" in threads)
    assert threads["work"] is not MAIN()
    assert (threads["done"], threads["result"]) == (MAIN(), 7)


def test_a_failure_goes_to_who_asked_or_else_to_everyone(qtbot, jobs):
    failed, heard = [], []
    jobs.failed.connect(heard.append)

    def work(progress):
        raise UserError("The disk is full. Make some room.")

    jobs.run("A", work, on_failed=failed.append)
    qtbot.waitUntil(lambda: len(failed) == 1)
    assert heard == []
    with qtbot.waitSignal(jobs.failed):
        jobs.run("B", work)
    assert str(heard[0]) == "The disk is full. Make some room."


def test_of_many_steps_the_newest_is_heard_and_the_window_is_not_flooded(qtbot, jobs):
    steps, ended = [], []
    jobs.happened.connect(lambda event: steps.append(event.done) if event.what == "step" else None)
    all_sent = threading.Event()

    def work(progress):
        for number in range(1, 20_001):
            progress.step(number, 20_000)
        all_sent.set()

    jobs.run("Many", work, lambda _: ended.append(1))
    assert all_sent.wait(10)
    qtbot.waitUntil(lambda: bool(ended))
    assert steps[-1] == 20_000
    assert steps == sorted(steps)
    assert len(steps) < 5


def test_cancelled_work_stops_at_its_next_step_and_calls_nobody(qtbot, jobs):
    begun, heard, called = threading.Event(), [], []
    jobs.happened.connect(lambda event: heard.append(event.what))
    free = threading.Event()

    def work(progress):
        begun.set()
        free.wait(10)
        progress.step(1, 2)
        raise AssertionError("went on after Cancel")

    job = jobs.run("Long", work, called.append, called.append)
    assert begun.wait(10)
    jobs.cancel(job.id)
    free.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert (heard[-1], called) == ("cancelled", [])


def test_nobody_is_called_who_is_gone(qtbot, jobs):
    owner, called, free = QObject(), [], threading.Event()
    jobs.run("", lambda progress: free.wait(10), called.append, owner=owner)
    shiboken6.delete(owner)
    with qtbot.waitSignal(jobs.idle):
        free.set()
    assert called == []


def test_idle_is_told_when_the_last_job_has_ended(qtbot, jobs):
    with qtbot.waitSignal(jobs.idle):
        for _ in range(5):
            jobs.run("", lambda progress: None)
    assert not jobs.busy


def test_a_closed_bridge_begins_nothing(qapp):
    bridge = JobBridge()
    bridge.close()
    ran = []
    bridge.run("", lambda progress: ran.append(1))
    assert (ran, bridge.busy) == ([], False)


def test_a_change_made_on_a_thread_is_heard_in_the_window_s_thread(qtbot):
    feed, heard = ChangeFeed(), []
    bridge = ChangeBridge(feed)
    bridge.changed.connect(lambda changes: heard.append((changes, threading.current_thread())))
    changes = Changes("Log call", {"call": frozenset({"1"})})
    thread = threading.Thread(target=feed.publish, args=(changes,))
    thread.start()
    thread.join()
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(changes, MAIN())]


def test_many_changes_arrive_together_and_none_is_lost(qtbot):
    feed, heard = ChangeFeed(), []
    bridge = ChangeBridge(feed, gap_ms=100)
    bridge.changed.connect(heard.append)
    for number in range(500):
        feed.publish(Changes(f"Add {number}", {"document": frozenset({str(number)})}))
    qtbot.waitUntil(lambda: sum(len(each.ids["document"]) for each in heard) == 500)
    assert len(heard) <= 3
    assert heard[-1].label == "Add 499"


def test_a_closed_bridge_hears_no_change(qtbot):
    feed, heard = ChangeFeed(), []
    bridge = ChangeBridge(feed)
    bridge.changed.connect(heard.append)
    bridge.close()
    feed.publish(Changes("x", {"call": frozenset({"1"})}))
    other = ChangeBridge(feed)
    with qtbot.waitSignal(other.changed):
        feed.publish(Changes("y", {"call": frozenset({"1"})}))
    assert heard == []


def test_a_bridge_that_went_with_its_parent_needs_no_closing(qtbot):
    feed, heard = ChangeFeed(), []
    parent = QObject()
    bridge = ChangeBridge(feed, parent=parent)
    bridge.changed.connect(heard.append)
    shiboken6.delete(parent)
    feed.publish(Changes("x", {"call": frozenset({"1"})}))
    assert (heard, feed._listeners) == ([], [])


def test_merged_changes_say_all_that_each_said():
    one = Changes("a", {"call": frozenset({"1"})})
    two = Changes("b", {"call": frozenset({"2"}), "claim": frozenset({"3"})})
    both = merged([one, two])
    assert both.label == "b"
    assert both.ids == {"call": {"1", "2"}, "claim": {"3"}}


@pytest.fixture
def hooks(errors: ErrorDesk):
    errors.install()
    yield errors
    errors.uninstall()


def test_a_bug_is_told_once_and_logged_each_time_without_contents(
    qtbot, errors, expected_warnings, caplog
):
    expected_warnings("A mistake of the program")
    told = []
    errors.told.connect(told.append)

    def sin():
        secret = "Ruth Alder, G93.32"
        raise KeyError(secret)

    for _ in range(3):
        try:
            sin()
        except KeyError as error:
            errors.report(error)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert "saved before is safe" in str(told[0])
    assert len(caplog.records) == 3
    assert "sin" in caplog.text
    assert "Ruth" not in caplog.text


def test_a_problem_of_the_person_s_own_is_shown_as_it_stands_each_time(qtbot, errors):
    told = []
    errors.told.connect(lambda error: told.append(str(error)))
    for _ in range(2):
        errors.report(UserError("The file is open elsewhere. Close it there."))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0] == "The file is open elsewhere. Close it there."


def test_an_error_of_any_thread_reaches_the_window(qtbot, hooks, expected_warnings):
    expected_warnings("A mistake of the program")
    told = []
    hooks.told.connect(lambda error: told.append(threading.current_thread()))
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: told == [MAIN()])


def test_the_causes_of_an_error_are_logged_by_kind_and_place():
    try:
        try:
            int("a secret")
        except ValueError as error:
            raise RuntimeError("another secret") from error
    except RuntimeError as error:
        lines = without_contents(error)
    assert "RuntimeError" in lines
    assert "ValueError" in lines
    assert "secret" not in lines


def test_work_is_let_go_in_the_window_s_thread(qtbot, jobs):
    gone_in, heard = [], []

    class Window:
        def work(self, progress):
            return 7

    window = Window()
    weakref.finalize(window, lambda: gone_in.append(threading.current_thread()))
    jobs.run("Counting", window.work, heard.append)
    del window
    qtbot.waitUntil(lambda: bool(gone_in))
    assert heard == [7]
    assert gone_in == [MAIN()]
