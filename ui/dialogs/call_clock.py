"""How long the call has taken so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.text import Label, quiet_button, relabel
from ui.wording import count_of, tr

_SECOND_MS: Final = 1000


class CallClock(QWidget):
    """Minutes and seconds, with one button that stops them and lets them go on.

    `ticked` comes each second, whether the clock runs or stands. `now` gives seconds that never
    go back, whatever happens to the computer's own clock.
    """

    ticked = Signal()

    def __init__(
        self, now: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._before = 0.0
        self._since: float | None = None
        self.words = Label("", "title", wrap=False)
        self.turn = quiet_button(tr("Stop the clock"), self._turn, "clock")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._show()

    @property
    def seconds(self) -> int:
        """What it shows, in whole seconds."""
        running = 0.0 if self._since is None else self._now() - self._since
        return int(self._before + running)

    @property
    def minutes(self) -> int | None:
        """The length of the call in minutes, at least one; None if the clock never ran."""
        return max(1, round(self.seconds / 60)) if self.seconds else None

    @property
    def runs(self) -> bool:
        """Whether the time goes on."""
        return self._since is not None

    def begin(self, seconds: int = 0) -> None:
        """Let the time run, from this many seconds on."""
        self._before, self._since = float(seconds), self._now()
        relabel(self.turn, tr("Stop the clock"))
        self._show()

    def stand(self, seconds: int | None = None) -> None:
        """Stop the time, at this many seconds or at what it is now."""
        self._before, self._since = float(self.seconds if seconds is None else seconds), None
        relabel(self.turn, tr("Start the clock"))
        self._show()

    def end(self) -> None:
        """Tick no more: the window goes."""
        self._timer.stop()

    def _turn(self) -> None:
        if self.runs:
            self.stand()
        else:
            self.begin(self.seconds)

    @Slot()
    def _tick(self) -> None:
        self._show()
        self.ticked.emit()

    def _show(self) -> None:
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        self.words.setText(
            f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
        )
        spoken = count_of(hours * 60 + minutes, "{n} minute", "{n} minutes")
        if (name := tr("Length of the call: {time}", time=spoken)) != self.words.accessibleName():
            self.words.setAccessibleName(name)
