"""Invisible words over a picture, so that a scanned page can be searched and copied from.

The font has no shapes at all: each letter is an empty box of half an em, stretched to fill the box
in which the word was read. It carries its own table from codes to letters, so every script works.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf

_ASCENT: Final = 800
_DESCENT: Final = -200
_ADVANCE: Final = 500
_CODES: Final = 65535

PlacedWord = tuple[str, float, float, float, float]
"""A word and its box as fractions of the upright page, origin top left."""


class TextLayer:
    """The invisible font of one PDF; `finish` must be called once all words are written."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._codes: dict[str, int] = {}
        self.font: Object = pdf.make_indirect(Dictionary(Type=Name.Font))

    def operators(self, words: Iterable[PlacedWord], width: float, height: float) -> bytes:
        """Return the content that lays `words` invisibly on a page of this size, font `/Tx`."""
        lines = [self._word(word, width, height) for word in words if word[0].strip()]
        return b"BT 3 Tr\n" + b"".join(lines) + b"ET\n" if lines else b""

    def _word(self, word: PlacedWord, width: float, height: float) -> bytes:
        text, x0, y0, x1, y1 = word
        size = max(1.0, (y1 - y0) * height)
        across = max(1.0, (x1 - x0) * width)
        stretch = 100 * across / (len(text) * size * _ADVANCE / 1000)
        low = height * (1 - y1) - size * _DESCENT / 1000
        codes = "".join(f"{self._code(letter):04x}" for letter in f"{text} ")
        place = f"/Tx {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {x0 * width:.2f} {low:.2f} Tm"
        return f"{place} <{codes}> Tj\n".encode("ascii")

    def _code(self, letter: str) -> int:
        if letter not in self._codes and len(self._codes) >= _CODES:
            return 0
        return self._codes.setdefault(letter, len(self._codes) + 1)

    def finish(self) -> None:
        """Complete the font with the letters that were used."""
        pdf, count = self._pdf, len(self._codes) + 1
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Glyphless,
            Flags=4,
            FontBBox=Array([0, _DESCENT, _ADVANCE, _ASCENT]),
            ItalicAngle=0,
            Ascent=_ASCENT,
            Descent=_DESCENT,
            CapHeight=_ASCENT,
            StemV=80,
            FontFile2=pdf.make_stream(_empty_truetype()),
        )
        shapes = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Glyphless,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=_ADVANCE,
            CIDToGIDMap=pdf.make_stream(bytes(2 * count)),
        )
        self.font["/Subtype"] = Name.Type0
        self.font["/BaseFont"] = Name.Glyphless
        self.font["/Encoding"] = Name("/Identity-H")
        self.font["/DescendantFonts"] = Array([pdf.make_indirect(shapes)])
        self.font["/ToUnicode"] = pdf.make_stream(_to_unicode(self._codes))


def _to_unicode(codes: dict[str, int]) -> bytes:
    """Return the CMap from our codes to letters, as PDF 32000-1, 9.10.3 describes it."""
    pairs = [
        f"<{code:04x}> <{letter.encode('utf-16-be', 'replace').hex()}>"
        for letter, code in codes.items()
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Glyphless def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")


def _empty_truetype() -> bytes:
    """Return the smallest TrueType font: one glyph without a shape."""
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, _DESCENT, _ADVANCE, _ASCENT,
        0, 8, 2, 0, 0,
    )  # fmt: skip
    hhea = struct.pack(">IhhhHhhhhhh8xhH", 0x00010000, _ASCENT, _DESCENT, 0, _ADVANCE,
                       0, 0, _ADVANCE, 1, 0, 0, 0, 1)  # fmt: skip
    maxp = struct.pack(">IH26x", 0x00010000, 1)
    hmtx = struct.pack(">Hh", _ADVANCE, 0)
    tables = {b"glyf": bytes(4), b"head": head, b"hhea": hhea, b"hmtx": hmtx, b"loca": bytes(4),
              b"maxp": maxp}  # fmt: skip
    place = 12 + 16 * len(tables)
    directory = struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 32)
    body = b""
    for tag, content in tables.items():
        padded = content + bytes(-len(content) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, place + len(body), len(content))
        body += padded
    return directory + body
