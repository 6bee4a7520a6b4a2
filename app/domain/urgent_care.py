"""Asking for a fast appeal: by kind of plan and level, how to ask and what the law promises.

Advice is never a date. A number of hours is told only where its law was read well enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.domain.plan import PROGRAMS, STATES
from app.domain.programmes import Coverage, kind_word
from app.domain.rule_rows import (
    ALWAYS,
    SPAN_WORDS,
    RulesDataError,
    RuleSpan,
    check_law,
    check_row,
    span_of,
)
from app.domain.verification import Verification

_ADVICE: Final = "The advice"
_REMARK: Final = "The remark"
_LAW: Final = frozenset({"id", "for", "source", "sources", "verification"})
_WORDS: Final = frozenset({"title", "how", "doctor"})
_EXTRAS: Final = frozenset({"together", "clock", "note"})
_CASE: Final = frozenset({"kinds", "levels", "funding", "states", "continuing"})
_CLOCK: Final = frozenset({"id", "words", "source", "verification"})
_FUNDINGS: Final = frozenset({"self", "insured", "unknown"})


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgentAdvice:
    """One thing to ask for today, in words for the person who is ill.

    `how` says whom to call and what to say, `doctor` what the treating doctor can do, `together`
    what may be asked for at the same time ("" where nothing is known), and `clock` how long the
    plan or the reviewer has ("" where no number is known well enough). `source` is "" and
    `verification` None where no law about it is kept.
    """

    id: str
    title: str
    how: str
    doctor: str
    together: str = ""
    clock: str = ""
    note: str = ""
    source: str = ""
    sources: tuple[str, ...] = ()
    verification: Verification | None = None
    span: RuleSpan = ALWAYS


@dataclass(frozen=True, slots=True)
class UrgentCase:
    """For whom a row holds; an empty set and None are “for any”.

    `kinds` are the words of `app.domain.plan.PROGRAMS`; `funding` may hold "unknown".
    """

    kinds: frozenset[str]
    levels: frozenset[int] = frozenset()
    funding: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    continuing: bool | None = None

    def holds(self, coverage: Coverage, level: int, *, continuing: bool) -> bool:
        """Return whether the row is for this plan, this level and this treatment."""
        state = (coverage.state or "").strip().upper()
        return (
            kind_word(coverage) in self.kinds
            and (not self.levels or level in self.levels)
            and (not self.funding or (coverage.funding or "unknown") in self.funding)
            and (not self.states or state in self.states)
            and (self.continuing is None or self.continuing is continuing)
        )


@dataclass(frozen=True, slots=True)
class UrgentRow:
    """An advice and for whom it is."""

    advice: UrgentAdvice
    cases: tuple[UrgentCase, ...]

    def holds(self, coverage: Coverage, level: int, *, continuing: bool) -> bool:
        """Return whether any of the row's cases is this one."""
        return any(case.holds(coverage, level, continuing=continuing) for case in self.cases)


@dataclass(frozen=True, slots=True)
class UrgentTable:
    """All advice: the rows by law, the remarks added to the first of them, and the rest.

    `remarks` are advice of which only the note is told; `otherwise` is for plans of which no law
    about fast appeals is kept, and for those that are not known yet.
    """

    rows: tuple[UrgentRow, ...]
    remarks: tuple[UrgentRow, ...]
    otherwise: UrgentAdvice

    def advice(
        self, coverage: Coverage, level: int, *, continuing: bool, on: date | None = None
    ) -> tuple[UrgentAdvice, ...]:
        """Return what to ask for, the first thing first; there is always one at least.

        `continuing` says that the treatment is running now. `on` is the date of the letter: rows
        that did not hold on that day are left out.
        """

        def fitting(rows: tuple[UrgentRow, ...]) -> Iterator[UrgentAdvice]:
            for row in rows:
                if row.advice.span.covers(on) and row.holds(coverage, level, continuing=continuing):
                    yield row.advice

        first, *more = tuple(fitting(self.rows)) or (self.otherwise,)
        notes = (first.note, *(remark.note for remark in fitting(self.remarks)))
        return (replace(first, note=" ".join(filter(None, notes))), *more)


