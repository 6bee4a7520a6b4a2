"""Commands that bring electronic records in: import-eob."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import DONE, REFUSED, Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none
from app.operations.eobs import import_eobs
from app.operations.reading import read_waiting


@with_binder
def import_eob(desk: Desk, words: Namespace) -> Answer:
    """Import explanations of benefits, then read the file as a paper."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    made = import_eobs(desk.binder, desk.workers, words.file, desk.progress, claim_id=claim_id)
    read_waiting(desk.binder, desk.reader, desk.progress, sifts=False)
    value = {
        "added": made.added,
        "duplicates": made.duplicates,
        "refused": [{"row": each.row, "reason": each.reason} for each in made.refused],
        "updated": made.updated,
        "document": made.document_id,
        "notes": list(made.notes),
    }
    lines = [
        f"{made.added} added, {made.duplicates} here already, {len(made.refused)} refused.",
        *([f"{made.updated} are newer versions of what was here."] if made.updated else []),
        *(f"row {each.row}  {each.reason}" for each in made.refused),
        *made.notes,
    ]
    return Answer(value, lines, REFUSED if made.refused else DONE)
