"""Locked, full, read-only or damaged: every question and every verb says so in plain words."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2

from app.binder import Binder
from app.domain.errors import BinderUnusableError, UserError
from app.jobs import Silent
from app.operations import intake, people, upkeep
from app.storage import database, queries
from app.storage.database import DATABASE
from app.storage.queries.ledger import LedgerFilter
from tests.crash.story import dump
from tests.storage.world import VERBS, World, household
from tests.storage.world_of_appeals import SMALL_APPEAL_VERBS
from tests.storage.world_of_money import SMALL_MONEY_VERBS

SAMPLES: dict[str, Any] = {
    "document_id": "x", "claim_id": "x", "kind": "letter", "key": "x", "typed": "denied",
    "first": ("receipt",), "most": 5, "version": 1, "document_ids": ("x",),
    "sha256": "0" * 64, "denial_id": "x", "today": date(2026, 11, 21),
    "sending_id": "x", "name": "denied", "person_id": "x", "plan_id": "x", "level": 1,
    "on": date(2026, 11, 21), "which": LedgerFilter(year=2026, words="x"), "ids": ("x",),
}  # fmt: skip
"""What questions are asked about; a new kind of argument wants a line here."""


ARGUMENTS: dict[str, list[str]] = {}


def questions() -> dict[str, Callable[[Any], object]]:
    """Every public question of `app.storage.queries`."""
    found: dict[str, Callable[[Any], object]] = {}
    for module in pkgutil.iter_modules(queries.__path__):
        loaded = importlib.import_module(f"{queries.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            wanted = list(inspect.signature(function).parameters.values())
            if function.__module__ == loaded.__name__ and wanted and not name.startswith("_"):
                if wanted[0].name != "connection":
                    continue
                needed = [item.name for item in wanted[1:] if item.default is item.empty]
                words = {item: SAMPLES.get(item) for item in needed}
                ARGUMENTS[name] = needed
                found[name] = lambda c, ask=function, words=words: ask(c, **words)
    return found


QUESTIONS = questions()


def refusal(verb: Callable[[], object]) -> str | None:
    """Return why a verb was refused, as a whole or in its one row, or None if it was done."""
    try:
        answer = verb()
    except UserError as error:
        return str(error)
    return answer[0].reason if isinstance(answer, list) else None


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A household whose binder is closed; each test gets a copy of it."""
    base = tmp_path_factory.mktemp("household")
    with Binder.create(base / "binder") as binder:
        return household(binder, base / "papers")


@pytest.fixture
def world(prepared: World, tmp_path: Path) -> Iterator[World]:
    shutil.copytree(prepared.binder.root, tmp_path / "binder")
    shutil.copytree(prepared.folder, tmp_path / "papers")
    with Binder.open(tmp_path / "binder") as binder:
        yield replace(prepared, binder=binder, folder=tmp_path / "papers")


def test_the_questions_are_found():
    assert len(QUESTIONS) > 20


def test_each_argument_of_a_question_has_a_sample():
    known = {name: set(words) for name, words in ARGUMENTS.items()}
    assert {
        name: words - set(SAMPLES) for name, words in known.items() if words - set(SAMPLES)
    } == {}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_works_when_nothing_is_wrong(world: World, verb: str):
    before = dump(world.binder)
    VERBS[verb](world)
    leaves_no_record = verb in {
        "read again", "back up", "save the calendar file", "keep the notes of a call",
    }  # fmt: skip
    assert leaves_no_record or dump(world.binder) != before
    assert upkeep.check(world.binder, Silent(), full=True).ok


# ------------------------------------------------------------------------------------ locked


