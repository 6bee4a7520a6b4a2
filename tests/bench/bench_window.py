"""The window: how long it takes to be usable, and how long it ever makes a person wait.

Run: python -m tests.bench.bench_window
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication

import ui.main as program
from app.storage.queries.papers import paper_rows
from tests.bench.large_binder import make_large_binder, vocabulary, words
from ui.pages.intake_steps import files_dropped

PAPERS = 10_000
ADDED = 1_000
ROUNDS = 7
SETTLED_MS = 1500

BARE = """
import sqlalchemy.dialects.sqlite, sqlcipher3, platformdirs
import argparse, logging.handlers, json, zlib, hashlib, tomllib
from PySide6.QtCore import QTimer
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
"""The yardstick: a window with nothing in it that imports the same libraries."""

OURS = """
import sys, gc
gc.disable()  # as ui.__main__ does
import ui.main
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
class Window(ui.main.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self._usable)
    def _usable(self):
        self.close()
        QApplication.quit()
ui.main.MainWindow = Window
sys.exit(ui.main.main(["--binder", sys.argv[1]]))
"""


def seconds(script: str, *words_: str) -> float:
    """Return how long a script takes as a whole process, in seconds of wall time.

    Compiled modules are kept, as they are for an installed program, whatever is set here.
    """
    began = time.perf_counter()
    command = [sys.executable, "-c", script, *words_]
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = f"{tempfile.gettempdir()}/claimbinder-bench-compiled"
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, env=kept, stdout=quiet, stderr=quiet)
    return time.perf_counter() - began


def start_row(folder: Path) -> str:
    """Measure the start with many papers, in pairs with the yardstick."""
    binder = folder / "many"
    make_large_binder(binder, PAPERS)
    seconds(BARE)
    seconds(OURS, str(binder))
    pairs = [(seconds(OURS, str(binder)), seconds(BARE)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    ours = statistics.median(pair[0] for pair in pairs)
    return (
        f"| start to a usable window, {PAPERS:,} papers | a bare window that imports the same "
        f"libraries | {ratio:.2f} × wall ({ours:.2f} s) | ≤ 1.5 × |"
    )


class WatchedWindow(program.MainWindow):
    """The program's window, with a heartbeat: it notes how long its event loop was ever held."""

    papers: Path
    gaps: ClassVar[list[float]] = []
    read: ClassVar[int] = 0

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        super().showEvent(event)
        self._clock = QElapsedTimer()
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._beaten)
        QTimer.singleShot(SETTLED_MS, self._begin)

    def _begin(self) -> None:
        self.go_to("inbox")
        QTimer.singleShot(SETTLED_MS, self._add)

    def _add(self) -> None:
        self._clock.start()
        self._beat.start(5)
        files_dropped(self._desk, self, [self.papers])

    def _beaten(self) -> None:
        self.gaps.append(self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()
        if len(self.gaps) % 100 == 0 and not self._desk.jobs.busy:
            rows = self._desk.binder.ask(paper_rows)
            type(self).read = sum(row.read == "done" for row in rows)
            if self.read >= ADDED:
                self.close()
                QApplication.quit()
            self._clock.restart()


def heartbeat_row(folder: Path) -> str:
    """Measure the longest pause of the event loop while papers are added and read."""
    dots = random.Random(7)
    known = vocabulary(dots)
    WatchedWindow.papers = folder / "papers"
    WatchedWindow.papers.mkdir()
    for number in range(ADDED):
        text = words(dots, known)
        (WatchedWindow.papers / f"{number:04}.txt").write_text(text, encoding="utf-8")
    make_large_binder(folder / "few", 10)
    program.MainWindow = WatchedWindow
    program.main(["--binder", str(folder / "few")])
    ordered = sorted(WatchedWindow.gaps)
    usual = ordered[int(len(ordered) * 0.999)]
    return (
        f"| event loop while {ADDED:,} papers are added ({WatchedWindow.read:,} read) | "
        f"a heartbeat of 5 ms | longest pause {ordered[-1]:.0f} ms, 99.9 % under {usual:.0f} ms "
        "| ≤ 50 ms |"
    )


def main() -> None:
    """Print the rows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = f"{folder}/{name.lower()}"
        sys.stdout.write(start_row(Path(folder)) + "\n")
        sys.stdout.write(heartbeat_row(Path(folder)) + "\n")


if __name__ == "__main__":
    main()
