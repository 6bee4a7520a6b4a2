"""Commands that act on what was read: confirm, suggest, split."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from app.operations.facts import SaidValue, say_facts, sift_papers
from app.operations.splitting import split_paper
from app.storage.queries.facts import paper_facts
from app.storage.queries.matching import claim_suggestions, near_duplicates


@with_binder
def confirm(desk: Desk, words: Namespace) -> Answer:
    """Say that values are right, or what they are instead."""
    document_id = id_of(desk.binder, "document", words.document)
    sift_papers(desk.binder, desk.reader, desk.progress)
    rows = desk.binder.ask(paper_facts, document_id).rows
    said = [_as_read(row) for row in rows if words.all and not row.is_confirmed]
    said += [_typed(pair, rows) for pair in words.values]
    if not said:
        raise UserError("Name the values to confirm, as in letter_date=2026-03-02, or say --all.")
    say_facts(desk.binder, document_id, said)
    return Answer(
        {"document": document_id, "confirmed": len(said)}, [f"Values confirmed: {len(said)}."]
    )


def _as_read(row: FactRow) -> SaidValue:
    value = plain_value(row.value)
    return SaidValue(
        name=row.name, value=value, read_as=value, words=row.text, page=row.page, box=row.box
    )


def _typed(pair: str, rows: tuple[FactRow, ...]) -> SaidValue:
    """Return what `NAME=VALUE` says; a value that was read so is confirmed with its words."""
    name, _, value = (part.strip() for part in pair.partition("="))
    named = [row for row in rows if row.name == name]
    same = next((row for row in named if plain_value(row.value) == value), None)
    if same:
        return _as_read(same)
    read_as = plain_value(named[0].value) if len(named) == 1 else ""
    return SaidValue(name=name, value=value, read_as=read_as)


@with_binder
def suggest(desk: Desk, words: Namespace) -> Answer:
    """Show which claims a paper may belong to, and which papers say nearly the same."""
    sift_papers(desk.binder, desk.reader, desk.progress)
    document_id = id_of(desk.binder, "document", words.document)
    claims: list[dict[str, Any]] = [
        {"claim": one.claim_id, "score": one.score, "reason": one.reason}
        for one in desk.binder.ask(claim_suggestions, document_id)
    ]
    copies = [
        {"document": one.document_id, "name": one.name}
        for one in desk.binder.ask(near_duplicates, document_id)
    ]
    lines = table(("claim", "sure", "why"), ((c["claim"], c["score"], None) for c in claims))
    whole = [
        lines[0],
        *(f"{line}  {c['reason']}" for line, c in zip(lines[1:], claims, strict=True)),
    ]
    whole += [f"Nearly the same: {copy['name']}  {copy['document']}" for copy in copies]
    return Answer({"claims": claims, "copies": copies}, whole)


@with_binder
def split(desk: Desk, words: Namespace) -> Answer:
    """Make a paper of each letter in a file."""
    document_id = id_of(desk.binder, "document", words.document)
    sift_papers(desk.binder, desk.reader, desk.progress)
    at = words.at or desk.binder.ask(paper_facts, document_id).letters
    papers = split_paper(desk.binder, document_id, at, desk.progress)
    ids = [paper.id for paper in papers]
    lines = [f"{paper.id}  {paper.name}" for paper in papers]
    return Answer({"documents": ids}, lines)
