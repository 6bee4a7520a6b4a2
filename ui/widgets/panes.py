"""Panes side by side whose sizes are remembered; one at a time, under tabs, where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from ui.memory import Memory
from ui.style import px

_HANDLE = 16


@dataclass(frozen=True, slots=True)
class Pane:
    """A widget, the word on its tab, its share of the width and the least it needs at 100 %."""

    title: str
    widget: QWidget
    share: int = 1
    least: int = 200


class Panes(QWidget):
    """List, paper and form side by side; with large text or in a small window one at a time.

    Handles move by mouse; the sizes are remembered under `name`.
    """

    def __init__(
        self, name: str, memory: Memory, panes: Sequence[Pane], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key = f"panes/{name}"
        self._memory = memory
        self._panes = tuple(panes)
        self._is_narrow = False
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(_HANDLE)
        self.splitter.setChildrenCollapsible(False)
        for number, pane in enumerate(self._panes):
            self.tabs.addTab(pane.title)
            self.splitter.addWidget(pane.widget)
            self.splitter.setStretchFactor(number, pane.share)
        self.splitter.setSizes(self._remembered() or [pane.share * 100 for pane in self._panes])
        self.tabs.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.tabs)
        layout.addWidget(self.splitter, 1)
        self.splitter.splitterMoved.connect(self._moved)
        self.tabs.currentChanged.connect(self._tab_chosen)

    @property
    def is_narrow(self) -> bool:
        """Whether only one pane is shown at a time."""
        return self._is_narrow

    def show_pane(self, number: int) -> None:
        """Bring a pane to the front where they do not all have room; else nothing."""
        self.tabs.setCurrentIndex(number)

    def minimumSizeHint(self) -> QSize:
        """One pane at a time, as narrow as what is in it can be; `least` decides how many fit."""
        widest = max(pane.widget.minimumSizeHint().width() for pane in self._panes)
        return QSize(widest, super().minimumSizeHint().height())

    def _needed(self, pane: Pane) -> int:
        return max(px(pane.least), pane.widget.minimumSizeHint().width())

    def _fit(self) -> None:
        gaps = _HANDLE * (len(self._panes) - 1)
        needed = sum(self._needed(pane) for pane in self._panes) + gaps
        is_narrow = self.width() < needed
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.tabs.setVisible(is_narrow)
        self._show_panes()

    def _show_panes(self) -> None:
        for number, pane in enumerate(self._panes):
            pane.widget.setVisible(not self._is_narrow or number == self.tabs.currentIndex())
            pane.widget.setMinimumWidth(0 if self._is_narrow else self._needed(pane))

    def _remembered(self) -> list[int]:
        kept = (self._memory.recall(self._key) or "").split(",")
        if len(kept) != len(self._panes) or not all(size.isdigit() for size in kept):
            return []
        return [int(size) for size in kept]

    @Slot(int, int)
    def _moved(self, _position: int, _index: int) -> None:
        self._memory.remember(self._key, ",".join(str(size) for size in self.splitter.sizes()))

    @Slot(int)
    def _tab_chosen(self, _number: int) -> None:
        self._show_panes()

    def sizeHint(self) -> QSize:
        """As high as needed and no higher: panes scroll themselves and fill what room there is."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again whether there is room, when what is in the panes needs more or less of it."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled
