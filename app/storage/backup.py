"""Making a backup: a consistent copy of the database, every original, and the proof.

A file has the name of a backup only after it was written, made durable, read back from the disk
and found whole. One that was interrupted is a draft, which the next backup sweeps away.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, func, select

from app.domain.backup import backups_to_remove
from app.domain.errors import BinderUnusableError, UserError
from app.jobs import Progress
from app.storage import backup_file, backup_note, doctor
from app.storage.backup_file import (
    CHUNK,
    MANIFEST,
    ROTTEN,
    SPARE,
    Manifest,
    Member,
    digest_into,
    megabytes,
    name_of,
    packed,
)
from app.storage.database import DATABASE, copy_database, open_copy, reading
from app.storage.facts import fact
from app.storage.history import digests_named
from app.storage.migrations import NEWEST
from app.storage.schema import metadata, originals
from app.storage.used import used_originals
from app.storage.vault import Vault, sync_folder
from app.storage.vault import replace as rename

_STEM: Final = "ClaimBinder backup"
_OURS: Final = re.compile(rf"{_STEM} \d{{4}}-\d\d-\d\d \d{{4}}(-\d+)?\.zip")
_ZIP64: Final = 1 << 31
_LOOSE: Final = ("text/", "message/", "image/bmp", "image/tiff", "application/rtf")
"""Media types that packing makes smaller; the others are packed already."""


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was made: its file and size in bytes, of which binder in which state.

    `problems` names in sentences what is not in it.
    """

    path: Path
    size: int
    binder: str
    state: str
    problems: tuple[str, ...]


_FOR_UNDO: Final = "what Undo or Redo would bring back"
"""The name of an original that nothing uses now."""


@dataclass(frozen=True, slots=True)
class _Original:
    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class _Sources:
    """What goes into a backup: the copied database, its state, and the originals it needs."""

    copy: Path
    state: str
    vault: Vault
    listed: Sequence[_Original]


