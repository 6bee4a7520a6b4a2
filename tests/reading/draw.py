"""Draws a paper of the corpus as the files a household has of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tests.reading.flatbed import fax, scan
from tests.reading.photo import photo
from tests.reading.typeset import PaperData, chance_of, pdf_of, pictures_of

PDF: Final = "application/pdf"
_SCANNED_DPI: Final = 300
_SEEN_DPI: Final = 280


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file: its bytes, kind, and the ending of its name."""

    content: bytes
    media_type: str
    suffix: str


def draw(paper: PaperData, form: str, seed: int = 0) -> tuple[Drawn, ...]:
    """Return the files of a paper in one of `FORMS`; the same seed gives the same picture."""
    return FORMS[form](paper, seed)


def _pdf(paper: PaperData, _seed: int) -> tuple[Drawn, ...]:
    return (Drawn(pdf_of(paper), PDF, ".pdf"),)


def _scan(paper: PaperData, seed: int) -> tuple[Drawn, ...]:
    pages = pictures_of(paper, _SCANNED_DPI)
    return (Drawn(scan(pages, _SCANNED_DPI, chance_of(paper, "scan", seed)), PDF, ".pdf"),)


def _fax(paper: PaperData, seed: int) -> tuple[Drawn, ...]:
    pages = pictures_of(paper, _SCANNED_DPI)
    return (Drawn(*fax(pages, _SCANNED_DPI, chance_of(paper, "fax", seed))),)


def _photo(paper: PaperData, seed: int) -> tuple[Drawn, ...]:
    chance = chance_of(paper, "photo", seed)
    pages = pictures_of(paper, _SEEN_DPI)
    return tuple(Drawn(photo(page, chance), "image/jpeg", ".jpg") for page in pages)


FORMS: Final[Mapping[str, Callable[[PaperData, int], tuple[Drawn, ...]]]] = MappingProxyType(
    {"pdf": _pdf, "scan": _scan, "fax": _fax, "photo": _photo}
)
"""Text PDF, flatbed scan, fax, and phone photo: one file a page."""
