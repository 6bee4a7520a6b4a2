"""What machines derive from originals: the reading queue, pages, thumbnails.

Keyed by the original's digest and never part of undo: text that arrives while a person undoes
something is simply there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.storage import search
from app.storage.schema import (
    originals,
    page_edges,
    pages,
    parts,
    passwords,
    readings,
    sifted_values,
    siftings,
    thumbnails,
)
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
    corners: str | None = None


@dataclass(frozen=True, slots=True)
class Sifting:
    """What was read in a paper that consists of the originals `made_of`, by which reader.

    `packed` as `app.domain.sifted_form` packs it; `values` are what the paper is matched by.
    """

    document_id: str
    made_of: str
    version: int
    packed: bytes
    values: frozenset[tuple[str, str]]


class Derived:
    """The machine's side of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.touched: set[str] = set()
        self.sifted: set[str] = set()

    def register(self, sha256: str, size: int, media_type: str, at: datetime) -> None:
        """Note an original and put it in the reading queue; one that is known stays as it is."""
        self.register_all([(sha256, size, media_type)], at)

    def register_all(self, kept: Sequence[tuple[str, int, str]], at: datetime) -> None:
        """Note originals (digest, size, media type), as `register` does, in this order."""
        if not kept:
            return
        known = [
            {"sha256": sha256, "size": size, "media_type": media_type, "stored_at": at}
            for sha256, size, media_type in kept
        ]
        self._connection.execute(upsert(originals).on_conflict_do_nothing(), known)
        queued = [
            {"sha256": sha256, "number": number, "state": "waiting", "needs_password": 0}
            for number, (sha256, _, _) in enumerate(kept, start=self._last_number() + 1)
        ]
        self._connection.execute(upsert(readings).on_conflict_do_nothing(), queued)
        self.touched.update(sha256 for sha256, _, _ in kept)

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

    def read_pages(self, digests: Collection[str]) -> dict[str, frozenset[int]]:
        """Return which pages of originals are kept, so that an interrupted reading goes on."""
        query = (
            "SELECT sha256, page FROM pages "
            "WHERE failed IS NULL AND sha256 IN (SELECT value FROM json_each(?))"
        )
        known: dict[str, set[int]] = {}
        for sha256, page in self._connection.exec_driver_sql(query, (_listed(digests),)):
            known.setdefault(sha256, set()).add(page)
        return {sha256: frozenset(numbers) for sha256, numbers in known.items()}

    def keep_pages(self, sha256: str, read: Iterable[PageRecord]) -> None:
        """Store pages and index their words; a page that is there already is replaced."""
        self.keep_all([(sha256, page) for page in read])

    def keep_all(self, read: Sequence[tuple[str, PageRecord]]) -> None:
        """Store pages of several originals, as `keep_pages` does; also their thumbnails.

        Nothing is kept of an original that was deleted forever while it was being read.
        """
        known = self._known({sha256 for sha256, _ in read})
        kept = [(sha256, page) for sha256, page in read if sha256 in known]
        if not kept:
            return
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO pages"
            "(sha256, page, width_pt, height_pt, turned, how, failed, text, corners) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (sha256, page.page, page.width_pt, page.height_pt, page.turned, page.how,
                 page.failed, page.packed, page.corners)
                for sha256, page in kept
            ],
        )  # fmt: skip
        search.put(
            self._connection,
            (Entry("page", sha256, "", page.words, page.page) for sha256, page in kept),
        )
        self.touched.update(sha256 for sha256, _ in kept)

    def keep_thumbnail(self, sha256: str, jpeg: bytes) -> None:
        """Store the small picture of the first page, as long as its original is there."""
        self.keep_thumbnails({sha256: jpeg})

    def keep_thumbnails(self, pictures: Mapping[str, bytes]) -> None:
        """Store the small pictures of several originals."""
        known = self._known(pictures)
        if kept := [(sha256, jpeg) for sha256, jpeg in pictures.items() if sha256 in known]:
            self._connection.exec_driver_sql(
                "INSERT OR REPLACE INTO thumbnails(sha256, jpeg) VALUES (?, ?)", kept
            )

    def finish(self, sha256: str, page_count: int) -> str | None:
        """Note that all pages were tried; return the reason if none of them could be read."""
        return self.finish_all({sha256: page_count}).get(sha256)

    def finish_all(self, page_counts: Mapping[str, int]) -> dict[str, str]:
        """Note of several originals that all pages were tried; return why some cannot be read.

        One of which no page could be read has failed; its first reason stands for all.
        """
        query = (
            "SELECT sha256, min(failed) FROM pages "
            "WHERE sha256 IN (SELECT value FROM json_each(?)) "
            "GROUP BY sha256 HAVING count(failed) = count(*)"
        )
        rows = self._connection.exec_driver_sql(query, (_listed(page_counts),))
        failed = {sha256: str(reason) for sha256, reason in rows}
        done = [(count, sha256) for sha256, count in page_counts.items() if sha256 not in failed]
        if done:
            self._connection.exec_driver_sql(
                "UPDATE readings SET state = 'done', reason = NULL, needs_password = 0, pages = ? "
                "WHERE sha256 = ?",
                done,
            )
        for sha256, reason in failed.items():
            self.fail(sha256, reason, page_count=page_counts[sha256])
        self.touched.update(page_counts)
        self._sift_again(page_counts)
        return failed

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

    def read_anew(self, sha256: str) -> None:
        """Forget the pages of an original and put it back into the queue."""
        search.remove(self._connection, [("page", sha256)])
        self._connection.execute(delete(pages).where(pages.c.sha256 == sha256))
        self._sift_again([sha256])
        self.again(sha256)

    def keep_sifting(self, sifting: Sifting) -> None:
        """Store what was read in a paper.

        Nothing is kept of a paper that was deleted forever meanwhile.
        """
        key = sifting.document_id
        known = select(parts.c.id).where(parts.c.document_id == key).exists()
        if not self._connection.execute(select(known)).scalar_one():
            return
        self._forget_sifted([key])
        self._connection.exec_driver_sql(
            "INSERT INTO siftings(document_id, made_of, version, sifted) VALUES (?, ?, ?, ?)",
            (key, sifting.made_of, sifting.version, sifting.packed),
        )
        if sifting.values:
            self._connection.exec_driver_sql(
                "INSERT INTO sifted_values(document_id, name, value) VALUES (?, ?, ?)",
                [(key, name, value) for name, value in sorted(sifting.values)],
            )
        self.sifted.add(key)

    def forget_siftings(self) -> None:
        """Remove what was read in papers that are not there any more."""
        query = (
            "SELECT document_id FROM siftings WHERE document_id NOT IN (SELECT id FROM documents)"
        )
        self._forget_sifted(self._connection.exec_driver_sql(query).scalars().all())

    def _sift_again(self, digests: Collection[str]) -> None:
        """Forget what was read in the papers that these originals belong to."""
        query = "SELECT document_id FROM parts WHERE sha256 IN (SELECT value FROM json_each(?))"
        rows = self._connection.exec_driver_sql(query, (_listed(digests),))
        self._forget_sifted(rows.scalars().all())

    def _forget_sifted(self, document_ids: Collection[str]) -> None:
        for table in (siftings, sifted_values):
            self._connection.execute(delete(table).where(table.c.document_id.in_(document_ids)))

    def forget(self, sha256: str) -> None:
        """Remove all that is known of an original, and its row."""
        search.remove(self._connection, [("page", sha256)])
        for table in (pages, thumbnails, passwords, page_edges, readings, originals):
            self._connection.execute(delete(table).where(table.c.sha256 == sha256))
        self.touched.add(sha256)

    def documents_touched(self) -> frozenset[str]:
        """Return the papers that use an original this transaction has touched."""
        query = select(parts.c.document_id).where(parts.c.sha256.in_(self.touched))
        touched = self._connection.execute(query).scalars() if self.touched else ()
        return frozenset(touched) | self.sifted

    def _known(self, digests: Collection[str]) -> frozenset[str]:
        query = "SELECT sha256 FROM originals WHERE sha256 IN (SELECT value FROM json_each(?))"
        rows = self._connection.exec_driver_sql(query, (_listed(digests),))
        return frozenset(row[0] for row in rows)

    def _set(self, sha256: str, **values: object) -> None:
        query = update(readings).where(readings.c.sha256 == sha256)
        self._connection.execute(query.values(**values))
        self.touched.add(sha256)

    def _last_number(self) -> int:
        return self._connection.execute(select(func.max(readings.c.number))).scalar_one() or 0


def _listed(digests: Collection[str]) -> str:
    return json.dumps(sorted(digests))
