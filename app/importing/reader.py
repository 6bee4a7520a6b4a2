"""Reading papers: what the rest of the program asks. Decoding happens in worker processes.

This module runs in the program's own process and loads no decoder. What comes back from a worker
is checked like anything else that came from outside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from app.domain.errors import UnreadableError
from app.domain.fact import Sifted
from app.domain.page import PageFailed, PageRead, Word
from app.domain.sifted_form import sifted_from
from app.importing import sentences
from app.importing.answers import corners_from, pages_from, picture_from, words_from
from app.importing.kinds import TEXT_KINDS
from app.importing.reading import NO_CORNERS, Reading, Source, in_words
from app.importing.sniff import READABLE, UNKNOWN
from app.jobs import Progress
from app.workers import Limits, WorkerPool

_DECODING: Final = Limits(seconds=30.0, niceness=5)
_SHOWING: Final = Limits(seconds=30.0)
_SIFTING: Final = Limits(seconds=20.0, niceness=5)
_READING: Final = Limits(memory_bytes=3 << 30, seconds=120.0, niceness=10)
_IDLE_SECONDS: Final = 60.0  # an OCR worker holds half a gigabyte
_WORDS: Final = {
    "application/pdf": "app.importing.pdf_words:words",
    **dict.fromkeys(TEXT_KINDS, "app.importing.written:words"),
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """How many pages a file has; whether it opened only with the password that was given."""

    pages: int
    needs_password: bool


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was read before: its packed text, its upright size in points, and its file.

    `path` and the fields after it are those of `read` and `words`.
    """

    packed: bytes
    width_pt: float
    height_pt: float
    path: Path
    media_type: str
    page: int
    turned: int
    password: str | None


class DocumentReader:
    """Reads papers and shows their pages with a few worker processes, started when needed.

    All methods may be called from any thread. `pool_size` is how many pages are read by OCR at the
    same time; reading two papers from two threads keeps two cores busy with single photos too.
    """

    def __init__(self, pool_size: int = 2) -> None:
        self._pool_size = pool_size
        self._decode = WorkerPool(1, _DECODING, idle_seconds=_IDLE_SECONDS)
        self._show = WorkerPool(1, _SHOWING, idle_seconds=_IDLE_SECONDS)
        self._sift = WorkerPool(1, _SIFTING, idle_seconds=_IDLE_SECONDS)
        self._ocr = WorkerPool(pool_size, _READING, idle_seconds=_IDLE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def inspect(self, path: Path, *, media_type: str, password: str | None = None) -> Inspection:
        """Open a file and count its pages.

        Raises:
            PasswordNeededError: it needs a password, or another one.
            UnreadableError: its pages cannot be shown; the sentence says why.
        """
        source = Source(path, _readable(path, media_type), password)
        with in_words(sentences.TOO_HARD):
            reply = self._decode.call("app.importing.pages:inspect", source.values())
            return Inspection(pages_from(reply), reply.values.get("locked") is True)

    def read(
        self,
        path: Path,
        *,
        media_type: str,
        password: str | None = None,
        progress: Progress,
        skip: Collection[int] = (),
        corners: Mapping[int, tuple[float, ...] | None] = NO_CORNERS,
    ) -> Iterator[PageRead | PageFailed]:
        """Yield each page that is not in `skip` as soon as it is read; its number says which.

        A page with good text of its own comes without words; `words` gives them when asked.
        `corners` says of photos where a person sees the sheet, as `PageRead.corners` does; None
        leaves the photo as it is. In all other photos the sheet is looked for.

        Raises:
            PasswordNeededError, UnreadableError: as `inspect`, or the rest of the file is lost.
            Cancelled: `progress` asked to stop. Leaving the loop early stops as well.
        """
        source = Source(path, _readable(path, media_type), password)
        with Reading(self._decode, self._ocr, self._pool_size, source, corners) as reading:
            yield from reading.pages(progress, frozenset(skip))

    def render(  # noqa: PLR0913 - which page, and how it is to be seen
        self,
        path: Path,
        *,
        media_type: str,
        page: int,
        width_px: int,
        password: str | None = None,
        turned: int = 0,
        corners: tuple[float, ...] | None = None,
    ) -> bytes:
        """Return the JPEG of a page (the first is 1) about `width_px` wide, for the window.

        `corners` and `turned` are what `PageRead` said. Photos are not blown up.

        Raises:
            PasswordNeededError, UnreadableError: it cannot be shown; the sentence says why.
        """
        source = Source(path, _readable(path, media_type), password)
        values = source.values(page=page, width_px=width_px, turned=turned, corners=corners)
        with in_words(sentences.PAGE_TOO_HARD.format(page=page)):
            return picture_from(self._show.call("app.importing.pages:render", values))

    def found_corners(
        self, path: Path, *, media_type: str, page: int, password: str | None = None
    ) -> tuple[float, ...] | None:
        """Return where the sheet lies in a photo, for a person to correct; None if none is sure.

        Raises:
            PasswordNeededError, UnreadableError: the page cannot be opened.
        """
        if media_type in TEXT_KINDS:
            return None
        source = Source(path, _readable(path, media_type), password)
        with in_words(sentences.PAGE_TOO_HARD.format(page=page)):
            reply = self._ocr.call("app.importing.ocr:find_sheet", source.values(page=page))
            return corners_from(reply)

    def words(
        self,
        path: Path,
        *,
        media_type: str,
        page: int,
        password: str | None = None,
        turned: int = 0,
    ) -> tuple[Word, ...]:
        """Return the words of a page's embedded text with their boxes on the upright page.

        A PDF has such words, and papers that are text; for pictures there are none.

        Raises:
            PasswordNeededError, UnreadableError: the page cannot be opened.
        """
        task = _WORDS.get(media_type)
        if task is None:
            return ()
        source = Source(path, _readable(path, media_type), password)
        values = source.values(page=page, turned=turned)
        with in_words(sentences.PAGE_TOO_HARD.format(page=page)):
            return words_from(self._show.call(task, values))

    def sift(self, pages: Sequence[KeptPage]) -> Sifted:
        """Return what the pages of a paper, in order, say.

        Raises:
            UnreadableError: that took too long, or a page cannot be opened any more.
        """
        about = [
            {
                "width": page.width_pt,
                "height": page.height_pt,
                "file": Source(page.path, page.media_type, page.password).values(
                    page=page.page, turned=page.turned
                ),
            }
            for page in pages
        ]
        blobs = tuple(page.packed for page in pages)
        with in_words(sentences.NOT_SIFTED):
            reply = self._sift.call(
                "app.importing.sifter:sift_paper", {"pages": about}, blobs=blobs
            )
            return sifted_from(reply.values)

    def close(self) -> None:
        """End all workers; a `read` that still runs raises `Cancelled`."""
        for pool in (self._ocr, self._decode, self._show, self._sift):
            pool.close()


def _readable(path: Path, media_type: str) -> str:
    """Refuse what no worker needs to look at."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableError(sentences.GONE) from error
    if size == 0:
        raise UnreadableError(sentences.EMPTY)
    if media_type not in READABLE:
        unknown = media_type == UNKNOWN.media_type
        raise UnreadableError(sentences.UNKNOWN_KIND if unknown else sentences.NOT_SHOWN_YET)
    return media_type
