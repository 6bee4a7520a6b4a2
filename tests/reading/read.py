"""Reads drawn papers with the program itself, and keeps what was read for the next time."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from app.domain.page import PageRead, PageText, Word, pack_page, unpack_page
from app.importing.reader import DocumentReader
from app.importing.sifting.layout import PageSeen
from app.jobs import Silent
from tests.reading.draw import Drawn, draw
from tests.reading.typeset import PaperData

_ROOM = Path(__file__).parent
_IMPORTING = _ROOM.parent.parent / "app" / "importing"
_SIZE = "{:.3f} {:.3f}\n"


@dataclass(frozen=True, slots=True)
class PaperRead:
    """The pages of a paper as the program read them, and how many seconds that took."""

    pages: tuple[PageSeen, ...]
    seconds: float


class Desk:
    """Draws papers into `folder` and reads them there.

    `kept` is a folder in which the pages lie that were read before; they count only as long as
    neither the drawing nor the reading of pictures has changed. May be used from two threads.
    """

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        self._folder = folder
        self._kept = kept
        self._reader = DocumentReader(pool_size=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def read(self, paper: PaperData, form: str, seed: int) -> PaperRead:
        """Return the pages of a paper in this form; a page that cannot be read is left out."""
        name = _fingerprint(paper, form, seed)
        kept = self._kept / name if self._kept else None
        if kept and kept.exists():
            return PaperRead(tuple(_unpacked(path) for path in sorted(kept.iterdir())), 0.0)
        files = draw(paper, form, seed)
        began = time.perf_counter()
        pages = tuple(page for file in files for page in self._pages(file, name))
        seconds = time.perf_counter() - began
        if kept:
            _keep(pages, kept)
        return PaperRead(pages, seconds)

    def _pages(self, file: Drawn, name: str) -> list[PageSeen]:
        path = self._folder / (name + file.suffix)
        path.write_bytes(file.content)
        pages = sorted(self._read(path, file.media_type), key=lambda page: page[0])
        path.unlink()
        return [page for _, page in pages]

    def _read(self, path: Path, media_type: str) -> Iterator[tuple[int, PageSeen]]:
        for page in self._reader.read(path, media_type=media_type, progress=Silent()):
            if isinstance(page, PageRead):
                words = page.text.words or self._words(path, media_type, page)
                text = page.text
                yield (
                    page.number,
                    PageSeen(words, text.text, text.how, page.width_pt, page.height_pt),
                )

    def _words(self, path: Path, media_type: str, page: PageRead) -> tuple[Word, ...]:
        return self._reader.words(path, media_type=media_type, page=page.number, turned=page.turned)


def _fingerprint(paper: PaperData, form: str, seed: int) -> str:
    made_of = json.dumps([paper["id"], paper["blocks"], paper.get("style"), form, seed])
    return hashlib.sha256((made_of + _sources()).encode()).hexdigest()[:24]


@cache
def _sources() -> str:
    """Return a fingerprint of the code that draws and that reads pictures; not of the sifters."""
    drawing = [_ROOM / name for name in ("paper.typ", "typeset.py", "flatbed.py", "photo.py")]
    code = b"".join(path.read_bytes() for path in [*drawing, *sorted(_IMPORTING.glob("*.py"))])
    return hashlib.sha256(code).hexdigest()


def _keep(pages: tuple[PageSeen, ...], kept: Path) -> None:
    """Write the pages into a folder that is there with all of them or not at all."""
    draft = kept.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for number, page in enumerate(pages, start=1):
        size = _SIZE.format(page.width_pt, page.height_pt).encode()
        packed = pack_page(PageText(number, page.text, page.how, page.words))
        (draft / f"{number:03}").write_bytes(size + packed)
    draft.rename(kept)


def _unpacked(path: Path) -> PageSeen:
    size, packed = path.read_bytes().split(b"\n", 1)
    width, height = map(float, size.split())
    page = unpack_page(packed)
    return PageSeen(page.words, page.text, page.how, width, height)
