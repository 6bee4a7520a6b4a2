"""How a finished file takes its place: all of it or nothing, and never over one of its sources."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from app.domain.errors import UserError

_SCANNER_SECONDS = 2.5
"""How long a virus scanner on Windows may hold a fresh file before a rename gives up."""


def part_beside(target: Path, sources: Iterable[Path]) -> Path:
    """Return where to write until all is done: a hidden name in the target's folder.

    The same target always gives the same name, so what a crash leaves is overwritten next time.

    Raises:
        UserError: the target is a folder, a device, a source, or in a folder that takes no files.
    """
    refuse_target(target, sources)
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    part = target.parent / f".claimbinder-{name}.part"
    try:
        part.write_bytes(b"")
    except OSError as error:
        raise refusal(error, target.parent) from error
    return part


def refuse_target(target: Path, sources: Iterable[Path]) -> None:
    """Make sure that a file may be written, or replaced, there.

    Raises:
        UserError: it is a folder, a device or a source.
    """
    if target.is_dir():
        raise UserError(f"“{target.name}” is a folder. Choose a name for the file to be made.")
    if target.exists() and not target.is_file():
        raise UserError(
            f"“{target}” is no ordinary file, so it is left alone. Choose another name."
        )
    if any(_is_same(target, source) for source in sources):
        raise UserError(
            f"“{target.name}” is one of the papers that go into the bundle, and an original is "
            "never changed. Choose another name."
        )


def _is_same(target: Path, source: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:
        return False


def hand_over(part: Path, target: Path) -> None:
    """Give the finished, durable `part` its name.

    Raises:
        UserError: the folder does not allow it.
    """
    give_up = time.monotonic() + _SCANNER_SECONDS
    while True:
        try:
            part.replace(target)
            break
        except PermissionError as error:
            if sys.platform != "win32" or time.monotonic() > give_up:
                raise refusal(error, target.parent) from error
            time.sleep(0.05)
        except OSError as error:
            raise refusal(error, target.parent) from error
    _sync(target.parent)


def _sync(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refusal(error: OSError, folder: Path) -> UserError:
    """Return the sentence that says why a file cannot be written in a folder."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            why = f"The folder “{folder}” is not there. Choose another place."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            why = f"The folder “{folder}” does not allow new files. Choose another place."
        case errno.ENOSPC | errno.EDQUOT:
            why = "The disk is full. Make room or choose another disk, then try again."
        case errno.EFBIG:
            why = "The file would become too large for this disk. Choose another disk."
        case errno.ENAMETOOLONG:
            why = "The name is too long for this disk. Choose a shorter one."
        case _:
            why = (
                f"The file could not be written to “{folder}”. Check that the disk is connected, "
                "or choose another place."
            )
    return UserError(f"Nothing was saved. {why}")
