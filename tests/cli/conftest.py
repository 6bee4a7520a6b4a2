"""The commands as people run them: in this process for breadth, in a real one where it matters."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from tests.quick_schema import new_binders_are_quick  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = "2026-11-21"


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status, what it wrote, and its one JSON value."""

    status: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def place(tmp_path) -> Path:
    """Where the binder of the test lies, or will lie."""
    return tmp_path / "binder"


@pytest.fixture
def run(capsys, place) -> Run:
    """Run a command in this process, at the test's binder and day, with a JSON answer."""

    def command(*words: str | Path) -> Done:
        capsys.readouterr()
        given = ["--binder", str(place), "--today", TODAY, "--json", *map(str, words)]
        status = main(given)
        said = capsys.readouterr()
        assert "made a mistake" not in said.out, said.err
        return Done(status, said.out, said.err)

    return command


@pytest.fixture
def say(capsys, place) -> Run:
    """Run a command in this process as `run` does, with a plain answer."""

    def command(*words: str | Path) -> Done:
        capsys.readouterr()
        status = main(["--binder", str(place), "--today", TODAY, *map(str, words)])
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return command


def program(*words: str | bytes | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own; what it writes are bytes."""
    return subprocess.run(
        [sys.executable, "-m", "app", *words], cwd=ROOT, capture_output=True, check=False, **more
    )


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Path:
    """Where binders lie that commands made for one test, to be copied for the next."""
    return tmp_path_factory.mktemp("made once")


@pytest.fixture
def binder(run, place, made_once) -> Path:
    """An empty binder."""
    kept = made_once / "empty"
    if kept.is_dir():
        shutil.copytree(kept, place)
    else:
        assert run("init", place).status == 0
        shutil.copytree(place, kept)
    return place


@pytest.fixture
def paper(tmp_path) -> Callable[..., Path]:
    """Make a small text file; each name has its own content."""

    def make(name: str, content: str | None = None) -> Path:
        path = tmp_path / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if content is not None else f"This is {name}.", encoding="utf-8")
        return path

    return make


@pytest.fixture
def household(run, binder, made_once) -> dict[str, str]:
    """Ids of a person, a plan and a claim."""
    kept, ids = made_once / "household", made_once / "household.json"
    if not ids.is_file():
        ids.write_text(json.dumps(_household(run)), encoding="utf-8")
        shutil.copytree(binder, kept)
    shutil.copytree(kept, binder, dirs_exist_ok=True)
    return json.loads(ids.read_text(encoding="utf-8"))


def _household(run: Run) -> dict[str, str]:
    person = run("person-new", "Rosa Alvarez", "--relation", "self", "--born", "1960-02-03")
    plan = run(
        "plan-new", "Harbor Mutual", "--person", "Rosa Alvarez", "--program", "employer",
        "--funding", "insured", "--state", "oh", "--member-id", "HMX 4471",
    )  # fmt: skip
    claim = run("claim-new", "Infusions in March", "--patient", "Rosa Alvarez")
    return {**person.value, **plan.value, **claim.value}
