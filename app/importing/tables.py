"""Tables of portals and custodians: what the operations ask. Decoding happens in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from app.importing.reading import in_words
from app.importing.tables_text import RawRow
from app.jobs import Progress
from app.workers import WorkerPool

_TASK: Final = "app.importing.tables_file:read"
_KINDS: Final = frozenset(("csv", "html", "ofx"))
_TOO_HARD: Final = (
    "This file is too large or too complicated to open safely. "
    "Download a shorter time, and use that file."
)


@dataclass(frozen=True, slots=True)
class RawTable:
    """What a file holds: all its rows that are not blank, in their order, and which bytes.

    `kind` is csv, html or ofx. `had_zeros` tells that zero bytes were dropped.
    """

    rows: tuple[RawRow, ...]
    kind: str
    sha256: str
    had_zeros: bool = False


def read_table(
    workers: WorkerPool, path: Path, progress: Progress, *, most: int | None = None
) -> RawTable:
    """Read the rows of a file in a worker process; the first `most` or a few more, if told.

    Raises:
        UnreadableError: it is no table, damaged, or too large; the sentence says why.
        Cancelled: the person asked to stop.
    """
    rows: list[RawRow] = []
    known: dict[str, str] = {}  # the same words many times are kept once
    with in_words(_TOO_HARD):
        for reply in workers.stream(_TASK, {"path": str(path), "most": most}):
            values = reply.values
            if "rows" not in values:
                return _table(values, tuple(rows))
            rows += [_row(each, known) for each in _list(values["rows"])]
            progress.step(len(rows), 0, "Reading the table")
        raise ValueError("the task did not say what the file is")


def _row(told: Any, known: dict[str, str]) -> RawRow:
    match told:
        case [int(row), str(reason)]:
            return RawRow(row, reason=reason)
        case [int(row), list()]:
            cells = _list(told[1])
            if all(isinstance(cell, str) for cell in cells):
                return RawRow(row, tuple(known.setdefault(cell, cell) for cell in cells))
        case _:
            pass
    raise ValueError("not a row")


def _table(values: dict[str, Any], rows: tuple[RawRow, ...]) -> RawTable:
    sha256, kind, zeros = values.get("sha256"), values.get("kind"), values.get("zeros")
    if not isinstance(sha256, str) or kind not in _KINDS or not isinstance(zeros, bool):
        raise ValueError("not what a file is")
    return RawTable(rows, str(kind), sha256, zeros)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")  # noqa: TRY004 - the pool's word for a wrong reply
    return cast("list[Any]", value)
