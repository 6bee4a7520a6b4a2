"""What others owe: their answer to an appeal, papers that were asked for, where it stands."""

from __future__ import annotations

from functools import partial

from app.domain.denial import Denial
from app.operations import clocks
from app.operations.answers import RecordedAnswer, record_answer
from app.operations.clocks import StartedClock
from app.operations.letters import status_request
from app.operations.rules import rule_book
from app.operations.winning import WON
from app.storage.queries.clocks import claim_denials
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.answer import AnswerDialog, AnswerInput
from ui.dialogs.denial_advice import plan_of
from ui.dialogs.letter_paper import LetterPaper
from ui.dialogs.request import RequestDialog, RequestInput
from ui.dialogs.status_request import StatusRequestDialog
from ui.pages.call_steps import log_call
from ui.pages.due_dialogs import OnDayDialog
from ui.pages.next_appeal_steps import ask_next_appeal
from ui.pages.sent_steps import denials_to_answer
from ui.pages.won_steps import ask_what_now
from ui.shell import BannerAction, Shell
from ui.wording import date_words, tr


def ask_answer(desk: Desk, shell: Shell, denial_id: str) -> None:
    """Ask what they answered to an appeal; a no opens the next step."""
    binder, book = desk.binder, rule_book()
    denial = binder.ask(record, "denial", denial_id)
    if not isinstance(denial, Denial):
        return
    made: list[RecordedAnswer] = []

    def do(given: AnswerInput) -> None:
        made.append(record_answer(binder, book, denial_id, given.answer, confirmed=given.confirmed))

    papers = binder.ask(paper_rows, claim_id=denial.claim_id)
    if shell.ask_dialog(AnswerDialog(desk, book, denial, papers), do):
        shell.say(_what_follows(made[-1]), _next_step(desk, shell, made[-1]))


def _next_step(desk: Desk, shell: Shell, made: RecordedAnswer) -> BannerAction | None:
    """Return what is offered after an answer: the next appeal, or what to do after a yes."""
    if made.follows:
        build = partial(ask_next_appeal, desk, shell, made.follows.denial.id)
        return BannerAction(tr("Build the next appeal …"), build)
    if made.denial.outcome in WON:
        now = partial(ask_what_now, desk, shell, made.denial.id)
        return BannerAction(tr("What to do now …"), now)
    return None


def _what_follows(made: RecordedAnswer) -> str:
    """Return what the answer leads to, in one or two sentences."""
    if made.denial.outcome == "overturned":
        return tr("They said yes. Nothing is left to send for this “no”.")
    if made.follows is None:
        return tr("It is noted.")
    due = next((item for item in made.follows.items if item.kind == "appeal"), None)
    if due:
        return tr("The next step is in the calendar: {day}.", day=date_words(due.last_day))
    return " ".join(filter(None, (tr("The next step needs a date: it stands on Today."), made.ask)))


def ask_for_papers(desk: Desk, shell: Shell, claim_id: str) -> None:
    """Ask which papers were asked for, and say when an answer is due."""
    binder = desk.binder
    plan = plan_of(binder, claim_id)
    found = binder.ask(claim_denials, claim_id)
    denials = denials_to_answer(found, plan.program if plan else None)
    started: list[StartedClock] = []

    def do(given: RequestInput) -> None:
        started.append(clocks.ask_for(binder, claim_id, **values_of(given)))

    dialog = RequestDialog(desk, denials, plan.insurer if plan else "")
    if shell.ask_dialog(dialog, do):
        shell.say(_request_words(started[-1]))


def _request_words(started: StartedClock) -> str:
    if started.item:
        day = date_words(started.item.last_day)
        return tr("It is noted. An answer is due about {day}.", day=day)
    return " ".join(filter(None, (tr("It is noted."), started.ask)))


def ask_status(desk: Desk, shell: Shell, clock_id: str) -> None:
    """Show what to say and to write to ask where an answer stands; then offer to log the call."""
    made = status_request(desk.binder, clock_id)
    clock = desk.binder.ask(record, "clock", clock_id)
    paper = LetterPaper(desk, shell, clock.claim_id if clock else None)
    if shell.ask_dialog(StatusRequestDialog(made, paper)):
        log_call(desk, shell, clock.claim_id if clock else None)


def note_it_came(desk: Desk, shell: Shell, clock_id: str) -> None:
    """Note that an answer came: what it says for an appeal, only the day for papers."""
    clock = desk.binder.ask(record, "clock", clock_id)
    if clock is None:
        return
    if clock.kind == "decision" and clock.denial_id:
        ask_answer(desk, shell, clock.denial_id)
        return
    dialog = OnDayDialog(desk, tr("It came"), clock.title, tr("On which day did it come?"))
    shell.ask_dialog(dialog, lambda on: clocks.answer_clock(desk.binder, clock_id, on))
