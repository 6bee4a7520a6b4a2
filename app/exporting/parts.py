"""How a bundle is divided into parts of so many pages and bytes each. Pure arithmetic.

Nothing is cut inside a page. What fits into a part as a whole is not divided; what is larger goes
on in the next part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

FEWEST_PAGES: Final = 2
"""A part of a single page has no room for its sheet in front and a page of a paper."""
_OWN_BYTES: Final = 120_000
"""What the printed pages and the fonts of a part take at first guess."""

Weights = Mapping[tuple[int, int], int]
"""The things that a page is made of, each with its size in bytes; pages share some of them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a part may be; None for no limit."""

    pages: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """What is not divided: some rows of a section, or some sides of an exhibit (with its sheet).

    `first` and `last` are rows of section number `of`, or sides of exhibit number `of`, the last
    one not included; `pages` is how many pages it takes, blank backs included.
    """

    is_exhibit: bool
    of: int
    first: int
    last: int
    pages: int
    sheet: bool = False
    weights: Weights = field(default_factory=dict[tuple[int, int], int])


@dataclass(frozen=True, slots=True)
class Run:
    """Units of one section or exhibit that follow each other within one part."""

    is_exhibit: bool
    of: int
    first: int
    last: int
    sheet: bool = False


class _Filling:
    """A part while it is filled."""

    def __init__(self, limits: Limits, reserved: tuple[int, int]) -> None:
        self.units: list[Unit] = []
        self._seen: set[tuple[int, int]] = set()
        self._pages = None if limits.pages is None else limits.pages - reserved[0]
        self._bytes = None if limits.bytes is None else limits.bytes - reserved[1]

    def holds(self, units: Sequence[Unit]) -> bool:
        """Return whether all of these still find room."""
        if self._pages is not None and sum(unit.pages for unit in units) > self._pages:
            return False
        return self._bytes is None or sum(self._new(units).values()) <= self._bytes

    def add(self, unit: Unit) -> None:
        if self._pages is not None:
            self._pages -= unit.pages
        if self._bytes is not None:
            new = self._new([unit])
            self._bytes -= sum(new.values())
            self._seen.update(new)
        self.units.append(unit)

    def _new(self, units: Sequence[Unit]) -> dict[tuple[int, int], int]:
        return {
            thing: size
            for unit in units
            for thing, size in unit.weights.items()
            if thing not in self._seen
        }


@dataclass(slots=True)
class Reserves:
    """What each part needs besides its units: the sheet in front of it, fonts, its contents.

    A first guess, made larger for a part that came out too large.
    """

    pages: dict[int, int] = field(default_factory=dict[int, int])
    bytes: dict[int, int] = field(default_factory=dict[int, int])

    def of(self, part: int) -> tuple[int, int]:
        """Return the pages and bytes to keep free in a part, counted from 0."""
        return self.pages.get(part, 1), self.bytes.get(part, _OWN_BYTES)

    def raise_pages(self, part: int, by: int) -> None:
        """Keep more pages free in a part."""
        self.pages[part] = self.of(part)[0] + by

    def raise_bytes(self, part: int, by: int) -> None:
        """Keep more bytes free in a part."""
        self.bytes[part] = self.of(part)[1] + by


def divide(
    groups: Sequence[Sequence[Unit]], limits: Limits, reserves: Reserves
) -> list[list[Unit]]:
    """Return the units of each part, in their order; those of a group stay together if possible.

    A unit that alone is too large makes a part of its own.
    """
    parts = [_Filling(limits, reserves.of(0))]

    def next_part() -> _Filling:
        return _Filling(limits, reserves.of(len(parts)))

    for group in groups:
        if parts[-1].units and not parts[-1].holds(group) and next_part().holds(group):
            parts.append(next_part())
        for unit in group:
            if parts[-1].units and not parts[-1].holds([unit]):
                parts.append(next_part())
            parts[-1].add(unit)
    return [part.units for part in parts]


def runs(units: Sequence[Unit]) -> list[Run]:
    """Return units of the same section or exhibit as one run each."""
    found: list[Run] = []
    for unit in units:
        last = found[-1] if found else None
        if last and (last.is_exhibit, last.of) == (unit.is_exhibit, unit.of):
            found[-1] = Run(last.is_exhibit, last.of, last.first, unit.last, last.sheet)
        else:
            found.append(Run(unit.is_exhibit, unit.of, unit.first, unit.last, unit.sheet))
    return found
