"""Commands on papers: add, list, file, join, and take the original out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.answer import DONE, REFUSED, Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none
from app.operations.intake import Filing, TakenIn, add_papers
from app.operations.papers import file_paper, join_papers, take_original_out
from app.operations.reading import read_waiting
from app.storage.queries.papers import PaperRow, paper_rows


@with_binder
def add(desk: Desk, words: Namespace) -> Answer:
    """Store files and folders, then read what waits."""
    filing = Filing(id_or_none(desk.binder, "claim", words.claim), words.kind)
    taken = add_papers(
        desk.binder,
        [Path(path) for path in words.paths],
        desk.progress,
        filing=filing,
        as_one=words.as_one,
    )
    if not words.no_read and any(row.document_id for row in taken):
        read_waiting(desk.binder, desk.reader, desk.progress, sifts=False)
    rows = _rows_of_add(desk, taken, words.paths)
    troubled = any(row["outcome"] == "refused" or row["read"] == "failed" for row in rows)
    return Answer(rows, _lines_of_add(rows), REFUSED if troubled else DONE)


def _rows_of_add(
    desk: Desk, taken: Sequence[TakenIn], typed: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a row a file; a path that was typed is given back exactly as it was typed."""
    ids = {row.document_id for row in taken if row.document_id}
    papers = {paper.id: paper for paper in desk.binder.ask(paper_rows, only=ids)}
    as_typed = {str(Path(path)): path for path in typed}
    return [
        {
            "path": as_typed.get(row.path, row.path),
            "outcome": row.outcome,
            "document": row.document_id,
            **_state(row, papers.get(row.document_id or "")),
            **({"attachments": list(row.attachments)} if row.attachments else {}),
        }
        for row in taken
    ]


def _state(row: TakenIn, paper: PaperRow | None) -> dict[str, Any]:
    if paper is None:
        return {"reason": row.reason, "pages": None, "read": "failed"}
    reasons = [reason for reason in (row.reason, paper.reason) if reason]
    return {"reason": " ".join(reasons) or None, "pages": paper.pages, "read": paper.read}


def _lines_of_add(rows: Sequence[dict[str, Any]]) -> list[str]:
    lines = table(
        ("outcome", "read", "pages", "document", "file", "reason"),
        (
            (
                row["outcome"], row["read"] if row["document"] else None, row["pages"],
                row["document"], Path(row["path"]).name, None,
            )
            for row in rows
        ),
    )  # fmt: skip
    whole = [
        f"{line}  {row['reason']}" if row["reason"] else line
        for line, row in zip(lines[1:], rows, strict=True)
    ]
    return [lines[0], *whole]


@with_binder
def documents(desk: Desk, words: Namespace) -> Answer:
    """List papers."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    papers = desk.binder.ask(paper_rows, claim_id=claim_id)
    rows = [
        {
            "document": paper.id,
            "name": paper.name,
            "kind": paper.kind,
            "claim": paper.claim_id,
            "pages": paper.pages,
            "added_at": paper.added_at.isoformat(),
            "sha256": paper.sha256,
            "read": paper.read,
            "reason": paper.reason,
            "dated_on": paper.dated_on and paper.dated_on.isoformat(),
            "received_on": paper.received_on and paper.received_on.isoformat(),
            "parts": paper.parts,
        }
        for paper in papers
    ]
    lines = table(
        ("document", "name", "kind", "claim", "pages", "read"),
        ((row.id, row.name, row.kind, row.claim, row.pages, row.read) for row in papers),
    )
    return Answer(rows, lines)


@with_binder
def file(desk: Desk, words: Namespace) -> Answer:
    """Sort a paper."""
    paper = file_paper(
        desk.binder,
        id_of(desk.binder, "document", words.document),
        claim_id=id_or_none(desk.binder, "claim", words.claim),
        kind=words.kind,
        dated_on=words.dated,
        received_on=words.received,
    )
    row = {"document": paper.id, "claim": paper.claim_id, "kind": paper.kind}
    return Answer(row, [f"Filed “{paper.name}”."])


@with_binder
def join(desk: Desk, words: Namespace) -> Answer:
    """Make one paper of several."""
    ids = [id_of(desk.binder, "document", called) for called in words.documents]
    paper = join_papers(desk.binder, ids)
    row = {"document": paper.id, "claim": paper.claim_id, "kind": paper.kind}
    return Answer(row, [f"“{paper.name}” now has all of them."])


@with_binder
def original(desk: Desk, words: Namespace) -> Answer:
    """Copy the exact bytes out; a paper of several parts gives several files."""
    document_id = id_of(desk.binder, "document", words.document)
    taken = take_original_out(desk.binder, document_id, desk.outside(words.output))
    rows = [{"path": str(one.path), "bytes": one.size, "sha256": one.sha256} for one in taken]
    lines = [f"{one.path}  {one.size} bytes" for one in taken]
    return Answer({**rows[0], "files": rows}, lines)
