"""Fields of a form. Each has `value()`, `set_value(…)` and `changed`; an empty field is None or "".

`value()` raises `UserError` where what was typed cannot be understood; `Form.check` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.money import Money
from ui.style import px
from ui.widgets.text import muted
from ui.widgets.typed_dates import Lean, read_date
from ui.wording import date_words, tr, typed_date

T = TypeVar("T")


class Field(Protocol):
    """What every field has; a field is also a `QWidget`."""

    changed: Any

    def value(self) -> Any:
        """Return what is filled in; raises `UserError` if it cannot be understood."""
        ...


class LineField(QLineEdit):
    """One line to type in. Files dropped on it go to the window, not into the text."""

    changed = Signal()

    def __init__(self, hint: str = "", longest: int = 1000, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)
        self.setMaxLength(longest)
        self.textChanged.connect(self.changed)


class TextField(LineField):
    """A name, a number as printed, a few words."""

    def __init__(self, value: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, parent=parent)
        self.set_value(value)

    def value(self) -> str:
        """Return what is typed, without blanks around it."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Show this text, from its beginning."""
        self.setText(value)
        self.setCursorPosition(0)


class NoteField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    changed = Signal()

    def __init__(
        self, text: str = "", hint: str = "", lines: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlainText(text)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.textChanged.connect(self.changed)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(px(240), self.fontMetrics().lineSpacing() * self._lines + px(24))

    def minimumSizeHint(self) -> QSize:
        """Two lines at least; the width may shrink."""
        return QSize(px(120), self.fontMetrics().lineSpacing() * 2 + px(24))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only, never a picture or a file."""
        if source.hasText():
            self.insertPlainText(source.text())

    def value(self) -> str:
        """Return what is typed, without blanks around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show this text."""
        self.setPlainText(value)


class DateField(QWidget):
    """A date, typed as people type it, and said back in words so that a slip is seen.

    `lean` tells which year is meant when none was typed: the nearest, or one in the past (a
    letter, a birthday) or in the future (a promise).
    """

    changed = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        lean: Lean = "near",
        value: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._remark = ""
        self._today = today
        self._lean: Lean = lean
        self.edit = LineField(tr("month/day/year"), 40)
        self.words = muted("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.edit)
        layout.addWidget(self.words)
        self.setFocusProxy(self.edit)
        self._fit()
        self.edit.changed.connect(self._show_words)
        self.edit.editingFinished.connect(self._tidy)
        self.set_value(value)

    def value(self) -> date | None:
        """Return the date, or None if the field is empty.

        Raises:
            UserError: what is typed is not one certain date.
        """
        return read_date(self.edit.text(), self._today(), self._lean)

    def set_value(self, value: date | None) -> None:
        """Show this date."""
        self.edit.setText(typed_date(value))
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.edit.setMaximumWidth(px(176))

    @Slot()
    def _show_words(self) -> None:
        try:
            day = self.value()
        except UserError:
            self.words.setText("")
        else:
            self.words.setText(date_words(day) if day else "")
        self._describe()
        self.changed.emit()

    def set_remark(self, remark: str) -> None:
        """Say something more about the date to a screen reader: where it was read."""
        self._remark = remark
        self._describe()

    def _describe(self) -> None:
        said = ". ".join(words for words in (self.words.text(), self._remark) if words)
        self.edit.setAccessibleDescription(said)

    @Slot()
    def _tidy(self) -> None:
        """Write an understood date in full, so that the year that was meant is seen."""
        try:
            day = self.value()
        except UserError:
            return
        if day and self.edit.text() != typed_date(day):
            self.edit.setText(typed_date(day))


class MoneyField(LineField):
    """An amount in dollars and cents."""

    def __init__(self, value: Money | None = None, parent: QWidget | None = None) -> None:
        super().__init__("0.00", 24, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.set_value(value)
        self.editingFinished.connect(self._tidy)

    def value(self) -> Money | None:
        """Return the amount, or None if the field is empty.

        Raises:
            UserError: what is typed is not an amount.
        """
        return Money.parse(self.text()) if self.text().strip() else None

    def set_value(self, value: Money | None) -> None:
        """Show this amount."""
        self.setText("" if value is None else str(value))

    @Slot()
    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except UserError:
            return  # stays as typed; the form says what is wrong when it is checked


class NumberField(LineField):
    """A whole number that is not negative, such as visits or miles."""

    def __init__(self, value: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__("", 12, parent)
        self.set_value(value)

    def value(self) -> int | None:
        """Return the number, or None if the field is empty.

        Raises:
            UserError: what is typed is not a whole number.
        """
        typed = self.text().strip().replace(",", "")
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
            raise UserError(tr("“{text}” is not a whole number. Write it like 12.", text=typed))
        return int(typed)

    def set_value(self, value: int | None) -> None:
        """Show this number."""
        self.setText("" if value is None else str(value))


class ChoiceField(QComboBox, Generic[T]):
    """One of a few words. `unknown` adds a first entry that means None: “I don't know”.

    The wheel scrolls the form, not the choice, unless the list is open. The open list is as wide
    as its words; with `roomy` the field asks for their room, too.
    """

    changed = Signal()

    def __init__(
        self,
        choices: Sequence[tuple[T, str]],
        unknown: str | None = None,
        value: T | None = None,
        parent: QWidget | None = None,
        *,
        roomy: bool = False,
    ) -> None:
        super().__init__(parent)
        self._roomy = roomy
        self._values: list[T | None] = []
        self._unknown = unknown
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)
        self.set_value(value)
        self.currentIndexChanged.connect(self._tell)

    @Slot(int)
    def _tell(self, _index: int) -> None:
        self.changed.emit()

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer these instead; the value stays if it is still offered."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = []
        if self._unknown is not None:
            self._offer(None, self._unknown)
        for value, words in choices:
            self._offer(value, words)
        self.set_value(before)
        self.blockSignals(False)
        self.updateGeometry()  # the words may need more room than those before
        if self.value() != before:
            self.changed.emit()

    def _offer(self, value: T | None, words: str) -> None:
        self._values.append(value)
        self.addItem(words)

    def value(self) -> T | None:
        """Return what is chosen."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: T | None) -> None:
        """Choose this value; one that is not offered chooses the first entry."""
        at = self._values.index(value) if value in self._values else 0
        self.setCurrentIndex(at if self._values else -1)

    def sizeHint(self) -> QSize:
        """Wide enough for every choice where there is room for that."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(self._words_width, 0)) if self._roomy else hint

    def showPopup(self) -> None:
        """Open the list as wide as its words, within the screen."""
        most = self.screen().availableSize().width() * 9 // 10
        self.view().setMinimumWidth(min(self._words_width, most))
        super().showPopup()

    @property
    def _words_width(self) -> int:
        metrics = self.fontMetrics()
        words = (metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count()))
        return max(words, default=0) + self.iconSize().width() + px(48)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CheckField(QCheckBox):
    """Yes or no, in words."""

    changed = Signal()

    def __init__(self, words: str, *, value: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setAccessibleName(words)
        self.setChecked(value)
        self.toggled.connect(self._tell)

    @Slot(bool)
    def _tell(self, _is_on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.changed.emit()

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:  # noqa: FBT001 - as the other fields
        """Tick it or not."""
        self.setChecked(value)
