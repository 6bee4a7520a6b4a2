"""What every row of the rule files must have: a law, listed texts, known words, a span of dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain.errors import ClaimBinderError

SPAN_WORDS: Final = frozenset({"effective_from", "effective_until"})
"""The words of a row that say from when until when it holds; both may be missing."""


class RulesDataError(ClaimBinderError):
    """The rules that came with the program are not in order; the message says which and why."""


@dataclass(frozen=True, slots=True)
class RuleSpan:
    """The days on which a rule holds, both ends included; None is “as far as known, always”.

    Raises:
        ValueError: it ends before it begins.
    """

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValueError("it ends before it begins")

    def covers(self, day: date | None) -> bool:
        """Return whether the rule holds on `day`; for an unknown day, whether it still holds."""
        if day is None:
            return self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: RuleSpan) -> bool:
        """Return whether there is a day on which both hold."""
        return (self.first or date.min) <= (other.last or date.max) and (
            other.first or date.min
        ) <= (self.last or date.max)


ALWAYS: Final = RuleSpan()


def span_of(row: Mapping[str, Any]) -> RuleSpan:
    """Return the span of a row.

    Raises:
        ValueError: a date is none, or the span ends before it begins.
    """
    return RuleSpan(_day(row.get("effective_from")), _day(row.get("effective_until")))


def check_row(
    what: str, row: Mapping[str, Any], needed: Iterable[str], optional: Iterable[str]
) -> None:
    """Refuse a row that lacks a word or has one that nobody knows.

    Raises:
        RulesDataError: with the name of the row, `what` it is, and the words.
    """
    name = f"{what} {row.get('id', 'without an id')}"
    if missing := frozenset(needed) - row.keys():
        raise RulesDataError(f"{name} lacks {', '.join(sorted(missing))}.")
    if unknown := row.keys() - frozenset(needed) - frozenset(optional):
        raise RulesDataError(f"{name} has the unknown words {', '.join(sorted(unknown))}.")


def check_law(what: str, row: Mapping[str, Any], texts: Mapping[str, Any]) -> None:
    """Refuse a row that cites no law, or a text that the file does not list.

    Raises:
        RulesDataError: with the name of the row.
    """
    name = f"{what} {row.get('id', 'without an id')}"
    if not row["source"].strip():
        raise RulesDataError(f"{name} names no source.")
    if unlisted := [text for text in row["sources"] if text not in texts]:
        raise RulesDataError(f"{name} names texts that are not listed: {', '.join(unlisted)}.")


def check_spans(name: str, spans: Iterable[RuleSpan]) -> None:
    """Refuse versions of one rule that hold on the same day: which would be chosen?

    Raises:
        RulesDataError: with the name of the rule.
    """
    seen: list[RuleSpan] = []
    for span in spans:
        if any(span.overlaps(other) for other in seen):
            raise RulesDataError(f"{name} has two versions that hold on the same day.")
        seen.append(span)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
