"""Noting what was sent, correcting it, and saying when an answer is due."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.domain.denial import Denial
from app.domain.sending import Sending
from app.operations import sending_changes
from app.operations.sendings import RecordedSending, record_sending
from app.storage.queries.bundles import MadeBundle, made_bundles
from app.storage.queries.clocks import claim_denials
from app.storage.queries.sendings import SentRow, sent_row
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.denial_advice import plan_of
from ui.dialogs.denial_words import level_words
from ui.dialogs.recount import accept_changes
from ui.dialogs.sending import SendingDialog, SendingInput
from ui.shell import BannerAction, Shell
from ui.wording import count_of, date_words, short_date, tr

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
        desk, answers, plan.insurer if plan else "",
        bundles=_unsent_first(binder.ask(made_bundles, claim_id)),
        fast=bool(first and first.fast == "asked"),
    )  # fmt: skip
    if shell.ask_dialog(dialog, do):
        sending = made[-1].sending
        look = partial(shell.go_to, "sent", "sending", sending.id)
        shell.say(what_follows(made[-1]), BannerAction(tr("Add the proof"), look))


def change_what_was_sent(desk: Desk, shell: Shell, sending_id: str) -> None:
    """Ask for corrections of what was sent; dates that move are shown before."""
    binder = desk.binder
    row = binder.ask(sent_row, sending_id)
    if row is None:
        return
    before, plan = row.sending, plan_of(binder, row.sending.claim_id)
    denials = binder.ask(claim_denials, before.claim_id)
    answers = denials_to_answer(denials, plan.program if plan else None, also=before.denial_id)

    def do(given: SendingInput) -> None:
        known = values_of(given)
        for name in ("at", "zone", "expedited"):
            del known[name]
        known["delivered_on"] = known.pop("got_on")
        accept_changes(shell, sending_changes.preview_change(binder, sending_id, **known))
        sending_changes.change_sending(binder, sending_id, **known)

    bundles = _unsent_first(binder.ask(made_bundles, before.claim_id))
    shell.ask_dialog(SendingDialog(desk, answers, bundles=bundles, before=before), do)


def remove_what_was_sent(desk: Desk, shell: Shell, row: SentRow) -> None:
    """Take a sending out of the log, after a yes to the dates that come back."""
    sending: Sending = row.sending
    accept_changes(shell, sending_changes.preview_removal(desk.binder, sending.id))
    sending_changes.remove_sending(desk.binder, sending.id)
    shell.say(
        tr("It is out of the log. Its papers are still here."),
        BannerAction(tr("Undo"), desk.binder.undo),
    )


def denials_to_answer(
    denials: Sequence[Denial], program: str | None, *, also: str | None = None
) -> list[tuple[str, str]]:
    """Return the denials that something sent may answer, in words: open ones first, then new.

    `also` names one that it answers already.
    """
    found = [each for each in denials if each.standing in _CAN_BE_SENT or each.id == also]
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


def _unsent_first(bundles: Sequence[MadeBundle]) -> list[tuple[str, str]]:
    """Return bundles in words, those that were not sent yet first, then the newest."""
    ordered = sorted(bundles, key=lambda each: each.is_sent)
    return [(each.bundle.id, _bundle_words(each)) for each in ordered]


def _bundle_words(made: MadeBundle) -> str:
    day = short_date(made.bundle.made_at.astimezone().date())
    pages = count_of(made.pages, "{n} page", "{n} pages") if made.pages else ""
    return " · ".join(filter(None, (made.bundle.title, day, pages)))
