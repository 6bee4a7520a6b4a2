"""What they promised and did not do: each with the two things one can do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.storage.queries.calls import CallRow
from ui.widgets.flow import flow
from ui.widgets.layout import Card, emptied
from ui.widgets.text import button, label, muted, quiet_button, section
from ui.wording import count_of, date_words, short_date, tr

_MOST: Final = 2
"""How many stand above the list of calls unless all are asked for."""


class BrokenPromises(QWidget):
    """The promises that are late, the longest first; nothing where there are none.

    `folded` comes when more or fewer of them are shown.
    """

    folded = Signal()

    def __init__(
        self, on_kept: Callable[[CallRow], object], on_ask: Callable[[CallRow], object]
    ) -> None:
        super().__init__()
        self._on_kept, self._on_ask = on_kept, on_ask
        self._rows: Sequence[CallRow] = ()
        self._today = date.min
        self._shows_all = False
        self._fold: QPushButton | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)

    def show_rows(self, rows: Sequence[CallRow], today: date) -> None:
        """Show these promises as they stand today."""
        self._rows, self._today = rows, today
        self._show()

    def _show(self) -> None:
        emptied(self._body)
        self.setVisible(bool(self._rows))
        if not self._rows:
            return
        self._body.addWidget(
            section(count_of(len(self._rows), "{n} promise not kept", "{n} promises not kept"))
        )
        for row in self._rows if self._shows_all else self._rows[:_MOST]:
            self._body.addWidget(self._card(row))
        if len(self._rows) > _MOST:
            words = tr("Show fewer") if self._shows_all else \
                count_of(len(self._rows), "Show it", "Show all {n}")  # fmt: skip
            self._fold = quiet_button(words, self._turn, "calls")
            self._body.addWidget(flow(self._fold))
        self._body.addStretch(1)

    def _turn(self) -> None:
        self._shows_all = not self._shows_all
        self._show()
        if self._fold:
            self._fold.setFocus(Qt.FocusReason.OtherFocusReason)  # the one that was pressed is gone
        self.folded.emit()

    def _card(self, row: CallRow) -> Card:
        made = Card()
        due = row.due_on or self._today
        by = date_words(due, self._today)
        late = count_of((self._today - due).days, "{n} day late", "{n} days late")
        made.body.addWidget(
            label(tr("They promised “{promise}” by {day}: not done.", promise=row.promise, day=by))
        )
        reference = tr("reference {number}", number=row.reference) if row.reference else ""
        said_on = short_date(row.called_at.astimezone().date())
        whom = tr("{whom}, {day}", whom=row.with_whom, day=said_on) if row.with_whom else said_on
        about = (late, whom, reference, row.claim)
        made.body.addWidget(muted(" · ".join(part for part in about if part)))
        kept = button(tr("They did it"), partial(self._on_kept, row), "check")
        again = button(tr("Ask again"), partial(self._on_ask, row), "log-call")
        for each, name in ((kept, tr("They did it")), (again, tr("Ask again"))):
            each.setAccessibleName(f"{name}: {row.promise}")
        made.body.addWidget(flow(kept, again))
        return made
