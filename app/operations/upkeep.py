"""Keeping a binder safe: backups that are proven, bringing one back, and checking everything."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.changes import Changes
from app.domain.backup import ProvenBackup, backup_due
from app.domain.errors import BinderUnusableError, UserError
from app.jobs import Progress, Silent
from app.storage import backup_note, doctor
from app.storage.backup import remove_old, sweep_drafts, write_backup
from app.storage.database import plain_errors
from app.storage.place import refuse_synced
from app.storage.queries.upkeep import backup_state
from app.storage.restore import Unpacked, unpacked

_one_backup: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A backup that was made: its file and size in bytes.

    `ok` says that it holds everything and was read back whole; else `problems` names what is not
    in it. `warnings` say what else the person should know.
    """

    path: Path
    ok: bool
    problems: tuple[str, ...]
    size: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """A binder that was brought back; `problems` names what is not whole in it."""

    ok: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, in sentences; `unused` counts originals of no paper and no bundle."""

    ok: bool
    problems: tuple[str, ...]
    unused: int = 0


# ------------------------------------------------------------------------------ backing up


def back_up(binder: Binder, folder: Path, progress: Progress) -> BackupResult:
    """Write one file with everything into a folder, read it back, and remember that it is good.

    Older backups of this binder in the folder go, but for the newest three, one a day for a week
    and one a month for a year.

    Raises:
        UserError: the place is inside the binder, is not there, has no room, or does not give
            back what was written.
        Cancelled: the person asked to stop; nothing is left in the folder.
    """
    if not _one_backup.acquire(blocking=False):
        raise UserError("A backup is being made already. Wait until it is done.")
    try:
        with plain_errors():
            return _back_up(binder, folder, progress)
    finally:
        _one_backup.release()


def _back_up(binder: Binder, folder: Path, progress: Progress) -> BackupResult:
    _prepare_place(binder, folder)
    now = binder.now()
    written = write_backup(binder.engine, binder.vault, folder, now.astimezone(), progress)
    warnings = [sentence for sentence in (backup_place_warning(binder, folder),) if sentence]
    if not written.problems:
        place = os.fsencode(folder.absolute()).decode("utf-8", "replace")  # a text, to be shown
        backup = ProvenBackup(now.astimezone(UTC), place)
        with binder.operation("Back up") as work:
            backup_note.note(work.connection, backup, written.state)
        binder.feed.publish(Changes("Back up", {"upkeep": frozenset({written.path.name})}))
        try:
            remove_old(folder, written.binder, newest=written.path)
        except OSError:
            warnings.append("An older backup in that folder could not be removed.")
    return BackupResult(
        written.path, not written.problems, written.problems, written.size, tuple(warnings)
    )


def _prepare_place(binder: Binder, folder: Path) -> None:
    if folder.resolve().is_relative_to(binder.root.resolve()):
        raise UserError(
            "A backup inside the binder would be lost together with it. Choose a folder on "
            "another disk."
        )
    if folder.exists() and not folder.is_dir():
        raise UserError(f"“{folder.name}” is a file. Choose a folder for backups.")
    if not folder.parent.is_dir():
        raise UserError(
            f"There is no folder “{folder}”. Connect its drive, or choose another folder."
        )
    folder.mkdir(exist_ok=True)
    sweep_drafts(folder)


def backup_place_warning(binder: Binder, folder: Path) -> str | None:
    """Return why a place is a poor one for backups, or None if it is not.

    A place that is not there now says nothing: its drive may be elsewhere.
    """
    try:
        same = folder.stat().st_dev == binder.root.stat().st_dev
    except OSError:
        return None
    if not same:
        return None
    return (
        "This folder is on the same disk as the binder: if the disk fails, both are gone. "
        "A folder on another disk is safer."
    )


def automatic_backup_due(
    binder: Binder, folder: Path | None, today: date, *, leaving: bool
) -> bool:
    """Return whether to back up by itself now: the place is there, and it is time."""
    if folder is None or not folder.is_dir():
        return False
    state = binder.ask(backup_state)
    return backup_due(state.last_on, today, changed=state.changed, leaving=leaving)


# ---------------------------------------------------------------------------- bringing back


def restore(
    file: Path,
    folder: Path,
    progress: Progress,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> RestoreResult:
    """Bring a backup back into a new or empty folder, comparing every byte on the way.

    A paper whose original rotted in the backup is named; everything else comes back.

    Raises:
        UserError: the place is not empty, synced or full, or the file is not a whole backup.
        Cancelled: the person asked to stop; nothing is left.
    """
    refuse_synced(folder)
    with (
        plain_errors(),
        unpacked(file, folder, progress) as found,
        Binder.open(found.root, now=now) as binder,
    ):
        problems = _restored_problems(binder, found)
    return RestoreResult(not problems, problems)


def _restored_problems(binder: Binder, found: Unpacked) -> tuple[str, ...]:
    """Name what is missing, and what is there but rotted."""
    missing = check(binder, Silent()).problems
    there = [sha256 for sha256 in found.damaged if binder.vault.holds(sha256)]
    rotted = (doctor.damaged(name) for name in binder.ask(doctor.names_of, there))
    return tuple(dict.fromkeys((*missing, *rotted)))


# -------------------------------------------------------------------------------- checking


def check(binder: Binder, progress: Progress, *, full: bool = False) -> CheckResult:
    """Compare database, originals and search index.

    A quick check looks at the size of each original; a `full` one reads every byte, compares
    every word of the index, and makes the index anew where it is wrong.

    Raises:
        Cancelled: the person asked to stop.
    """
    try:
        with plain_errors():
            return _check(binder, progress, full=full)
    except BinderUnusableError as error:
        return CheckResult(ok=False, problems=(str(error),))


def _check(binder: Binder, progress: Progress, *, full: bool) -> CheckResult:
    problems = [
        *binder.ask(doctor.database_problems),
        *binder.ask(doctor.original_problems, binder.vault, progress, full=full),
    ]
    agrees = binder.ask(doctor.index_agrees)
    if full and not (agrees and binder.ask(doctor.index_knows_every_word, progress)):
        with binder.operation("Make the search index anew") as work:
            doctor.renew_index(work.connection, progress)
        problems.append(doctor.RENEWED_INDEX)
    elif not agrees:
        problems.append(doctor.STALE_INDEX)
    unused = binder.ask(doctor.unused_originals, binder.vault)
    return CheckResult(not problems, tuple(problems), unused)
