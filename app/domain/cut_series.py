"""Care under way that a payer cuts short: what is said about it, and by which law.

The last approved session is a day that the person entered. It is never turned into a deadline
here: that follows from the denial, once it is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.authorization import Authorization
from app.domain.calendar_days import spoken
from app.domain.deadline_rule import Purpose
from app.domain.denial import Denial
from app.domain.denial_dates import coverage_of
from app.domain.due_facts import CannotSay
from app.domain.plan import Plan
from app.domain.rule_book import RuleBook

_CUT: Final = frozenset({"partly", "denied"})
_NOT_KNOWN: Final = (
    "No rule about this is known here for this kind of plan. Look in the letter, or call the plan "
    "today: by when must you ask that the care goes on?"
)


@dataclass(frozen=True, slots=True)
class CutRule:
    """What a law says about care that is cut short; `source` and `verification` may be empty."""

    text: str
    source: str = ""
    verification: str = ""


def is_cut(authorization: Authorization) -> bool:
    """Return whether a payer approved less than was asked for, and a last session is known."""
    return authorization.status in _CUT and authorization.last_session_on is not None


def cut_sentence(authorization: Authorization, today: date) -> str:
    """Return when the last approved session is, and that the time runs before it; else nothing."""
    last = authorization.last_session_on
    if last is None or not is_cut(authorization):
        return ""
    if last < today:
        return f"They cut this short. The last approved session was on {spoken(last)}."
    return (
        f"They cut this short: the last approved session is on {spoken(last)}. The time to ask "
        "that it goes on runs before that day."
    )


def cut_rules(book: RuleBook, plan: Plan | None, reason: str = "") -> tuple[CutRule, ...]:
    """Return what is known about care that is cut short under a plan; one entry at least.

    The rules on keeping or extending care answer first; else the advice for care that is running.
    """
    coverage = coverage_of(plan, reason)
    known = book.rules_for(coverage, 1)
    if isinstance(known, CannotSay):
        return (CutRule(known.ask or known.sentence),)
    found = [
        CutRule(rule.note or rule.title, rule.source, rule.verification)
        for rule in known
        if rule.purpose is not Purpose.APPEAL
    ]
    if not found:
        usual = {advice.id for advice in book.urgent_advice(coverage, 1, continuing=False)}
        found = [
            CutRule(advice.note or advice.how, advice.source, advice.verification or "")
            for advice in book.urgent_advice(coverage, 1, continuing=True)
            if advice.id not in usual
        ]
    return tuple(found) or (CutRule(_NOT_KNOWN),)


def denial_of(authorization: Authorization, denials: Sequence[Denial]) -> Denial | None:
    """Return the denial that cut a series, of those of its claim.

    The one that was named; else one that stands open and says that the care is running; else the
    only one that stands open.
    """
    for each in denials:
        if each.id == authorization.denial_id:
            return each
    still_open = [each for each in denials if each.standing == "open"]
    running = [each for each in still_open if says_so(each)]
    return next(iter(running or (still_open if len(still_open) == 1 else [])), None)


def says_so(denial: Denial | None) -> bool:
    """Return whether a denial tells that treatment is running, so that its short dates stand."""
    return denial is not None and denial.continuing in {"yes", "unsure"}
