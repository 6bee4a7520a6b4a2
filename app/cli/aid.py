"""Commands on help with the cost, and on the money of an appeal."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said, said_links, said_texts
from app.cli.dates import due_row, iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, kept, kept_claim_or_none, kept_or_none
from app.domain.aid import Aid
from app.operations import aids as aid_operations
from app.operations.aids import KeptAid
from app.operations.appeal_holds import decide_hold
from app.operations.fighting_costs import FightingCosts, fighting_costs_of, write_fighting_costs
from app.storage.queries.aids import AidRow, aid_rows
from app.storage.queries.dates import due_rows

_TEXTS: Final = ("name", "kind", "what", "papers", "note")
_VALUES: Final = ("amount", "asked_on", "due_on", "until_on")
_LINKS: Final = {
    "claim_id": ("claim", "claim"),
    "person_id": ("patient", "person"),
    "provider_id": ("provider", "provider"),
    "document_id": ("letter", "document"),
}
_DECISIONS: Final = {
    "hold": "This waits until the answer to the appeal is there.",
    "claim": "This may be claimed, whatever the appeal brings.",
    "": "Not decided: do not reimburse it yet.",
}


@with_binder
def aid_new(desk: Desk, words: Namespace) -> Answer:
    """Add a program, a price or an estimate; the answer is its row with its dates."""
    kept_claim_or_none(desk.binder, words.claim)
    return _kept(desk, aid_operations.add_aid(desk.binder, **_said(desk, words)))


@with_binder
def aid_change(desk: Desk, words: Namespace) -> Answer:
    """Change one; what is not named stays."""
    before = _aid(desk, words.aid)
    changed = replace(before, **_said(desk, words))
    return _kept(desk, aid_operations.change_aid(desk.binder, changed))


@with_binder
def aid_answer(desk: Desk, words: Namespace) -> Answer:
    """Record what they answered, and what they grant."""
    known: dict[str, Any] = {}
    if words.amount is not None:
        known["amount"] = words.amount
    if words.until is not None:
        known["until_on"] = words.until
    if words.letter is not None:
        known["document_id"] = kept_or_none(desk.binder, "document", words.letter)
    aid_id = kept(desk.binder, "aid", words.aid)
    on = words.on or desk.today
    answered = aid_operations.answer_aid(desk.binder, aid_id, words.answer, on, **known)
    return _kept(desk, answered)


@with_binder
def aid_paid(desk: Desk, words: Namespace) -> Answer:
    """Say that a program paid a line of the ledger."""
    aid_id, expense_id = (
        kept(desk.binder, "aid", words.aid),
        kept(desk.binder, "expense", words.expense),
    )
    paid = aid_operations.paid_by_aid(desk.binder, aid_id, expense_id, words.on or desk.today)
    value = {"expense": paid.id, "aid": aid_id, "amount": paid.amount.plain}
    return Answer(value, [f"{paid.amount} was paid by the program: {paid.id}"])


@with_binder
def aids(desk: Desk, words: Namespace) -> Answer:
    """List programs, prices and estimates, the newest request first."""
    claim_id = id_of(desk.binder, "claim", words.claim) if words.claim else None
    rows = [_row(each) for each in desk.binder.ask(aid_rows, claim_id)]
    columns = ("aid", "kind", "name", "what", "asked_on", "answer", "amount", "left", "next_on")
    header = ("id", "kind", "name", "for", "asked", "answer", "amount", "left", "next")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


@with_binder
def hold(desk: Desk, words: Namespace) -> Answer:
    """Wait with money under appeal, or claim it all the same."""
    expense_id = kept(desk.binder, "expense", words.expense)
    decided = decide_hold(desk.binder, expense_id, words.decision)
    value = {"expense": decided.id, "hold": decided.hold or None}
    return Answer(value, [_DECISIONS[decided.hold]])


@with_binder
def fighting_costs(desk: Desk, words: Namespace) -> Answer:
    """Say what was paid while a claim was fought over, and print it if asked to."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    costs = fighting_costs_of(desk.binder, claim_id, today=desk.today)
    lines = _cost_lines(costs)
    value = _cost_value(costs)
    if words.output:
        written = write_fighting_costs(
            desk.binder, claim_id, desk.outside(words.output), today=desk.today
        )
        value["file"] = str(written.path)
        lines.append(f"Written: {written.path}")
    return Answer(value, lines)


# ---------------------------------------------------------------------- values


def _said(desk: Desk, words: Namespace) -> dict[str, Any]:
    return {
        **said_texts(words, _TEXTS),
        **said(words, _VALUES),
        **said_links(desk.binder, words, _LINKS),
    }


def _aid(desk: Desk, called: str) -> Aid:
    aid_id = kept(desk.binder, "aid", called)
    return next(each.aid for each in desk.binder.ask(aid_rows) if each.aid.id == aid_id)


def _kept(desk: Desk, kept_aid: KeptAid) -> Answer:
    (found,) = [each for each in desk.binder.ask(aid_rows) if each.aid.id == kept_aid.aid.id]
    ids = {item.id for item in kept_aid.items}
    due = [due_row(each, desk.today) for each in desk.binder.ask(due_rows) if each.id in ids]
    lines = [f"{found.aid.name}: {found.aid.id}"]
    lines += [f"In the calendar on {item.last_day}: {item.title}" for item in kept_aid.items]
    return Answer({**_row(found), "deadlines": due}, lines)


def _row(each: AidRow) -> dict[str, Any]:
    one = each.aid
    return {
        "aid": one.id,
        "kind": one.kind,
        "name": one.name,
        "what": one.what or None,
        "claim": one.claim_id,
        "claim_title": each.claim,
        "patient": each.person,
        "provider": each.provider,
        "asked_on": iso(one.asked_on),
        "papers": one.papers or None,
        "due_on": iso(one.due_on),
        "answered_on": iso(one.answered_on),
        "answer": one.answer or None,
        "amount": one.amount.plain if one.amount else None,
        "until_on": iso(one.until_on),
        "document": one.document_id if each.paper else None,
        "paid": each.paid.plain,
        "left": each.left.plain if each.left is not None else None,
        "next_on": iso(each.next_on),
        "note": one.note or None,
    }


def _cost_value(costs: FightingCosts) -> dict[str, Any]:
    return {
        "claim": costs.claim_id,
        "from": iso(costs.from_on),
        "until": iso(costs.until_on),
        "paid": costs.paid.plain,
        "came_back": costs.came_back.plain,
        "out_of_pocket": costs.out_of_pocket.plain,
        "by_others": costs.by_others.plain,
        "ask": costs.ask,
        "rows": [
            {
                "expense": row.expense_id,
                "paid_on": iso(row.paid_on),
                "served_on": iso(row.served_on),
                "provider": row.provider or None,
                "what": row.what or None,
                "method": row.method,
                "paid": row.paid.plain,
                "came_back": row.came_back.plain,
                "out_of_pocket": row.out_of_pocket.plain,
            }
            for row in costs.rows
        ],
    }


def _cost_lines(costs: FightingCosts) -> list[str]:
    header = ("paid on", "provider", "what", "paid", "came back", "out of pocket")
    rows = (
        (row.paid_on, row.provider, row.what, row.paid, row.came_back, row.out_of_pocket)
        for row in costs.rows
    )
    ask = [costs.ask] if costs.ask else []
    return [*table(header, rows), costs.sentence, *ask]
