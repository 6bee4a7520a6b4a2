"""The kinds of rules that the program keeps, in the order of every list."""

from __future__ import annotations

from enum import StrEnum


class RuleGroup(StrEnum):
    """A kind of rule; the value is the word of the headless commands."""

    DEADLINES = "deadlines"
    URGENT = "urgent"
    CLOCKS = "clocks"
    REQUESTS = "requests"
    AMOUNTS = "amounts"
    NOTICES = "notices"
