"""A binder that cannot be used, a full disk, a closed pipe, Ctrl+C: a sentence and a status."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, TODAY, program

COMMANDS = (
    ("add", "letter.txt"),
    ("read",),
    ("documents",),
    ("file", "x", "--kind", "eob"),
    ("text", "x"),
    ("original", "x", "-o", "out"),
    ("find", "x"),
    ("claims",),
    ("claim", "x"),
    ("claim-new", "x"),
    ("person-new", "x"),
    ("plan-new", "x"),
    ("denial", "x"),
    ("deadlines",),
    ("calendar", "-o", "out"),
    ("call", "--with", "x"),
    ("expense", "--amount", "1", "--provider", "x"),
    ("expenses",),
    ("bundle", "x", "-o", "out"),
    ("hsa", "2026", "-o", "out"),
    ("check",),
    ("check", "--full"),
    ("backup", "out"),
    ("undo",),
    ("redo",),
    ("trash",),
    ("untrash", "claim", "x"),
    ("join", "x", "y"),
    ("password", "x", "y"),
)


@pytest.fixture
def missing(place):
    """No binder there at all."""


@pytest.fixture
def not_a_folder(place):
    place.write_text("a file")


@pytest.fixture
def empty_database(place):
    place.mkdir()
    (place / "binder.db").write_bytes(b"")


@pytest.fixture
def damaged(binder):
    (binder / "binder.db").write_bytes(b"SQLite format 3\x00" + b"\xa5" * 8000)
    for left in ("binder.db-wal", "binder.db-shm"):
        (binder / left).unlink(missing_ok=True)


@pytest.fixture
def no_database(binder):
    (binder / "binder.db").write_text("My notes about the denial. " * 400, encoding="utf-8")


@pytest.fixture
def newer(binder):
    connection = sqlite3.connect(binder / "binder.db")
    connection.execute("PRAGMA user_version = 999")
    connection.commit()
    connection.close()


@pytest.fixture
def of_another_program(place):
    place.mkdir()
    connection = sqlite3.connect(place / "binder.db")
    connection.execute("CREATE TABLE songs(name TEXT)")
    connection.execute("PRAGMA user_version = 7")
    connection.commit()
    connection.close()


@contextmanager
def another_program(code: str, binder: Path) -> Iterator[None]:
    """Run `code` in another process until it has the binder, and let it hold on to it."""
    holding = f"{code}\nprint('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys\n{holding}", str(binder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate(timeout=20)


@pytest.fixture
def in_use(binder):
    code = (
        "from pathlib import Path; from app.binder import Binder\n"
        "binder = Binder.open(Path(sys.argv[1]))"
    )
    with another_program(code, binder):
        yield


UNUSABLE = (
    "missing", "not_a_folder", "empty_database", "damaged", "no_database", "newer",
    "of_another_program", "in_use",
)  # fmt: skip


@pytest.mark.parametrize("trouble", UNUSABLE)
def test_a_binder_that_cannot_be_used_ends_every_command_with_three(request, trouble, run):
    request.getfixturevalue(trouble)
    for words in COMMANDS:
        done = run(*words)
        assert (done.status, list(done.value)) == (3, ["error"]), words
        assert done.value["error"].endswith("."), words
        assert done.err == "", words
    assert not Path("out").exists()


def test_a_database_that_another_program_holds_ends_with_three(run, binder, monkeypatch):
    monkeypatch.setattr("app.storage.database._BUSY_SECONDS", 0.1)
    code = (
        "import sqlite3; held = sqlite3.connect(sys.argv[1] + '/binder.db', isolation_level=None)\n"
        "held.execute('BEGIN IMMEDIATE')"
    )
    with another_program(code, binder):
        done = run("claim-new", "Scan")
    assert (done.status, list(done.value)) == (3, ["error"])
    assert "another program" in done.value["error"]
    assert run("claims").value == []


def test_a_binder_that_cannot_be_used_is_left_as_it_is(run, newer, place):
    before = (place / "binder.db").read_bytes()
    run("claims")
    assert (place / "binder.db").read_bytes() == before


def test_the_usual_place_is_used_where_none_is_named(home):
    done = program("claims", "--json")
    assert done.returncode == 3
    assert "ClaimBinder" in json.loads(done.stdout)["error"]


def test_no_place_to_write_to_is_told_in_a_sentence(run, household, paper, tmp_path):
    run("add", paper("letter.txt"), "--claim", household["claim"], "--no-read")
    folder = tmp_path / "folder"
    folder.mkdir()
    for target in (tmp_path / "nowhere" / "out", folder, "/dev/null/out", tmp_path / ("n" * 300)):
        for words in (("original", "letter.txt", "-o"), ("calendar", "-o"), ("expenses", "--csv")):
            refused = run(*words, target)
            assert (refused.status, set(refused.value)) == (1, {"refused", "ask"}), (words, target)
            assert refused.value["refused"].endswith(".")
    assert list(folder.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error(household, place, paper, run):
    run("add", *[paper(f"letter {number}.txt") for number in range(60)], "--no-read")
    command = [sys.executable, "-m", "app", "--binder", str(place), "documents", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_an_answer_that_cannot_be_written_is_told(binder):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "--binder", str(binder), "claims", "--json"],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"could not be written" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_interrupt_ends_quietly_and_what_was_stored_stays(binder, paper, run):
    code = (
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a background job
        "from app.cli import main\n"
        "import app.operations.intake as intake\n"
        "whole = intake.hold\n"
        "def hold(binder, path):\n"
        "    held = whole(binder, path)\n"
        "    if path.name == 'letter 1.txt': signal.raise_signal(signal.SIGINT)\n"
        "    return held\n"
        "intake.hold = hold\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    letters = [str(paper(f"letter {number}.txt")) for number in range(3)]
    done = subprocess.run(
        [sys.executable, "-c", code, "--binder", str(binder), "add", "--json", *letters],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert [row["name"] for row in run("documents").value] == ["letter 0.txt"]
    assert run("read").value == {"read": 1, "failed": []}


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a small disk of its own")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    """A disk of three megabytes: small papers go in, a large one does not, all is well after."""
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "small.txt").write_text("A small letter.", encoding="utf-8")
    (tmp_path / "large.txt").write_bytes(os.urandom(4_000_000))
    (tmp_path / "after.txt").write_text("Another small letter.", encoding="utf-8")
    python = f"{sys.executable} -m app --binder {disk}/binder --today {TODAY} --json"
    script = f"""
        mount -t tmpfs -o size=3m tmpfs {disk} || exit 99
        {python} init {disk}/binder > /dev/null
        {python} add --no-read {tmp_path}/small.txt {tmp_path}/large.txt {tmp_path}/after.txt \
            > {tmp_path}/added.json; echo $? >> {tmp_path}/status
        dd if=/dev/zero of={disk}/filler bs=64k 2> /dev/null
        {python} claim-new Scan > {tmp_path}/claim.json; echo $? >> {tmp_path}/status
        rm {disk}/filler
        {python} documents > {tmp_path}/documents.json; echo $? >> {tmp_path}/status
    """
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode == 99 or b"unshare" in done.stderr:
        pytest.skip("this system gives no small disk")
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "status").read_text().split() == ["1", "1", "0"]
    rows = json.loads((tmp_path / "added.json").read_text())
    assert [row["outcome"] for row in rows] == ["added", "refused", "added"]
    assert "full" in rows[1]["reason"]
    assert "full" in json.loads((tmp_path / "claim.json").read_text())["refused"]
    names = {row["name"] for row in json.loads((tmp_path / "documents.json").read_text())}
    assert names == {"small.txt", "after.txt"}
