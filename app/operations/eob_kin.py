"""Of which known explanation of benefits one of another name is a newer version.

Plans send a claim that was processed anew under its old number with another name of the resource,
or under a new number that names the old one; and they take one back by another below zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.eob import Eob, EobLine
from app.domain.matters import provider_key
from app.importing.benefits import Benefit
from app.operations.eob_records import lines_of_benefit

_Care = tuple[date, str]
"""The day and the code of a service."""

Lines = Callable[[Eob], Sequence[EobLine]]
"""The lines of a version that is kept, in their order."""

_MOST_OF_NUMBER: Final = 100
"""So many of one number are looked at, the last ones: a file may give all its claims the same."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A version that is kept, under the name of the first one."""

    key: str
    eob: Eob


class EobKin:
    """Knows the versions that are kept by their numbers, and by who gave care to whom."""

    def __init__(self, lines_of: Lines) -> None:
        self._lines_of = lines_of
        self._prints: dict[str, list[object]] = {}
        self._of: defaultdict[str, list[Eob]] = defaultdict(list)
        self._by_number: defaultdict[str, list[_Kept]] = defaultdict(list)
        self._by_care: defaultdict[tuple[str, str | None], list[_Kept]] = defaultdict(list)

    def add(self, key: str, eob: Eob) -> None:
        """Take a version in under the name of the explanation it belongs to."""
        self._of[key].append(eob)
        kept = _Kept(key, eob)
        self._by_number[eob.number.casefold()].append(kept)
        self._by_care[provider_key(eob.provider), eob.person_id].append(kept)

    def key_of(self, benefit: Benefit, person_id: str | None) -> str:
        """Return the name of the explanation that this is a version of, else its own."""
        if benefit.key in self._of:
            return benefit.key
        found = self._named(benefit, person_id) or self._same(benefit, person_id)
        if not found and benefit.is_reversal:
            found = self._taken_back(benefit, person_id)
        return found or benefit.key

    def takes_back_older(self, benefit: Benefit, current: Eob) -> bool:
        """Say whether a reversal is of a version before the one that is in force."""
        print_of = _negated(benefit)
        if print_of == self._print_of(current):
            return False
        older = (eob for eob in self._of[benefit.key] if eob.id != current.id)
        return any(print_of == self._print_of(eob) for eob in older)

    def _named(self, benefit: Benefit, person_id: str | None) -> str:
        """Find the claim that the file itself names as the one before or after."""
        for name in (*benefit.follows, *benefit.followed_by):
            kept = [
                each
                for each in self._by_number.get(name.casefold(), ())
                if _may_be_one(each.eob.person_id, person_id)
            ]
            if len({each.key for each in kept}) == 1:
                return kept[0].key
        return ""

    def _same(self, benefit: Benefit, person_id: str | None) -> str:
        """Find one of the same number, care and bill that was made on another day.

        Numbers alone do not tell: files are seen in which many claims have one.
        """
        if not benefit.claim_number or not _has_amounts(benefit):
            return ""
        care = _care(lines_of_benefit(benefit, ""))
        provider = provider_key(benefit.provider)
        for each in self._by_number[benefit.claim_number.casefold()][:-_MOST_OF_NUMBER:-1]:
            is_like = (
                each.key.split(" ")[0] == benefit.key.split(" ")[0]
                and provider_key(each.eob.provider) == provider
                and _may_be_one(each.eob.person_id, person_id)
                and (benefit.is_reversal or _is_of_another_day(benefit, each.eob))
            )
            if is_like and care and self._is_same_care(benefit, care, each.eob):
                return each.key
        return ""

    def _is_same_care(self, benefit: Benefit, care: set[_Care], eob: Eob) -> bool:
        lines = self._lines_of(eob)
        if not care & _care(lines):
            return False
        new = _billed(benefit.amounts.get("billed"), lines_of_benefit(benefit, ""))
        return new == _billed(eob.billed.cents if eob.billed else None, lines)

    def _taken_back(self, benefit: Benefit, person_id: str | None) -> str:
        """Find the one explanation whose every amount a reversal takes back."""
        if not any(line.amounts for line in benefit.lines):
            return ""
        print_of = _negated(benefit)
        kept = self._by_care.get((provider_key(benefit.provider), person_id), ())
        found = {each.key for each in kept if self._print_of(each.eob) == print_of}
        return next(iter(found)) if len(found) == 1 else ""

    def _print_of(self, eob: Eob) -> list[object]:
        if eob.id not in self._prints:
            self._prints[eob.id] = _print(self._lines_of(eob))
        return self._prints[eob.id]


def in_order(benefits: Iterable[Benefit]) -> list[Benefit]:
    """Return explanations the older first; of one moment, what takes back before what replaces."""
    told = list(benefits)
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for each in told:
        for name in each.followed_by:
            followers[name.casefold()].append(each.claim_number)
    linked = (
        replace(each, follows=(*each.follows, *followers.get(each.claim_number.casefold(), ())))
        for each in told
    )
    return sorted(linked, key=lambda each: (each.version, _rank(each)))


def _rank(benefit: Benefit) -> int:
    if benefit.is_reversal:
        return 1
    return 2 if benefit.follows else 0


def _billed(total: int | None, lines: Iterable[EobLine]) -> int:
    """Return what was billed in cents, with no regard to its sign: the total, else the lines'."""
    return abs(sum(line.billed.cents for line in lines if line.billed) if total is None else total)


def _care(lines: Iterable[EobLine]) -> set[_Care]:
    """Return what was done on which day, for lines that tell both."""
    return {(line.served_on, line.code) for line in lines if line.served_on and line.code}


def _print(lines: Iterable[EobLine]) -> list[object]:
    """Return what tells lines apart: their days, codes and amounts."""
    return [
        (line.served_on, line.code, *((name, money.cents) for name, money in line.amounts.items()))
        for line in lines
    ]


def _negated(benefit: Benefit) -> list[object]:
    return [
        (line.served_on, line.code, *((name, -money.cents) for name, money in line.amounts.items()))
        for line in lines_of_benefit(benefit, "")
    ]


def _may_be_one(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _is_of_another_day(benefit: Benefit, eob: Eob) -> bool:
    days = {benefit.created_on, eob.processed_on}
    return len(days) == 2 and None not in days


def _has_amounts(benefit: Benefit) -> bool:
    return bool(benefit.amounts) or any(line.amounts for line in benefit.lines)
