"""A black box hides what it was drawn over, or else the whole page."""

from __future__ import annotations

import pytest

from app.domain.bundle import BlackBox
from app.jobs import Silent
from app.operations import intake
from app.operations.black_outs import black_boxes, set_black_outs, stale_pages
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts

BOX = BlackBox(page=1, x0=0.1, y0=0.2, x1=0.5, y1=0.25)
WHOLE = BlackBox(page=1, x0=0.0, y0=0.0, x1=1.0, y1=1.0)
SHEET = "0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9"


@pytest.fixture
def letter(binder, paper):
    (row,) = intake.add_papers(binder, [paper("letter.txt")], Silent())
    read(binder, row.document_id)
    return row.document_id


def read(binder, document_id, turned=0, corners=None):
    """Note how a paper of one page was read."""
    (part,) = binder.ask(document_parts, document_id)
    page = PageRecord(1, 612, 792, turned, "ocr", None, "", corners=corners)
    with binder.deriving("Read") as derived:
        derived.read_anew(part.sha256)
        derived.keep_pages(part.sha256, [page])
        derived.finish(part.sha256, 1)


def test_a_box_stays_where_it_was_drawn(binder, letter):
    set_black_outs(binder, letter, [BOX])
    read(binder, letter)
    assert black_boxes(binder, [letter]) == {letter: (BOX,)}
    assert stale_pages(binder, [letter]) == []


@pytest.mark.parametrize(("turned", "corners"), [(90, None), (0, SHEET)])
def test_a_page_that_is_seen_otherwise_is_black_as_a_whole_until_it_was_looked_at_again(
    binder, letter, turned, corners
):
    set_black_outs(binder, letter, [BOX])
    read(binder, letter, turned, corners)
    assert black_boxes(binder, [letter]) == {letter: (WHOLE,)}
    assert stale_pages(binder, [letter]) == [(letter, 1)]
    set_black_outs(binder, letter, [BOX])
    assert black_boxes(binder, [letter]) == {letter: (BOX,)}
    assert binder.undo() == "Black out"
    assert black_boxes(binder, [letter]) == {letter: (WHOLE,)}


def test_a_box_on_a_page_that_was_not_read_yet_is_not_trusted_once_it_turns_out_to_lie_on_its_side(
    binder, paper
):
    (row,) = intake.add_papers(binder, [paper("photo.txt")], Silent())
    set_black_outs(binder, row.document_id, [BOX])
    assert black_boxes(binder, [row.document_id]) == {row.document_id: (BOX,)}
    read(binder, row.document_id, turned=270)
    assert black_boxes(binder, [row.document_id]) == {row.document_id: (WHOLE,)}
