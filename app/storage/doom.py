"""Originals that must be destroyed although the power may fail first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from app.storage.facts import fact, forget_fact, set_fact

_NAME: Final = "originals to destroy"


def note(connection: Connection, digests: Sequence[str]) -> None:
    """Add originals to the list, in the transaction that takes their papers away."""
    if digests:
        set_fact(connection, _NAME, json.dumps([*noted(connection), *digests]))


def noted(connection: Connection) -> tuple[str, ...]:
    """Return the originals on the list."""
    return tuple(json.loads(fact(connection, _NAME) or "[]"))


def clear(connection: Connection) -> None:
    """Empty the list: they are gone."""
    forget_fact(connection, _NAME)
