"""What can be done with one line of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.standing import Standing
from app.operations import trash
from app.operations.appeal_holds import decide_hold
from app.storage.queries.ledger import LedgerRow
from ui.desk import Desk
from ui.pages.due_deed import Deed
from ui.pages.expense_steps import ask_expense
from ui.shell import BannerAction, Shell
from ui.wording import tr


def first_deeds(
    desk: Desk,
    shell: Shell,
    row: LedgerRow,
    standing: Standing | None,  # noqa: ARG001
) -> tuple[Deed, ...]:
    """What is wanted most of a line, as it stands now."""
    return (Deed(tr("Change …"), "edit", partial(ask_expense, desk, shell, row.id)),)


def more_deeds(desk: Desk, shell: Shell, row: LedgerRow) -> tuple[Deed, ...]:
    """What is wanted more rarely."""
    return (Deed(tr("Move to trash"), "trash", partial(put_in_trash, desk, shell, row.id)),)


def hold_deeds(desk: Desk, row: LedgerRow) -> tuple[Deed, ...]:
    """What a person may decide of money under appeal."""

    def decide(decision: str) -> Callable[[], object]:
        return partial(decide_hold, desk.binder, row.id, decision)

    wait = Deed(tr("Wait for the answer"), "clock", decide("hold"))
    claim = Deed(tr("Claim it all the same"), "purse", decide("claim"))
    again = Deed(tr("Decide later"), "undo", decide(""), is_quiet=True)
    return {"": (wait, claim), "hold": (claim, again), "claim": (wait, again)}[row.hold]


def put_in_trash(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Move a line to the trash; it can be taken out again at once."""
    trash.put_in_trash(desk.binder, [("expense", expense_id)])
    undo = BannerAction(tr("Undo"), desk.binder.undo)
    shell.say(tr("The expense is in the trash."), undo)
