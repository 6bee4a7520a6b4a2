"""Commands on the words of papers: read, text, password, find."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any, Final

from app.cli.answer import DONE, REFUSED, Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.errors import UserError
from app.domain.page import unpack_text
from app.operations.reading import give_password, read_waiting
from app.storage.queries.find import find_anything
from app.storage.queries.papers import page_refs, page_words, paper_row, paper_rows

_FROM_A_LINE: Final = "-"


@with_binder
def read(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command is told
    """Finish the reading queue."""
    waiting = {paper.id for paper in desk.binder.ask(paper_rows) if paper.read == "waiting"}
    read_waiting(desk.binder, desk.reader, desk.progress, sifts=False)
    papers = desk.binder.ask(paper_rows, only=waiting)
    failed = [
        {"document": paper.id, "reason": paper.reason} for paper in papers if paper.read == "failed"
    ]
    done = sum(paper.read == "done" for paper in papers)
    lines = [f"{done} read, {len(failed)} could not be read."]
    lines += [f"{row['document']}  {row['reason']}" for row in failed]
    return Answer({"read": done, "failed": failed}, lines, REFUSED if failed else DONE)


@with_binder
def text(desk: Desk, words: Namespace) -> Answer:
    """Show the words of a paper."""
    document_id = id_of(desk.binder, "document", words.document)
    paper = desk.binder.ask(paper_row, document_id)
    refs = desk.binder.ask(page_refs, document_id)
    if not refs and paper and paper.read != "done":
        raise UserError(
            paper.reason or f"“{paper.name}” is not read yet. Run “claimbinder read” first."
        )
    reasons = {ref.page: ref.failed for ref in refs if ref.failed}
    rows: list[dict[str, Any]] = []
    for page in desk.binder.ask(page_words, document_id):
        row = {
            "page": page.page,
            "text": unpack_text(page.packed) if page.packed else "",
            "how": None if page.page in reasons else page.how,
        }
        rows.append({**row, "reason": reasons[page.page]} if page.page in reasons else row)
    lines = [
        line
        for row in rows
        for line in (f"--- page {row['page']} ---", row.get("reason") or row["text"])
    ]
    return Answer(rows, lines, REFUSED if reasons else DONE)


@with_binder
def password(desk: Desk, words: Namespace) -> Answer:
    """Open a protected paper, then read it."""
    document_id = id_of(desk.binder, "document", words.document)
    typed: str = words.password
    if typed == _FROM_A_LINE:
        typed = sys.stdin.readline().rstrip("\r\n")
    give_password(desk.binder, desk.reader, document_id, typed)
    read_waiting(desk.binder, desk.reader, desk.progress, sifts=False)
    paper = desk.binder.ask(paper_row, document_id)
    assert paper is not None
    row = {
        "document": paper.id,
        "read": paper.read,
        "pages": paper.pages,
        "reason": paper.reason,
    }
    lines = [paper.reason or f"“{paper.name}” is open and was read."]
    return Answer(row, lines, REFUSED if paper.read == "failed" else DONE)


@with_binder
def find(desk: Desk, words: Namespace) -> Answer:
    """Search papers, calls, claims, people and numbers, the best first."""
    typed = " ".join(words.words)
    hits = desk.binder.ask(find_anything, typed, limit=words.limit, ranked=True)
    rows = [
        {
            "what": hit.what,
            "id": hit.id,
            "title": hit.title,
            "snippet": hit.snippet,
            "page": hit.page,
        }
        for hit in hits
    ]
    lines = [
        f"{hit.what} {hit.id}  {hit.title}{f', page {hit.page}' if hit.page else ''}\n"
        f"    {hit.snippet}"
        for hit in hits
    ]
    return Answer(rows, lines)
