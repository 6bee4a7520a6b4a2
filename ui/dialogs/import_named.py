"""Receipts by their names: what each name tells, before any is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.errors import UserError
from app.operations.table_imports_named import SeenReceipt
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import label, muted
from ui.wording import count_of, short_date, tr


class ImportNamedDialog(AskDialog[str]):
    """Lists the receipts; the answer is the id of a claim for all of them, or an empty text."""

    def __init__(self, seen: Sequence[SeenReceipt], claims: Sequence[tuple[str, str]]) -> None:
        super().__init__(tr("Receipts by their names"), tr("Keep and enter them"))
        self._told = sum(each.reason is None for each in seen)
        self.form.add_widget(
            label(
                count_of(
                    self._told,
                    "{n} receipt is kept, and the expense of its name entered.",
                    "{n} receipts are kept, and the expense of each name entered.",
                )
            )
        )
        self.form.add_widget(
            muted(
                tr("The day of the name is taken as the day of service and of payment. "
                   "“reimbursed” means that the HSA has paid it back already.")
            )
        )  # fmt: skip
        self.claim = self.form.add(
            tr("Do all belong to one claim?"), ChoiceField(claims, unknown=tr("No"))
        )
        self.list = ChooserList(tr("Files and what their names tell"))
        self.list.setMinimumHeight(px(280))
        self.list.set_lines([_line(each) for each in seen])
        self.list.setMinimumWidth(px(560))
        self.body.insertWidget(1, self.list, 1)

    def answer(self) -> str:
        """Return the claim of all receipts.

        Raises:
            UserError: no name tells an expense.
        """
        if not self._told:
            raise UserError(
                tr("No file is named like “2021-01-01 - bob doctor - $45.00.pdf”. "
                   "Add them as papers, and enter the expenses by hand.")
            )  # fmt: skip
        return self.claim.value() or ""


def _line(seen: SeenReceipt) -> Line:
    if seen.reason is not None:
        return Line(seen.path, Path(seen.path).name, seen.reason, "warning", "warning")
    told = (
        short_date(seen.on),
        seen.patient,
        seen.provider,
        tr("reimbursed") if seen.is_reimbursed else "",
    )
    amount = str(seen.amount) if seen.amount else ""
    detail = " · ".join(filter(None, told))
    return Line(seen.path, Path(seen.path).name, detail, "receipt", "ink", amount)
