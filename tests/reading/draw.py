"""Draws a paper of the corpus as the files a household has of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tests.reading.typeset import PaperData, pdf_of

PDF: Final = "application/pdf"


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


FORMS: Final[Mapping[str, Callable[[PaperData, int], tuple[Drawn, ...]]]] = MappingProxyType(
    {"pdf": _pdf}
)
"""Text PDF, flatbed scan, fax, and phone photo: one file a page."""
