"""Which receipts a withdrawal pays for: chosen by hand, or so that they add up to an amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QAction

from app.domain.adding_up import Addend, add_up
from app.domain.errors import UserError
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from ui.care_choices import Named
from ui.desk import Desk
from ui.models.rows import ID_ROLE, RIGHT, Column, RowsModel
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField
from ui.widgets.flow import flow
from ui.widgets.table import RowsView
from ui.widgets.text import Label, button, muted
from ui.wording import count_of, short_date, tr

_ORDERS: Final = (("fewest", "The fewest receipts"), ("oldest", "The oldest first"))
_LEAST_HIGH: Final = 260


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line that may be claimed, with its words.

    Where `is_sure` is False a test is not decided yet: it is never chosen but by hand.
    """

    id: str
    paid_on: date | None
    served_on: date | None
    provider: str
    what: str
    amount: Money
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class ReceiptsInput:
    """The lines that were chosen with how much of each; day and account of a new withdrawal."""

    parts: tuple[tuple[str, Money], ...]
    on: date | None = None
    account_id: str | None = None


def parts_within(chosen: Iterable[Receipt], most: Money | None) -> tuple[tuple[str, Money], ...]:
    """Return how much of each line is claimed; of the last only what is left of `most`."""
    parts: list[tuple[str, Money]] = []
    left = most
    for each in chosen:
        amount = each.amount if left is None else min(each.amount, left)
        if amount > Money(0):
            parts.append((each.id, amount))
            left = None if left is None else left - amount
    return tuple(parts)


def _columns(is_chosen: Callable[[Receipt], bool]) -> tuple[Column[Receipt], ...]:
    return (
        Column(
            tr("Chosen"),
            lambda row: tr("yes") if is_chosen(row) else "",
            lambda row: not is_chosen(row),
            width=8,
            icon=lambda row: "check-circle" if is_chosen(row) else "circle",
            spoken=lambda row: tr("chosen") if is_chosen(row) else tr("not chosen"),
        ),
        Column(tr("Amount"), lambda row: str(row.amount), lambda row: row.amount, RIGHT, 11),
        Column(
            tr("Paid"),
            lambda row: short_date(row.paid_on),
            lambda row: row.paid_on,
            width=12,
            tip=lambda row: tr("Care on {day}", day=short_date(row.served_on)),
        ),
        Column(tr("To whom"), lambda row: row.provider),
        Column(
            tr("What"),
            lambda row: row.what if row.is_sure else tr("Needs a look · {what}", what=row.what),
            tone=lambda row: "ink" if row.is_sure else "warning",
        ),
    )


