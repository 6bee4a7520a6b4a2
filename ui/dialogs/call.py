"""Correcting a call that was written down."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.call import Call
from app.storage.queries.claims import ClaimRow
from ui.desk import Desk
from ui.dialogs.call_fields import CallFields, CallInput, draft_of
from ui.widgets.dialog import AskDialog
from ui.wording import tr


class CallDialog(AskDialog[CallInput]):
    """Asks for changes of a call."""

    def __init__(self, desk: Desk, claims: Sequence[ClaimRow], before: Call) -> None:
        super().__init__(tr("Change the call"), tr("Save"))
        self._before = before
        self.fields = CallFields(self.form, desk, claims)
        self.fields.fill(draft_of(before))

    def answer(self) -> CallInput:
        """Return what is filled in now."""
        return self.fields.answer(self._before.called_at, self._before.minutes)
