"""`rules`: data, without a binder."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any, Final

from app.cli.answer import Answer, table
from app.domain.deadline_rule import DeadlineRule
from app.domain.rule_entry import RuleEntry, entries_for
from app.operations.rules import all_rules, rule_book

_COLUMNS: Final = ("rule", "level", "window", "title", "source", "verification")


def rules(words: Namespace) -> Answer:
    """List the rules of one kind, deadlines unless another is asked for, or all of them."""
    chosen = entries_for(all_rules(), rule_book(), words.program, words.state)
    rows = [_row(entry) for entry in chosen if words.kind in ("all", entry.group.value)]
    return Answer(rows, table(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows)))


def _row(entry: RuleEntry) -> dict[str, Any]:
    """Return a rule as it is printed; what a kind of rule does not have is null."""
    return {
        "rule": entry.id,
        "kind": entry.group.value,
        "program": list(entry.programs) or sorted(entry.kinds),
        "level": entry.level,
        "title": entry.title,
        "window": entry.window or None,
        "trigger": entry.trigger or None,
        "source": entry.source or None,
        "verification": entry.verification.value if entry.verification else None,
        "state": next(iter(entry.states)) if len(entry.states) == 1 else None,
        "applies_from": _iso(entry.span.first),
        "applies_until": _iso(entry.span.last),
        "before": _before(entry),
        "text": entry.text or None,
        "note": entry.note or None,
        "ask": entry.ask,
    }


def _before(entry: RuleEntry) -> list[dict[str, Any]]:
    """Return the rules before this one, the newest first; what counts is the notice's date."""
    if not isinstance(entry.record, DeadlineRule):
        return []
    return [
        {
            "window": rule.window_words,
            "trigger": rule.trigger,
            "source": rule.source,
            "verification": rule.verification.value,
            "applies_from": _iso(rule.effective_from),
            "applies_until": _iso(rule.effective_until),
        }
        for rule in entry.record.versions[1:]
    ]


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()
