"""What is owed, worked out strand by strand.

Records have to do with one another where one names the other, or where they are of the same
provider (see `app.domain.matters`). A strand is all that hangs together in this way. After a
change only the strand in which it lies is worked out anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app.domain.bill import Bill
from app.domain.eob import Eob
from app.domain.eob_versions import links_of
from app.domain.expense import Expense
from app.domain.matters import Matter, OwedFacts, bill_order, line_order, provider_key
from app.domain.money import Money
from app.domain.owed import Owing, owings_of, shares_in

_RECORDS: Final = ("expenses", "refunds", "eobs", "eob_lines", "bills")
_COMMON: Final = ("providers", "claim_people", "fought_claims")
"""What bears on every strand."""


@dataclass(frozen=True, eq=False)
class Strand:
    """Records that have nothing to do with any others, and what they come to.

    `name` is the first of its providers, as `provider_key` has them.
    """

    name: str
    facts: OwedFacts

    @cached_property
    def owings(self) -> tuple[Owing, ...]:
        """What each matter of the strand comes to."""
        return owings_of(self.facts)

    @cached_property
    def shares(self) -> Mapping[str, Money]:
        """See `shares_in`."""
        return shares_in(self.owings)


def strands_of(facts: OwedFacts, before: Iterable[Strand] = ()) -> tuple[Strand, ...]:
    """Return the strands of all records; those `before` that are still the same are kept."""
    earlier = tuple(before)
    is_alike = bool(earlier) and _is_common(earlier[0].facts, facts)
    known = {strand.name: strand for strand in earlier} if is_alike else {}
    return tuple(_same(known.get(each.name), each) for each in _divided(facts))


def owings_in_order(strands: Iterable[Strand], facts: OwedFacts) -> tuple[Owing, ...]:
    """Return what all matters come to, in the order that `owings_of` all records has."""
    places = {eob.id: place for place, eob in enumerate(facts.eobs)}

    def key(owing: Owing) -> tuple[int, int, tuple[str, ...]]:
        return _place(owing.matter, places)

    return tuple(sorted((owing for strand in strands for owing in strand.owings), key=key))


def _place(matter: Matter, places: Mapping[str, int]) -> tuple[int, int, tuple[str, ...]]:
    """Return by what matters stand in order: explanations, then bills, then lines alone."""
    if matter.explained:
        return 0, min(places[key] for key in matter.explained[0].ids), ()
    if matter.bills:
        return 1, 0, bill_order(matter.bills[0])
    return 2, 0, line_order(matter.lines[0])


def _is_common(one: OwedFacts, other: OwedFacts) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _COMMON)


def _same(known: Strand | None, now: Strand) -> Strand:
    """Return the strand that was known if its records are the same, else the new one."""
    is_same = known is not None and all(
        getattr(known.facts, name) == getattr(now.facts, name) for name in _RECORDS
    )
    return known if known is not None and is_same else now


def _divided(facts: OwedFacts) -> list[Strand]:
    keys = _Keys(facts)
    parts: defaultdict[str, dict[str, list[object]]] = defaultdict(
        lambda: {name: [] for name in _RECORDS}
    )
    of_line: dict[str, str] = {}
    of_eob: dict[str, str] = {}
    for line in facts.expenses:
        of_line[line.id] = name = keys.strand_of(line)
        parts[name]["expenses"].append(line)
    for eob in facts.eobs:
        of_eob[eob.id] = name = keys.strand_of(eob)
        parts[name]["eobs"].append(eob)
    for bill in facts.bills:
        parts[keys.strand_of(bill)]["bills"].append(bill)
    for refund in facts.refunds:
        if refund.expense_id in of_line:
            parts[of_line[refund.expense_id]]["refunds"].append(refund)
    for service in facts.eob_lines:
        if service.eob_id in of_eob:
            parts[of_eob[service.eob_id]]["eob_lines"].append(service)
    common = OwedFacts(**{name: getattr(facts, name) for name in _COMMON})
    return [
        Strand(name, replace(common, **{kind: tuple(some) for kind, some in records.items()}))
        for name, records in parts.items()
    ]


class _Keys:
    """Which providers hang together, because a record of one names a record of another."""

    def __init__(self, facts: OwedFacts) -> None:
        self._facts = facts
        self._first: dict[str, str] = {}
        eobs = {eob.id: eob for eob in facts.eobs}
        bills = {bill.id: bill for bill in facts.bills}
        lines = {line.id: line for line in facts.expenses}
        of_service = {service.id: eobs.get(service.eob_id) for service in facts.eob_lines}
        for key, other in links_of(eobs).items():
            self._join(eobs[key], eobs.get(other or ""))
        for line in facts.expenses:
            if line.eob_line_id:
                self._join(line, of_service.get(line.eob_line_id))
            if line.bill_id:
                self._join(line, bills.get(line.bill_id))
            if line.origin_id:
                self._join(line, lines.get(line.origin_id))

    def strand_of(self, record: Eob | Bill | Expense) -> str:
        """Return the name of the strand that a record belongs to."""
        return self._head(provider_key(self._facts.provider_of(record)))

    def _join(self, one: Eob | Expense, other: Eob | Bill | Expense | None) -> None:
        if other is not None:
            first, second = sorted((self.strand_of(one), self.strand_of(other)))
            self._first[second] = first

    def _head(self, key: str) -> str:
        first = self._first
        while (above := first.setdefault(key, key)) != key:
            first[key] = first[above]
            key = above
        return key
