"""What a worker may not do, however hostile the file that it decodes."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from app.workers import Limits, WorkerDied, WorkerPool
from app.workers.child import worker_command
from app.workers.frames import MAX_BLOBS, MAX_HEADER

TASKS = "tests.workers.tasks:"
ROOMS = ("tests.workers",)
ROOT = Path(__file__).parents[2]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="a promise of Linux alone")
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, rooms=ROOMS) as made:
        yield made


def framed(header: bytes, length: int | None = None) -> bytes:
    return struct.pack(">I", len(header) if length is None else length) + header


def test_what_a_library_prints_does_not_reach_our_frames_or_our_output(
    pool: WorkerPool, capfd: pytest.CaptureFixture[str]
) -> None:
    assert pool.call(TASKS + "print_much", {}).values == {"printed": True}
    assert pool.call(TASKS + "echo", {"a": 1}).values == {"heard": {"a": 1}}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(framed(b"{}", MAX_HEADER + 1), id="a header of gigabytes"),
        pytest.param(
            framed(json.dumps({"kind": "item", "values": {}, "blobs": [MAX_BLOBS + 1]}).encode()),
            id="a blob of gigabytes",
        ),
        pytest.param(
            framed(b'{"kind": "item", "values": {}, "blobs": [-5]}'),
            id="a blob of less than nothing",
        ),
        pytest.param(framed(b"[" * 100_000), id="deep JSON"),
        pytest.param(framed(b"cos\nsystem\n(S'true'\ntR."), id="a pickle"),
        pytest.param(framed(b'{"kind": 1, "values": {}, "blobs": []}'), id="another shape"),
    ],
)
def test_a_worker_that_was_taken_over_cannot_hurt_with_its_answer(
    pool: WorkerPool, raw: bytes
) -> None:
    with pytest.raises(WorkerDied):
        pool.call(TASKS + "send_raw", {}, blobs=(raw,), seconds=20)
    assert pool.call(TASKS + "echo", {}).values == {"heard": {}}


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_no_internet_socket_is_opened(pool: WorkerPool, family: str) -> None:
    with pytest.raises(WorkerDied) as caught:
        pool.call(TASKS + "open_socket", {"family": family})
    assert "PermissionError" in caught.value.last_words


@not_windows
def test_a_local_socket_may_be_opened(pool: WorkerPool) -> None:
    assert pool.call(TASKS + "open_socket", {"family": "AF_UNIX"}).values == {"opened": "AF_UNIX"}


@linux_only
def test_memory_is_bounded() -> None:
    with WorkerPool(1, Limits(memory_bytes=300 << 20), rooms=ROOMS) as pool:
        assert pool.call(TASKS + "take_memory", {"bytes": 1 << 20}).values == {"bytes": 1 << 20}
        with pytest.raises(WorkerDied):
            pool.call(TASKS + "take_memory", {"bytes": 400 << 20})


@not_windows
def test_the_size_of_files_is_bounded() -> None:
    with WorkerPool(1, Limits(file_bytes=4 << 20), rooms=ROOMS) as pool:
        assert pool.call(TASKS + "write_file", {"megabytes": 3})
        with pytest.raises(WorkerDied):
            pool.call(TASKS + "write_file", {"megabytes": 6})


def test_temporary_files_lie_in_a_private_folder(pool: WorkerPool, home: Path) -> None:
    where = pool.call(TASKS + "write_file", {"megabytes": 1}).values
    assert Path(where["folder"]) == Path(where["cwd"])
    assert Path(where["folder"]).is_relative_to(home / "tmp")


@not_windows
def test_nothing_of_a_worker_is_left_after_it(home: Path) -> None:
    with WorkerPool(1, rooms=ROOMS) as pool:
        left = pool.call(TASKS + "leave_file_and_child", {}).values
        assert (Path(left["folder"]) / "page.png").exists()
        child = psutil.Process(left["child"])
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running()
    assert list((home / "tmp").iterdir()) == []


@not_windows
def test_a_worker_has_a_group_of_its_own_and_steps_back() -> None:
    with WorkerPool(1, Limits(niceness=7), rooms=ROOMS) as pool:
        about = pool.call(TASKS + "process", {}).values
    assert about["group"] == about["pid"]
    assert about["niceness"] >= 7


def test_libraries_use_one_thread(pool: WorkerPool) -> None:
    assert pool.call(TASKS + "threads_for_libraries", {}).values == {"threads": "1"}


PROGRAM = """
import sys
from app.workers import WorkerPool
task = "tests.workers.tasks:hang_without_letting_go"
WorkerPool(1, rooms=("tests.workers",)).call(task, {"sign": sys.argv[1]}, seconds=100)
"""


@linux_only
def test_a_busy_worker_dies_with_the_program(tmp_path: Path) -> None:
    """Even one that holds the interpreter's lock, so that it cannot see its pipe closing."""
    sign = tmp_path / "sign"
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(sign)], cwd=ROOT)
    until = time.monotonic() + 30
    while not sign.exists():
        assert time.monotonic() < until
        program.poll()
    (worker,) = psutil.Process(program.pid).children()
    program.kill()
    program.wait()
    _, alive = psutil.wait_procs([worker], timeout=10)
    assert not alive
    WorkerPool(1).close()  # removes the folder that the program could not


def test_a_frozen_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no `-m`: its entry point calls `app.workers.child.main` after `--worker`."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, word, orders = worker_command(asdict(Limits(seconds=3)))
    assert (program, word) == (sys.executable, "--worker")
    assert Limits(**json.loads(orders)["limits"]) == Limits(seconds=3)


def test_a_worker_ends_when_its_pipe_is_closed() -> None:
    """What ends it where the kernel does not: macOS and Windows."""
    orders = json.dumps({"limits": {}, "parent": psutil.Process().pid})
    worker = subprocess.Popen(
        [sys.executable, "-m", "app.workers", orders],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert worker.stdin
    worker.stdin.close()
    assert worker.wait(timeout=20) == 0
