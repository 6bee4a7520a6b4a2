"""What to print of the calls: of which claim, and whether with remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import UserError
from app.storage.queries.claims import ClaimRow
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField
from ui.widgets.text import label
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class CallLogAnswer:
    """Of which claim; and whether with what was noted for oneself."""

    claim_id: str
    remarks: bool


class CallLogDialog(AskDialog[CallLogAnswer]):
    """Asks which calls are to be printed; the pages are then opened to look at and to print."""

    def __init__(self, claims: Sequence[ClaimRow], claim_id: str | None) -> None:
        super().__init__(tr("Print the call log"), tr("Save and open …"))
        self.form.add_widget(
            label(
                tr("Each call with its day, whom you spoke with, the reference number, and what "
                   "they promised. It can go with an appeal.")
            )
        )  # fmt: skip
        self.claim = self.form.add(
            tr("Of which claim?"),
            ChoiceField([(row.id, row.title) for row in claims], value=claim_id),
        )
        self.remarks = self.form.add("", CheckField(tr("With my remarks: what was said")))

    def answer(self) -> CallLogAnswer:
        """Return what is chosen."""
        claim_id = self.claim.value()
        if claim_id is None:
            raise UserError(tr("There is no claim yet. Make one first."))
        return CallLogAnswer(claim_id, self.remarks.value())
