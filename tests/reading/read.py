"""Reads drawn papers with the program itself, and keeps what OCR read for the next time."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.domain.page import PageRead, PageText, Word, pack_page, unpack_page
from app.importing.reader import DocumentReader
from app.importing.sifting.layout import PageSeen
from app.jobs import Silent
from tests.reading.draw import Drawn

_SIZE = "{:.3f} {:.3f}\n"


@dataclass(frozen=True, slots=True)
class PaperRead:
    """The pages of a paper as the program read them, and how many seconds that took."""

    pages: tuple[PageSeen, ...]
    seconds: float


class Desk:
    """Reads papers; `kept` is a folder in which pages lie that were read before."""

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        self._folder = folder
        self._kept = kept
        self._reader = DocumentReader(pool_size=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def read(self, files: Sequence[Drawn]) -> PaperRead:
        """Return the pages of all files in their order; a page that cannot be read is left out."""
        began = time.perf_counter()
        pages = tuple(page for file in files for page in self._pages(file))
        return PaperRead(pages, time.perf_counter() - began)

    def _pages(self, file: Drawn) -> list[PageSeen]:
        name = hashlib.sha256(file.content).hexdigest()[:24]
        kept = self._kept / name if self._kept else None
        if kept and kept.exists():
            return [_unpacked(path) for path in sorted(kept.iterdir())]
        path = self._folder / (name + file.suffix)
        path.write_bytes(file.content)
        pages = sorted(self._read(path, file.media_type), key=lambda page: page[0])
        path.unlink()
        if kept:
            kept.mkdir(parents=True)
            for number, page in pages:
                (kept / f"{number:03}").write_bytes(_packed(number, page))
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


def _packed(number: int, page: PageSeen) -> bytes:
    size = _SIZE.format(page.width_pt, page.height_pt).encode()
    return size + pack_page(PageText(number, page.text, page.how, page.words))


def _unpacked(path: Path) -> PageSeen:
    size, packed = path.read_bytes().split(b"\n", 1)
    width, height = map(float, size.split())
    page = unpack_page(packed)
    return PageSeen(page.words, page.text, page.how, width, height)
