"""Names for files and folders that every system takes, each used once in its folder."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

_UNFIT: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""What Windows forbids in names, and marks that turn text about, which hide what a file is."""

_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST: Final = 80  # letters; with three bytes each still below the limit of any file system
_LONGEST_END: Final = 10


class FileNames:
    """Gives out names within one folder; names that differ only in case count as the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def fit(self, wanted: str, otherwise: str = "Paper") -> str:
        """Return a name as near as can be to the one that is wanted, and not given out yet."""
        name = " ".join(_UNFIT.sub(" ", wanted.encode("utf-8", "replace").decode()).split())
        name = name.strip(" .") or otherwise
        if _DEVICES.fullmatch(name):
            name = f"_{name}"
        end = PurePosixPath(name).suffix
        end = end if len(end) <= _LONGEST_END else ""
        stem = name[: len(name) - len(end)][:_LONGEST].rstrip(" .") or otherwise
        name, number = f"{stem}{end}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem} ({number}){end}"
        self._taken.add(name.casefold())
        return name
