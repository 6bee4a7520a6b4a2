"""Reads the times of payers and reviewers from their files, and refuses what is in disorder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.domain.calendar_days import FederalHolidays
from app.domain.clock_book import ClockBook
from app.domain.deadline_rule import Verification
from app.domain.decision_clock import DecisionClock, Limit, LimitUnit, LongerTime
from app.domain.denial import CARE
from app.domain.programmes import ProgrammeTable
from app.domain.rule_rows import RulesDataError, check_law, check_row, span_of

_WHAT: Final = "The time"
_ANSWERS: Final = ("request", "appeal", "review", "fast_review", "asked_for", "duty")
_NEEDED: Final = (
    "id", "title", "answers", "limit", "starts", "source", "sources", "verification",
)  # fmt: skip
_OPTIONAL: Final = (
    "program", "word", "asked_of", "levels", "care", "urgent", "plan_levels", "after", "extension",
    "then", "variants", "effective_from", "before", "note", "ask",
)  # fmt: skip
_VARIANT: Final = frozenset({"care", "urgent", "limit", "same_as"})


def parse_clocks(
    decisions: Mapping[str, Any],
    requests: Mapping[str, Any],
    programmes: ProgrammeTable,
    holidays: FederalHolidays,
) -> ClockBook:
    """Make the book from the parsed `decision_clocks` and `request_clocks` files.

    Raises:
        RulesDataError: a row has no source or cannot be read, or an id or word is there twice.
    """
    book = ClockBook(_clocks(decisions), _clocks(requests), programmes, holidays)
    words = [one.word for one in (*book.clocks.values(), *book.requests.values()) if one.word]
    if twice := {word for word in words if words.count(word) > 1}:
        raise RulesDataError(f"{', '.join(sorted(twice))} can be asked for in two ways.")
    if both := book.clocks.keys() & book.requests.keys():
        raise RulesDataError(f"{_WHAT} {', '.join(sorted(both))} is there twice.")
    return book


def _clocks(data: Mapping[str, Any]) -> dict[str, DecisionClock]:
    rows = {row["id"]: row for row in data["clocks"]}
    if len(rows) != len(data["clocks"]):
        raise RulesDataError(f"{_WHAT} of some id is there twice.")
    return {row_id: _clock(row, data["sources"], rows) for row_id, row in rows.items()}


def _clock(
    row: Mapping[str, Any], texts: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]
) -> DecisionClock:
    check_row(_WHAT, row, _NEEDED, _OPTIONAL)
    try:
        check_law(_WHAT, row, texts)
        clock = _built(row, rows)
        if clock.verification.computes and not clock.sources:
            raise ValueError("no text is named in which it was read")
        return replace(clock, variants=_variants(row, clock, rows), earlier=_earlier(row, clock))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RulesDataError(f"{_WHAT} {row['id']} cannot be read: {error}.") from error


def _built(row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> DecisionClock:
    return DecisionClock(
        id=row["id"],
        programs=tuple(row.get("program", ())),
        title=row["title"],
        answers=_one_of(_ANSWERS, row["answers"]),
        word=row.get("word", ""),
        asked_of=row.get("asked_of", ""),
        levels={program: tuple(levels) for program, levels in row.get("levels", {}).items()},
        care=tuple(_one_of(CARE, word) for word in row.get("care", ())),
        urgent=row.get("urgent"),
        plan_levels=row.get("plan_levels"),
        limit=_limit(row["limit"]),
        starts=row["starts"],
        before_start=_before_start(row, rows),
        extension=_extension(row.get("extension")),
        then=_then(row.get("then")),
        effective_from=span_of(row).first,
        source=row["source"],
        sources=tuple(row["sources"]),
        verification=Verification(row["verification"]),
        note=row.get("note", ""),
        ask=row.get("ask", ""),
    )


def _before_start(
    row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]
) -> tuple[Limit, ...]:
    if "after" not in row:
        return ()
    step = rows[row["after"]]
    return tuple(_limit(part) for part in (step["limit"], step.get("then")) if part)


def _variants(
    row: Mapping[str, Any], clock: DecisionClock, rows: Mapping[str, Mapping[str, Any]]
) -> tuple[DecisionClock, ...]:
    """Return the same answer with the other times that some appeals have for it."""
    made: list[DecisionClock] = []
    for variant in row.get("variants", ()):
        if unknown := variant.keys() - _VARIANT:
            raise ValueError(f"a variant has the unknown words {', '.join(sorted(unknown))}")
        limit = variant.get("limit") or rows[variant["same_as"]]["limit"]
        care = tuple(_one_of(CARE, word) for word in variant.get("care", clock.care))
        made.append(
            replace(clock, care=care, urgent=variant.get("urgent"), limit=_limit(limit))
        )  # fmt: skip
    return tuple(made)


def _earlier(row: Mapping[str, Any], clock: DecisionClock) -> DecisionClock | None:
    """Return the time before this one: the same, but for its length and its span."""
    if "before" not in row:
        return None
    return replace(clock, limit=_limit(row["before"]), effective_from=None)


def _limit(data: Mapping[str, Any]) -> Limit:
    return Limit(data["amount"], LimitUnit(data["unit"]))


def _extension(data: Mapping[str, Any] | None) -> LongerTime | None:
    if data is None:
        return None
    return LongerTime(_limit(data), tuple(_one_of(CARE, word) for word in data.get("not_for", ())))


def _then(data: Mapping[str, Any] | None) -> str:
    return f"Then they have {_limit(data)} for the {data['what']}." if data else ""


def _one_of(words: tuple[str, ...], word: str) -> str:
    if word not in words:
        raise ValueError(f"“{word}” is none of {', '.join(filter(None, words))}")
    return word
