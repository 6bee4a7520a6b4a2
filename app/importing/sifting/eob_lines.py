"""The lines of an explanation of benefits or a bill, and the sums that they should make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.eob_sums import EobAmounts, SumFinding, sums
from app.importing.sifting.claim_tables import ClaimRow, claim_tables
from app.importing.sifting.paper import Paper
from app.importing.sifting.pieces import Piece, piece_rows

_DATE: Final = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?:\s?(?:-|–|to|through)\s?\d{1,2}[/.-]\d{1,2}"
    r"(?:[/.-]\d{2,4})?)?|\b\d{4}-\d{2}-\d{2}\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:, ?\d{4})?\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"\b(?:\d{5}|\d{4}[FTU]|[A-V]\d{4})\b(?!-\d{4})")
_REMARK: Final = re.compile(r"\b(?:CO|PR|OA|PI)[ -]?\d{1,3}\b|\b(?:N|M|MA)\d{1,3}\b")
_SAME_LEFT: Final = 6.0  # points
_EMPTY: Final = re.compile(r"\(\s*\)")


@dataclass(frozen=True, slots=True)
class EobLine:
    """A line of a claim, as it is printed.

    `served` is the date or range in the paper's own words, `code` a CPT or HCPCS code; both are
    empty where the line has none. `row` counts the lines of the paper from 1, as the facts do;
    `claim` counts its claims. `start` and `end` are the span in the paper's text.
    """

    row: int
    claim: int
    service: str
    served: str
    code: str
    amounts: EobAmounts
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EobClaim:
    """The lines of one claim and its totals, if the paper adds them up.

    `is_whole` says that every column of amounts was understood.
    """

    lines: tuple[EobLine, ...]
    totals: EobAmounts | None
    is_whole: bool

    @property
    def findings(self) -> tuple[SumFinding, ...]:
        """What does not add up, with the numbers of the lines as on the paper.

        Where a column was not understood only the sums of the columns are asked about.
        """
        first = self.lines[0].row if self.lines else 1
        found = sums([line.amounts for line in self.lines], self.totals, first)
        return tuple(item for item in found if self.is_whole or item.equation == "E5")


def eob_lines(paper: Paper, kind: str | None = "eob") -> tuple[EobLine, ...]:
    """Return the lines of all claims on a paper, in order."""
    return tuple(line for claim in eob_claims(paper, kind) for line in claim.lines)


def eob_claims(paper: Paper, kind: str | None = "eob") -> tuple[EobClaim, ...]:
    """Return the claims of a paper: a claim ends with its totals, or with its table."""
    return tuple(_claims(paper, kind))


def _claims(paper: Paper, kind: str | None) -> Iterator[EobClaim]:
    lines: list[EobLine] = []
    number, claim, is_whole = 0, 1, True
    for table in claim_tables(piece_rows(paper), kind):
        is_whole = is_whole and table.is_whole
        for row in table.rows:
            if not row.is_total:
                number += 1
                lines.append(_line(row, number, claim))
            elif lines:
                yield EobClaim(tuple(lines), _amounts(row), is_whole)
                lines, claim, is_whole = [], claim + 1, table.is_whole
    if lines:
        yield EobClaim(tuple(lines), None, is_whole)


def _line(row: ClaimRow, number: int, claim: int) -> EobLine:
    text = " ".join(piece.text for piece in row.texts)
    served, code = _DATE.search(text), _CODE.search(_DATE.sub(" ", text))
    start, end = row.span
    return EobLine(
        number,
        claim,
        _service(row.texts),
        served[0] if served else "",
        code[0] if code else "",
        _amounts(row),
        start,
        end,
    )


def _service(texts: Sequence[Piece]) -> str:
    """Return the words for a service: the longest text, with what is wrapped below it."""
    words = [(_words_of(piece.text), piece) for piece in texts]
    if not words:
        return ""
    longest = max(words, key=lambda item: len(item[0]))[1]
    parts = (text for text, piece in words if abs(piece.left - longest.left) <= _SAME_LEFT)
    return " ".join(filter(None, parts))


def _words_of(text: str) -> str:
    """Return a text without dates, codes and remarks."""
    left = _REMARK.sub(" ", _CODE.sub(" ", _DATE.sub(" ", text)))
    return " ".join(_EMPTY.sub(" ", left).split()).strip(" -–:;,.|")


def _amounts(row: ClaimRow) -> EobAmounts:
    return EobAmounts.of({role: amount.money for role, amount in row.amounts.items()})
