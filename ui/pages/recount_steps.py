"""Corrections that move dates: each is shown before it is accepted, then made in one step."""

from __future__ import annotations

from app.domain.claim import Claim
from app.domain.plan import Plan
from app.operations import claims, people, recounting, reserve
from app.operations.rules import rule_book
from ui.desk import Desk
from ui.dialogs.recount import accept_changes
from ui.dialogs.recount_reserve import ReserveDialog
from ui.shell import Shell
from ui.wording import count_of


def change_plan(desk: Desk, shell: Shell, plan: Plan) -> None:
    """Correct a plan, after a yes to the dates that move.

    Raises:
        UserError: a value does not fit, or the person went back.
    """
    rows = recounting.preview_plan_change(desk.binder, rule_book(), plan)
    accept_changes(shell, rows)
    people.change_plan(desk.binder, plan)


def change_claim(desk: Desk, shell: Shell, claim: Claim) -> None:
    """Correct a claim, after a yes to the dates that move.

    Raises:
        UserError: a value does not fit, or the person went back.
    """
    rows = recounting.preview_claim_change(desk.binder, rule_book(), claim)
    accept_changes(shell, rows)
    claims.change_claim(desk.binder, claim)


def choose_reserve(desk: Desk, shell: Shell) -> None:
    """Ask how many days are kept in reserve, and show which days to file by move."""
    binder, book = desk.binder, rule_book()

    def do(days: int) -> None:
        accept_changes(shell, reserve.preview_buffer_days(binder, book, days), aims=True)
        reserve.set_buffer_days(binder, book, days)

    days = shell.ask_dialog(ReserveDialog(reserve.buffer_days(binder)), do)
    if days is not None:
        shell.say(
            count_of(
                days,
                "The calendar now aims for {n} day before the last day.",
                "The calendar now aims for {n} days before the last day.",
            )
        )
