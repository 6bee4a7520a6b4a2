"""`due` and `rules`: arithmetic and data, without a binder."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import DONE, REFUSED, Answer, table
from app.domain.deadline import compute_due
from app.domain.due_facts import CannotSay, DueFacts
from app.operations.rules import rule_book


def due(words: Namespace) -> Answer:
    """Count one deadline."""
    book = rule_book()
    facts = DueFacts(
        notice_date=words.notice_date,
        received=words.received,
        service_date=words.service_date,
        bill_date=words.bill_date,
        action_date=words.action_date,
    )
    counted = compute_due(
        book.get(words.rule, words.state),
        facts,
        book.holidays,
        conservative=words.conservative,
        buffer_days=words.buffer_days,
    )
    row = counted.row()
    if isinstance(counted, CannotSay):
        lines = [line for line in (counted.sentence, counted.ask) if line]
        return Answer(row, lines, REFUSED, is_trouble=True)
    told = {name.replace("_", " "): value for name, value in row.items() if value}
    return Answer(row, [f"{name}: {value}" for name, value in told.items()], DONE)


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
