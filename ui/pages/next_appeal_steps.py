"""Building the next appeal from the last one."""

from __future__ import annotations

from functools import partial

from app.domain.denial import Denial
from app.operations.next_appeal import (
    BuiltAppeal,
    NextAppeal,
    build_next_appeal,
    carries_over,
    say_what_it_asks,
)
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.answer_next import AsksDialog, AsksInput, NextAppealDialog
from ui.pages.bundle_steps import make_bundle
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr


def ask_next_appeal(desk: Desk, shell: Shell, denial_id: str) -> None:
    """Ask what is new, build the next appeal, and offer to make its bundle."""
    binder = desk.binder
    known = carries_over(binder, denial_id)
    built: list[BuiltAppeal] = []

    def do(given: NextAppeal) -> None:
        built.append(build_next_appeal(binder, known.denial.id, given))

    if shell.ask_dialog(NextAppealDialog(known), do):
        bundle = partial(make_bundle, desk, shell, known.denial.claim_id)
        shell.say(_words(built[-1]), BannerAction(tr("Get the appeal out"), bundle))


def ask_what_it_asks(desk: Desk, shell: Shell, denial: Denial) -> None:
    """Ask what the appeal of a denial asks for, and what is new in it."""

    def do(given: AsksInput) -> None:
        say_what_it_asks(desk.binder, denial.id, **values_of(given))

    shell.ask_dialog(AsksDialog(denial), do)


def _words(built: BuiltAppeal) -> str:
    parts = [
        count_of(built.points, "{n} point to answer", "{n} points to answer"),
        count_of(built.marks, "{n} tick", "{n} ticks"),
    ]
    if built.exhibits:
        parts.append(count_of(len(built.exhibits), "{n} more paper", "{n} more papers"))
    return tr("The next appeal is built: {what}.", what=", ".join(parts))
