"""The words of a page with their places, from real files by real workers."""

from __future__ import annotations

import pytest

from app.binder import Binder
from app.importing.reader import DocumentReader
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.page_words import meaning_of_code, words_on_page
from app.operations.reading import read_waiting
from tests.e2e.letters import text_pdf


@pytest.fixture
def binder(tmp_path):
    with Binder.create(tmp_path / "binder") as made:
        yield made


def test_the_words_of_a_page_with_text_come_from_its_file(binder, tmp_path):
    path = text_pdf(tmp_path / "letter.pdf", ["Harbor Mutual", "August 3, 2026"])
    (row,) = add_papers(binder, [path], Silent())
    with DocumentReader() as reader:
        assert words_on_page(binder, reader, row.document_id, 1) == (), "it is not read yet"
        read_waiting(binder, reader, Silent())
        words = words_on_page(binder, reader, row.document_id, 1)
        assert words_on_page(binder, reader, row.document_id, 2) == ()
    assert [word.text for word in words] == ["Harbor", "Mutual", "August", "3,", "2026"]
    harbor, mutual, august = words[:3]
    assert 0 < harbor.x0 < harbor.x1 <= mutual.x0 < 1
    assert harbor.y1 <= august.y0 < 1


def test_reason_and_remark_codes_have_plain_words_and_others_have_none():
    assert "medically necessary" in meaning_of_code("carc", "CO-50")
    assert meaning_of_code("procedure", "96365") == ""
