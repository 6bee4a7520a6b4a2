"""The denials of a claim: which “no” each is, where it stands, what comes next, and its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.decision_clock import AnswerState
from app.domain.denial import Denial
from app.domain.sending_proof import proof_words
from app.domain.undated import Undated
from app.operations import denials
from app.operations.agenda import NEEDS_A_DATE, agenda
from app.operations.rules import rule_book
from app.operations.winning import WON
from app.storage.queries.clocks import ClockRow, claim_denials, clock_rows
from app.storage.queries.dates import DueRow, due_rows
from app.storage.queries.sendings import SentRow, sent_rows
from ui.desk import Desk
from ui.dialogs.denial_advice import plan_of
from ui.names import WAYS, word_for
from ui.pages.answer_steps import ask_answer, ask_status
from ui.pages.denial_steps import ask_denial
from ui.pages.due_deed import Deed, deed_buttons
from ui.pages.due_words import due_sentence
from ui.pages.next_appeal_steps import ask_next_appeal, ask_what_it_asks
from ui.pages.proof_steps import prove_it
from ui.pages.sent_steps import denial_words
from ui.pages.won_steps import ask_what_now
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.layout import column
from ui.widgets.text import Label, icon_label, label, muted
from ui.wording import short_date, tr

_OUTCOMES = {
    "upheld": "They said no again on {day}.",
    "partly": "They said yes to a part on {day}.",
    "overturned": "They said yes on {day}.",
    "withdrawn": "The appeal was taken back on {day}.",
}


@dataclass(frozen=True, slots=True)
class DenialShown:
    """One denial with its words, its open date and the time that runs for their answer.

    `undated` is what stands on Today instead of a date. `sent` is what was sent for it, the newest
    first.
    """

    denial: Denial
    words: str
    due: DueRow | None
    waits: ClockRow | None
    undated: Undated | None = None
    sent: tuple[SentRow, ...] = ()


def shown_denials(desk: Desk, claim_id: str) -> tuple[DenialShown, ...]:
    """Return the denials of a claim: what presses first, then the newest."""
    binder = desk.binder
    plan = plan_of(binder, claim_id)
    program = plan.program if plan else None
    dated = {row.denial_id: row for row in binder.ask(due_rows) if row.kind == "appeal"}
    waiting = {row.clock.denial_id: row for row in binder.ask(clock_rows, claim_id=claim_id)
               if row.clock.kind == "decision"}  # fmt: skip
    every = binder.ask(claim_denials, claim_id)
    undated: dict[str | None, Undated] = {}
    if any(each.standing == "open" and each.id not in dated for each in every):
        found = agenda(binder, rule_book(), desk.today()).undated
        undated = {entry.denial_id: entry for entry in found if entry.kind == "denial"}
    sent = binder.ask(sent_rows, claim_id=claim_id)
    shown = (
        DenialShown(
            each,
            denial_words(each, program),
            dated.get(each.id),
            waiting.get(each.id),
            undated.get(each.id),
            tuple(row for row in sent if row.sending.denial_id == each.id),
        )
        for each in reversed(every)
    )
    return tuple(sorted(shown, key=lambda each: _presses(each, desk)))


def _presses(shown: DenialShown, desk: Desk) -> int:
    """Return where a denial stands in the list: the urgent, what lacks a date, what is late."""
    match shown.denial.standing:
        case "open" if shown.denial.needs_fast_appeal:
            return -1
        case "open":
            return 2 if shown.due else 0
        case "appealed":
            is_late = shown.waits and shown.waits.state(desk.today()) is AnswerState.LATE
            return 1 if is_late else 3
        case _:
            return 4


class DenialLine(QWidget):
    """One denial: what it is, where it stands, and what can be done."""

    def __init__(self, desk: Desk, shell: Shell, shown: DenialShown) -> None:
        super().__init__()
        icon, tone = _look(shown)
        words = column(2)
        words.addWidget(Label(shown.words, "strong"))
        words.addWidget(label(standing_words(shown, desk)))
        if shown.denial.needs_fast_appeal:
            words.addWidget(
                Label(tr("Ask for a fast appeal today: how to do that stands on Today."), "danger")
            )
        if shown.waits and shown.waits.clock.note:
            words.addWidget(muted(shown.waits.clock.note))
        for each in about_words(shown):
            words.addWidget(muted(each))
        words.addWidget(deed_buttons(denial_deeds(desk, shell, shown)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        layout.addWidget(icon_label(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)


def about_words(shown: DenialShown, *, with_sending: bool = True) -> Iterator[str]:
    """Yield what a denial's appeal asks for, what is new in it, and how it went out."""
    denial = shown.denial
    if denial.asks:
        yield tr("Asks for: {what}", what=" ".join(denial.asks.split()))
    if denial.news:
        yield tr("New: {what}", what=" ".join(denial.news.split()))
    if with_sending and shown.sent and denial.standing == "appealed":
        sending = shown.sent[0].sending
        day, way = short_date(sending.sent_on), word_for(WAYS, sending.way)
        proof = tr(proof_words(sending, len(shown.sent[0].proofs)))
        yield tr("Sent {day}, {way}. {proof}", day=day, way=way, proof=proof)


