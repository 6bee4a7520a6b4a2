"""What must happen to a list of rows so that it becomes another one, in few steps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Range = tuple[int, int]
"""First and last position, both included."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Steps to be taken in this order; each range is right when its turn comes.

    `order` lists, for the rows that stay, the old position of each in its new order; None where
    they keep theirs. `changed` are rows of the same id that show something else now.
    """

    removed: tuple[Range, ...]
    order: tuple[int, ...] | None
    inserted: tuple[Range, ...]
    changed: tuple[Range, ...]


def difference(before: Sequence[T], after: Sequence[T], key: Callable[[T], Hashable]) -> Difference:
    """Return the steps from `before` to `after`; `key` is unique in each."""
    wanted = {key(row): row for row in after}
    kept = [row for row in before if key(row) in wanted]
    old_place = {key(row): place for place, row in enumerate(kept)}
    order = tuple(old_place[key(row)] for row in after if key(row) in old_place)
    gone = (place for place, row in enumerate(before) if key(row) not in wanted)
    new = (place for place, row in enumerate(after) if key(row) not in old_place)
    other = (
        place
        for place, row in enumerate(after)
        if key(row) in old_place and kept[old_place[key(row)]] != row
    )
    return Difference(
        removed=tuple(reversed(_ranges(gone))),
        order=None if order == tuple(range(len(order))) else order,
        inserted=_ranges(new),
        changed=_ranges(other),
    )


def _ranges(places: Iterable[int]) -> tuple[Range, ...]:
    """Return the runs of neighbouring numbers in a rising series."""
    runs: list[Range] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return tuple(runs)
