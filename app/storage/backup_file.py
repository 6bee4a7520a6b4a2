"""The form of a backup: one ZIP file with the database, the originals and a list of all of it.

`manifest.json` names every other member with its size and SHA-256. Nothing in such a file is
believed before it was compared: it may have rotted, or been made by somebody else.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from app.domain.errors import BinderUnusableError, UserError
from app.storage.database import DATABASE
from app.storage.migrations import NEWEST

MANIFEST: Final = "manifest.json"
CHUNK: Final = 1 << 20
SPARE: Final = 16 << 20
"""Bytes that must stay free on a drive after something large was written to it."""
_FORMAT: Final = "ClaimBinder backup"
_VERSION: Final = 1
_LARGEST_MANIFEST: Final = 64 << 20
_NAME: Final = re.compile(rf"{re.escape(DATABASE)}|originals/[0-9a-f]{{64}}")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1

ROTTEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, LookupError, OverflowError,
    RuntimeError,  # includes NotImplementedError and RecursionError
)  # fmt: skip
"""What reading a damaged or hostile file of this form may raise."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the backup: its size in bytes and the SHA-256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `rows` counts the rows of each table; `made_at` is UTC."""

    binder: str
    made_at: datetime
    schema: int
    rows: Mapping[str, int]
    members: Mapping[str, Member]

    @property
    def size(self) -> int:
        """Bytes of all members together, unpacked."""
        return sum(member.size for member in self.members.values())


def name_of(sha256: str) -> str:
    """Return the name of an original in a backup: the same as in a binder."""
    return f"originals/{sha256}"


def packed(manifest: Manifest) -> bytes:
    """Return the manifest as it is written."""
    content = {"format": _FORMAT, "version": _VERSION, **asdict(manifest)}
    content["made_at"] = manifest.made_at.isoformat()
    return json.dumps(content, indent=1).encode()


class BackupFile:
    """A backup that is open for reading; its form has been checked, its content not yet."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def read(self, name: str) -> Iterator[bytes]:
        """Yield the content of a member in pieces, never more than its size.

        A wrong byte shows in the SHA-256, so the check sum of the ZIP itself, which would hold
        the last piece back, is not asked.

        Raises:
            any of `ROTTEN`: the file is damaged there.
        """
        left = self.manifest.members[name].size
        info = copy(self._archive.getinfo(name))
        info.CRC = None  # pyright: ignore[reportAttributeAccessIssue] - as if the file had none
        with _wrong_offsets_are_rot(), self._archive.open(info) as source:
            while piece := source.read(min(CHUNK, left + 1)):
                left -= len(piece)
                if left < 0:
                    raise ValueError(f"{name} is longer than it says")
                yield piece
        if left:
            raise EOFError(f"{name} is shorter than it says")


@contextmanager
def opened(file: Path) -> Generator[BackupFile]:
    """Open a backup for reading and check its form.

    Raises:
        UserError: it is not a backup of ours, or so damaged that nothing can be read.
        BinderUnusableError: a newer ClaimBinder made it.
    """
    if file.exists() and not file.is_file():
        raise UserError(f"“{file.name}” is not a file. Choose the file of a backup.")
    with file.open("rb") as raw:
        _forget_cached(raw)
        try:
            with _wrong_offsets_are_rot():
                archive = zipfile.ZipFile(raw)
                manifest = _manifest(archive)
                _compare_names(archive, manifest)
        except ROTTEN as error:
            raise UserError(
                f"“{file.name}” is not a backup of ClaimBinder, or it is damaged. "
                "Choose another backup; older ones may lie in the same folder."
            ) from error
        with archive:
            yield BackupFile(archive, manifest)


@contextmanager
def _wrong_offsets_are_rot() -> Generator[None]:
    """Tell a damaged table of contents, which leads to before the file, from a failing disk."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise ValueError("a place before the beginning of the file") from error


def _forget_cached(raw: BinaryIO) -> None:
    """Ask the system to read from the disk itself: memory would only repeat what was written."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(raw.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise ValueError("manifest too large")
    with archive.open(MANIFEST) as source:
        content: Any = json.loads(source.read(_LARGEST_MANIFEST + 1))
    if not isinstance(content, dict):
        raise ValueError("not our manifest")  # noqa: TRY004 - damaged data, not a wrong call
    return _parsed(cast("dict[str, Any]", content))


def _parsed(content: dict[str, Any]) -> Manifest:
    if content.get("format") != _FORMAT:
        raise ValueError("not our manifest")
    try:
        manifest = Manifest(
            str(content["binder"]),
            datetime.fromisoformat(content["made_at"]),
            int(content["schema"]),
            {str(table): int(count) for table, count in content["rows"].items()},
            {
                str(name): Member(int(member["size"]), str(member["sha256"]))
                for name, member in content["members"].items()
            },
        )
        version = int(content["version"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not our manifest") from error
    if version > _VERSION or manifest.schema > NEWEST:
        raise BinderUnusableError(
            "This backup was made by a newer ClaimBinder. Please install that version or a later "
            "one, then restore it."
        )
    return manifest


def _compare_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Refuse names that lead elsewhere, members twice or not listed, and sizes that disagree."""
    found = archive.infolist()
    names = {info.filename for info in found}
    if len(names) != len(found) or names != {MANIFEST, *manifest.members}:
        raise ValueError("other members than listed")
    if DATABASE not in names or manifest.made_at.tzinfo is None:
        raise ValueError("incomplete")
    for info in found:
        if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
            raise ValueError(f"{info.filename} is packed in another way")
        if info.filename != MANIFEST:
            size = manifest.members[info.filename].size
            if not _NAME.fullmatch(info.filename) or info.file_size != size:
                raise ValueError(f"{info.filename} is not what the list says")


def digest_into(pieces: Iterator[bytes], target: IO[bytes] | None) -> str:
    """Return the SHA-256 of a content, writing it to `target` on the way."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        if target:
            target.write(piece)
    return digest.hexdigest()


def megabytes(size: int) -> str:
    """Return a size in bytes as a person reads it."""
    return f"{-(-size // 1_000_000):,} MB"
