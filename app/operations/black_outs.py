"""What is blacked out on the pages of a paper, in every bundle it goes into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.binder import Binder
from app.domain.bundle import BlackBox
from app.domain.bundle_choice import BlackOut
from app.domain.errors import UserError
from app.operations.ids import new_id
from app.storage.queries.papers import page_refs

_SCALE: Final = 10_000
_LEAST: Final = 20  # ten-thousandths; less would cover no letter
MOST_BOXES: Final = 500
"""How many boxes one paper may have."""


def set_black_outs(binder: Binder, document_id: str, boxes: Sequence[BlackBox]) -> None:
    """Black out exactly these boxes of a paper; boxes that were there before and are not go.

    Raises:
        UserError: there is no such paper or page, or a box is outside of its page or too small.
    """
    if len(boxes) > MOST_BOXES:
        raise UserError(f"A paper can have {MOST_BOXES} boxes at most. Leave a page out instead.")
    known = len(binder.ask(page_refs, document_id))
    wanted = [_kept(box, known) for box in boxes]
    with binder.operation("Black out") as work:
        work.documents.get(document_id)
        before = {_place(box): box for box in work.black_outs.where(document_id=document_id)}
        for place, box in before.items():
            if place not in wanted:
                work.black_outs.remove(box.id)
        for place in dict.fromkeys(wanted):
            if place not in before:
                page, x0, y0, x1, y1 = place
                work.black_outs.add(
                    BlackOut(
                        id=new_id(), document_id=document_id, page=page, x0=x0, y0=y0, x1=x1,
                        y1=y1, author_id=binder.author_id, added_at=binder.now(),
                    )
                )  # fmt: skip


def _kept(box: BlackBox, pages: int) -> tuple[int, int, int, int, int]:
    """Return a box as it is kept: its page and its corners, top left first.

    Raises:
        UserError: it covers nothing of a page that is there.
    """
    if pages and not 1 <= box.page <= pages:
        raise UserError(f"This paper has no page {box.page}. It has {pages}.")
    if box.page < 1:
        raise UserError("The first page of a paper is page 1.")
    left, right = sorted(round(min(max(at, 0.0), 1.0) * _SCALE) for at in (box.x0, box.x1))
    top, bottom = sorted(round(min(max(at, 0.0), 1.0) * _SCALE) for at in (box.y0, box.y1))
    if right - left < _LEAST or bottom - top < _LEAST:
        raise UserError(
            "This box is too small to cover anything. Its corners are parts of the page from its "
            "top left, such as 0.1,0.2,0.5,0.25."
        )
    return box.page, left, top, right, bottom


def _place(box: BlackOut) -> tuple[int, int, int, int, int]:
    return box.page, box.x0, box.y0, box.x1, box.y1
