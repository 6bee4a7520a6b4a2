"""Reading what is in the queue: pages, text and thumbnails of papers, in the background.

Each original is read by one of a few threads, which only wait for the worker processes that
decode; what they bring is committed by the calling thread, several pages at a time.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.binder import Binder
from app.domain.errors import PasswordNeededError, UnreadableError, UserError
from app.domain.page import PageFailed, PageRead, corners_of, pack_page, plain_corners
from app.domain.said import PageEdges
from app.importing.reader import DocumentReader
from app.jobs import Cancelled, Progress
from app.operations.facts import sift_papers
from app.operations.ids import new_id
from app.operations.intake import clean_name
from app.storage.derived import Derived, PageRecord, Waiting
from app.storage.queries.facts import edges_set
from app.storage.queries.papers import document_parts, locked_parts, page_refs

_LANES: Final = 2
_ROUND: Final = 50

Corners = Mapping[int, tuple[float, ...] | None]
"""Edges set by hand, by page; None says to leave the photo as it is."""
_COMMIT_SECONDS: Final = 0.4
_COMMIT_PAGES: Final = 40
"""Pages are committed this often: a crash costs at most so much reading, a commit costs little."""


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """How many originals were read, and why others could not be: (name, reason)."""

    read: int
    failed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Came:
    """A page of an original, or its end: how many pages it has, or why it failed."""

    of: Waiting
    page: PageRead | PageFailed | None = None
    count: int | None = None
    error: UnreadableError | None = None
    corners: Corners = field(default_factory=dict[int, tuple[float, ...] | None])


@dataclass(frozen=True, slots=True)
class _Todo:
    """An original to read, its pages that are kept already, and the edges set by hand."""

    of: Waiting
    known: frozenset[int]
    corners: Corners


@dataclass
class _Tally:
    read: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    total: int = 0

    @property
    def done(self) -> int:
        return self.read + len(self.failed)


def read_waiting(
    binder: Binder, reader: DocumentReader, progress: Progress, *, sifts: bool = True
) -> ReadingResult:
    """Read everything in the queue; what was read before a Cancel stays read.

    `sifts` looks for values in each paper as soon as its pages are read. That takes longer than
    reading the text of a PDF; without it they are looked for when they are asked for.

    Raises:
        Cancelled: the person asked to stop; the queue goes on another time.
    """
    tally = _Tally()
    tried: set[str] = set()
    while True:
        with binder.deriving("Reading") as derived:
            waiting = [item for item in derived.waiting(_ROUND) if item.sha256 not in tried]
            known = derived.read_pages([item.sha256 for item in waiting])
        if not waiting:
            if sifts:
                sift_papers(binder, reader, progress)
            return ReadingResult(tally.read, tuple(tally.failed))
        tried.update(item.sha256 for item in waiting)
        tally.total += len(waiting)
        todo = [
            _Todo(item, known.get(item.sha256, frozenset()), _edges(binder, item.sha256))
            for item in waiting
        ]
        _read_round(_Desk(binder, reader, tally, progress, sifts), todo)


def _edges(binder: Binder, sha256: str) -> Corners:
    """Return the corners that a person has set, by page."""
    return {
        edges.page: corners_of(edges.corners) or None for edges in binder.ask(edges_set, sha256)
    }


def _read_round(desk: _Desk, items: list[_Todo]) -> None:
    """Read some originals on a few lanes and commit what they bring."""
    todo: queue.SimpleQueue[_Todo] = queue.SimpleQueue()
    for item in items:
        todo.put(item)
    came: queue.SimpleQueue[_Came | BaseException | None] = queue.SimpleQueue()
    stop = threading.Event()
    lanes = [
        threading.Thread(
            target=_lane, args=(desk.binder, desk.reader, todo, came, stop), name="reading"
        )
        for _ in range(min(_LANES, len(items)))
    ]
    for lane in lanes:
        lane.start()
    try:
        _commit_as_it_comes(desk, came, len(lanes))
    finally:
        stop.set()
        for lane in lanes:
            lane.join()


def _lane(
    binder: Binder,
    reader: DocumentReader,
    todo: queue.SimpleQueue[_Todo],
    came: queue.SimpleQueue[_Came | BaseException | None],
    stop: threading.Event,
) -> None:
    try:
        while not stop.is_set():
            try:
                item = todo.get_nowait()
            except queue.Empty:
                break
            for news in _read_one(binder, reader, item, _Stop(stop)):
                came.put(news)
    except Cancelled:
        pass
    except BaseException as error:  # noqa: BLE001 - handed on to the job that waits for it
        came.put(error)
    finally:
        came.put(None)


@dataclass(frozen=True, slots=True)
class _Stop:
    """The progress of one lane: it only knows when to stop."""

    event: threading.Event

    def step(self, done: int, total: int, note: str = "") -> None:  # noqa: ARG002
        if self.event.is_set():
            raise Cancelled


def _read_one(
    binder: Binder, reader: DocumentReader, todo: _Todo, progress: Progress
) -> Iterator[_Came]:
    """Read the pages of an original that are not known yet; all together are its pages."""
    item, numbers = todo.of, set(todo.known)
    try:
        with binder.vault.lend(item.sha256) as path:
            for page in reader.read(
                path, media_type=item.media_type, password=item.password,
                progress=progress, skip=todo.known, corners=todo.corners,
            ):  # fmt: skip
                numbers.add(page.number)
                yield _Came(item, page=page, corners=todo.corners)
        yield _Came(item, count=len(numbers), corners=todo.corners)
    except UnreadableError as error:
        yield _Came(item, error=error)
    except UserError as error:
        yield _Came(item, error=UnreadableError(str(error)))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the committing thread works with."""

    binder: Binder
    reader: DocumentReader
    tally: _Tally
    progress: Progress
    sifts: bool


