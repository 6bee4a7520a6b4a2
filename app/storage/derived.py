"""What machines derive from originals: the reading queue, pages, thumbnails.

Keyed by the original's digest and never part of undo: text that arrives while a person undoes
something is simply there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.storage import search
from app.storage.schema import originals, pages, parts, passwords, readings, thumbnails
from app.storage.search import Entry


@dataclass(frozen=True, slots=True)
class Waiting:
    """An original whose pages are still to be read."""

    sha256: str
    media_type: str
    size: int
    name: str
    password: str | None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page as it is kept: upright size in points, how the text was got, the packed text."""

    page: int
    width_pt: int
    height_pt: int
    turned: int
    how: str
    packed: bytes | None
    words: str
    failed: str | None = None


class Derived:
    """The machine's side of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.touched: set[str] = set()

    def register(self, sha256: str, size: int, media_type: str, at: datetime) -> None:
        """Note an original and put it in the reading queue; one that is known stays as it is."""
        known = upsert(originals).values(
            sha256=sha256, size=size, media_type=media_type, stored_at=at
        )
        self._connection.execute(known.on_conflict_do_nothing())
        queued = upsert(readings).values(
            sha256=sha256, number=self._last_number() + 1, state="waiting", needs_password=0
        )
        self._connection.execute(queued.on_conflict_do_nothing())
        self.touched.add(sha256)

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """Return the next originals to read, oldest first, as far as a paper still uses them."""
        name = select(func.min(parts.c.name)).where(parts.c.sha256 == readings.c.sha256)
        query = (
            select(
                readings.c.sha256,
                originals.c.media_type,
                originals.c.size,
                name.scalar_subquery(),
                passwords.c.password,
            )
            .join(originals, originals.c.sha256 == readings.c.sha256)
            .outerjoin(passwords, passwords.c.sha256 == readings.c.sha256)
            .where(
                readings.c.state == "waiting",
                select(parts.c.id).where(parts.c.sha256 == readings.c.sha256).exists(),
            )
            .order_by(readings.c.number)
            .limit(limit)
        )
        return [Waiting(*row) for row in self._connection.execute(query)]

    def read_pages(self, sha256: str) -> frozenset[int]:
        """Return which pages are already kept, so that an interrupted reading goes on."""
        query = select(pages.c.page).where(pages.c.sha256 == sha256, pages.c.failed.is_(None))
        return frozenset(self._connection.execute(query).scalars())

    def keep_pages(self, sha256: str, read: Iterable[PageRecord]) -> None:
        """Store pages and index their words; a page that is there already is replaced.

        Nothing is kept of an original that was deleted forever while it was being read.
        """
        if not self._knows(sha256):
            return
        read = tuple(read)
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO pages"
            "(sha256, page, width_pt, height_pt, turned, how, failed, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (sha256, page.page, page.width_pt, page.height_pt, page.turned, page.how,
                 page.failed, page.packed)
                for page in read
            ],
        )  # fmt: skip
        search.put(
            self._connection, (Entry("page", sha256, "", page.words, page.page) for page in read)
        )
        self.touched.add(sha256)

    def keep_thumbnail(self, sha256: str, jpeg: bytes) -> None:
        """Store the small picture of the first page, as long as its original is there."""
        if self._knows(sha256):
            self._connection.exec_driver_sql(
                "INSERT OR REPLACE INTO thumbnails(sha256, jpeg) VALUES (?, ?)", (sha256, jpeg)
            )

    def finish(self, sha256: str, page_count: int) -> str | None:
        """Note that all pages were tried; return the reason if none of them could be read."""
        good = func.count().filter(pages.c.failed.is_(None))
        query = select(good, func.min(pages.c.failed)).where(pages.c.sha256 == sha256)
        readable, reason = self._connection.execute(query).one()
        if readable or reason is None:
            self._set(sha256, state="done", reason=None, pages=page_count, needs_password=0)
            return None
        self.fail(sha256, reason, page_count=page_count)
        return str(reason)

    def fail(
        self, sha256: str, reason: str, *, page_count: int | None, needs_password: bool = False
    ) -> None:
        """Note why an original cannot be read; it is kept all the same."""
        self._set(
            sha256, state="failed", reason=reason, pages=page_count,
            needs_password=int(needs_password),
        )  # fmt: skip

    def again(self, sha256: str) -> None:
        """Put an original back into the queue."""
        self._set(sha256, state="waiting", reason=None)

    def keep_password(self, sha256: str, password: str) -> None:
        """Remember the password that opens an original, and read it again."""
        row = upsert(passwords).values(sha256=sha256, password=password)
        self._connection.execute(
            row.on_conflict_do_update(index_elements=["sha256"], set_={"password": password})
        )
        self.again(sha256)

    def forget(self, sha256: str) -> None:
        """Remove all that was derived from an original, and its row."""
        search.remove(self._connection, [("page", sha256)])
        for table in (pages, thumbnails, passwords, readings, originals):
            self._connection.execute(delete(table).where(table.c.sha256 == sha256))
        self.touched.add(sha256)

    def documents_touched(self) -> frozenset[str]:
        """Return the papers that use an original this transaction has touched."""
        query = select(parts.c.document_id).where(parts.c.sha256.in_(self.touched))
        return frozenset(self._connection.execute(query).scalars()) if self.touched else frozenset()

    def _knows(self, sha256: str) -> bool:
        query = select(originals.c.sha256).where(originals.c.sha256 == sha256)
        return self._connection.execute(query).first() is not None

    def _set(self, sha256: str, **values: object) -> None:
        query = update(readings).where(readings.c.sha256 == sha256)
        self._connection.execute(query.values(**values))
        self.touched.add(sha256)

    def _last_number(self) -> int:
        return self._connection.execute(select(func.max(readings.c.number))).scalar_one() or 0
