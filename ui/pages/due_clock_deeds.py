"""What can be done about a running time: an answer that others owe, or a step of one's own."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.domain.clock import Clock
from app.operations import clocks, steps
from app.storage.queries.records import record
from ui.desk import Desk
from ui.pages.due_deed import Deed
from ui.pages.due_dialogs import OnDayDialog
from ui.shell import Shell
from ui.wording import tr


def clock_deeds(desk: Desk, shell: Shell, clock_id: str) -> tuple[Deed, ...]:
    """Return what settles a running time, the step that is wanted most first."""
    clock: Clock | None = desk.binder.ask(record, "clock", clock_id)
    if clock is None or not clock.is_running:
        return ()
    if clock.kind == "step":
        return _of_step(desk, clock)
    if clock.kind == "decision" and clock.denial_id:
        return ()
    came = partial(_ask_came, desk, shell, clock)
    waive = partial(clocks.waive_clock, desk.binder, clock.id)
    return (
        Deed(tr("It came …"), "check", came),
        Deed(tr("Stop waiting"), "", waive, is_quiet=True),
    )


def _of_step(desk: Desk, clock: Clock) -> tuple[Deed, ...]:
    binder, today = desk.binder, desk.today()
    return (
        Deed(tr("Done"), "check", partial(steps.settle_step, binder, clock.id, today)),
        Deed(
            tr("Let it go"), "",
            partial(steps.settle_step, binder, clock.id, today, waived=True), is_quiet=True,
        ),
    )  # fmt: skip


def _ask_came(desk: Desk, shell: Shell, clock: Clock) -> None:
    def do(on: date) -> None:
        clocks.answer_clock(desk.binder, clock.id, on)

    shell.ask_dialog(
        OnDayDialog(desk, tr("What you asked for came"), clock.title, tr("On which day?")), do
    )
