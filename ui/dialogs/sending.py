"""What was sent, when and how, and on which day they got it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from ui.desk import Desk
from ui.dialogs.denial_time import TimeFields
from ui.names import WAYS, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField, NoteField, NumberField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class SendingInput:
    """What was filled in; the names are those that `record_sending` takes."""

    sent_on: date
    got_on: date | None
    at: str
    zone: str
    expedited: bool
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
        *,
        fast: bool = False,
    ) -> None:
        """Make the form; `denials` are the ids and words of the denials this may answer.

        `fast` says that a fast appeal was asked for already.
        """
        super().__init__(tr("We sent it"), tr("Save"), parent)
        form = self.form
        self.sent_on = DateField(desk.today, "past", desk.today())
        self.got_on = DateField(desk.today, "past")
        form.add_beside(
            [(tr("Sent on"), self.sent_on), (tr("They got it on, if you know"), self.got_on)]
        )
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
            tr("Its date will be marked as done, and the time for their answer begins."),
        )
        self.fast = form.add("", CheckField(tr("It asks for a fast appeal"), value=fast))
        self.time = TimeFields(form, tr("At what time of that day?"))
        self.note = form.add(tr("Notes"), NoteField(lines=2))
        self.denial.changed.connect(self._show)
        self.fast.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """A fast appeal runs in hours: only then the time of day matters."""
        answers = self.denial.value() is not None
        self.form.set_row_visible(self.fast, answers)
        self.time.set_visible(shown=answers and self.fast.value())

    def answer(self) -> SendingInput:
        """Return what is filled in now."""
        sent_on = self.sent_on.value()
        if sent_on is None:
            raise UserError(tr("Enter the day on which it was sent."))
        is_fast = self.denial.value() is not None and self.fast.value()
        at, zone = self.time.value() if is_fast else (None, "")
        return SendingInput(
            sent_on=sent_on,
            got_on=self.got_on.value(),
            at=f"{at:%H:%M}" if at else "",
            zone=zone,
            expedited=is_fast,
            denial_id=self.denial.value(),
            way=self.way.value() or "other",
            to=self.to.value(),
            tracking=self.tracking.value(),
            pages=self.pages.value(),
            note=self.note.value(),
        )
