"""The one search box: papers, people, numbers and actions, found while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.bridges import JobBridge
from ui.style import px, row_height
from ui.widgets.fields import LineField
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import icon_label, muted
from ui.wording import count_of, tr

DEBOUNCE_MS = 120
_MOST_ROWS = 9


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the drop-down and the thing it stands for."""

    line: Line
    thing: Any


Find = Callable[[str], Sequence[Found]]


class _Popup(QFrame):
    """The drop-down: a child of the window that never takes the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("look", "popup")
        self.list = ChooserList(tr("What was found"), boxed=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.none = muted()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        layout.addWidget(self.none)
        self.hide()

    def place_under(self, box: QWidget, rows: int) -> None:
        window = self._window
        corner = box.mapTo(window, QPoint(0, box.height() + 4))
        width = min(max(box.width(), px(520)), window.width() - corner.x() - 16)
        tall = sum(self.list.sizeHintForRow(row) for row in range(min(rows, _MOST_ROWS)))
        height = (tall or row_height()) + 10
        self.setGeometry(corner.x(), corner.y(), width, min(height, window.height() - corner.y()))


class SearchBox(LineField):
    """Finds while one types; the arrow keys choose, Enter opens, Esc closes.

    `find` is asked on a thread, `here` at once in the window's thread; what `here` finds stands
    first. `chosen(thing)` carries the thing of the line that was opened.
    """

    chosen = Signal(object)

    def __init__(
        self,
        window: QWidget,
        jobs: JobBridge,
        find: Find,
        here: Find,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Search papers, people, numbers, actions"), 200, parent)
        self._jobs, self._find, self._here = jobs, find, here
        self._found: list[Found] = []
        self._asking = False
        self._asked = ""
        self.setAccessibleName(tr("Search"))
        self._glass = icon_label("search", 20, "muted")
        self._glass.setParent(self)
        self.popup = _Popup(window)
        self.popup.list.clicked.connect(self._clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.changed.connect(self._typed)

    def close_popup(self) -> None:
        """Hide what was found."""
        self.popup.hide()

    # ------------------------------------------------------------------ finding

    @property
    def _words(self) -> str:
        return self.text().strip()

    @Slot()
    def _typed(self) -> None:
        if self._words:
            self._timer.start()
        else:
            self._timer.stop()
            self.close_popup()

    @Slot()
    def _ask(self) -> None:
        """Ask for what is typed now; one question at a time, the newest words only."""
        words = self._words
        if self._asking or not words:
            return
        self._asking, self._asked, find = True, words, self._find
        self._jobs.run("", lambda _progress: find(words), self._take, self._fail, owner=self)

    def _fail(self, error: BaseException) -> None:
        self._asking = False
        self._jobs.failed.emit(error)

    def _take(self, found: Sequence[Found]) -> None:
        self._asking = False
        if self._words != self._asked:
            self._ask()
            return
        self._show([*self._here(self._asked), *found])

    def _show(self, found: list[Found]) -> None:
        if not self.hasFocus():
            return
        self._found = found
        lines = self.popup.list
        lines.set_lines([each.line for each in found])
        lines.setVisible(bool(found))
        self.popup.none.setVisible(not found)
        self.popup.none.setText(tr("Nothing was found for “{words}”.", words=self._asked))
        if found:
            lines.setCurrentIndex(lines.lines.index(0))
        self.popup.place_under(self, len(found))
        self.popup.show()
        self.popup.raise_()
        self._announce(count_of(len(found), "{n} result", "{n} results"))

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # ------------------------------------------------------------------ choosing

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._found):
            thing = self._found[row].thing
            self.close_popup()
            self.clear()
            self.chosen.emit(thing)

    @Slot(object)
    def _clicked(self, index: Any) -> None:
        self._open(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.popup.isVisible():
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
            else:
                super().keyPressEvent(event)
            return
        lines = self.popup.list
        row = lines.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 5,
            Qt.Key.Key_PageUp: -5,
        }
        if event.key() in steps:
            row = max(0, min(len(self._found) - 1, row + steps[Qt.Key(event.key())]))
            lines.setCurrentIndex(lines.lines.index(row))
            if self._found:
                self._announce(self._found[row].line.spoken)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(row)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_popup()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_popup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setTextMargins(px(28), 0, 0, 0)
        self._glass.move(px(10), (self.height() - self._glass.height()) // 2)
