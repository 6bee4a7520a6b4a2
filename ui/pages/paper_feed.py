"""The papers that a page lists, asked for on a thread and kept up to date by the news."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from app.binder import Binder
from app.changes import Changes
from app.domain.person import Person
from app.storage.queries.claims import ClaimRow, claim_rows
from app.storage.queries.papers import PaperRow, paper_rows
from app.storage.queries.records import all_people, record
from ui.bridges import merged
from ui.desk import Desk

_LISTED = ("document", "reading", "part")
_SOME = 500
"""From so many papers on the whole list is asked for."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a page, the newest first, and what their forms choose from."""

    rows: tuple[PaperRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    people: tuple[Person, ...] = ()


class PaperFeed(QObject):
    """Asks for all papers, or those of the Inbox; one question at a time, the newest wins.

    `arrived` comes in the window's thread when `papers` is new. News of papers only fetch the
    papers they are about, and no sooner than the last answer took to come, twice over: a
    thousand papers coming in cost no thousand lists.
    """

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject, *, inbox: bool) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inbox = inbox
        self._asking = False
        self._wants_all = False
        self._news = Changes("")
        self._clock = QElapsedTimer()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask)
        self.papers = Papers()

    @property
    def is_current(self) -> bool:
        """Whether `papers` answers the newest question: nothing further is on its way."""
        return not (self._asking or self._wants_all or self._news.of(*_LISTED))

    def hear(self, changes: Changes) -> None:
        """Ask again for what changed, if any of it is listed."""
        self._wants_all |= changes.of("claim", "person")
        self._news = merged([self._news, changes])
        if not self._rest.isActive():
            self._ask()

    def reload(self) -> None:
        """Ask again for everything, at once."""
        self._wants_all = True
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._asking or self.is_current:
            return
        self._asking = True
        self._clock.start()
        binder, inbox, before = self._desk.binder, self._inbox, self.papers
        news = None if self._wants_all else self._news
        self._wants_all, self._news = False, Changes("")
        self._desk.quick.run(
            "",
            lambda _progress: _asked(binder, before, news, inbox=inbox),
            self._take,
            self._refused,
            owner=self,
        )

    def _take(self, papers: Papers) -> None:
        self._asking = False
        self.papers = papers
        self.arrived.emit()
        if self._wants_all:
            self._ask()
        else:
            self._rest.start(self._clock.elapsed() * 2)

    def _refused(self, error: BaseException) -> None:
        self._asking = False
        self._desk.quick.failed.emit(error)


def _asked(binder: Binder, before: Papers, news: Changes | None, *, inbox: bool) -> Papers:
    """Return everything, or what was there before with the papers of the news as they are now.

    Rows that are as before are the same objects, so that a list is compared in a moment.
    """
    if news and not _moves_parts(binder, news):
        wanted = _ids(news, "document") | _ids(news, "reading")
        if len(wanted) <= _SOME:
            fresh = binder.ask(paper_rows, inbox=inbox, only=wanted)
            rows = patched(before.rows, wanted, fresh)
            return Papers(rows, before.claims, before.people)
    known = {row.id: row for row in before.rows}
    rows = tuple(
        known[row.id] if known.get(row.id) == row else row
        for row in binder.ask(paper_rows, inbox=inbox)
    )
    return Papers(rows, binder.ask(claim_rows), binder.ask(all_people))


def _moves_parts(binder: Binder, news: Changes) -> bool:
    """Whether originals may have gone from one paper to another, which names only one of both.

    Adding a paper is told from joining, and from undo of either, by its reading that begins.
    """
    read = _ids(news, "reading")
    parts = (binder.ask(record, "part", key) for key in _ids(news, "part"))
    return any(part is None or part.document_id not in read for part in parts)


def _ids(news: Changes, kind: str) -> frozenset[str]:
    return news.ids.get(kind, frozenset())


def patched(
    before: Sequence[PaperRow], wanted: Collection[str], fresh: Sequence[PaperRow]
) -> tuple[PaperRow, ...]:
    """Return a list in which the wanted papers are as in `fresh`: changed, new, or gone."""
    now = {row.id: row for row in fresh}
    rows = [now.pop(row.id, row) for row in before if row.id in now or row.id not in wanted]
    if now:
        rows += now.values()
        rows.sort(key=lambda row: row.id)
        rows.sort(key=lambda row: row.added_at, reverse=True)
    return tuple(rows)


def row_of(papers: Papers, document_id: str) -> PaperRow | None:
    """Return the paper of this id, or None if it is not listed."""
    return next((row for row in papers.rows if row.id == document_id), None)


def rows_of(papers: Papers, document_ids: Iterable[str]) -> list[PaperRow]:
    """Return the papers of these ids that are listed, in the order of the list."""
    wanted = set(document_ids)
    return [row for row in papers.rows if row.id in wanted]


def open_claims(papers: Papers) -> list[ClaimRow]:
    """Return the claims that papers are likely to belong to."""
    over = ("won", "lost", "closed")
    return [row for row in papers.claims if row.status not in over]
