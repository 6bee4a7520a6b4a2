"""The command on what was read in papers: facts."""

from __future__ import annotations

from argparse import Namespace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.errors import UserError
from app.domain.fact import WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_window
from app.operations.facts import sift_papers
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import document_parts, paper_row

_UNREAD: Final = "“{}” is not read yet. Run “claimbinder read” first."


@with_binder
def facts(desk: Desk, words: Namespace) -> Answer:
    """Show what was read in a paper, each value with its place."""
    document_id = id_of(desk.binder, "document", words.document)
    digests = {part.sha256 for part in desk.binder.ask(document_parts, document_id)}
    sift_papers(desk.binder, desk.reader, desk.progress, digests=digests)
    known = desk.binder.ask(paper_facts, document_id)
    if not known.is_sifted:
        paper = desk.binder.ask(paper_row, document_id)
        assert paper is not None
        raise UserError(paper.reason or _UNREAD.format(paper.name))
    kind = {"value": known.kind.value, "score": known.kind.score, "reason": known.kind.reason}
    rows = [_row(row) for row in known.rows]
    value: dict[str, Any] = {"kind": kind, "facts": rows, "letters": list(known.letters)}
    value["questions"] = list(known.questions)
    lines = [f"{known.kind.value or 'I cannot tell what this is'}  {known.kind.reason}".rstrip()]
    lines += table(
        ("what", "value", "page", "sure", "words"),
        (
            (
                row.name, _shown(row.value), row.page,
                "confirmed" if row.is_confirmed else f"{row.score:.0%}", row.text,
            )
            for row in known.rows
        ),
    )  # fmt: skip
    return Answer(value, [*lines, *known.questions])


def _row(row: FactRow) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "name": row.name,
        "value": _plain(row.value),
        "text": row.text,
        "page": row.page,
        "box": None if row.box is None else [round(place, 4) for place in row.box],
        "score": round(row.score, 3),
        "confirmed": row.is_confirmed,
    }
    if isinstance(row.value, WindowSaid):
        plain["due"] = row.value.due and row.value.due.isoformat()
    if row.row is not None:
        plain["row"] = row.row
    if row.note:
        plain["note"] = row.note
    if row.now_read:
        plain["now_read"] = row.now_read
    return plain


def _plain(value: str | WindowSaid) -> str | dict[str, Any]:
    """Return a value as plain JSON; a window has `due` among its parts where it is known."""
    if isinstance(value, str):
        return value
    due = {"due": value.due.isoformat()} if value.due else {}
    return {**plain_window(value), **due}


def _shown(value: str | WindowSaid) -> str:
    """Return a value as one short line for people."""
    if isinstance(value, str):
        return value
    length = "by" if value.amount is None else f"{value.amount} {value.unit.replace('_', ' ')}"
    due = f" {value.due.isoformat()}" if value.due else ""
    level = f", {value.level}" if value.level else ""
    return f"{length}{due} from {value.anchor.replace('_', ' ')} for the {value.for_whom}{level}"
