"""Reason codes of payers: CARC with the group in front, and RARC."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.importing.sifting.code_book import is_known_reason, is_known_remark, shape
from app.importing.sifting.found import Found
from app.importing.sifting.labelled import Room, Spot
from app.importing.sifting.pairs import Cell, Row
from app.importing.sifting.paper import Paper

_CUED, _COLUMN, _SHAPED, _BESIDE = 0.95, 0.93, 0.85, 0.8
_BARE: Final = 0.8  # a number alone after “reason code”, which payers also number themselves
_REACH: Final = 200
_BESIDE_REACH: Final = 40
_GROUP_REACH: Final = 60  # letters from “group code CO” to “reason code 50”
_LIST: Final = re.compile(r"(?:[\s,;/&|()+:•-]|\b(?:and|or|y|e)\b){0,12}")
_TOLD: Final = re.compile(
    r"carc\b|adjustment|reason code|remark|group code|denial code|adj\b|ajuste", re.I
)
_BRACKET_ENDS: Final = re.compile(r"\)|[,;/] ?(?:CO|PR|OA|PI|MA?|N)[ -]?\d")
_ENTRY: Final = re.compile(r" ?[:=–] ?\w| - ?\w")
"""What parts a code from its meaning in a list of them."""
_BLOCK_END: Final = re.compile(r"\n\n|\f")
_ENDS: Final = re.compile(r"[.:;,(] ?$")
_LISTED: Final = re.compile(r"(?:[,;/&+] ?| and | with | y ){1,2}(?:remark |rarc |remarks )?")
"""What stands between a CARC and the remark codes listed after it."""


def reasons(paper: Paper, cues: Sequence[Spot]) -> Iterator[Found]:
    """Yield `carc`, as “CO-50” or “50”, and `rarc`, near a cue, in a column or by their shape."""
    text = paper.text
    group: re.Match[str] | None = None
    for spot in cues:
        if spot.label.name == "group":
            group = next(filter(None, (_group(text, room) for room in spot.rooms)), group)
        elif spot.label.name in {"adjustment", "remark", "reason"}:
            yield from _in_rooms(text, spot, group)
            yield from _in_column(text, spot)
    grouped = list(shape("grouped").finditer(text))
    alone = [match for match in grouped if _stands_for_itself(text, match)]
    told = bool(alone) or _TOLD.search(text) is not None
    for match in grouped:
        if match in alone or (told and (match["by"].strip() or _TOLD.search(text))):
            yield _grouped(match, _SHAPED)
            yield from _beside(text, match.end())
    for row in paper.rows:
        yield from _in_claim_row(text, row)


def _stands_for_itself(text: str, match: re.Match[str]) -> bool:
    """Say whether a group with its number is clearly a CARC: by a dash, brackets or as an entry."""
    start, end = match.span()
    if match["by"].strip() and len(match["reason"]) > 1:
        return True
    if text[start - 1 : start] == "(" and _BRACKET_ENDS.match(text, end):
        return True
    at_start = not start or text[start - 1] in "\n\t\f"
    return at_start and _ENTRY.match(text, end) is not None and is_known_reason(match["reason"])


def _in_claim_row(text: str, row: Row) -> Iterator[Found]:
    """Yield the CARCs, and the remarks beside them, that are whole cells of a row of charges."""
    charges = [cell for cell in row if shape("charge").fullmatch(cell.text)]
    if not charges:
        return
    for cell in row:
        if not shape("reasons_only").fullmatch(cell.text):
            continue
        for match in shape("grouped").finditer(text, cell.start, cell.end):
            if is_known_reason(match["reason"]):
                yield _grouped(match, _BESIDE)
                yield from _remarks(text, match.end(), cell.end, _BESIDE)


def _group(text: str, room: Room) -> re.Match[str] | None:
    return shape("group").match(text, room.start, room.end)


def _in_rooms(text: str, spot: Spot, group: re.Match[str] | None) -> Iterator[Found]:
    for room in spot.rooms:
        block = _BLOCK_END.search(text, room.start, room.start + _REACH)
        end = min(room.limit, block.start() if block else room.start + _REACH)
        if spot.label.name != "adjustment":
            yield from _remarks(text, room.start, end, _CUED)
        if spot.label.name == "remark":
            continue
        for found in _numbers(text, room.start, end, alone=not spot.label.bare):
            if (
                group
                and 0 <= found.start - group.end() <= _GROUP_REACH
                and "-" not in str(found.value)
            ):
                value = f"{group[0]}-{found.value}"
                yield Found("carc", value, group.start(), found.end, _CUED)
            else:
                yield found


def _numbers(text: str, start: int, end: int, *, alone: bool) -> Iterator[Found]:
    """Yield the CARCs listed right at the start; those `alone` are without their group."""
    last = start
    while True:
        parting = _LIST.match(text, last, end)
        at = parting.end() if parting else last
        if match := shape("grouped").match(text, at, end):
            yield _grouped(match, _CUED)
        elif alone and (match := shape("reason").match(text, at, end)):
            yield Found("carc", match[0], match.start(), match.end(), _BARE)
        else:
            return
        last = match.end()


def _remarks(text: str, start: int, end: int, score: float) -> Iterator[Found]:
    for match in shape("remark").finditer(text, start, end):
        yield Found("rarc", match[0], match.start(), match.end(), score)


def _beside(text: str, start: int) -> Iterator[Found]:
    """Yield the known remark codes that follow a CARC: on its line, or later in brackets."""
    line = text.find("\n", start, start + _BESIDE_REACH)
    near = line if line >= 0 else start + _BESIDE_REACH
    block = _BLOCK_END.search(text, start, start + _REACH)
    end = block.start() if block else start + _REACH
    for found in _remarks(text, start, end, _BESIDE):
        bracketed = text[found.start - 1] == "(" and text[found.end : found.end + 1] == ")"
        known = is_known_remark(str(found.value))
        last = text[found.end : found.end + 1] in {"", "\n", "\t"} and _ENDS.search(
            text, start, found.start
        )
        if known and (bracketed or last or found.end <= near):
            yield found
        elif _LISTED.fullmatch(text, start, found.start):
            yield found
            start = found.end


def _in_column(text: str, spot: Spot) -> Iterator[Found]:
    for cell in spot.under:
        yield from _in_cell(text, cell, spot.label.name)


def _in_cell(text: str, cell: Cell, name: str) -> Iterator[Found]:
    if name != "adjustment":
        yield from _remarks(text, cell.start, cell.end, _COLUMN)
    for match in shape("grouped").finditer(text, cell.start, cell.end):
        yield _grouped(match, _COLUMN)
    if name == "adjustment":
        whole = shape("reason").match(text, cell.start, cell.end)
        if whole and whole.end() == cell.end and is_known_reason(whole[0]):
            yield Found("carc", whole[0], whole.start(), whole.end(), _BARE)


def _grouped(match: re.Match[str], score: float) -> Found:
    return Found("carc", f"{match['group']}-{match['reason']}", match.start(), match.end(), score)
