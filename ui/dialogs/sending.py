"""What was sent, when and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from ui.desk import Desk
from ui.names import WAYS, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, NumberField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class SendingInput:
    """The fields of a sending as filled in; their names are those of `Sending`."""

    sent_on: date
    denial_id: str | None
    way: str
    to: str
    tracking: str
    pages: int | None
    note: str


class SendingDialog(AskDialog[SendingInput]):
    """Asks what left the house; the tracking number is the proof."""

    def __init__(
        self,
        desk: Desk,
        denials: Sequence[tuple[str, str]],
        to: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the form; `denials` are the ids and words of the denials this may answer."""
        super().__init__(tr("We sent it"), tr("Save"), parent)
        form = self.form
        self.sent_on = form.add(tr("Sent on"), DateField(desk.today, "past", desk.today()))
        self.way = form.add(tr("How?"), ChoiceField(choices(WAYS), value="certified_mail"))
        self.to = form.add(tr("To"), TextField(to))
        self.tracking = form.add(
            tr("Tracking or confirmation number"),
            TextField(""),
            tr("The number on the certified-mail receipt, the fax page or the website."),
        )
        self.pages = form.add(tr("How many pages?"), NumberField())
        self.denial = form.add(
            tr("Which “no” does it answer?"),
            ChoiceField(
                denials,
                unknown=tr("None: something else was sent"),
                value=denials[0][0] if denials else None,
            ),
            tr("Its date will be marked as done."),
        )
        self.note = form.add(tr("Notes"), NoteField(lines=2))

    def answer(self) -> SendingInput:
        """Return what is filled in now."""
        sent_on = self.sent_on.value()
        if sent_on is None:
            raise UserError(tr("Enter the day on which it was sent."))
        return SendingInput(
            sent_on=sent_on,
            denial_id=self.denial.value(),
            way=self.way.value() or "other",
            to=self.to.value(),
            tracking=self.tracking.value(),
            pages=self.pages.value(),
            note=self.note.value(),
        )
