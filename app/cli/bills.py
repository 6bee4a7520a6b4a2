"""Commands on bills: bill, bill-change, bills."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said, said_links, said_texts
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept_claim_or_none, record_of
from app.domain.bill import Bill
from app.operations.bills import change_bill, enter_bill, tie_to_bill
from app.storage.queries.records import all_people, all_records

_TEXTS: Final = ("provider", "number", "code", "note")
_VALUES: Final = ("served_on", "billed_on", "due_on", "charges", "waived")
_LINKS: Final = {
    "person_id": ("patient", "person"),
    "claim_id": ("claim", "claim"),
    "document_id": ("paper", "document"),
    "provider_id": ("provider_id", "provider"),
}


@with_binder
def bill_new(desk: Desk, words: Namespace) -> Answer:
    """Enter a bill."""
    kept_claim_or_none(desk.binder, words.claim)
    lines = _expenses(desk, words)
    made = enter_bill(desk.binder, words.amount, **_words(desk, words))
    return _kept(desk, made, lines)


@with_binder
def bill_change(desk: Desk, words: Namespace) -> Answer:
    """Change a bill; what is not named stays."""
    before: Bill = record_of(desk.binder, "bill", words.bill)
    lines = _expenses(desk, words)
    known = _words(desk, words)
    if words.amount is not None:
        known["amount"] = words.amount
    return _kept(desk, change_bill(desk.binder, replace(before, **known)), lines)


@with_binder
def bills(desk: Desk, words: Namespace) -> Answer:
    """List the bills, the newest first."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    found: list[Bill] = [
        bill
        for bill in desk.binder.ask(all_records, "bill")
        if claim_id is None or bill.claim_id == claim_id
    ]
    found.sort(key=lambda bill: (bill.billed_on or bill.added_at.date(), bill.id), reverse=True)
    rows = [_row(desk, bill) for bill in found]
    columns = ("bill", "provider", "billed_on", "amount", "due_on", "state")
    header = ("id", "from", "dated", "asks for", "due", "state")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _words(desk: Desk, words: Namespace) -> dict[str, Any]:
    state = {"state": words.state} if words.state else {}
    texts, links = said_texts(words, _TEXTS), said_links(desk.binder, words, _LINKS)
    return {**texts, **said(words, _VALUES), **links, **state}


def _expenses(desk: Desk, words: Namespace) -> list[str] | None:
    if words.expenses is None:
        return None
    return [id_of(desk.binder, "expense", called) for called in words.expenses]


def _kept(desk: Desk, bill: Bill, lines: list[str] | None) -> Answer:
    if lines is not None:
        tie_to_bill(desk.binder, bill.id, lines)
    row = _row(desk, bill)
    return Answer(row, [f"A bill of {bill.amount} from {bill.provider or 'nobody'}: {bill.id}"])


def _row(desk: Desk, bill: Bill) -> dict[str, Any]:
    names = {person.id: person.name for person in desk.binder.ask(all_people)}
    return {
        "bill": bill.id,
        "provider": bill.provider or None,
        "patient": names.get(bill.person_id or ""),
        "number": bill.number or None,
        "amount": bill.amount.plain,
        "charges": bill.charges and bill.charges.plain,
        "waived": bill.waived and bill.waived.plain,
        "served_on": iso(bill.served_on),
        "billed_on": iso(bill.billed_on),
        "due_on": iso(bill.due_on),
        "state": bill.state,
        "claim": bill.claim_id,
        "paper": bill.document_id,
        "note": bill.note or None,
    }
