"""What can be undone and redone: kept in the binder, so that it survives a restart.

A step is its label and its edits. A new step forgets the ones that had been undone. Steps older
than `KEPT` are forgotten, oldest first.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from app.domain.errors import UserError
from app.domain.money import Money
from app.storage.repository import Edit, apply_edit, fetch, record_of, values_of
from app.storage.schema import history

KEPT: Final = 300
_DIGEST: Final = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Step:
    """An operation that was done: its place in the history, its label and its edits."""

    number: int
    label: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the Edit menu shows: the label of the step to undo and of the one to redo."""

    undo: str | None
    redo: str | None


def remember(connection: Connection, label: str, edits: Sequence[Edit], at: datetime) -> None:
    """Write the step of the operation that is about to commit."""
    connection.execute(delete(history).where(history.c.undone == 1))
    connection.execute(
        insert(history).values(label=label, done_at=at, undone=0, edits=_pack(edits))
    )
    newest = connection.execute(select(func.max(history.c.number))).scalar_one()
    connection.execute(delete(history).where(history.c.number <= newest - KEPT))


def labels(connection: Connection) -> Labels:
    """Return what can be undone and redone now."""
    return Labels(*(_label(connection, undone) for undone in (False, True)))


def take_back(connection: Connection) -> Step | None:
    """Undo the newest step that is done; return it with its edits inverted, or None."""
    return _turn(connection, undone=False)


def do_again(connection: Connection) -> Step | None:
    """Redo the step that was undone last; return it, or None."""
    return _turn(connection, undone=True)


def forget_all(connection: Connection) -> None:
    """Empty the history: what was deleted forever must not come back."""
    connection.execute(delete(history))


def digests_named(connection: Connection) -> frozenset[str]:
    """Return the digest of each original that a step names, done or undone."""
    packed = connection.execute(select(history.c.edits)).scalars()
    return frozenset(
        found.decode() for edits in packed for found in _DIGEST.findall(zlib.decompress(edits))
    )


def _next(connection: Connection, *, undone: bool) -> Any | None:
    order = history.c.number.asc() if undone else history.c.number.desc()
    query = select(history).where(history.c.undone == int(undone)).order_by(order).limit(1)
    return connection.execute(query).one_or_none()


def _label(connection: Connection, undone: bool) -> str | None:  # noqa: FBT001 - mapped over both
    row = _next(connection, undone=undone)
    return None if row is None else str(row.label)


def _turn(connection: Connection, *, undone: bool) -> Step | None:
    row = _next(connection, undone=undone)
    if row is None:
        return None
    edits = _unpack(row.edits)
    if not undone:
        edits = tuple(edit.inverse for edit in reversed(edits))
    for edit in edits:
        if fetch(connection, edit.kind, edit.key) != edit.before:
            raise UserError(
                f"“{row.label}” cannot be undone or redone: it was changed in another way since."
            )
        apply_edit(connection, edit)
    connection.execute(
        update(history).where(history.c.number == row.number).values(undone=int(not undone))
    )
    return Step(row.number, row.label, edits)


def _pack(edits: Iterable[Edit]) -> bytes:
    rows = [[edit.kind, edit.key, _plain(edit.before), _plain(edit.after)] for edit in edits]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), 6)


def _unpack(packed: bytes) -> tuple[Edit, ...]:
    rows = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return tuple(
        Edit(k, key, _record(k, before), _record(k, after)) for k, key, before, after in rows
    )


def _plain(record: Any | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {name: _tagged(value) for name, value in values_of(record).items() if value is not None}


def _tagged(value: Any) -> Any:
    """Return a JSON value that tells its type: dates and money are pairs."""
    match value:
        case datetime():
            return ["at", value.isoformat()]
        case date():
            return ["on", value.isoformat()]
        case Money():
            return ["cents", value.cents]
        case _:
            return value


_READERS: Final = {"at": datetime.fromisoformat, "on": date.fromisoformat, "cents": Money}


def _record(kind: str, plain: dict[str, Any] | None) -> Any | None:
    if plain is None:
        return None
    values = {
        name: _READERS[value[0]](value[1]) if isinstance(value, list) else value
        for name, value in plain.items()
    }
    return record_of(kind, values)
