"""Noting what was sent, and saying when an answer is due."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.denial import Denial
from app.operations.sendings import RecordedSending, record_sending
from app.storage.queries.clocks import claim_denials
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.denial_advice import plan_of
from ui.dialogs.denial_words import level_words
from ui.dialogs.sending import SendingDialog, SendingInput
from ui.shell import Shell
from ui.wording import date_words, short_date, tr

_CAN_BE_SENT = ("open", "appealed")


def record_what_was_sent(desk: Desk, shell: Shell, claim_id: str) -> None:
    """Ask what was sent for a claim, and say when an answer is due."""
    binder = desk.binder
    plan = plan_of(binder, claim_id)
    denials = binder.ask(claim_denials, claim_id)
    program = plan.program if plan else None
    answers = denials_to_answer(denials, program)
    first = next((each for each in denials if answers and each.id == answers[0][0]), None)
    made: list[RecordedSending] = []

    def do(given: SendingInput) -> None:
        made.append(record_sending(binder, claim_id, **values_of(given)))

    dialog = SendingDialog(
        desk, answers, plan.insurer if plan else "", fast=bool(first and first.fast == "asked")
    )
    if shell.ask_dialog(dialog, do):
        shell.say(what_follows(made[-1]))


def denials_to_answer(denials: Sequence[Denial], program: str | None) -> list[tuple[str, str]]:
    """Return the denials that something sent may answer, in words: open ones first, then new."""
    found = [each for each in denials if each.standing in _CAN_BE_SENT]
    newest_first = sorted(
        found, key=lambda each: (each.standing == "open", each.added_at), reverse=True
    )
    return [(each.id, denial_words(each, program)) for each in newest_first]


def denial_words(denial: Denial, program: str | None) -> str:
    """Return which “no” a denial is, and of which day."""
    level = level_words(program, denial.level)
    return f"{short_date(denial.notice_on)}: {level}" if denial.notice_on else level


def what_follows(made: RecordedSending) -> str:
    """Return when an answer is due, or what would tell."""
    said = [tr("It is noted.")]
    if made.item:
        said.append(tr("An answer is due about {day}.", day=date_words(made.item.last_day)))
    if made.ask:
        said.append(made.ask)
    return " ".join(said)
