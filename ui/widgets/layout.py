"""The frames that pages are built from: page, card, empty state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.style import Tone, px
from ui.widgets.text import Click, button, icon_label, muted, primary_button, section, title

GRID = 8


def column(spacing: int = GRID, margins: int = 0) -> QVBoxLayout:
    """Return an empty vertical layout on the grid."""
    made = QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(margins, margins, margins, margins)
    return made


def line(*widgets: QWidget, spacing: int = GRID, stretch: bool = True) -> QHBoxLayout:
    """Return widgets side by side, with the free room after them."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        made.addWidget(widget)
    if stretch:
        made.addStretch(1)
    return made


def rule() -> QFrame:
    """Return a thin line between two parts."""
    made = QFrame()
    made.setProperty("look", "rule")
    made.setFixedHeight(1)
    return made


class Scrolling(QScrollArea):
    """Scrolls its content up and down, never sideways: it is never narrower than the content.

    `least` is the height in pixels at 100 % below which what is around it scrolls instead.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None, *, least: int = 0) -> None:
        super().__init__(parent)
        self._content, self._least = content, least
        content.setProperty("look", "plain")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt lets an area watch its content; a content that has grown may need more room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """Scroll rather than squeeze: wrapped words get the height their width asks for."""
        layout = self._content.layout()
        if layout and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.viewport().width())
            if needed != self._content.minimumHeight():
                self._content.setMinimumHeight(needed)

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._content.minimumSizeHint().width() + bar, max(80, px(self._least)))

    def sizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return self._content.sizeHint() + QSize(bar, 0)


def emptied(layout: QLayout) -> None:
    """Remove and delete everything in a layout, also in the layouts inside it."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            emptied(inner)


class PageFrame(QWidget):
    """The frame of every page: its title, what stands beside it, and the body below.

    `body` is a vertical layout with the margins of the page; `tools` a horizontal one at the
    right of the title, for the page's one primary button. With `scrolls` the body scrolls as a
    whole (cards, forms); without, what is in it fills the page and scrolls itself (tables).
    """

    def __init__(
        self, heading: str, parent: QWidget | None = None, *, scrolls: bool = False
    ) -> None:
        super().__init__(parent)
        self.heading = title(heading)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(GRID)
        self._top = top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.heading, 1)
        top.addLayout(self.tools)
        self.body = column(16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 16)
        layout.setSpacing(16)
        layout.addLayout(top)
        if scrolls:
            inner = QWidget()
            inner.setLayout(self.body)
            self.body.setContentsMargins(0, 0, 8, 8)
            layout.addWidget(Scrolling(inner), 1)
        else:
            layout.addLayout(self.body, 1)

    def heightForWidth(self, width: int) -> int:
        """Return the least height, which is all that the room of a page must give.

        A heading that wraps makes Qt ask for it; by itself Qt would add the whole content of what
        scrolls within the page, and the page would scroll twice.
        """
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the title where they have no room beside it."""
        super().resizeEvent(event)
        title_wide = self.heading.fontMetrics().horizontalAdvance(self.heading.text())
        is_narrow = title_wide + self.tools.sizeHint().width() + 96 > self.width()
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight
        self._top.setAlignment(self.tools, side | Qt.AlignmentFlag.AlignVCenter)


class Card(QFrame):
    """A surface with a heading, an icon beside it, and a body."""

    def __init__(
        self,
        heading: str = "",
        icon: str = "",
        tone: Tone = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.body = column(GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(GRID)
        self.heading = section(heading)
        if heading:
            top = QHBoxLayout()
            top.setSpacing(12)
            if icon:
                top.addWidget(icon_label(icon, 24, tone), 0, Qt.AlignmentFlag.AlignTop)
            top.addWidget(self.heading, 1)
            layout.addLayout(top)
        layout.addLayout(self.body)

    def take_in(self, other: Card) -> None:
        """Show below one's own what another card shows, which is thrown away: one card less."""
        self.body.addWidget(other.heading)
        inside = QWidget()
        other_layout = other.layout()
        assert other_layout is not None
        other_layout.removeItem(other.body)
        other.body.setParent(None)
        inside.setLayout(other.body)
        self.body.addWidget(inside)
        other.deleteLater()


class EmptyState(QWidget):
    """What an empty page says: what goes here, and the one button that begins it."""

    def __init__(
        self,
        icon: str,
        heading: str,
        sentence: str,
        verb: str = "",
        on_click: Click | None = None,
        *,
        is_main: bool = True,
    ) -> None:
        """Make it; `is_main` is false where another button of the page goes forward."""
        super().__init__()
        self._column = QWidget()
        inner = QVBoxLayout(self._column)
        inner.setSpacing(16)
        inner.addWidget(icon_label(icon, 48, "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (section(heading), muted(sentence)):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(words)
        if verb:
            self.go = (primary_button if is_main else button)(verb, on_click)
            inner.addWidget(self.go, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._column, 8)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(px(520))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class OneOfMany(QWidget):
    """Shows one of several widgets, and asks for no more room than that one needs.

    A `QStackedWidget` asks for as much as the largest of its widgets, seen or not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: QWidget | None = None
        self.setLayout(column(0))

    def addWidget(self, widget: QWidget) -> None:
        """Take in a widget; the first one is shown."""
        widget.setVisible(False)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)
        if self._shown is None:
            self.setCurrentWidget(widget)

    def currentWidget(self) -> QWidget | None:
        """Return the widget that is shown."""
        return self._shown

    def setCurrentWidget(self, widget: QWidget) -> None:
        """Show a widget that was taken in, and no other."""
        if self._shown is not None and self._shown is not widget:
            self._shown.hide()
        self._shown = widget
        widget.show()


def bring_up(widget: QWidget) -> None:
    """Scroll the room that a page lives in until a part of it, too low to be seen whole, is on top.

    The parts of a page that scroll in themselves stay as they are.
    """
    room = _outermost_room(widget)
    inner = room.widget() if room else None
    if room is None or inner is None:
        return
    if layout := inner.layout():
        layout.activate()
    top = widget.mapTo(inner, QPoint(0, 0)).y()
    bar = room.verticalScrollBar()
    if top + widget.height() > bar.value() + room.viewport().height():
        bar.setValue(top)


def _outermost_room(widget: QWidget) -> QScrollArea | None:
    found, parent = None, widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            found = parent
        parent = parent.parentWidget()
    return found
