"""Lists of lines with an icon, a title, a second line and a word at the right.

`LinesModel` and `LineDelegate` serve the search box, the sidebar's kin and every chooser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.models.difference import difference
from ui.style import Tone, colour, px
from ui.widgets.icons import pixmap

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ID_ROLE = int(Role.UserRole)
LINE_ROLE = int(Role.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a list; `trailing` stands at the right, muted unless it has a tone."""

    id: str
    title: str
    detail: str = ""
    icon: str = ""
    tone: Tone = "ink"
    trailing: str = ""
    trailing_tone: Tone = "muted"
    spoken_trailing: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.title, self.detail, self.spoken_trailing or self.trailing)
        return ", ".join(part for part in parts if part)


class LinesModel(QAbstractListModel):
    """Shows lines; replaces them by difference so that the chosen one stays chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as shown."""
        return tuple(self._lines)

    def replace(self, lines: Sequence[Line]) -> None:
        """Show these lines instead; ids are unique."""
        steps = difference(self._lines, lines, lambda each: each.id)
        for first, last in steps.removed:
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._lines[first : last + 1]
            self.endRemoveRows()
        if steps.order is not None:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            place = {old: new for new, old in enumerate(steps.order)}
            self._lines = [self._lines[old] for old in steps.order]
            self.changePersistentIndexList(before, [self.index(place[i.row()]) for i in before])
            self.layoutChanged.emit()
        for first, last in steps.inserted:
            self.beginInsertRows(QModelIndex(), first, last)
            self._lines[first:first] = lines[first : last + 1]
            self.endInsertRows()
        self._lines = list(lines)
        for first, last in steps.changed:
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        shown = self._lines[index.row()]
        return {
            int(Role.DisplayRole): shown.title,
            int(Role.AccessibleTextRole): shown.spoken,
            ID_ROLE: shown.id,
            LINE_ROLE: shown,
        }.get(role)


class LineDelegate(QStyledItemDelegate):
    """Paints a `Line` in one or two rows of text, each cut with … where it is too long."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        shown: Line | None = index.data(LINE_ROLE)
        text = option.fontMetrics.height()  # pyright: ignore[reportAttributeAccessIssue]
        rows = 2 if shown and shown.detail else 1
        return QSize(px(120), max(40, text * rows + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        style = view.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        shown: Line = index.data(LINE_ROLE)
        box: QRect = option.rect.adjusted(px(12), 8, -px(12), -8)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        box = self._icon(painter, box, shown)
        box = self._trailing(painter, box, shown)
        self._words(painter, box, shown)
        painter.restore()

    def _icon(self, painter: QPainter, box: QRect, shown: Line) -> QRect:
        if not shown.icon:
            return box
        size = px(20)
        ratio = painter.device().devicePixelRatio()
        at = QRect(box.left(), box.center().y() - size // 2 + 1, size, size)
        painter.drawPixmap(at, pixmap(shown.icon, size, shown.tone, ratio))
        return box.adjusted(size + px(12), 0, 0, 0)

    def _trailing(self, painter: QPainter, box: QRect, shown: Line) -> QRect:
        if not shown.trailing:
            return box
        width = min(painter.fontMetrics().horizontalAdvance(shown.trailing), box.width() // 2)
        at = QRect(box.right() - width, box.top(), width + 1, box.height())
        painter.setPen(colour(shown.trailing_tone))
        painter.drawText(
            at,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            _cut(painter.fontMetrics(), shown.trailing, width + 1),
        )
        return box.adjusted(0, 0, -width - px(12), 0)

    def _words(self, painter: QPainter, box: QRect, shown: Line) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        top = box if not shown.detail else box.adjusted(0, 0, 0, -box.height() // 2)
        painter.setPen(colour("ink"))
        painter.drawText(top, left, _cut(painter.fontMetrics(), shown.title, top.width()))
        if shown.detail:
            below = box.adjusted(0, box.height() // 2, 0, 0)
            painter.setPen(colour("muted"))
            painter.drawText(below, left, _cut(painter.fontMetrics(), shown.detail, below.width()))


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)


class ChooserList(QListView):
    """A list to choose one line from. `chosen(id)` on a new current line, `opened(id)` on Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, boxed: bool = True) -> None:
        super().__init__(parent)
        self.lines = LinesModel()
        self.setAccessibleName(name)
        if boxed:
            self.setProperty("look", "boxed")
        self.setItemDelegate(LineDelegate(self))
        self.setModel(self.lines)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._open)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Offer these lines."""
        self.lines.replace(lines)

    @property
    def chosen_id(self) -> str:
        """The id of the current line, or an empty text."""
        return str(self.currentIndex().data(ID_ROLE) or "") if self.currentIndex().isValid() else ""

    def choose(self, line_id: str) -> bool:
        """Make the line of this id current; False if there is none."""
        for row, each in enumerate(self.lines.lines):
            if each.id == line_id:
                self.setCurrentIndex(self.lines.index(row))
                return True
        return False

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(str(current.data(ID_ROLE) or "") if current.isValid() else "")

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(str(index.data(ID_ROLE)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what Qt makes current when the focus comes: one must see where one is."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
