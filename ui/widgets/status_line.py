"""The status line: saved, the last proven backup, nothing leaves this computer, the job strip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.style import px
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.text import icon_label, muted
from ui.wording import tr


class StatusLine(QWidget):
    """One quiet line at the foot of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saved = muted(wrap=False)
        self.backup = muted(wrap=False)
        self.offline = muted(tr("Nothing leaves this computer"), wrap=False)
        self.strip = ProgressStrip()
        self._pictures = [
            icon_label(name, 16, "muted") for name in ("check-circle", "backup", "lock")
        ]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(6)
        words = (self.saved, self.backup, self.offline)
        for picture, part in zip(self._pictures, words, strict=True):
            layout.addWidget(picture)
            layout.addWidget(part)
            layout.addSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self.strip)
        self.strip.appeared.connect(self.fit)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fit()

    def show_words(self, saved: str, backup: str, *, backup_is_old: bool) -> None:
        """Say how things stand; an old backup is said in words and in the tone of a warning."""
        self.saved.setText(saved)
        self.backup.setText(backup)
        self.backup.set_look("warning" if backup_is_old else "muted")
        self.fit()
        self.setAccessibleName(f"{saved}. {backup}. {self.offline.text()}.")

    @Slot()
    def fit(self) -> None:
        """Keep to one line of words where they have room, else two."""
        words = (self.saved, self.backup, self.offline)
        metrics = self.fontMetrics()
        needed = sum(metrics.horizontalAdvance(part.text()) + px(56) for part in words)
        room = self.width() - (px(360) if self.strip.isVisibleTo(self) else 0)
        lines = 1 if needed <= room else 2
        is_working = self.strip.isVisibleTo(self)
        for part in words:
            part.setWordWrap(lines > 1)
            part.setHidden(is_working and lines > 1)  # for so long the icons speak alone
        self.setFixedHeight(max(48, metrics.lineSpacing() * lines + 16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()
