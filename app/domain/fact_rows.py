"""What a paper says as a person sees it: what was read, and what was confirmed or corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.fact import Box, Fact, Sifted, WindowSaid
from app.domain.said import SaidFact
from app.domain.sifted_form import plain_value, value_of

SINGLE: Final = frozenset(
    {"letter_date", "statement_date", "processed_date", "postmark_date", "purchase_date",
     "insurer", "administrator", "merchant", "medicare_number", "group_number", "total",
     "patient_owes"}
)  # fmt: skip
"""Names that have one value a paper: what a person said replaces whatever else was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A value of a paper. `boxes` light up its words on `page`; a typed value may have none.

    `said_id`, `author_id` and `confirmed_at` belong to what a person said. `now_read` is what
    the reader reads where a person has said otherwise; empty if it agrees or reads nothing.
    """

    name: str
    value: str | WindowSaid
    text: str = ""
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    score: float = 1.0
    note: str = ""
    row: int | None = None
    said_id: str | None = None
    author_id: str | None = None
    confirmed_at: datetime | None = None
    now_read: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has said so."""
        return self.said_id is not None

    @property
    def box(self) -> Box | None:
        """The box around all its words."""
        if not self.boxes:
            return None
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def fact_rows(sifted: Sifted | None, said: Sequence[SaidFact]) -> tuple[FactRow, ...]:
    """Return the values of a paper: those a person said stand, whatever was read since.

    A value that was said to be wrong (its correction has another value, or none) is left out.
    """
    read = [_read(fact) for fact in sifted.facts] if sifted else []
    last = {(one.name, one.read_as or one.value): one for one in said}
    rows = [_said(one, read) for one in last.values() if one.value]
    settled = {(one.name, value) for one in last.values() for value in (one.value, one.read_as)}
    single = {one.name for one in last.values() if one.name in SINGLE and one.value}
    left = [
        row
        for row in read
        if row.name not in single and (row.name, plain_value(row.value)) not in settled
    ]
    return tuple(sorted([*rows, *left], key=_place))


def _read(fact: Fact) -> FactRow:
    return FactRow(
        name=fact.name, value=fact.value, text=fact.text, page=fact.page, boxes=fact.boxes,
        score=fact.score, note=fact.note, row=fact.row,
    )  # fmt: skip


def _said(one: SaidFact, read: Sequence[FactRow]) -> FactRow:
    """Return a value as it was said, with the words that were read for it if they agree."""
    same = next((row for row in read if _is(row, one.name, one.value)), None)
    row = same or FactRow(
        name=one.name,
        value=value_of(one.name, one.value),
        text=one.words,
        page=one.page,
        boxes=tuple(_boxes(one.box)),
        now_read=next(_others(one, read), ""),
    )
    return replace(row, said_id=one.id, author_id=one.author_id, confirmed_at=one.added_at)


def _others(one: SaidFact, read: Sequence[FactRow]) -> Iterator[str]:
    """Yield what is read where a person has said otherwise, unless they have seen it then."""
    for row in read:
        if row.name == one.name and one.name in SINGLE:
            value = plain_value(row.value)
            if value != one.read_as:
                yield value


def _is(row: FactRow, name: str, value: str) -> bool:
    return row.name == name and plain_value(row.value) == value


def _boxes(text: str) -> Iterator[Box]:
    places = [float(place) for place in text.split()]
    if len(places) == 4:
        yield places[0], places[1], places[2], places[3]


def _place(row: FactRow) -> tuple[int, float]:
    box = row.box
    return row.page or 1, box[1] if box else 0.0
