"""Two letters in one file: pointed out, and taken apart without losing anything."""

from __future__ import annotations

import pikepdf
import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.importing.reader import DocumentReader
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.reading import read_waiting
from app.operations.splitting import split_paper
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import document_parts, page_words, paper_row, paper_rows
from tests.importing.small_papers import PdfMaker, text_content, text_pdf

PROSE = ("We have read the letter of your doctor and the records that came with it.",) * 12


@pytest.fixture
def whole(binder: Binder, reader: DocumentReader, tmp_path) -> str:
    maker = PdfMaker()
    for head in ("Dear Maya,", "Page 2 of 2", "Dear Jonah,"):
        maker.page(text_content([head, *PROSE]))
    (row,) = add_papers(binder, [maker.save(tmp_path / "two letters.pdf")], Silent())
    read_waiting(binder, reader, Silent())
    assert row.document_id
    return row.document_id


def test_where_a_second_letter_begins_is_pointed_out(binder: Binder, whole: str):
    assert binder.ask(paper_facts, whole).letters == (1, 3)


def test_each_letter_becomes_a_paper_and_the_whole_stays(
    binder: Binder, reader: DocumentReader, whole: str
):
    papers = split_paper(binder, whole, (1, 3), Silent())
    read_waiting(binder, reader, Silent())
    pages = [len(binder.ask(page_words, paper.id)) for paper in papers]
    assert (pages, [paper.name for paper in papers]) == (
        [2, 1], ["two letters (letter 1).pdf", "two letters (letter 2).pdf"],
    )  # fmt: skip
    row = binder.ask(paper_row, whole)
    assert row is not None
    assert (row.pages, row.kind) == (3, "other")
    (part,) = binder.ask(document_parts, papers[1].id)
    with binder.vault.lend(part.sha256) as path, pikepdf.open(path) as alone:
        assert len(alone.pages) == 1
    assert binder.undo() == "Make separate papers"
    assert [paper.id for paper in binder.ask(paper_rows)] == [whole]


def test_photos_go_over_as_they_are(binder: Binder, reader: DocumentReader, tmp_path):
    one, two = text_pdf(tmp_path / "1.pdf"), text_pdf(tmp_path / "2.pdf", pages=2)
    (row, *_) = add_papers(binder, [one, two], Silent(), as_one=True)
    assert row.document_id
    read_waiting(binder, reader, Silent())
    before = [part.sha256 for part in binder.ask(document_parts, row.document_id)]
    papers = split_paper(binder, row.document_id, (1, 2), Silent())
    after = [part.sha256 for paper in papers for part in binder.ask(document_parts, paper.id)]
    assert after == before


@pytest.mark.parametrize("pages", [(1,), (1, 9), (), (0, 2)])
def test_pages_that_are_not_there_are_refused(binder: Binder, whole: str, pages):
    with pytest.raises(UserError, match="all of them must be in the paper"):
        split_paper(binder, whole, pages, Silent())
    assert len(binder.ask(paper_rows)) == 1
