"""What each column of a table is: a line for each, with its head, examples, and a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.operations.table_imports_look import ACCOUNT_ROLES, LEDGER_ROLES, SeenColumn
from ui.style import px
from ui.widgets.fields import ChoiceField
from ui.widgets.text import Label, muted
from ui.wording import tr

ROLE_WORDS: Final[Mapping[str, str]] = {
    "served": "Date of service",
    "paid": "Date paid",
    "date": "Date",
    "provider": "Who was paid (provider, pharmacy)",
    "patient": "Patient",
    "what": "What it was (description)",
    "category": "Kind of expense",
    "paid_amount": "Amount that you paid",
    "owed_amount": "Amount that you owe",
    "amount": "Amount",
    "amount_in": "Amount that came in",
    "amount_out": "Amount that went out",
    "method": "How it was paid",
    "reimbursed": "Whether it was reimbursed",
    "claim_number": "Number of the claim",
    "reference": "Identifier of the line",
    "note": "Note",
    "currency": "Currency",
    "kind": "Kind of transaction",
    "tax_year": "Tax year",
    "account": "Name of the account",
    "account_number": "Number of the account",
}
"""What a column may be, in words."""

_ROLES: Final = {"ledger": LEDGER_ROLES, "account": ACCOUNT_ROLES, "investments": ACCOUNT_ROLES}


class ColumnsForm(QWidget):
    """A choice for each column; what one column becomes, no other stays."""

    changed = Signal()

    def __init__(self, columns: Sequence[SeenColumn], gives: str) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._choices: list[ChoiceField[str]] = []
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(16))
        layout.setVerticalSpacing(px(8))
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)
        for at, column in enumerate(self._columns):
            head = column.head or tr("Column {number}", number=at + 1)
            words = Label(head, "strong")
            shown = muted(" · ".join(column.examples) or tr("empty"))
            choice = ChoiceField[str]([], unknown=tr("Not taken"))
            choice.setAccessibleName(tr("What “{head}” is", head=head))
            choice.setAccessibleDescription(shown.text())
            choice.changed.connect(self._chosen)
            self._choices.append(choice)
            layout.addWidget(words, at * 2, 0)
            layout.addWidget(shown, at * 2 + 1, 0)
            layout.addWidget(choice, at * 2, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self.set_table(gives)
        for choice, column in zip(self._choices, self._columns, strict=True):
            choice.blockSignals(True)
            choice.set_value(column.role or None)
            choice.blockSignals(False)

    def set_table(self, gives: str) -> None:
        """Offer what columns of such a table may be."""
        offered = [(role, tr(ROLE_WORDS[role])) for role in _ROLES.get(gives, LEDGER_ROLES)]
        for choice in self._choices:
            choice.set_choices(offered)

    def roles(self) -> dict[str, str]:
        """Return what each column is, by its head; an empty text is not taken."""
        return {
            column.plain: choice.value() or ""
            for column, choice in zip(self._columns, self._choices, strict=True)
            if column.plain
        }

    def choose(self, head: str, role: str) -> None:
        """Say what a column is."""
        for column, choice in zip(self._columns, self._choices, strict=True):
            if column.head == head:
                choice.set_value(role)

    def _chosen(self) -> None:
        sender = self.sender()
        said = sender.value() if isinstance(sender, ChoiceField) else None
        for choice in self._choices:
            if said and choice is not sender and choice.value() == said:
                choice.blockSignals(True)
                choice.set_value(None)
                choice.blockSignals(False)
        self.changed.emit()
