"""Commands on the binder as a whole: init, sample, backup, restore, check, export-all."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from app.binder import Binder
from app.cli.answer import DONE, REFUSED, Answer, mutter
from app.cli.desk import Desk, clock_of, watched, with_binder
from app.operations.export_all import export_all as write_everything
from app.operations.sample import make_sample
from app.operations.upkeep import back_up as make_backup
from app.operations.upkeep import check as check_binder
from app.operations.upkeep import restore as bring_back


def init(words: Namespace) -> Answer:
    """Make an empty binder."""
    Binder.create(words.folder, now=clock_of(words.today)).close()
    return Answer({"binder": str(words.folder)}, [f"A new binder is in “{words.folder}”."])


def sample(words: Namespace) -> Answer:
    """Make the sample binder."""
    with watched() as progress:
        made = make_sample(words.folder, progress, now=clock_of(words.today))
    value = {
        "binder": str(words.folder),
        "claims": made.claims,
        "documents": made.documents,
    }
    return Answer(value, [f"The sample binder is in “{words.folder}”."])


@with_binder
def back_up(desk: Desk, words: Namespace) -> Answer:
    """Make a backup that was read back."""
    made = make_backup(desk.binder, words.folder, desk.progress)
    for warning in made.warnings:
        mutter(warning)
    good = f"{made.path} holds the whole binder; it was read back."
    return _verdict(made.ok, made.problems, good, path=str(made.path), bytes=made.size)


def restore(words: Namespace) -> Answer:
    """Bring a backup back into a new place."""
    with watched() as progress:
        made = bring_back(words.file, words.folder, progress, now=clock_of(words.today))
    good = f"The binder is back, in “{words.folder}”."
    return _verdict(made.ok, made.problems, good, binder=str(words.folder))


@with_binder
def check(desk: Desk, words: Namespace) -> Answer:
    """Compare what is kept with what the database says."""
    found = check_binder(desk.binder, desk.progress, full=words.full)
    return _verdict(found.ok, found.problems, "All is well.", unused=found.unused)


@with_binder
def export_all(desk: Desk, words: Namespace) -> Answer:
    """Write everything as plain files into a new folder."""
    made = write_everything(desk.binder, desk.outside(words.folder), desk.progress)
    good = f"{made.files} files are in “{made.path}”; index.html lists them."
    known = {"path": str(made.path), "bytes": made.size, "sha256": None, "files": made.files}
    return _verdict(not made.problems, made.problems, good, **known)


def _verdict(ok: bool, problems: Sequence[str], good: str, **more: Any) -> Answer:  # noqa: FBT001
    lines = list(problems) if problems else [good]
    return Answer({"ok": ok, "problems": list(problems), **more}, lines, DONE if ok else REFUSED)
