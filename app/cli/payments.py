"""Commands on lines of the ledger: pay, refund, expense-split, repeat, instalments."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.cli.answer import Answer, table
from app.cli.care import said_links, said_texts
from app.cli.dates import due_row
from app.cli.desk import Desk, with_binder
from app.cli.money import LINKS, iso
from app.cli.naming import id_of, id_or_none, record_of
from app.cli.values import day
from app.domain.due_item import TAX_KINDS
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.shares import even_shares, monthly
from app.operations.expense_repeats import repeat_expense
from app.operations.expense_splits import LinePart, split_expense
from app.operations.instalments import Instalment, plan_instalments
from app.operations.payments import pay_expense
from app.operations.refunds import add_refund, remove_refund
from app.storage.queries.dates import due_rows
from app.storage.queries.expense_details import refunds_of

_PAID_LINKS: Final = {name: LINKS[name] for name in ("proof_id", "account_id", "aid_id")}
_PART_LINKS: Final = {"patient": ("person_id", "person"), "claim": ("claim_id", "claim")}


@with_binder
def pay(desk: Desk, words: Namespace) -> Answer:
    """Pay a line; the answer names the paid line, and what is left where a part was paid."""
    done = pay_expense(
        desk.binder,
        id_of(desk.binder, "expense", words.expense),
        words.on,
        amount=words.amount,
        **said_texts(words, ("method",)),
        **said_links(desk.binder, words, _PAID_LINKS),
    )
    left = done.rest.amount if done.rest else None
    value = {
        "expense": done.paid.id,
        "paid": done.paid.amount.plain,
        "rest": done.rest.id if done.rest else None,
        "left": left.plain if left else "0.00",
    }
    lines = [f"Paid {done.paid.amount}: {done.paid.id}"]
    lines += [f"{left} is left to pay: {value['rest']}"] if left else []
    return Answer(value, lines)


@with_binder
def refund(desk: Desk, words: Namespace) -> Answer:
    """Record money that came back for a line; the answer names what must now be seen to."""
    made = add_refund(
        desk.binder,
        id_of(desk.binder, "expense", words.expense),
        words.on,
        words.amount,
        giver=words.giver,
        document_id=id_or_none(desk.binder, "document", words.document),
        note=words.note,
    )
    due = [
        due_row(each, desk.today)
        for each in desk.binder.ask(due_rows)
        if each.kind in TAX_KINDS and each.expense_id == made.expense_id
    ]
    value = {"refund": made.id, "expense": made.expense_id, "deadlines": due}
    lines = [f"In the calendar on {each['last_day']}: {each['title']}" for each in due]
    return Answer(value, [f"{made.amount} came back: {made.id}", *lines])


@with_binder
def refund_remove(desk: Desk, words: Namespace) -> Answer:
    """Take a refund out that never came."""
    found = [each.id for each in desk.binder.ask(refunds_of) if each.id.startswith(words.refund)]
    if not words.refund or len(found) != 1:
        raise UserError(
            f"There is no one refund “{words.refund}” in this binder. “claimbinder refunds” lists "
            "them."
        )
    remove_refund(desk.binder, found[0])
    return Answer({"refund": found[0]}, [f"Taken out: {found[0]}"])


@with_binder
def refunds(desk: Desk, words: Namespace) -> Answer:
    """List what came back, for one line or for all."""
    expense_id = id_or_none(desk.binder, "expense", words.expense)
    found = desk.binder.ask(refunds_of, expense_id)
    rows = [
        {
            "refund": each.id,
            "expense": each.expense_id,
            "on": iso(each.came_on),
            "amount": each.amount.plain,
            "from": each.giver,
            "document": each.document_id,
            "note": each.note,
        }
        for each in found
    ]
    columns = ("refund", "expense", "on", "amount", "from")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


@with_binder
def split(desk: Desk, words: Namespace) -> Answer:
    """Part a line; the first part stays the line."""
    expense_id = id_of(desk.binder, "expense", words.expense)
    parts = [LinePart(amount, _part(desk.binder, told)) for amount, told in words.parts]
    return _lines(split_expense(desk.binder, expense_id, parts))


def _part(binder: Binder, told: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for word, value in told.items():
        if word in _PART_LINKS:
            field, kind = _PART_LINKS[word]
            fields[field] = id_of(binder, kind, value)
        elif word == "served":
            fields["served_on"] = day(value)
        else:
            fields[word] = value
    return fields


@with_binder
def repeat(desk: Desk, words: Namespace) -> Answer:
    """Enter a line for further days of care."""
    expense_id = id_of(desk.binder, "expense", words.expense)
    if not words.days:
        raise UserError("On which days? Name them with --on.", ask="Which days of care were there?")
    return _lines(repeat_expense(desk.binder, expense_id, words.days, is_paid=words.is_paid))


@with_binder
def instalments(desk: Desk, words: Namespace) -> Answer:
    """Make dated, unpaid lines of an unpaid line."""
    line: Expense = record_of(desk.binder, "expense", words.expense)
    if words.parts:
        parts = [Instalment(*each) for each in words.parts]
    elif words.first and words.count:
        days = monthly(words.first, words.count, words.every_months)
        shares = even_shares(line.amount, words.count)
        parts = [Instalment(on, share) for on, share in zip(days, shares, strict=True)]
    else:
        raise UserError(
            "Say when: --first and --count for equal parts, or --part for each day and amount.",
            ask="How many payments were agreed on, and on which days?",
        )
    plan = plan_instalments(desk.binder, line.id, parts, finance_charge=words.finance_charge)
    answer = _lines(plan.lines)
    value = {**answer.value, "charge": plan.charge.id if plan.charge else None}
    return replace(answer, value=value)


def _lines(lines: tuple[Expense, ...]) -> Answer:
    """Return the answer that names several lines."""
    rows = [
        {
            "expense": line.id,
            "amount": line.amount.plain,
            "served_on": iso(line.served_on),
            "paid_on": iso(line.paid_on),
            "due_on": iso(line.due_on),
        }
        for line in lines
    ]
    columns = ("expense", "amount", "served_on", "paid_on", "due_on")
    value = {"expenses": [line.id for line in lines], "lines": rows}
    return Answer(value, table(columns, ([row[name] for name in columns] for row in rows)))
