"""A field for days of long ago, of which only the month or the year may be known."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.partial_day import first_day, spoken_partial
from ui.widgets.fields import LineField
from ui.widgets.text import muted
from ui.widgets.typed_dates import read_date
from ui.wording import tr, typed_date

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MONTH: Final = re.compile(r"(?P<month>\d{1,2})\s*[/-]\s*(?P<year>(?:19|20)\d\d)")
_ISO_MONTH: Final = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})")
_NAMED_MONTH: Final = re.compile(r"(?P<name>[^\W\d]{3,})\.?,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)")


def read_partial(text: str, today: date) -> str:
    """Return what was typed as a partial day: `2024`, `2024-03`, `2024-03-15` or nothing.

    Understood are a year, `3/2024`, `March 2024`, `2024-03`, and all that `read_date` knows.

    Raises:
        UserError: it is none of these.
    """
    bare = " ".join(text.split())
    if not bare or _YEAR.fullmatch(bare):
        return bare
    month = _MONTH.fullmatch(bare) or _ISO_MONTH.fullmatch(bare)
    if month:
        return _month(int(month["year"]), int(month["month"]), bare)
    if named := _NAMED_MONTH.fullmatch(bare):
        first = read_date(f"{named['name']} 1, {named['year']}", today, "past")
        return f"{first:%Y-%m}" if first else ""
    day = read_date(bare, today, "past")
    return day.isoformat() if day else ""


def typed_partial(text: str) -> str:
    """Return a partial day as people type it: `2024`, `3/2024` or `3/15/2024`."""
    day = first_day(text)
    match text.count("-"):
        case 1 if day:
            return f"{day.month}/{day.year}"
        case 2 if day:
            return typed_date(day)
        case _:
            return text


def _month(year: int, month: int, typed: str) -> str:
    if not 1 <= month <= 12:
        raise UserError(tr("“{text}”: there is no such month. Please check it.", text=typed))
    return f"{year:04}-{month:02}"


class PartialDateField(QWidget):
    """A year, a month or a day, typed as people type it, and said back in words."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], value: str = "") -> None:
        super().__init__()
        self._today = today
        self.edit = LineField(tr("year, month/year or day"), 40)
        self.words = muted("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.edit)
        layout.addWidget(self.words)
        self.setFocusProxy(self.edit)
        self.edit.changed.connect(self._show_words)
        self.set_value(value)

    def value(self) -> str:
        """Return the partial day as it is kept, or an empty text.

        Raises:
            UserError: what is typed is no year, month or day.
        """
        return read_partial(self.edit.text(), self._today())

    def set_value(self, value: str) -> None:
        """Show this partial day."""
        self.edit.setText(typed_partial(value))
        self._show_words()

    @Slot()
    def _show_words(self) -> None:
        try:
            said = spoken_partial(self.value())
        except UserError:
            said = ""
        self.words.setText(said)
        self.edit.setAccessibleDescription(said)
        self.changed.emit()
