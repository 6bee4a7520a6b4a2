from __future__ import annotations

import gc
import threading
import weakref

import pytest

from ui import forgotten
from ui.forgotten import ForgottenObjects


class Ring:
    """An object that holds itself: only a look for forgotten objects takes it apart."""

    def __init__(self):
        self.itself = self


def _forget(number):
    rings = [Ring() for _ in range(number)]
    return [weakref.ref(each) for each in rings]


@pytest.fixture
def looked_for(qapp):
    made = ForgottenObjects()
    yield made
    made.deleteLater()


def test_no_thread_of_a_job_takes_a_ring_of_objects_apart(looked_for):
    before = weakref.ref(Ring())
    made = []
    thread = threading.Thread(target=lambda: made.extend(_forget(20 * gc.get_threshold()[0])))
    thread.start()
    thread.join()
    assert before() is not None
    assert all(each() is not None for each in made)


def test_the_window_s_own_thread_does_in_time(qtbot, looked_for):
    gone_in = []
    ring = Ring()
    weakref.finalize(ring, lambda: gone_in.append(threading.current_thread()))
    del ring
    kept = _forget(2 * gc.get_threshold()[0])
    qtbot.waitUntil(lambda: bool(gone_in))
    assert gone_in == [threading.main_thread()]
    assert all(each() is None for each in kept)


@pytest.mark.parametrize(
    ("counts", "looks"),
    [((0, 0, 0), []), ((701, 3, 2), [0]), ((701, 11, 2), [1]), ((1, 2, 11), [2])],
)
def test_the_oldest_age_that_is_due_is_looked_at(monkeypatch, counts, looks):
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    done = []
    forgotten.look(done.append)
    assert done == looks


def test_the_records_of_a_large_binder_are_not_looked_at(monkeypatch):
    monkeypatch.setattr(gc, "get_count", lambda: (150_000, 3, 11))
    monkeypatch.setattr(gc, "freeze", lambda: done.append("kept"))
    done = []
    forgotten.look(done.append)
    assert done == ["kept"]
