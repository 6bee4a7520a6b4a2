"""Commands after the answer to an appeal: the next appeal, and what to do after a yes."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.calendar_days import spoken
from app.domain.due_item import DueItem
from app.operations import winning
from app.operations.next_appeal import NextAppeal, build_next_appeal, say_what_it_asks
from app.operations.winning import AskedBack, WhatNow, what_now


@with_binder
def next_appeal(desk: Desk, words: Namespace) -> Answer:
    """Build the next appeal; carried over is what still holds."""
    denial_id = id_of(desk.binder, "denial", words.denial)
    reasons = None if words.reason is None else tuple(words.reason)
    built = build_next_appeal(
        desk.binder,
        denial_id,
        NextAppeal(
            news=words.news, asks=words.asks, reasons=reasons, with_packet=words.with_packet,
            with_proof=words.with_proof,
        ),
    )  # fmt: skip
    denial = built.denial
    ask = None if denial.news else "What is new since the last appeal? Say it with --news."
    value = {
        "denial": denial.id,
        "follows": denial.follows_id,
        "level": denial.level,
        "carried": {"points": built.points, "marks": built.marks},
        "exhibits": list(built.exhibits),
        "asks": denial.asks or None,
        "news": denial.news or None,
        "ask": ask,
    }
    lines = [
        f"Built the appeal of level {denial.level}: {denial.id}",
        f"  {built.points} points and {built.marks} marks were carried over.",
        *(f"  Goes in: {document_id}" for document_id in built.exhibits),
    ]
    return Answer(value, lines + ([ask] if ask else []))


@with_binder
def asks(desk: Desk, words: Namespace) -> Answer:
    """Write down what an appeal asks for and what is new in it."""
    denial_id = id_of(desk.binder, "denial", words.denial)
    denial = say_what_it_asks(desk.binder, denial_id, asks=words.asks, news=words.news)
    value = {"denial": denial.id, "asks": denial.asks or None, "news": denial.news or None}
    return Answer(value, [f"Asks for: {denial.asks}", f"New: {denial.news}"])


@with_binder
def won(desk: Desk, words: Namespace) -> Answer:
    """Tell what to do after a yes."""
    now = what_now(desk.binder, id_of(desk.binder, "denial", words.denial))
    value = _won_value(now)
    lines = [f"{now.claim.title}: they said yes ({now.denial.outcome})"]
    lines += [
        f"  {row.what}: asked {row.asked or 'not said'}, approved {row.approved or 'not known'}"
        + (" (less than asked)" if row.is_less else "")
        for row in now.compared
    ]
    lines += [
        f"  Paid {iso(each.expense.paid_on)}: {each.expense.amount} {each.expense.provider}"
        for each in now.paid
    ]
    lines.append(f"  Paid in all {now.total}, while fighting {now.fought}")
    lines += [f"  {'Owed' if item.is_open else 'Done'}: {item.title}" for item in now.owed]
    renew = spoken(now.renew_by) if now.renew_by else "not set"
    return Answer(value, [*lines, f"  Ask for the next approval by: {renew}"])


@with_binder
def ask_back(desk: Desk, words: Namespace) -> Answer:
    """Note what was asked back after a yes."""
    asked = AskedBack(
        what=words.what, on=words.on, by=words.by, of=words.of, amount=words.amount,
        note=words.note,
    )  # fmt: skip
    (item,) = winning.ask_back(desk.binder, id_of(desk.binder, "denial", words.denial), asked)
    return Answer(_owed(item), [f"{item.title}: ask again on {spoken(item.last_day)}"])


@with_binder
def came_back(desk: Desk, words: Namespace) -> Answer:
    """Note that something owed came."""
    due_id = id_of(desk.binder, "due_item", words.due)
    item = winning.note_settled(desk.binder, due_id, words.on, amount=words.amount)
    return Answer(_owed(item), [f"{item.title}: done"])


def _won_value(now: WhatNow) -> dict[str, Any]:
    return {
        "denial": now.denial.id,
        "claim": now.claim.id,
        "outcome": now.denial.outcome,
        "answered_on": iso(now.denial.answered_on),
        "authorization": now.approval and now.approval.id,
        "compared": [
            {
                "what": row.what,
                "asked": row.asked or None,
                "approved": row.approved or None,
                "is_less": row.is_less,
            }
            for row in now.compared
        ],
        "paid": [
            {
                "expense": each.expense.id,
                "paid_on": iso(each.expense.paid_on),
                "provider": each.expense.provider or None,
                "amount": each.expense.amount.plain,
                "while_fighting": each.while_fighting,
            }
            for each in now.paid
        ],
        "total": now.total.plain,
        "fought": now.fought.plain,
        "owed": [_owed(item) for item in now.owed],
        "letters": list(now.letters),
        "renew_by": iso(now.renew_by),
        "ask_again_on": iso(now.ask_again_on),
    }


def _owed(item: DueItem) -> dict[str, Any]:
    return {
        "deadline": item.id,
        "title": item.title,
        "by": iso(item.last_day),
        "done_on": iso(item.done_on),
        "note": item.note or None,
    }
