"""The papers that a page lists, asked for on a thread and kept up to date by the news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.binder import Binder
from app.changes import Changes
from app.domain.person import Person
from app.storage.queries.claims import ClaimRow, claim_rows
from app.storage.queries.papers import PaperRow, paper_rows
from app.storage.queries.records import all_people
from ui.desk import Desk

_ALL = ("document", "claim", "person", "part")


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a page, the newest first, and what their forms choose from."""

    rows: tuple[PaperRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    people: tuple[Person, ...] = ()


class PaperFeed(QObject):
    """Asks for all papers, or those of the Inbox; one question at a time, the newest wins.

    `arrived` comes in the window's thread when `papers` is new. News of pages that were read
    only fetch the papers they are about: a thousand papers being read cost no thousand lists.
    """

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject, *, inbox: bool) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inbox = inbox
        self._asking = False
        self._wants_all = False
        self._wanted: set[str] = set()
        self.papers = Papers()

    @property
    def is_current(self) -> bool:
        """Whether `papers` answers the newest question: nothing further is on its way."""
        return not self._asking and not self._wants_all

    def hear(self, changes: Changes) -> None:
        """Ask again for what changed, if any of it is listed."""
        if changes.of(*_ALL):
            self.reload()
        elif changes.of("reading"):
            self._wanted |= changes.ids["reading"]
            self._ask()

    def reload(self) -> None:
        """Ask again for everything."""
        self._wants_all = True
        self._ask()

    def _ask(self) -> None:
        if self._asking or not (self._wants_all or self._wanted):
            return
        self._asking = True
        binder, inbox, before = self._desk.binder, self._inbox, self.papers
        wanted = None if self._wants_all else frozenset(self._wanted)
        self._wants_all, self._wanted = False, set()
        self._desk.quick.run(
            "",
            lambda _progress: _asked(binder, before, inbox=inbox, only=wanted),
            self._take,
            self._refused,
            owner=self,
        )

    def _take(self, papers: Papers) -> None:
        self._asking = False
        self.papers = papers
        self.arrived.emit()
        self._ask()

    def _refused(self, error: BaseException) -> None:
        self._asking = False
        self._desk.quick.failed.emit(error)


def _asked(binder: Binder, before: Papers, *, inbox: bool, only: Iterable[str] | None) -> Papers:
    if only is None:
        return Papers(
            binder.ask(paper_rows, inbox=inbox), binder.ask(claim_rows), binder.ask(all_people)
        )
    fresh = {row.id: row for row in binder.ask(paper_rows, inbox=inbox, only=only)}
    rows = tuple(fresh.get(row.id, row) for row in before.rows)
    return Papers(rows, before.claims, before.people)


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
