"""Commands on letters of medical necessity."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said, said_links, said_texts
from app.cli.dates import due_row, iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import kept
from app.domain.letter_cover import last_day
from app.domain.necessity_letter import NecessityLetter
from app.operations.money_book import money_book
from app.operations.necessity_letters import add_necessity_letter, change_necessity_letter
from app.storage.queries.dates import due_rows
from app.storage.queries.records import all_records, record

_LINKS: Final = {
    "person_id": ("patient", "person"),
    "provider_id": ("provider", "provider"),
    "document_id": ("document", "document"),
}


@with_binder
def letter_new(desk: Desk, words: Namespace) -> Answer:
    """Add a letter; the answer is its row with its entry in the calendar."""
    return _kept(desk, add_necessity_letter(desk.binder, **_words(desk, words)))


@with_binder
def letter_change(desk: Desk, words: Namespace) -> Answer:
    """Change a letter; what is not named stays."""
    key = kept(desk.binder, "necessity_letter", words.letter)
    before: Any = desk.binder.ask(record, "necessity_letter", key)
    changed = replace(before, **_words(desk, words))
    return _kept(desk, change_necessity_letter(desk.binder, changed))


@with_binder
def letters(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command has words
    """List the letters."""
    book = money_book(desk.binder)
    rows = [
        {
            **_row(each),
            "patient_name": getattr(book.person_by_id.get(each.person_id or ""), "name", None),
        }
        for each in book.letters
    ]
    columns = ("necessity_letter", "patient_name", "covers", "prescriber", "signed_on", "ends_on")
    header = ("letter", "patient", "covers", "prescriber", "signed", "ends")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _words(desk: Desk, words: Namespace) -> dict[str, Any]:
    covers = {"covers": "\n".join(words.covers)} if words.covers else {}
    return {
        **covers,
        **said(words, ("signed_on", "from_on", "until_on")),
        **said_texts(words, ("diagnosis", "prescriber", "note")),
        **said_links(desk.binder, words, _LINKS),
    }


def _kept(desk: Desk, letter: NecessityLetter) -> Answer:
    items = desk.binder.ask(all_records, "due_item")
    ids = {item.id for item in items if item.necessity_id == letter.id}
    due = [due_row(each, desk.today) for each in desk.binder.ask(due_rows) if each.id in ids]
    lines = [f"Kept the letter: {letter.id}"]
    lines += [f"In the calendar on {row['last_day']}: {row['title']}" for row in due]
    return Answer({**_row(letter), "deadlines": due}, lines)


def _row(letter: NecessityLetter) -> dict[str, Any]:
    return {
        "necessity_letter": letter.id,
        "patient": letter.person_id,
        "covers": letter.covers.splitlines(),
        "diagnosis": letter.diagnosis or None,
        "prescriber": letter.prescriber or None,
        "provider": letter.provider_id,
        "signed_on": iso(letter.signed_on),
        "from_on": iso(letter.from_on),
        "until_on": iso(letter.until_on),
        "ends_on": iso(last_day(letter)),
        "document": letter.document_id,
        "note": letter.note or None,
    }
