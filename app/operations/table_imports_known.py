"""Which lines of a table are in the binder already: by identifier, else by day, amount and text.

A line without an identifier is known by a digest of what it said and of its number among the lines
that say the same (two copays of one day are two); the digest stays on the record, so that a line
that was corrected since is still known. What was typed, or came from another kind of file, is known
by day, amount and name; each such record stands for one line of the file.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, Withdrawal
from app.domain.money import Money

_MARK: Final = "csv#"
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

    @property
    def key(self) -> tuple[object, ...]:
        """The same for lines that say the same."""
        return self.days, self.amount, self.name, self.printed


R = TypeVar("R", Expense, Withdrawal, Contribution)


class Known(Generic[R]):
    """The records of one kind, as they are found by the lines of one file."""

    def __init__(self, records: Iterable[R], likeness: Callable[[R], Likeness]) -> None:
        """`likeness` says by what a record is compared."""
        self._by_reference: dict[str, list[Likeness]] = defaultdict(list)
        self._by_amount: dict[Money, list[Likeness]] = defaultdict(list)
        self._ids: set[str] = set()
        self._seen: Counter[tuple[object, ...]] = Counter()
        for record in records:
            like = likeness(record)
            self._ids.add(record.id)
            if like.reference:
                self._by_reference[like.reference].append(like)
            self._by_amount[like.amount].append(like)

    def reference_of(self, line: Likeness) -> str | None:
        """Return under which reference a line is to be kept, or None if it is here already.

        Raises:
            UserError: its identifier is here with another day or amount.
        """
        if line.reference:
            return self._identified(line)
        self._seen[line.key] += 1
        reference = _MARK + _digest(line, self._seen[line.key])
        if any(_same_account(line, each) for each in self._by_reference.get(reference, ())):
            return None
        return None if self._takes(line, lambda each: not each.startswith(_MARK)) else reference

    def _identified(self, line: Likeness) -> str | None:
        if line.reference in self._ids:
            return None
        others = [each for each in self._by_reference[line.reference] if _same_account(line, each)]
        if any(each.amount == line.amount and _meet(each, line) for each in others):
            return None
        for each in others:
            if each.amount == line.amount or _meet(each, line):
                what = "another day" if each.amount == line.amount else f"{each.amount}"
                raise UserError(_ANOTHER.format(reference=line.reference[:60], what=what))
        self._by_reference[line.reference].append(line)
        is_here = self._takes(line, lambda each: not each or each.startswith(_MARK))
        return None if is_here else line.reference

    def _takes(self, line: Likeness, of_other_origin: Callable[[str], bool]) -> bool:
        """Let a record of another origin that is like the line stand for it, once."""
        candidates = self._by_amount.get(line.amount, [])
        for at, each in enumerate(candidates):
            if (
                of_other_origin(each.reference)
                and _same_account(line, each)
                and each.name == line.name
                and _meet(each, line)
            ):
                del candidates[at]
                return True
        return False


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
