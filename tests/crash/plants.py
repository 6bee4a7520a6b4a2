"""Bugs that the harness must find: each changes the program before it begins."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from app.operations import calendar_file, intake, letter_papers, outputs, removing, saved_bundles
from app.storage import backup, doom, restore
from app.storage.vault import Stored, Vault


def row_before_file() -> None:
    put, enter = Vault.put, intake._enter
    late: list[tuple[Any, bytes]] = []

    def only_look(self: Vault, source: Any, **_: Any) -> Stored:
        content = source.read()
        late.append((self, content))
        return Stored(hashlib.sha256(content).hexdigest(), len(content), content, True)

    def then_store(*words: Any, **more: Any) -> Any:
        Vault.holds = lambda *_: True
        rows = enter(*words, **more)
        for place, content in late:
            put(place, io.BytesIO(content))
        return rows

    Vault.put = only_look
    intake._enter = then_store


def _sync_only(wanted: Callable[[int], bool]) -> None:
    fsync = os.fsync
    os.fsync = lambda handle: fsync(handle) if wanted(os.fstat(handle).st_mode) else None


def file_not_synced() -> None:
    _sync_only(stat.S_ISDIR)


def folder_not_synced() -> None:
    _sync_only(stat.S_ISREG)


def no_draft() -> None:
    """Write an original straight to its place: half of it may stand there under its name."""

    def straight(self: Vault, source: Any, **_: Any) -> Stored:
        content = source.read()
        digest = hashlib.sha256(content).hexdigest()
        place = self._place(digest)
        is_new = not place.exists()
        if is_new:
            with place.open("wb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
        self.sync()
        return Stored(digest, len(content), content, is_new)

    Vault.put = straight


def duplicate_not_synced() -> None:
    """Believe that an original which is there lasts, although who put it there was killed."""
    put, sync = Vault.put, Vault.sync
    came: list[bool] = []

    def noting(self: Vault, source: Any, **how: Any) -> Stored:
        stored = put(self, source, **how)
        came.append(stored.is_new)
        return stored

    Vault.put = noting
    Vault.sync = lambda self: sync(self) if any(came) else None


def row_before_name_lasts() -> None:
    """Write the rows of papers whose names in the vault were not synced."""
    Vault.sync = lambda self: None


def frozen_before_its_bytes() -> None:
    """Write the rows of a bundle before the bytes of its files."""
    freeze, put, late = saved_bundles.freeze_bundle, saved_bundles._put, []
    Vault.holds = lambda *_: True
    saved_bundles._put = lambda binder, file: late.append((binder, file))

    def then_store(*words: Any, **more: Any) -> Any:
        made = freeze(*words, **more)
        for binder, file in late:
            put(binder, file)
        return made

    saved_bundles.freeze_bundle = then_store


def kept_before_its_bytes() -> None:
    """Write the rows of a letter that became a paper before the bytes of its PDF."""
    keep, put, late = letter_papers.keep_letter, Vault.put, []

    def only_look(self: Vault, source: Any, **_: Any) -> Stored:
        content = source.read()
        late.append((self, content))
        return Stored(hashlib.sha256(content).hexdigest(), len(content), content, True)

    def then_store(*words: Any, **more: Any) -> Any:
        Vault.holds = lambda *_: True
        Vault.put = only_look
        letter = keep(*words, **more)
        for place, content in late:
            put(place, io.BytesIO(content))
        return letter

    letter_papers.keep_letter = then_store


def _pragma(statement: str) -> None:
    @event.listens_for(Engine, "connect")
    def _(connection: Any, _: Any) -> None:
        connection.execute(statement)


def synchronous_off() -> None:
    _pragma("PRAGMA synchronous = OFF")


def journal_delete() -> None:
    _pragma("PRAGMA journal_mode = DELETE")


def file_destroyed_first() -> None:
    remove = removing._REMOVERS["document"]

    def destroy_then_remove(work: Any, key: str) -> None:
        for part in work.parts.where(document_id=key):
            Vault(Path(sys.argv[1]) / "binder").destroy(part.sha256)
        remove(work, key)

    removing._REMOVERS["document"] = destroy_then_remove


def doom_not_noted() -> None:
    doom.note = lambda connection, digests: None


def backup_renamed_first() -> None:
    """Give a backup its name before it was made durable."""
    write, draft_names = backup._write, {}

    def rename_then_write(draft: Path, *words: Any) -> Any:
        place = draft.with_name("ClaimBinder backup 2026-11-21 0800.zip")
        draft_names[draft] = place
        return write(place, *words)

    prove = backup._prove
    backup._write = rename_then_write
    backup._prove = lambda draft, *words: prove(draft_names[draft], *words)
    backup._free_name = lambda folder, made_at: next(iter(draft_names.values()))
    backup.rename = lambda draft, place: None


def remembered_before_written() -> None:
    """Remember what a calendar file says before the file is there."""
    write, late = calendar_file.write_file, []

    def only_say(target: Path, content: bytes) -> Any:
        late.append((target, content))
        return outputs.Written(target, len(content), hashlib.sha256(content).hexdigest())

    def write_after(*words: Any, **more: Any) -> Any:
        made = remember(*words, **more)
        for target, content in late:
            write(target, content)
        return made

    remember = calendar_file.write_calendar
    calendar_file.write_file, calendar_file.write_calendar = only_say, write_after


def restored_in_place() -> None:
    """Unpack a backup straight into its place, the database first."""
    restore.Unpacked.__init__ = lambda self, root: (
        setattr(self, "root", root.with_name("restored")),
        setattr(self, "damaged", []),
    )[0]
    restore._DRAFT = restore.DATABASE
    restore._move = lambda draft, folder: None
    restore._remove = lambda folder: None
    real = restore.rename
    restore.rename = lambda draft, place: None if draft == place else real(draft, place)
