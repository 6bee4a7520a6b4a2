"""Logging a call, from anywhere."""

from __future__ import annotations

from dataclasses import replace

from app.domain.call import Call
from app.operations import calls
from app.storage.queries.claims import claim_rows
from app.storage.queries.records import record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.call import CallDialog, CallInput
from ui.shell import Shell
from ui.wording import date_words, tr


def log_call(desk: Desk, shell: Shell, claim_id: str | None = None) -> None:
    """Ask for a call and write it down; say when its promise falls due."""
    binder = desk.binder

    def do(given: CallInput) -> None:
        calls.log_call(binder, **values_of(given))

    dialog = CallDialog(
        desk, binder.ask(claim_rows), now=binder.now(), claim_id=claim_id,
        phone=_phone(desk, claim_id),
    )  # fmt: skip
    given = shell.ask_dialog(dialog, do)
    if given and given.promise_by:
        day = date_words(given.promise_by, desk.today())
        shell.say(tr("The call is saved. Their promise stands in the calendar on {day}.", day=day))


def change_call(desk: Desk, shell: Shell, call_id: str) -> None:
    """Ask for changes of a call."""
    binder = desk.binder
    before = binder.ask(record, "call", call_id)
    if not isinstance(before, Call):
        return

    def do(given: CallInput) -> None:
        calls.change_call(binder, replace(before, **values_of(given)))

    dialog = CallDialog(desk, binder.ask(claim_rows), now=before.called_at, before=before)
    shell.ask_dialog(dialog, do)


def _phone(desk: Desk, claim_id: str | None) -> str:
    """The number on the card of the claim's plan, so that nobody has to look for it."""
    claim = desk.binder.ask(record, "claim", claim_id) if claim_id else None
    plan = desk.binder.ask(record, "plan", claim.plan_id) if claim and claim.plan_id else None
    return plan.phone if plan else ""
