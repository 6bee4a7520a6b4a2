"""What every page and dialog must hold: words not cut, names for the ear, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)

SMALLEST_TARGET = 32
LAID_OUT_MS = 1000
"""After this long a page stands as it will stay."""

_TARGETS = (QPushButton, QToolButton, QComboBox, QCheckBox, QLineEdit)


def show_active(widget: QWidget) -> None:
    """Show a window and wait until it can take keys."""
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)
    QApplication.processEvents()


def visible_children(root: QWidget) -> Iterator[QWidget]:
    """Every widget under `root` that is shown now, `root` included."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible():
            yield widget


def _where(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton | QLabel | QLineEdit) else ""
    return f"{type(widget).__name__} “{words or widget.accessibleName()}”"


def cut_words(root: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need."""
    found = []
    for widget in visible_children(root):
        if not isinstance(widget, QLabel | QPushButton | QCheckBox):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed:
                found.append(f"{_where(widget)}: {widget.height()} px high, needs {needed}")
        elif widget.width() < widget.minimumSizeHint().width():
            found.append(
                f"{_where(widget)}: {widget.width()} px wide, "
                f"needs {widget.minimumSizeHint().width()}"
            )
    return found


def is_focusable(widget: QWidget) -> bool:
    """Whether a person can come to this widget with Tab."""
    return (
        widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollBar)
    )


def nameless(root: QWidget) -> list[str]:
    """Focusable widgets that a screen reader cannot name."""
    return [
        _where(widget)
        for widget in visible_children(root)
        if is_focusable(widget) and not spoken_name(widget).strip()
    ]


def spoken_name(widget: QWidget) -> str:
    """The name a screen reader gives a widget: its own, its words, or its buddy's."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def small_targets(root: QWidget) -> list[str]:
    """Buttons and fields that are hard to hit."""
    return [
        f"{_where(widget)}: {widget.width()} × {widget.height()} px"
        for widget in visible_children(root)
        if isinstance(widget, _TARGETS)
        and min(widget.width(), widget.height()) < SMALLEST_TARGET
        and not isinstance(widget.parent(), QComboBox)
    ]


def wordless_icon_buttons(root: QWidget) -> list[str]:
    """Buttons with a picture and no words that have no tooltip."""
    return [
        _where(widget)
        for widget in visible_children(root)
        if isinstance(widget, QToolButton) and not widget.text() and not widget.toolTip()
        and not isinstance(widget.parent(), QLineEdit)
    ]  # fmt: skip


def tab_walk(root: QWidget, start: QWidget, most: int = 200) -> list[QWidget]:
    """Press Tab from `start` until it comes round or leaves `root`; return where it stopped."""
    root.activateWindow()
    assert QTest.qWaitForWindowActive(root), (
        "the window must be shown and active to press Tab in it"
    )
    start.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [start]
    for _ in range(most):
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here in stops or not root.isAncestorOf(here):
            break
        stops.append(here)
    return stops


def unreached(root: QWidget) -> list[str]:
    """Fields, buttons and lists under `root` that Tab does not come to."""
    wanted = [widget for widget in visible_children(root) if is_focusable(widget)]
    if not wanted:
        return []
    stops = tab_walk(root.window(), wanted[0])
    missed = [widget for widget in wanted if widget not in stops]
    return [_where(widget) for widget in missed]


def check_widget(root: QWidget) -> None:
    """Hold a page or dialog, which is shown now, to all of it.

    Words that are cut for a moment, while Qt lays the page out anew, are not cut for a person.
    """
    until = QElapsedTimer()
    until.start()
    while cut_words(root) and until.elapsed() < LAID_OUT_MS:
        QApplication.processEvents()
    problems = {
        "words are cut": cut_words(root),
        "no name for the ear": nameless(root),
        "too small to hit": small_targets(root),
        "icon without a tooltip": wordless_icon_buttons(root),
        "Tab does not come here": unreached(root),
    }
    assert not any(problems.values()), "\n".join(
        f"{what}: {each}" for what, found in problems.items() for each in found
    )
