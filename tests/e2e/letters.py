"""Small photos of letters, drawn for the journeys."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.importing.small_papers import PdfMaker, text_content

DENIAL = (
    (
        "Harbor Mutual Health Plan",
        "August 3, 2026",
        "Claim 20260214-77",
        "We cannot approve the infusions.",
    ),
    (
        "Why we said no",
        "The treatment is not medically",
        "necessary under policy 8.1.",
    ),
    (
        "You may appeal within 180 days",
        "of the day you get this letter.",
    ),
)


def photos(folder: Path, pages: Sequence[Sequence[str]] = DENIAL) -> list[Path]:
    """Write a photo of each page, as a phone does: one after another within a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for number, lines in enumerate(pages, 1):
        path = folder / f"IMG_{number:04}.jpg"
        letter(lines).save(path, quality=80)
        os.utime(path, (1_787_000_000 + number * 20,) * 2)
        made.append(path)
    return made


def letter(lines: Sequence[str]) -> Image.Image:
    """Draw a page of a letter."""
    page = Image.new("RGB", (600, 776), (250, 249, 245))
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(26)
    for row, line in enumerate(lines):
        draw.text((60, 80 + row * 60), line, (28, 28, 32), font)
    return page


def text_pdf(path: Path, lines: Sequence[str]) -> Path:
    """Write a letter of one page as a PDF with text."""
    maker = PdfMaker()
    maker.page(text_content(lines))
    return maker.save(path)
