"""Originals: written once, never changed, named by their SHA-256.

A copy goes to a draft while it is hashed, the draft is made durable, renamed, and its folder made
durable; only then does the caller write the row. A power cut leaves at most a draft, which the
next start sweeps away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from app.domain.errors import UserError

_CHUNK: Final = 1 << 20
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_SCANNER_SECONDS: Final = 2.5
"""How long a virus scanner on Windows may hold a fresh file before a rename gives up."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An original in the vault: its digest, its size in bytes, and its first bytes."""

    sha256: str
    size: int
    head: bytes
    is_new: bool


class Vault:
    """The folder `originals/` of a binder, and `incoming/` beside it for drafts."""

    def __init__(self, root: Path) -> None:
        self._originals = root / "originals"
        self._incoming = root / "incoming"

    def prepare(self) -> None:
        """Make the folders, and sweep drafts that an earlier crash left."""
        for folder in (self._originals, self._incoming):
            folder.mkdir(exist_ok=True)
        for draft in self._incoming.iterdir():
            draft.unlink()
        sync_folder(self._originals.parent)

    def put(self, source: BinaryIO, *, lasting: bool = True) -> Stored:
        """Copy a stream in; the same bytes twice are stored once.

        Without `lasting` its name may still be lost with the power until `sync` was called: of
        many originals that come in together, one call makes all names last.

        Raises:
            UserError: there are no bytes to keep.
            OSError: the source cannot be read or the disk cannot be written.
        """
        draft = self._incoming / uuid4().hex
        digest = hashlib.sha256()
        size = 0
        head = b""
        try:
            with draft.open("xb") as writer:
                while chunk := source.read(_CHUNK):
                    head = head or chunk[:4096]
                    digest.update(chunk)
                    size += writer.write(chunk)
                if not size:
                    raise UserError("The file is empty: there is nothing in it to keep.")
                place = self._place(digest.hexdigest())
                is_new = not place.exists()
                if is_new:
                    writer.flush()
                    os.fsync(writer.fileno())
            if is_new:
                replace(draft, place)
                place.chmod(0o400)
        finally:
            draft.unlink(missing_ok=True)
        if lasting:  # also for known bytes: whoever put them there may have died before this
            self.sync()
        return Stored(digest.hexdigest(), size, head, is_new)

    def sync(self) -> None:
        """Make the names of all originals last; what a row is about must."""
        sync_folder(self._originals)

    @contextmanager
    def lend(self, sha256: str) -> Generator[Path]:
        """Give a readable path of an original for as long as the block runs.

        Raises:
            UserError: the original is not there.
        """
        place = self._place(sha256)
        if not place.is_file():
            raise UserError(
                "The original of this paper is missing from the binder. "
                "Run a full check (Help → Check the binder), then restore it from a backup."
            )
        yield place

    @contextmanager
    def scratch(self) -> Generator[Path]:
        """Give the path of a new draft for as long as the block runs; then it is gone."""
        draft = self._incoming / uuid4().hex
        try:
            yield draft
        finally:
            for left in self._incoming.glob(f"{draft.name}*"):  # a database has companions
                left.unlink()

    def holds(self, sha256: str) -> bool:
        """Return whether the original is there."""
        return self._place(sha256).is_file()

    def size_of(self, sha256: str) -> int | None:
        """Return how many bytes lie there under this digest, or None if nothing does."""
        try:
            return self._place(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def everything(self) -> Generator[str]:
        """Yield the digest of each original that lies in the vault; strangers are passed over."""
        for place in sorted(self._originals.iterdir()):
            if _DIGEST.fullmatch(place.name):
                yield place.name

    def destroy(self, sha256: str) -> None:
        """Delete an original; only what `app.storage.doom` has noted may be asked for."""
        place = self._place(sha256)
        if place.exists():
            place.chmod(0o600)
            place.unlink()
            self.sync()

    def _place(self, sha256: str) -> Path:
        return self._originals / sha256


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def replace(draft: Path, place: Path) -> None:
    """Rename over; on Windows wait while a scanner holds the file."""
    give_up = time.monotonic() + _SCANNER_SECONDS
    while True:
        try:
            draft.replace(place)
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > give_up:
                raise
            time.sleep(0.05)
        else:
            return


def make_folder(folder: Path) -> None:
    """Make a folder with all that lead to it, each of them durable."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system can.

    Windows cannot and need not; some drives and network shares, where backups may lie, refuse.
    """
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # entries may be made in a folder that may not be read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(handle)
