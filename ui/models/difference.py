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

    def moved_by(self, first: int, last: int) -> Difference:
        """Return the same steps for longer lists: that many rows before and after stay."""

        def moved(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
            return tuple((start + first, end + first) for start, end in ranges)

        order = None
        if self.order is not None:
            middle = (first + place for place in self.order)
            rest = range(first + len(self.order), first + len(self.order) + last)
            order = (*range(first), *middle, *rest)
        return Difference(moved(self.removed), order, moved(self.inserted), moved(self.changed))


def difference(before: Sequence[T], after: Sequence[T], key: Callable[[T], Hashable]) -> Difference:
    """Return the steps from `before` to `after`; `key` is unique in each."""
    first, last = _alike(before, after)
    middle = _middle(before[first : len(before) - last], after[first : len(after) - last], key)
    return middle.moved_by(first, last) if first or last else middle


def _alike(before: Sequence[T], after: Sequence[T]) -> tuple[int, int]:
    """Return how many rows at the beginning and at the end are the same objects in both."""
    most = min(len(before), len(after))
    first = 0
    while first < most and before[first] is after[first]:
        first += 1
    last = 0
    while last < most - first and before[-1 - last] is after[-1 - last]:
        last += 1
    return first, last


def _middle(before: Sequence[T], after: Sequence[T], key: Callable[[T], Hashable]) -> Difference:
    wanted = {key(row): row for row in after}
    kept = [row for row in before if key(row) in wanted]
    old_place = {key(row): place for place, row in enumerate(kept)}
    order = tuple(old_place[key(row)] for row in after if key(row) in old_place)
    gone = (place for place, row in enumerate(before) if key(row) not in wanted)
    new = (place for place, row in enumerate(after) if key(row) not in old_place)
    other = (
        place
        for place, row in enumerate(after)
        if key(row) in old_place and _differs(kept[old_place[key(row)]], row)
    )
    return Difference(
        removed=tuple(reversed(_ranges(gone))),
        order=None if order == tuple(range(len(order))) else order,
        inserted=_ranges(new),
        changed=_ranges(other),
    )


def _differs(before: T, after: T) -> bool:
    """Compare two rows; the same object is no other one, and that is told in no time."""
    return before is not after and before != after


def _ranges(places: Iterable[int]) -> tuple[Range, ...]:
    """Return the runs of neighbouring numbers in a rising series."""
    runs: list[Range] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return tuple(runs)
