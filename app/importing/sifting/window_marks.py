"""The phrases of one sentence that say who acts, and which of them governs a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app.importing.sifting.window_anchors import AnchorSaid, anchors_in
from app.importing.sifting.window_times import TimeSaid
from app.importing.sifting.window_words import Mark, joined, marks

DEADLINES: Final = frozenset(
    {
        "deadline_to",
        "appeal_deadline",
        "how_long_you_have",
        "how_long_do_i_have",
        "the_clock_is",
        "request_is_due",
        "last_day_on_which",
        "time_for_filing",
        "when_you_must",
        "es_plazo_para",
    }
)
"""Phrases that name a time themselves: `the deadline to appeal`."""

OBLIGED: Final = frozenset(
    {
        "we_must_receive",
        "must_receive_it",
        "agency_must_receive",
        "request_must_be",
        "request_must_reach",
        "es_debemos_recibir",
    }
)
"""Phrases that say what has to have happened by then."""

_IMPERATIVES: Final = frozenset({"imperative", "es_imperativo", "and_be_filed"})
_REQUESTS: Final = frozenset({"request_must_be", "request_must_reach"})
_WITHOUT_SUBJECT: Final = _IMPERATIVES | {"you_ask_us_to_decide"}
_COORDINATED: Final = re.compile(r"(?:and|or|then|also|must|y|o|e|u)\b")
_RANK: Final = {"none": 0, "plan": 1, "provider": 2, "patient": 3}
_PART: Final = re.compile(r";|(?<= )\(?(?:\d|[a-d]|[ivx]{1,3})\)(?= )| (?=[•●▪] )")
_BESIDE: Final = 3
_LESS_CLEAR: Final = 0.85
_FROM_CONTEXT: Final = 0.75


@dataclass(frozen=True, slots=True)
class Governing:
    """The phrase that says who acts within a time; `sure` is lower where it stands far off."""

    mark: Mark
    sure: float
    follows: bool = False


class MarkedSentence:
    """A plain sentence with its times, its anchors and its phrases."""

    def __init__(self, text: str, times: Sequence[TimeSaid]) -> None:
        self.text = text
        self.times = tuple(times)

    def part(self, time: TimeSaid) -> tuple[int, int]:
        """Return where the part of a list or of a chain with semicolons lies that has a time."""
        start, end = 0, len(self.text)
        for match in _PART.finditer(self.text):
            if match.end() <= time.start:
                start = match.start()
            elif match.start() >= time.end:
                end = match.start()
                break
        return start, end

    @cached_property
    def anchors(self) -> tuple[AnchorSaid, ...]:
        """What the times may be counted from, left to right."""
        return anchors_in(self.text, [(time.lead, time.end) for time in self.times])

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The phrases that say who acts, left to right; of two that overlap the longer counts."""
        found = [
            mark for item in marks(self.text, "groups") if (mark := self._outside(item)) is not None
        ]
        found.sort(
            key=lambda mark: (mark.start - mark.end, mark.name not in OBLIGED, _RANK[mark.kind])
        )
        kept: list[Mark] = []
        for mark in found:
            if not any(mark.overlaps(other) for other in kept):
                kept.append(mark)
        return tuple(sorted(kept, key=lambda mark: mark.start))

    def _outside(self, mark: Mark) -> Mark | None:
        """Return a phrase, of “after it reaches you, a member may” only what follows the comma."""
        for anchor in self.anchors:
            if anchor.start <= mark.start < anchor.end:
                over = mark.end > anchor.end and self.text[anchor.end] == ","
                return replace(mark, start=anchor.end + 2) if over else None
        return mark

    def anchor(self, time: TimeSaid) -> AnchorSaid | None:
        """Return what a time is counted from: right behind it, later on, or before it."""
        following = min(
            (other.lead for other in self.times if other.start > time.start),
            default=len(self.text),
        )
        for anchor in self.anchors:
            if time.end <= anchor.start < following:
                gap = self.text[time.end : anchor.start]
                if joined("beside_anchor").fullmatch(gap):
                    return anchor
                if anchor.far and not self._marks_between(time.end, anchor.start):
                    return anchor
        before = max((other.end for other in self.times if other.end <= time.lead), default=0)
        leading = [
            anchor for anchor in self.anchors if anchor.far and before <= anchor.start < time.lead
        ]
        return leading[-1] if leading else None

    def _marks_between(self, start: int, end: int) -> bool:
        return any(
            start <= mark.start and mark.end <= end and mark.name not in DEADLINES
            for mark in self.marks
        )

    def governing(self, time: TimeSaid, anchor: AnchorSaid | None) -> Governing | None:
        """Return the phrase nearest to a time: right behind it, before it, or later on."""
        start, end = self.part(time)
        before = [mark for mark in self.marks if start <= mark.start and mark.end <= time.start]
        behind = [mark for mark in self.marks if time.end <= mark.start < end]
        stop = max(time.end, anchor.end if anchor and anchor.start >= time.end else 0)
        if behind and self._goes_with(time, behind[0], start, stop):
            return Governing(behind[0], 1.0, follows=True)
        previous = max((item.end for item in self.times if item.end <= time.lead), default=start)
        near = [mark for mark in before if mark.start >= previous]
        if near:
            return Governing(self._subject(near[-1], before), 1.0)
        if before:
            shared = joined("shared_governing").fullmatch(self.text[previous : time.lead])
            return Governing(before[-1], _FROM_CONTEXT) if shared else None
        if behind and not any(time.end <= item.start < behind[0].start for item in self.times):
            return Governing(behind[0], _LESS_CLEAR, follows=True)
        return None

    def _subject(self, mark: Mark, before: Sequence[Mark]) -> Mark:
        """Return whose verb a coordinated one is: `your doctor may call and request …`."""
        if mark.name not in _IMPERATIVES or not _COORDINATED.match(self.text, mark.start):
            return mark
        others = [
            other
            for other in before
            if other.start < mark.start and other.name not in _WITHOUT_SUBJECT
        ]
        if not others:
            return mark
        shared = mark.name == "and_be_filed" and others[-1].name in _REQUESTS
        return others[-1] if shared or others[-1].kind in ("plan", "provider") else mark

    def _goes_with(self, time: TimeSaid, mark: Mark, start: int, stop: int) -> bool:
        """Say whether a time belongs to the phrase behind it: `180-day appeal period`."""
        if mark.start - stop > _BESIDE:
            return False
        return self.opens_clause(time, start) or mark.name in DEADLINES

    def opens_clause(self, time: TimeSaid, start: int) -> bool:
        """Say whether a clause begins with a time, after `start`."""
        before = self.text[start : time.lead].rstrip()
        return not before or before[-1] in ",:•-)(" or before.endswith(("and", "then", "then,"))
