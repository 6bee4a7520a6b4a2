"""A small household on which every verb can be tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.binder import Binder
from app.domain.money import Money
from app.jobs import Silent
from app.operations import (
    answers,
    calendar_file,
    call_drafts,
    calls,
    claims,
    clocks,
    dates,
    denials,
    expenses,
    intake,
    papers,
    people,
    reading,
    reserve,
    sendings,
    sorting,
    steps,
    story,
    trash,
    upkeep,
)
from app.operations.answers import AppealAnswer
from app.operations.denials import DenialAnswer
from app.operations.rules import rule_book
from app.operations.steps import StepAnswer
from tests.storage.world_of_appeals import APPEAL_VERBS, Appeal, AppealVerb, appeal
from tests.storage.world_of_money import MONEY_VERBS, MoneyVerb, Purse, fill_purse

DAY = date(2026, 11, 21)
LONG = "a long note " * 2000


@dataclass(frozen=True)
class World:
    """One record of each kind, with what the verbs need."""

    binder: Binder
    folder: Path
    person: Any
    plan: Any
    claim: Any
    call: Any
    expense: Any
    denial: Any
    due: Any
    own: Any
    paper: str
    other: str
    trashed: str
    appeal: Appeal
    purse: Purse


def household(binder: Binder, folder: Path) -> World:
    folder.mkdir(exist_ok=True)
    keys: list[str] = []
    for name in ("letter", "other", "trashed"):
        (folder / name).write_text(f"The {name} says no.", encoding="utf-8")
        (row,) = intake.add_papers(binder, [folder / name], Silent())
        keys.append(row.document_id or "")
    (folder / "new").write_text("Something new. " * 5000, encoding="utf-8")
    person = people.add_person(binder, "Rosa")
    plan = people.add_plan(binder, "Gold", person_id=person.id, program="employer")
    claim = claims.open_claim(binder, "Infusions", person_id=person.id)
    call, _ = calls.log_call(binder, with_whom="Ann", claim_id=claim.id)
    expense = expenses.enter_expense(binder, Money(100), document_id=keys[1], claim_id=claim.id)
    answer = DenialAnswer(document_id=keys[0], letter_says="date", letter_date=DAY)
    denied = denials.record_denial(binder, rule_book(), claim.id, answer, confirmed=True)
    own = dates.add_own_date(binder, "Stop and decide", DAY)
    trash.put_in_trash(binder, [("document", keys[2])])
    fought = appeal(binder, folder, person, plan)
    purse = fill_purse(
        binder, person_id=person.id, plan_id=plan.id, claim_id=claim.id,
        provider_id=fought.provider.id, paper_id=keys[1],
    )  # fmt: skip
    return World(
        binder, folder, person, plan, claim, call, expense, denied.denial, denied.items[0], own,
        *keys, fought, purse,
    )  # fmt: skip


def _answer(words: str) -> DenialAnswer:
    return DenialAnswer(letter_says="days", letter_days=30, notice_on=DAY, reason=words)


def _paper(w: World) -> Any:
    with w.binder.operation("look") as work:
        return work.documents.get(w.paper)


VERBS: dict[str, Callable[[World], object]] = {
    "add a paper": lambda w: intake.add_papers(w.binder, [w.folder / "new"], Silent()),
    "add bytes": lambda w: intake.add_bytes(w.binder, "pasted.png", b"\x89PNG\r\n\x1a\n" * 9),
    "file a paper": lambda w: papers.file_paper(w.binder, w.paper, claim_id=w.claim.id, kind="eob"),
    "change a paper": lambda w: papers.change_paper(w.binder, replace(_paper(w), note=LONG)),
    "sort papers": lambda w: sorting.sort_papers(
        w.binder, [w.paper, w.other], sorting.Sorting(kind="study", new_claim="Scan")
    ),
    "join papers": lambda w: papers.join_papers(w.binder, [w.paper, w.other]),
    "trash a paper": lambda w: trash.put_in_trash(w.binder, [("document", w.paper)]),
    "restore a paper": lambda w: trash.restore(w.binder, [("document", w.trashed)]),
    "delete a paper forever": lambda w: trash.delete_forever(w.binder, [("document", w.trashed)]),
    "add a person": lambda w: people.add_person(w.binder, "Sam", note=LONG),
    "change a person": lambda w: people.change_person(w.binder, replace(w.person, note=LONG)),
    "add a plan": lambda w: people.add_plan(w.binder, "Silver", program="unknown", note=LONG),
    "change a plan": lambda w: people.change_plan(w.binder, replace(w.plan, note=LONG)),
    "open a claim": lambda w: claims.open_claim(w.binder, "Scan", note=LONG),
    "change a claim": lambda w: claims.change_claim(w.binder, replace(w.claim, note=LONG)),
    "log a call": lambda w: calls.log_call(
        w.binder, with_whom="Bo", note=LONG, promise="A letter", promise_by=DAY
    ),
    "change a call": lambda w: calls.change_call(w.binder, replace(w.call, note=LONG)),
    "keep the notes of a call": lambda w: call_drafts.keep_call_draft(
        w.binder, call_drafts.CallDraft(called_at=w.binder.now(), note=LONG)
    ),
    "leave a line out of the story": lambda w: story.hide_line(
        w.binder, w.claim.id, "call", w.call.id
    ),
    "enter an expense": lambda w: expenses.enter_expense(w.binder, Money(1), note=LONG),
    "change an expense": lambda w: expenses.change_expense(w.binder, replace(w.expense, note=LONG)),
    "record a denial": lambda w: denials.record_denial(
        w.binder, rule_book(), w.claim.id, _answer(LONG), confirmed=True
    ),
    "change a denial": lambda w: denials.change_denial(
        w.binder, rule_book(), w.denial.id, _answer(LONG), confirmed=False
    ),
    "do not appeal": lambda w: denials.do_not_appeal(w.binder, w.denial.id),
    "add a date": lambda w: dates.add_own_date(w.binder, "Ask again", DAY, note=LONG),
    "mark as done": lambda w: dates.mark_done(w.binder, w.due.id, DAY),
    "say who does it": lambda w: dates.give_to(w.binder, w.own.id, w.person.id),
    "remove a date": lambda w: dates.remove_date(w.binder, w.own.id),
    "ask for a fast appeal": lambda w: denials.note_fast_appeal(
        w.binder, w.denial.id, asked_on=DAY
    ),
    "keep the care going": lambda w: denials.note_kept_care(
        w.binder, w.denial.id, asked_on=None, needed=False
    ),
    "record an answer": lambda w: answers.record_answer(
        w.binder, rule_book(), w.denial.id, AppealAnswer(outcome="upheld", on=DAY, reason=LONG)
    ),
    "ask for the claim file": lambda w: clocks.ask_for(w.binder, w.claim.id, "claim-file", DAY),
    "count a step": lambda w: steps.start_step(
        w.binder, rule_book(), "nsa.ppdr", StepAnswer(claim_id=w.claim.id, bill_on=DAY, note=LONG)
    ),
    "keep days in reserve": lambda w: reserve.set_buffer_days(w.binder, rule_book(), 7),
    "move a date": lambda w: dates.move_date(w.binder, w.own.id, date(2027, 1, 4)),
    "let a date go": lambda w: dates.waive_date(w.binder, w.own.id, DAY),
    "save the calendar file": lambda w: calendar_file.write_calendar(
        w.binder, w.folder.with_name("dates.ics"), details=False
    ),
    "record what was sent": lambda w: sendings.record_sending(
        w.binder, w.claim.id, DAY, way="fax", denial_id=w.denial.id, note=LONG
    ),
    "read again": lambda w: reading.read_again(w.binder, w.paper),
    "undo": lambda w: w.binder.undo(),
    "back up": lambda w: upkeep.back_up(w.binder, w.folder.with_name("backups"), Silent()),
}
"""Every way to change a binder, tried once on a household."""


def _about_appeals(verb: AppealVerb) -> Callable[[World], object]:
    return lambda w: verb(w.binder, w.folder, w.appeal)


def _about_money(verb: MoneyVerb) -> Callable[[World], object]:
    return lambda w: verb(w.binder, w.purse)


VERBS |= {name: _about_appeals(verb) for name, verb in APPEAL_VERBS.items()}
VERBS |= {name: _about_money(verb) for name, verb in MONEY_VERBS.items()}
