"""Rows of a form that grow: days, days with amounts, parts of an amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.shares import even_shares
from ui.style import px
from ui.widgets.fields import ChoiceField, DateField, MoneyField
from ui.widgets.text import Label, button
from ui.wording import tr

Choice = Sequence[tuple[str, str]]


class DaysField(QWidget):
    """Days, one a row; an empty row waits below the last one."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.rows: list[DateField] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grow()
        self.setFocusProxy(self.rows[0])

    def value(self) -> tuple[date, ...]:
        """Return the days that are filled in.

        Raises:
            UserError: one of them cannot be understood.
        """
        return tuple(day for row in self.rows if (day := row.value()))

    def add_days(self, days: Sequence[date]) -> None:
        """Fill further days in, below those that are there."""
        for day in days:
            self.rows[-1].set_value(day)

    @Slot()
    def _grow(self) -> None:
        if not self.rows or self.rows[-1].edit.text():
            row = DateField(self._today, "near")
            row.edit.setAccessibleName(tr("Day {n}", n=len(self.rows) + 1))
            row.changed.connect(self._grow)
            row.changed.connect(self.changed)
            place = len(self.rows)
            self.rows.append(row)
            self._grid.addWidget(row, place // 2, place % 2)


class InstalmentsField(QWidget):
    """Payments that were agreed on: a day and an amount in each row."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.rows: list[tuple[DateField, MoneyField]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def value(self) -> tuple[tuple[date, Money], ...]:
        """Return the payments.

        Raises:
            UserError: a day or an amount is missing or cannot be understood.
        """
        found: list[tuple[date, Money]] = []
        for day_field, amount_field in self.rows:
            day, amount = day_field.value(), amount_field.value()
            if day is None or amount is None:
                raise UserError(tr("Each payment needs its day and its amount."))
            found.append((day, amount))
        return tuple(found)

    def set_value(self, payments: Sequence[tuple[date, Money]]) -> None:
        """Show these payments instead."""
        while item := self._layout.takeAt(0):
            if row := item.widget():
                row.hide()
                row.deleteLater()
        self.rows = []
        for number, (day, amount) in enumerate(payments, start=1):
            on, much = DateField(self._today, "future", day), MoneyField(amount)
            on.edit.setAccessibleName(tr("Day of payment {n}", n=number))
            much.setAccessibleName(tr("Amount of payment {n}", n=number))
            for field in (on, much):
                field.changed.connect(self.changed)
            much.setMaximumWidth(px(160))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(on, 1)
            line.addWidget(much, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.append((on, much))
            self._layout.addWidget(row)
        self.changed.emit()


class PartsField(QWidget):
    """Parts of an amount: how much, for whom and for what; with what is left to part."""

    changed = Signal()

    def __init__(self, total: Money, people: Choice, categories: Choice) -> None:
        super().__init__()
        self._total, self._people, self._categories = total, people, categories
        self.rows: list[tuple[MoneyField, ChoiceField[str], ChoiceField[str]]] = []
        self.left = Label("", "strong")
        self.add = button(tr("One more part"), self.add_row, "plus")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for place, words in enumerate((tr("How much?"), tr("For whom?"), tr("What for?"))):
            self._grid.addWidget(Label(words, "strong"), 0, place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        self.equal = button(tr("Equal parts"), self.share_equally)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addWidget(self.equal)
        below.addWidget(self.left, 1)
        layout.addLayout(below)

    def add_row(
        self, amount: Money | None = None, person: str | None = None, category: str | None = None
    ) -> None:
        """Add a part."""
        number = len(self.rows) + 1
        much = MoneyField(amount)
        whom = ChoiceField(self._people, unknown=tr("Not said"), value=person)
        what = ChoiceField(self._categories, unknown=tr("Not said"), value=category)
        if self.rows and person is None and category is None:
            whom.set_value(self.rows[0][1].value())
            what.set_value(self.rows[0][2].value())
        much.setMinimumWidth(px(112))
        named = (
            (much, tr("Amount of part {n}", n=number)),
            (whom, tr("For whom is part {n}", n=number)),
            (what, tr("What is part {n} for", n=number)),
        )
        for place, (field, words) in enumerate(named):
            field.setAccessibleName(words)
            field.changed.connect(self._show_left)
            self._grid.addWidget(field, number, place)
        before = self.rows[-1][2] if self.rows else None
        order = (
            (before, much),
            (much, whom),
            (whom, what),
            (what, self.add),
            (self.add, self.equal),
        )
        for one, other in order:
            if one is not None:
                QWidget.setTabOrder(one, other)
        self.rows.append((much, whom, what))
        if self.focusProxy() is None:
            self.setFocusProxy(much)
        self._show_left()

    def share_equally(self) -> None:
        """Make all rows equal, to the cent."""
        amounts = even_shares(self._total, len(self.rows))
        for (much, _, _), amount in zip(self.rows, amounts, strict=True):
            much.set_value(amount)

    def value(self) -> tuple[tuple[Money, str | None, str | None], ...]:
        """Return the parts that have an amount.

        Raises:
            UserError: an amount cannot be understood.
        """
        found: list[tuple[Money, str | None, str | None]] = []
        for much, whom, what in self.rows:
            if amount := much.value():
                found.append((amount, whom.value(), what.value()))
        return tuple(found)

    @Slot()
    def _show_left(self) -> None:
        try:
            parts = self.value()
        except UserError:
            self.left.setText("")
        else:
            left = self._total - sum((part[0] for part in parts), Money())
            self.left.setText(left_words(left))
            self.left.set_look("good" if left == Money() else "strong")
        self.changed.emit()


def left_words(left: Money) -> str:
    """Return whether parts add up to their total, and by how much not."""
    if left == Money():
        return tr("It adds up.")
    if left > Money():
        return tr("{amount} is left to part.", amount=str(left))
    return tr("{amount} too much.", amount=str(Money(-left.cents)))


def value_or_none(field: Any) -> Any:
    """Return what is filled in; None while it cannot be understood."""
    try:
        return field.value()
    except UserError:
        return None
