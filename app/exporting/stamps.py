"""The number at the foot of an exhibit's page, in the type of the printed pages.

Typst could print it too, but keeps about 50 KB in memory for each line that stands only once.
"""

from __future__ import annotations

import re
from typing import Final

from pikepdf import Array, Object

_SIZE: Final = 8.5
_BASELINE: Final = 23.41
_FROM_THE_RIGHT: Final = 72.0
"""Where the running foot of `bundle.typ` ends, in points; size and baseline are its own too."""

_BLOCKS: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")


def number_words(part: int, parts: int) -> str:
    """Return the words before a page's number, in one part of so many."""
    return f"Part {part} of {parts}, page" if parts > 1 else "Page"


class Stamps:
    """Writes page numbers with the font of a specimen: a page that shows all letters needed."""

    def __init__(self, specimen: Object, letters: str, part: int = 1, parts: int = 1) -> None:
        """Take the font of `letters` from the printed page `specimen`.

        Raises:
            ValueError: no font of that page has them all.
        """
        self._before = number_words(part, parts)
        for font in specimen["/Resources"]["/Font"].values():
            codes = _codes(font)
            if set(letters) <= codes.keys():
                self.font: Object = font
                self._codes = codes
                self._widths = _widths(font)
                return
        raise ValueError("the specimen does not show every letter")

    def number(self, page: int, pages: int) -> str:
        """Return what is printed on a page."""
        return f"{self._before} {page} of {pages}"

    def drawn(self, text: str, page_width: float) -> bytes:
        """Return the content that prints `text` at the right of the foot, with font `/Stamp`."""
        codes = [self._codes[letter] for letter in text]
        width = sum(self._widths.get(code, 1000.0) for code in codes) / 1000 * _SIZE
        left = page_width - _FROM_THE_RIGHT - width
        glyphs = "".join(f"{code:04x}" for code in codes)
        return (
            "/Artifact<</Attached[/Bottom]/Subtype/Footer/Type/Pagination>>BDC\n"
            f"q 0 g BT /Stamp {_SIZE} Tf 1 0 0 1 {left:.2f} {_BASELINE} Tm <{glyphs}> Tj ET Q\n"
            "EMC\n"
        ).encode("ascii")


def _codes(font: Object) -> dict[str, int]:
    """Return the code of each letter that typst put into a font's table for copying text."""
    table = font.get("/ToUnicode")
    if table is None:
        return {}
    pairs = [pair for block in _BLOCKS.findall(table.read_bytes()) for pair in _PAIR.findall(block)]
    return {chr(int(letter, 16)): int(code, 16) for code, letter in pairs}


def _widths(font: Object) -> dict[int, float]:
    """Return the width of each code, in thousandths (PDF 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    entries = list(font["/DescendantFonts"][0]["/W"])
    while entries:
        first, second = int(entries[0]), entries[1]
        if isinstance(second, Array):
            widths.update((first + place, float(width)) for place, width in enumerate(second))
            entries = entries[2:]
        else:
            widths.update(dict.fromkeys(range(first, int(second) + 1), float(entries[2])))
            entries = entries[3:]
    return widths
