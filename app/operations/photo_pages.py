"""Pages that are photos: the photo as it came, and where its sheet lies."""

from __future__ import annotations

from dataclasses import dataclass

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.sheet import WHOLE_PHOTO, Corners, refuse_no_sheet
from app.importing.reader import DocumentReader
from app.operations.reading import set_page_edges
from app.storage.queries.facts import edges_set
from app.storage.queries.papers import PageRef, page_refs


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """A page that is a photo.

    `corners` are those of its sheet in the photo as its file wants it seen, None if it is shown as
    it came; `turned` is by how many degrees clockwise it was turned to stand upright. `by_hand`
    says that a person has set the edges.
    """

    corners: Corners | None
    turned: int
    by_hand: bool


def photo_page(binder: Binder, document_id: str, page: int) -> PhotoPage | None:
    """Return what is known of a page (the first is 1); None if it is no photo or not read yet."""
    ref = _photo(binder, document_id, page)
    if ref is None:
        return None
    by_hand = any(edges.page == ref.page_of_part for edges in binder.ask(edges_set, ref.sha256))
    return PhotoPage(ref.corners, ref.turned, by_hand)


def page_photo(
    binder: Binder,
    reader: DocumentReader,
    document_id: str,
    page: int,
    width_px: int,
    corners: Corners | None = None,
) -> bytes:
    """Return the photo that a page was taken with, about `width_px` wide, upright as the page is.

    With `corners` only the sheet that has them, flat.

    Raises:
        UserError: the page is no photo, or cannot be shown; the sentence says why.
    """
    ref = _wanted_photo(binder, document_id, page)
    with binder.vault.lend(ref.sha256) as path:
        return reader.render(
            path, media_type=ref.media_type, page=ref.page_of_part, width_px=width_px,
            turned=ref.turned, corners=corners,
        )  # fmt: skip


def find_edges(
    binder: Binder, reader: DocumentReader, document_id: str, page: int
) -> Corners | None:
    """Look for the sheet in a photo anew; return its corners, None if none is surely seen.

    Raises:
        UserError: the page is no photo, or cannot be opened; the sentence says why.
    """
    ref = _wanted_photo(binder, document_id, page)
    with binder.vault.lend(ref.sha256) as path:
        return reader.found_corners(path, media_type=ref.media_type, page=ref.page_of_part)


def use_edges(binder: Binder, document_id: str, page: int, corners: Corners | None) -> None:
    """Set the edges of a photo to what a person said, None to leave it as it came; undoable.

    The page waits to be read anew then. Corners that hold the whole photo leave it as it came.

    Raises:
        UserError: the page is no photo, or these corners make no sheet.
    """
    _wanted_photo(binder, document_id, page)
    if corners is not None:
        refuse_no_sheet(corners)
    set_page_edges(binder, document_id, page, None if corners == WHOLE_PHOTO else corners)


def _photo(binder: Binder, document_id: str, page: int) -> PageRef | None:
    refs = binder.ask(page_refs, document_id)
    ref = refs[page - 1] if 1 <= page <= len(refs) else None
    return ref if ref and ref.media_type.startswith("image/") else None


def _wanted_photo(binder: Binder, document_id: str, page: int) -> PageRef:
    ref = _photo(binder, document_id, page)
    if ref is None:
        raise UserError("Only a photo that was read has edges. Choose a page that is a photo.")
    return ref
