"""The command on the edges of a photographed page: edges."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import DONE, REFUSED, Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.errors import UserError
from app.domain.sheet import Corners
from app.operations.photo_pages import find_edges, photo_page, use_edges
from app.operations.reading import read_waiting
from app.storage.queries.papers import page_refs


@with_binder
def edges(desk: Desk, words: Namespace) -> Answer:
    """Show where the sheet lies in a photo; set it, leave the photo whole, or look for it anew."""
    document_id, page = id_of(desk.binder, "document", words.document), words.page
    if words.whole or words.found or words.corners:
        corners: Corners | None = words.corners
        if words.found:
            corners = find_edges(desk.binder, desk.reader, document_id, page)
            if corners is None:
                raise UserError(
                    "No sheet of paper is clearly seen in this photo. Say with --corners where "
                    "it lies, or leave the photo whole with --none."
                )
        use_edges(desk.binder, document_id, page, corners)
        read_waiting(desk.binder, desk.reader, desk.progress)
    shown = photo_page(desk.binder, document_id, page)
    if shown is None:
        raise UserError("Only a photo that was read has edges. Choose a page that is a photo.")
    failed = desk.binder.ask(page_refs, document_id)[page - 1].failed
    row = {
        "document": document_id,
        "page": page,
        "corners": shown.corners and list(shown.corners),
        "by_hand": shown.by_hand,
        "reason": failed,
    }
    return Answer(row, [failed or _line(shown.corners)], REFUSED if failed else DONE)


def _line(corners: Corners | None) -> str:
    if corners is None:
        return "The photo is shown whole, as it came."
    places = zip(corners[::2], corners[1::2], strict=True)
    return "Corners: " + "  ".join(f"{x:.3f},{y:.3f}" for x, y in places)
