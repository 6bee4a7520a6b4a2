"""The versions of an explanation of benefits: which one holds, and what changed on the way.

Plans process a claim anew: after an appeal, a corrected bill, an audit. Every version is kept.
The newest day of processing holds. A version or a line that takes another one back (its amounts
are the same below zero) cancels its pair, and neither counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from app.domain.eob import Eob, EobLine
from app.domain.money import Money
from app.domain.patient_share import share_of_claim

_REVERSED: Final = "reversed"


@dataclass(frozen=True, eq=False)
class Explained:
    """One version with its lines in the order of the paper; `standing` has no cancelled pairs."""

    eob: Eob
    lines: tuple[EobLine, ...] = ()

    @cached_property
    def standing(self) -> tuple[EobLine, ...]:
        """The lines that no other line takes back."""
        return _without_pairs(self.lines)

    @cached_property
    def share(self) -> Money | None:
        """What the patient owes by this version; None where it does not tell."""
        return share_of_claim(self.eob, self.standing)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of care, the first first, each once."""
        return tuple(sorted({line.served_on for line in self.lines if line.served_on}))

    @property
    def is_pending(self) -> bool:
        """Whether the plan has not decided yet."""
        return self.eob.status == "pending"

    def amount(self, name: str) -> Money | None:
        """Return a total as printed, else the sum of its column where every line has it."""
        printed: Money | None = getattr(self.eob, name)
        if printed is not None:
            return printed
        column: list[Money | None] = [getattr(line, name) for line in self.standing]
        known = [money for money in column if money is not None]
        return sum(known, Money()) if known and len(known) == len(column) else None


