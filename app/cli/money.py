"""Commands on the ledger: expense, expense-change, expenses."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said_links, said_texts
from app.cli.desk import Desk, with_binder
from app.cli.naming import record_of
from app.domain.expense import Expense
from app.operations.expenses import change_expense, enter_expense
from app.operations.summaries import write_expenses
from app.storage.queries.expense_details import ExpenseDetails, expense_details
from app.storage.queries.money import expense_rows

LINKS: Final = {
    "person_id": ("patient", "person"),
    "claim_id": ("claim", "claim"),
    "document_id": ("receipt", "document"),
    "proof_id": ("proof", "document"),
    "provider_id": ("provider_id", "provider"),
    "account_id": ("account", "hsa_account"),
    "bill_id": ("bill", "bill"),
    "aid_id": ("aid", "aid"),
    "necessity_id": ("letter", "necessity_letter"),
}
"""For each field of a line that names a record, the word that names it and its kind."""

_TEXTS: Final = ("provider", "category", "method", "what", "note", "answer")
_DAYS: Final = {"served_on": "served", "paid_on": "paid", "due_on": "due"}


@with_binder
def expense(desk: Desk, words: Namespace) -> Answer:
    """Enter one line of the ledger."""
    entered = enter_expense(
        desk.binder, words.amount, address=words.address or "", **_told(desk, words)
    )
    return Answer({"expense": entered.id}, [f"Entered {entered.amount}: {entered.id}"])


@with_binder
def expense_change(desk: Desk, words: Namespace) -> Answer:
    """Change a line; what is not named stays, and “none” takes a link off."""
    before: Expense = record_of(desk.binder, "expense", words.expense)
    told = _told(desk, words)
    if words.amount is not None:
        told["amount"] = words.amount
    if words.unpaid:
        told["paid_on"] = None
    if "provider" in told:  # another name is another place, unless one was chosen
        told.setdefault("provider_id", None)
    changed = change_expense(desk.binder, replace(before, **told), address=words.address or "")
    return Answer({"expense": changed.id}, [f"Changed {changed.amount}: {changed.id}"])


def _told(desk: Desk, words: Namespace) -> dict[str, Any]:
    """Return the fields that were named; an empty day takes the day off."""
    days = {field: getattr(words, word) for field, word in _DAYS.items()}
    return {
        **said_texts(words, _TEXTS),
        **{field: on or None for field, on in days.items() if on is not None},
        **said_links(desk.binder, words, LINKS),
    }


@with_binder
def expenses(desk: Desk, words: Namespace) -> Answer:
    """List the ledger, and write it as a table if asked to."""
    found = desk.binder.ask(expense_rows, year=words.year)
    details = desk.binder.ask(expense_details)
    if words.csv:
        write_expenses(desk.binder, desk.outside(words.csv), year=words.year)
    rows = [
        {
            "expense": row.id,
            "served_on": iso(row.served_on),
            "paid_on": iso(row.paid_on),
            "provider": row.provider,
            "patient": row.patient,
            "category": row.category,
            "amount": row.amount.plain,
            "method": row.method,
            "claim": row.claim_id,
            "source": row.source,
            "receipt": row.document_id,
            "note": row.note,
            **_more(details[row.id]),
        }
        for row in found
    ]
    lines = table(
        ("expense", "served", "paid", "amount", "provider", "patient", "category", "method"),
        (
            (row.id, row.served_on, row.paid_on, f"{row.amount!s:>12}", row.provider, row.patient,
             row.category, row.method)
            for row in found
        ),
    )  # fmt: skip
    return Answer(rows, lines)


def _more(details: ExpenseDetails) -> dict[str, Any]:
    return {
        "what": details.what,
        "address": details.address or None,
        "due_on": iso(details.due_on),
        "proof": details.proof_id,
        "split_from": details.origin_id,
        "bill": details.bill_id,
        "account": details.account_id,
        "letter": details.necessity_id,
        "aid": details.aid_id,
        "answer": details.answer,
        "hold": details.hold,
        "refunded": details.refunded.plain,
        "allocated": details.claimed.plain,
        "trip": details.trip_id,
        "stay": details.stay_id,
    }


def iso(day: date | None) -> str | None:
    """Return a day as programs read it, None where it is not known."""
    return day and day.isoformat()
