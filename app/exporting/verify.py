"""Checks a finished bundle with two readers that did not make it. Tasks for workers.

`pypdf` counts pages and follows bookmarks and links; PDFium reads what stands on each page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import pikepdf
import pypdf
import pypdf.errors
import pypdfium2
from pypdf.generic import ArrayObject, Destination, DictionaryObject, IndirectObject

from app.exporting.cleaning import is_active
from app.exporting.weights import reached_from
from app.workers import Reply

_FORBIDDEN_IN_ROOT: Final = ("/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/Collection")
_ALLOWED_TYPES: Final = frozenset({"/Annot", "/Catalog", "/Page", "/Pages"})
_NUMBERS_COLUMN: Final = 80.0
"""How far from the right edge, in points, a link ends at most that says only a page number."""
_SAYS_PAGE: Final = re.compile(r"Exhibit (?P<letter>[A-Z]+), page (?P<page>\d+)$")
_UNREADABLE: Final = (
    pypdf.errors.PyPdfError,
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What the libraries raise on a file that they cannot make sense of."""

Fault = tuple[int | None, str]
"""The page, from 1, on which something is wrong, if it is one page, and what, for a sentence."""


def check_structure(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Check pages, bookmarks, links and the absence of anything that acts.

    `values`: `path`, `pages`, `exhibits` (each with `bookmark`, `first_page`), `stamps` (page, as
    text, to exhibit letter).

    Returns: `sha256` and `bytes` of the file that was checked; `faults`, each a page, from 1, or
    null, and what is wrong there.
    """
    path = Path(values["path"])
    faults: list[Fault] = []
    try:
        with path.open("rb") as file, pypdf.PdfReader(file, strict=False) as reader:
            faults += _structure_faults(reader, path, values)
    except _UNREADABLE:
        faults.append((None, "a second reader cannot make sense of it."))
    faults += _harm(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Reply({"sha256": digest, "bytes": path.stat().st_size, "faults": faults})


def check_plainly(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Check that both readers find all pages of a file without stamps, and nothing that acts.

    `values`: `path`, `pages`. Returns what `check_structure` does.
    """
    reply = check_structure({**values, "exhibits": [], "stamps": {}}, ())
    faults: list[Fault] = [*reply.values["faults"]]
    for number in range(1, values["pages"] + 1):
        try:
            with pypdfium2.PdfDocument(values["path"]) as document:
                document[number - 1].get_textpage().close()
        except (pypdfium2.PdfiumError, IndexError):
            faults.append((number, f"page {number} cannot be read."))
    return Reply({**reply.values, "faults": faults})


def _structure_faults(
    reader: pypdf.PdfReader, path: Path, values: Mapping[str, Any]
) -> Iterator[Fault]:
    if len(reader.pages) != values["pages"]:
        yield None, f"it has {len(reader.pages)} pages where {values['pages']} were meant."
        return
    yield from _wrong_bookmarks(reader, values["exhibits"])
    yield from _wrong_links(reader, path, values)


def _wrong_bookmarks(
    reader: pypdf.PdfReader, exhibits: Sequence[Mapping[str, Any]]
) -> Iterator[Fault]:
    marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
    found = [(mark.title or "", reader.get_destination_page_number(mark)) for mark in marks]
    meant = [(exhibit["bookmark"], exhibit["first_page"] - 1) for exhibit in exhibits]
    for mark in meant:
        if mark not in found:
            yield None, f"the bookmark “{mark[0]}” does not lead to its page."


def _wrong_links(reader: pypdf.PdfReader, path: Path, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Compare where each link of the front pages leads with the page number printed there."""
    first_pages = [exhibit["first_page"] for exhibit in values["exhibits"]]
    front = range(min(first_pages) - 1 if first_pages else len(reader.pages))
    numbers = _page_numbers(reader)
    reached: set[int] = set()
    with pypdfium2.PdfDocument(path) as document:
        for index in front:
            page = document[index]
            texts = page.get_textpage()
            for box, target in _links(reader, index, numbers):
                if target is None:
                    yield None, f"a link on page {index + 1} leads nowhere."
                    continue
                said = " ".join(texts.get_text_bounded(*box).split())
                in_column = box[2] > page.get_width() - _NUMBERS_COLUMN
                if not _is_right(said, target, values["stamps"], in_column=in_column):
                    yield None, f"page {index + 1} names a wrong page number, {said}."
                reached.add(target)
            texts.close()
            page.close()
    missing = set(first_pages) - reached
    if missing:
        yield None, f"no link of the contents leads to page {min(missing)}."


def _is_right(said: str, target: int, stamps: Mapping[str, str], *, in_column: bool) -> bool:
    """Return whether a link leads where its words say; most words say no page."""
    if said.isdigit() and in_column:
        return int(said) == target
    place = _SAYS_PAGE.search(said)
    if place is None:
        return True
    return int(place["page"]) == target and stamps.get(str(target)) == place["letter"]


def _page_numbers(reader: pypdf.PdfReader) -> dict[int, int]:
    """Return the number of each page, from 1, by the number of its object."""
    return {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, start=1)
        if page.indirect_reference is not None
    }


def _links(
    reader: pypdf.PdfReader, index: int, numbers: Mapping[int, int]
) -> Iterator[tuple[tuple[float, float, float, float], int | None]]:
    """Yield the box of each link on a page, and the page from 1 that it leads to, if any."""
    for note in reader.pages[index].annotations or ():
        link = cast("DictionaryObject", note.get_object())
        place = _destination(reader, link)
        x0, y0, x1, y1 = (float(side) for side in cast("ArrayObject", link["/Rect"]))
        yield (x0, y0, x1, y1), numbers.get(place.idnum) if place is not None else None


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


def _harm(path: Path) -> list[Fault]:
    """Look at every object of the file for anything that acts or carries a file."""
    faults: list[Fault] = []
    with pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as pdf:
        if any(key in pdf.Root for key in _FORBIDDEN_IN_ROOT):
            faults.append((None, "it still carries something that starts by itself."))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                what = _harm_of(thing)
                if what:
                    faults.append((_page_with(pdf, thing.objgen), what))
    return faults


def _harm_of(thing: pikepdf.Object) -> str:
    """Return what is wrong with an object; nothing for a good one."""
    kind = str(thing.get("/Type", ""))
    if kind == "/Annot":
        if thing.get("/Subtype") != pikepdf.Name.Link or "/AA" in thing:
            return "it still carries a note or a form field."
        action = thing.get("/A")
        if action is not None and action.get("/S") != pikepdf.Name.GoTo:
            return "it still carries a link to the outside."
    elif kind not in _ALLOWED_TYPES and is_active(thing):
        return "it still carries an action or an attached file."
    return ""


def _page_with(pdf: pikepdf.Pdf, wanted: tuple[int, int]) -> int | None:
    """Return the first page, from 1, that an object belongs to."""
    for number, page in enumerate(pdf.pages, start=1):
        if wanted in reached_from(page.obj):
            return number
    return None


def check_pages(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Check that each page has its size, shows its number and letter, and kept its words.

    `values`: `path`, `pages`, `number` (what stands before the number of a page), `sheet` (width
    and height of an upright page), `first` and `last` (the pages to look at, from 1), `stamps`
    (page, as text, to exhibit letter) and `wordy` (pages on which more must be readable than our
    own line).

    Returns: `wordless`, those of the wordy pages on which nothing more is readable; `faults`, each
    a page and what is wrong there.
    """
    wordless: list[int] = []
    faults: list[Fault] = []
    for first in range(values["first"], values["last"] + 1, _PAGES_AT_ONCE):
        last = min(first + _PAGES_AT_ONCE - 1, values["last"])
        with pypdfium2.PdfDocument(values["path"]) as document:
            for number in range(first, last + 1):
                words = _words(document, number, values, faults)
                if number in values["wordy"] and len(words) < _LEAST_LETTERS:
                    wordless.append(number)
    return Reply({"wordless": wordless, "faults": faults})


_PAGES_AT_ONCE: Final = 40
"""PDFium keeps what it has read of a file until the file is closed."""
_LEAST_LETTERS: Final = 120
"""Our own line at the foot has fewer letters than this; a page of text has more."""


def _words(
    document: pypdfium2.PdfDocument, number: int, values: dict[str, Any], faults: list[Fault]
) -> str:
    """Return what can be read on a page; note what is wrong with its size, number and letter."""
    try:
        page = document[number - 1]
        size = page.get_size()
        texts = page.get_textpage()
        words = " ".join(texts.get_text_range().split())
    except (pypdfium2.PdfiumError, IndexError):
        faults.append((number, f"page {number} cannot be read."))
        return ""
    texts.close()
    page.close()
    if sorted(round(side, 1) for side in size) != [round(side, 1) for side in values["sheet"]]:
        faults.append((number, f"page {number} has another size than its paper."))
    if f"{values['number']} {number} of {values['pages']}" not in words:
        faults.append((number, f"page {number} does not show its number."))
    letter = values["stamps"].get(str(number))
    if letter is not None and f"Exhibit {letter}" not in words:
        faults.append((number, f"page {number} does not show its exhibit letter."))
    return words
