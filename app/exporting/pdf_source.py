"""PDFs from outside as pages of a piece: what is drawn comes along, what acts stays outside."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from app.domain.errors import PasswordNeededError, UserError
from app.exporting.cleaning import count_active, scrub
from app.exporting.frame import LETTER_HEIGHT, LETTER_WIDTH
from app.exporting.pdf_notes import draw_notes, flatten, has_undrawn_notes, refuse_dynamic_form
from app.exporting.photo_data import PHOTO_DATA, drop_photo_data
from app.exporting.pictures import add_rendered
from app.exporting.piece import Piece, Readings
from app.exporting.plain_text import shortened
from app.exporting.pruning import prune

_BROKEN: Final = (
    pikepdf.PdfError,
    pikepdf.OutlineStructureError,
    pypdfium2.PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the libraries raise on damaged files; a `UserError` and a full disk pass through."""

_RENDER_DPI: Final = 200
_MOST_DOTS: Final = 2800
_LARGEST_SIDE: Final = 100_000.0
_MOST_BOOKMARKS: Final = 100
_DAMAGED: Final = (
    "This PDF is damaged and none of its pages can be read. "
    "Ask the sender for it again, or print it and photograph the pages."
)

_CERTIFICATE: Final = (
    "This PDF opens only with a certificate of the person it was made for. "
    "Open it in the program that has it, print it to a new PDF, and add that."
)


def add_pdf(source: Path, password: str | None, readings: Readings, attempt: int) -> Piece:
    """Return a piece with all pages of a PDF, by the first way that works from `attempt` on.

    The ways: copied as it is (0), rewritten by PDFium first (1), as pictures of its pages (2).

    Raises:
        PasswordNeededError: it opens only with a password that was not given.
        UserError: nothing in it can be read.
    """
    for route in (_copied, _resaved, _rendered)[attempt:]:
        piece = Piece()
        try:
            route(source, password or "", readings, piece)
        except pikepdf.PasswordError as error:
            raise _password_needed(password) from error
        except _BROKEN as error:
            if "password" in str(error).lower():
                raise _password_needed(password) from error
            if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_SECURITY:
                raise UserError(_CERTIFICATE) from error
            continue
        if piece.sizes or (
            piece.pages_of_original and not readings.chosen(piece.pages_of_original)
        ):
            return piece
    raise UserError(_DAMAGED)


def add_typeset(pdf: bytes, readings: Readings, piece: Piece) -> None:
    """Append the pages of a PDF that was made here."""
    _add_pages(piece.hold(pikepdf.open(io.BytesIO(pdf))), readings, piece)


def page_form(pdf: Pdf, number: int, piece: Piece) -> Object:
    """Return one page of a PDF that was made here as a form of the piece."""
    return _as_form(pdf.pages[number], pdf, piece)[0]


def _password_needed(password: str | None) -> PasswordNeededError:
    if password:
        return PasswordNeededError(
            "The password kept for this PDF does not open it. Open the paper, type the password "
            "again, then make the bundle once more."
        )
    return PasswordNeededError(
        "This PDF is protected with a password. Open the paper, type the password once, then "
        "make the bundle again."
    )


def _copied(source: Path, password: str, readings: Readings, piece: Piece) -> None:
    pdf = piece.hold(pikepdf.open(source, password=password, suppress_warnings=True))
    if pdf.get_warnings() and len(pdf.pages) != _pages_seen_by_pdfium(source, password):
        raise ValueError("two readers do not agree on the number of pages")
    piece.removed.update(count_active(pdf))
    refuse_dynamic_form(pdf)
    if has_undrawn_notes(pdf):
        pdf = _rewritten(source, password, piece)
    _add_pages(pdf, readings, piece)


def _pages_seen_by_pdfium(source: Path, password: str) -> int:
    with pypdfium2.PdfDocument(source, password=password or None) as document:
        return len(document)


def _resaved(source: Path, password: str, readings: Readings, piece: Piece) -> None:
    pdf = _rewritten(source, password, piece)
    refuse_dynamic_form(pdf)
    piece.removed.update(count_active(pdf))
    _add_pages(pdf, readings, piece)


def _rewritten(source: Path, password: str, piece: Piece) -> Pdf:
    """Return a PDF as PDFium understands it, its notes and fields drawn into the pages."""
    rewritten = io.BytesIO()
    with pypdfium2.PdfDocument(source, password=password or None) as document:
        draw_notes(document)
        pages = len(document)
        document.save(rewritten)
    pdf = piece.hold(pikepdf.open(rewritten, password=password, suppress_warnings=True))
    if len(pdf.pages) != pages:
        raise ValueError("pages were lost on the way")
    return pdf


def _rendered(source: Path, password: str, readings: Readings, piece: Piece) -> None:
    with pypdfium2.PdfDocument(source, password=password or None) as document:
        document.init_forms()
        piece.pages_of_original = len(document)
        for number in readings.chosen(len(document)):
            page = document[number]
            width, height = page.get_size()
            scale = min(_RENDER_DPI / 72, _MOST_DOTS / max(width, height, 1))
            image = page.render(scale=scale).to_pil()  # pyright: ignore[reportArgumentType]
            add_rendered(image, (width, height), readings.of(number), piece)
            page.close()
    piece.warnings.append("A damaged PDF was taken in as pictures of its pages.")


