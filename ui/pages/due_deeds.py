"""What can be done with an entry of the calendar, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from app.domain.due_item import LEGAL_KINDS, OWN_KINDS
from app.domain.undated import Undated
from app.operations import dates, denials
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages.due_clock_deeds import clock_deeds
from ui.pages.due_deed import Deed, deed_buttons
from ui.pages.due_dialogs import AskedOnDialog, MoveDialog
from ui.pages.due_kinds import is_movable
from ui.shell import Shell
from ui.wording import date_words, tr

__all__ = [
    "Deed", "ask_move", "deed_buttons", "due_deeds", "move_row", "settling_deeds", "undated_deeds",
    "why_fixed",
]  # fmt: skip


# ---------------------------------------------------------------------- what has no date


def undated_deeds(desk: Desk, shell: Shell, entry: Undated, *others: Undated) -> tuple[Deed, ...]:
    """Return what settles an entry without a date, the step that is wanted most first.

    `others` are further ways to ask fast for the same denial: they are settled with it.
    """
    match entry.kind:
        case "fast_appeal":
            return _fast_asked_for(desk, shell, (entry, *others))
        case "keep_benefits":
            return (
                Deed(tr("I asked for it …"), "check", partial(_ask_kept, desk, shell, entry)),
                Deed(tr("Not needed"), "", partial(_no_kept, desk, entry), is_quiet=True),
                *_enter_dates(desk, shell, entry, tr("Enter the dates …")),
            )
        case "denial":
            return (
                *_enter_dates(desk, shell, entry, tr("Enter the date …")),
                Deed(tr("Not appealing"), "", partial(_not_appealing, desk, entry), is_quiet=True),
            )
        case _:
            deeds = clock_deeds(desk, shell, entry.clock_id or "")
            return (*deeds, *_of_claim(shell, entry.claim_id))


def _fast_asked_for(desk: Desk, shell: Shell, entries: Sequence[Undated]) -> tuple[Deed, ...]:
    """Return what settles all ways to ask fast for one denial; the words say that it is all."""
    asked, none = tr("I asked for it …"), tr("Not needed")
    if len(entries) > 1:
        asked, none = tr("I asked for these …"), tr("None of these is needed")
    return (
        Deed(asked, "check", partial(_ask_fast, desk, shell, entries)),
        Deed(none, "", partial(_no_fast, desk, entries[0]), is_quiet=True),
    )


def _ask_fast(desk: Desk, shell: Shell, entries: Sequence[Undated]) -> None:
    def do(on: date) -> None:
        denials.note_fast_appeal(desk.binder, entries[0].denial_id or "", asked_on=on)

    about = "\n".join(entry.title for entry in entries)
    shell.ask_dialog(AskedOnDialog(desk, tr("A fast appeal"), about), do)


def _no_fast(desk: Desk, entry: Undated) -> None:
    denials.note_fast_appeal(desk.binder, entry.denial_id or "", asked_on=None, needed=False)


def _ask_kept(desk: Desk, shell: Shell, entry: Undated) -> None:
    def do(on: date) -> None:
        denials.note_kept_care(desk.binder, entry.denial_id or "", asked_on=on)

    shell.ask_dialog(AskedOnDialog(desk, tr("Keep the care going"), entry.title), do)


def _no_kept(desk: Desk, entry: Undated) -> None:
    denials.note_kept_care(desk.binder, entry.denial_id or "", asked_on=None, needed=False)


def _not_appealing(desk: Desk, entry: Undated) -> None:
    denials.do_not_appeal(desk.binder, entry.denial_id or "")


def _enter_dates(desk: Desk, shell: Shell, entry: Undated, words: str) -> tuple[Deed, ...]:
    if not entry.denial_id:
        return ()
    return (Deed(words, "edit", partial(_open_denial, desk, shell, entry.denial_id)),)


def _open_denial(desk: Desk, shell: Shell, denial_id: str) -> None:
    from ui.pages.denial_steps import ask_denial  # noqa: PLC0415 - its form is loaded when asked

    ask_denial(desk, shell, denial_id)


def _of_claim(shell: Shell, claim_id: str | None) -> tuple[Deed, ...]:
    if not claim_id:
        return ()
    go = partial(shell.go_to, "claims", "claim", claim_id)
    return (Deed(tr("Open the claim"), "claims", go, is_quiet=True),)


# ---------------------------------------------------------------------- what has a date


def settling_deeds(desk: Desk, shell: Shell, row: DueRow) -> tuple[Deed, ...]:
    """Return what settles an entry, or opens it again."""
    binder, today = desk.binder, desk.today()
    if not row.is_open:
        reopen = partial(dates.mark_open, binder, row.id)
        return (Deed(tr("Not done yet"), "undo", reopen),)
    if row.clock_id:
        return clock_deeds(desk, shell, row.clock_id)
    if row.kind == "keep_benefits" and row.denial_id:
        return _asked_to_keep(desk, shell, row)
    if row.kind == "appeal":
        return tuple(_of_appeal(desk, shell, row))
    if row.kind == "settlement":
        return _of_settlement(desk, shell, row)
    done = Deed(tr("Done"), "check", partial(dates.mark_done, binder, row.id, today))
    waive = partial(dates.waive_date, binder, row.id, today)
    return done, Deed(tr("Let it go"), "", waive, is_quiet=True)


def _of_appeal(desk: Desk, shell: Shell, row: DueRow) -> Iterator[Deed]:
    """Yield what settles an appeal: that it was sent, which starts the time for the answer."""
    if row.claim_id:
        yield Deed(tr("I sent it …"), "sent", partial(_sent, desk, shell, row.claim_id))
    if row.denial_id:
        stay = partial(denials.do_not_appeal, desk.binder, row.denial_id)
        yield Deed(tr("Not appealing"), "", stay, is_quiet=True)


def _of_settlement(desk: Desk, shell: Shell, row: DueRow) -> tuple[Deed, ...]:
    """Return what settles something owed after a yes: that it came, else it is asked for again."""
    waive = partial(dates.waive_date, desk.binder, row.id, desk.today())
    return (
        Deed(tr("It came …"), "check", partial(_came_back, desk, shell, row)),
        Deed(tr("Ask again on …"), "calendar", partial(ask_move, desk, shell, row), is_quiet=True),
        Deed(tr("Let it go"), "", waive, is_quiet=True),
    )


def _came_back(desk: Desk, shell: Shell, row: DueRow) -> None:
    from ui.pages.won_steps import note_it_came_back  # noqa: PLC0415 - loaded when asked

    note_it_came_back(desk, shell, row.id, row.title)


def _sent(desk: Desk, shell: Shell, claim_id: str) -> None:
    from ui.pages.sent_steps import record_what_was_sent  # noqa: PLC0415 - loaded when asked

    record_what_was_sent(desk, shell, claim_id)


def _asked_to_keep(desk: Desk, shell: Shell, row: DueRow) -> tuple[Deed, ...]:
    def do(on: date) -> None:
        denials.note_kept_care(desk.binder, row.denial_id or "", asked_on=on)

    def ask() -> None:
        shell.ask_dialog(AskedOnDialog(desk, tr("Keep the care going"), row.title), do)

    waive = partial(dates.waive_date, desk.binder, row.id, desk.today())
    return (
        Deed(tr("I asked for it …"), "check", ask),
        Deed(tr("Not needed"), "", waive, is_quiet=True),
    )


def due_deeds(desk: Desk, shell: Shell, row: DueRow) -> tuple[Deed, ...]:
    """Return all that can be done with an entry."""
    found = list(settling_deeds(desk, shell, row))
    if row.is_open and is_movable(row.kind) and row.kind != "settlement":
        move = partial(ask_move, desk, shell, row)
        found.append(Deed(tr("Move …"), "calendar", move, is_quiet=True))
    if row.kind in OWN_KINDS:
        change = partial(_change_own, desk, shell, row.id)
        found.append(Deed(tr("Change …"), "edit", change, is_quiet=True))
        remove = partial(dates.remove_date, desk.binder, row.id)
        found.append(Deed(tr("Remove"), "trash", remove, is_quiet=True))
    if row.denial_id:
        open_denial = partial(_open_denial, desk, shell, row.denial_id)
        found.append(Deed(tr("Open the denial"), "edit", open_denial, is_quiet=True))
    for kind, key, words in (
        ("expense", row.expense_id, tr("Open the expense")),
        ("aid", row.aid_id, tr("Open the program or price")),
    ):
        if key:
            see = partial(shell.go_to, "money", kind, key)
            found.append(Deed(words, "money", see, is_quiet=True))
    if row.call_id:
        go = partial(shell.go_to, "calls", "call", row.call_id)
        found.append(Deed(tr("Open the call"), "calls", go, is_quiet=True))
    return (*found, *_of_claim(shell, row.claim_id))


def _change_own(desk: Desk, shell: Shell, due_id: str) -> None:
    from ui.pages.own_date_steps import change_own_date  # noqa: PLC0415 - loaded when asked

    change_own_date(desk, shell, due_id)


def ask_move(desk: Desk, shell: Shell, row: DueRow) -> None:
    """Ask to which day a date goes, and move it."""
    shell.ask_dialog(MoveDialog(desk, row), partial(move_row, desk, shell, row))


def move_row(desk: Desk, shell: Shell, row: DueRow, to: date) -> bool:
    """Move an entry to a day; return whether it may be moved. If not, say why."""
    if not row.is_open or not is_movable(row.kind):
        shell.say(why_fixed(row))
        return False
    if to != row.last_day:
        dates.move_date(desk.binder, row.id, to)
        shell.say(tr("“{title}” is now on {day}.", title=row.title, day=date_words(to)))
    return True


def why_fixed(row: DueRow) -> str:
    """Return why an entry cannot be moved."""
    if not row.is_open:
        return tr("“{title}” is settled. Choose “Not done yet” first.", title=row.title)
    if row.kind in LEGAL_KINDS and row.basis == "letter":
        return tr(
            "“{title}” comes from a letter and cannot be moved. Open the denial to correct what "
            "it was counted from.",
            title=row.title,
        )
    return tr(
        "“{title}” comes from a rule and cannot be moved. Correct what it was counted from.",
        title=row.title,
    )
