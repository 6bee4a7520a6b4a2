"""ICD-10-CM codes: after what announces a diagnosis, in its column, or with their dot anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.importing.sifting import icd10
from app.importing.sifting.code_book import billing_note, shape
from app.importing.sifting.found import Found
from app.importing.sifting.labelled import Spot
from app.importing.sifting.paper import Paper

_REACH: Final = 600  # letters after a cue in which its codes may stand
_CUED, _COLUMN, _DOTTED, _ALONE = 0.95, 0.93, 0.85, 0.65
_BLOCK_END: Final = re.compile(r"\n\n|\f")
_LISTED: Final = re.compile(r"(?:^|[\s,;:(/&|•*-])$")
_CUE: Final = re.compile(r"diagn|\bicd|\bdx\b|cie-?10", re.IGNORECASE)
_SECTION: Final = re.compile(
    r"(?:§|sections?|sec\.|policy|bulletin|exhibit|form|figure|table|appendix|page|version|article)"
    r" ?$",
    re.IGNORECASE,
)
_REPAIRED: Final = "A letter was read as the digit that must stand there. Please check it."
_SURE_DIGITS: Final = 2  # that a code has beside the letters to repair


def diagnoses(paper: Paper, cues: Sequence[Spot]) -> Iterator[Found]:
    """Yield the codes of the table that a paper prints, with or without their dot."""
    text = paper.text
    dotted = any(
        "." in match[0] and icd10.is_code(match[0]) for match in shape("icd10").finditer(text)
    )
    for spot in cues:
        if spot.label.name != "diagnosis":
            continue
        found = [
            item
            for room in spot.rooms
            for item in _within(text, room.start, _end_of_region(text, room.start, room.limit))
            if not (
                _like_hcpcs(text, item)
                and (dotted or "\n" in text[room.start : item.start].strip())
            )
        ]
        yield from found
        for cell in () if found else spot.under:
            for item in _within(text, cell.start, cell.end, _COLUMN):
                if not (dotted and _like_hcpcs(text, item)):
                    yield item
    told = _CUE.search(text) is not None
    for match in shape("icd10").finditer(text):
        around = text[max(match.start() - 12, 0) : match.start()]
        if "." in match[0] and not _SECTION.search(around):
            yield from _code(match, _DOTTED if told else _ALONE)


def _within(text: str, start: int, end: int, score: float = _CUED) -> Iterator[Found]:
    for match in shape("icd10").finditer(text, start, end):
        dotted = "." in match[0]
        if dotted or match.start() == start or _LISTED.search(text[match.start() - 1]):
            yield from _code(match, score)


def _like_hcpcs(text: str, found: Found) -> bool:
    """Say whether a code is printed as HCPCS codes are: a letter, four digits, no dot.

    Where the paper's diagnoses have their dots, such a one is none; nor on a later line than its
    label.
    """
    printed = text[found.start : found.end]
    return shape("hcpcs").fullmatch(printed) is not None


def _code(match: re.Match[str], score: float) -> Iterator[Found]:
    written = match[0]
    start, end = match.span()
    if icd10.is_code(written):
        note = billing_note(written)
        yield Found("icd10", icd10.with_dot(written), start, end, score, note)
    elif sum(map(str.isdigit, written)) >= _SURE_DIGITS and (meant := icd10.repaired(written)):
        yield Found("icd10", icd10.with_dot(meant), start, end, score * 0.9, _REPAIRED)


def _end_of_region(text: str, start: int, limit: int) -> int:
    block = _BLOCK_END.search(text, start, start + _REACH)
    return min(limit, block.start() if block else start + _REACH)
