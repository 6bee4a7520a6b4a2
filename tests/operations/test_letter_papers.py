"""Letters that are kept: one step each, undone in one, and a paper like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdf
import pytest

from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import claims, trash
from app.operations.intake import add_papers
from app.operations.letter_papers import (
    change_letter,
    keep_letter,
    letter_file,
    save_letter,
    sign_letter,
    write_letter,
)
from app.storage.queries.find import find_anything
from app.storage.queries.letters import letter_rows
from app.storage.queries.papers import paper_row, paper_rows
from app.storage.queries.records import record

TEXT = (
    "Rosa Alvarez\n\nNovember 21, 2026\n\nHarbor Mutual\n\nAbout: Appeal\n\nPlease pay. ________\n"
)


@pytest.fixture
def claim(binder):
    return claims.open_claim(binder, "Infusions", number="2026-77")


@pytest.fixture
def letter(binder, claim):
    return save_letter(binder, claim.id, "appeal", " Appeal\nletter ", TEXT)


def state(binder):
    (row,) = binder.ask(letter_rows)
    return row.state


def test_a_letter_is_kept_as_a_draft_and_undone_in_one_step(binder, claim, letter):
    (row,) = binder.ask(letter_rows, claim_id=claim.id)
    assert (row.title, row.kind, row.state, row.blanks) == ("Appeal letter", "appeal", "draft", 1)
    assert binder.undo() == "Write a letter"
    assert binder.ask(letter_rows) == ()
    binder.redo()
    assert state(binder) == "draft"


def test_a_letter_that_is_changed_is_no_longer_the_one_that_was_signed(binder, letter):
    sign_letter(binder, letter.id, date(2026, 11, 20))
    keep_letter(binder, letter.id)
    kept = binder.ask(record, "letter", letter.id)
    named = change_letter(binder, replace(kept, title="My appeal"))
    assert (named.signed_on, named.document_id) == (kept.signed_on, kept.document_id)
    changed = change_letter(binder, replace(named, body=TEXT + "\nAnd soon."))
    assert (changed.signed_on, changed.document_id) == (None, None)
    assert len(binder.ask(paper_rows)) == 1, "what was kept stays a paper"
    binder.undo()
    assert binder.ask(record, "letter", letter.id) == named


def test_a_kept_letter_is_a_paper_of_its_claim_once(binder, claim, letter):
    kept = keep_letter(binder, letter.id)
    row = binder.ask(paper_row, kept.document_id)
    assert (row.name, row.kind, row.claim_id) == ("Appeal letter.pdf", "appeal_letter", claim.id)
    assert keep_letter(binder, letter.id).document_id == kept.document_id
    assert len(binder.ask(paper_rows)) == 1
    assert state(binder) == "kept"
    content = letter_file(binder, claim.id, kept.title, kept.body)
    (sha256,) = {row.sha256 for row in binder.ask(paper_rows)}
    with binder.vault.lend(sha256) as path:
        assert path.read_bytes() == content


def test_a_title_is_a_name_and_never_a_path(binder, claim):
    letter = save_letter(binder, claim.id, "appeal", "../Appeal 3/4 \\ last", TEXT)
    kept = keep_letter(binder, letter.id)
    assert binder.ask(paper_row, kept.document_id).name == "..-Appeal 3-4 - last.pdf"


def test_keeping_a_letter_is_undone_in_one_step(binder, letter):
    keep_letter(binder, letter.id)
    assert binder.undo() == "Keep a letter as a paper"
    assert binder.ask(paper_rows) == ()
    assert state(binder) == "draft"


def test_a_kept_paper_in_the_trash_leaves_the_letter_a_draft(binder, letter):
    kept = keep_letter(binder, letter.id)
    trash.put_in_trash(binder, [("document", kept.document_id)])
    assert state(binder) == "draft"
    trash.delete_forever(binder, [("document", kept.document_id)])
    assert binder.ask(record, "letter", letter.id).document_id is None


def test_the_signed_photo_is_the_paper_of_the_letter(binder, letter, paper):
    (photo,) = add_papers(binder, [paper("signed.txt")], Silent())
    keep_letter(binder, letter.id)
    signed = sign_letter(binder, letter.id, date(2026, 11, 20), document_id=photo.document_id)
    assert signed.document_id == photo.document_id
    assert state(binder) == "kept"
    for on, document, sentence in (
        (date(2026, 11, 22), None, "still to come"),
        (date(2026, 11, 20), "nothing", "no paper"),
    ):
        with pytest.raises(UserError, match=sentence):
            sign_letter(binder, letter.id, on, document_id=document)


def test_letters_go_through_the_trash(binder, claim, letter):
    trash.put_in_trash(binder, [("letter", letter.id)])
    assert binder.ask(letter_rows) == ()
    trash.restore(binder, [("letter", letter.id)])
    assert len(binder.ask(letter_rows)) == 1
    trash.put_in_trash(binder, [("claim", claim.id)])
    assert binder.ask(letter_rows) == ()


def test_letters_are_found_by_their_words(binder, letter):
    assert [hit.what for hit in binder.ask(find_anything, "appeal letter")] == ["letter"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "name"),
        ({"title": "x" * 201}, "shorter name"),
        ({"body": " \n"}, "empty"),
        ({"body": "x" * 60_001}, "60,000"),
        ({"claim_id": "nothing"}, "no claim"),
        ({"denial_id": "nothing"}, "no denial"),
    ],
)
def test_a_letter_that_cannot_be_kept_is_refused_in_words(binder, letter, change, sentence):
    with pytest.raises(UserError, match=sentence):
        change_letter(binder, replace(letter, **change))
    assert binder.ask(record, "letter", letter.id) == letter


def test_a_letter_of_no_kind_or_no_claim_is_refused(binder, claim):
    with pytest.raises(UserError, match="no letter “ransom”"):
        save_letter(binder, claim.id, "ransom", "A", "B")
    with pytest.raises(UserError, match="no claim"):
        save_letter(binder, "nothing", "appeal", "A", "B")
    with pytest.raises(UserError, match="no letter"):
        keep_letter(binder, "nothing")


def test_a_letter_is_written_as_pdf_or_as_text(binder, claim, tmp_path):
    made = write_letter(binder, tmp_path / "a.pdf", claim.id, "Appeal", TEXT)
    page = pypdf.PdfReader(made.path).pages[0].extract_text()
    assert "Please pay." in page
    assert "Claim 2026-77" in page
    write_letter(binder, tmp_path / "a.TXT", None, "Appeal", TEXT)
    assert (tmp_path / "a.TXT").read_text(encoding="utf-8") == TEXT
    a4 = write_letter(binder, tmp_path / "b.pdf", claim.id, "Appeal", TEXT, paper="a4")
    assert a4.sha256 != made.sha256
    with pytest.raises(UserError, match="folder"):
        write_letter(binder, tmp_path, claim.id, "Appeal", TEXT)
