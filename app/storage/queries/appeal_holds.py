"""Which claims are still fought over, so that their money is not settled yet."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, exists, or_, select

from app.storage.schema import claims, denials

_DECIDED: Final = ("won", "lost", "closed")
"""Where a person or an answer has put an end to the claim, whatever its denials say."""
_STANDING: Final = ("open", "appealed")
"""A denial that is to be appealed, or whose appeal waits for its answer."""


def claims_under_appeal(connection: Connection) -> frozenset[str]:
    """The claims outside the trash with a “no” that still stands, or an appeal on its way."""
    stands = exists().where(denials.c.claim_id == claims.c.id, denials.c.standing.in_(_STANDING))
    query = select(claims.c.id).where(
        claims.c.trashed_at.is_(None),
        claims.c.status.not_in(_DECIDED),
        or_(stands, claims.c.status == "appealed"),
    )
    return frozenset(connection.execute(query).scalars())
