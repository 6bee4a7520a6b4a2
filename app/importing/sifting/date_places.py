"""Where a date stands: its cell and row, the label beside it, the heading over its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app.importing.sifting.date_forms import date_book
from app.importing.sifting.date_words import Said, is_marked, is_open, label_at_end, label_of, signs
from app.importing.sifting.dates import DateSeen
from app.importing.sifting.folding import folded
from app.importing.sifting.pairs import Cell, Row
from app.importing.sifting.paper import Paper

_ROWS_UP: Final = 40  # looked through for the heading of a column
_EMPTY_ROWS: Final = 3  # without a cell in the column, that may lie between
_FIRST_GAP: Final = 3.2  # heights, from a heading to what stands right under it
_LABEL_ROWS: Final = 2  # on which a label beside a date may go on
_PROSE_WORDS: Final = 7  # of a line that may go on in the next
_NAME_WORDS: Final = 6
_HEADING_WORDS: Final = 8
_BAR: Final = re.compile(r"\s?[|•·]\s?")
_GOES_ON: Final = re.compile(r"(?:[-–—,;&]|\b(?:to|thru|through|and|y|al|a|hasta))$")
_ALONE: Final = re.compile(
    r"(?:[A-Za-zÀ-ÿ.'’ -]{2,30},\s?(?:[A-Z]{2}|[A-Z][a-zA-Z ]{3,20})?\s?[,–—-]?\s?(?:a\s)?)?"
    r"(?:[A-Za-zÀ-ÿ]{3,10}[.,]{0,2}\s?)?(?:el\s)?\(?"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A date with the cell and row in which it begins."""

    seen: DateSeen
    cell: Cell
    row: Row
    row_number: int