def _add_pages(pdf: Pdf, readings: Readings, piece: Piece) -> None:
    flatten(pdf, piece)
    piece.pages_of_original = len(pdf.pages)
    chosen = readings.chosen(len(pdf.pages))
    for number in chosen:
        form, width, height = _as_form(pdf.pages[number], pdf, piece)
        piece.add_page(form, width, height, readings.of(number).unless_embedded())
    _keep_layers(pdf, piece)
    places = {
        number: place for place, number in enumerate(chosen) if not _is_secret(readings, number)
    }
    piece.bookmarks += [(title, places[page]) for title, page in _bookmarks(pdf) if page in places]
    scrub(piece.pdf)
    if readings.wanted.keeps_secrets:
        prune(piece.pdf)
    piece.removed[PHOTO_DATA] += drop_photo_data(piece.pdf)


def _is_secret(readings: Readings, number: int) -> bool:
    """Return whether something of a page is blacked out: a bookmark may tell it."""
    reading = readings.of(number)
    return bool(reading.boxes) or reading.is_withheld


def _as_form(page: pikepdf.Page, pdf: Pdf, piece: Piece) -> tuple[Object, float, float]:
    """Return a page as a form of the piece, upright at the origin, with its size in points."""
    x0, y0, x1, y1 = _visible_box(page)
    unit = float(page.obj.get("/UserUnit", 1) or 1)
    across, up = (x1 - x0) * unit, (y1 - y0) * unit
    turn = int(_inherited(page, "/Rotate") or 0) % 360
    a, b, c, d, e, f, width, height = {
        90: (0, -1, 1, 0, -y0, x1, up, across),
        180: (-1, 0, 0, -1, x1, y1, across, up),
        270: (0, 1, -1, 0, y1, -x0, up, across),
    }.get(turn, (1, 0, 0, 1, -x0, -y0, across, up))
    form = _content(page, piece.pdf)
    form["/Type"] = Name.XObject
    form["/Subtype"] = Name.Form
    form["/BBox"] = Array([x0, y0, x1, y1])
    form["/Matrix"] = Array([round(number * unit, 5) for number in (a, b, c, d, e, f)])
    form["/Resources"] = _carried(_inherited(page, "/Resources"), pdf, piece.pdf)
    group = page.obj.get("/Group")
    if group is not None:
        form["/Group"] = _carried(group, pdf, piece.pdf)
    return form, width, height


def _visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return what a reader shows: the crop box within the media box, else US Letter."""
    media = _box(_inherited(page, "/MediaBox")) or (0, 0, LETTER_WIDTH, LETTER_HEIGHT)
    crop = _box(_inherited(page, "/CropBox")) or media
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else media


def _box(value: Object | None) -> tuple[float, float, float, float] | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        ax, ay, bx, by = (float(side) for side in value)
    except (TypeError, ValueError):
        return None
    x0, x1 = sorted((ax, bx))
    y0, y1 = sorted((ay, by))
    within = max(abs(side) for side in (x0, y0, x1, y1)) <= _LARGEST_SIDE
    return (x0, y0, x1, y1) if within and x1 - x0 >= 1 and y1 - y0 >= 1 else None


def _inherited(page: pikepdf.Page, key: str) -> Object | None:
    node: Object | None = page.obj
    for _ in range(64):
        if node is None or not isinstance(node, Dictionary):
            return None
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
    return None


def _content(page: pikepdf.Page, into: Pdf) -> Stream:
    """Return what the page draws as a new stream, compressed as it was where that is plain."""
    content = page.obj.get("/Contents")
    if isinstance(content, Array) and len(content) == 1:
        content = content[0]
    if isinstance(content, Stream) and _is_plainly_deflated(content):
        copy = Stream(into, content.read_raw_bytes())
        copy["/Filter"] = Name.FlateDecode
        return copy
    parts = list(content) if isinstance(content, Array) else [content]
    drawn = b"\n".join(part.read_bytes() for part in parts if isinstance(part, Stream))
    copy = Stream(into, zlib.compress(drawn, 6))
    copy["/Filter"] = Name.FlateDecode
    return copy


def _is_plainly_deflated(content: Stream) -> bool:
    return content.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in content


def _carried(value: Object | None, pdf: Pdf, into: Pdf) -> Object:
    """Return a value of `pdf` as one of `into`, with all it refers to."""
    if not isinstance(value, Dictionary):
        return Dictionary()
    return into.copy_foreign(value if value.is_indirect else pdf.make_indirect(value))


def _bookmarks(pdf: Pdf) -> list[tuple[str, int]]:
    """Return the first level of a PDF's own bookmarks; damaged ones are not worth a failure."""
    try:
        with pdf.open_outline(max_depth=1) as outline:
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
            marks = [(item.title, _target(item, numbers)) for item in outline.root]
    except _BROKEN:
        return []
    found = [(shortened(title, 100), page) for title, page in marks if page is not None]
    return found[:_MOST_BOOKMARKS]


def _target(item: pikepdf.OutlineItem, numbers: dict[tuple[int, int], int]) -> int | None:
    """Return the page that a bookmark points at, counted from 0, if it is one of this PDF."""
    place = item.destination
    if place is None and item.action is not None and item.action.get("/S") == Name.GoTo:
        place = item.action.get("/D")
    if not isinstance(place, Array) or not isinstance(place[0], Dictionary):
        return None
    return numbers.get(place[0].objgen)


def _keep_layers(pdf: Pdf, piece: Piece) -> None:
    """Carry over which layers are switched off, so that nothing hidden comes to light."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    choice = properties.get("/D", Dictionary())
    off = list(choice.get("/OFF", Array()))
    if choice.get("/BaseState") == Name.OFF:
        on = {layer.objgen for layer in choice.get("/ON", Array())}
        off = [layer for layer in properties.get("/OCGs", Array()) if layer.objgen not in on]
    piece.hide([piece.pdf.copy_foreign(layer) for layer in off if layer.is_indirect])
