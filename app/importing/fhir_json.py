"""JSON from outside: read with bounds, and never guessing. Runs in a worker only.

Amounts are `Decimal`, never `float`. What JSON leaves open or forbids (a name twice in one object,
NaN, numbers of a million digits) is kept visible, so that the one record it stands in can be
refused in words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, cast

from app.domain.errors import UnreadableError

MOST_BYTES: Final = 512 << 20
"""Of a file with one record a line."""
MOST_BYTES_AT_ONCE: Final = 48 << 20
"""Of one JSON value, which must fit into memory."""
DEEPEST: Final = 80
"""Objects and lists inside one another; an explanation of benefits has about ten."""

TWICE: Final = "\0twice"
"""The key under which an object keeps the first of its names that came twice."""

TOO_LARGE: Final = (
    "This file is too large or too complicated to open safely. Ask for it with one record a line "
    "(NDJSON), or for a shorter time, and use that one."
)
NOT_JSON: Final = (
    "This file is damaged or incomplete: it is not JSON to its end. Download it again, "
    "and use that copy."
)
_LINE_NOT_JSON: Final = (
    "This line is damaged or incomplete: it is not JSON. Download the file again, and use that "
    "copy."
)
_LINE_TOO_LARGE: Final = (
    "This line is too long to open safely. Ask for it in smaller parts, and use those."
)
_LONGEST_NUMBER: Final = 40


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON value of a file: its row (the first is 1), or why it cannot be read.

    `is_whole` says that the file holds nothing else.
    """

    row: int
    value: Any = None
    reason: str = ""
    is_whole: bool = False


def looks_like_json(head: bytes) -> bool:
    """Say whether a file may be JSON, from its first bytes."""
    return _text(head[:64]).lstrip().startswith(("{", "["))


def records(path: Path) -> Iterator[Record]:
    """Yield the one JSON value of a file, or that of each line; rows are then line numbers.

    Raises:
        UnreadableError: the file is too large, or no JSON from its first line on.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UnreadableError(TOO_LARGE)
    if size <= MOST_BYTES_AT_ONCE:
        whole = _parsed(1, path.read_bytes(), NOT_JSON)
        if not whole.reason:
            yield replace(whole, is_whole=True)
            return
    yield from _lines(path)


def _lines(path: Path) -> Iterator[Record]:
    first = True
    with path.open("rb") as file:
        row = 0
        while line := file.readline(MOST_BYTES_AT_ONCE + 1):
            row += 1
            if len(line) > MOST_BYTES_AT_ONCE:
                if first:
                    raise UnreadableError(TOO_LARGE)
                while not line.endswith(b"\n") and (line := file.readline(MOST_BYTES_AT_ONCE)):
                    pass
                yield Record(row, reason=_LINE_TOO_LARGE)
                continue
            if not line.strip():
                continue
            record = _parsed(row, line, _LINE_NOT_JSON)
            if first and record.reason:
                raise UnreadableError(NOT_JSON)
            first = False
            yield record


def _parsed(row: int, data: bytes, damaged: str) -> Record:
    try:
        value: object = json.loads(
            _text(data),
            object_pairs_hook=_object,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_number,
        )
    except (ValueError, RecursionError):
        return Record(row, reason=damaged)
    return Record(row, value)


def _text(data: bytes) -> str:
    """Return text from UTF-8, or UTF-16 with its mark; bytes that are neither stay visible."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        made[TWICE] = next(name for name in names if names.count(name) > 1)
    return made


def _number(written: str) -> Decimal:
    """Read a number; what is none, or is absurdly long, becomes NaN."""
    if len(written) > _LONGEST_NUMBER:
        return Decimal("NaN")
    try:
        number = Decimal(written)
    except InvalidOperation:
        return Decimal("NaN")
    is_usual = number.is_finite() and abs(number.adjusted()) <= _LONGEST_NUMBER
    return number if is_usual else Decimal("NaN")


def flaw_in(value: Any) -> str | None:
    """Say in a sentence what makes a value unfit to be trusted, or None."""
    todo: list[tuple[Any, int]] = [(value, 1)]
    while todo:
        item, depth = todo.pop()
        if depth > DEEPEST:
            return "It nests too deep to be an explanation of benefits."
        if isinstance(item, dict):
            members = cast("dict[str, Any]", item)
            if TWICE in members:
                name = str(members[TWICE])[:40]
                return (
                    f"“{name}” stands twice in the same place, so nobody can tell which one holds. "
                    "Ask the sender for a correct file."
                )
            todo += [(member, depth + 1) for member in members.values()]
        elif isinstance(item, list):
            todo += [(member, depth + 1) for member in cast("list[Any]", item)]
    return None


def an_object(value: Any) -> dict[str, Any]:
    """Return an object as it is, and an empty one for all else; of a list its first."""
    if isinstance(value, list) and value:
        value = cast("list[Any]", value)[0]
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def a_list(value: Any) -> list[Any]:
    """Return a list as it is, and an empty one for all else."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; one that stands alone counts as a list of one."""
    items = cast("list[Any]", value) if isinstance(value, list) else [value]
    return [cast("dict[str, Any]", item) for item in items if isinstance(item, dict)]


def words(value: Any, most: int = 200) -> str:
    """Return a text on one line and of bounded length; a number as it is written; else nothing."""
    if isinstance(value, Decimal):
        return str(value) if value.is_finite() else ""
    if not isinstance(value, str):
        return ""
    shown = "".join(letter if letter.isprintable() else " " for letter in value[: most * 2])
    return " ".join(shown.split())[:most]
