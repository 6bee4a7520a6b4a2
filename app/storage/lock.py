"""One program at a time: a lock on the binder's folder that the system frees with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from app.domain.errors import BinderUnusableError


class BinderLock:
    """Held from `take` to `free`; a crash frees it too."""

    def __init__(self, root: Path) -> None:
        self._path = root / "binder.lock"
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            BinderUnusableError: another program has the binder open.
        """
        handle = self._path.open("a+b")
        try:
            _lock(handle.fileno())
        except OSError as error:
            handle.close()
            raise BinderUnusableError(
                "This binder is open in another window or program. Close it there, then try again."
            ) from error
        self._file = handle

    def free(self) -> None:
        """Let the next program in."""
        if self._file:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
