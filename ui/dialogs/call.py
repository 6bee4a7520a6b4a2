"""Logging a call, short enough to fill in while on hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.domain.call import Call
from app.domain.errors import UserError
from app.storage.queries.claims import ClaimRow
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, NumberField, TextField
from ui.wording import tr


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
    promise: str
    promise_by: date | None
    minutes: int | None


class CallDialog(AskDialog[CallInput]):
    """Asks who said what, under which number, and what they promised."""

    def __init__(
        self,
        desk: Desk,
        claims: Sequence[ClaimRow],
        *,
        now: datetime,
        before: Call | None = None,
        claim_id: str | None = None,
        phone: str = "",
    ) -> None:
        """Make the form; `now` is when a new call began, `before` the call to change."""
        super().__init__(
            tr("Change the call") if before else tr("Log a call"),
            tr("Save") if before else tr("Save the call"),
        )
        self._began = before.called_at if before else now
        form = self.form
        self.with_whom = form.add(
            tr("Whom did you speak with?"),
            TextField(before.with_whom if before else "", tr("Name, and the company or office")),
        )
        self.claim = form.add(
            tr("About which claim?"),
            ChoiceField(
                [(row.id, row.title) for row in claims],
                unknown=tr("No claim"),
                value=before.claim_id if before else claim_id or _only(claims),
            ),
        )
        self.note = form.add(
            tr("What was said?"), NoteField(before.note if before else "", lines=4)
        )
        self.reference = form.add(
            tr("Reference number"),
            TextField(before.reference if before else ""),
            tr("Ask for one in every call. It proves that you called."),
        )
        self.promise = form.add(
            tr("What did they promise?"),
            TextField(before.promise if before else "", tr("Leave empty if nothing")),
        )
        self.promise_by = form.add(
            tr("Until when?"),
            DateField(desk.today, "future", before.promise_by if before else None),
            tr("With a day, the promise stands in the calendar."),
        )
        local = self._began.astimezone()
        self.on = DateField(desk.today, "past", local.date())
        self.at = TextField(f"{local:%I:%M %p}".lstrip("0"))
        form.add_beside([(tr("Day of the call"), self.on), (tr("Time"), self.at)])
        self.phone = TextField(before.phone if before else phone)
        self.department = TextField(before.department if before else "")
        form.add_beside([(tr("Phone number"), self.phone), (tr("Department"), self.department)])
        self.minutes = form.add(
            tr("How many minutes?"), NumberField(before.minutes if before else None)
        )

    def answer(self) -> CallInput:
        """Return what is filled in now."""
        if not (self.with_whom.value() or self.note.value()):
            raise UserError(tr("Write down whom you spoke with, or what was said."))
        return CallInput(
            claim_id=self.claim.value(),
            called_at=self._called_at(),
            with_whom=self.with_whom.value(),
            department=self.department.value(),
            phone=self.phone.value(),
            reference=self.reference.value(),
            note=self.note.value(),
            promise=self.promise.value(),
            promise_by=self.promise_by.value(),
            minutes=self.minutes.value(),
        )

    def _called_at(self) -> datetime:
        """Return the moment that day and time say, in this computer's zone."""
        began = self._began.astimezone()
        on = self.on.value() or began.date()
        typed = self.at.value()
        if on == began.date() and typed == f"{began:%I:%M %p}".lstrip("0"):
            return self._began
        return datetime.combine(on, _clock_time(typed) if typed else began.time()).astimezone()


def _clock_time(typed: str) -> time:
    plain = typed.upper().replace(".", "").replace(" ", "")
    for pattern in ("%I:%M%p", "%I%p", "%H:%M"):
        try:
            return datetime.strptime(plain, pattern).time()  # noqa: DTZ007 - only the time is used
        except ValueError:
            continue
    raise UserError(tr("“{text}” is not a time. Write it like 2:30 PM.", text=typed))


def _only(claims: Sequence[ClaimRow]) -> str | None:
    return claims[0].id if len(claims) == 1 else None
