"""Commands on the ledger: expense, expenses."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none
from app.operations.expenses import enter_expense
from app.operations.summaries import write_expenses
from app.storage.queries.money import expense_rows


@with_binder
def expense(desk: Desk, words: Namespace) -> Answer:
    """Enter one line of the ledger."""
    entered = enter_expense(
        desk.binder,
        words.amount,
        served_on=words.served,
        paid_on=words.paid,
        provider=words.provider,
        person_id=id_or_none(desk.binder, "person", words.patient),
        category=words.category,
        method=words.method,
        claim_id=id_or_none(desk.binder, "claim", words.claim),
        document_id=id_or_none(desk.binder, "document", words.receipt),
    )
    return Answer({"expense": entered.id}, [f"Entered {entered.amount}: {entered.id}"])


@with_binder
def expenses(desk: Desk, words: Namespace) -> Answer:
    """List the ledger, and write it as a table if asked to."""
    found = desk.binder.ask(expense_rows, year=words.year)
    if words.csv:
        write_expenses(desk.binder, desk.outside(words.csv), year=words.year)
    rows = [
        {
            "expense": row.id,
            "served_on": row.served_on and row.served_on.isoformat(),
            "paid_on": row.paid_on and row.paid_on.isoformat(),
            "provider": row.provider,
            "patient": row.patient,
            "category": row.category,
            "amount": row.amount.plain,
            "method": row.method,
            "claim": row.claim_id,
            "source": row.source,
            "receipt": row.document_id,
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
