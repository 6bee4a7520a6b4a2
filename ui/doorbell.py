"""A second start brings the running window up, without a socket: it leaves a small empty file.

The running program watches a folder of this person's own settings and takes the file away; that
is the answer. Where nobody takes it (another person's program has the binder open, or one without
a window), the second start takes it away itself and says that the binder is open already.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, Slot

from app.paths import settings_file

_log = logging.getLogger(__name__)
_PATIENCE_S: Final = 5.0
"""As long as a slow computer may take from the lock of the binder to a window that hears."""
_LOOK_S: Final = 0.05


def doorbells() -> Path:
    """Return this person's folder for it, beside the settings."""
    return settings_file().with_name("doorbells")


class Doorbell(QObject):
    """Hears other starts that want this binder, from now on until the program leaves it."""

    def __init__(
        self, folder: Path, root: Path, rung: Callable[[], object], parent: QObject
    ) -> None:
        """Listen in `folder` for the binder at `root`; call `rung` for each ring."""
        super().__init__(parent)
        self._button, self._rung = _button(folder, root), rung
        with suppress(OSError):  # where nothing can be written nobody can ring either
            folder.mkdir(parents=True, exist_ok=True)
        self._watcher = QFileSystemWatcher(self)
        if folder.is_dir():
            self._watcher.addPath(str(folder))
        self._watcher.directoryChanged.connect(self._look)
        if program := QCoreApplication.instance():
            program.aboutToQuit.connect(self.fall_silent)
        self._look()  # somebody may have been quicker than this window

    @Slot()
    def fall_silent(self) -> None:
        """Answer no more: the window is closed, although a last backup may still be running."""
        if listened_to := self._watcher.directories():
            self._watcher.removePaths(listened_to)

    @Slot()
    def _look(self) -> None:
        try:
            self._button.unlink()
        except FileNotFoundError:
            return
        except OSError as error:
            _log.info("The doorbell cannot be answered: %s", error.strerror)
            return
        self._rung()


def ring(folder: Path, root: Path, patience_s: float = _PATIENCE_S) -> bool:
    """Ask the program that has this binder open to show itself; return whether it does."""
    button = _button(folder, root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        button.touch()
    except OSError:
        return False
    until = time.monotonic() + patience_s
    while button.exists():
        if time.monotonic() > until:
            with suppress(OSError):
                button.unlink()
            return False
        time.sleep(_LOOK_S)
    return True


def _button(folder: Path, root: Path) -> Path:
    """Return the file for a binder: a number of its place, which says nothing to others."""
    return folder / hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
