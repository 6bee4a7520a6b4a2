"""The reading of papers in the background: one job at a time, and again when more have come."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Slot

from app.changes import Changes
from app.jobs import JobEvent
from ui.bridges import ChangeBridge
from ui.desk import Desk
from ui.shell import BannerAction, Shell
from ui.wording import tr

_OVER = frozenset({"done", "failed", "cancelled"})


class BackgroundReading(QObject):
    """Reads what waits; lives as long as the jobs of its desk.

    Where a person has set the edges of a photo, or undone that, its pages wait again: that is
    heard here.
    """

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk.jobs)
        self._desk, self._shell = desk, shell
        self._job_id: int | None = None
        self._more_came = False
        desk.jobs.happened.connect(self._heard)
        news = ChangeBridge(desk.binder.feed, gap_ms=0, parent=self)
        news.changed.connect(self._changed)

    def begin(self) -> None:
        """Read what waits now; if a reading is going on, go on after it."""
        if self._job_id is not None:
            self._more_came = True
            return
        self._more_came = False
        title = tr("Reading papers")
        self._job_id = self._shell.run(title, self._desk.reader.read_waiting, owner=self).id

    @Slot(object)
    def _changed(self, changes: object) -> None:
        if cast("Changes", changes).of("page_edges"):
            self.begin()

    @Slot(object)
    def _heard(self, arrived: object) -> None:
        happening = cast("JobEvent", arrived)
        if happening.job != self._job_id or happening.what not in _OVER:
            return
        self._job_id = None
        if happening.what == "cancelled":
            self._shell.say(
                tr("Reading was stopped. The papers are kept; they can be read later."),
                BannerAction(tr("Go on reading"), self.begin),
            )
        elif self._more_came:
            self.begin()


def start_reading(desk: Desk, shell: Shell) -> None:
    """Begin to read what waits, at the start of the program and whenever papers have come."""
    found = desk.jobs.findChild(BackgroundReading)
    reading = found if isinstance(found, BackgroundReading) else BackgroundReading(desk, shell)
    reading.begin()
