"""Bringing a backup back: compared byte by byte while it is unpacked, in place only when whole.

The binder is put together in a folder of its own beside its place, and takes its place by one
rename at the very end.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from app.domain.errors import UserError
from app.jobs import Progress
from app.storage import backup_file
from app.storage.backup_file import ROTTEN, SPARE, BackupFile, digest_into, megabytes
from app.storage.database import DATABASE
from app.storage.vault import make_folder, sync_folder
from app.storage.vault import replace as rename

_DRAFT: Final = f"{DATABASE}.part"


class Unpacked:
    """A binder that was put together from a backup; `damaged` are digests of broken originals."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.damaged: list[str] = []


@contextmanager
def unpacked(file: Path, folder: Path, progress: Progress) -> Generator[Unpacked]:
    """Unpack a backup; when the block ends well, the binder moves to its place, else it is gone.

    Raises:
        UserError: the place is not empty, has no room, or the backup is not whole.
        Cancelled: the person asked to stop; nothing is left.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            f"“{folder.name}” is not empty. Choose a new folder for the restored binder."
        )
    folder = folder.absolute()
    with backup_file.opened(file) as backup:
        make_folder(folder.parent)
        _sweep(folder)
        _refuse_without_room(folder.parent, backup.manifest.size)
        binder = Unpacked(folder.with_name(_draft_name(folder, uuid4().hex)))
        try:
            binder.root.mkdir()
            _unpack(backup, binder, progress)
            yield binder
            _move(binder.root, folder)
        finally:
            if binder.root.exists():
                _remove(binder.root)


def _draft_name(folder: Path, mark: str) -> str:
    return f".{folder.name}.restoring-{mark}"


def _sweep(folder: Path) -> None:
    """Remove what an earlier restore into the same place left when it was interrupted."""
    pattern = re.compile(re.escape(_draft_name(folder, "")) + "[0-9a-f]{32}")
    for entry in folder.parent.iterdir():
        if pattern.fullmatch(entry.name):
            _remove(entry)


def _unpack(backup: BackupFile, binder: Unpacked, progress: Progress) -> None:
    """Unpack everything; the database gets its name last: without it, a folder is no binder."""
    manifest = backup.manifest
    done = 0

    def tick(size: int) -> None:
        nonlocal done
        done += size
        progress.step(done >> 10, manifest.size >> 10, "Bringing it back")

    for name in manifest.members:
        place = binder.root / (_DRAFT if name == DATABASE else name)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not _unpack_one(backup, name, place, tick):
            if name == DATABASE:
                raise UserError(
                    "The records in this backup are damaged, so it cannot be brought back. "
                    "Choose another backup; older ones may lie in the same folder."
                )
            binder.damaged.append(place.name)
    for place in (*filter(Path.is_dir, binder.root.rglob("*")), binder.root):
        sync_folder(place)
    rename(binder.root / _DRAFT, binder.root / DATABASE)
    sync_folder(binder.root)


def _unpack_one(backup: BackupFile, name: str, place: Path, tick: Callable[[int], None]) -> bool:
    """Write one member; return whether it is whole. A broken one is kept if none of it lacks."""
    member = backup.manifest.members[name]
    digest = ""
    with place.open("xb") as target:
        with suppress(*ROTTEN):
            digest = digest_into(_ticking(backup.read(name), tick), target)
        target.flush()
        os.fsync(target.fileno())
    if place.stat().st_size != member.size:
        place.unlink()
    elif name != DATABASE:
        place.chmod(0o400)
    return digest == member.sha256 and (name == DATABASE or digest == place.name)


def _ticking(pieces: Iterator[bytes], tick: Callable[[int], None]) -> Iterator[bytes]:
    for piece in pieces:
        tick(len(piece))
        yield piece


def _move(draft: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()  # it is empty: Windows renames over nothing
    rename(draft, folder)
    sync_folder(folder.parent)


def _refuse_without_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + SPARE:
        raise UserError(
            f"The binder needs {megabytes(size + SPARE)}, and this drive has {megabytes(free)} "
            "left. Free some space there, or choose another drive."
        )


def _remove(folder: Path) -> None:
    """Remove a draft of a binder; originals are read-only, which Windows minds."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o600)
    shutil.rmtree(folder)