def standing_words(shown: DenialShown, desk: Desk) -> str:
    """Return where a denial stands, in one sentence."""
    denial = shown.denial
    match denial.standing:
        case "answered":
            return tr(_OUTCOMES[denial.outcome or "upheld"], day=short_date(denial.answered_on))
        case "not_appealing":
            return tr("You let this “no” stand.")
        case "appealed":
            return _waiting_words(shown.waits, desk)
        case _ if shown.due:
            return tr("To send: {when}", when=due_sentence(shown.due, desk.today()))
        case _ if shown.undated and shown.undated.title != NEEDS_A_DATE:
            return f"{tr(shown.undated.title)}. {tr(shown.undated.ask or '')}".strip()
        case _:
            return tr("It needs a date: look in the letter.")


def _waiting_words(waits: ClockRow | None, desk: Desk) -> str:
    if waits is None or waits.about is None:
        return tr("You wait for their answer.")
    day = short_date(waits.about)
    if waits.state(desk.today()) is AnswerState.LATE:
        return tr("An answer was due about {day}. It appears late: ask.", day=day)
    return tr("You wait for their answer, due about {day}.", day=day)


def _look(shown: DenialShown) -> tuple[str, Tone]:
    match shown.denial.standing:
        case "open":
            return ("flag", "ink") if shown.due else ("warning", "warning")
        case "appealed":
            return "hourglass", "ink"
        case "answered" if shown.denial.outcome == "overturned":
            return "check-circle", "good"
        case _:
            return "circle", "muted"


def denial_deeds(desk: Desk, shell: Shell, shown: DenialShown) -> tuple[Deed, ...]:
    """Return what can be done about a denial, the step that is wanted most first."""
    return tuple(_deeds(desk, shell, shown))


def _deeds(desk: Desk, shell: Shell, shown: DenialShown) -> Iterator[Deed]:
    binder, denial = desk.binder, shown.denial
    edit = partial(ask_denial, desk, shell, denial.id)
    answered = Deed(tr("They answered …"), "check", partial(ask_answer, desk, shell, denial.id))
    match denial.standing:
        case "open":
            yield from _building(desk, shell, denial)
            verb = tr("Change …") if shown.due else tr("Enter the date …")
            yield Deed(verb, "edit", edit, is_quiet=shown.due is not None)
            stay = partial(denials.do_not_appeal, binder, denial.id)
            yield Deed(tr("Not appealing"), "", stay, is_quiet=True)
        case "appealed":
            yield answered
            if shown.waits:
                status = partial(ask_status, desk, shell, shown.waits.clock.id)
                yield Deed(tr("Ask where it stands …"), "phone", status, is_quiet=True)
            if shown.sent:
                prove = partial(prove_it, desk, shell, shown.sent[0].sending.id)
                yield Deed(tr("They never got it: proof …"), "letter", prove, is_quiet=True)
            yield Deed(tr("Change …"), "edit", edit, is_quiet=True)
        case "not_appealing":
            again = partial(denials.appeal_after_all, binder, denial.id)
            yield Deed(tr("Appeal after all"), "undo", again)
        case _:
            if denial.outcome in WON:
                now = partial(ask_what_now, desk, shell, denial.id)
                yield Deed(tr("What to do now …"), "checklist", now)
            yield Deed(tr("Look at it …"), "open", edit, is_quiet=True)


def _building(desk: Desk, shell: Shell, denial: Denial) -> Iterator[Deed]:
    """Yield building the next appeal; where that is done, what is left of it: its words."""
    if denial.news and denial.asks:
        asks = partial(ask_what_it_asks, desk, shell, denial)
        yield Deed(tr("What it asks for …"), "note", asks, is_quiet=True)
    elif denial.follows_id:
        build = partial(ask_next_appeal, desk, shell, denial.id)
        yield Deed(tr("Build the next appeal …"), "bundle", build)
