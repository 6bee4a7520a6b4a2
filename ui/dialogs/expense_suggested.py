"""What a receipt says, beside the fields of an expense: taken with one key, never by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.money import Money
from app.domain.receipt_read import Suggested
from ui.widgets.evidence import Evidence, Mark
from ui.widgets.fields import Field
from ui.wording import short_date, tr

TAKE_KEY: Final = Qt.Key.Key_F2
_LEAST_SCORE: Final = 0.7
"""Below, a suggestion says that the words are hard to read."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A field with the line below it; `words` says a suggested value as people write it."""

    field: QWidget
    evidence: Evidence
    words: Callable[[Any], str]


class Suggesting(QObject):
    """Shows suggestions below the fields of a dialog. `lit(row)` comes where words are to light up.

    F2 takes what is suggested for the field that is being filled in, and goes on to the next one.
    """

    lit = Signal(object)

    def __init__(self, dialog: QWidget, fields: Mapping[str, Beside]) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._fields = dict(fields)
        self._known: Mapping[str, Suggested] = {}
        for name, beside in self._fields.items():
            beside.evidence.pressed.connect(partial(self._pressed, name))
            cast("Field", beside.field).changed.connect(self._show)
        shortcut = QShortcut(QKeySequence(TAKE_KEY), dialog)
        shortcut.activated.connect(self._take_here)

    @property
    def known(self) -> Mapping[str, Suggested]:
        """What is suggested now, by the fields of `Expense`."""
        return self._known

    def show_read(self, known: Mapping[str, Suggested]) -> None:
        """Suggest what a paper says; an empty mapping suggests nothing of it."""
        before = {name: each for name, each in self._known.items() if each.row is None}
        self._known = {**before, **known}
        self._show()

    def show_last_time(self, known: Mapping[str, Suggested]) -> None:
        """Suggest what was entered last time; what a paper says goes before it."""
        read = {name: each for name, each in self._known.items() if each.row is not None}
        self._known = {**known, **read}
        self._show()

    def entered(self, field: object) -> None:
        """Light the words up that belong to a field, or none."""
        name = next((name for name, each in self._fields.items() if each.field is field), "")
        suggestion = self._known.get(name)
        if suggestion and suggestion.row:
            self.lit.emit(suggestion.row)

    def take(self, name: str) -> bool:
        """Put what is suggested into a field; False if nothing is, or it stands there already."""
        suggestion, beside = self._known.get(name), self._fields[name]
        if suggestion is None or _is_same(beside.field, suggestion):
            return False
        cast("Any", beside.field).set_value(suggestion.value)
        self._show()
        return True

    @Slot()
    def _take_here(self) -> None:
        focused = cast("QWidget | None", self._dialog.focusWidget())
        for name, beside in self._fields.items():
            target = beside.field.focusProxy() or beside.field
            if focused is not None and (focused is target or target.isAncestorOf(focused)):
                if self.take(name) or name in self._known:
                    self._dialog.focusNextChild()
                return

    def _pressed(self, name: str, _deed: str) -> None:
        self.take(name)
        self._fields[name].field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        for name, beside in self._fields.items():
            beside.evidence.show_mark(self._mark(name, beside))

    def _mark(self, name: str, beside: Beside) -> Mark | None:
        suggestion = self._known.get(name)
        if suggestion is None:
            return None
        if suggestion.row is None:
            return self._last_time(beside, suggestion)
        if _is_same(beside.field, suggestion):
            return Mark(tr("As the paper says"), "check", "good")
        said = tr("The paper says: {value}", value=beside.words(suggestion.value))
        if why := _doubt(suggestion.row):
            words = tr("{said}. Please check. {why}", said=said, why=why)
            return Mark(words, "warning", "warning", tr("Take it (F2)"), "take")
        return Mark(said, "text", "muted", tr("Take it (F2)"), "take")

    @staticmethod
    def _last_time(beside: Beside, suggestion: Suggested) -> Mark | None:
        """Offer what was entered last time only where nothing is said yet."""
        if _is_said(beside.field):
            return None
        words = tr("Last time: {value}", value=beside.words(suggestion.value))
        return Mark(words, "undo", "muted", tr("Take it (F2)"), "take")


def _doubt(row: FactRow) -> str:
    if row.is_confirmed or (row.score >= _LEAST_SCORE and not row.note):
        return ""
    return row.note or tr("The words are hard to read.")


def _is_said(field: QWidget) -> bool:
    """Whether anything stands in a field."""
    try:
        return bool(cast("Field", field).value())
    except UserError:
        return True


def _is_same(field: QWidget, suggestion: Suggested) -> bool:
    """Whether a field says what is suggested; capitals make no difference."""
    try:
        value = cast("Field", field).value()
    except UserError:
        return False
    if isinstance(value, str):
        return value.casefold() == str(suggestion.value).casefold()
    return value == suggestion.value


def value_words(value: Money | date | str) -> str:
    """Return an amount, a day or a word as people write it."""
    return short_date(value) if isinstance(value, date) else str(value)
