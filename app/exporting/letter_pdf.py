"""A letter of plain text as a typeset page: for the printer, the envelope and the file alike.

The text itself says how it is set, as people write letters: a paragraph that is only a date parts
the sender from the address; the next line is the subject; lines like “Claim number: 77” are a
table; “1.” and “•” begin lists; a paragraph in quotation marks is a quotation; one in capitals a
heading; a long line of underscores is a line to sign on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast

from app.exporting.plain_text import printable, shortened
from app.exporting.typeset import typeset

Sheet = Literal["letter", "a4"]

_TEMPLATE: Final = "letter.typ"
_PAPERS: Final[dict[Sheet, str]] = {"letter": "us-letter", "a4": "a4"}
_LONGEST_RUNNER: Final = 110
_LONGEST_CLOSING: Final = 40
"""“Sincerely,” and the like; longer paragraphs may stand alone on a page."""

_CLOSINGS: Final = 3
"""How many of them go along with a signature, the last words of the letter among them."""

_TOP: Final = 4
"""How many paragraphs may stand before and with the address."""

_DATE: Final = re.compile(
    r"[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|\d{4}-\d{2}-\d{2}|Date: _{12,}"
)
"""The ways in which people date a letter."""
_FACT: Final = re.compile(r"([^:_“”]{2,48}): (\S.*)")
_NUMBERED: Final = re.compile(r"(\d{1,3})\. (.*)")
_MARKED: Final = re.compile(r"([•☐–-]) (.*)")
_TO_SIGN: Final = re.compile(r"_{12,}")
_BLANK: Final = re.compile(r"(?<!_)_{8} (\[[^\[\]\n]{1,120}\])")
_IN_A_LINE: Final = 22
_WHOLE_LINE: Final = 44
"""How many underscores a blank gets."""

_BETWEEN: Final = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    """A letter as it is to be printed; `runner` stands at the foot of each page."""

    title: str
    text: str
    made_on: date
    runner: str = ""
    paper: Sheet = "letter"


def letter_pdf(sheet: LetterSheet) -> bytes:
    """Return the letter as a tagged PDF; the same letter gives the same bytes."""
    paragraphs = [
        [line.rstrip() for line in each.split("\n") if line.strip()]
        for each in _BETWEEN.split(printable(sheet.text).strip())
        if each.strip()
    ]
    sender, day, recipient, rest = _top(paragraphs)
    data: dict[str, Any] = {
        "paper": _PAPERS[sheet.paper],
        "runner": shortened(sheet.runner, _LONGEST_RUNNER),
        "sender": sender,
        "date": day,
        "recipient": recipient,
        "parts": list(_parts(rest, has_subject=bool(recipient))),
    }
    return typeset(_TEMPLATE, _roomy(data), title=sheet.title, made_on=sheet.made_on)


def _roomy(value: Any, alone: int = _WHOLE_LINE) -> Any:
    """Return what is printed, with blanks long enough to be filled in with a pen.

    One that stands alone gets more room, but for those in a table.
    """
    if isinstance(value, str):
        width = alone if _BLANK.fullmatch(value) else _IN_A_LINE
        return _BLANK.sub(lambda found: f"{'_' * width} {found[1]}", value)
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {
            name: _roomy(each, _IN_A_LINE if name == "rows" else alone)
            for name, each in parts.items()
        }
    if isinstance(value, list):
        return [_roomy(each, alone) for each in cast("list[Any]", value)]
    return value


_Paragraphs = Sequence[list[str]]


def _top(paragraphs: _Paragraphs) -> tuple[list[str], str, list[str], _Paragraphs]:
    """Return sender, date and address, and what follows; without a date all is running text.

    A form has no sender: it begins with its address, and the next paragraph is the subject.
    """
    for place, lines in enumerate(paragraphs[:_TOP]):
        if len(lines) == 1 and _DATE.fullmatch(lines[0]) and place + 1 < len(paragraphs):
            sender = [line for each in paragraphs[:place] for line in each]
            return sender, lines[0], paragraphs[place + 1], paragraphs[place + 2 :]
    if len(paragraphs) > 1 and _is_subject(paragraphs[1]):
        return [], "", paragraphs[0], paragraphs[1:]
    return [], "", [], paragraphs


def _is_subject(lines: list[str]) -> bool:
    return len(lines) == 1 and lines[0].startswith(("About: ", "Re: "))


def _parts(paragraphs: _Paragraphs, *, has_subject: bool) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs; what closes a letter takes its last words along to the next page."""
    leads = _leading(paragraphs)
    for place, lines in enumerate(paragraphs):
        if place == 0 and (_is_subject(lines) or (has_subject and len(lines) == 1)):
            yield {"kind": "subject", "lines": lines}
        else:
            yield _part(lines, leads=leads[place])


def _leading(paragraphs: _Paragraphs) -> list[bool]:
    """Return which paragraphs stay with the next: what announces it, and what is signed."""
    leads = [lines[-1].endswith((":", ",")) for lines in paragraphs]
    for place, lines in enumerate(paragraphs):
        if not _is_signed(lines):
            continue
        for before in range(place - 1, max(-1, place - 1 - _CLOSINGS), -1):
            leads[before] = True
            if not _is_short(paragraphs[before]):
                break
    return [*leads[:-1], False] if leads else []


def _is_short(lines: list[str]) -> bool:
    return len(lines) == 1 and len(lines[0]) <= _LONGEST_CLOSING


def _is_signed(lines: list[str]) -> bool:
    return any(map(_TO_SIGN.search, lines))


def _part(lines: list[str], *, leads: bool) -> dict[str, Any]:
    """Return a paragraph as it is to be set; one that `leads` stays with the next."""
    if _is_signed(lines):
        return {"kind": "signature", "lines": lines}
    if _NUMBERED.fullmatch(lines[0]) or _MARKED.fullmatch(lines[0]):
        return {"kind": "list", "items": _items(lines)}
    facts = [found.groups() for found in map(_FACT.fullmatch, lines) if found]
    if len(facts) == len(lines) > 1:
        return {"kind": "facts", "rows": [list(row) for row in facts]}
    if lines[0].startswith("“") and lines[-1].endswith("”"):
        return {"kind": "quote", "lines": lines}
    if len(lines) == 1 and lines[0].isupper():
        return {"kind": "heading", "lines": lines}
    return {"kind": "text", "lines": lines, "leads": leads}


def _items(lines: Iterable[str]) -> list[dict[str, Any]]:
    """Return the items of a list; a line without a mark goes on with the one before."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if numbered := _NUMBERED.fullmatch(line):
            found.append({"number": int(numbered[1]), "mark": "", "lines": [numbered[2]]})
        elif marked := _MARKED.fullmatch(line):
            found.append({"number": None, "mark": marked[1], "lines": [marked[2]]})
        else:
            found[-1]["lines"].append(line)
    return found
