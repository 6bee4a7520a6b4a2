"""`due`: pure arithmetic, without a binder."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any, Final

from app.cli.answer import DONE, REFUSED, Answer, table
from app.domain.calendar_days import spoken_weekday
from app.domain.clock_time import zone_named
from app.domain.counting import CountedDay, reckoning
from app.domain.deadline import compute_due
from app.domain.due_facts import CannotSay, DueFacts
from app.operations.rules import rule_book

_NOT_COME: Final = "By this computer's clock one of these days has not come yet: check the year."


def due(words: Namespace) -> Answer:
    """Count one deadline and show the steps of the count.

    It is arithmetic: nothing but the words on the line decides what is counted. A letter of a day
    that has not come is remarked upon here; a denial with such a letter gets no date.
    """
    book = rule_book()
    rule = book.get(words.rule, words.state)
    facts = _facts(words)
    how = {"conservative": words.conservative, "buffer_days": words.buffer_days}
    counted = compute_due(rule, facts, book.holidays, **how)
    if isinstance(counted, CannotSay):
        lines = [line for line in (counted.sentence, counted.ask) if line]
        return Answer(counted.row(), lines, REFUSED, is_trouble=True)
    shown = reckoning(rule, facts, book.holidays, **how)
    row: dict[str, Any] = counted.row()
    if facts.not_yet(words.today or date.today()):  # noqa: DTZ011 - the person's own day
        row["note"] = f"{_NOT_COME} {row['note'] or ''}".rstrip()
    told = [f"{name.replace('_', ' ')}: {value}" for name, value in row.items() if value]
    told += ["steps:", *(f"  {line}" for line in shown.lines)]
    row["steps"] = list(shown.lines)
    if words.show_days:
        row["days"] = [_day_row(day) for day in shown.days]
        told += table(("day", "number", "remark"), map(_day_cells, shown.days))
    return Answer(row, told, DONE)


def _facts(words: Namespace) -> DueFacts:
    return DueFacts(
        notice_date=words.notice_date,
        received=words.received,
        service_date=words.service_date,
        bill_date=words.bill_date,
        action_date=words.action_date,
        at=words.at,
        zone=None if words.zone is None else zone_named(words.zone),
    )


def _day_row(day: CountedDay) -> dict[str, str | int | None]:
    return {"day": day.day.isoformat(), "number": day.number, "remark": day.remark or None}


def _day_cells(day: CountedDay) -> tuple[str, int | None, str]:
    return spoken_weekday(day.day), day.number, day.remark
