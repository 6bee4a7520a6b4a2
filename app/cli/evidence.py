"""Commands on the evidence checklist, the codes of a claim, and what a letter should say."""

from __future__ import annotations

from argparse import Namespace
from typing import Any, Final

from app.cli.answer import Answer
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept, kept_claim, record_of
from app.domain.denial import Denial
from app.domain.errors import UserError
from app.domain.evidence import Checklist, ChecklistItem
from app.operations.checklist import (
    OTHER_REASON,
    SAY_WHY,
    clear_marks,
    evidence_book,
    mark_asked,
    mark_not_needed,
    mark_proved,
    take_paper_off,
)
from app.operations.checklist import checklist as checklist_of_claim
from app.operations.code_check import check_codes
from app.operations.notice_check import check_notice
from app.storage.queries.evidence import denial_to_answer

_SIGNS: Final = {"have": "[x]", "asked": "[?]", "missing": "[ ]", "not_needed": "[-]"}


@with_binder
def checklist(desk: Desk, words: Namespace) -> Answer:
    """Show what the appeal of a claim has and lacks."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    denial_id = id_or_none(desk.binder, "denial", words.denial)
    shown = checklist_of_claim(desk.binder, claim_id, denial_id)
    return Answer([_row(each) for each in shown.items], _lines(shown))


def _row(each: ChecklistItem) -> dict[str, Any]:
    item, asked = each.item, each.asked
    return {
        "item": item.id,
        "title": item.title,
        "text": item.text,
        "needed": each.is_needed,
        "when": each.when,
        "state": each.state,
        "documents": [paper.id for paper in each.papers],
        "records": each.records or None,
        "why": item.why,
        "asked_of": asked.of if asked else None,
        "asked_on": iso(asked.on) if asked else None,
        "again_on": iso(asked.again_on) if asked else None,
        "source": item.source,
        "verification": item.verification.value,
        "law": item.law or None,
    }


def _lines(shown: Checklist) -> list[str]:
    lines = [f"{shown.there} of {len(shown.counted)} there"]
    if not shown.reasons:
        lines.append(OTHER_REASON if shown.unknown else SAY_WHY)
    lines += [note.text for note in shown.notes]
    for each in shown.items:
        names = ", ".join(paper.name for paper in each.papers) or each.records
        said = f"{_SIGNS[each.state]} {each.item.text} ({each.item.id})"
        lines += [f"{said}: {names}" if names else said, f"      {each.item.why}"]
    return lines


@with_binder
def evidence(desk: Desk, words: Namespace) -> Answer:
    """Say what became of an item of the checklist."""
    binder = desk.binder
    claim_id = kept_claim(binder, words.claim)
    denial_id = denial_of(desk, claim_id, words.denial)
    item = _item(words.item)
    if (words.on or words.again_on) and not words.asked_of:
        raise UserError("--on and --again-on go with --asked-of: say who was asked.")
    if words.asked_of:
        on = words.on or desk.today
        mark_asked(binder, denial_id, item, of=words.asked_of, on=on, again_on=words.again_on)
    elif words.paper:
        mark_proved(binder, denial_id, item, kept(binder, "document", words.paper))
    elif words.not_paper:
        take_paper_off(binder, denial_id, item, id_of(binder, "document", words.not_paper))
    elif words.not_needed:
        mark_not_needed(binder, denial_id, item)
    else:
        clear_marks(binder, denial_id, item)
    shown = checklist_of_claim(binder, claim_id, denial_id)
    each = shown.item(item)
    value = _row(each) if each else {"item": item, "state": None}
    state = each.state.replace("_", " ") if each else "not on the list of this denial"
    return Answer(value, [f"{item}: {state}"])


def denial_of(desk: Desk, claim_id: str, called: str | None) -> str:
    """Return the id of the denial that is meant: the one named, else the one to answer."""
    if called:
        denial: Denial = record_of(desk.binder, "denial", called)
        if denial.claim_id != claim_id:
            raise UserError("This denial belongs to another claim. Name one of this claim.")
        return denial.id
    answered = desk.binder.ask(denial_to_answer, claim_id)
    if answered is None:
        raise UserError(
            "Nobody said no to this claim yet. Record the denial first: “claimbinder denial”.",
            ask="What does the letter say, and what is its date?",
        )
    return answered.id


def _item(called: str) -> str:
    """Return the id of the item that is called by its id or its words."""
    items = evidence_book().items
    if called in items:
        return called
    folded = " ".join(called.split()).casefold()
    fitting = [
        item.id
        for item in items.values()
        if folded in {item.title.casefold(), item.text.casefold()}
    ]
    if len(fitting) != 1:
        raise UserError(
            f"There is no item “{called}” on the checklist. “claimbinder checklist CLAIM” lists "
            "them with their names in brackets."
        )
    return fitting[0]


@with_binder
def codes(desk: Desk, words: Namespace) -> Answer:
    """Point out the codes of a claim that are not in order."""
    found = check_codes(desk.binder, id_of(desk.binder, "claim", words.claim))
    rows = [
        {
            "code": each.problem.code,
            "kind": each.problem.kind,
            "problem": each.problem.sentence,
            "ask": each.problem.ask,
            "on": each.on.isoformat(),
            "document": each.document_id,
            "page": each.page,
            "confirmed": each.is_confirmed,
        }
        for each in found
    ]
    lines = [f"{each.problem.sentence} {each.problem.ask}" for each in found]
    return Answer(rows, lines or ["No code stands out."])


@with_binder
def notice(desk: Desk, words: Namespace) -> Answer:
    """Show what the letter of a denial should say and does not."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    found = check_notice(desk.binder, denial_of(desk, claim_id, words.denial))
    rows = [
        {
            "id": item.id,
            "text": item.text,
            "sentence": item.missing,
            "source": item.source,
            "verification": item.verification.value,
            "document": found.document_id,
        }
        for item in found.missing
    ]
    lines = [f"{item.missing} ({item.source})" for item in found.missing]
    if not found.was_read:
        lines = ["The letter of this denial is not here, or it is not read yet."]
    return Answer(rows, lines or ["Nothing stands out in the letter."])
