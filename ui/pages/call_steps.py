"""Logging a call, from anywhere; and what came of what was promised in one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import shiboken6
from PySide6.QtCore import Qt

from app.domain.call import Call
from app.operations import calls
from app.operations.call_drafts import CallDraft, kept_call_draft
from app.operations.dates import mark_done
from app.storage.queries.calls import CallRow
from app.storage.queries.claims import claim_rows
from app.storage.queries.records import record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.call import CallDialog
from ui.dialogs.call_card import CallCard
from ui.dialogs.call_fields import CallInput
from ui.shell import BannerAction, Shell
from ui.wording import date_words, tr

_open: Final[list[CallCard]] = []
"""The card that is open: a window without a parent lives only as long as somebody holds it."""


def log_call(
    desk: Desk, shell: Shell, claim_id: str | None = None, start: CallDraft | None = None
) -> CallCard:
    """Open the card of a call, or bring the one that is open to the front; return it.

    The call is about `claim_id`, or begins as `start`. Notes that were kept and not saved yet are
    shown first.
    """
    binder = desk.binder
    rows = binder.ask(claim_rows)
    only = rows[0].id if len(rows) == 1 else None
    new = start or CallDraft(called_at=binder.now(), claim_id=claim_id or only)
    if card := open_card(desk):
        if (claim_id or start) and card.is_untouched:
            card.begin(new)
        _bring_up(card)
        return card
    card = CallCard(desk, rows, new, partial(_save, desk, shell), kept_call_draft(binder))
    _open[:] = [card]
    _bring_up(card)
    return card


def open_card(desk: Desk) -> CallCard | None:
    """Return the card that is open at this desk, if one is."""
    living = (card for card in _open if shiboken6.isValid(card) and card.isVisible())
    return next((card for card in living if card.desk is desk), None)


def _bring_up(card: CallCard) -> None:
    card.setWindowState(card.windowState() & ~Qt.WindowState.WindowMinimized)
    card.show()
    card.raise_()
    card.activateWindow()


def _save(desk: Desk, shell: Shell, given: CallInput) -> None:
    """Write the call down and say when its promise falls due."""
    calls.log_call(desk.binder, ends_draft=True, **values_of(given))
    if given.promise_by:
        day = date_words(given.promise_by, desk.today())
        shell.say(tr("The call is saved. Their promise stands in the calendar on {day}.", day=day))
    else:
        shell.say(tr("The call is saved."))


def change_call(desk: Desk, shell: Shell, call_id: str) -> None:
    """Ask for changes of a call."""
    binder = desk.binder
    before = binder.ask(record, "call", call_id)
    if not isinstance(before, Call):
        return

    def do(given: CallInput) -> None:
        calls.change_call(binder, replace(before, **values_of(given)))

    shell.ask_dialog(CallDialog(desk, binder.ask(claim_rows), before), do)


def note_promise_kept(desk: Desk, shell: Shell, row: CallRow) -> None:
    """Note that they did today what they had promised."""
    if row.item_id:
        mark_done(desk.binder, row.item_id, desk.today())
        shell.say(tr("Noted: they did it."), BannerAction(tr("Undo"), desk.binder.undo))


def ask_again(desk: Desk, shell: Shell, row: CallRow) -> CallCard:
    """Open the card of a call that asks where the thing is that was promised."""
    by = row.due_on or row.promise_by
    words = {"promise": row.promise, "reference": row.reference or tr("none")}
    if by:
        note = tr(
            "Asked about their promise: {promise}, by {day} (reference {reference}).",
            day=date_words(by), **words,
        )  # fmt: skip
    else:
        note = tr("Asked about their promise: {promise} (reference {reference}).", **words)
    start = CallDraft(
        called_at=desk.binder.now(), claim_id=row.claim_id, department=row.department,
        phone=row.phone, note=note,
    )  # fmt: skip
    return log_call(desk, shell, row.claim_id, start)
