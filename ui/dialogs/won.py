"""They said yes: what was approved beside what was asked, what was paid, and what they owe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.errors import UserError
from app.operations.winning import AskedBack, Compared, WhatNow
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, DateField, MoneyField
from ui.widgets.layout import column
from ui.widgets.text import Label, label, muted, section
from ui.wording import count_of, short_date, tr

_MOST_SHOWN = 5
"""How many expenses are listed one by one; the rest is counted, and the sum holds all."""


@dataclass(frozen=True, slots=True)
class WonInput:
    """What was asked back, and the day to ask for the next approval."""

    asked: tuple[AskedBack, ...]
    renew_by: date | None


class WonDialog(AskDialog[WonInput]):
    """Lays the yes beside what was asked; what they owe gets a day to ask again."""

    def __init__(self, desk: Desk, now: WhatNow) -> None:
        super().__init__(tr("They said yes: what to do now"), tr("Save"))
        self._now = now
        form = self.form
        form.add_widget(_approved(now))
        form.add_widget(_paid(now))
        form.add_widget(_owed(now))
        form.add_widget(section(tr("What did you ask them for?")))
        self.reprocess = form.add(
            "", CheckField(tr("I asked them to process the claim again, by the new decision"))
        )
        self.refund = form.add("", CheckField(tr("I asked for money back")))
        self.amount = form.add(
            tr("How much?"), MoneyField(now.total if now.total.cents > 0 else None)
        )
        self.on = DateField(desk.today, "past", desk.today())
        self.by = DateField(desk.today, "future", now.ask_again_on)
        form.add_beside([(tr("Asked on"), self.on), (tr("Ask again on"), self.by)])
        self.when = muted(
            tr("The day to ask again is a suggestion, no legal time. Choose your own.")
        )
        form.add_widget(self.when)
        self.renew_by = form.add(
            tr("When will you ask for the next approval?"),
            DateField(desk.today, "future", now.renew_by),
            tr("Care after the approved days may not be paid. It stands in the calendar."),
        )
        form.set_row_visible(self.renew_by, now.approval is not None)
        for box in (self.reprocess, self.refund):
            box.changed.connect(self._show)
        self._show()
        self.go.setFocus()  # what they approved is read first, and stands above all questions

    @Slot()
    def _show(self) -> None:
        """Ask for days and an amount only where something was asked for."""
        asked = self.reprocess.value() or self.refund.value()
        self.form.set_row_visible(self.amount, self.refund.value())
        for field in (self.on, self.by):
            self.form.set_row_visible(field, asked)
        self.when.setVisible(asked)

    def answer(self) -> WonInput:
        """Return what is filled in now."""
        renew_by = self.renew_by.value() if self._now.approval else None
        return WonInput(tuple(self._asked()), renew_by)

    def _asked(self) -> Iterator[AskedBack]:
        if not (self.reprocess.value() or self.refund.value()):
            return
        on, by = self.on.value(), self.by.value()
        if on is None or by is None:
            raise UserError(tr("Enter the day you asked, and the day to ask again."))
        if self.reprocess.value():
            yield AskedBack(what="reprocess", on=on, by=by)
        if self.refund.value():
            yield AskedBack(what="refund", on=on, by=by, amount=self.amount.value())


def _approved(now: WhatNow) -> QWidget:
    """Return what was approved beside what was asked."""
    made = QWidget()
    inside = column(8)
    made.setLayout(inside)
    inside.addWidget(section(tr("What they approved")))
    if now.approval is None:
        inside.addWidget(
            label(tr("Their approval is not written down yet: how many, from when, until when. Do "
                     "that under Approvals; then it stands here beside what you asked for."))
        )  # fmt: skip
    if now.compared:
        inside.addWidget(_table(now.compared))
    if any(row.is_less for row in now.compared):
        inside.addWidget(
            Label(tr("This is less than you asked for. You may still ask for the rest."), "warning")
        )
    return made


def _table(rows: tuple[Compared, ...]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    for at, words in enumerate(("", tr("You asked"), tr("They approved"))):
        grid.addWidget(muted(words), 0, at)
        grid.setColumnStretch(at, 1)
    for line, row in enumerate(rows, start=1):
        approved = row.approved or tr("not known")
        if row.is_less:
            approved = tr("{what} (less)", what=approved)
        grid.addWidget(Label(tr(row.what), "strong"), line, 0)
        grid.addWidget(label(row.asked or tr("not said")), line, 1)
        grid.addWidget(label(approved), line, 2)
    return made


def _paid(now: WhatNow) -> QWidget:
    """Return what was paid for the claim, line by line and in all."""
    made = QWidget()
    inside = column(4)
    made.setLayout(inside)
    inside.addWidget(section(tr("What you paid")))
    if not now.paid:
        inside.addWidget(
            label(tr("No payment for this claim is entered. Receipts go under Money."))
        )
        return made
    for each in now.paid[-_MOST_SHOWN:]:
        row = each.expense
        parts = (short_date(row.paid_on), str(row.amount), row.provider or row.category)
        inside.addWidget(label(" · ".join(filter(None, parts))))
    if (more := len(now.paid) - _MOST_SHOWN) > 0:
        inside.addWidget(muted(count_of(more, "and {n} before these", "and {n} before these")))
    inside.addWidget(
        Label(
            tr("{total} in all, {fought} of it while you were fighting.",
               total=now.total, fought=now.fought),
            "strong",
        )
    )  # fmt: skip
    return made


def _owed(now: WhatNow) -> QWidget:
    """Return what was asked back already, the open first; nothing where nothing was."""
    made = QWidget()
    inside = column(4)
    made.setLayout(inside)
    if not now.owed:
        made.hide()
    inside.addWidget(section(tr("What you asked for already")))
    for item in now.owed:
        state = (
            tr("Ask again on {day}", day=short_date(item.last_day))
            if item.is_open
            else tr("Done on {day}", day=short_date(item.done_on or item.waived_on))
        )
        inside.addWidget(label(f"{item.title} · {state}"))
    return made
