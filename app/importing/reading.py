"""One file being read: its own text as it streams in, the other pages through OCR."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from app.domain.errors import PasswordNeededError, UnreadableError
from app.domain.page import PageFailed, PageRead, PageText
from app.importing import sentences
from app.importing.answers import Unread, number_from, page_from, pages_from, unread_from
from app.importing.embedded import preferred
from app.importing.kinds import TEXT_KINDS
from app.jobs import Cancelled, Progress
from app.workers import Reply, TaskRefused, WorkerDied, WorkerPool, WorkerTimedOut

NO_CORNERS: Final[Mapping[int, tuple[float, ...] | None]] = MappingProxyType({})
"""No person has said where the sheet lies."""

_log = logging.getLogger(__name__)

_MOST_DEATHS: Final = 5  # of workers over one file, before the rest of it is given up
_TICK: Final = 0.2  # seconds between two questions whether the person pressed Cancel
_STREAMED: Final = {
    "application/pdf": "app.importing.pdf:read",
    **dict.fromkeys(TEXT_KINDS, "app.importing.written:read"),
}
"""The kinds whose pages may carry text; all others are pictures and go to OCR."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, of a kind that can be read."""

    path: Path
    media_type: str
    password: str | None

    def values(self, **more: Any) -> dict[str, Any]:
        """Return what a task wants to know."""
        return {
            "path": str(self.path),
            "media_type": self.media_type,
            "password": self.password,
            **more,
        }


@contextmanager
def in_words(too_hard: str) -> Generator[None]:
    """Turn what went wrong in a worker into what a person is told.

    Raises:
        PasswordNeededError, UnreadableError: the task refused, or its worker died of the file.
    """
    try:
        yield
    except TaskRefused as refusal:
        raise _refused(refusal) from refusal
    except (WorkerDied, WorkerTimedOut, ValueError) as error:
        _note(error)
        raise UnreadableError(too_hard) from error


def _refused(refusal: TaskRefused) -> UnreadableError:
    kind = PasswordNeededError if refusal.kind == "password" else UnreadableError
    return kind(refusal.sentence)


def _note(error: Exception) -> None:
    """Keep for the local log what a worker died of; the person is told in a sentence."""
    _log.info("%s %s", error, error.last_words if isinstance(error, WorkerDied) else "")


def _page(reply: Reply) -> PageRead | PageFailed | Unread:
    number = number_from(reply)
    if "reason" in reply.values:
        return PageFailed(number, str(reply.values["reason"]))
    if "ocr" in reply.values:
        return unread_from(reply, number)
    return page_from(reply, number, "embedded")


def _asking(progress: Progress, reading: Reading) -> Callable[[], bool]:
    """Return the question, asked while a page takes long, whether to stop."""

    def stop() -> bool:
        try:
            reading.step(progress)
        except Cancelled:
            return True
        return False

    return stop


class Reading:
    """Reads one file; leaving the `with` block stops what is still going on."""

    def __init__(
        self,
        decode: WorkerPool,
        ocr: WorkerPool,
        lanes: int,
        source: Source,
        corners: Mapping[int, tuple[float, ...] | None] = NO_CORNERS,
    ) -> None:
        """Read up to `lanes` pages by OCR at the same time; `corners` are those set by hand."""
        self._decode = decode
        self._ocr = ocr
        self._source = source
        self._corners = corners
        self._executor = ThreadPoolExecutor(lanes, thread_name_prefix="ocr")
        self._running: set[Future[PageRead | PageFailed]] = set()
        self._stopped = threading.Event()
        self._done = 0
        self._total = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._executor.shutdown(cancel_futures=True)

    def pages(self, progress: Progress, skip: Collection[int]) -> Iterator[PageRead | PageFailed]:
        """Yield each page that is not in `skip` as soon as it is read.

        Raises:
            PasswordNeededError, UnreadableError: nothing, or nothing more, can be read.
            Cancelled: `progress` asked to stop.
        """
        for page in self._first_pass(progress, skip):
            if isinstance(page, Unread):
                self._running.add(self._executor.submit(self._read_by_ocr, page))
            else:
                yield self._counted(page)
            self.step(progress)
            yield from self._finished(0)
        while self._running:
            yield from self._finished(_TICK)
            self.step(progress)

    def _first_pass(
        self, progress: Progress, skip: Collection[int]
    ) -> Iterator[PageRead | PageFailed | Unread]:
        """Yield each page that has text, and a note of each that has none."""
        task = _STREAMED.get(self._source.media_type)
        if task:
            yield from self._streamed(task, progress, skip)
            return
        with in_words(sentences.TOO_HARD):
            values = self._source.values()
            self._total = pages_from(self._decode.call("app.importing.pages:inspect", values))
        numbers = range(1, self._total + 1)
        yield from (Unread(number, "none", "") for number in numbers if number not in skip)

    def _streamed(
        self, task: str, progress: Progress, skip: Collection[int]
    ) -> Iterator[PageRead | PageFailed | Unread]:
        """Go on after each page that kills its worker: that costs the one page."""
        first = 1
        for _ in range(_MOST_DEATHS):
            values = self._source.values(first=first, skip=sorted(skip))
            stop = _asking(progress, self)
            try:
                with closing(self._decode.stream(task, values, stop=stop)) as replies:
                    self._total = pages_from(next(replies))
                    for reply in replies:
                        page = _page(reply)
                        first = page.number + 1
                        yield page
            except TaskRefused as refusal:
                raise _refused(refusal) from refusal
            except (WorkerDied, WorkerTimedOut, ValueError) as error:
                _note(error)
                first = next((n for n in range(first, self._total + 1) if n not in skip), 0)
                if not first:
                    break
                yield PageFailed(first, sentences.PAGE_TOO_HARD.format(page=first))
                first += 1
            else:
                return
        raise UnreadableError(sentences.TOO_HARD)

    def _read_by_ocr(self, page: Unread) -> PageRead | PageFailed:
        values = self._source.values(page=page.number)
        corners = self._corners.get(page.number)
        if page.number in self._corners or page.text:  # the places of such text are of the whole
            values["corners"] = corners
        try:
            reply = self._ocr.call("app.importing.ocr:read_page", values, stop=self._stopped.is_set)
            read = page_from(reply, page.number, "ocr")
        except TaskRefused as refusal:
            return PageFailed(page.number, refusal.sentence)
        except (WorkerDied, WorkerTimedOut, ValueError) as error:
            _note(error)
            return PageFailed(page.number, sentences.PAGE_TOO_HARD.format(page=page.number))
        if (
            page.text
            and not corners
            and preferred(read.text.text, page.text, page.verdict) == "embedded"
        ):
            return replace(read, text=PageText(page.number, page.text, "embedded"))
        return read

    def _finished(self, seconds: float) -> Iterator[PageRead | PageFailed]:
        """Yield what OCR has read, waiting for the first so long."""
        if self._running:
            done, self._running = wait(self._running, seconds, FIRST_COMPLETED)
            for future in done:
                yield self._counted(future.result())

    def _counted(self, page: PageRead | PageFailed) -> PageRead | PageFailed:
        self._done += 1
        return page

    def step(self, progress: Progress) -> None:
        """Report how far this file is, and stop here if that was asked for."""
        progress.step(self._done, self._total, f"Page {self._done} of {self._total}")