def parse_urgent(data: Mapping[str, Any]) -> UrgentTable:
    """Read `urgent.json`.

    Raises:
        RulesDataError: a row has no law or an unknown word, or stands there twice.
    """
    texts = data["sources"]
    rows = tuple(_row(row, texts) for row in data["advice"])
    remarks = tuple(_remark(row, texts) for row in data["remarks"])
    names = [row.advice.id for row in (*rows, *remarks)]
    if twice := {name for name in names if names.count(name) > 1}:
        raise RulesDataError(f"The advice {min(twice)} is there twice.")
    rest = data["otherwise"]
    check_row(_ADVICE, rest, _WORDS | {"id", "note"}, ())
    otherwise = UrgentAdvice(
        id=rest["id"],
        title=rest["title"],
        how=rest["how"],
        doctor=rest["doctor"],
        note=rest["note"],
    )
    return UrgentTable(rows, remarks, otherwise)


def _row(row: Mapping[str, Any], texts: Mapping[str, Any]) -> UrgentRow:
    check_row(_ADVICE, row, _LAW | _WORDS, _EXTRAS | SPAN_WORDS)
    check_law(_ADVICE, row, texts)
    try:
        advice = UrgentAdvice(
            id=row["id"],
            title=row["title"],
            how=row["how"],
            doctor=row["doctor"],
            together=row.get("together", ""),
            clock=" ".join(filter(None, map(_clock, row.get("clock", ())))),
            note=row.get("note", ""),
            source=row["source"],
            sources=tuple(row["sources"]),
            verification=Verification(row["verification"]),
            span=span_of(row),
        )
        return UrgentRow(advice, _cases(row))
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"The advice {row['id']} cannot be read: {error}.") from error


def _remark(row: Mapping[str, Any], texts: Mapping[str, Any]) -> UrgentRow:
    """Return a remark as an advice of which only the note, with its law, is told as advice."""
    check_row(_REMARK, row, _LAW | {"title", "note"}, SPAN_WORDS)
    check_law(_REMARK, row, texts)
    try:
        remark = UrgentAdvice(
            id=row["id"],
            title=row["title"],
            how="",
            doctor="",
            note=_with_law(row["note"], row["source"]),
            source=row["source"],
            sources=tuple(row["sources"]),
            verification=Verification(row["verification"]),
            span=span_of(row),
        )
        return UrgentRow(remark, _cases(row))
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"The remark {row['id']} cannot be read: {error}.") from error


def _clock(clock: Mapping[str, Any]) -> str:
    """Return the words of a clock with its law; nothing where its number is not known well."""
    check_row("The clock", clock, _CLOCK, ())
    if not Verification(clock["verification"]).computes:
        return ""
    return _with_law(clock["words"], clock["source"])


def _with_law(sentence: str, source: str) -> str:
    return f"{sentence.removesuffix('.')} ({source})."


def _cases(row: Mapping[str, Any]) -> tuple[UrgentCase, ...]:
    if not row["for"]:
        raise ValueError("it is for nobody")
    return tuple(map(_case, row["for"]))


def _case(case: Mapping[str, Any]) -> UrgentCase:
    made = UrgentCase(
        kinds=frozenset(case["kinds"]),
        levels=frozenset(case.get("levels", ())),
        funding=frozenset(case.get("funding", ())),
        states=frozenset(case.get("states", ())),
        continuing=case.get("continuing"),
    )
    unknown = (
        (case.keys() - _CASE)
        | (made.kinds - frozenset(PROGRAMS))
        | (made.funding - _FUNDINGS)
        | (made.states - frozenset(STATES))
    )
    if unknown or not made.kinds:
        raise ValueError(f"it is for nobody known: {', '.join(sorted(unknown))}")
    return made