class ReceiptsDialog(AskDialog[ReceiptsInput]):
    """Lets receipts be chosen; with a withdrawal for what is left of it, else for a new one."""

    def __init__(
        self,
        desk: Desk,
        receipts: Sequence[Receipt],
        accounts: Sequence[Named],
        withdrawal: Withdrawal | None = None,
        left: Money | None = None,
    ) -> None:
        super().__init__(
            tr("What did it pay for?") if withdrawal else tr("Claim receipts"),
            tr("Tie these receipts") if withdrawal else tr("Record the withdrawal"),
        )
        self._receipts, self._chosen = tuple(receipts), frozenset[str]()
        self._left = left if withdrawal else None
        self._is_new = withdrawal is None
        self._ask_amount(left)
        self._list()
        self._ask_day(desk, accounts)
        self._show()
        self.keep_size(desk.memory, "receipts")

    def _ask_amount(self, left: Money | None) -> None:
        words = (
            tr("Which receipts add up to the amount you want? Only those are listed that pass all "
               "six tests. You can change the choice by hand.")
            if self._is_new
            else tr("{amount} of the withdrawal is not explained yet. Of the last receipt chosen "
                    "only as much is taken as is left. What needs a look does not pass all six "
                    "tests yet.", amount=str(left))
        )  # fmt: skip
        self.form.add_widget(muted(words))
        self.amount = MoneyField(left)
        self.order: ChoiceField[str] = ChoiceField(
            [(key, tr(name)) for key, name in _ORDERS], roomy=True
        )
        self.form.add_beside([(tr("Add up to"), self.amount), (tr("How?"), self.order)])
        self.form.add_widget(
            flow(
                button(tr("Choose for me"), self.choose, "search"),
                button(tr("Choose none"), self.choose_none, "close"),
            )
        )

    def _list(self) -> None:
        self.model: RowsModel[Receipt] = RowsModel(
            _columns(lambda row: row.id in self._chosen), lambda row: row.id
        )
        self.model.replace(self._receipts)
        self.table = RowsView(self.model, tr("Receipts that may be claimed"))
        self.table.setMinimumHeight(_LEAST_HIGH)
        self.table.setMinimumWidth(720)
        take = QAction(tr("Choose or leave"), self.table)
        take.setShortcut(Qt.Key.Key_Space)
        take.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        take.triggered.connect(self._turn_current)
        self.table.addAction(take)
        self.table.row_opened.connect(self.turn)
        self.table.clicked.connect(self._clicked)
        self.sum = Label("", "strong")
        self.body.insertWidget(1, self.table, 1)
        self.body.insertWidget(2, self.sum)

    def _ask_day(self, desk: Desk, accounts: Sequence[Named]) -> None:
        self.on = DateField(desk.today, "past", desk.today())
        first = accounts[0][0] if len(accounts) == 1 else None
        self.account: ChoiceField[str] = ChoiceField(
            accounts, unknown=tr("I don't know"), value=first
        )
        if self._is_new:
            self.form.add_beside(
                [(tr("When did it come out?"), self.on), (tr("Of which HSA?"), self.account)]
            )

    # ------------------------------------------------------------------ choosing

    @Slot()
    def choose(self) -> None:
        """Choose receipts that come to the amount, or as near below it as any can."""
        self.problem.say("")
        try:
            wanted = self.amount.value()
        except UserError as error:
            self.problem.say(str(error))
            return
        if wanted is None or wanted <= Money(0):
            self.problem.say(tr("Enter the amount to add up to."))
            return
        sure = [each for each in self._receipts if each.is_sure]
        lines = [Addend(each.id, each.paid_on, each.amount) for each in sure]
        self._choose(frozenset(add_up(wanted, lines, self.order.value() or "fewest").keys))

    @Slot()
    def choose_none(self) -> None:
        """Leave all."""
        self._choose(frozenset())

    @Slot(str)
    def turn(self, receipt_id: str) -> None:
        """Choose a receipt, or leave it if it was chosen."""
        self._choose(self._chosen ^ {receipt_id})

    @Slot()
    def _turn_current(self) -> None:
        if self.table.chosen_id:
            self.turn(self.table.chosen_id)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.turn(str(index.data(ID_ROLE)))

    def _choose(self, keys: frozenset[str]) -> None:
        self._chosen = keys
        last = self.model.index(self.model.rowCount() - 1, 0)
        self.model.dataChanged.emit(self.model.index(0, 0), last)
        self._show()

    def _parts(self) -> tuple[tuple[str, Money], ...]:
        chosen = (each for each in self._receipts if each.id in self._chosen)
        return parts_within(chosen, self._left)

    def _show(self) -> None:
        parts = self._parts()
        total = sum((amount for _, amount in parts), Money())
        words = count_of(len(parts), "{n} receipt", "{n} receipts")
        said = f"{words}, {total}"
        if self._left is not None and parts:
            said = f"{said} · {tr('{amount} stays unexplained', amount=str(self._left - total))}"
        self.sum.setText(tr("Chosen: {words}", words=said) if parts else tr("Nothing is chosen."))

    def answer(self) -> ReceiptsInput:
        """Return what is chosen.

        Raises:
            UserError: nothing is chosen, or the day is missing.
        """
        parts = self._parts()
        if not parts:
            raise UserError(tr("Choose the receipts first."))
        if not self._is_new:
            return ReceiptsInput(parts)
        on = self.on.value()
        if on is None:
            raise UserError(tr("On which day did the money come out? Enter the day."))
        return ReceiptsInput(parts, on, self.account.value())
