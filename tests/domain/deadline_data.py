"""The rules as they ship, and short ways to ask them."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.deadline import Due, compute_due
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import CannotSay, DueFacts
from app.domain.rule_book import RuleBook, parse_rules
from app.resources import resource_json

FILES = ("deadlines", "federal_holidays", "programmes", "urgent", "amounts", "notices")


def book_of(**changed: dict[str, Any]) -> RuleBook:
    """The rule book as it ships, but with other data in place of some of its files."""
    data = {name: changed.get(name) or resource_json("rules", f"{name}.json") for name in FILES}
    assert changed.keys() <= data.keys()
    return parse_rules(
        data["deadlines"],
        data["federal_holidays"],
        data["programmes"],
        urgent=data["urgent"],
        amounts=data["amounts"],
        notices=data["notices"],
    )


BOOK = book_of()
HOLIDAYS = BOOK.holidays
RULES = tuple(BOOK.rules.values())
DATED = tuple(rule for rule in RULES if rule.gives_dates)
UNDATED = tuple(rule for rule in RULES if not rule.gives_dates)


def facts(**days: str) -> DueFacts:
    return DueFacts(**{name: date.fromisoformat(day) for name, day in days.items()})


def counted(
    rule: str | DeadlineRule, *, conservative: bool = False, buffer_days: int = 0, **days: str
) -> Due | CannotSay:
    chosen = BOOK.get(rule) if isinstance(rule, str) else rule
    return compute_due(
        chosen, facts(**days), HOLIDAYS, conservative=conservative, buffer_days=buffer_days
    )


def due(rule: str | DeadlineRule, **how: object) -> Due:
    result = counted(rule, **how)
    assert isinstance(result, Due), result
    return result


def last_day(rule: str | DeadlineRule, **how: object) -> str | None:
    return due(rule, **how).row()["last_day"]


def refusal(rule: str | DeadlineRule, **how: object) -> CannotSay:
    result = counted(rule, **how)
    assert isinstance(result, CannotSay), result
    return result
