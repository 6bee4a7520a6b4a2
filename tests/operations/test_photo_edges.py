"""Edges of a photo that change while it is read: what was read with the old ones is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.fact import KindRead, Sifted
from app.domain.page import PageRead, PageText
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.reading import read_waiting, set_page_edges
from app.storage.queries.papers import page_refs, paper_row

CORNERS = (0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9)


class Reader:
    """Reads every photo as one page with the edges it is told; `meanwhile` happens meanwhile."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None
        self.told: list[tuple[float, ...] | None] = []

    def read(self, _path: Path, *, corners, **_more) -> Iterator[PageRead]:
        self.told.append(corners.get(1))
        self.meanwhile()
        text = PageText(1, "Dear Maya", "ocr")
        yield PageRead(1, 612, 792, 0, b"", text, corners=corners.get(1))

    def sift(self, _pages: object) -> Sifted:
        return Sifted(KindRead(None, 0.0))


@pytest.fixture
def photo(binder: Binder, tmp_path: Path) -> str:
    content = BytesIO()
    Image.new("RGB", (90, 120), "white").save(content, "JPEG")
    path = tmp_path / "letter.jpg"
    path.write_bytes(content.getvalue())
    (row,) = add_papers(binder, [path], Silent())
    assert row.document_id
    return row.document_id


def state(binder: Binder, photo: str) -> tuple[str, tuple[float, ...] | None]:
    row = binder.ask(paper_row, photo)
    refs = binder.ask(page_refs, photo)
    assert row is not None
    return row.read, refs[0].corners if refs else None


def test_edges_set_by_hand_are_what_the_photo_is_read_with(binder: Binder, photo: str):
    reader = Reader()
    read_waiting(binder, reader, Silent())
    set_page_edges(binder, photo, 1, CORNERS)
    assert state(binder, photo) == ("waiting", None)
    read_waiting(binder, reader, Silent())
    assert reader.told == [None, CORNERS]
    assert state(binder, photo) == ("done", CORNERS)


def test_an_undo_while_the_photo_is_read_wins(binder: Binder, photo: str):
    reader = Reader()
    read_waiting(binder, reader, Silent())
    set_page_edges(binder, photo, 1, CORNERS)
    reader.meanwhile = binder.undo
    read_waiting(binder, reader, Silent())
    assert state(binder, photo) == ("waiting", None)
    reader.meanwhile = lambda: None
    read_waiting(binder, reader, Silent())
    assert reader.told == [None, CORNERS, None]
    assert state(binder, photo) == ("done", None)


@pytest.mark.parametrize(("page", "corners"), [(2, CORNERS), (1, (0.5,)), (1, (2.0,) * 8)])
def test_what_is_no_edge_of_this_photo_is_refused(binder: Binder, photo: str, page, corners):
    read_waiting(binder, Reader(), Silent())
    with pytest.raises(UserError):
        set_page_edges(binder, photo, page, corners)
    assert state(binder, photo) == ("done", None)
