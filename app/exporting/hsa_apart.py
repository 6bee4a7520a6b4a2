"""What of a large HSA summary is typeset apart: long chapters in parts, covers by the dozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from app.exporting.inlays import COVERS, Inlay

_TEMPLATE: Final = "hsa_inlay.typ"
_MANY: Final = 120
"""Rows from which a chapter is set apart; the summaries of most people have fewer in all."""
_AT_ONCE: Final = 250
_MANY_COVERS: Final = 60
_COVERS_AT_ONCE: Final = 40
_COMMON: Final = ("basis", "short-basis", "holder", "report")

Chapter = Mapping[str, Any]


def set_apart(front: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Inlay, ...]]:
    """Return what is left to print with the rest, and what is set apart."""
    common = {name: front[name] for name in _COMMON}
    inlays: list[Inlay] = []
    left: list[Chapter] = []
    for chapter in front["chapters"]:
        if _rows_in(chapter) <= _MANY:
            left.append(chapter)
            continue
        parts = ({**common, "chapters": [part], "covers": []} for part in _divided(chapter))
        inlays.append(Inlay(chapter["title"], _TEMPLATE, tuple(parts)))
        left.append({"kind": "", "title": chapter["title"]})
    exhibits = front["exhibits"]
    if len(exhibits) > _MANY_COVERS:
        groups = (
            exhibits[at : at + _COVERS_AT_ONCE] for at in range(0, len(exhibits), _COVERS_AT_ONCE)
        )
        covers = ({**common, "chapters": [], "covers": group} for group in groups)
        inlays.append(Inlay(COVERS, _TEMPLATE, tuple(covers)))
    return {**front, "chapters": left}, tuple(inlays)


def _rows_in(chapter: Chapter) -> int:
    """Return how many rows a chapter prints; those of a ledger and of withdrawals lie deeper."""
    rows = chapter["rows"]
    match chapter["kind"]:
        case "ledger":
            return sum(len(group["rows"]) for group in rows)
        case "withdrawals":
            return sum(1 + len(row["parts"]) for row in rows)
        case _:
            return len(rows)


def _divided(chapter: Chapter) -> list[dict[str, Any]]:
    """Return a chapter in parts: the first has its head, the last its sums."""
    match chapter["kind"]:
        case "ledger":
            parts = [[group] for whole in chapter["rows"] for group in _groups(whole)]
        case "withdrawals":
            parts = list(_bunches([each for row in chapter["rows"] for each in _shares(row)]))
        case _:
            parts = list(_runs(chapter["rows"]))
    last = len(parts) - 1
    return [
        {
            **chapter,
            "rows": rows,
            **({"title": "", "note": ""} if place else {}),
            **(_UNSUMMED.get(chapter["kind"], {}) if place < last else {}),
        }
        for place, rows in enumerate(parts)
    ]


_UNSUMMED: Final[Mapping[str, Mapping[str, Any]]] = {
    "withdrawals": {"total": "", "sums": []},
    "table": {"total": []},
}
"""What a part has in place of the sums, where another part follows."""


def _groups(group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a group of the ledger in parts; the sums stand below the last."""
    runs = list(_runs(group["rows"]))
    for place, rows in enumerate(runs, start=1):
        sums = {} if place == len(runs) else {"total": None, "grand": None}
        yield {**group, "rows": rows, **sums, **({"name": ""} if place > 1 else {})}


def _shares(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a withdrawal in parts; the first names it, the last says what is left of it."""
    runs = list(_runs(row["parts"])) or [[]]
    for place, parts in enumerate(runs, start=1):
        named = {} if place == 1 else {"name": "", "amount": ""}
        yield {**row, **named, "parts": parts, **({} if place == len(runs) else {"rest": []})}


def _bunches(rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Yield withdrawals in bunches of about so many rows."""
    bunch: list[Mapping[str, Any]] = []
    size = 0
    for row in rows:
        bunch.append(row)
        size += 1 + len(row["parts"])
        if size >= _AT_ONCE:
            yield bunch
            bunch, size = [], 0
    if bunch:
        yield bunch


def _runs(rows: Sequence[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(rows), _AT_ONCE):
        yield list(rows[at : at + _AT_ONCE])
