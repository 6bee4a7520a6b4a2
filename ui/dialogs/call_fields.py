"""The fields of a call: the same in the card on hold and in the dialog that corrects a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.domain.call import Call
from app.domain.errors import UserError
from app.operations.call_drafts import CallDraft
from app.storage.queries.claims import ClaimRow
from ui.desk import Desk
from ui.widgets.fields import ChoiceField, DateField, NoteField, NumberField, TextField
from ui.widgets.form import Form
from ui.wording import tr, typed_date

_TEXTS = ("with_whom", "department", "phone", "reference", "note", "outcome", "promise")


@dataclass(frozen=True, kw_only=True, slots=True)
class CallInput:
    """The fields of a call as filled in; their names are those of `Call`."""

    claim_id: str | None
    called_at: datetime
    with_whom: str
    department: str
    phone: str
    reference: str
    note: str
    outcome: str
    promise: str
    promise_by: date | None
    minutes: int | None


def draft_of(call: Call) -> CallDraft:
    """Return a call as it is typed."""
    local = call.called_at.astimezone()
    return CallDraft(
        called_at=call.called_at,
        claim_id=call.claim_id,
        with_whom=call.with_whom,
        department=call.department,
        phone=call.phone,
        reference=call.reference,
        note=call.note,
        outcome=call.outcome,
        promise=call.promise,
        promise_by=typed_date(call.promise_by),
        on=typed_date(local.date()),
        at=_time_words(local),
        minutes="" if call.minutes is None else str(call.minutes),
    )


class CallFields:
    """Puts the fields of a call on a form, and reads them."""

    def __init__(self, form: Form, desk: Desk, claims: Sequence[ClaimRow]) -> None:
        self._form = form
        self.tells_time = True
        """Whether the day, the time and the minutes are asked for."""
        self.claim = form.add(
            tr("About which claim?"),
            ChoiceField([(row.id, row.title) for row in claims], unknown=tr("No claim")),
        )
        self.with_whom = form.add(
            tr("Whom did you speak with?"), TextField("", tr("Name, and the company or office"))
        )
        self.note = form.add(tr("What was said?"), NoteField("", lines=3))
        self.promise = form.add(
            tr("What did they promise?"), TextField("", tr("Leave empty if nothing"))
        )
        self.promise_by = DateField(desk.today, "future")
        self.reference = TextField("", tr("Always ask for one"))
        form.add_beside(
            [(tr("Until when?"), self.promise_by), (tr("Reference number"), self.reference)]
        )
        self.outcome = form.add(
            tr("What came of it?"), TextField("", tr("Such as: they look at it again"))
        )
        self.department, self.phone = TextField(), TextField()
        form.add_beside([(tr("Department"), self.department), (tr("Phone number"), self.phone)])
        self.on, self.at = DateField(desk.today, "past"), TextField()
        form.add_beside([(tr("Day of the call"), self.on), (tr("Time"), self.at)])
        self.minutes = form.add(tr("How many minutes?"), NumberField())

    def show_time(self, visible: bool) -> None:  # noqa: FBT001 - as Qt's
        """Show or hide the day, the time and the minutes, which a running clock knows itself."""
        self.tells_time = visible
        for field in (self.on, self.at, self.minutes):
            self._form.set_row_visible(field, visible)

    def fill(self, draft: CallDraft) -> None:
        """Show a call as it was typed."""
        self.claim.set_value(draft.claim_id)
        for name in _TEXTS:
            getattr(self, name).set_value(getattr(draft, name))
        for field, typed in (
            (self.promise_by.edit, draft.promise_by), (self.on.edit, draft.on),
            (self.at, draft.at), (self.minutes, draft.minutes),
        ):  # fmt: skip
            field.setText(typed)

    def draft(self, called_at: datetime, seconds: int) -> CallDraft:
        """Return what is typed now, understood or not."""
        texts = {name: getattr(self, name).value() for name in _TEXTS}
        tells = self.tells_time
        return CallDraft(
            called_at=called_at,
            claim_id=self.claim.value(),
            promise_by=self.promise_by.edit.text(),
            on=self.on.edit.text() if tells else "",
            at=self.at.text() if tells else "",
            minutes=self.minutes.text() if tells else "",
            seconds=seconds,
            **texts,
        )

    def answer(self, called_at: datetime, minutes: int | None) -> CallInput:
        """Return the call; `called_at` and `minutes` hold unless others are asked for.

        Raises:
            UserError: something is missing or cannot be understood.
        """
        texts = {name: getattr(self, name).value() for name in _TEXTS}
        if not (texts["with_whom"] or texts["note"] or texts["outcome"]):
            raise UserError(tr("Write down whom you spoke with, or what was said."))
        return CallInput(
            claim_id=self.claim.value(),
            called_at=self._called_at(called_at) if self.tells_time else called_at,
            minutes=self.minutes.value() if self.tells_time else minutes,
            promise_by=self.promise_by.value(),
            **texts,
        )

    def _called_at(self, began: datetime) -> datetime:
        """Return the moment that day and time say, in this computer's zone."""
        local = began.astimezone()
        on, typed = self.on.value() or local.date(), self.at.value()
        if on == local.date() and typed in ("", _time_words(local)):
            return began
        return datetime.combine(on, _clock_time(typed) if typed else local.time()).astimezone()


def _time_words(moment: datetime) -> str:
    return f"{moment:%I:%M %p}".lstrip("0")


def _clock_time(typed: str) -> time:
    plain = typed.upper().replace(".", "").replace(" ", "")
    for pattern in ("%I:%M%p", "%I%p", "%H:%M"):
        try:
            return datetime.strptime(plain, pattern).time()  # noqa: DTZ007 - only the time is used
        except ValueError:
            continue
    raise UserError(tr("“{text}” is not a time. Write it like 2:30 PM.", text=typed))
