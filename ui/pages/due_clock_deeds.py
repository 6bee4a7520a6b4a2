"""What can be done about a running time: an answer that others owe, or a step of one's own."""

from __future__ import annotations

from functools import partial

from app.domain.clock import Clock
from app.operations import clocks, steps
from app.storage.queries.records import record
from ui.desk import Desk
from ui.pages.due_deed import Deed
from ui.shell import Shell
from ui.wording import tr


def clock_deeds(desk: Desk, shell: Shell, clock_id: str) -> tuple[Deed, ...]:
    """Return what settles a running time, the step that is wanted most first."""
    clock: Clock | None = desk.binder.ask(record, "clock", clock_id)
    if clock is None or not clock.is_running:
        return ()
    return _of_step(desk, shell, clock) if clock.kind == "step" else _of_answer(desk, shell, clock)


def _of_step(desk: Desk, shell: Shell, clock: Clock) -> tuple[Deed, ...]:
    settle = partial(steps.settle_step, desk.binder, clock.id, desk.today())
    change = partial(_change_step, desk, shell, clock.id)
    return (
        Deed(tr("Done"), "check", settle),
        Deed(tr("Let it go"), "", partial(settle, waived=True), is_quiet=True),
        Deed(tr("Change the step …"), "edit", change, is_quiet=True),
    )


def _of_answer(desk: Desk, shell: Shell, clock: Clock) -> tuple[Deed, ...]:
    is_of_appeal = clock.kind == "decision" and clock.denial_id
    came = tr("They answered …") if is_of_appeal else tr("It came …")
    stop = partial(clocks.waive_clock, desk.binder, clock.id)
    prove = partial(_prove_it, desk, shell, clock.sending_id or "")
    proof = Deed(tr("They never got it: proof …"), "letter", prove, is_quiet=True)
    return (
        Deed(came, "check", partial(_it_came, desk, shell, clock.id)),
        Deed(tr("Ask where it stands …"), "help", partial(_ask_status, desk, shell, clock.id)),
        *((proof,) if clock.sending_id else ()),
        Deed(tr("Stop waiting"), "", stop, is_quiet=True),
    )


# The forms behind the buttons are loaded when they are asked for.


def _change_step(desk: Desk, shell: Shell, clock_id: str) -> None:
    from ui.pages.step_steps import ask_step  # noqa: PLC0415 - see above

    ask_step(desk, shell, clock_id)


def _it_came(desk: Desk, shell: Shell, clock_id: str) -> None:
    from ui.pages.answer_steps import note_it_came  # noqa: PLC0415 - see above

    note_it_came(desk, shell, clock_id)


def _ask_status(desk: Desk, shell: Shell, clock_id: str) -> None:
    from ui.pages.answer_steps import ask_status  # noqa: PLC0415 - see above

    ask_status(desk, shell, clock_id)


def _prove_it(desk: Desk, shell: Shell, sending_id: str) -> None:
    from ui.pages.proof_steps import prove_it  # noqa: PLC0415 - see above

    prove_it(desk, shell, sending_id)
