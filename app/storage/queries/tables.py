"""All records of a kind as a table: a column a field, with the names of what they are linked to."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.money import Money
from app.storage.indexed import WORDS
from app.storage.queries.records import all_records, record_names
from app.storage.schema import RECORD_TABLES

TABLES: Final = {
    "person": "People",
    "plan": "Plans",
    "provider": "Providers",
    "claim": "Claims",
    "document": "Papers",
    "denial": "Denials",
    "call": "Call log",
    "due_item": "Dates",
    "clock": "Running times",
    "expense": "Expenses",
    "allocation": "Who paid for what",
    "refund": "Money back",
    "trip": "Trips",
    "stay": "Nights",
    "eob": "Explanations of benefits",
    "eob_line": "Lines of explanations",
    "bill": "Bills",
    "hsa_account": "Health savings accounts",
    "withdrawal": "Withdrawals",
    "contribution": "Contributions",
    "hsa_form": "Tax forms",
    "dependent_year": "Dependents by year",
    "necessity_letter": "Letters of medical necessity",
    "plan_year": "Plan years",
    "aid": "Programs and quotes",
    "sending": "What was sent",
    "sending_proof": "Proofs of what was sent",
    "authorization": "Authorizations",
    "treatment": "Treatments",
    "diary_line": "Diary",
    "representative": "Who may speak",
    "criterion": "Points to answer",
    "criterion_proof": "Proofs of points",
    "evidence_mark": "Evidence",
    "saved_bundle": "Bundles",
    "saved_file": "Files of bundles",
    "letter": "Letters",
    "said_fact": "Confirmed values",
}
"""The kinds that have a table, with its name. What only steers the program has none."""

TableCell = str | int | date | Money | None


def record_table(
    connection: Connection, kind: str
) -> tuple[tuple[str, ...], tuple[tuple[TableCell, ...], ...]]:
    """Return the header and the rows of a kind, but for the trash, as they were added.

    A link stands twice: as the name of the record, where it has one, and as its id.
    """
    table, record = RECORD_TABLES[kind]
    kinds = {other.name: name for name, (other, _) in RECORD_TABLES.items()}
    linked = {
        key.parent.name: dict(record_names(connection, kinds[key.column.table.name]))
        for key in table.foreign_keys
        if kinds.get(key.column.table.name) in WORDS
    }
    names = [item.name for item in fields(record) if item.name != "trashed_at"]
    header: list[str] = []
    for name in names:
        header += [_title(name.removesuffix("_id"))] if name in linked else []
        header.append(_title(name))
    rows = [_cells(each, names, linked) for each in all_records(connection, kind)]
    return tuple(header), tuple(rows)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize().replace(" id", " ID").replace("Id", "ID")


def _cells(
    record: Any, names: list[str], linked: dict[str, dict[str, str]]
) -> tuple[TableCell, ...]:
    cells: list[TableCell] = []
    for name in names:
        value = getattr(record, name)
        if name in linked:
            cells.append(linked[name].get(value, ""))
        cells.append(value.isoformat() if isinstance(value, datetime) else value)
    return tuple(cells)
