"""What is rarely asked of an expense: what it was in words, proof of payment, address, due day."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.expense import Expense
from ui.desk import Desk
from ui.dialogs.more import More
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr

Named = tuple[str, str]
"""The id and the words of a record."""


class MoreOfExpense(More):
    """The fold of the form of an expense."""

    def __init__(
        self,
        desk: Desk,
        line: Expense,
        papers: Sequence[Named],
        payers: tuple[Sequence[Named], Sequence[Named]],
    ) -> None:
        """Make the fold; `payers` are the HSAs, and the programs that help with the cost."""
        super().__init__(tr("More about this expense"))
        form = self.form
        self.what = form.add(
            tr("What was it, in words?"), TextField(line.what, tr("Session 4 of 12, or the drug"))
        )
        self.proof: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("None yet"), value=line.proof_id
        )
        form.add(
            tr("What proves that you paid?"),
            self.proof,
            tr("A card slip, a check, a line of a bank statement. A bill alone does not."),
        )
        self.address = form.add(
            tr("Address of who was paid"),
            NoteField("", tr("An auditor will look for it"), lines=2),
        )
        self.due_on = DateField(desk.today, "future", line.due_on)
        form.add(tr("To be paid by"), self.due_on, tr("It goes into your calendar."))
        accounts, aids = payers
        self.account: ChoiceField[str] = ChoiceField(
            accounts, unknown=tr("Not said"), value=line.account_id
        )
        form.add(tr("Which HSA's card?"), self.account)
        self.aid: ChoiceField[str] = ChoiceField(aids, unknown=tr("Not said"), value=line.aid_id)
        form.add(tr("Which program paid?"), self.aid)
        self._has_accounts, self._has_aids = bool(accounts), bool(aids)
        known = (line.what, line.proof_id, line.due_on, line.account_id, line.aid_id)
        self.open_if(*known)

    def show_for(self, *, is_paid: bool, method: str) -> None:
        """Show what fits: a day to pay by while unpaid, the account of an HSA card."""
        self.form.set_row_visible(self.due_on, not is_paid)
        self.form.set_row_visible(self.account, method == "hsa" and self._has_accounts)
        self.form.set_row_visible(self.aid, method == "assistance" and self._has_aids)

    def account_for(self, method: str | None) -> str | None:
        """Return the chosen account where an HSA card paid."""
        return self.account.value() if method == "hsa" else None

    def aid_for(self, method: str | None) -> str | None:
        """Return the chosen program where a program paid."""
        return self.aid.value() if method == "assistance" else None
