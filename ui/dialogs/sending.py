"""What was sent, when and how, which exact files it was, and on which day they got it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.sending import Sending
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
    bundle_id: str | None
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
        *,
        bundles: Sequence[tuple[str, str]] = (),
        fast: bool = False,
        before: Sending | None = None,
    ) -> None:
        """Make the form; `denials` are the ids and words of the denials this may answer.

        `bundles` are those of the claim, the newest first: what was sent is most likely that one.
        `fast` says that a fast appeal was asked for already. `before` is the sending to change.
        """
        heading = tr("Change what was sent") if before else tr("We sent it")
        super().__init__(heading, tr("Save"))
        self._is_new = before is None
        known = before or _nothing_yet(desk, to, denials, bundles)
        form = self.form
        self.sent_on = DateField(desk.today, "past", known.sent_on)
        self.got_on = DateField(desk.today, "past", known.delivered_on)
        form.add_beside(
            [(tr("Sent on"), self.sent_on), (tr("They got it on, if you know"), self.got_on)]
        )
        self.way = form.add(tr("How?"), ChoiceField(choices(WAYS), value=known.way))
        self.tracking = form.add(
            tr("Tracking or confirmation number"),
            TextField(known.tracking),
            tr("The number on the certified-mail receipt, the fax page or the website."),
        )
        self.to = form.add(tr("To"), TextField(known.to))
        self.bundle = form.add(
            tr("What was it?"),
            ChoiceField(bundles, unknown=tr("Something else"), value=known.bundle_id),
            tr("The exact bytes of a bundle are kept: one can prove what it said."),
        )
        form.set_row_visible(self.bundle, bool(bundles))
        self.pages = form.add(tr("How many pages?"), NumberField(known.pages))
        self.denial = form.add(
            tr("Which “no” does it answer?"),
            ChoiceField(
                denials, unknown=tr("None: something else was sent"), value=known.denial_id
            ),
            tr("Its date will be marked as done, and the time for their answer begins."),
        )
        self.fast = form.add("", CheckField(tr("It asks for a fast appeal"), value=fast))
        self.time = TimeFields(form, tr("At what time of that day?"))
        self.note = form.add(tr("Notes"), NoteField(known.note, lines=2))
        self.denial.changed.connect(self._show)
        self.fast.changed.connect(self._show)
        self.bundle.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """A fast appeal runs in hours: only then the time of day matters."""
        answers = self._is_new and self.denial.value() is not None
        self.form.set_row_visible(self.fast, answers)
        self.form.set_row_visible(self.pages, self.bundle.value() is None)
        self.time.set_visible(shown=answers and self.fast.value())

    def answer(self) -> SendingInput:
        """Return what is filled in now."""
        sent_on = self.sent_on.value()
        if sent_on is None:
            raise UserError(tr("Enter the day on which it was sent."))
        is_fast = self._is_new and self.denial.value() is not None and self.fast.value()
        at, zone = self.time.value() if is_fast else (None, "")
        bundle_id = self.bundle.value()
        return SendingInput(
            sent_on=sent_on,
            got_on=self.got_on.value(),
            at=f"{at:%H:%M}" if at else "",
            zone=zone,
            expedited=is_fast,
            denial_id=self.denial.value(),
            bundle_id=bundle_id,
            way=self.way.value() or "other",
            to=self.to.value(),
            tracking=self.tracking.value(),
            pages=None if bundle_id else self.pages.value(),
            note=self.note.value(),
        )


def _nothing_yet(
    desk: Desk,
    to: str,
    denials: Sequence[tuple[str, str]],
    bundles: Sequence[tuple[str, str]],
) -> Sending:
    """Return what the form of a new sending begins with: what is most likely."""
    return Sending(
        id="", claim_id="", sent_on=desk.today(), way="certified_mail", to=to,
        denial_id=denials[0][0] if denials else None,
        bundle_id=bundles[0][0] if bundles else None,
        added_at=desk.binder.now(),
    )  # fmt: skip
