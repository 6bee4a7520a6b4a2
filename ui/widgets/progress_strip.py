"""The job strip: what the program is doing, how far it is, and Cancel."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.jobs import JobEvent
from ui.style import px
from ui.widgets.text import button, elided
from ui.wording import count_of, tr

BUSY_MS = 300
PROGRESS_MS = 2000
_OVER = frozenset({"done", "failed", "cancelled"})


class ProgressStrip(QWidget):
    """Shows the oldest job that has a title; nothing for what is quick.

    After 0.3 s it says what is being done, after 2 s it shows how far and offers Cancel.
    `cancel_wanted(job)` comes when that is pressed, `appeared` when the strip comes or goes.
    """

    cancel_wanted = Signal(int)
    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, JobEvent] = {}
        self.words = elided()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = button(tr("Cancel"), self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel)
        self.hide()
        self._busy = self._timer(BUSY_MS)
        self._long = self._timer(PROGRESS_MS)
        self._show()

    def _timer(self, ms: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(ms)
        made.timeout.connect(self._show)
        return made

    @property
    def shown_job(self) -> int | None:
        """The job the strip tells of, if any."""
        return next(iter(self._jobs), None)

    @Slot(object)
    def hear(self, arrived: object) -> None:
        """Take an event of a job."""
        happening = cast("JobEvent", arrived)
        if not happening.title:
            return
        was_shown = self.shown_job
        if happening.what in _OVER:
            self._jobs.pop(happening.job, None)
        else:
            self._jobs[happening.job] = happening
        if self.shown_job is None:
            self._busy.stop()
            self._long.stop()
        elif was_shown is None:
            self._busy.start()
            self._long.start()
        self._show()

    @Slot()
    def _cancel(self) -> None:
        if self.shown_job is not None:
            self.cancel.setEnabled(False)
            self.cancel_wanted.emit(self.shown_job)

    @Slot()
    def _show(self) -> None:
        job = self._jobs.get(self.shown_job or 0)
        is_busy = job is not None and not self._busy.isActive()
        is_long = job is not None and not self._long.isActive()
        self.words.setText(self._sentence(job) if job and is_busy else "")
        self._appear(is_wanted=is_busy)
        self.bar.setVisible(bool(is_long and job and job.total))
        self.cancel.setVisible(is_long)
        if not is_long:
            self.cancel.setEnabled(True)
        if job and job.total:
            self.bar.setRange(0, job.total)
            self.bar.setValue(job.done)
        self.bar.setFixedWidth(px(120))
        self.setMaximumWidth(px(560))

    def _appear(self, *, is_wanted: bool) -> None:
        if is_wanted == self.isHidden():
            self.setVisible(is_wanted)
            self.appeared.emit()

    def _sentence(self, job: JobEvent) -> str:
        parts = [job.note or job.title]
        if job.total > 1:
            parts.append(tr("{done} of {total}", done=job.done, total=job.total))
        if len(self._jobs) > 1:
            parts.append(count_of(len(self._jobs) - 1, "{n} more waits", "{n} more wait"))
        return " · ".join(parts)
