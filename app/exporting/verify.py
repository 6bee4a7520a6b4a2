"""Checks a finished bundle with two readers that did not make it. Tasks for workers.

`pypdf` counts pages and follows bookmarks and links; PDFium reads what stands on each page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import pikepdf
import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, Destination, DictionaryObject, IndirectObject

from app.domain.errors import UserError
from app.exporting.cleaning import is_active
from app.exporting.frame import LETTER_HEIGHT, LETTER_WIDTH
from app.workers import Reply

_LETTER: Final = {(LETTER_WIDTH, LETTER_HEIGHT), (LETTER_HEIGHT, LETTER_WIDTH)}
_FORBIDDEN_IN_ROOT: Final = ("/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/Collection")
_ALLOWED_TYPES: Final = frozenset({"/Annot", "/Catalog", "/Page", "/Pages"})


class BundleCheckError(UserError):
    """The finished file is not what it should be; the sentence names what is wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The finished bundle did not pass its check, so nothing was saved: {what} "
            "Take out the paper that stands there and make the bundle again."
        )


def check_structure(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Check pages, bookmarks, links and the absence of anything that acts.

    `values`: `path`, `pages`, `exhibits` (each with `bookmark`, `first_page`).

    Returns: `sha256` and `bytes` of the file that was checked.

    Raises:
        BundleCheckError: something is wrong.
    """
    path = Path(values["path"])
    first_pages = [exhibit["first_page"] for exhibit in values["exhibits"]]
    with path.open("rb") as file, pypdf.PdfReader(file, strict=False) as reader:
        if len(reader.pages) != values["pages"]:
            raise BundleCheckError(
                f"it has {len(reader.pages)} pages where {values['pages']} were meant."
            )
        _check_bookmarks(reader, values["exhibits"])
        _check_links(reader, path, first_pages)
    _check_harmless(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Reply({"sha256": digest, "bytes": path.stat().st_size})


def _check_bookmarks(reader: pypdf.PdfReader, exhibits: Sequence[Mapping[str, Any]]) -> None:
    marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
    found = [(mark.title or "", reader.get_destination_page_number(mark)) for mark in marks]
    meant = [(exhibit["bookmark"], exhibit["first_page"] - 1) for exhibit in exhibits]
    for mark in meant:
        if mark not in found:
            raise BundleCheckError(f"the bookmark “{mark[0]}” does not lead to its page.")


def _check_links(reader: pypdf.PdfReader, path: Path, first_pages: Sequence[int]) -> None:
    """Compare where each link of the front pages leads with the page number printed there."""
    front = range(first_pages[0] - 1 if first_pages else len(reader.pages))
    reached: set[int] = set()
    with pypdfium2.PdfDocument(path) as document:
        for index in front:
            texts = document[index].get_textpage()
            for box, target in _links(reader, index):
                said = texts.get_text_bounded(*box).strip()
                if said.isdigit() and int(said) != target:
                    raise BundleCheckError(f"page {index + 1} names a wrong page number, {said}.")
                reached.add(target)
            texts.close()
    missing = set(first_pages) - reached
    if missing:
        raise BundleCheckError(f"no link of the contents leads to page {min(missing)}.")


def _links(
    reader: pypdf.PdfReader, index: int
) -> Iterator[tuple[tuple[float, float, float, float], int]]:
    """Yield the box of each link on a page, and the page from 1 that it leads to."""
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, start=1)
        if page.indirect_reference is not None
    }
    for note in reader.pages[index].annotations or ():
        link = cast("DictionaryObject", note.get_object())
        place = _destination(reader, link)
        if place is None or place.idnum not in numbers:
            raise BundleCheckError(f"a link on page {index + 1} leads nowhere.")
        x0, y0, x1, y1 = (float(side) for side in cast("ArrayObject", link["/Rect"]))
        yield (x0, y0, x1, y1), numbers[place.idnum]


def _destination(reader: pypdf.PdfReader, link: DictionaryObject) -> IndirectObject | None:
    place = link.get("/Dest")
    action = link.get("/A")
    if place is None and action is not None:
        place = cast("DictionaryObject", action.get_object()).get("/D")
    place = place.get_object() if place is not None else None
    if isinstance(place, str):
        named = reader.named_destinations.get(place)
        page = named.dest_array[0] if named is not None else None
    else:
        page = place[0] if isinstance(place, ArrayObject) and place else None
    return page if isinstance(page, IndirectObject) else None


def _check_harmless(path: Path) -> None:
    """Look at every object of the file for anything that acts or carries a file."""
    with pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as pdf:
        for key in _FORBIDDEN_IN_ROOT:
            if key in pdf.Root:
                raise BundleCheckError("it still carries something that starts by itself.")
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                _check_object(thing)


def _check_object(thing: pikepdf.Object) -> None:
    kind = str(thing.get("/Type", ""))
    if kind == "/Annot":
        if thing.get("/Subtype") != pikepdf.Name.Link or "/AA" in thing:
            raise BundleCheckError("it still carries a note or a form field.")
        action = thing.get("/A")
        if action is not None and action.get("/S") != pikepdf.Name.GoTo:
            raise BundleCheckError("it still carries a link to the outside.")
    elif kind not in _ALLOWED_TYPES and is_active(thing):
        raise BundleCheckError("it still carries an action or an attached file.")


def check_pages(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Check that each page is US Letter, shows its number, and kept its words.

    `values`: `path`, `pages`, `first` and `last` (the pages to look at, from 1), `stamps` (page, as
    text, to exhibit letter) and `wordy` (pages on which more must be readable than our own line).

    Returns: `wordless`, those of the wordy pages on which nothing more is readable.

    Raises:
        BundleCheckError: a page is not as it should be.
    """
    wordless: list[int] = []
    for first in range(values["first"], values["last"] + 1, _PAGES_AT_ONCE):
        last = min(first + _PAGES_AT_ONCE - 1, values["last"])
        with pypdfium2.PdfDocument(values["path"]) as document:
            for number in range(first, last + 1):
                words = _checked_words(document, number, values)
                if number in values["wordy"] and len(words) < _LEAST_LETTERS:
                    wordless.append(number)
    return Reply({"wordless": wordless})


_PAGES_AT_ONCE: Final = 40
"""PDFium keeps what it has read of a file until the file is closed."""
_LEAST_LETTERS: Final = 120
"""Our own line at the foot has fewer letters than this; a page of text has more."""


def _checked_words(document: pypdfium2.PdfDocument, number: int, values: dict[str, Any]) -> str:
    """Return what can be read on a page, once its size, number and letter are found right."""
    page = document[number - 1]
    if tuple(round(side, 1) for side in page.get_size()) not in _LETTER:
        raise BundleCheckError(f"page {number} is not US Letter.")
    texts = page.get_textpage()
    words = " ".join(texts.get_text_range().split())
    texts.close()
    page.close()
    if f"Page {number} of {values['pages']}" not in words:
        raise BundleCheckError(f"page {number} does not show its number.")
    letter = values["stamps"].get(str(number))
    if letter is not None and f"Exhibit {letter}" not in words:
        raise BundleCheckError(f"page {number} does not show its exhibit letter.")
    return words
