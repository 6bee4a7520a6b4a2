"""Asks about which claim something is to be done, where nothing else says it."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.errors import UserError
from app.storage.queries.claims import ClaimRow
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.wording import tr


class WhichClaimDialog(AskDialog[str]):
    """Offers every claim; the answer is the id of one."""

    def __init__(self, heading: str, claims: Sequence[ClaimRow]) -> None:
        """Ask under `heading`, which says what is to be done; the first claim is offered first."""
        super().__init__(heading, tr("Go on …"))
        self.claim = self.form.add(
            tr("About which claim?"), ChoiceField([(row.id, row.title) for row in claims])
        )

    def answer(self) -> str:
        """Return the claim that is chosen."""
        claim_id = self.claim.value()
        if claim_id is None:
            raise UserError(tr("Choose a claim."))
        return claim_id
