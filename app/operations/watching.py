"""A folder that a phone or a scanner fills: new papers in it are copied in, never moved.

The folder is looked at now and then. What was there when it was chosen stays out; what was
taken once is not taken again, also after it was thrown away in the binder: the binder itself
remembers, by path, size and time of each file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.operations.phone import PHOTO_ENDINGS, natural_order
from app.storage.facts import fact, set_fact

WATCHED_ENDINGS: Final = PHOTO_ENDINGS | {".pdf"}
"""What is taken from a watched folder: pictures and PDFs, no videos, no half-loaded files."""

_FACT: Final = "watched"
_DEEPEST: Final = 3
_MOST_FILES: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Seen:
    path: Path
    mark: str


class Watch:
    """One watched folder of one binder.

    `due()` is to be called every few seconds from one thread at a time; it may be slow on a
    network drive. It gives files that are new and were unchanged since the call before, so that
    a file still being copied is left alone until it is whole.
    """

    def __init__(self, binder: Binder, folder: Path) -> None:
        self.folder = folder
        self._binder = binder
        self._known = _remembered(binder, folder)
        self._unsettled: frozenset[str] = frozenset()

    def begin(self) -> int:
        """Start afresh: everything that is in the folder now stays out; return how many files."""
        self._known = frozenset(each.mark for each in _files_in(self.folder))
        _remember(self._binder, self.folder, self._known)
        return len(self._known)

    def due(self) -> list[Path]:
        """Return the files to take now, in the order of their names; none if the folder is away."""
        new = [each for each in _files_in(self.folder) if each.mark not in self._known]
        settled = [each.path for each in new if each.mark in self._unsettled]
        self._unsettled = frozenset(each.mark for each in new)
        return sorted(settled, key=natural_order)

    def taken(self, paths: Collection[Path]) -> None:
        """Remember that these files were dealt with, as they are now."""
        dealt_with = {each.mark for each in _files_in(self.folder) if each.path in paths}
        self._known |= dealt_with
        _remember(self._binder, self.folder, self._known)


def is_watchable(folder: Path) -> bool:
    """Return whether a folder is there and can be looked into."""
    try:
        with os.scandir(folder):
            return True
    except OSError:
        return False


def _files_in(folder: Path) -> Iterator[_Seen]:
    """Yield the papers in a folder with a mark that changes when the file does."""
    left = _MOST_FILES
    for entry in _walk(folder, 0):
        left -= 1
        if left < 0:
            return
        try:
            about = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # it went away meanwhile
        if about.st_size:
            key = f"{entry.path}\0{about.st_size}\0{about.st_mtime_ns}"
            mark = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:16]
            yield _Seen(Path(entry.path), mark)


def _walk(folder: Path, depth: int) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _answer(lambda entry=entry: entry.is_dir(follow_symlinks=False)):
            if depth < _DEEPEST:
                yield from _walk(Path(entry.path), depth + 1)
        elif Path(entry.name).suffix.casefold() in WATCHED_ENDINGS and _answer(
            lambda entry=entry: entry.is_file(follow_symlinks=False)
        ):
            yield entry


def _answer(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except OSError:
        return False


def _remembered(binder: Binder, folder: Path) -> frozenset[str]:
    """Return the marks of what was dealt with; another folder's are not ours."""
    kept = json.loads(binder.ask(fact, _FACT) or "{}")
    return frozenset(kept.get("marks", ())) if kept.get("folder") == str(folder) else frozenset()


def _remember(binder: Binder, folder: Path, marks: frozenset[str]) -> None:
    with binder.operation("Watch a folder") as work:
        content = {"folder": str(folder), "marks": sorted(marks)}
        set_fact(work.connection, _FACT, json.dumps(content))
