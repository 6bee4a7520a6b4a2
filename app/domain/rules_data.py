"""Reading `deadlines.json`: strictly, so that a slip in the data cannot become a wrong date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from app.domain.amount_in_controversy import AmountStep
from app.domain.calendar_days import MonthOverflow
from app.domain.deadline_rule import DeadlineRule, Purpose
from app.domain.due_facts import Fact
from app.domain.rule_rows import (
    SPAN_WORDS,
    RulesDataError,
    check_law,
    check_row,
    check_spans,
    span_of,
)
from app.domain.verification import Verification
from app.domain.window import Unit, Window

_RULE: Final = "The rule"
_ROLLS: Final = "next_day_not_sat_sun_federal_holiday"
_NEEDED: Final = frozenset(
    {"id", "program", "level", "title", "window", "trigger", "counts_from", "conservative_from"}
    | {"filed_when", "source", "sources", "verification"}
)
_OPTIONAL: Final = (
    frozenset({"purpose", "state", "conservative_window", "receipt_presumption_days"})
    | {"month_overflow", "later_of", "weekend_holiday_roll", "day_before", "minimum", "next_level"}
    | {"good_cause", "late_note", "amount_step", "regulator", "earlier", "note", "ask"}
    | SPAN_WORDS
)


def parse_deadlines(data: Mapping[str, Any]) -> dict[str, DeadlineRule]:
    """Return the rules of `deadlines.json` by id, in the order of the file.

    Raises:
        RulesDataError: a rule has no source, an unknown word, or cannot be counted.
    """
    rules: dict[str, DeadlineRule] = {}
    for row in data["rules"]:
        rule = _rule(row, data["sources"])
        if rule.id in rules:
            raise RulesDataError(f"The rule {rule.id} is there twice.")
        rules[rule.id] = rule
    return rules


def _rule(row: Mapping[str, Any], texts: Mapping[str, Any]) -> DeadlineRule:
    check_row(_RULE, row, _NEEDED, _OPTIONAL)
    check_law(_RULE, row, texts)
    try:
        rule = _built(row, texts)
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"{_RULE} {row['id']} cannot be read: {error}.") from error
    check_spans(f"{_RULE} {rule.id}", (version.span for version in rule.versions))
    return rule


def _built(row: Mapping[str, Any], texts: Mapping[str, Any]) -> DeadlineRule:
    span = span_of(row)
    rule = DeadlineRule(
        id=row["id"],
        programs=tuple(row["program"]),
        level=row["level"],
        title=row["title"],
        purpose=Purpose(row.get("purpose", Purpose.APPEAL)),
        window=_window(row["window"]),
        conservative_window=_window(row["conservative_window"])
        if "conservative_window" in row
        else None,
        trigger=row["trigger"],
        counts_from=_facts(row["counts_from"]),
        conservative_from=_facts(row["conservative_from"]),
        receipt_presumption_days=row.get("receipt_presumption_days") or 0,
        overflow=MonthOverflow(row.get("month_overflow", MonthOverflow.CLAMP)),
        rolls=_rolls(row.get("weekend_holiday_roll")),
        later_of=_facts(row.get("later_of", ())),
        day_before=_facts(row.get("day_before", ())),
        is_minimum=row.get("minimum", False),
        filed_when=row["filed_when"],
        next_levels=tuple(row.get("next_level", ())),
        good_cause=row.get("good_cause"),
        late_note=row.get("late_note", ""),
        amount_step=AmountStep(row["amount_step"]) if "amount_step" in row else None,
        state=row.get("state"),
        regulator=row.get("regulator"),
        source=row["source"],
        sources=tuple(row["sources"]),
        verification=Verification(row["verification"]),
        effective_from=span.first,
        effective_until=span.last,
        earlier=_earlier(row, texts),
        note=row.get("note", ""),
        ask=row.get("ask"),
    )
    if rule.gives_dates and not (rule.counts_from and rule.conservative_from):
        raise ValueError("it does not say from what it is counted")
    return rule


def _earlier(row: Mapping[str, Any], texts: Mapping[str, Any]) -> DeadlineRule | None:
    """Return the rule before this one: the same row with what was different then.

    It ends on the day before this one begins, unless it says otherwise.
    """
    if "earlier" not in row:
        return None
    first = span_of(row).first
    if first is None:
        raise ValueError("a rule stands before it, but it does not say when it began")
    same = {key: row[key] for key in row if key not in SPAN_WORDS | {"earlier"}}
    until = {"effective_until": (first - timedelta(days=1)).isoformat()}
    return _rule(same | until | row["earlier"], texts)


def _window(data: Mapping[str, Any]) -> Window:
    return Window(data["amount"], Unit(data["unit"]))


def _facts(names: list[str] | tuple[str, ...]) -> tuple[Fact, ...]:
    return tuple(map(Fact, names))


def _rolls(word: str | None) -> bool:
    if word not in {None, _ROLLS}:
        raise ValueError(f"{word} is no way to move a last day")
    return word == _ROLLS
