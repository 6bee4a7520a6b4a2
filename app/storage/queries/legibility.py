"""What is known of how well the pages of papers can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, or_, select

from app.storage.schema import documents, pages, parts, readings

_AT_ONCE: Final = 500  # ids in one question; SQLite takes only so many values


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A page of a paper, or an original as a whole that could not be read.

    `kind` is that of the paper, `how` as `app.domain.page` has it. `packed` is the text of a page
    that was read from its picture, as `pack_page` packs it.
    """

    document_id: str
    kind: str | None
    is_failed: bool
    how: str | None
    packed: bytes | None


def looked_at(connection: Connection, document_ids: Iterable[str]) -> tuple[LookedAt, ...]:
    """What was read of these papers, and what could not be.

    Originals that wait to be read, or for a password, have nothing yet.
    """
    wanted = sorted(document_ids)
    was_tried = or_(
        pages.c.page.is_not(None), (readings.c.state == "failed") & (readings.c.needs_password == 0)
    )
    found: list[LookedAt] = []
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(documents.c.id, documents.c.kind, pages.c.how, pages.c.failed, pages.c.text)
            .join(parts, parts.c.document_id == documents.c.id)
            .join(readings, readings.c.sha256 == parts.c.sha256)
            .outerjoin(pages, pages.c.sha256 == parts.c.sha256)
            .where(documents.c.id.in_(wanted[start : start + _AT_ONCE]), was_tried)
        )
        for key, kind, how, failed, packed in connection.execute(query):
            is_failed = how is None or failed is not None
            found.append(LookedAt(key, kind, is_failed, how, packed if how == "ocr" else None))
    return tuple(found)
