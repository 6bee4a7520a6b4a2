"""Forms: a label above each field, help below it, and problems where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import UserError
from ui.style import px
from ui.widgets.fields import CheckField, Field
from ui.widgets.text import Label, icon_label, muted

W = TypeVar("W", bound=QWidget)
WIDEST = 640
"""Pixels at 100 %: longer lines of a form are hard to read."""


class Problem(QWidget):
    """One sentence that says what is wrong, with an icon; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", "danger")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(icon_label("warning", 20, "danger"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing; a screen reader says it too."""
        self._words.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self.setAccessibleName(sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class _Row(QWidget):
    """A label, its field, and what there is to say about it."""

    entered = Signal(object)

    def __init__(
        self, label: str, field: QWidget, help_text: str, below: QWidget | None = None
    ) -> None:
        super().__init__()
        self.field = field
        self.problem = Problem()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        target = field.focusProxy() or field
        if label:
            words = Label(label.replace("&", "&&"), "strong")
            words.setBuddy(target)
            layout.addWidget(words)
            target.setAccessibleName(label)
        layout.addWidget(field)
        if help_text:
            layout.addWidget(muted(help_text))
            target.setAccessibleDescription(help_text)
        if below:
            layout.addWidget(below)
        layout.addWidget(self.problem)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.field)
        return super().eventFilter(watched, event)

    def show_problem(self, sentence: str) -> None:
        target = self.field.focusProxy() or self.field
        if bool(target.property("wrong")) != bool(sentence):
            target.setProperty("wrong", bool(sentence))
            target.style().polish(target)
        self.problem.say(sentence)


class _Column(QVBoxLayout):
    """Asks for the height at the form's own width: a wider window would let words be cut."""

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, px(WIDEST)))


class Form(QWidget):
    """Fields one under another. `check()` shows every problem and goes to the first.

    `entered(field)` comes when a field gets the focus, so that a page can light up its words.
    """

    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 16) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._layout = _Column(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(px(WIDEST))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def add(self, label: str, field: W, help_text: str = "", *, below: QWidget | None = None) -> W:
        """Add a field under its label and return it; a `CheckField` needs no label.

        `below` is something that belongs to the field, such as where its value was read.
        """
        self._layout.addWidget(self._row(label, field, help_text, below))
        return field

    def add_beside(self, cells: Sequence[tuple[str, QWidget]]) -> None:
        """Add short fields side by side, each under its label."""
        line = QHBoxLayout()
        line.setSpacing(16)
        for label, field in cells:
            line.addWidget(self._row(label, field, ""), 1, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(line)

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field: a sentence, a heading, a button."""
        self._layout.addWidget(widget)

    def _row(
        self, label: str, field: QWidget, help_text: str, below: QWidget | None = None
    ) -> _Row:
        row = _Row("" if isinstance(field, CheckField) else label, field, help_text, below)
        self._rows.append(row)
        row.entered.connect(self.entered)
        cast("Field", field).changed.connect(lambda: row.show_problem(""))
        return row

    def set_row_visible(self, field: QWidget, visible: bool) -> None:  # noqa: FBT001 - as Qt's
        """Show or hide a field together with its label."""
        self._row_of(field).setVisible(visible)

    def problem(self, field: QWidget, sentence: str) -> None:
        """Say what is wrong with a field and go there."""
        self._row_of(field).show_problem(sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem_of(self, field: QWidget) -> str:
        """Return what is said about a field now."""
        return self._row_of(field).problem.text

    def check(self) -> bool:
        """Read every visible field; show what cannot be understood; return whether all can."""
        first: QWidget | None = None
        for row in self._rows:
            sentence = "" if row.isHidden() else _problem_with(row.field)
            row.show_problem(sentence)
            if sentence and first is None:
                first = row.field
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def _row_of(self, field: QWidget) -> _Row:
        return next(row for row in self._rows if row.field is field)


def _problem_with(field: Any) -> str:
    try:
        field.value()
    except UserError as error:
        return str(error)
    return ""
