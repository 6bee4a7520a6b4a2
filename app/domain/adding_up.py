"""Which expenses add up to an amount: exactly, or to the nearest sum below it.

A set of sums is one long number whose bit `n` says that some choice of lines comes to `n` cents;
adding a line is a shift. Of each sum only the line that first made it is kept: what is left of the
sum was made by lines before that one, so that the choice can be followed back. Amounts above
`_WINDOW` are come near to by taking lines in order first, so that the work has a bound: some
thousand lines take less than a second, and no amounts can make it hang.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from app.domain.money import Money

ORDERS: Final = ("fewest", "oldest")
"""As few lines as can be; or the oldest lines, so that the newest stay for later."""

_WINDOW: Final = 300_000
"""Cents up to which all sums are looked at."""
_MORE_LINES: Final = 4
"""How many lines more than the least thinkable number are tried for the fewest."""
_SINGLY: Final = 64
"""Up to how many new sums are written down one by one; more are kept as one long number."""


@dataclass(frozen=True, slots=True)
class Addend:
    """A line that may be chosen: its id, the day by which it is old, what is left of it."""

    key: str
    on: date | None
    amount: Money


@dataclass(frozen=True, slots=True)
class Addition:
    """The lines chosen, the oldest first, and what they come to.

    `is_best` is False where not every choice was looked at, so that a nearer sum, or one of fewer
    lines, may exist.
    """

    keys: tuple[str, ...]
    total: Money
    missing: Money
    is_best: bool


def add_up(target: Money, lines: Sequence[Addend], order: str = "fewest") -> Addition:
    """Choose lines that come to `target`, or as near below it as any choice can.

    Lines of nothing or of more than the target are passed over. Of choices with the same sum, one
    of the fewest lines is taken, or one of the oldest.
    """
    fitting = sorted(
        (line for line in lines if 0 < line.amount.cents <= target.cents),
        key=lambda line: (line.on or date.max, line.key),
    )
    if order == "fewest":
        fitting.sort(key=lambda line: -line.amount.cents)
    amounts = [line.amount.cents for line in fitting]
    if sum(amounts) <= target.cents:
        chosen, is_best = list(range(len(fitting))), True
    else:
        chosen, is_best = _chosen(amounts, target.cents, order)
    picked = sorted(
        (fitting[at] for at in chosen), key=lambda line: (line.on or date.max, line.key)
    )
    total = Money(sum(line.amount.cents for line in picked))
    return Addition(tuple(line.key for line in picked), total, target - total, is_best)


def _chosen(amounts: list[int], target: int, order: str) -> tuple[list[int], bool]:
    """Return the places of the lines that are chosen, and whether nothing better exists."""
    taken: list[int] = []
    rest = target
    others: list[int] = []
    for at, amount in enumerate(amounts):
        if rest > _WINDOW and amount <= rest:
            taken.append(at)
            rest -= amount
        else:
            others.append(at)
    others = [at for at in others if amounts[at] <= rest]
    near = [amounts[at] for at in others]
    if rest > _WINDOW or not near:
        return taken, not taken
    found = _any_lines(near, rest)
    is_best = True
    if order == "fewest" and found:
        found, is_best = _fewest_lines(near, sum(near[at] for at in found), found)
    return taken + [others[at] for at in found], is_best and not taken


class _Sums:
    """The sums that can be made, and the line that first made each."""

    def __init__(self) -> None:
        self.made = 0
        self._first: dict[int, int] = {}
        self._many: list[tuple[int, int]] = []

    def learn(self, sums: int, at: int) -> None:
        """Note the sums that the line at `at` has made; those known before keep their line."""
        new = (sums | self.made) ^ self.made
        if not new:
            return
        if new.bit_count() > _SINGLY:
            self._many.append((new, at))
        else:
            self._first.update((one, at) for one in _bits(new))
        self.made |= new

    def line_of(self, total: int) -> int:
        """Return the place of the line that first made a sum."""
        if total in self._first:
            return self._first[total]
        return next(at for new, at in self._many if new >> total & 1)


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _any_lines(amounts: list[int], target: int) -> list[int]:
    """Return lines, the earlier ones first, of the greatest sum that is not above the target."""
    sums, mask = _Sums(), (1 << target + 1) - 1
    for at, amount in enumerate(amounts):
        sums.learn(((sums.made | 1) << amount) & mask, at)
        if sums.made >> target & 1:
            break
    chosen: list[int] = []
    rest = sums.made.bit_length() - 1
    while rest > 0:
        chosen.append(sums.line_of(rest))
        rest -= amounts[chosen[-1]]
    return chosen


def _fewest_lines(amounts: list[int], total: int, known: list[int]) -> tuple[list[int], bool]:
    """Return the fewest lines of exactly this sum, and whether that is certain.

    `known` is a choice that comes to it; `amounts` fall.
    """
    sums_of_largest = accumulate(amounts)
    least = next(count for count, each in enumerate(sums_of_largest, start=1) if each >= total)
    most = min(least + _MORE_LINES, len(known) - 1)
    if most < least:
        return known, True
    layers = [_Sums() for _ in range(most)]
    mask = (1 << total + 1) - 1
    for at, amount in enumerate(amounts):
        for count in range(most - 1, 0, -1):
            layers[count].learn((layers[count - 1].made << amount) & mask, at)
        layers[0].learn(1 << amount & mask, at)
        if layers[least - 1].made >> total & 1:
            break
    for count, layer in enumerate(layers, start=1):
        if layer.made >> total & 1:
            return _followed(layers, amounts, count, total), True
    return known, len(known) - 1 == most


def _followed(layers: list[_Sums], amounts: list[int], count: int, total: int) -> list[int]:
    chosen: list[int] = []
    for layer in reversed(layers[:count]):
        chosen.append(layer.line_of(total))
        total -= amounts[chosen[-1]]
    return chosen
