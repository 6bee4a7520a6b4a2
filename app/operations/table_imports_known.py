"""Which lines of a table are in the binder already: by identifier, else by day, amount and text.

A line without an identifier is known by a digest of what it said and of its number among the lines
that say the same (two copays of one day are two); the digest stays on the record, so that a line
that was corrected since is still known. A line that came unpaid and is paid in a later file is the
same line. What was typed, or came from another kind of file, is known by day, amount and name.
Each record stands for one line of the file; exact matches are made before any other.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Generic, TypeVar

from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, Withdrawal
from app.domain.money import Money

_MARK: Final = "csv#"
_MOST_NTH: Final = 20  # lines that say the same, among which one that was unpaid is looked for
_ANOTHER: Final = (
    "A line with the identifier “{reference}” is here already, with {what}. Look which is right, "
    "and enter the change by hand."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """By what lines are compared: days, amount, the name, and all that was printed."""

    days: tuple[date | None, ...]
    amount: Money
    name: str = ""
    printed: tuple[str, ...] = ()
    reference: str = ""
    account_id: str | None = None
    record_id: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """The same for lines that say the same."""
        return self.days, self.amount, self.name, self.printed


@dataclass(frozen=True, slots=True)
class Verdict:
    """Under which `reference` a line is to be kept; or which record it is that is here already.

    `was_unpaid`: the record is still unpaid, and the line says when it was paid. `why` refuses the
    line: its identifier is here with another day or amount.
    """

    reference: str | None
    record_id: str = ""
    was_unpaid: bool = False
    why: str = ""


R = TypeVar("R", Expense, Withdrawal, Contribution)


class Known(Generic[R]):
    """The records of one kind, as they are found by the lines of one file."""

    def __init__(self, records: Iterable[R], likeness: Callable[[R], Likeness]) -> None:
        """`likeness` says by what a record is compared."""
        self._by_reference: dict[str, list[Likeness]] = defaultdict(list)
        self._by_day: dict[tuple[date, Money, str], list[Likeness]] = defaultdict(list)
        self._ids: set[str] = set()
        self._claimed: set[str] = set()
        self._has_digests = False
        for record in records:
            like = likeness(record)
            self._ids.add(like.record_id)
            self._by_reference[like.reference].append(like)
            self._has_digests = self._has_digests or _is_digest(like)
            for day in {each for each in like.days if each}:
                self._by_day[day, like.amount, like.name].append(like)

    def verdicts(self, lines: Sequence[Likeness]) -> list[Verdict]:
        """Say of each line of a file whether it is new."""
        told: dict[int, Verdict] = {}
        digests: dict[int, str] = {}
        seen: Counter[tuple[object, ...]] = Counter()
        for at, line in enumerate(lines):
            if line.reference:
                continue
            seen[line.key] += 1
            digests[at] = _MARK + _digest(line, seen[line.key])
            if here := self._under(digests[at], line):
                told[at] = self._here(here, line)
        again: Counter[tuple[object, ...]] = Counter()
        for at, line in enumerate(lines):
            if line.reference:
                told[at] = self._identified(line)
            elif at not in told:
                unpaid = replace(line, days=(*line.days[:-1], None))
                again[unpaid.key] += 1
                here = self._unpaid_then(line, unpaid, again[unpaid.key])
                here = here or self._taken(line, lambda each, line=line: _may_be(each, line))
                told[at] = self._here(here, line) if here else Verdict(digests[at])
        return [told[at] for at in range(len(lines))]

    def _under(self, reference: str, line: Likeness) -> Likeness | None:
        """Return the record of a reference that no other line of the file has taken."""
        for each in self._by_reference.get(reference, ()):
            if each.record_id not in self._claimed and _same_account(line, each):
                return each
        return None

    def _unpaid_then(self, line: Likeness, unpaid: Likeness, most: int) -> Likeness | None:
        """Return the record as which a paid line came when it was still unpaid."""
        if not self._has_digests or line.days[-1] is None or not any(unpaid.days):
            return None
        references = (_MARK + _digest(unpaid, nth) for nth in range(1, min(most, _MOST_NTH) + 1))
        return next(filter(None, (self._under(each, line) for each in references)), None)

    def _identified(self, line: Likeness) -> Verdict:
        if line.reference in self._ids:
            return Verdict(None, line.reference)
        others = [each for each in self._by_reference[line.reference] if _same_account(line, each)]
        for each in others:
            if each.amount == line.amount and _meet(each, line):
                return self._here(each, line)
        for each in others:
            if each.amount == line.amount or _meet(each, line):
                what = "another day" if each.amount == line.amount else f"{each.amount}"
                return Verdict(None, why=_ANOTHER.format(reference=line.reference[:60], what=what))
        self._by_reference[line.reference].append(line)
        here = self._taken(line, lambda each: not each.reference or _is_digest(each))
        return self._here(here, line) if here else Verdict(line.reference)

    def _taken(self, line: Likeness, may: Callable[[Likeness], bool]) -> Likeness | None:
        """Return a record that is like the line, may be it, and stands for no other line."""
        days = [each for each in line.days if each]
        alike = (
            each for day in days for each in self._by_day.get((day, line.amount, line.name), ())
        )
        for each in alike:
            is_free = each.record_id not in self._claimed
            if is_free and _meet(each, line) and _same_account(line, each) and may(each):
                return each
        return None

    def _here(self, record: Likeness, line: Likeness) -> Verdict:
        if record.record_id:
            self._claimed.add(record.record_id)
        was_unpaid = record.days[-1] is None and line.days[-1] is not None
        return Verdict(None, record.record_id, was_unpaid=was_unpaid)


class KnownMovements(Known[R]):
    """Withdrawals or contributions: found by identifier, else by day, amount and what was printed.

    They keep no digest: the field for their reference is the custodian's, and people read it. What
    was typed, or came from a file with identifiers where this one has none, stands for any words.
    """

    def verdicts(self, lines: Sequence[Likeness]) -> list[Verdict]:
        """Say of each line of a file whether it is new."""
        told: dict[int, Verdict] = {}
        for at, line in enumerate(lines):
            if line.reference:
                told[at] = self._identified(line)
            elif here := self._taken(line, lambda each, line=line: _says_the_same(each, line)):
                told[at] = self._here(here, line)
        for at, line in enumerate(lines):
            if at not in told:
                here = self._taken(line, _says_nothing)
                told[at] = self._here(here, line) if here else Verdict("")
        return [told[at] for at in range(len(lines))]


def _says_the_same(record: Likeness, line: Likeness) -> bool:
    return not record.reference and record.printed == line.printed


def _says_nothing(record: Likeness) -> bool:
    return bool(record.reference) or not any(record.printed)


def _may_be(record: Likeness, line: Likeness) -> bool:
    """Say whether a record may be a line that has no identifier.

    One from another kind of file may; one that came as a line of such a file only if it is paid
    and the line is from before that.
    """
    is_older = record.days[-1] is not None and line.days[-1] is None
    return not _is_digest(record) or is_older


def _is_digest(record: Likeness) -> bool:
    return record.reference.startswith(_MARK)


def _meet(one: Likeness, other: Likeness) -> bool:
    """Say whether no known day contradicts, and one is the same."""
    pairs = [(a, b) for a, b in zip(one.days, other.days, strict=True) if a and b]
    return bool(pairs) and all(a == b for a, b in pairs)


def _same_account(one: Likeness, other: Likeness) -> bool:
    return None in {one.account_id, other.account_id} or one.account_id == other.account_id


def _digest(line: Likeness, nth: int) -> str:
    said = [
        [each and each.isoformat() for each in line.days],
        line.amount.cents,
        line.name,
        line.printed,
        nth,
    ]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "surrogatepass")).hexdigest()[:20]
