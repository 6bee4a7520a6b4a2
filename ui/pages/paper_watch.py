"""The watched folder: looked at now and then while the window is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.operations.intake import TakenIn
from app.operations.watching import Watch
from ui.desk import Desk
from ui.pages.paper_store import store
from ui.shell import Shell
from ui.wording import count_of, tr

LOOK_MS: Final = 15_000


class FolderWatch(QObject):
    """Copies in what is new in one folder; lives as long as the jobs of its desk."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk.jobs)
        self._desk, self._shell = desk, shell
        self._watch: Watch | None = None
        self._is_looking = False
        self._refused: set[Path] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, folder: Path, *, is_new: bool) -> None:
        """Watch a folder from now on; what is in a newly chosen one stays out."""
        made = Watch(self._desk.binder, folder)
        self._watch, self._refused, self._is_looking = made, set(), is_new
        if is_new:
            self._desk.quick.run(
                "", lambda _progress: made.begin(), lambda count: self._begun(made, count),
                owner=self,
            )  # fmt: skip
        else:
            self.look()
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._watch = None
        self._timer.stop()

    def _begun(self, watch: Watch, count: int) -> None:
        self._is_looking = False
        words = [
            tr("New photos and PDFs in “{name}” are now copied into the Inbox.",
               name=watch.folder.name)
        ]  # fmt: skip
        if count:
            words.append(
                count_of(
                    count,
                    "The {n} that is there already stays out.",
                    "The {n} that are there already stay out.",
                )
            )
        self._shell.say(" ".join(words))

    @Slot()
    def look(self) -> None:
        """Look for new files, on a thread, unless the look before still goes on."""
        watch = self._watch
        if watch is None or self._is_looking:
            return
        self._is_looking = True
        self._desk.quick.run(
            "", lambda _progress: watch.due(), lambda due: self._take(watch, due),
            self._failed, owner=self,
        )  # fmt: skip

    def _take(self, watch: Watch, due: Sequence[Path]) -> None:
        paths = [path for path in due if path not in self._refused]
        if watch is not self._watch or not paths:
            self._is_looking = False
            return
        store(self._desk, self._shell, paths, then=lambda rows: self._taken(watch, rows))

    def _taken(self, watch: Watch, rows: Sequence[TakenIn] | None) -> None:
        """Remember what came in; what was refused is not tried again before the next start."""
        rows = rows or ()
        self._refused |= {Path(row.path) for row in rows if row.outcome == "refused"}
        kept = {Path(row.path) for row in rows if row.outcome != "refused"}
        self._desk.quick.run(
            "", lambda _progress: watch.taken(kept), self._looked, self._failed, owner=self
        )

    def _looked(self, _nothing: object) -> None:
        self._is_looking = False

    def _failed(self, error: BaseException) -> None:
        self._is_looking = False
        self._desk.quick.failed.emit(error)


def _watch_of(desk: Desk, shell: Shell) -> FolderWatch:
    found = desk.jobs.findChild(FolderWatch)
    return found if isinstance(found, FolderWatch) else FolderWatch(desk, shell)


def start_watching(desk: Desk, shell: Shell) -> None:
    """Go on watching the folder that was chosen on this computer, at the start of the program."""
    if folder := desk.memory.settings.watched_folder:
        _watch_of(desk, shell).watch(Path(folder), is_new=False)


def watch_folder(desk: Desk, shell: Shell, folder: Path) -> None:
    """Watch a folder that the person has just chosen."""
    desk.memory.choose(watched_folder=str(folder))
    _watch_of(desk, shell).watch(folder, is_new=True)


def stop_watching(desk: Desk, shell: Shell) -> None:
    """Watch no longer, also not after the next start."""
    desk.memory.choose(watched_folder="")
    _watch_of(desk, shell).stop()
    shell.say(tr("The folder is not watched any more. What came from it stays in the binder."))
