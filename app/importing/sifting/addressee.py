"""To whom a letter speaks: whose `you` it is. A paper may hold several letters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

from app.importing.sifting.paper import Paper
from app.importing.sifting.sentences import plain
from app.importing.sifting.window_words import Pattern, joined, patterns

Addressee = Literal["patient", "provider", "plan"]

_MAY_BE_OURS: Final = frozenset({"appeal_letter", "necessity_letter", None})
_OF_PAYERS: Final = frozenset(
    {"denial", "appeal_decision", "information_request", "approval", "eob", "other", None}
)
"""Kinds of paper that payers send to providers as well as to their members."""

_ADDRESS_LINES: Final = 30  # of the first page, among which the address stands
_ADDRESS_LINES_MOST: Final = 6
_STREET: Final = re.compile(r"\d|p\.? ?o\.? box|one ")
_ZIP: Final = re.compile(r"\b[a-z]{2},? ?\d{5}(?:-\d{4})?$")
_SALUTATION: Final = re.compile(
    r"(?m)(?:^|(?<=\f))[^\S\n]{0,20}(?:dear|estimad[oa]s?(?:\(a\)|/a)?)\b[^\n,:]{0,80}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Addressees:
    """The addressee of each letter, by the place in the text from which on it counts."""

    starts: tuple[int, ...]
    who: tuple[Addressee, ...]

    def at(self, offset: int) -> Addressee:
        """Return to whom the letter speaks at a place of the text."""
        return self.who[max(bisect_right(self.starts, offset) - 1, 0)]


def addressees_of(paper: Paper, kind: str | None) -> Addressees:
    """Find the salutations of a paper; without one, its address tells, or it is the patient's.

    What the patient or a doctor wrote to the plan is known by its “I” as well as by its kind.
    """
    if kind in _MAY_BE_OURS and joined("written_by_patient").search(plain(paper.text).text):
        return Addressees((0,), ("plan",))
    starts: list[int] = []
    who: list[Addressee] = []
    for match in _SALUTATION.finditer(paper.text):
        addressee = _addressee(plain(match[0]).text)
        if addressee is None:
            continue
        page = paper.page_starts[paper.page_at(match.start()) - 1]
        starts.append(0 if not starts else max(page, starts[-1] + 1))
        who.append(addressee)
    if starts:
        return Addressees(tuple(starts), tuple(who))
    return Addressees((0,), ("provider" if _to_provider(paper, kind) else "patient",))


def _to_provider(paper: Paper, kind: str | None) -> bool:
    """Say whether a letter without a salutation went to a doctor's office or a hospital."""
    if kind not in _OF_PAYERS:
        return False
    page = paper.text.partition("\f")[0]
    lines = [line.strip() for line in page.split("\n")[:_ADDRESS_LINES]]
    if any(_names_provider(block) for block in _address_blocks(lines)):
        return True
    return joined("speaks_to_provider").search(plain(page).text) is not None


def _address_blocks(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the paragraphs below the letterhead that hold no cells, such as an address."""
    block: list[str] = []
    above = 0
    for line in (*lines, ""):
        if line:
            block.append(line)
            continue
        if (
            above
            and 1 < len(block) <= _ADDRESS_LINES_MOST
            and not any("\t" in row for row in block)
        ):
            yield block
        above += len(block)
        block = []


def _names_provider(block: Sequence[str]) -> bool:
    """Say whether an address is a provider's: its name above the street, or its department."""
    rows = [plain(row).text for row in block]
    if any(joined("address_of_payer").search(row) for row in rows):
        return False
    if any(pattern.regex.search(row) for pattern in _departments() for row in rows):
        return True
    names = list(takewhile(lambda row: _STREET.match(row) is None, rows))
    addressed = _ZIP.search(rows[-1]) is not None and len(names) < len(rows)
    return addressed and any(joined("address_of_provider").search(row) for row in names)


def _departments() -> Sequence[Pattern]:
    return [item for item in patterns("address_of_provider") if item.name == "department"]


def _addressee(salutation: str) -> Addressee | None:
    for pattern in patterns("addressees"):
        if pattern.regex.search(salutation):
            if pattern.kind == "patient":
                return "patient"
            return "provider" if pattern.kind == "provider" else "plan"
    return None
