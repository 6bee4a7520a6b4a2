"""Plain text files, shown as if printed. Runs in a worker only."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from app.domain.errors import UnreadableError
from app.importing import sentences
from app.importing.limits import MAX_PAGES, thumbnail_size
from app.importing.pictures import THUMBNAIL_QUALITY, Fit, Picture, as_jpeg
from app.workers import Reply

WIDTH_PT: Final = 612.0  # US Letter
HEIGHT_PT: Final = 792.0

_COLUMNS: Final = 84
_LINES: Final = 56
_MARGIN_PT: Final = 54.0
_TYPE_PT: Final = 9.5
_MOST_BYTES: Final = MAX_PAGES * _LINES * 20


def pages(path: str) -> list[list[str]]:
    """Return the lines of each page; a file without words has one empty page.

    Raises:
        UnreadableError: the file is too long.
    """
    with Path(path).open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UnreadableError(sentences.TOO_LONG_TEXT)
    found: list[list[str]] = []
    for sheet in _decoded(data).split("\f"):
        lines = [part for line in sheet.splitlines() for part in _wrapped(line)]
        found += [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    if len(found) > MAX_PAGES:
        raise UnreadableError(sentences.TOO_LONG_TEXT)
    return found or [[]]


def read(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Iterator[Reply]:
    """Task: yield the number of pages, then the pages, as `pdf.read` does."""
    skip = set(values["skip"])
    sheets = pages(values["path"])
    yield Reply({"pages": len(sheets)})
    for number, lines in enumerate(sheets, start=1):
        if number < values["first"] or number in skip:
            continue
        small = drawn(lines, thumbnail_size(WIDTH_PT, HEIGHT_PT))
        yield Reply(
            {"number": number, "width": WIDTH_PT, "height": HEIGHT_PT, "turned": 0},
            (as_jpeg(small, THUMBNAIL_QUALITY), "\n".join(lines).encode("utf-8", "replace")),
        )


def picture(path: str, number: int, fit: Fit) -> Picture:
    """Draw a page of a text file.

    Raises:
        UnreadableError: there is no such page.
    """
    sheets = pages(path)
    if not 1 <= number <= len(sheets):
        raise UnreadableError(sentences.NO_SUCH_PAGE.format(page=number))
    scale = fit(WIDTH_PT, HEIGHT_PT)
    size = round(WIDTH_PT * scale), round(HEIGHT_PT * scale)
    return Picture(drawn(sheets[number - 1], size), WIDTH_PT, HEIGHT_PT)


def drawn(lines: list[str], size: tuple[int, int]) -> Image.Image:
    """Draw a page of text of `size` pixels."""
    scale = size[0] / WIDTH_PT
    image = Image.new("RGB", size, "white")
    font = ImageFont.load_default(_TYPE_PT * scale)
    step = (HEIGHT_PT - 2 * _MARGIN_PT) / _LINES * scale
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((_MARGIN_PT * scale, _MARGIN_PT * scale + row * step), line, "black", font)
    return image


def _wrapped(line: str) -> list[str]:
    plain = line.expandtabs(4).rstrip()
    if len(plain) <= _COLUMNS:
        return [plain]
    return textwrap.wrap(plain, _COLUMNS, replace_whitespace=False, drop_whitespace=False)


def _decoded(data: bytes) -> str:
    """Return text from UTF-8 or UTF-16 with its mark, else as old Windows programs wrote it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
