"""What is owed: each provider's account, with explanation, bill and payment side by side."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.domain.owed import Account
from ui.desk import Desk
from ui.models.rows import RIGHT, Column, RowsModel
from ui.pages.money_table import LedgerTable
from ui.pages.owed_counted import CountedOwed
from ui.pages.owed_detail import AccountDetail
from ui.pages.owed_steps import ask_bill, ask_eob
from ui.pages.owed_words import STATES
from ui.shell import Shell
from ui.widgets.fields import CheckField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, column
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import Label, button, muted
from ui.wording import tr

KINDS: Final = (
    "expense", "refund", "allocation", "eob", "eob_line", "bill", "aid", "plan", "plan_year",
    "claim", "denial", "person", "provider", "finding_mark", "choice",
)  # fmt: skip
"""What is shown here."""

_SPARE: Final = (3,)
"""What is on hold is hidden where nothing is or no room: its sum stands above the table."""


def account_key(account: Account) -> str:
    """Return what names an account as long as its records are the same."""
    return f"{account.owings[0].matter.key} {account.person_id or ''}"


class OwedPart(QWidget):
    """Lists the accounts; beside them stands what each comes from."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._names: dict[str, str] = {}
        self._accounts: dict[str, Account] = {}
        self._wanted: tuple[str, str] | None = None
        self.counted = CountedOwed(desk, self)
        self.counted.changed.connect(self._take)
        self.model: RowsModel[Account] = RowsModel(self._columns(), account_key)
        self.table = LedgerTable(self.model, tr("Accounts with providers"), _SPARE)
        self.detail = AccountDetail(desk, shell)
        self.total, self.held = Label("", "strong", wrap=False), muted("", wrap=False)
        self.all = CheckField(tr("Also where nothing is owed"))
        self.all.changed.connect(self._show)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._listed())
        self._stack.addWidget(self._empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_account)
        self.table.row_chosen.connect(self._soon.start)

    def _columns(self) -> tuple[Column[Account], ...]:
        return (
            Column("Provider", self._named, lambda row: row.provider.casefold()),
            Column(
                "Where it stands",
                lambda row: tr(STATES[row.state][0]),
                lambda row: list(STATES).index(row.state),
                icon=lambda row: STATES[row.state][1],
                tone=lambda row: STATES[row.state][2],
                width=13,
            ),
            Column("Owed", lambda row: str(row.owed), lambda row: row.owed.cents, align=RIGHT,
                   width=10),
            Column("On hold", lambda row: str(row.on_hold) if row.on_hold.cents else "",
                   lambda row: row.on_hold.cents, align=RIGHT, width=9),
        )  # fmt: skip

    def _named(self, row: Account) -> str:
        """Return the provider, and the patient where the household has more than one."""
        patient = self._names.get(row.person_id or "", "") if len(self._names) > 1 else ""
        return " · ".join(word for word in (row.provider or tr("Not recorded"), patient) if word)

    def _listed(self) -> QWidget:
        self.panes = Panes(
            "owed",
            self._desk.memory,
            (
                Pane(tr("Accounts"), self.table, share=6, least=560),
                Pane(tr("What it comes from"), self.detail, share=4, least=380),
            ),
        )
        made = QWidget()
        inside = column(8)
        made.setLayout(inside)
        inside.addWidget(flow(self.total, self.held))
        inside.addWidget(self.panes, 1)
        inside.addWidget(flow(*self._buttons(), self.all))
        return made

    def _buttons(self) -> tuple[QWidget, QWidget]:
        return (
            button(tr("Enter a bill …"), lambda: ask_bill(self._desk, self._shell), "plus"),
            button(
                tr("Enter an explanation of benefits …"),
                lambda: ask_eob(self._desk, self._shell),
                "plus",
            ),
        )

    def _empty(self) -> QWidget:
        return EmptyState(
            "scales",
            tr("Nothing to compare yet"),
            tr("Enter a bill, and what the plan says about the same care. Here you see what you "
               "really owe, to whom, and what can wait."),
            tr("Enter a bill"),
            lambda: ask_bill(self._desk, self._shell),
        )  # fmt: skip

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*KINDS):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        self.counted.count_again()

    @Slot()
    def _take(self) -> None:
        """Show what was worked out."""
        newest = self.counted.newest
        if newest is None:
            return
        self._names = dict(newest.names)
        self._accounts = {account_key(each): each for each in newest.case.accounts}
        self.detail.take(newest.noted)
        self._show()
        if self._wanted:
            wanted, self._wanted = self._wanted, None
            self.show_record(*wanted)

    def show_record(self, kind: str, record_id: str) -> None:
        """Show the account that a bill, an explanation or a payment belongs to."""
        if self.counted.is_busy:
            self._wanted = kind, record_id
            return
        for key, account in self._accounts.items():
            if (kind, record_id) in account.records:
                self.all.set_value(account.state == "paid" or self.all.value())
                self.table.choose(key)
                self.panes.show_pane(1)
                return

    @Slot()
    def _show(self) -> None:
        every = list(self._accounts.values())
        shown = every if self.all.value() else [each for each in every if _matters(each)]
        self.model.replace(shown)
        self._stack.setCurrentIndex(0 if every else 1)
        self.table.choose_first()
        owed = sum((each.owed for each in every), Money())
        held = sum((each.on_hold for each in every), Money())
        back = sum((each.overpaid for each in every), Money())
        self.table.leave_out(*(() if held.cents else _SPARE))
        self.total.setText(tr("Owed in all: {amount}", amount=str(owed)))
        parts = [
            tr("on hold: {amount}", amount=str(held)) if held.cents else "",
            tr("to come back: {amount}", amount=str(back)) if back.cents else "",
        ]
        self.held.setText(" · ".join(part for part in parts if part))
        self._soon.start()

    @Slot()
    def _show_account(self) -> None:
        self.detail.show_account(self._accounts.get(self.table.chosen_id))


def _matters(account: Account) -> bool:
    return account.state != "paid" or any(each.state != "paid" for each in account.owings)
