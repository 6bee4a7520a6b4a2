"""Workers as the rest of the program meets them: answers, refusals, crashes, time, Cancel."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import psutil
import pytest

from app.jobs import Cancelled
from app.workers import (
    Limits,
    TaskRefused,
    WorkerDied,
    WorkerError,
    WorkerPool,
    WorkerTimedOut,
)

TASKS = "tests.workers.tasks:"
ROOMS = ("tests.workers",)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, rooms=ROOMS) as made:
        yield made


def pid_of(pool: WorkerPool) -> int:
    return pool.call(TASKS + "process", {}).values["pid"]


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "it never happened"
        threading.Event().wait(0.01)


def test_values_and_blobs_come_back_as_they_were_sent(pool: WorkerPool) -> None:
    values = {"text": "Zoë ☂ \ud83d", "number": 1.5, "list": [None, True, {"deep": []}]}
    blobs = (b"", os.urandom(300_000), b"\0\n")
    reply = pool.call(TASKS + "echo", values, blobs=blobs)
    assert reply.values == {"heard": values}
    assert reply.blobs == blobs


def test_a_worker_is_another_process_and_serves_many_calls(pool: WorkerPool) -> None:
    first, second = pid_of(pool), pid_of(pool)
    assert first == second != os.getpid()


def test_a_stream_gives_each_item_before_the_next_is_made(pool: WorkerPool) -> None:
    replies = pool.stream(TASKS + "count_then_hang", {"upto": 3}, seconds=20)
    assert [reply.values["number"] for reply in islice(replies, 3)] == [0, 1, 2]
    replies.close()


def test_a_whole_stream_leaves_its_worker_ready_for_the_next_task(pool: WorkerPool) -> None:
    before = pid_of(pool)
    replies = list(pool.stream(TASKS + "count", {"upto": 50, "size": 100_000}))
    assert [reply.values["number"] for reply in replies] == list(range(50))
    assert all(len(reply.blobs[0]) == 100_000 for reply in replies)
    assert pid_of(pool) == before


def test_leaving_a_stream_early_costs_only_that_worker(pool: WorkerPool) -> None:
    before = pid_of(pool)
    replies = pool.stream(TASKS + "count", {"upto": 10_000, "size": 10_000})
    next(replies)
    replies.close()
    assert pid_of(pool) != before


@pytest.mark.parametrize("kind", ["password", "unreadable", "user"])
def test_a_refusal_comes_back_in_words_with_its_kind(pool: WorkerPool, kind: str) -> None:
    before = pid_of(pool)
    with pytest.raises(TaskRefused) as caught:
        pool.call(TASKS + "refuse", {"kind": kind})
    assert caught.value.sentence == "This is refused. Choose another."
    assert caught.value.kind == kind
    assert pid_of(pool) == before


def test_a_crash_costs_one_call_and_tells_the_log_why(pool: WorkerPool) -> None:
    before = pid_of(pool)
    with pytest.raises(WorkerDied) as caught:
        pool.call(TASKS + "crash", {})
    assert "about to crash" in caught.value.last_words
    assert pid_of(pool) != before


def test_a_bug_in_a_task_ends_its_worker(pool: WorkerPool) -> None:
    with pytest.raises(WorkerDied) as caught:
        pool.call(TASKS + "fail", {})
    assert "ZeroDivisionError" in caught.value.last_words


def test_a_crash_inside_a_stream_comes_after_the_items_before_it(pool: WorkerPool) -> None:
    seen: list[int] = []
    with pytest.raises(WorkerDied):
        seen.extend(
            reply.values["number"] for reply in pool.stream(TASKS + "count_then_crash", {"upto": 4})
        )
    assert seen == [0, 1, 2, 3]


def test_a_task_that_hangs_is_ended_in_time(pool: WorkerPool) -> None:
    before = pid_of(pool)
    with pytest.raises(WorkerTimedOut):
        pool.call(TASKS + "hang", {}, seconds=0.2)
    assert not psutil.pid_exists(before)
    assert pid_of(pool) != before


def test_the_time_limit_is_for_each_item_and_not_for_the_reader(pool: WorkerPool) -> None:
    replies = pool.stream(TASKS + "count_then_hang", {"upto": 3}, seconds=0.8)
    for _ in range(3):
        next(replies)
        threading.Event().wait(0.4)  # our own work between two items
    with pytest.raises(WorkerTimedOut):
        next(replies)


def test_a_late_worker_is_ended_while_another_caller_waits_for_one(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(2) as callers:
        hanging = callers.submit(pool.call, TASKS + "hang", {}, seconds=0.5)
        other = callers.submit(pool.call, TASKS + "echo", {"a": 1})
        assert isinstance(hanging.exception(), WorkerTimedOut)
        assert other.result().values == {"heard": {"a": 1}}


def test_stop_ends_a_running_task(pool: WorkerPool) -> None:
    stop = threading.Event()
    with ThreadPoolExecutor(1) as callers:
        running = callers.submit(pool.call, TASKS + "hang", {}, stop=stop.is_set)
        wait_until(lambda: bool(psutil.Process().children()))
        assert not running.done()
        stop.set()
        assert isinstance(running.exception(timeout=10), Cancelled)


def test_stop_ends_the_wait_for_a_free_worker(pool: WorkerPool) -> None:
    busy = pool.stream(TASKS + "count_then_hang", {"upto": 1})
    next(busy)
    with pytest.raises(Cancelled):
        pool.call(TASKS + "echo", {}, stop=lambda: True)
    busy.close()


def test_two_workers_work_at_the_same_time() -> None:
    with WorkerPool(2, rooms=ROOMS) as pool:
        one = pool.stream(TASKS + "process", {})
        other = pool.stream(TASKS + "process", {})
        assert next(one).values["pid"] != next(other).values["pid"]
        one.close()
        other.close()


def test_many_callers_share_few_workers() -> None:
    with WorkerPool(2, rooms=ROOMS) as pool, ThreadPoolExecutor(8) as callers:
        pids = list(callers.map(lambda _: pid_of(pool), range(100)))
    assert 1 <= len(set(pids)) <= 2


def test_a_worker_outlives_the_thread_that_first_needed_it(pool: WorkerPool) -> None:
    """On Linux the wish to die with one's parent means the parent's *thread*."""
    pids: list[int] = []
    thread = threading.Thread(target=lambda: pids.append(pid_of(pool)))
    thread.start()
    thread.join()
    assert [pid_of(pool) for _ in range(20)] == pids * 20


def test_idle_workers_are_ended() -> None:
    with WorkerPool(1, rooms=ROOMS, idle_seconds=0.05) as pool:
        before = pid_of(pool)
        wait_until(lambda: not psutil.pid_exists(before))
        assert pid_of(pool) != before


@pytest.mark.parametrize(
    "task", ["os:system", "app.storage.vault:remove", "app.importing", "app.importingx:f", "a b:c"]
)
def test_only_tasks_of_the_two_rooms_are_run(task: str) -> None:
    with WorkerPool(1) as pool, pytest.raises(ValueError, match="not a task"):
        pool.call(task, {})


def test_a_task_that_streams_is_not_mistaken_for_a_call(pool: WorkerPool) -> None:
    with pytest.raises(WorkerError, match="2 replies"):
        pool.call(TASKS + "count", {"upto": 2})


def test_closing_ends_what_runs_and_may_be_done_twice() -> None:
    pool = WorkerPool(1, rooms=ROOMS)
    with ThreadPoolExecutor(1) as callers:
        running = callers.submit(pool.call, TASKS + "hang", {})
        wait_until(lambda: bool(psutil.Process().children()))
        pool.close()
        assert isinstance(running.exception(timeout=10), Cancelled)
    pool.close()
    with pytest.raises(Cancelled):
        pool.call(TASKS + "echo", {})


def test_closing_ends_a_stream_that_nobody_reads_on() -> None:
    pool = WorkerPool(1, rooms=ROOMS)
    replies = pool.stream(TASKS + "count_then_hang", {"upto": 1})
    next(replies)
    pool.close()
    with pytest.raises(Cancelled):
        next(replies)


def test_limits_can_be_smaller_for_a_whole_pool() -> None:
    with (
        WorkerPool(1, Limits(seconds=0.2), rooms=ROOMS) as pool,
        pytest.raises(WorkerTimedOut),
    ):
        pool.call(TASKS + "hang", {})


def test_folders_of_a_program_that_crashed_are_removed(home: Path) -> None:
    gone = psutil.Popen(["true"])
    gone.wait()
    left = home / "tmp" / f"claimbinder-workers-{gone.pid}-x"
    ours = home / "tmp" / f"claimbinder-workers-{os.getpid()}-other"
    left.mkdir()
    ours.mkdir()
    (left / "page.png").write_bytes(b"a private page")
    WorkerPool(1).close()
    assert not left.exists()
    assert ours.exists()
    ours.rmdir()
