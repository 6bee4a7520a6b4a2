"""What is to be done within a time: an appeal, an outside review, a hearing, sending papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from app.domain.fact import AppealLevel
from app.importing.sifting.window_times import TimeSaid
from app.importing.sifting.window_words import Mark, ending, marks

_RANK: Final = (
    "continue_benefits", "external", "hearing", "second", "dispute", "internal", "unnamed",
)  # fmt: skip
_NAMED: Final = frozenset(_RANK[:5])
WEAK: Final = frozenset({"disagree", "reply", "grievance", "form"})
"""Acts that only prepare for one: of another beside them the other is meant."""

_DECISIONS: Final = frozenset({"denial", "appeal_decision"})
_OTHER: Final = re.compile(r"[,;:]| (?:or|and|then|o|y|u) ")
_REACH: Final = 60  # letters before an act that may tell that it is over
_KEEPING_DAYS: Final = 30  # most days that a window for keeping benefits has


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked for, at `start` to `end`; `here` tells the sentence itself from its context."""

    level: AppealLevel | None
    name: str
    start: int
    end: int
    here: bool = True


def acts_in(text: str, time: TimeSaid | None) -> list[Act]:
    """Return what a plain sentence asks for, left to right; of two that overlap the rarer."""
    found = sorted(
        (mark for mark in marks(text, "levels") if _fits(mark, time)),
        key=lambda mark: (_RANK.index(mark.kind), mark.start - mark.end),
    )
    kept: list[Mark] = []
    for mark in found:
        if not any(mark.overlaps(other) for other in kept):
            kept.append(mark)
    return sorted((_act(mark) for mark in kept), key=lambda act: act.start)


def act_in(acts: Sequence[Act], start: int, end: int, heading: str, kind: str | None) -> Act | None:
    """Return what is asked for between two places; a level by name before a mere `appeal`."""
    inside = [_of_decision(act, kind) for act in acts if start <= act.start < end]
    if not inside:
        return None
    named = [act for act in inside if act.level in _NAMED]
    if named:
        return named[-1]
    plain = [act for act in inside if act.level is not None] or inside
    spoken = [act for act in plain if act.name not in WEAK] or plain
    return _by_heading(spoken[-1], heading, kind)


def act_ahead(text: str, kind: str | None) -> tuple[Act | None, bool]:
    """Return what a sentence of the context asks for, and whether it asks for more than that.

    What is over by then does not count: `after your internal appeal, you may ask for …`.
    """
    acts = [
        _of_decision(act, kind)
        for act in acts_in(text, None)
        if not ending("already_done").search(text, max(0, act.start - _REACH), act.start)
    ]
    acts = [act for act in acts if act.level is not None] or acts
    acts = [act for act in acts if act.name not in WEAK] or acts
    if acts and not _OTHER.search(text, acts[0].start, acts[-1].start):
        acts = [act for act in acts if act.level in _NAMED] or acts  # `appeal to the state`
    levels = {act.level for act in acts}
    return (acts[0] if len(levels) == 1 else None), len(levels) > 1


def _of_decision(act: Act, kind: str | None) -> Act:
    """Return what `dispute it` means in the letter of a plan that decided: an appeal."""
    if act.name == "dispute_it" and kind in _DECISIONS:
        return Act("internal", "appeal", act.start, act.end)
    return act


def _by_heading(act: Act, heading: str, kind: str | None) -> Act:
    """Return what a mere `appeal` means under a heading, or in the answer to an appeal."""
    if act.name not in ("appeal", "disagree"):
        return act
    levels = {item.level for item in acts_in(heading, None) if item.level is not None}
    if len(levels) == 1 and (level := levels.pop()) in _NAMED:
        return Act(level, act.name, act.start, act.end)
    if kind == "appeal_decision":
        return Act("second", act.name, act.start, act.end)
    return act


def _fits(mark: Mark, time: TimeSaid | None) -> bool:
    if mark.kind != "continue_benefits" or time is None or time.amount is None:
        return True
    days = time.unit in ("calendar_days", "business_days", "noon_next_day")
    return days and time.amount <= _KEEPING_DAYS


def _act(mark: Mark) -> Act:
    level = None if mark.kind == "unnamed" else cast("AppealLevel", mark.kind)
    return Act(level, mark.name, mark.start, mark.end)
