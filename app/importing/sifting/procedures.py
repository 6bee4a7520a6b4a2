"""CPT and HCPCS codes with their modifiers, dental codes, and drug codes (NDC)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.importing.sifting.code_book import modifiers, shape, words_before_hcpcs
from app.importing.sifting.folding import folded
from app.importing.sifting.found import Found
from app.importing.sifting.labelled import Room, Spot
from app.importing.sifting.pairs import Row
from app.importing.sifting.paper import Paper

_REACH: Final = 300  # letters after a cue in which its codes may stand
_NEAR: Final = 28  # letters from a cue to its first code
_NEXT_TO: Final = 2
_CUED, _COLUMN, _CHARGED, _SHAPED = 0.95, 0.93, 0.8, 0.7
_BLOCK_END: Final = re.compile(r"\n\n|\f")
_LIST: Final = re.compile(
    r"(?:[\s,;/&|()+-]|\b(?:and|or|y|e|to|x|with|plus|con|units?|through|modifiers?|add-on|codes?)\b"
    r"|\bx ?\d{1,4}\b|\b\d{1,4} (?:units?|visits?|doses?|sessions?|hours?|vials?)\b){0,24}"
)
_LINE_START: Final = re.compile(r"\n(?:[\s•*\-–(]|\d{1,2}[.)] |cpt |hcpcs ){0,6}$", re.IGNORECASE)
_TOLD: Final = re.compile(
    r"\b(?:cpt|hcpcs|procedure|procedimiento|service code|proc code|proc)s?\b"
)
_CODED: Final = re.compile(r"\b(?:code|codigo)s?\b")
_DIAGNOSED: Final = re.compile(r"\b(?:diagnos|icd|dx\b)")
_MEDICAL: Final = re.compile(
    r"\b(?:claim|patient|procedure|cpt|diagnosis|member|provider|physician|reclamo|reclamacion"
    r"|paciente|miembro|proveedor|visit|billing code)s?\b"
)
_IN_BRACKETS: Final = re.compile(
    r"\((?:(?:cpt|hcpcs|codes?|codigos?|and|or|y|with|modifiers?)\b|[0-9a-v]\d{3}[0-9a-z]\b"
    r"|[a-z0-9]{2}\b|[\s,;:/&+-]){0,40}$",
    re.IGNORECASE,
)
"""An opening bracket with nothing but codes after it."""
_BRACKET_REACH: Final = 80
_SERVED: Final = re.compile(
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{2}[/.-]\d{2})[\s,;:–-]{1,4}"
)
"""The day of a service before its code."""
_DECIDED: Final = re.compile(
    r"(?:-\w\w)?[ \t:–-]{1,3}(?:not )?(?:denied|approved|certified|upheld|overturned|allowed|negado"
    r"|aprobado|denegado)\b",
    re.IGNORECASE,
)
"""What was decided on the service before."""
_AFTER_DATE: Final = re.compile(r"\d[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})[,;:] $")
_UNITS: Final = re.compile(r" ?(?:min|hour|hr|day|unit|mg|ml|visit|year|sets?\b|x\b|de\b|of\b)")
_WORDS: Final = re.compile(r" [a-z]{2}")
"""What goes on after “CT” in “70450 CT head”."""
_WIDE: Final = 3  # amounts of a line of a claim, but not of a check or an invoice
_MODIFIERS: Final = 4  # that a claim line has room for
_ENDS: Final = frozenset({"\t", "\n", "", ",", ".", ";"})
_PLACE: Final = re.compile(r"\b[A-Z]{2},? ?$")
_WORD_BEFORE: Final = re.compile(r"([a-z]{1,15})[: ]{1,2}$")
_CODE_BEFORE: Final = re.compile(
    r"(?P<code>[0-9A-V]\d{3}\w)[, ](?: ?(?:with|and|plus|w/|con|y)[ \n](?:the )?|)$"
)
_HCPCS_AFTER: Final = re.compile(r"\s?(?:[-–:(]|x ?\d|\d{1,4} units)")


def procedures(paper: Paper, cues: Sequence[Spot]) -> Iterator[Found]:
    """Yield procedure codes near a cue, in their column, or beside a charge; and modifiers."""
    text = paper.text
    for spot in cues:
        read = _READERS.get(spot.label.name)
        if read:
            yield from read(text, spot)
    yield from _drugs_by_shape(text)
    plain = folded(text)
    told = _TOLD.search(plain) is not None or any(_is_head(spot) for spot in cues)
    coded = _CODED.search(plain) is not None or _DIAGNOSED.search(plain) is not None
    for row in paper.rows:
        if _has_charges(text, row):
            yield from _charged(text, row, told=told, coded=coded)
    for above, below in pairwise(paper.rows):
        yield from _over_charges(text, above, below)
        yield from _under_service(text, above, below)
    medical = _MEDICAL.search(plain) is not None
    yield from _by_shape(text, medical=medical, coded=coded or told)


def _has_charges(text: str, row: Row) -> bool:
    """Say whether a row has amounts, or several bare numbers after the first of them."""
    if shape("amount").search(text, row[0].start, row[-1].end):
        return True
    bare = [cell.text.split() for cell in row if shape("bare_amount").fullmatch(cell.text)]
    return sum(map(len, bare)) > 1


def _over_charges(text: str, above: Row, below: Row) -> Iterator[Found]:
    """Yield the codes that stand over columns of charges, with at most a total beside them."""
    heads = [shape("procedure").match(text, cell.start, cell.end) for cell in above]
    codes = [head for head in heads if head is not None]
    rest = len([cell for cell, head in zip(above, heads, strict=True) if head is None])
    span = below[0].start, below[-1].end
    values = max(len(shape(name).findall(text, *span)) for name in ("amount", "date"))
    if codes and rest <= 1 and len(codes) + rest > 1 and values > 1:
        for code in codes:
            yield from _with_modifiers(text, code, _CHARGED, code.end() + _NEXT_TO)


def _under_service(text: str, above: Row, below: Row) -> Iterator[Found]:
    """Yield the code that stands alone under its date and service, with the charges beside them."""
    alone = shape("procedure").fullmatch(text, below[0].start, below[0].end)
    dated = shape("date").match(text, above[0].start)
    charges = shape("amount").findall(text, above[0].start, above[-1].end)
    if alone and len(below) == 1 and dated and len(charges) >= _WIDE:
        yield Found("procedure", alone[0], alone.start(), alone.end(), _CHARGED)


def _is_head(spot: Spot) -> bool:
    """Say whether a label is the head of a column of codes."""
    return spot.label.name == "procedure" and not isinstance(spot.under, tuple)


def _procedures(text: str, spot: Spot) -> Iterator[Found]:
    near = _NEXT_TO if spot.label.bare else _NEAR
    found = [item for room in spot.rooms for item in _after_cue(text, room, near)]
    yield from found
    yield from _in_column(text, spot)


def _after_cue(text: str, room: Room, near: int) -> Iterator[Found]:
    start, limit = room.start, room.limit
    cell_end = room.end if room.how == "marked" else -1
    block = _BLOCK_END.search(text, start, start + _REACH)
    end = min(limit, block.start() if block else start + _REACH)
    last = None
    for match in shape("procedure").finditer(text, start, end):
        served = _SERVED.match(text, start, match.start())
        begin = served.end() if served else start
        first = last is None and match.start() - begin <= near
        listed = last is not None and _LIST.fullmatch(text, last, match.start())
        lined = _LINE_START.search(text, max(start, match.start() - 16), match.start())
        letters = match[0][0].isalpha()
        first = first or (last is None and match.end() == cell_end)
        if not (first or listed or lined or letters) or _is_zip(text, match):
            continue
        yield from _with_modifiers(text, match, _CUED, end)
        last = match.end()
        while after := _modifier(text, last, end):
            last = after.end()


def _in_column(text: str, spot: Spot) -> Iterator[Found]:
    for cell in spot.under:
        for match in shape("procedure").finditer(text, cell.start, cell.end):
            at_edge = cell.start == match.start() or cell.end == match.end()
            if (at_edge or match[0][0].isalpha()) and not _is_zip(text, match):
                yield from _with_modifiers(text, match, _COLUMN, cell.end)


def _charged(text: str, row: Row, *, told: bool, coded: bool) -> Iterator[Found]:
    """Yield the codes with which the cells of a row with charges begin or end."""
    # a date and words, or a head that says “code”: not the number of a check or an invoice
    dated = shape("date").match(text, row[0].start) is not None
    wide = len(shape("amount").findall(text, row[0].start, row[-1].end)) >= _WIDE
    for cell in row:
        for match in shape("procedure").finditer(text, cell.start, cell.end):
            rest = text[_after_modifiers(text, match, cell.end) : cell.end].strip()
            lead = text[cell.start : match.start()].strip()
            begins = not lead or shape("date").fullmatch(lead) is not None
            begins = begins or shape("line_lead").fullmatch(lead) is not None
            bracketed = lead.endswith("(") and rest.startswith(")")
            at_edge = begins or not rest or rest[0] in "$-(" or bracketed
            next_text = rest or text[cell.end + 1 : cell.end + 3]
            known = told or match[0][0].isalpha() or bracketed
            known = known or (dated and (coded or next_text[:1].isalpha()))
            known = known or (wide and (dated or coded)) or _is_modified(text, match)
            if at_edge and known and not _is_street(rest) and not _is_zip(text, match):
                yield from _with_modifiers(text, match, _CHARGED, cell.end)


def _is_modified(text: str, match: re.Match[str]) -> bool:
    """Say whether a modifier hangs on a code with a dash, as in “74177-26”."""
    modifier = _modifier(text, match.end(), match.end() + 4)
    return modifier is not None and modifier["by"] == "-"


def _is_street(rest: str) -> bool:
    """Say whether a number stands before the name of a street."""
    return bool(re.match(r"(?:[NSEW]\.? )?[A-Z][a-z]+ (?:St|Ave|Rd|Blvd|Dr|Ln|Way)\b", rest))


def _by_shape(text: str, *, medical: bool, coded: bool) -> Iterator[Found]:
    """Yield codes in brackets on a `medical` paper, and HCPCS where the words around tell.

    Where the paper speaks of codes (`coded`), a decision may stand right after one.
    """
    for match in shape("procedure").finditer(text):
        start, end = match.span()
        inside = _IN_BRACKETS.search(text, max(start - _BRACKET_REACH, 0), start) is not None
        bracketed = inside and text[end : end + 1] in {")", "-", " ", ",", ";"}
        if match[0][0].isalpha():
            before = _WORD_BEFORE.search(folded(text[max(start - 20, 0) : start]))
            told = before is not None and before[1] in words_before_hcpcs()
            last = text[start - 2 : start] == ", " and text[end : end + 1] in _ENDS
            alone = text[start - 1 : start] == "\n" and text[end : end + 1] in {"\n", ""}
            sure = (
                bracketed or told or ((last or alone) and medical) or _HCPCS_AFTER.match(text, end)
            )
        else:
            decided = coded and _DECIDED.match(text, end) is not None
            dated = _AFTER_DATE.search(text, max(start - 16, 0), start) is not None and (
                text[end : end + 1] in {",", ";", "\n", ""}
            )
            sure = (bracketed or decided or dated) and medical and not _is_zip(text, match)
        if sure:
            yield from _with_modifiers(text, match, _SHAPED, _line_end(text, end))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _with_modifiers(text: str, match: re.Match[str], score: float, end: int) -> Iterator[Found]:
    yield Found("procedure", match[0], match.start(), match.end(), score)
    at = match.end()
    for _ in range(_MODIFIERS):
        after = _modifier(text, at, end)
        if after is None:
            return
        start, at = after.span("modifier")
        yield Found("modifier", after["modifier"], start, at, score)


def _after_modifiers(text: str, match: re.Match[str], end: int) -> int:
    """Return where the modifiers of a code end."""
    at = match.end()
    while after := _modifier(text, at, end):
        at = after.end()
    return at


def _modifier(text: str, at: int, end: int) -> re.Match[str] | None:
    """Return the modifier right after a code or after another modifier."""
    match = shape("modifier_after").match(text, at, end)
    if match is None or match["modifier"] not in modifiers():
        return None
    if match["by"] != "-" and _UNITS.match(text, match.end()):
        return None
    if match["by"] == " " and match["modifier"].isalpha() and _WORDS.match(text, match.end()):
        return None
    return match


def _labelled_modifiers(text: str, spot: Spot) -> Iterator[Found]:
    before = _CODE_BEFORE.search(text, max(spot.start - 24, 0), spot.start)
    code = before and shape("procedure").match(text, before.start("code"))
    found = [item for room in spot.rooms for item in _modifiers(text, room)]
    if code and found:
        yield Found("procedure", code[0], code.start(), code.end(), _CUED)
    if found:
        yield from found
        return
    for cell in spot.under:
        for match in shape("modifier").finditer(text, cell.start, cell.end):
            if match[0] in modifiers():
                yield Found("modifier", match[0], match.start(), match.end(), _COLUMN)


def _modifiers(text: str, room: Room) -> Iterator[Found]:
    last = room.start
    for match in shape("modifier").finditer(text, room.start, room.end):
        if match[0] not in modifiers() or not _LIST.fullmatch(text, last, match.start()):
            return
        yield Found("modifier", match[0], match.start(), match.end(), _CUED)
        last = match.end()


def _drugs_by_shape(text: str) -> Iterator[Found]:
    """Yield the drug codes that are printed with their dashes on a paper that speaks of NDCs."""
    if shape("ndc_word").search(text):
        for match in shape("ndc").finditer(text):
            yield Found("ndc", match[0], match.start(), match.end(), _CHARGED)


def _drugs(text: str, spot: Spot) -> Iterator[Found]:
    found = [item for room in spot.rooms for item in _ndcs(text, room.start, room.end, _CUED)]
    if found:
        yield from found
        return
    for cell in spot.under:
        yield from _ndcs(text, cell.start, cell.end, _COLUMN)


def _ndcs(text: str, start: int, end: int, score: float) -> Iterator[Found]:
    for name in ("ndc", "ndc_plain"):
        for match in shape(name).finditer(text, start, end):
            yield Found("ndc", match[0], match.start(), match.end(), score)


_READERS: Final = {"procedure": _procedures, "modifier": _labelled_modifiers, "ndc": _drugs}


def _is_zip(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - 5, 0) : match.start()]
    return match[0].isdigit() and _PLACE.search(before) is not None
