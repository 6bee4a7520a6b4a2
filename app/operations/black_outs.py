"""What is blacked out on the pages of a paper, in every bundle it goes into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.binder import Binder
from app.domain.bundle import BlackBox
from app.domain.bundle_choice import BlackOut
from app.domain.errors import UserError
from app.operations.ids import new_id
from app.storage.queries.bundles import black_outs_of
from app.storage.queries.papers import PageRef, page_refs

_SCALE: Final = 10_000
_LEAST: Final = 20  # ten-thousandths; less would cover no letter
AS_IT_CAME: Final = "0:"
"""The view of a page that is neither turned nor cut, or that was not read yet."""

MOST_BOXES: Final = 500
"""How many boxes one paper may have."""


def set_black_outs(binder: Binder, document_id: str, boxes: Sequence[BlackBox]) -> None:
    """Black out exactly these boxes of a paper; boxes that were there before and are not go.

    Raises:
        UserError: there is no such paper or page, or a box is outside of its page or too small.
    """
    if len(boxes) > MOST_BOXES:
        raise UserError(f"A paper can have {MOST_BOXES} boxes at most. Leave a page out instead.")
    refs = binder.ask(page_refs, document_id)
    views = {ref.page: view_of(ref) for ref in refs}
    wanted = [_kept(box, len(refs)) for box in boxes]
    with binder.operation("Black out") as work:
        work.documents.get(document_id)
        before = {_place(box): box for box in work.black_outs.where(document_id=document_id)}
        for place, box in before.items():
            if place not in wanted:
                work.black_outs.remove(box.id)
        for place in dict.fromkeys(wanted):
            page, x0, y0, x1, y1 = place
            view = views.get(page, AS_IT_CAME)
            if place in before:
                work.black_outs.save(replace(before[place], view=view))
                continue
            work.black_outs.add(
                BlackOut(
                    id=new_id(), document_id=document_id, page=page, x0=x0, y0=y0, x1=x1, y1=y1,
                    author_id=binder.author_id, added_at=binder.now(), view=view,
                )
            )  # fmt: skip


def view_of(ref: PageRef) -> str:
    """Return how a page is turned and cut, to tell whether it is still seen as it was."""
    return f"{ref.turned}:{' '.join(f'{at:.4f}' for at in ref.corners or ())}"


def black_boxes(binder: Binder, document_ids: Iterable[str]) -> dict[str, tuple[BlackBox, ...]]:
    """Return what is blacked out, by paper.

    A page that is seen otherwise than when its boxes were drawn is black as a whole, until the
    person has looked at it again: what was to be hidden may lie elsewhere on it now.
    """
    found: dict[str, dict[BlackBox, None]] = {}
    for document_id, boxes in _by_paper(binder, document_ids).items():
        views = {ref.page: view_of(ref) for ref in binder.ask(page_refs, document_id)}
        for box in boxes:
            x0, y0, x1, y1 = (at / _SCALE for at in (box.x0, box.y0, box.x1, box.y1))
            if is_stale(box, views):
                x0, y0, x1, y1 = 0.0, 0.0, 1.0, 1.0
            black = BlackBox(page=box.page, x0=x0, y0=y0, x1=x1, y1=y1)
            found.setdefault(document_id, {})[black] = None
    return {document_id: tuple(boxes) for document_id, boxes in found.items()}


def stale_pages(binder: Binder, document_ids: Iterable[str]) -> list[tuple[str, int]]:
    """Return the papers and pages whose boxes wait for another look."""
    stale: dict[tuple[str, int], None] = {}
    for document_id, boxes in _by_paper(binder, document_ids).items():
        views = {ref.page: view_of(ref) for ref in binder.ask(page_refs, document_id)}
        stale.update({(document_id, box.page): None for box in boxes if is_stale(box, views)})
    return list(stale)


def is_stale(box: BlackOut, views: Mapping[int, str]) -> bool:
    """Return whether a page is seen otherwise than when a box was drawn on it."""
    now = views.get(box.page, AS_IT_CAME)
    return (box.view or AS_IT_CAME) != now


def _by_paper(binder: Binder, document_ids: Iterable[str]) -> dict[str, list[BlackOut]]:
    found: dict[str, list[BlackOut]] = {}
    for box in binder.ask(black_outs_of, tuple(document_ids)):
        found.setdefault(box.document_id, []).append(box)
    return found


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
