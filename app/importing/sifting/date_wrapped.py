"""Dates of a narrow column whose year stands on the next line of their cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.importing.sifting.dates import DateSeen, dates_in
from app.importing.sifting.grid import Grid
from app.importing.sifting.paper import Paper

_YEAR: Final = re.compile(r"\(?((?:19|20)[0-9]{2})(?![0-9])")


def with_wrapped_years(paper: Paper, dates: Iterable[DateSeen]) -> Iterator[DateSeen]:
    """Yield the dates; those that end a cell without a year with that of the cell under it.

    Their span stays what stands in their own cell: between the two are the other columns.
    """
    grid = Grid(paper.rows)
    for seen in dates:
        yield (seen if seen.value else _completed(seen, paper, grid)) or seen


def _completed(seen: DateSeen, paper: Paper, grid: Grid) -> DateSeen | None:
    cell = grid.cell_at(seen.start)
    if cell is None or paper.text[seen.end : cell.end].strip(" ,.") or seen.end > cell.end:
        return None
    under = next(grid.under(cell), None)
    year = _YEAR.match(under.text) if under else None
    if year is None:
        return None
    whole = dates_in(f"{paper.text[seen.start : seen.end]}, {year[1]}")
    if len(whole) != 1:
        return None
    return replace(seen, value=whole[0].value, doubt=whole[0].doubt, note=whole[0].note)
