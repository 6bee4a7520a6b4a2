"""How the HSA summary says things, in full or as an accountant's copy without diagnoses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from app.domain.hsa_plan import LETTERS, UNKNOWN, HsaExhibit, LedgerLine
from app.domain.money import Money
from app.exporting.plain_text import shortened

LEFT_OUT: Final = "[left out]"
_LONGEST_NAME: Final = 90
_LONGEST: Final = 160
_SHORTEST_SECRET: Final = 4
_ICD: Final = re.compile(r"\b[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")
"""The form of a diagnosis code of ICD-10-CM."""


class Words:
    """Says what one copy may say; `secrets` are texts of records that the short one must not."""

    def __init__(self, *, is_full: bool, secrets: Iterable[str] = ()) -> None:
        self.is_full = is_full
        known = sorted(
            {" ".join(each.split()) for each in secrets if len(each.strip()) >= _SHORTEST_SECRET},
            key=len,
            reverse=True,
        )
        alone = [rf"(?<!\w){re.escape(each)}(?!\w)" for each in known]
        self._secrets = re.compile("|".join(alone), re.IGNORECASE) if alone else None

    def safe(self, text: str) -> str:
        """Return a text of the program or of a record; the short copy loses what is private."""
        if self.is_full:
            return text
        line = _ICD.sub(LEFT_OUT, text)
        return self._secrets.sub(LEFT_OUT, line) if self._secrets else line

    def only_full(self, text: str) -> str:
        """Return a private text, nothing in the short copy."""
        return text if self.is_full else ""

    def what(self, line: LedgerLine) -> str:
        """Return what a line was paid for: in the short copy its category."""
        if not self.is_full:
            return line.category or UNKNOWN
        said = shortened(line.what, _LONGEST)
        return f"{said} ({line.code})" if said and line.code else said or line.code

    def paper(self, exhibit: HsaExhibit) -> str:
        """Return what a paper is called: in the short copy, in which names may tell, its kind."""
        return shortened(exhibit.paper.name, _LONGEST_NAME) if self.is_full else kind_of(exhibit)


def kind_of(exhibit: HsaExhibit) -> str:
    """Return what a paper proves, in words: “Bill or receipt, proof of payment”."""
    said = ", ".join(LETTERS[letter] for letter in exhibit.letters)
    return f"{said[:1].upper()}{said[1:]}"


def short_day(day: date | None) -> str:
    """Return a day as a table shows it: Mar 3, 2026."""
    return f"{day:%b} {day.day}, {day.year}" if day else "unknown"


def place_of(address: str) -> str:
    """Return where somebody is: the last line of an address, without its ZIP code."""
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    if len(lines) < 2:
        return ""
    return re.sub(r"\s+\d{5}(-\d{4})?$", "", lines[-1])


def counted(count: int, one: str, more: str) -> str:
    """Return a number with its word: 1 page, 2 pages."""
    return f"{count:,} {one if count == 1 else more}"


def or_dash(amount: Money) -> str:
    """Return an amount, a dash for nothing: what is there stands out in a row."""
    return str(amount) if amount.cents else "–"
