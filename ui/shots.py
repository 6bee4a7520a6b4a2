"""Pictures of every page, light and dark, at 100 % and 150 %, for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from ui.bridges import JobBridge
from ui.main_window import MainWindow
from ui.style import Style, Theme

THEMES: tuple[Theme, ...] = ("light", "dark")
PERCENTS = (100, 150)
SIZE = (1280, 860)
QUIET_MS = 150
_GIVE_UP_MS = 60_000


def take_shots(
    window: MainWindow,
    style: Style,
    bridges: Sequence[JobBridge],
    folder: Path,
    percents: Sequence[int] = PERCENTS,
    quiet_ms: int = QUIET_MS,
) -> list[Path]:
    """Write `page-theme-percent.png` for every page of the window; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZE)  # whatever screen there is, if any
    written: list[Path] = []
    for theme in THEMES:
        style.choose_theme(theme)
        for percent in percents:
            style.choose_percent(percent)
            for name in window.pages.names:
                window.go_to(name)
                settle(bridges, quiet_ms)
                target = folder / f"{name}-{theme}-{percent}.png"
                shot(window, target)
                written.append(target)
    return written


def shot(widget: QWidget, target: Path) -> None:
    """Write what a widget shows now."""
    widget.grab().save(str(target))


def settle(bridges: Sequence[JobBridge], quiet_ms: int = QUIET_MS) -> None:
    """Let the event loop run until no job was under way for a little while.

    The little while lets timers start the next question: a page asks for its pictures only after
    it knows its size. Gives up after a minute, so that one stuck job does not hang the run.
    """
    loop = QEventLoop()
    quiet = QTimer()
    quiet.setSingleShot(True)
    quiet.setInterval(quiet_ms)

    def look() -> None:
        if any(bridge.busy for bridge in bridges):
            quiet.start()
        else:
            loop.quit()

    quiet.timeout.connect(look)
    quiet.start()
    QTimer.singleShot(_GIVE_UP_MS, loop, loop.quit)
    loop.exec()