@pytest.fixture
def locked(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Another program writes, and does not stop."""
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0)
    world.binder.engine.dispose()
    other = dbapi2.connect(str(world.binder.root / DATABASE), isolation_level=None)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        yield world
        other.execute("ROLLBACK")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_on_a_locked_binder_says_that_it_is_busy(locked: World, verb: str):
    before = dump(locked.binder)
    with pytest.raises(BinderUnusableError, match="busy in another program"):
        VERBS[verb](locked)
    assert dump(locked.binder) == before


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_while_another_program_writes(locked: World, question: str):
    locked.binder.ask(QUESTIONS[question])


# --------------------------------------------------------------------------------------- full


@pytest.fixture
def full(world: World) -> Iterator[World]:
    """No page more fits on the disk."""
    engine = world.binder.engine
    engine.dispose()
    with closing(engine.raw_connection()) as connection:
        pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
    engine.dispose()

    def no_more(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "connect", no_more)
    yield world
    event.remove(engine, "connect", no_more)


SMALL = {
    "file a paper", "sort papers", "join papers", "trash a paper", "restore a paper",
    "delete a paper forever", "do not appeal", "mark as done", "say who does it", "remove a date",
    "read again", "undo", "back up", "add bytes", "add a paper", "ask for a fast appeal",
    "keep the care going", "ask for the claim file", "keep days in reserve", "move a date",
    "let a date go", "save the calendar file", "leave a line out of the story",
    *SMALL_APPEAL_VERBS,
    *SMALL_MONEY_VERBS,
}  # fmt: skip
"""Verbs that may still fit into pages that are there."""


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_on_a_full_disk_is_done_or_says_so_and_changes_nothing(full: World, verb: str):
    before = dump(full.binder)
    if said := refusal(lambda: VERBS[verb](full)):
        assert "disk is full" in said
        assert dump(full.binder) == before
    else:
        assert verb in SMALL
    assert upkeep.check(full.binder, Silent()).ok


def test_a_disk_that_fills_up_while_papers_come_in_loses_none_that_was_acknowledged(
    binder: Binder, tmp_path: Path
):
    """A real, tiny disk; it needs the right to mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    try:
        fill_up(disk / "binder", tmp_path)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill_up(root: Path, tmp_path: Path) -> None:
    with Binder.create(root) as binder:
        said: list[str | None] = []
        for number in range(60):
            path = tmp_path / f"{number}.txt"
            path.write_text(f"{number} " * 15_000, encoding="utf-8")
            said.append(refusal(lambda path=path: intake.add_papers(binder, [path], Silent())))
    added = [f"{number}.txt" for number, words in enumerate(said) if words is None]
    assert 0 < len(added) < 60
    assert all(words is None or "disk" in words for words in said)
    with Binder.open(root) as binder:
        assert sorted(row[1] for row in dump(binder)["document"]) == sorted(added)
        assert upkeep.check(binder, Silent(), full=True).ok


# ---------------------------------------------------------------------------------- read-only


@pytest.fixture
def read_only(world: World, obeying: Any) -> Iterator[World]:
    binder = world.binder
    binder.engine.dispose()
    places = [binder.root, *(path for path in binder.root.rglob("*"))]
    modes = {path: path.stat().st_mode for path in places}
    for path in places:
        path.chmod(0o500 if path.is_dir() else 0o400)
    with obeying():
        yield world
    for path, mode in modes.items():
        if path.exists():
            path.chmod(mode)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_on_a_read_only_binder_says_so(read_only: World, verb: str):
    said = refusal(lambda: VERBS[verb](read_only))
    assert said
    assert "written to" in said or "cannot be opened" in said


def test_a_read_only_binder_is_not_opened_and_says_so(world: World, obeying: Any):
    root = world.binder.root
    world.binder.close()
    (root / "binder.lock").chmod(0o400)
    root.chmod(0o500)
    with obeying(), pytest.raises(UserError, match="cannot be written to or read"):
        Binder.open(root)
    root.chmod(0o700)


def test_a_binder_is_not_made_where_nothing_may_be_written(tmp_path: Path, obeying: Any):
    (tmp_path / "theirs").mkdir(mode=0o500)
    with obeying(), pytest.raises(UserError, match="Choose another folder"):
        Binder.create(tmp_path / "theirs" / "binder")


# ------------------------------------------------------------------------------------ damaged


@pytest.fixture
def damaged(world: World) -> World:
    """Everything after the first page is noise, as after a failing drive."""
    world.binder.engine.dispose()
    file = world.binder.root / DATABASE
    size = file.stat().st_size
    with file.open("r+b") as content:
        content.seek(4096)
        content.write(b"\xa5" * (size - 4096))
    return world


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "record"])
def test_every_question_to_a_damaged_binder_says_so(damaged: World, question: str):
    with pytest.raises(BinderUnusableError, match="damaged"):
        damaged.binder.ask(QUESTIONS[question])


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_on_a_damaged_binder_says_so(damaged: World, verb: str):
    with pytest.raises(BinderUnusableError, match="damaged"):
        VERBS[verb](damaged)


def test_a_damaged_binder_is_not_opened_and_says_so(damaged: World):
    damaged.binder.close()
    with pytest.raises(BinderUnusableError, match="Restore the newest backup"):
        Binder.open(damaged.binder.root)


def test_after_a_disturbance_work_goes_on(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0)
    world.binder.engine.dispose()
    other = dbapi2.connect(str(world.binder.root / DATABASE), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError):
        people.add_person(world.binder, "Sam")
    other.close()
    assert people.add_person(world.binder, "Sam").name == "Sam"
