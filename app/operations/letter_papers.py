"""Letters that are kept: written, changed, signed, printed, and put among the papers."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.errors import UserError
from app.domain.letter import Letter
from app.exporting.letter_pdf import LetterSheet, Sheet, letter_pdf
from app.exporting.page_pictures import page_pictures
from app.operations.clocks import denial_of
from app.operations.day_checks import refuse_absurd
from app.operations.holding import Held
from app.operations.ids import new_id
from app.operations.intake import Filing, enter_held
from app.operations.letters import template_of
from app.operations.outputs import Written, write_file
from app.storage.database import plain_errors
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork
from app.workers import WorkerPool

_LONGEST_TITLE: Final = 200
_LONGEST: Final = 60_000
"""Letters of a text: some twenty pages. What is longer is no letter, but a paper to enclose."""


def save_letter(
    binder: Binder,
    claim_id: str,
    kind: str,
    title: str,
    text: str,
    denial_id: str | None = None,
) -> Letter:
    """Keep a letter that was written about a claim, as a draft.

    Raises:
        UserError: there is no such claim, denial or kind of letter, or the letter is empty.
    """
    letter = Letter(
        id=new_id(), claim_id=claim_id, denial_id=denial_id, kind=template_of(kind).kind,
        title=title, body=text, author_id=binder.author_id, changed_at=binder.now(),
        added_at=binder.now(),
    )  # fmt: skip
    with binder.operation("Write a letter") as work:
        return work.letters.add(_checked(work, letter))


def change_letter(binder: Binder, letter: Letter) -> Letter:
    """Replace a letter. Once its text is another, what was signed and kept before is not it.

    The paper that was kept before stays among the papers.

    Raises:
        UserError: the letter or what it names does not exist, or it is empty.
    """
    with binder.operation("Change a letter") as work:
        before = work.letters.get(letter.id)
        letter = _checked(work, replace(letter, changed_at=binder.now()))
        if letter.body != before.body:
            letter = replace(letter, signed_on=None, document_id=None)
        return work.letters.save(letter)


def sign_letter(
    binder: Binder, letter_id: str, on: date, *, document_id: str | None = None
) -> Letter:
    """Note that a letter was signed on a day; `document_id` is the photo or scan of it, signed.

    Raises:
        UserError: the letter or the paper does not exist, or the day cannot be right.
    """
    refuse_absurd(on, binder.today(), "signed")
    with binder.operation("Note that a letter is signed") as work:
        letter = work.letters.get(letter_id)
        if document_id:
            work.documents.get(document_id)
        kept = document_id or letter.document_id
        return work.letters.save(replace(letter, signed_on=on, document_id=kept))


def keep_letter(binder: Binder, letter_id: str, *, paper: Sheet = "letter") -> Letter:
    """Put a letter among the papers of its claim as a PDF, so that it can go into a bundle.

    The same letter is put there only once.

    Raises:
        UserError: there is no such letter, or the disk is full.
    """
    letter = _letter(binder, letter_id)
    content = letter_file(binder, letter.claim_id, letter.title, letter.body, paper=paper)
    with plain_errors():
        name = re.sub(r"[\\/]+", "-", letter.title)  # a name of a file, never a path
        held = Held(f"{name}.pdf", binder.vault.put(io.BytesIO(content)))
    filing = Filing(letter.claim_id, template_of(letter.kind).paper)
    with binder.operation("Keep a letter as a paper") as work:
        letter = work.letters.get(letter_id)
        taken = enter_held(binder, work, held, filing)
        if taken.document_id is None:
            raise UserError(taken.reason or "The letter could not be kept. Try again.")
        return work.letters.save(replace(letter, document_id=taken.document_id))


def letter_file(
    binder: Binder, claim_id: str | None, title: str, text: str, *, paper: Sheet = "letter"
) -> bytes:
    """Return a letter as a PDF, whether it is kept or still being written.

    The number of the claim stands at the foot of each page: pages get lost in a fax machine.
    """
    claim: Claim | None = binder.ask(record, "claim", claim_id or "")
    number = " ".join(claim.number.split()) if claim else ""
    sheet = LetterSheet(
        title=title,
        text=text,
        made_on=binder.today(),
        runner=f"Claim {number}" if number else "",
        paper=paper,
    )
    return letter_pdf(sheet)


def letter_pages(
    binder: Binder, workers: WorkerPool, claim_id: str | None, title: str, text: str
) -> tuple[bytes, ...]:
    """Return the pages of a letter's PDF as pictures (PNG, 300 dots an inch), for a printer."""
    return page_pictures(letter_file(binder, claim_id, title, text), workers)


def write_letter(
    binder: Binder,
    target: Path,
    claim_id: str | None,
    title: str,
    text: str,
    *,
    paper: Sheet = "letter",
) -> Written:
    """Write a letter to a file: as plain text where the name ends with `.txt`, else as a PDF.

    Raises:
        UserError: the place cannot be written to, or the disk is full.
    """
    if target.suffix.casefold() == ".txt":
        return write_file(target, text.encode("utf-8", "replace"))
    return write_file(target, letter_file(binder, claim_id, title, text, paper=paper))


def _letter(binder: Binder, letter_id: str) -> Letter:
    found: Letter | None = binder.ask(record, "letter", letter_id)
    if found is None:
        raise UserError(f"There is no letter “{letter_id}” in this binder.")
    return found


def _checked(work: UnitOfWork, letter: Letter) -> Letter:
    """Return a letter as it is kept."""
    if letter.claim_id:
        work.claims.get(letter.claim_id)
    if letter.claim_id and letter.denial_id:
        denial_of(work, letter.claim_id, letter.denial_id)
    if not letter.title.strip():
        raise UserError("Give the letter a name, so that you find it again.")
    if len(letter.title) > _LONGEST_TITLE:
        raise UserError(f"Give the letter a shorter name, of at most {_LONGEST_TITLE} characters.")
    if not letter.body.strip():
        raise UserError("The letter is empty. Write something first.")
    if len(letter.body) > _LONGEST:
        raise UserError(
            f"The letter has more than {_LONGEST:,} characters. Keep what is so long as a paper, "
            "and enclose it."
        )
    return replace(letter, title=" ".join(letter.title.split()))