def _commit_as_it_comes(
    desk: _Desk, came: queue.SimpleQueue[_Came | BaseException | None], lanes: int
) -> None:
    tally, progress = desk.tally, desk.progress
    held: list[_Came] = []
    last_commit = time.monotonic()
    try:
        while lanes:
            progress.step(tally.done, tally.total, _note(held))
            try:
                news = came.get(timeout=_COMMIT_SECONDS)
            except queue.Empty:
                pass
            else:
                if isinstance(news, BaseException):
                    raise news
                if news is None:
                    lanes -= 1
                else:
                    held.append(news)
            if len(held) >= _COMMIT_PAGES or time.monotonic() - last_commit >= _COMMIT_SECONDS:
                held, last_commit = _commit(desk, held), time.monotonic()
    finally:
        _keep_held(desk, held)


def _note(held: list[_Came]) -> str:
    return f"Reading {clean_name(held[-1].of.name)}" if held else "Reading"


def _commit(desk: _Desk, held: list[_Came]) -> list[_Came]:
    """Keep what came and sift the papers that are whole now; return the list to go on with."""
    _keep_held(desk, held)
    ended = {news.of.sha256 for news in held if news.page is None}
    if ended and desk.sifts:
        sift_papers(desk.binder, desk.reader, desk.progress, digests=ended)
    return []


def _keep_held(desk: _Desk, held: list[_Came]) -> None:
    """Write what came in one transaction."""
    if held:
        with desk.binder.deriving("Reading") as derived:
            current = [news for news in held if _is_current(desk.binder, news)]
            _keep(derived, current, desk.tally)


def _is_current(binder: Binder, news: _Came) -> bool:
    """Say whether a photo was read with the edges it has now; else it waits to be read anew."""
    is_photo = news.of.media_type.startswith("image/")
    return not is_photo or news.corners == _edges(binder, news.of.sha256)


def _keep(derived: Derived, held: list[_Came], tally: _Tally) -> None:
    """Keep the pages, then what became of the originals whose last page is among them."""
    read = [(news.of.sha256, news.page) for news in held if news.page]
    derived.keep_all([(sha256, _record(page)) for sha256, page in read])
    derived.keep_thumbnails(
        {
            sha256: page.thumbnail
            for sha256, page in read
            if isinstance(page, PageRead) and page.number == 1 and page.thumbnail
        }
    )
    ended = {news.of.sha256: news.of.name for news in held if news.count is not None}
    reasons = derived.finish_all(
        {news.of.sha256: news.count for news in held if news.count is not None}
    )
    tally.read += len(ended) - len(reasons)
    tally.failed += [(ended[sha256], reason) for sha256, reason in reasons.items()]
    for news in held:
        if news.error:
            needs = isinstance(news.error, PasswordNeededError)
            reason = str(news.error)
            derived.fail(news.of.sha256, reason, page_count=None, needs_password=needs)
            tally.failed.append((news.of.name, reason))


def _record(page: PageRead | PageFailed) -> PageRecord:
    if isinstance(page, PageFailed):
        return PageRecord(page.number, 612, 792, 0, "none", None, "", failed=page.reason)
    return PageRecord(
        page=page.number,
        width_pt=round(page.width_pt),
        height_pt=round(page.height_pt),
        turned=page.turned,
        how=page.text.how,
        packed=pack_page(page.text),
        words=page.text.text,
        corners=plain_corners(page.corners) if page.corners else None,
    )


def give_password(binder: Binder, reader: DocumentReader, document_id: str, password: str) -> None:
    """Open a protected paper with its password, remember it, and put the paper into the queue.

    Raises:
        PasswordNeededError: the password is wrong.
        UserError: there is no such paper.
    """
    locked = binder.ask(locked_parts, document_id)
    for part in locked:
        with binder.vault.lend(part.sha256) as path:
            reader.inspect(path, media_type=part.media_type, password=password)
    with binder.deriving("Give a password") as derived:
        for part in locked:
            derived.keep_password(part.sha256, password)


def read_again(binder: Binder, document_id: str) -> None:
    """Put a paper into the queue once more; what a person typed about it stays as it is."""
    with binder.deriving("Read again") as derived:
        for part in binder.ask(document_parts, document_id):
            derived.again(part.sha256)


def set_page_edges(
    binder: Binder, document_id: str, page: int, corners: Sequence[float] | None
) -> None:
    """Say where the sheet lies in a photo, or that the photo is to stay as it is; read it anew.

    `corners` are eight fractions of the photo, clockwise from top left. The original is not
    touched; one undo step takes the edges back.

    Raises:
        UserError: there is no such page, or these are no corners of a sheet.
    """
    refs = binder.ask(page_refs, document_id)
    if not 1 <= page <= len(refs) or not refs[page - 1].media_type.startswith("image/"):
        raise UserError("Only a photo has edges that can be set. Choose a page that is a photo.")
    if corners is not None and (len(corners) != 8 or not all(0 <= at <= 1 for at in corners)):
        raise UserError("Put the four corners on the sheet, one at each of its corners.")
    ref = refs[page - 1]
    with binder.operation("Set the edges of a page") as work:
        for edges in work.page_edges.where(sha256=ref.sha256, page=ref.page_of_part):
            work.page_edges.remove(edges.id)
        work.page_edges.add(
            PageEdges(
                id=new_id(),
                sha256=ref.sha256,
                page=ref.page_of_part,
                corners=plain_corners(corners or ()),
                author_id=binder.author_id,
                added_at=binder.now(),
            )
        )
        work.derived.read_anew(ref.sha256)
