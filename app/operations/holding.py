"""Finding the files that come in, and bringing their bytes into the vault, safe from odd ones."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.storage.database import plain_os_error
from app.storage.vault import Stored

_DEEPEST: Final = 40
"""How many folders deep a dropped folder is followed."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file: added, duplicate or refused; `reason` is a sentence.

    `attachments` are the papers that came with it, if it is mail.
    """

    path: str
    outcome: str
    document_id: str | None = None
    reason: str | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are safe in the vault and still without a row.

    `beside` is what came with it and becomes papers of its own; `remark` names what could not.
    """

    path: str
    stored: Stored
    beside: tuple[Held, ...] = ()
    remark: str = ""


def files_of(path: Path, own: Path, depth: int = 0) -> Iterator[Path | TakenIn]:
    """Yield the regular files of a path, and a refusal for all else that has a name there.

    What lies in the binder's `own` folder is no paper; and to open its database here would free
    the lock that guards it.
    """
    try:
        mode = path.lstat().st_mode
        if _lies_in(path, own):
            yield refused(path, "This belongs to the binder itself. Choose the paper elsewhere.")
            return
        if not stat.S_ISDIR(mode):
            yield path
            return
        entries = sorted(path.iterdir())
    except (OSError, ValueError) as error:
        yield refused(path, why_unreadable(error))
        return
    if depth >= _DEEPEST:
        yield refused(path, "This folder lies too deep. Add it on its own.")
        return
    for entry in entries:
        yield from files_of(entry, own, depth + 1)


def _lies_in(path: Path, own: Path) -> bool:
    place = Path(os.path.realpath(path.parent), path.name)  # a loop of links is no error here
    return place.is_relative_to(own)


def hold(binder: Binder, path: Path) -> Held | TakenIn:
    """Bring a file's bytes into the vault, or say why there are none to bring."""
    try:
        with regular_file(path) as source:
            return Held(str(path), binder.vault.put(source, lasting=False))
    except UserError as error:
        return refused(path, str(error))
    except OSError as error:
        if isinstance(error.filename, str) and Path(error.filename).is_relative_to(binder.root):
            return refused(path, str(plain_os_error(error)))  # the file is not to blame
        return refused(path, why_unreadable(error))


@contextmanager
def regular_file(path: Path) -> Generator[BinaryIO]:
    """Open a regular file and nothing else: links, pipes and devices are never waited on."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise UserError("This is a link to another place. Add the file itself.")
    if not stat.S_ISREG(mode):
        raise UserError("This is not a file. Only files can be added.")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as source:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UserError("This is not a file. Only files can be added.")
        yield source


def why_unreadable(error: OSError | ValueError) -> str:
    """Return the sentence on a file that the system does not let us read."""
    match error:
        case FileNotFoundError():
            return "There is no such file. It may have been moved or renamed."
        case PermissionError():
            return "This file may not be read by you. Ask its owner, or copy it to your own folder."
        case OSError(errno=28 | 122):
            return "The disk is full. Free some space, then add this file again."
        case _:
            return "This file cannot be read. Copy it to this computer and add it again."


def refused(path: Path, reason: str) -> TakenIn:
    """Return the row of a file that could not be taken in."""
    return TakenIn(str(path), "refused", reason=reason)


def clean_name(name: str) -> str:
    """Return a file name as it may be shown: on one line, without marks that turn text about.

    Bytes that are no text (a name from another system) become a visible sign.
    """
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = "".join(letter if letter.isprintable() else " " for letter in readable)
    return " ".join(shown.split()) or "Paper without a name"
