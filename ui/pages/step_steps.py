"""A step counted by a rule, from wherever it is asked for."""

from __future__ import annotations

from functools import partial

from app.domain.denial_dates import coverage_of
from app.operations import steps
from app.operations.rules import rule_book
from app.storage.queries.records import record
from ui.desk import Desk
from ui.dialogs.denial_advice import plan_of
from ui.dialogs.step import StepDialog, StepInput
from ui.shell import Shell
from ui.wording import date_words, tr


def ask_new_step(desk: Desk, shell: Shell, claim_id: str | None = None) -> None:
    """Ask for a step that a rule counts, and say where it stands now."""
    binder, book = desk.binder, rule_book()
    plan = plan_of(binder, claim_id) if claim_id else None
    made: list[steps.StartedStep] = []

    def do(given: StepInput) -> None:
        made.append(steps.start_step(binder, book, given.rule_id, given.answer))

    rules = book.steps_for(coverage_of(plan))
    dialog = StepDialog(desk, rules, partial(steps.propose_step, binder, book), claim_id)
    if shell.ask_dialog(dialog, do):
        _say(shell, made[-1])


def ask_step(desk: Desk, shell: Shell, clock_id: str) -> None:
    """Ask again about a step: the dates it is counted from."""
    binder, book = desk.binder, rule_book()
    clock = binder.ask(record, "clock", clock_id)
    if clock is None or clock.rule_id not in book.rules:
        return
    before = StepInput(clock.rule_id, steps.answer_of_step(binder, clock_id))
    made: list[steps.StartedStep] = []

    def do(given: StepInput) -> None:
        made.append(steps.change_step(binder, book, clock_id, given.answer))

    dialog = StepDialog(
        desk, (book.rules[clock.rule_id],), partial(steps.propose_step, binder, book),
        clock.claim_id, before,
    )  # fmt: skip
    if shell.ask_dialog(dialog, do):
        _say(shell, made[-1])


def _say(shell: Shell, made: steps.StartedStep) -> None:
    if made.item:
        shell.say(tr("In your calendar: {day}.", day=date_words(made.item.last_day)))
    else:
        words = tr("No date is known for it: it stands above the calendar.")
        shell.say(" ".join(filter(None, (words, made.ask))))
