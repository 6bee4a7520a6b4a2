"""What can be done about an answer that others owe: note it, or ask where it stands."""

from __future__ import annotations

from functools import partial

from app.domain.clock import Clock
from app.storage.queries.records import record
from ui.desk import Desk
from ui.pages.due_deed import Deed
from ui.shell import Shell
from ui.wording import tr


def owed_deeds(desk: Desk, shell: Shell, clock_id: str | None) -> tuple[Deed, ...]:
    """Return what can be done about a running time of theirs, the step wanted most first."""
    clock: Clock | None = desk.binder.ask(record, "clock", clock_id or "")
    if clock is None or clock.kind == "step" or not clock.is_running:
        return ()
    came = tr("They answered …") if clock.denial_id else tr("It came …")
    return (
        Deed(tr("Ask where it stands …"), "phone", partial(_ask_status, desk, shell, clock.id)),
        Deed(came, "check", partial(_it_came, desk, shell, clock.id)),
    )


# The forms are loaded when they are asked for: Today is what a start waits for.


def _ask_status(desk: Desk, shell: Shell, clock_id: str) -> None:
    from ui.pages.answer_steps import ask_status  # noqa: PLC0415 - see above

    ask_status(desk, shell, clock_id)


def _it_came(desk: Desk, shell: Shell, clock_id: str) -> None:
    from ui.pages.answer_steps import note_it_came  # noqa: PLC0415 - see above

    note_it_came(desk, shell, clock_id)
