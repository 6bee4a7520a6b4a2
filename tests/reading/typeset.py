"""Typesets an invented paper of the corpus: as a PDF with text, and as clean pictures of its pages.

The faces are those that typst carries, and the sans face that Pillow carries (Latin without
accents; a Spanish paper takes the computer's DejaVu Sans where there is one).
"""

from __future__ import annotations

import json
import random
import tempfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import typst
from PIL import Image, ImageFont

PaperData = Mapping[str, Any]
"""A paper in the format of the corpus (`papers/`, `held_out/`), every slot filled."""

_ROOM = Path(__file__).parent
_TEMPLATE = _ROOM / "paper.typ"
_DRAWN_AT = datetime(2026, 1, 1, tzinfo=UTC)
_MARGINS = {"narrow": 0.55, "normal": 0.95, "wide": 1.35}  # inches
_MONO = "DejaVu Sans Mono"
_SERIFS = ("Libertinus Serif", "New Computer Modern")
_ACCENTED_SANS = ("DejaVu Sans", "New Computer Modern")


def pdf_of(paper: PaperData) -> bytes:
    """Return the paper as a PDF whose words can be selected."""
    return _compiled(paper, "pdf", None)[0]


def pictures_of(paper: PaperData, dots_per_inch: int) -> list[Image.Image]:
    """Return clean grey pictures of the pages."""
    drawn = _compiled(paper, "png", dots_per_inch)
    return [Image.open(BytesIO(page), formats=["PNG"]).convert("L") for page in drawn]


def chance_of(paper: PaperData, *more: object) -> random.Random:
    """Return the dice of this paper: the same paper falls the same way in every run."""
    return random.Random(zlib.crc32(repr((paper["id"], *more)).encode()))


def _compiled(
    paper: PaperData, form: Literal["pdf", "png"], dots_per_inch: int | None
) -> list[bytes]:
    data = {"blocks": paper["blocks"], "language": paper["language"], "look": _look(paper)}
    out = typst.compile(
        _TEMPLATE,
        root=_ROOM,
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(data)},
        format=form,
        ppi=dots_per_inch,
        timestamp=_DRAWN_AT,
    )
    return out if isinstance(out, list) else [out]


def _look(paper: PaperData) -> dict[str, Any]:
    """Decide what the author of a paper leaves open: rules, weights, leading, page numbers."""
    style = paper.get("style", {})
    face = style.get("font", "serif")
    chance = chance_of(paper, "look")
    receipt = style.get("paper") == "receipt"
    plain = chance.random() < 0.6 and _plain(paper)
    sans = ("Aileron", *_ACCENTED_SANS) if plain else _ACCENTED_SANS
    serif = chance.choice(_SERIFS)
    families = {"serif": (serif,), "sans": sans, "mono": (_MONO,), "typewriter": (_MONO,)}[face]
    mono_width = 0.6021 * style.get("size", 10) * max(_mono_columns(paper), 28) / 72 + 0.4
    margin = 0.2 if receipt else _MARGINS[style.get("margins", "normal")]
    width = max(chance.choice((2.8, 3.1, 3.4)), mono_width) if receipt else 8.5
    return {
        "font": families,
        "font_mono": _MONO,
        "thin": families[0] == "Aileron",
        "size": style.get("size", 10.5),
        "receipt": receipt,
        "width": width,
        "margin": margin,
        "text_width": (width - 2 * margin) * 72,
        "tracking": 0.4 if face == "typewriter" else 0,
        "leading": chance.choice((0.55, 0.62, 0.7)) + 0.15 * (face == "typewriter"),
        "spacing": chance.choice((0.95, 1.1, 1.3)),
        "justify": face == "serif" and chance.random() < 0.3,
        "numbered": not receipt and chance.random() < 0.6,
        "number_at": chance.choice(("left", "center", "right")),
        "bold_labels": face != "typewriter" and chance.random() < 0.5,
        "label_width": chance.choice((0.3, 0.38, 0.46)),
        "head_scale": 1.15 if face == "typewriter" else chance.choice((1.5, 1.8, 2.2)),
        "head_rule": not receipt and chance.random() < 0.35,
        "rule_weight": chance.choice((0.5, 1.2, 2.5)),
        "title_scale": chance.choice((1.05, 1.2, 1.4)),
        "title_at": "center" if receipt or chance.random() < 0.25 else "left",
        "table_wide": chance.random() < 0.7,
        "marker": chance.choice(("•", "–", "*")),
    }


def _plain(paper: PaperData) -> bool:
    """Say whether the face without accents has every letter that is wanted."""
    quotes = "“”‘’–—•§®"
    return all(letter.isascii() or letter in quotes for letter in _text_in(paper["blocks"]))


def _text_in(blocks: Any) -> str:
    """Return all text in blocks, for looking at its letters; the order is as stored."""
    if isinstance(blocks, str):
        return blocks
    values = blocks.values() if isinstance(blocks, Mapping) else blocks
    return "\n".join(_text_in(value) for value in values if not isinstance(value, (bool, int)))


def _mono_columns(paper: PaperData) -> int:
    """Return the longest typed line, in letters."""
    typed = [block["mono"] for block in paper["blocks"] if "mono" in block]
    return max((len(line) for text in typed for line in text.splitlines()), default=0)


@cache
def _fonts() -> typst.Fonts:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sans.otf").write_bytes(_sans_of_pillow())
        fonts = typst.Fonts(include_system_fonts=True, font_paths=[folder])
        typst.compile(b'#text(font: "Aileron", "a")', font_paths=fonts)  # a face is kept once used
    return fonts


def _sans_of_pillow() -> bytes:
    font = ImageFont.load_default(12)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert isinstance(font.path, BytesIO)
    return font.path.getvalue()
