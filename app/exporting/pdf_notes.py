"""Comments, stamps and form fields of a PDF: what one sees of them becomes part of the page."""

from __future__ import annotations

from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name, Object, Pdf
from pypdfium2 import raw

from app.domain.errors import UserError
from app.exporting.piece import Piece

_INVISIBLE: Final = 0b10_0011
"""Annotation flags Invisible, Hidden and NoView (PDF 32000-1, 12.5.3)."""
_TINY: Final = 30.0
"""The longer side, in dots, of a picture that nobody looks at."""
_DRAWS_NOTHING: Final = frozenset({"/Link", "/Popup", "/Redact"})


def refuse_dynamic_form(pdf: Pdf) -> None:
    """Refuse a form whose pages say no more than “Please wait”.

    Raises:
        UserError: it is one (dynamic XFA); nothing of it would be seen.
    """
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise UserError(
            "This form shows its contents only in Adobe Reader. Open it there, print it to a new "
            "PDF, and add that."
        )


def has_undrawn_notes(pdf: Pdf) -> bool:
    """Return whether the look of some note or field is left to the reader: only PDFium knows it."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False)):
        return True
    return any(_is_undrawn(note) for note in _notes(pdf))


def _is_undrawn(note: Object) -> bool:
    hidden = int(note.get("/F", 0)) & _INVISIBLE
    kind = str(note.get("/Subtype", ""))
    return "/AP" not in note and not hidden and kind not in _DRAWS_NOTHING


def flatten(pdf: Pdf, piece: Piece) -> None:
    """Make what is seen of notes and fields part of what is drawn."""
    notes = _notes(pdf)
    if any(note.get("/Subtype") == Name.Redact for note in notes):
        piece.warnings.append(
            "A PDF has areas marked to be blacked out which never were: the words can be read."
        )
    if notes:
        pdf.flatten_annotations("screen")


def _notes(pdf: Pdf) -> list[Object]:
    notes: list[Object] = []
    for page in pdf.pages:
        found = page.obj.get("/Annots")
        if isinstance(found, pikepdf.Array):
            notes += (note for note in found if isinstance(note, Dictionary))
    return notes


def draw_notes(document: pypdfium2.PdfDocument) -> None:
    """Have PDFium draw all notes and fields into the pages of a document just opened.

    It makes up the look of a note only when it shows the page, hence the tiny picture.

    Raises:
        pypdfium2.PdfiumError: a page would lose its notes.
    """
    document.init_forms()
    for number in range(len(document)):
        page = document[number]
        if raw.FPDFPage_GetAnnotCount(page) > 0:
            page.render(scale=_TINY / max(*page.get_size(), _TINY))  # pyright: ignore[reportArgumentType]
            if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
                raise pypdfium2.PdfiumError("notes could not be drawn into the page")
        page.close()
