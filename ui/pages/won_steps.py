"""After a yes: what was approved, what was paid, what they owe, and when to ask again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.operations import authorizations, winning
from ui.desk import Desk
from ui.dialogs.won import WonDialog, WonInput
from ui.dialogs.won_back import CameBack, CameBackDialog
from ui.shell import BannerAction, Shell
from ui.wording import date_words, tr


def ask_what_now(desk: Desk, shell: Shell, denial_id: str) -> None:
    """Show what to do after a yes, and note what was asked for."""
    binder = desk.binder
    now = winning.what_now(binder, denial_id)

    def do(given: WonInput) -> None:
        if given.asked:
            winning.ask_back(binder, denial_id, *given.asked)
        if now.approval and given.renew_by != now.approval.renew_by:
            changed = replace(now.approval, renew_by=given.renew_by)
            authorizations.change_authorization(binder, changed)

    given = shell.ask_dialog(WonDialog(desk, now), do)
    if given and given.asked:
        day = date_words(given.asked[0].by, desk.today())
        write = partial(_write, desk, shell, now.claim.id)
        shell.say(
            tr("It stands in the calendar on {day} until it is done.", day=day),
            BannerAction(tr("Write the letter …"), write),
        )


def note_it_came_back(desk: Desk, shell: Shell, due_id: str, about: str) -> None:
    """Ask when something that was owed came, and take it out of what is due."""

    def do(given: CameBack) -> None:
        winning.note_settled(desk.binder, due_id, given.on, amount=given.amount)

    shell.ask_dialog(CameBackDialog(desk, about), do)


def _write(desk: Desk, shell: Shell, claim_id: str) -> None:
    from ui.pages.letter_steps import new_letter  # noqa: PLC0415 - its form is loaded when asked

    new_letter(desk, shell, claim_id)
