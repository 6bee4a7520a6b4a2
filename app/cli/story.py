"""The command that shows the story of a claim, and prints what others may read of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.errors import UserError
from app.operations.story import hide_line, show_line, write_story
from app.storage.queries.story import Named, StoryLine, claim_story, public_story


@with_binder
def story(desk: Desk, words: Namespace) -> Answer:
    """Show the whole story with its marks; with a file, print it and show what is in that."""
    binder, claim_id = desk.binder, id_of(desk.binder, "claim", words.claim)
    put_in = _put_in(desk, claim_id, words)
    for what, key in words.hide:
        hide_line(binder, claim_id, what, key)
    for what, key in words.show:
        show_line(binder, claim_id, what, key)
    if words.output is None:
        return _answer(binder.ask(claim_story, claim_id), [])
    made = write_story(
        binder, claim_id, desk.outside(words.output), today=desk.today, everything=words.all,
        put_in=put_in,
    )  # fmt: skip
    if words.all:
        lines = binder.ask(claim_story, claim_id)
    else:
        lines = binder.ask(public_story, claim_id, put_in=put_in)
    return _answer(lines, [f"Wrote {made.path}: {len(lines)} lines"])


def _put_in(desk: Desk, claim_id: str, words: Namespace) -> Sequence[Named]:
    """Return the private lines that were named to be shown; only a file can hold them."""
    private = {
        (line.what, line.id) for line in desk.binder.ask(claim_story, claim_id) if line.is_private
    }
    named = [line for line in words.show if line in private]
    if named and words.output is None:
        what, key = named[0]
        raise UserError(
            f"The line “{what}/{key}” is private: it goes along only where you say so for one "
            "file. Name the file with -o, and the line with --show."
        )
    return named


def _answer(lines: Sequence[StoryLine], said: list[str]) -> Answer:
    rows = [_row(line) for line in lines]
    shown = [
        f"{row['on']}  {row['what']:<13}  {_mark(line)}{row['text']}"
        for row, line in zip(rows, lines, strict=True)
    ]
    return Answer(rows, [*said, *shown])


def _row(line: StoryLine) -> dict[str, Any]:
    return {
        "on": line.on.isoformat(),
        "when": line.when or None,
        "what": line.what,
        "id": line.id,
        "text": line.text,
        "document": line.document_id,
        "page": line.page,
        "hidden": line.is_hidden,
        "private": line.is_private,
    }


def _mark(line: StoryLine) -> str:
    marks = ("hidden" if line.is_hidden else "", "private" if line.is_private else "")
    said = ", ".join(filter(None, marks))
    return f"({said}) " if said else ""