@dataclass(frozen=True, eq=False)
class Versions:
    """All versions of one explanation, the oldest first; `current` is the one that holds.

    `current` is None where every version was taken back: nothing is owed by it any more.
    """

    all: tuple[Explained, ...]
    current: Explained | None

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all versions."""
        return frozenset(each.eob.id for each in self.all)

    def as_of(self, day: date) -> Explained | None:
        """Return the version that held on a day, by what the plan had processed until then."""
        known = [each for each in self.all if (each.eob.processed_on or date.min) <= day]
        return self.current if len(known) == len(self.all) else _versions(known).current

    @property
    def newest(self) -> Explained:
        """The version that holds, else the last one of those that were taken back."""
        return self.current or self.all[-1]

    @property
    def share(self) -> Money | None:
        """What the patient owes now; None while the plan has not decided or does not tell."""
        if self.current is None:
            return Money()
        return None if self.current.is_pending else self.current.share

    @property
    def share_before(self) -> Money | None:
        """What the version before the one that holds said; None where there is none."""
        told = [
            each.share
            for each in self.all
            if each is not self.current and not _is_reversal(each) and each.share is not None
        ]
        return told[-1] if told else None

    @property
    def change(self) -> str:
        """A sentence on how what the patient owes has changed; empty where it has not."""
        before, now = self.share_before, self.share
        if before is None or now is None or before == now:
            return ""
        return f"What you owe changed from {before} to {now}."


def versions_of(eobs: Iterable[Eob], lines: Iterable[EobLine]) -> tuple[Versions, ...]:
    """Put explanations together with their lines and their other versions.

    Links that name nothing, or run in a circle, do no harm: whatever hangs together is one.
    """
    of_eob: defaultdict[str, list[EobLine]] = defaultdict(list)
    for line in lines:
        of_eob[line.eob_id].append(line)
    known = {eob.id: eob for eob in eobs}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    heads = _heads(links_of(known))
    for key in known:
        groups[heads[key]].append(key)
    order = _order(known)
    return tuple(
        _versions(
            [_explained(known[key], of_eob[key]) for key in sorted(keys, key=order.__getitem__)]
        )
        for keys in groups.values()
    )


def _explained(eob: Eob, lines: Iterable[EobLine]) -> Explained:
    return Explained(eob, tuple(sorted(lines, key=lambda line: (line.position, line.id))))


def links_of(known: Mapping[str, Eob]) -> dict[str, str | None]:
    """Return which version each one hangs together with.

    Where the version that one follows is gone, in the trash say, the number of the plan tells.
    """
    by_number: defaultdict[str, list[str]] = defaultdict(list)
    for key, eob in known.items():
        by_number[eob.number.casefold()].append(key)
    links: dict[str, str | None] = {}
    for key, eob in known.items():
        links[key] = eob.follows_id
        if eob.follows_id and eob.follows_id not in known and eob.number:
            others = (other for other in by_number[eob.number.casefold()] if other != key)
            links[key] = next(others, None)
    return links


def _heads(follows: Mapping[str, str | None]) -> dict[str, str]:
    """Return for each id the one that stands for all that hang together with it."""
    parent = {key: key for key in follows}

    def head(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for key, before in follows.items():
        if before in parent:
            one, other = sorted((head(key), head(before)))
            parent[other] = one
    return {key: head(key) for key in follows}


def _order(known: Mapping[str, Eob]) -> dict[str, tuple[date, int, str, str]]:
    """Return by what the versions stand in order: the day of processing, then who follows whom.

    A version without a day of processing stands behind the one that it follows.
    """
    found: dict[str, tuple[date, int, str, str]] = {}
    for key in known:
        way: dict[str, None] = {}
        at: str | None = key
        while at is not None and at in known and at not in found and at not in way:
            way[at] = None
            at = known[at].follows_id
        day, depth = found[at][:2] if at in found else (date.min, -1)
        for step in reversed(way):
            eob = known[step]
            day, depth = eob.processed_on or day, depth + 1
            found[step] = day, depth, eob.added_at.isoformat(), eob.id
    return found


def _versions(ordered: Sequence[Explained]) -> Versions:
    left = list(ordered)
    for each in ordered:
        if not _is_reversal(each) or each not in left:
            continue
        at = left.index(each)
        before = [old for old in reversed(left[:at]) if _takes_back(each, old)]
        pair = next((old for old in before if _is_mirror(each, old)), next(iter(before), None))
        left.remove(each)
        if pair is not None:
            left.remove(pair)
    return Versions(tuple(ordered), left[-1] if left else None)


def _is_reversal(each: Explained) -> bool:
    """Say whether a version only takes another one back."""
    billed = each.amount("billed")
    return each.eob.status == _REVERSED or (billed is not None and billed < Money())


def _takes_back(reversal: Explained, old: Explained) -> bool:
    """Say whether a reversal is of this version; one without amounts is of the one before it."""
    if _is_reversal(old):
        return False
    taken, had = reversal.amount("billed"), old.amount("billed")
    return taken is None or had is None or abs(taken.cents) == abs(had.cents)


def _is_mirror(reversal: Explained, old: Explained) -> bool:
    """Say whether a reversal has every amount of this version, below zero."""
    taken = [_print(line, sign=-1) for line in reversal.lines]
    return taken == [_print(line, sign=1) for line in old.lines]


def _without_pairs(lines: Sequence[EobLine]) -> tuple[EobLine, ...]:
    """Leave out lines below zero together with the line that each of them takes back."""
    if not any(_is_below_zero(line) for line in lines):
        return tuple(lines)
    gone: set[str] = set()
    waiting: defaultdict[object, list[EobLine]] = defaultdict(list)
    for line in lines:
        waiting[_print(line, sign=1)].append(line)
    for line in lines:
        if not _is_below_zero(line):
            continue
        pair = next(
            (
                one
                for one in waiting[_print(line, sign=-1)]
                if one.id not in gone and one.id != line.id
            ),
            None,
        )
        if pair is not None:
            gone |= {line.id, pair.id}
    return tuple(line for line in lines if line.id not in gone)


def _is_below_zero(line: EobLine) -> bool:
    amounts = [money.cents for _, money in line.amounts.items()]
    return min(amounts, default=0) < 0 and max(amounts, default=0) <= 0


def _print(line: EobLine, *, sign: int) -> object:
    """Return what a line and the one that takes it back share."""
    amounts = tuple((name, sign * money.cents) for name, money in line.amounts.items())
    return line.code, line.served_on, amounts