class _Meter:
    """Counts bytes for a progress, in KiB: a gigabyte twice would not fit its counter."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, size: int, note: str) -> None:
        self._done = min(self._done + size, self._total)
        self._progress.step(self._done >> 10, self._total >> 10, note)

    def watch(self, pieces: Iterator[bytes], note: str) -> Iterator[bytes]:
        for piece in pieces:
            self.add(len(piece), note)
            yield piece


def write_backup(
    engine: Engine, vault: Vault, folder: Path, made_at: datetime, progress: Progress
) -> Written:
    """Write a backup into a folder and prove it; `made_at` is local, with its zone.

    Raises:
        UserError: there is no room, the folder cannot be written, or what was written is not
            what is read back.
        BinderUnusableError: the binder's own database is damaged.
        Cancelled: the person asked to stop; nothing is left in the folder.
    """
    draft = folder / f".{_STEM} {uuid4().hex}.part"
    with vault.scratch() as copy:
        try:
            copy_database(engine, copy, lambda: progress.step(0, 1, "The records"))
            sources, manifest = _contents(copy, vault, made_at)
            total = copy.stat().st_size + sum(item.size for item in sources.listed)
            _refuse_without_room(folder, total)
            meter = _Meter(progress, 2 * total)
            manifest, problems = _write(draft, sources, manifest, meter)
            _prove(draft, manifest, vault, meter)
            place = _free_name(folder, made_at)
            rename(draft, place)
            sync_folder(folder)
        finally:
            with suppress(FileNotFoundError):
                draft.unlink()
    size = place.stat().st_size
    return Written(place, size, manifest.binder, sources.state, problems)


def sweep_drafts(folder: Path) -> None:
    """Remove what backups that were interrupted left in a folder."""
    for draft in folder.glob(f".{_STEM} *.part"):
        if re.fullmatch(rf"\.{_STEM} [0-9a-f]{{32}}\.part", draft.name):
            draft.unlink(missing_ok=True)


def remove_old(folder: Path, binder: str, newest: Path) -> None:
    """Remove old backups of this binder; what is not known to be one is left alone."""
    made: dict[datetime, list[Path]] = {}
    for file in folder.iterdir():
        if _OURS.fullmatch(file.name) and file.is_file():
            try:
                with backup_file.opened(file) as backup:
                    manifest = backup.manifest
            except UserError:
                continue
            if manifest.binder == binder:
                made.setdefault(manifest.made_at.astimezone(), []).append(file)
    for moment in backups_to_remove(tuple(made)):
        for file in made[moment]:
            if file != newest:
                file.unlink()


def _contents(copy: Path, vault: Vault, made_at: datetime) -> tuple[_Sources, Manifest]:
    """Return what the copied database says is to go in, and the list still without members."""
    with reading(open_copy(copy)) as connection:
        if problems := doctor.database_problems(connection):
            raise BinderUnusableError(problems[0])
        listed = _needed(connection, vault)
        binder = fact(connection, "id") or ""
        sources = _Sources(copy, backup_note.state_of(connection), vault, listed)
        return sources, Manifest(binder, made_at, NEWEST, _row_counts(connection), {})


def _needed(connection: Connection, vault: Vault) -> list[_Original]:
    """Return the originals in use, and those that Undo or Redo would take into use again."""
    used = used_originals()
    kept = originals.c
    query = (
        select(kept.sha256, kept.size, kept.media_type, func.min(used.c.name))
        .outerjoin(used, used.c.sha256 == kept.sha256)
        .group_by(kept.sha256)
        .order_by(kept.sha256)
    )
    rows = connection.execute(query).all()
    named = digests_named(connection) if any(row[3] is None for row in rows) else frozenset[str]()
    return [
        _Original(sha256, size, media_type, name or _FOR_UNDO)
        for sha256, size, media_type, name in rows
        if name is not None or (sha256 in named and vault.holds(sha256))
    ]


def _row_counts(connection: Connection) -> Mapping[str, int]:
    run = connection.exec_driver_sql
    return {
        table: run(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - our own names
        for table in sorted(metadata.tables)
    }


class _Writer:
    """A backup that is being written; remembers each member and what went wrong with it."""

    def __init__(self, archive: zipfile.ZipFile, made_at: datetime, meter: _Meter) -> None:
        self._archive = archive
        self._made_at = made_at
        self._meter = meter
        self.members: dict[str, Member] = {}
        self.problems: list[str] = []

    def add(self, name: str, file: Path, note: str, *, loose: bool) -> Member:
        """Copy a file in. What of it cannot be read is left out and shows in its digest."""
        info = zipfile.ZipInfo(name, self._made_at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if loose else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        size = file.stat().st_size
        with (
            file.open("rb") as source,
            self._archive.open(info, "w", force_zip64=size >= _ZIP64) as target,
        ):
            digest = digest_into(self._meter.watch(_readable(source), note), target)
        self.members[name] = Member(info.file_size, digest)
        return self.members[name]

    def add_original(self, item: _Original, vault: Vault) -> None:
        """Copy an original in; one that is missing or damaged is named, and the rest goes on."""
        loose = item.media_type.startswith(_LOOSE)
        if not vault.holds(item.sha256):
            self.problems.append(doctor.missing(item.name))
            return
        with vault.lend(item.sha256) as file:
            member = self.add(name_of(item.sha256), file, item.name, loose=loose)
        if member.sha256 != item.sha256:
            self.problems.append(doctor.damaged(item.name))


def _readable(source: IO[bytes]) -> Iterator[bytes]:
    """Yield what can be read of a file, up to the first place where the disk gives up."""
    with suppress(OSError):
        while piece := source.read(CHUNK):
            yield piece


def _write(
    draft: Path, sources: _Sources, manifest: Manifest, meter: _Meter
) -> tuple[Manifest, tuple[str, ...]]:
    """Write the file and make it durable; return its full list and what is missing in it."""
    with draft.open("xb") as raw:
        with zipfile.ZipFile(raw, "w") as archive:
            writer = _Writer(archive, manifest.made_at, meter)
            writer.add(DATABASE, sources.copy, "The records", loose=True)
            for item in sources.listed:
                writer.add_original(item, sources.vault)
            manifest = replace(manifest, members=writer.members)
            archive.writestr(MANIFEST, packed(manifest), zipfile.ZIP_DEFLATED)
        raw.flush()
        os.fsync(raw.fileno())
    return manifest, tuple(writer.problems)


def _prove(draft: Path, manifest: Manifest, vault: Vault, meter: _Meter) -> None:
    """Read the file back, compare every byte, and look into its database.

    Raises:
        UserError: it is not what was written.
    """
    try:
        with backup_file.opened(draft) as backup, vault.scratch() as copy:
            if backup.manifest != manifest:
                raise ValueError("another list than the one written")
            with copy.open("xb") as database:
                for name, member in manifest.members.items():
                    pieces = meter.watch(backup.read(name), "Reading it back")
                    if digest_into(pieces, database if name == DATABASE else None) != member.sha256:
                        raise ValueError(f"{name} was not written as it is")
            with reading(open_copy(copy)) as connection:
                if doctor.database_problems(connection) or _row_counts(connection) != manifest.rows:
                    raise ValueError("the database was not written as it is")
    except ROTTEN as error:
        raise UserError(
            "What was written to this drive is not what it gives back. The drive may be failing: "
            "make the backup on another one."
        ) from error


def _refuse_without_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + SPARE:
        raise UserError(
            f"The backup needs {megabytes(size + SPARE)}, and this drive has "
            f"{megabytes(free)} left. Free some space there, or choose another drive."
        )


def _free_name(folder: Path, made_at: datetime) -> Path:
    stem = f"{_STEM} {made_at:%Y-%m-%d %H%M}"
    names = chain([f"{stem}.zip"], (f"{stem}-{number}.zip" for number in count(2)))
    return next(folder / name for name in names if not (folder / name).exists())
