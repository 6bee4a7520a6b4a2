"""`rules`: data, without a binder."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import Answer, table
from app.operations.rules import rule_book


def rules(words: Namespace) -> Answer:
    """List the deadline rules."""
    chosen = rule_book().matching(words.program, words.state)
    rows = [
        {
            "rule": rule.id,
            "program": list(rule.programs),
            "level": rule.level,
            "title": rule.title,
            "window": rule.window_words,
            "trigger": rule.trigger,
            "source": rule.source,
            "verification": rule.verification.value,
            "state": rule.state,
            "note": rule.note or None,
        }
        for rule in chosen
    ]
    columns = ("rule", "level", "window", "title", "source", "verification")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))
