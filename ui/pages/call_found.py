"""Notes of a call that the last session did not save: said at the start, so that none is lost."""

from __future__ import annotations

from app.operations.call_drafts import CallDraft, kept_call_draft
from ui.desk import Desk
from ui.shell import BannerAction, Shell
from ui.wording import date_words, tr


def look_for_notes(desk: Desk, shell: Shell) -> None:
    """Look for notes on a thread; if there are some, say so and offer the card with them."""
    binder = desk.binder

    def found(draft: CallDraft | None) -> None:
        if draft:
            _offer(desk, shell, draft)

    desk.quick.run("", lambda _progress: kept_call_draft(binder), found)


def _offer(desk: Desk, shell: Shell, draft: CallDraft) -> None:
    day = date_words(draft.called_at.astimezone().date(), desk.today())

    def open_it() -> None:
        from ui.pages.call_steps import log_call  # noqa: PLC0415 - hardly ever needed

        log_call(desk, shell)

    shell.say(
        tr("You were in a call on {day}. Your notes are kept; they are not saved yet.", day=day),
        BannerAction(tr("Open the notes"), open_it),
    )
