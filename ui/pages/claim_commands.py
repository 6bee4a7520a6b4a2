"""What menus and the search box do with a claim: the one that is shown, the only one, or asked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.storage.queries.claims import claim_rows
from ui.desk import Desk
from ui.dialogs.which_claim import WhichClaimDialog
from ui.pages import bundle_steps, letter_steps, story_steps
from ui.pages.claim_view import ClaimView
from ui.shell import Shell
from ui.wording import tr


def get_appeal_out(desk: Desk, shell: Shell) -> None:
    """Choose the papers of a claim and make its bundle."""
    if claim_id := _claim(desk, shell, tr("Get the appeal out")):
        shown = _shown(shell)
        opener = shown.parts.show_part if shown and shown.claim_id == claim_id else None
        bundle_steps.make_bundle(desk, shell, claim_id, opener)


def write_letter(desk: Desk, shell: Shell) -> None:
    """Write a letter about a claim."""
    if claim_id := _claim(desk, shell, tr("Write a letter")):
        letter_steps.new_letter(desk, shell, claim_id)


def print_story(desk: Desk, shell: Shell) -> None:
    """Print what happened in a claim."""
    if claim_id := _claim(desk, shell, tr("Print the story")):
        story_steps.print_story(desk, shell, claim_id)


def print_call_log(desk: Desk, shell: Shell) -> None:
    """Print the calls about a claim; its own dialog asks which one."""
    shown = _shown(shell)
    story_steps.print_call_log(desk, shell, shown.claim_id if shown else None)


def _claim(desk: Desk, shell: Shell, heading: str) -> str | None:
    """Return the claim in view, else the only one, else the one that is chosen now.

    Raises:
        UserError: there is no claim.
    """
    if shown := _shown(shell):
        return shown.claim_id
    rows = desk.binder.ask(claim_rows)
    if not rows:
        raise UserError(tr("There is no claim yet. Make one first: “New claim …”."))
    return rows[0].id if len(rows) == 1 else shell.ask_dialog(WhichClaimDialog(heading, rows))


def _shown(shell: Shell) -> ClaimView | None:
    """Return the claim the person looks at, if any."""
    view = shell.findChild(ClaimView) if isinstance(shell, QWidget) else None
    return view if view and view.isVisible() and view.claim_id else None
