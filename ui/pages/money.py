"""Money: the ledger and everything that hangs on it, one part at a time."""

from __future__ import annotations

from PySide6.QtCore import Slot

from app.changes import Changes
from ui.desk import Desk
from ui.pages.expense_steps import ask_new_expense
from ui.pages.money_parts import PARTS, MoneyTabs
from ui.shell import Shell
from ui.widgets.layout import PageFrame
from ui.widgets.text import emphasize, primary_button
from ui.wording import tr


class MoneyPage(PageFrame):
    """Shows the parts of the money; an expense can be entered from each of them."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Money"))
        self._desk, self._shell = desk, shell
        self.go = primary_button(tr("Enter an expense"), self.enter, "plus")
        self.tools.addWidget(self.go)
        self.parts = MoneyTabs(desk, shell)
        self.parts.bar.currentChanged.connect(self._give_way)
        self.body.addWidget(self.parts, 1)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        self.parts.refresh(changes)

    def reload(self) -> None:
        """Ask again for everything."""
        self.parts.reload()

    def show_record(self, kind: str, record_id: str) -> None:
        """Show a record of the money where it is at home."""
        self.parts.show_record(kind, record_id)

    @Slot(int)
    def _give_way(self, number: int) -> None:
        """Leave it to the other parts what goes forward there."""
        emphasize(self.go, "plus", primary=PARTS[number].name == "ledger")

    def enter(self) -> None:
        """Ask for a new line of the ledger."""
        ask_new_expense(self._desk, self._shell)
