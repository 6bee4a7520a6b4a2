"""Room for something that scrolls in itself: it takes what is there and asks for no more."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Room(QWidget):
    """Holds one widget as large as itself.

    A layout would ask for the height of all that is in it, and the dialog would scroll beside what
    scrolls already.
    """

    def __init__(self, content: QWidget, least: QSize) -> None:
        """Hold `content`; `least` is in pixels."""
        super().__init__()
        self._content = content
        content.setParent(self)
        self.setMinimumSize(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())
