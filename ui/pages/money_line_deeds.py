"""What can be done with one line of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.money import Money
from app.domain.money_tests import FOREIGN_METHODS
from app.domain.standing import Standing
from app.operations import allocations, trash
from app.operations.appeal_holds import decide_hold
from app.storage.queries.ledger import LedgerRow
from app.storage.queries.records import record_names
from ui.desk import Desk
from ui.dialogs.withdrawal_receipts import Receipt, ReceiptsDialog, ReceiptsInput
from ui.pages.due_deed import Deed
from ui.pages.expense_steps import ask_expense
from ui.pages.hsa_steps import ask_payer
from ui.pages.payment_steps import (
    ask_instalments,
    ask_payment,
    ask_refund,
    ask_repeat,
    ask_split,
)
from ui.shell import BannerAction, Shell
from ui.wording import tr


def first_deeds(
    desk: Desk, shell: Shell, row: LedgerRow, standing: Standing | None
) -> tuple[Deed, ...]:
    """What is wanted most of a line, as it stands now."""
    change = Deed(tr("Change …"), "edit", partial(ask_expense, desk, shell, row.id))
    if row.paid_on is None:
        return Deed(tr("Pay it …"), "check", partial(ask_payment, desk, shell, row.id)), change
    if standing is not None and standing.claimable > Money():
        claim = partial(claim_line, desk, shell, row, standing.claimable)
        return Deed(tr("Claim it …"), "purse", claim), change
    return (change,)


def more_deeds(desk: Desk, shell: Shell, row: LedgerRow) -> tuple[Deed, ...]:
    """What is wanted more rarely."""
    back = Deed(tr("Money came back …"), "undo", partial(ask_refund, desk, shell, row.id))
    payer = Deed(tr("Who pays for it? …"), "purse", partial(ask_payer, desk, shell, row.id))
    paid = (back,) if row.method in FOREIGN_METHODS else (back, payer)
    unpaid = (
        Deed(tr("Pay in instalments …"), "calendar", partial(ask_instalments, desk, shell, row.id)),
    )
    return (
        *(paid if row.paid_on else unpaid),
        Deed(tr("Split …"), "scales", partial(ask_split, desk, shell, row.id)),
        Deed(tr("The same again …"), "plus", partial(ask_repeat, desk, shell, row.id)),
        Deed(tr("Move to trash"), "trash", partial(put_in_trash, desk, shell, row.id)),
    )


def hold_deeds(desk: Desk, row: LedgerRow) -> tuple[Deed, ...]:
    """What a person may decide of money under appeal."""

    def decide(decision: str) -> Callable[[], object]:
        return partial(decide_hold, desk.binder, row.id, decision)

    wait = Deed(tr("Wait for the answer"), "clock", decide("hold"))
    claim = Deed(tr("Claim it all the same"), "purse", decide("claim"))
    again = Deed(tr("Decide later"), "undo", decide(""), is_quiet=True)
    return {"": (wait, claim), "hold": (claim, again), "claim": (wait, again)}[row.hold]


def claim_line(desk: Desk, shell: Shell, row: LedgerRow, amount: Money) -> None:
    """Ask for the withdrawal that pays one line back, and record it."""
    what = " · ".join(part for part in (row.what, row.patient or "") if part)
    receipt = Receipt(row.id, row.paid_on, row.served_on, row.provider, what, amount)
    accounts = desk.binder.ask(record_names, "hsa_account")

    def do(given: ReceiptsInput) -> None:
        if given.on:
            allocations.draw_for(desk.binder, given.on, given.parts, account_id=given.account_id)

    dialog = ReceiptsDialog(desk, [receipt], accounts)
    dialog.turn(receipt.id)
    if shell.ask_dialog(dialog, do) is not None:
        undo = BannerAction(tr("Undo"), desk.binder.undo)
        shell.say(tr("The withdrawal is recorded, and paid this line back."), undo)


def put_in_trash(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Move a line to the trash; it can be taken out again at once."""
    trash.put_in_trash(desk.binder, [("expense", expense_id)])
    undo = BannerAction(tr("Undo"), desk.binder.undo)
    shell.say(tr("The expense is in the trash."), undo)
