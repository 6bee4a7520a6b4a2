"""A small window for the one long thing that comes before the window itself."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.jobs import JobEvent
from ui.style import px
from ui.widgets.text import button, elided, section
from ui.wording import tr


class WaitingWindow(QWidget):
    """Says what is being done and how far it is; its one button, or closing it, stops it."""

    cancelled = Signal()

    def __init__(self, title: str, stop: str = "") -> None:
        """Make the window; `stop` is the word on the button, else “Cancel”."""
        super().__init__()
        self.setWindowTitle(title)
        self.words = elided("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(section(title))
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        self.stop = button(stop or tr("Cancel"), self.cancelled.emit)
        layout.addWidget(self.stop)
        self.setFixedWidth(px(480))

    @Slot(object)
    def hear(self, arrived: object) -> None:
        """Take an event of the job."""
        happening = cast("JobEvent", arrived)
        self.words.setText(happening.note or happening.title)
        if happening.total:
            self.bar.setRange(0, happening.total)
            self.bar.setValue(happening.done)
