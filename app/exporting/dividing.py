"""What a bundle is divided at: pages of its sections, sides of its exhibits. Runs in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol

from app.exporting.layout import LaidOut
from app.exporting.merging import PieceFile
from app.exporting.parts import FEWEST_PAGES, Limits, Run, Unit, Weights
from app.exporting.printed import Part
from app.exporting.weights import page_weights


class Measures(Protocol):
    """Typesets sections to find where their rows come."""

    front: Mapping[str, Any]
    exhibits: Sequence[LaidOut]

    def row_pages(self, part: Part) -> dict[tuple[str, int], int]:
        """Return the page of each row of the sections in `part`, and of ("", 0), what follows."""
        ...


def limits_of(values: Mapping[str, Any]) -> Limits:
    """Return how large a part may be."""
    return Limits(pages=values["max_pages"], bytes=values["max_bytes"])


def groups_of(
    measures: Measures, everything: Part, limits: Limits, files: Sequence[PieceFile]
) -> list[list[Unit]]:
    """Return all units of a bundle; those of one section or exhibit are a group."""
    weights = page_weights([file.path for file in files]) if limits.bytes is not None else []
    return [
        *(_sections(measures, everything) if limits.pages is not None else _uncut(everything)),
        *(_exhibit(measures, run, weights, limits) for run in everything.exhibits),
    ]


def _uncut(everything: Part) -> Iterator[list[Unit]]:
    """Yield sections as they are: where only bytes count, their few pages do not."""
    for run in everything.sections:
        yield [Unit(is_exhibit=False, of=run.of, first=run.first, last=run.last, pages=0)]


def _sections(measures: Measures, everything: Part) -> Iterator[list[Unit]]:
    """Yield each section as units of one page, or more where a row goes on over several."""
    pages = measures.row_pages(everything)
    starts = [pages[_name(measures, run), 0] for run in everything.sections]
    ends = [*starts[1:], pages["", 0]]
    for run, start, end in zip(everything.sections, starts, ends, strict=True):
        name = _name(measures, run)
        heads = [start]
        rows = [0]
        for row in range(run.last):
            page = pages[name, row]
            if page > heads[-1]:
                heads.append(page)
                rows.append(row)
        yield [
            Unit(is_exhibit=False, of=run.of, first=first, last=last, pages=after - page)
            for (first, last), (page, after) in zip(
                pairwise([*rows, run.last]), pairwise([*heads, end]), strict=True
            )
        ]


def _name(measures: Measures, run: Run) -> str:
    return str(measures.front["sections"][run.of]["name"])


def _exhibit(
    measures: Measures, run: Run, weights: Sequence[Weights], limits: Limits
) -> list[Unit]:
    """Return an exhibit as its sheet with the first side, and a unit for each other side.

    In the smallest of parts, the sheet stands alone.
    """
    sides = measures.exhibits[run.of].sides
    alone = not sides or limits.pages == FEWEST_PAGES
    sheet = Unit(is_exhibit=True, of=run.of, first=0, last=0, pages=1, sheet=True)
    units = [sheet] if alone else []
    for number, side in enumerate(sides):
        with_sheet = number == 0 and not alone
        units.append(
            Unit(
                is_exhibit=True,
                of=run.of,
                first=number,
                last=number + 1,
                pages=1 + int(with_sheet),
                sheet=with_sheet,
                weights=weights[side.page] if weights and side.page is not None else {},
            )
        )
    return units
