"""What can be done on Today with an entry that has a date of its own kind."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.operations import denials
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages.due_deeds import Deed
from ui.pages.due_dialogs import AskedOnDialog
from ui.shell import Shell
from ui.wording import tr


def kept_deeds(desk: Desk, shell: Shell, row: DueRow) -> tuple[Deed, ...]:
    """Return what settles the day by which one asks that care goes on."""
    return (
        Deed(tr("I asked for it …"), "check", partial(_ask_kept, desk, shell, row)),
        Deed(tr("Not needed"), "", partial(_not_needed, desk, row), is_quiet=True),
    )


def _ask_kept(desk: Desk, shell: Shell, row: DueRow) -> None:
    def do(on: date) -> None:
        denials.note_kept_care(desk.binder, row.denial_id or "", asked_on=on)

    shell.ask_dialog(AskedOnDialog(desk, tr("Keep the care going"), row.title), do)


def _not_needed(desk: Desk, row: DueRow) -> None:
    denials.note_kept_care(desk.binder, row.denial_id or "", asked_on=None, needed=False)