class Places:
    """The places of dates on a paper."""

    def __init__(self, paper: Paper, dates: Sequence[DateSeen]) -> None:
        """Note the cells of the paper and which of them hold dates."""
        self._rows = paper.rows
        self.text = paper.text
        placed = sorted(
            (cell.start, number, at)
            for number, row in enumerate(paper.rows)
            for at, cell in enumerate(row)
        )
        self._starts = [start for start, _, _ in placed]
        self._places = [(number, at) for _, number, at in placed]
        self.spots = [self._spot(seen) for seen in dates]
        hidden = date_book().labelled_names
        self._dated = {spot.cell.start for spot in self.spots if spot.seen.how not in hidden}
        self._headings: dict[tuple[int, int], Said | None] = {}

    @cached_property
    def plain(self) -> str:
        """The paper's text, folded."""
        return folded(self.text)

    def row_text(self, row: Row) -> str:
        """Return the words of a row, folded."""
        return "\t".join(self.plain[cell.start : cell.end] for cell in row)

    def near_rows(self, number: int, reach: int = 1) -> str:
        """Return the words of a row and those around it, folded."""
        return "\n".join(
            map(self.row_text, self._rows[max(number - reach, 0) : number + reach + 1])
        )

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that have words."""
        return tuple(self._page_rows)

    @cached_property
    def _page_rows(self) -> dict[int, list[int]]:
        """The numbers of the rows of each page."""
        rows: dict[int, list[int]] = {}
        for number, row in enumerate(self._rows):
            if row:
                rows.setdefault(row[0].page, []).append(number)
        return rows

    def page_text(self, page: int) -> str:
        """Return the words of a page, folded, a line a row."""
        return "\n".join(self.row_text(self._rows[number]) for number in self._page_rows[page])

    def rows_on(self, page: int) -> int:
        """Return how many rows a page has."""
        return len(self._page_rows[page])

    def row_on_page(self, spot: Spot) -> int:
        """Return the row of a date, from 0, on its page."""
        return spot.row_number - self._page_rows[spot.cell.page][0]

    def first_row(self, sign: str, page: int) -> int | None:
        """Return the first row of a page, from 0, that has the sign of this name."""
        texts = (self.row_text(self._rows[number]) for number in self._page_rows[page])
        return next((at for at, text in enumerate(texts) if signs(sign, text)), None)

    def first_prose(self, page: int, words: int) -> int | None:
        """Return the first row of a page, from 0, that has a cell of so many words."""
        rows = (self._rows[number] for number in self._page_rows[page])
        return next(
            (
                at
                for at, row in enumerate(rows)
                if any(len(cell.text.split()) >= words for cell in row)
            ),
            None,
        )

    def at_edge(self, spot: Spot, rows: int) -> bool:
        """Say whether a date stands in the first or last rows of its page."""
        at = self.row_on_page(spot)
        return at < rows or at >= self.rows_on(spot.cell.page) - rows

    def is_dated(self, cell: Cell) -> bool:
        """Say whether a date begins in a cell."""
        return cell.start in self._dated

    def lead(self, spot: Spot) -> str:
        """Return what stands before a date in its cell."""
        return self.text[spot.cell.start : spot.seen.start]

    def split_label(self, spot: Spot, lead: str) -> Said | None:
        """Return what a label says whose last word got into the date's cell: “Date | of 3/2/26”."""
        at = spot.row.index(spot.cell)
        if not at:
            return None
        left = spot.row[at - 1]
        label = f"{left.text} {lead}".strip()
        said = self._longer_label(replace(left, text=label), spot.row_number)
        return said or label_of(label)

    def goes_on(self, spot: Spot) -> bool:
        """Say whether a date's line goes on a sentence of the line above."""
        starts_small = self.lead(spot)[:1].islower()
        if not spot.row_number or spot.row[0] is not spot.cell or not starts_small:
            return False
        over = _over(spot.cell, self._rows[spot.row_number - 1])
        return (
            over is not None
            and len(over.text.split()) >= _PROSE_WORDS
            and not over.text.rstrip().endswith((".", ":", "!", "?"))
        )

    def is_alone(self, spot: Spot) -> bool:
        """Say whether the cell has nothing but the date, with its weekday or town."""
        tail = _BAR.split(self.text[spot.seen.end : spot.cell.end])[0]
        lead = _BAR.split(self.lead(spot))[-1]
        return not tail.strip(" .)") and _ALONE.fullmatch(lead) is not None

    def heads_a_line(self, spot: Spot) -> bool:
        """Say whether a date is alone in its cell, or has a name after it: a title, no sentence."""
        tail = self.text[spot.seen.end : spot.cell.end].split()
        named = len(tail) <= _NAME_WORDS and all(word[:1].isupper() for word in tail)
        return self.is_alone(spot) or (named and not self.lead(spot).strip())

    def beside(self, spot: Spot) -> tuple[Said | None, bool]:
        """Return what the label to the left says; and whether there is one that says nothing."""
        at = spot.row.index(spot.cell)
        for cell in reversed(spot.row[:at]):
            if not any(map(str.isalnum, cell.text)):
                continue
            if cell.start in self._dated:
                return None, False
            said = self._longer_label(cell, spot.row_number) or label_at_end(cell.text)
            return said, said is None and is_marked(cell.text)
        return None, False

    def _longer_label(self, cell: Cell, number: int) -> Said | None:
        """Return what a label says with the rows under it on which it goes on.

        It goes on if it ends with a word such as “of”, or if nothing stands beside the next row.
        """
        label, said, bottom = cell.text, None, cell.bottom
        for row in self._rows[number + 1 : number + 1 + _LABEL_ROWS]:
            if is_marked(label) or not row or row[0].page != cell.page:
                break
            at = next((at for at, item in enumerate(row) if abs(item.left - cell.left) <= 1), None)
            if at is None or row[at].top - bottom > cell.bottom - cell.top:
                break
            bottom = row[at].bottom
            if any(map(str.isdigit, row[at].text)) or not (at == len(row) - 1 or is_open(label)):
                break
            label = f"{label} {row[at].text}"
            said = label_of(label) or said
        return said

    def continued(self, spot: Spot) -> int | None:
        """Return which date stands in the cell over this one, if its line goes on below it."""
        if self.lead(spot).strip() or not spot.row_number:
            return None
        over = _over(spot.cell, self._rows[spot.row_number - 1])
        if over is None or not _GOES_ON.search(over.text.lower()):
            return None
        return self._last_in.get(over.start)

    @cached_property
    def _last_in(self) -> dict[int, int]:
        """The number of the last date in each cell that has one."""
        return {spot.cell.start: number for number, spot in enumerate(self.spots)}

    def heading(self, spot: Spot) -> Said | None:
        """Return what the heading over the date's column says."""
        place = _narrowed(spot.cell, spot.seen.start, spot.seen.end)
        key = spot.cell.start, round(place.left)
        if key not in self._headings:
            self._headings[key] = self._heading(spot, place)
        return self._headings[key]

    def _heading(self, spot: Spot, place: Cell) -> Said | None:
        below, empty = spot.cell, 0
        for number in range(spot.row_number - 1, max(spot.row_number - _ROWS_UP, -1), -1):
            row = self._rows[number]
            over = _over(place, row)
            if over is None:
                empty += 1
                if empty > _EMPTY_ROWS or not row or row[0].page != place.page:
                    return None
                continue
            key = over.start, round(place.left)
            if key in self._headings:
                return self._headings[key]
            if over.start in self._dated or _is_value(over.text):
                below, empty = over, 0
                continue
            return self._said_over(over, number, below, place)
        return None

    def _said_over(self, over: Cell, number: int, below: Cell, place: Cell) -> Said | None:
        """Return what a heading says, alone or with the line over it; words that are not, None."""
        height = max(over.bottom - over.top, 1.0)
        if below.top - over.bottom > _FIRST_GAP * height:
            return None
        said = None
        if self._labels_its_row(over, number):
            return None
        if len(over.text.split()) <= _HEADING_WORDS:
            above = _over(over, self._rows[number - 1]) if number else None
            if above and above.page == over.page and over.top - above.bottom < height:
                said = label_of(f"{above.text} {over.text}", exactly=True)
            said = said or label_of(over.text)
        if said:
            return self._of_column(said, number)
        return self._first_column(over, number) or self._among(over, number, place)

    def _labels_its_row(self, over: Cell, number: int) -> bool:
        """Say whether a date stands right of a label, so that it is not for what is under it."""
        row = self._rows[number]
        at = row.index(over)
        return at + 1 < len(row) and row[at + 1].start in self._dated

    def _among(self, over: Cell, number: int, place: Cell) -> Said | None:
        """Return what those words of a row of headings say that stand over a date."""
        if not signs("service_table", self.row_text(self._rows[number])):
            return None
        words = list(re.finditer(r"\S+", over.text))
        near = [
            at
            for at, word in enumerate(words)
            if _shares(_narrowed(over, over.start + word.start(), over.start + word.end()), place)
        ]
        for first, last in ((-1, 0), (0, 0), (0, 1), (-2, 0)):
            if near:
                part = words[max(near[0] + first, 0) : near[-1] + last + 1]
                said = label_of(" ".join(word[0] for word in part))
                if said:
                    return self._of_column(said, number)
        return None

    def _first_column(self, over: Cell, number: int) -> Said | None:
        """Return what “Date Description Amount” says, run together without wide gaps."""
        words = folded(over.text).split()
        table = signs("service_table", self.row_text(self._rows[number]))
        for count in (4, 3, 2, 1):
            said = label_of(" ".join(words[:count])) if len(words) > count else None
            if said and table:
                return self._of_column(said, number)
        return None

    def _of_column(self, said: Said, number: int) -> Said | None:
        """Return what a bare “Date”, “From” or “To” says as one heading of a table."""
        if said.role == "other":
            return said if said.name.startswith("stem") else None
        if said.name not in {"bare_date", "span_begin", "span_end"}:
            return said
        row = self._rows[number]
        around = self.near_rows(number)
        named = any((label := label_of(cell.text)) and label.role == "service" for cell in row)
        if len(row) > 1 and not named and signs("service_table", around):
            return Said("service", f"{said.name}_of_a_service_table", 0.88)
        return said if said.name == "bare_date" else None

    def _spot(self, seen: DateSeen) -> Spot:
        number, at = self._places[max(bisect_right(self._starts, seen.start) - 1, 0)]
        row = self._rows[number]
        return Spot(seen, row[at], row, number)


def _narrowed(cell: Cell, start: int, end: int) -> Cell:
    """Return a cell with the edges of a part of its text, as if all letters were equally wide."""
    wide = (cell.right - cell.left) / max(cell.end - cell.start, 1)
    left = cell.left + (start - cell.start) * wide
    right = cell.left + (min(end, cell.end) - cell.start) * wide
    return replace(cell, left=left, right=max(right, left + 1))


def _shares(one: Cell, other: Cell) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared >= 0.3 * min(one.right - one.left, other.right - other.left)


def _over(cell: Cell, row: Row) -> Cell | None:
    """Return the cell of a row that lies over another: it shares the width or the left edge."""
    height = cell.bottom - cell.top
    for other in row:
        if other.top >= cell.top or other.page != cell.page:
            continue
        if _shares(other, cell) or abs(other.left - cell.left) <= height / 2:
            return other
    return None


def _is_value(text: str) -> bool:
    """Say whether a cell holds a number rather than words."""
    digits = sum(map(str.isdigit, text))
    return digits > 0 and digits >= sum(map(str.isalpha, text))
