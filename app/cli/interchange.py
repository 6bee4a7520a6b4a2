"""Commands that bring tables and named files in: import-csv, import-ofx, import-named."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.cli.answer import DONE, REFUSED, Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none, kept_claim_or_none
from app.operations.reading import read_waiting
from app.operations.table_imports import (
    ImportedTable,
    TableChoice,
    import_table,
    look_over,
    open_table,
)
from app.operations.table_imports_named import TakenReceipt, look_over_named
from app.operations.table_imports_named import import_named as named_files
from app.operations.table_imports_profiles import known_profiles


@with_binder
def import_csv(desk: Desk, words: Namespace) -> Answer:
    """Import a table of expenses, or of an account."""
    choice = TableChoice(
        profile=words.profile,
        columns=dict(words.column),
        gives=words.gives,
        order=words.dates,
        account_id=id_or_none(desk.binder, "hsa_account", words.account),
        claim_id=kept_claim_or_none(desk.binder, words.claim),
        save_as=words.save_as,
    )
    return _imported(desk, words.file, choice, dry_run=words.dry_run)


@with_binder
def import_ofx(desk: Desk, words: Namespace) -> Answer:
    """Import the transactions of an account."""
    choice = TableChoice(
        profile="ofx",
        account_id=id_or_none(desk.binder, "hsa_account", words.account),
        claim_id=kept_claim_or_none(desk.binder, words.claim),
    )
    return _imported(desk, words.file, choice, dry_run=words.dry_run)


@with_binder
def import_profiles(desk: Desk, _words: Namespace) -> Answer:
    """List the mappings of columns."""
    known = known_profiles(desk.binder)
    rows = [{"profile": each.name, "title": each.title, "own": each.is_own} for each in known]
    return Answer(rows, table(("profile", "title"), ((each.name, each.title) for each in known)))


def _imported(desk: Desk, path: Path, choice: TableChoice, *, dry_run: bool) -> Answer:
    opened = open_table(desk.workers, path, desk.progress)
    made = (look_over if dry_run else import_table)(desk.binder, opened, choice)
    value = {
        "added": made.added,
        "duplicates": len(made.duplicates),
        "refused": [{"row": each.row, "reason": each.reason} for each in made.refused],
        "left_out": [{"row": each.row, "reason": each.reason} for each in made.left_out],
        "expenses": made.expenses,
        "withdrawals": made.withdrawals,
        "contributions": made.contributions,
        "paid_since": made.paid_since,
        "profile": made.profile,
        "notes": list(made.notes),
        "dry_run": dry_run,
    }
    return Answer(value, _lines(made, dry_run=dry_run), REFUSED if made.refused else DONE)


def _lines(made: ImportedTable, *, dry_run: bool) -> list[str]:
    done = "would be added" if dry_run else "added"
    here = f"{len(made.duplicates)} here already"
    rest = f"{len(made.refused)} refused, {len(made.left_out)} left out"
    return [
        f"{made.added} {done}, {here}, {rest}.",
        *(f"line {each.row}  {each.reason}" for each in made.refused),
        *(f"line {each.row}  left out: {each.reason}" for each in made.left_out),
        *made.notes,
    ]


@with_binder
def import_named(desk: Desk, words: Namespace) -> Answer:
    """Keep receipts and enter the expenses that their names tell, then read the papers."""
    paths = [Path(each) for each in words.paths]
    if words.dry_run:
        rows = [
            TakenReceipt(each.path, "refused" if each.reason else "added", reason=each.reason)
            for each in look_over_named(desk.binder, paths)
        ]
    else:
        claim_id = kept_claim_or_none(desk.binder, words.claim)
        rows = named_files(desk.binder, paths, desk.progress, claim_id=claim_id)
        if not words.no_read and any(each.outcome == "added" for each in rows):
            read_waiting(desk.binder, desk.reader, desk.progress)
    value = [
        {
            "path": each.path,
            "outcome": each.outcome,
            "document": each.document_id,
            "expense": each.expense_id,
            "reason": each.reason,
        }
        for each in rows
    ]
    lines = [f"{each.outcome}  {each.path}  {each.reason or ''}".rstrip() for each in rows]
    is_refused = any(each.outcome == "refused" for each in rows)
    return Answer(value, lines, REFUSED if is_refused else DONE)
