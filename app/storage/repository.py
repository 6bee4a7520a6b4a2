"""Records in and out of their tables, remembering each change.

Undo and the news of a change both fall out of the list of edits that a unit of work collects.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from app.domain.errors import UserError
from app.storage.schema import RECORD_TABLES

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Edit:
    """One row before and after; None where it was not there."""

    kind: str
    key: str
    before: Any | None
    after: Any | None

    @property
    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.kind, self.key, self.after, self.before)


def values_of(record: Any) -> dict[str, Any]:
    """Return a record's fields by name; values stay as the domain has them."""
    return {name: getattr(record, name) for name in record.__slots__}


def record_of(kind: str, row: Mapping[Any, Any]) -> Any:
    """Return the record that a row of its table stands for."""
    return RECORD_TABLES[kind][1](**row)


def fetch(connection: Connection, kind: str, key: str) -> Any | None:
    """Return a record as it is stored now, or None."""
    table, _ = RECORD_TABLES[kind]
    row = connection.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
    return None if row is None else record_of(kind, row)


def apply_edit(connection: Connection, edit: Edit) -> None:
    """Carry one edit out, without asking what is there."""
    table: Table = RECORD_TABLES[edit.kind][0]
    if edit.after is None:
        connection.execute(delete(table).where(table.c.id == edit.key))
    elif edit.before is None:
        connection.execute(insert(table).values(values_of(edit.after)))
    else:
        connection.execute(
            update(table).where(table.c.id == edit.key).values(values_of(edit.after))
        )


class Repository(Generic[R]):
    """The records of one kind inside one transaction."""

    def __init__(self, kind: str, name: str, connection: Connection, edits: list[Edit]) -> None:
        self._kind = kind
        self._name = name
        self._connection = connection
        self._edits = edits

    def find(self, key: str | None) -> R | None:
        """Return a record, or None if there is none of that id."""
        return None if key is None else fetch(self._connection, self._kind, key)

    def get(self, key: str) -> R:
        """Return a record.

        Raises:
            UserError: there is none of that id.
        """
        found = self.find(key)
        if found is None:
            raise UserError(f"There is no {self._name} “{key}” in this binder.")
        return found

    def where(self, **equal: Any) -> tuple[R, ...]:
        """Return the records whose fields equal the given values, in the order of their ids."""
        table, _ = RECORD_TABLES[self._kind]
        query = select(table).order_by(table.c.id)
        for name, value in equal.items():
            query = query.where(
                table.c[name].is_(None) if value is None else table.c[name] == value
            )
        rows = self._connection.execute(query).mappings()
        return tuple(record_of(self._kind, row) for row in rows)

    def among(self, name: str, values: Collection[str]) -> tuple[R, ...]:
        """Return the records whose field is one of the given values, in the order of their ids."""
        table, _ = RECORD_TABLES[self._kind]
        wanted = select(func.json_each(json.dumps(sorted(values))).table_valued("value").c.value)
        query = select(table).where(table.c[name].in_(wanted)).order_by(table.c.id)
        rows = self._connection.execute(query).mappings()
        return tuple(record_of(self._kind, row) for row in rows)

    def add(self, record: R) -> R:
        """Store a new record and return it."""
        self._write(Edit(self._kind, record.id, None, record))  # type: ignore[attr-defined]
        return record

    def add_all(self, records: Sequence[R]) -> None:
        """Store new records at once, which is quicker than one by one."""
        if records:
            table, _ = RECORD_TABLES[self._kind]
            self._connection.execute(insert(table), [values_of(record) for record in records])
            self._edits += [
                Edit(self._kind, record.id, None, record)  # type: ignore[attr-defined]
                for record in records
            ]

    def save(self, record: R) -> R:
        """Replace the stored record of the same id; nothing happens if nothing differs."""
        key: str = record.id  # type: ignore[attr-defined]
        self._write(Edit(self._kind, key, self.get(key), record))
        return record

    def remove(self, key: str) -> None:
        """Take a record out; undo can bring it back."""
        self._write(Edit(self._kind, key, self.get(key), None))

    def _write(self, edit: Edit) -> None:
        if edit.before != edit.after:
            apply_edit(self._connection, edit)
            self._edits.append(edit)
