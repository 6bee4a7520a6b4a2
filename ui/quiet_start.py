"""A start at login: nobody has called for a window, so none is thrown in their face.

With a tray the program waits there, and its notice tells what is due. Without a tray the window
opens if something is due or has no date; if nothing is, the program ends again: it could not be
seen, and would only keep the binder closed to everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

from app.domain.errors import UserError
from ui.memory import Memory
from ui.opening import Clock, Opened, holds_something, open_binder
from ui.tray import Waiting, tray_is_there, what_waits
from ui.wording import tr

_PANEL_MS: Final = 15_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Whether there is a tray now, and how long a desktop may take at login to have one."""

    tray: Callable[[], bool] = tray_is_there
    panel_ms: int = _PANEL_MS


def open_at_login(
    root: Path, memory: Memory, now: Clock, today: date, around: Surroundings | None = None
) -> Opened | None:
    """Open the binder and say where to be with it; None means that the program may end.

    Raises:
        UserError: the binder cannot be opened, or its disk is not there.
    """
    kept = memory.settings.binder
    if kept and not Path(kept).is_dir():
        raise UserError(
            tr("ClaimBinder could not look at your dates: the folder “{folder}” is not there. "
               "Connect its disk, then open ClaimBinder.", folder=kept)
        )  # fmt: skip
    if not holds_something(root):
        return None
    has_tray = _tray_comes(around or Surroundings())
    opened = open_binder(root, memory, now)
    if has_tray:
        return replace(opened, in_background=True)
    if what_waits(opened.binder, today) == Waiting():
        opened.binder.close()
        return None
    return opened


def _tray_comes(around: Surroundings) -> bool:
    """Return whether there is a tray, at once or when the desktop has had the time to start."""
    if not around.tray():
        loop = QEventLoop()
        QTimer.singleShot(around.panel_ms, loop.quit)
        loop.exec()
    return around.tray()
