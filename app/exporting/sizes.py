"""About how large papers will be in a bundle, told before anything is made.

From the sizes of the files alone: nothing is opened. A PDF or a photo goes in with its own bytes;
what is drawn anew or made smaller has a size that pages of its kind usually have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.bundle import ExhibitPlan, SourceFile
from app.exporting.making import BLACK_DOTS, PLAIN, Making
from app.exporting.text_kinds import TEXT_KINDS

_OF_A_SHEET: Final = 3_000  # bytes of our own lines on each page
_FAXED: Final = 50_000  # of a page black on white
_BLACKED: Final = 500_000  # of a page that was drawn anew in greys or colours
_TEXT: Final = 12_000
_FLAT: Final = 900_000  # of a photo that was flattened
_SHRUNK: Final = 350_000  # of a page that is one picture of 200 dots an inch
_GROWS: Final[Mapping[str, float]] = {"image/heic": 2.2, "image/webp": 2.0}
"""What such a file has as JPEG, in parts of its size."""


@dataclass(frozen=True, slots=True)
class About:
    """About how much an exhibit takes: pages without its sheet, and bytes."""

    pages: int
    bytes: int


def size_of(
    exhibit: ExhibitPlan, making: Making = PLAIN, *, sizes: Sequence[int] | None = None
) -> About:
    """Return about how many pages and bytes an exhibit takes, its originals given.

    `sizes` are the bytes of these, where they are not to be looked for at their paths.

    Pages of an original that nobody has counted yet are guessed from the words that were read.
    """
    total, size, before = 0, 0.0, 0
    for place, source in enumerate(exhibit.sources):
        count = source.pages or _guessed(exhibit, before)
        numbers = range(before + 1, before + count + 1)
        chosen = [n for n in numbers if exhibit.pages is None or n in exhibit.pages]
        whole = _bytes(source) if sizes is None else sizes[place]
        each = whole * _GROWS.get(source.media_type, 1.0) / count
        total += len(chosen)
        size += sum(_page(exhibit, source, number, each, making) for number in chosen)
        before += count
    return About(total, round(size + total * _OF_A_SHEET))


def _guessed(exhibit: ExhibitPlan, before: int) -> int:
    if len(exhibit.sources) > 1:
        return 1
    return max([len(exhibit.turns), *(text.number for text in exhibit.page_texts), 1]) - before


def _bytes(source: SourceFile) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def _page(
    exhibit: ExhibitPlan, source: SourceFile, number: int, each: float, making: Making
) -> float:
    if (making.ink or exhibit.ink) in BLACK_DOTS:
        return _FAXED
    if any(black.page == number for black in exhibit.black_outs):
        return _BLACKED
    if source.media_type in TEXT_KINDS:
        return _TEXT
    if any(flat.page == number for flat in exhibit.flat):
        each = _FLAT
    return min(each, _SHRUNK) if making.dots else each
