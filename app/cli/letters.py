"""Commands on letters: letters, letter, letter-change, letter-signed, letter-print."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.answer import Answer, table
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept_claim, kept_or_none, record_of
from app.domain.errors import UserError
from app.domain.letter import Letter
from app.domain.letter_template import LetterTemplate, blanks_in
from app.operations.letter_papers import (
    change_letter,
    keep_letter,
    save_letter,
    sign_letter,
    write_letter,
)
from app.operations.letters import draft_letter, letter_templates, useful_letters
from app.operations.reading import read_waiting
from app.storage.queries.clocks import claim_denials
from app.storage.queries.letters import letter_rows

_LONGEST_FILE = 1_000_000
"""Bytes of a text file that may be read as a letter."""


@with_binder
def letters(desk: Desk, words: Namespace) -> Answer:
    """List the kinds of letters, or those that were written."""
    claim_id = kept_claim(desk.binder, words.claim) if words.claim else None
    if words.written:
        return _written(desk, claim_id)
    denial_id = _denial(desk, claim_id, words.denial) if claim_id else None
    useful = useful_letters(desk.binder, claim_id, denial_id) if claim_id else ()
    rows = [_template_row(desk, each, claim_id, denial_id, useful) for each in letter_templates()]
    rows.sort(key=lambda row: not row["useful"])
    header = ("kind", "now", "to", "title", "missing")
    cells = (
        [row["kind"], "now" if row["useful"] else "", row["to"], row["title"],
         "; ".join(row["missing"])]
        for row in rows
    )  # fmt: skip
    return Answer(rows, table(header, cells))


def _template_row(
    desk: Desk,
    template: LetterTemplate,
    claim_id: str | None,
    denial_id: str | None,
    useful: Sequence[LetterTemplate],
) -> dict[str, Any]:
    missing: list[str] = []
    if claim_id:
        missing = _whats(draft_letter(desk.binder, claim_id, template.kind, denial_id).text)
    return {
        "kind": template.kind,
        "title": template.title,
        "for": template.about,
        "to": template.to,
        "useful": template in useful if claim_id else None,
        "asks": template.asks or None,
        "missing": missing,
    }


def _written(desk: Desk, claim_id: str | None) -> Answer:
    rows = [
        {
            "letter": row.id,
            "kind": row.kind,
            "title": row.title,
            "claim": row.claim_id,
            "denial": row.denial_id,
            "state": row.state,
            "blanks": row.blanks,
            "signed_on": iso(row.signed_on),
            "document": row.document_id,
            "changed_on": iso(row.changed_at.astimezone().date()),
        }
        for row in desk.binder.ask(letter_rows, claim_id=claim_id)
    ]
    columns = ("letter", "state", "blanks", "title", "changed_on")
    header = ("id", "state", "blanks", "title", "changed")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


@with_binder
def letter(desk: Desk, words: Namespace) -> Answer:
    """Write a letter; it is stored only with --save or --keep."""
    binder = desk.binder
    target = desk.outside(words.output) if words.output else None
    claim_id = kept_claim(binder, words.claim)
    denial_id = _denial(desk, claim_id, words.denial)
    draft = draft_letter(
        binder, claim_id, words.kind, denial_id,
        addressed_id=id_or_none(binder, "provider", words.to), enclosures=words.enclosed,
    )  # fmt: skip
    stored: Letter | None = None
    if words.save or words.keep:
        stored = save_letter(binder, claim_id, draft.kind, draft.title, draft.text, draft.denial_id)
    if stored and words.keep:
        stored = _kept(desk, stored.id, words)
    if target:
        write_letter(binder, target, claim_id, draft.title, draft.text, paper=words.paper)
    shown = stored or Letter(
        id="", kind=draft.kind, title=draft.title, body=draft.text, changed_at=binder.now(),
        added_at=binder.now(),
    )  # fmt: skip
    return _answer(shown, target)


@with_binder
def change(desk: Desk, words: Namespace) -> Answer:
    """Change the name or the text of a letter."""
    old: Letter = record_of(desk.binder, "letter", words.letter)
    body = _text_of(words.text) if words.text else old.body
    changed = replace(old, title=old.title if words.title is None else words.title, body=body)
    return _answer(change_letter(desk.binder, changed), None)


@with_binder
def signed(desk: Desk, words: Namespace) -> Answer:
    """Note the day on which a letter was signed."""
    letter_id = id_of(desk.binder, "letter", words.letter)
    scan = kept_or_none(desk.binder, "document", words.scan)
    return _answer(sign_letter(desk.binder, letter_id, words.on, document_id=scan), None)


@with_binder
def printed(desk: Desk, words: Namespace) -> Answer:
    """Write a letter that was kept to a file, or put it among the papers."""
    target = desk.outside(words.output) if words.output else None
    found: Letter = record_of(desk.binder, "letter", words.letter)
    if words.keep:
        found = _kept(desk, found.id, words)
    if target:
        write_letter(
            desk.binder, target, found.claim_id, found.title, found.body, paper=words.paper
        )
    return _answer(found, target)


def _kept(desk: Desk, letter_id: str, words: Namespace) -> Letter:
    """Put a letter among the papers, and read it there as every paper that comes in."""
    kept = keep_letter(desk.binder, letter_id, paper=words.paper)
    read_waiting(desk.binder, desk.reader, desk.progress)
    return kept


def _answer(shown: Letter, target: Path | None) -> Answer:
    value = {
        "letter": shown.id or None,
        "kind": shown.kind,
        "title": shown.title,
        "text": shown.body,
        "blanks": _whats(shown.body),
        "path": str(target) if target else None,
        "document": shown.document_id,
        "signed_on": iso(shown.signed_on),
    }
    lines = [shown.body]
    lines += [f"Letter: {shown.id}"] if shown.id else []
    lines += [f"Wrote {target}"] if target else []
    return Answer(value, lines)


def _whats(text: str) -> list[str]:
    """Return what is still to be filled in, in the order of the letter."""
    return [blank.what for blank in blanks_in(text)]


def _denial(desk: Desk, claim_id: str | None, called: str | None) -> str | None:
    """Return the id of the denial of a claim that is named, or None where nothing was said."""
    if not claim_id or called is None:
        return None
    every = desk.binder.ask(claim_denials, claim_id)
    fitting = [each.id for each in every if called and each.id.startswith(called.casefold())]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(f"{each.id} (level {each.level})" for each in every)
    raise UserError(
        f"This claim has no denial “{called}”." if not fitting
        else f"“{called}” fits {len(fitting)} denials of this claim. Give more of the id.",
        ask=f"Which of these do you mean: {listed}?" if listed else None,
    )  # fmt: skip


def _text_of(path: Path) -> str:
    """Return the text of a file that a person wrote."""
    with path.open("rb") as reader:
        content = reader.read(_LONGEST_FILE + 1)
    if len(content) > _LONGEST_FILE:
        raise UserError(f"“{path.name}” is too large for a letter. Choose a file of plain text.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UserError(
            f"“{path.name}” is not plain text. Save it as plain text (UTF-8), then try again."
        ) from None
