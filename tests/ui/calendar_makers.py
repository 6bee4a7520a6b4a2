"""Makers and clicks for tests of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.binder import Binder
from app.operations import dates, denials
from app.operations.denials import DenialAnswer, RecordedDenial
from app.operations.rules import rule_book
from app.storage.queries.dates import DueRow, due_rows
from tests.ui.checks import show_active
from tests.ui.household import Household
from ui.widgets.month_grid import DayCell
from ui.widgets.text import Label


def shown(page: Any) -> Any:
    """The page with all that is in the binder, shown and ready for keys."""
    page.reload()
    show_active(page)
    return page


def cell(page: Any, day: date) -> DayCell:
    """The cell of a day in the month that is shown."""
    return next(each for each in page.month.grid.cells if each.day == day)


def words(page: QWidget) -> str:
    """All words of a widget that are shown, one after the other."""
    QApplication.processEvents()  # what was just put in is shown with the next event
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def buttons(page: QWidget, text: str) -> list[QPushButton]:
    """The buttons with these words that are shown."""
    QApplication.processEvents()
    found = page.findChildren(QPushButton)
    return [each for each in found if each.accessibleName() == text and each.isVisible()]


def click(page: QWidget, text: str) -> None:
    """Click the first button with these words."""
    buttons(page, text)[0].click()


def row_of(binder: Binder, title: str) -> DueRow:
    """The entry with this title, settled or not."""
    return next(row for row in binder.ask(due_rows, include_done=True) if title in row.title)


def own(binder: Binder, title: str, on: date, **known) -> DueRow:
    """An own date, as the calendar shows it."""
    dates.add_own_date(binder, title, on, **known)
    return row_of(binder, title)


def urgent(binder: Binder, home: Household) -> RecordedDenial:
    """A denial whose delay could harm; its appeal has a date."""
    answer = DenialAnswer(
        notice_on=date(2026, 8, 3), letter_says="days", letter_days=60, urgent="yes"
    )
    return denials.record_denial(binder, rule_book(), home.claim.id, answer, confirmed=True)
