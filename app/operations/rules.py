"""The rule book of this program, read once."""

from __future__ import annotations

from functools import cache

from app.domain.clock_book import ClockBook
from app.domain.clocks_data import parse_clocks
from app.domain.rule_book import RuleBook, parse_rules
from app.domain.rule_entry import RuleEntry, rule_entries
from app.resources import resource_json


@cache
def rule_book() -> RuleBook:
    """Return all deadline rules, the federal holidays and the table from plans to rules."""
    return parse_rules(
        resource_json("rules", "deadlines.json"),
        resource_json("rules", "federal_holidays.json"),
        resource_json("rules", "programmes.json"),
        urgent=resource_json("rules", "urgent.json"),
        amounts=resource_json("rules", "amounts.json"),
        notices=resource_json("rules", "notices.json"),
    )


@cache
def clock_book() -> ClockBook:
    """Return the times that plans, reviewers and others asked have for their answers."""
    book = rule_book()
    return parse_clocks(
        resource_json("rules", "decision_clocks.json"),
        resource_json("rules", "request_clocks.json"),
        book.programmes,
        book.holidays,
    )


@cache
def all_rules() -> tuple[RuleEntry, ...]:
    """Return every rule of the program as one list, kind by kind."""
    return rule_entries(rule_book(), clock_book())
