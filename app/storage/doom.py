"""Originals that must be destroyed although the power may fail first.

They are noted in the transaction that forgets them, and destroyed only after it: the next start
destroys what a power cut left. An original is never destroyed before its row is gone for good.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from app.storage.facts import fact, forget_fact, set_fact
from app.storage.history import digests_named
from app.storage.schema import originals
from app.storage.used import used_originals

_NAME: Final = "originals to destroy"


def note(connection: Connection, digests: Sequence[str]) -> None:
    """Add originals to the list, in the transaction that takes their papers away."""
    if digests:
        set_fact(connection, _NAME, json.dumps([*noted(connection), *digests]))


def unused(connection: Connection) -> tuple[str, ...]:
    """Return the known originals that nothing uses, such as those of an undone “Add”."""
    used = select(used_originals().c.sha256)
    query = select(originals.c.sha256).where(originals.c.sha256.not_in(used))
    return tuple(connection.execute(query).scalars())


def out_of_reach(connection: Connection) -> tuple[str, ...]:
    """Return the unused originals that no step of the history could take into use again.

    They are what bundles leave that made way for newer ones, once these steps are forgotten.
    """
    left = unused(connection)
    if not left:
        return ()
    named = digests_named(connection)
    return tuple(sha256 for sha256 in left if sha256 not in named)


def noted(connection: Connection) -> tuple[str, ...]:
    """Return the originals on the list."""
    return tuple(json.loads(fact(connection, _NAME) or "[]"))


def due(connection: Connection) -> tuple[str, ...]:
    """Return those on the list that are not in use again: the same paper may have come back."""
    known = set(connection.execute(select(originals.c.sha256)).scalars())
    return tuple(sha256 for sha256 in noted(connection) if sha256 not in known)


def clear(connection: Connection) -> None:
    """Empty the list: they are gone."""
    forget_fact(connection, _NAME)
