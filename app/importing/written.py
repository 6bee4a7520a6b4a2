"""Papers that are text: plain text, mail, Word files and electronic records, shown as if printed.

Each kind gives its text, a form feed between its own pages; here it is broken into lines, drawn
and measured. Runs in a worker only.

The places that `words` tells are those at which `drawn` draws; see `app.imaging.text_page`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw

from app.domain.errors import UnreadableError
from app.imaging.text_page import (
    COLUMNS,
    HEIGHT_PT,
    LINES,
    MARGIN_PT,
    STEP_PT,
    TYPE_PT,
    WIDTH_PT,
    cells,
    face,
    placed_words,
)
from app.importing import kinds, sentences
from app.importing.limits import MAX_PAGES, thumbnail_size
from app.importing.pictures import THUMBNAIL_QUALITY, Fit, Picture, as_jpeg
from app.importing.plain_text import decoded
from app.workers import Reply

_MOST_CHARACTERS: Final = MAX_PAGES * LINES * 20
_TAB: Final = 8
_LEAST_TAB: Final = 3  # spaces, so that a gap is seen as one between columns


def pages(path: str, media_type: str) -> list[list[str]]:
    """Return the lines of each page; a file without words has one empty page.

    Raises:
        UnreadableError: the file is damaged or too long.
    """
    about = Path(path).stat()
    return _pages(path, media_type, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=2)  # a paper is shown, and its words are asked for, a page at a time
def _pages(path: str, media_type: str, _size: int, _written_at: int) -> list[list[str]]:
    text = _text(Path(path), media_type)
    if len(text) > _MOST_CHARACTERS:
        raise UnreadableError(sentences.TOO_LONG_TEXT)
    found: list[list[str]] = []
    for sheet in text.split("\f"):
        lines = [part for line in sheet.splitlines() for part in _wrapped(line)]
        found += [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    if len(found) > MAX_PAGES:
        raise UnreadableError(sentences.TOO_LONG_TEXT)
    return found or [[]]


def _text(path: Path, media_type: str) -> str:
    """Return the text of a file; the reader of its kind is loaded when the first one comes."""
    match media_type:
        case kinds.MAIL:
            from app.importing import email_file  # noqa: PLC0415

            return email_file.text_of(path)
        case kinds.FHIR:
            from app.importing import fhir_text  # noqa: PLC0415

            return fhir_text.text_of(path)
        case kinds.PLAIN:
            with path.open("rb") as file:
                data = file.read(_MOST_CHARACTERS + 1)
            if len(data) > _MOST_CHARACTERS:
                raise UnreadableError(sentences.TOO_LONG_TEXT)
            return decoded(data)
        case _:
            from app.importing import office_file  # noqa: PLC0415

            return office_file.text_of(path)


def read(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Iterator[Reply]:
    """Task: yield the number of pages, then the pages, as `pdf.read` does."""
    skip = set(values["skip"])
    sheets = pages(values["path"], values["media_type"])
    yield Reply({"pages": len(sheets)})
    for number, lines in enumerate(sheets, start=1):
        if number < values["first"] or number in skip:
            continue
        small = drawn(lines, thumbnail_size(WIDTH_PT, HEIGHT_PT))
        yield Reply(
            {"number": number, "width": WIDTH_PT, "height": HEIGHT_PT, "turned": 0},
            (as_jpeg(small, THUMBNAIL_QUALITY), "\n".join(lines).encode("utf-8", "replace")),
        )


def words(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer {"words", "boxes"} of "page", as `pdf_words.words` does.

    The words of a page, parted by spaces and newlines, are those of the text that `read` gives.
    """
    lines = _page(values["path"], values["media_type"], values["page"])
    placed = list(placed_words(lines))
    boxes = [place for *_, box in placed for place in box]
    return Reply({"words": [word for _, _, word, _ in placed], "boxes": boxes})


def picture(path: str, media_type: str, number: int, fit: Fit) -> Picture:
    """Draw a page.

    Raises:
        UnreadableError: there is no such page.
    """
    lines = _page(path, media_type, number)
    scale = fit(WIDTH_PT, HEIGHT_PT)
    size = round(WIDTH_PT * scale), round(HEIGHT_PT * scale)
    return Picture(drawn(lines, size), WIDTH_PT, HEIGHT_PT)


def _page(path: str, media_type: str, number: int) -> list[str]:
    sheets = pages(path, media_type)
    if not 1 <= number <= len(sheets):
        raise UnreadableError(sentences.NO_SUCH_PAGE.format(page=number))
    return sheets[number - 1]


def drawn(lines: list[str], size: tuple[int, int]) -> Image.Image:
    """Draw a page of text of `size` pixels."""
    scale = size[0] / WIDTH_PT
    image = Image.new("RGB", size, "white")
    font = face(TYPE_PT * scale)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        y = (MARGIN_PT + row * STEP_PT) * scale
        for x, cell in cells(line, font, scale):
            draw.text((x, y), cell, "black", font)
    return image


def _wrapped(line: str) -> list[str]:
    plain = _untabbed(line).rstrip()
    pieces: list[str] = []
    at = 0
    while len(plain) - at > COLUMNS:
        cut = plain.rfind(" ", at + 1, at + COLUMNS + 1)
        if cut < 0 or plain[at:cut].isspace():
            cut = at + COLUMNS
        pieces.append(plain[at:cut].rstrip())
        at = cut + (plain[cut] == " ")
    return [*pieces, plain[at:]]


def _untabbed(line: str) -> str:
    """Return a line with spaces for tabs: each piece as wide as whole tabs."""
    if "\t" not in line:
        return line
    *cells, last = line.split("\t")
    made: list[str] = []
    for cell in cells:
        room = _TAB - len(cell) % _TAB
        made.append(cell + " " * (room if room >= _LEAST_TAB else room + _TAB))
    return "".join((*made, last))
