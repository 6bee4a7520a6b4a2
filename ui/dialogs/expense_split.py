"""Parting a line of the ledger among persons and kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.operations.expense_splits import LinePart
from ui.dialogs.expense_rows import Choice, PartsField
from ui.widgets.dialog import AskDialog
from ui.widgets.text import label
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class SplitInput:
    """The parts, as `split_expense` takes them."""

    parts: tuple[LinePart, ...]


class SplitDialog(AskDialog[SplitInput]):
    """Asks for the parts of a line; they must add up to it."""

    def __init__(self, line: Expense, people: Choice, categories: Choice) -> None:
        super().__init__(tr("Split an expense"), tr("Split it"))
        self._line = line
        form = self.form
        to = tr(" to {name}", name=line.provider) if line.provider else ""
        words = tr("{amount}{to} becomes several lines of the ledger. They add up to it.",
                   amount=str(line.amount), to=to)  # fmt: skip
        form.add_widget(label(words))
        self.parts = PartsField(line.amount, people, categories)
        form.add("", self.parts)
        self.parts.add_row(line.amount, line.person_id, line.category or None)
        self.parts.add_row(None, line.person_id, line.category or None)
        self.parts.rows[0][0].setFocus()

    def answer(self) -> SplitInput:
        """Return what is filled in now."""
        parts = self.parts.value()
        if len(parts) < 2:
            raise UserError(tr("Enter the amounts of two parts at least."))
        return SplitInput(tuple(self._part(*each) for each in parts))

    def _part(self, amount: Money, person: str | None, category: str | None) -> LinePart:
        known: dict[str, Any] = {"person_id": person, "category": category or ""}
        if known["category"] != self._line.category:  # its answer was to another question
            known["answer"] = ""
        return LinePart(amount, known)
