"""Who must act within a time, and on what: the phrases of one sentence weighed by their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.fact import FiledWhen, ForWhom, WindowSaid
from app.importing.sifting.addressee import Addressee
from app.importing.sifting.window_acts import WEAK, Act, act_ahead, act_in, acts_in
from app.importing.sifting.window_anchors import AnchorSaid
from app.importing.sifting.window_marks import DEADLINES, OBLIGED, Governing, MarkedSentence
from app.importing.sifting.window_times import TimeSaid
from app.importing.sifting.window_words import Mark, joined, marks

_CLEAR: Final = {
    "patient_may": 0.95, "patient_has": 0.95, "patient_acts": 0.9, "we_must_receive": 0.92,
    "request_must_be": 0.92, "request_must_reach": 0.92, "imperative": 0.9, "deadline_to": 0.9,
    "appeal_deadline": 0.9,
}  # fmt: skip
_LESS_CLEAR: Final = 0.85
_FROM_CONTEXT: Final = 0.75
_DOUBTFUL: Final = 0.65
_TOO_LATE: Final = frozenset(
    {
        "filed_late", "request_that_comes", "we_refuse", "patient_acts", "no_longer", "es_actua",
        "es_ya_no",
    }
)  # fmt: skip
_SAID: Final = frozenset({"denial", "appeal_decision", "eob", "medicare_summary"})
"""Kinds of paper that answer a claim: their times from the day of care are why, not what to do."""

_OF_NOBODY: Final = frozenset({"the_clock_is"})
_OF_OTHERS: Final = frozenset({"agency_must_receive"})
"""Phrases that may be of anyone: what they ask for must be known."""

_NEEDS_VERB: Final = frozenset({"patient_may"})
_HAS: Final = frozenset(
    {"patient_has", "available_to_you", "how_long_you_have", "es_tiene", "es_le_damos"}
)
_OF_DECISIONS: Final = frozenset({"internal", "second", "external", "hearing"})
_NOTICES: Final = frozenset({"receipt", "date_of_notice", "date_of_decision", "mailed_date"})
_NEAR: Final = 34  # letters from a modal verb to the verb it goes with
_BESIDE: Final = 3  # letters from a bare length to its anchor
_BESIDE_HAS: Final = 12  # letters from “you have” to its time
_BESIDE_LABEL: Final = 26  # letters from “deadline to appeal” to a bare length
_FRAGMENT: Final = 220
_NOTHING_NAMED: Final = Act(None, "", 0, 0)
_LATER: Final = re.compile(r"whichever|lo que ocurra|el que sea|later of|earlier of|lo que suceda")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a sentence, in plain form."""

    heading: str
    lead: str
    before: tuple[str, ...]
    addressee: Addressee
    kind: str | None


@dataclass(frozen=True, slots=True)
class WindowRead:
    """A window and the span of the plain sentence that says it."""

    said: WindowSaid
    start: int
    end: int
    score: float
    note: str


def _of_notice(anchor: AnchorSaid, act: Act) -> AnchorSaid:
    """Return an anchor, the date of “this statement” in words about an appeal as a notice's."""
    if anchor.name == "statement" and act.level in _OF_DECISIONS:
        return replace(anchor, anchor="date_of_notice")
    return anchor


class Clauses:
    """A sentence with its times, read one time after the other."""

    def __init__(self, text: str, times: Sequence[TimeSaid], around: Surroundings) -> None:
        self._text = text
        self._sentence = MarkedSentence(text, times)
        self._around = around

    def read(self, time: TimeSaid) -> WindowRead | None:
        """Return the window that a time makes, or None if it makes none that is certain."""
        if joined("never").search(self._text):
            return None
        anchor = self._sentence.anchor(time)
        governing = self._sentence.governing(time, anchor)
        if governing is None:
            return self._bare(time, anchor) or self._by_heading(time, anchor)
        mark = governing.mark
        if mark.kind == "none" or not self._limits(time, governing, anchor):
            return None
        if mark.kind == "patient":
            return self._for_patient(time, anchor, governing)
        return self._for_other(time, anchor, governing)

    def _limits(self, time: TimeSaid, governing: Governing, anchor: AnchorSaid | None) -> bool:
        """Say whether a time is a limit for what a phrase speaks of."""
        mark = governing.mark
        if time.late:
            return mark.name in _TOO_LATE
        if time.limit or time.has:
            return True
        if joined("repeated").search(self._text, mark.end, time.start):
            return False
        if mark.name in DEADLINES:
            return governing.follows or time.start - mark.end <= _BESIDE_LABEL
        return mark.name in OBLIGED and anchor is not None and anchor.start - time.end <= _BESIDE

    def _for_patient(
        self, time: TimeSaid, anchor: AnchorSaid | None, governing: Governing
    ) -> WindowRead | None:
        for_whom, sure = self._addressed(governing.mark)
        if for_whom is None or not self._acts(time, anchor, governing):
            return None
        if joined("more_time").search(self._text, time.start, time.end):
            return None
        if anchor and anchor.by_plan:
            anchor = None
        meant = self._meant(time, anchor, governing)
        if meant is None:
            return None
        act, certain = meant
        if anchor and anchor.anchor == "service" and not self._own_claim(act, governing.mark):
            return None
        score = min(_CLEAR.get(governing.mark.name, _LESS_CLEAR), governing.sure, sure, certain)
        return self._window(time, anchor and _of_notice(anchor, act), for_whom, act, score)

    def _meant(
        self, time: TimeSaid, anchor: AnchorSaid | None, governing: Governing
    ) -> tuple[Act, float] | None:
        """Return what is to be done, by name or by what it points to, and how sure that is."""
        act = self._act(time, governing)
        if act is None:
            asked = self._around.kind == "information_request"
            known = asked or (anchor is not None and anchor.anchor in _NOTICES)
            mark = governing.mark
            known = known and self._files(mark) and mark.name not in _OF_OTHERS
            known = known and not self._denied_behind(time)
            return (_NOTHING_NAMED, _DOUBTFUL) if known else None
        if act.here:
            return act, 1.0
        return (act, _FROM_CONTEXT) if self._points_back(time, governing.mark) else None

    def _own_claim(self, act: Act, mark: Mark) -> bool:
        """Say whether a time from the day of care is the reader's for a claim of their own.

        Nobody appeals within a time from then: elsewhere it is the timely filing of claims.
        """
        by_reader = re.search(r"\byou\b|\busted\b", self._text[mark.start : mark.end])
        return act.name == "own_claim" and by_reader is not None and self._around.kind not in _SAID

    def _files(self, mark: Mark) -> bool:
        """Say whether a phrase is about filing something, not about any other step."""
        return (
            joined("context_file_it").search(self._text[mark.start : mark.end + _NEAR]) is not None
        )

    def _points_back(self, time: TimeSaid, mark: Mark) -> bool:
        """Say whether a sentence speaks of what the one before it or its heading names."""
        if mark.name in DEADLINES or time.unit == "noon_next_day":
            return True
        if joined("other_purpose").match(self._text, time.end):
            return False
        words = self._text[mark.start : max(time.lead, mark.end)]
        behind = joined("ends_there").match(self._text, time.end) if mark.name in _HAS else None
        return behind is not None or joined("points_back").search(words) is not None

    def _addressed(self, mark: Mark) -> tuple[ForWhom | None, float]:
        """Return whose window a phrase about the reader of the letter speaks of."""
        around = self._around
        if around.addressee == "plan":
            return None, 0
        words = self._text[mark.start : mark.end]
        if joined("member_named").search(words):
            return "patient", 1.0
        if joined("for_providers").search(around.heading) or joined("to_providers").search(
            self._text
        ):
            return "provider", _LESS_CLEAR
        if around.addressee == "provider" and not joined("for_members").search(around.heading):
            return "provider", _LESS_CLEAR
        return "patient", 1.0

    def _acts(self, time: TimeSaid, anchor: AnchorSaid | None, governing: Governing) -> bool:
        """Say whether the verb that goes with a phrase is one of asking or sending."""
        mark = governing.mark
        if mark.name in _NEEDS_VERB:
            near = self._verb_place(mark, time, anchor)
            if near is None:
                return False
            verb = joined("verbs_act").search(self._text, mark.end, near + _NEAR)
            return verb is not None and not joined("other_verb").match(self._text, mark.end)
        if mark.name not in _HAS:
            return True
        if not (governing.follows or time.has or self._gap(mark, time, anchor) <= _BESIDE_HAS):
            return False
        stop = max(time.end, anchor.end if anchor and anchor.start >= time.end else 0)
        for place in (time.end, stop):
            if joined("to_verb").match(self._text, place):
                return joined("to_act").match(self._text, place) is not None
        return joined("ends_there").match(self._text, stop) is not None

    def _verb_place(self, mark: Mark, time: TimeSaid, anchor: AnchorSaid | None) -> int | None:
        """Return from where the verb of a phrase is near: `you may, within 60 days, appeal`."""
        if not 0 <= time.lead - mark.end <= _BESIDE:
            return mark.end
        if self._denied_behind(time):
            return None
        beside = anchor is not None and 0 <= anchor.start - time.end <= _BESIDE
        return anchor.end if anchor and beside else time.end

    def _denied_behind(self, time: TimeSaid) -> bool:
        """Say whether a phrase behind a time tells of something else: `… for a refund`."""
        return any(mark.kind == "none" and mark.start >= time.end for mark in self._sentence.marks)

    @staticmethod
    def _gap(mark: Mark, time: TimeSaid, anchor: AnchorSaid | None) -> int:
        """Return how many letters part a phrase from its time, an anchor between not counted."""
        between = anchor is not None and mark.end <= anchor.start < time.lead
        return time.lead - mark.end - (anchor.end - anchor.start if anchor and between else 0)

    def _act(self, time: TimeSaid, governing: Governing) -> Act | None:
        """Return what is to be done: said in the same part, before it, or in a heading."""
        start, end = self._sentence.part(time)
        mark = governing.mark
        beyond = max(time.end, mark.end if governing.follows else 0)
        next_time = min(
            (item.start for item in self._sentence.times if item.start > beyond), default=end
        )
        next_mark = min(
            (item.start for item in self._sentence.marks if item.start > beyond), default=end
        )
        behind = mark.start if governing.follows else time.end
        after, later = (behind, min(next_mark, next_time, end)), (behind, min(next_time, end))
        ahead = (mark.start, time.lead)
        spans = (
            (after, ahead, (start, time.lead), (0, time.lead), later)
            if mark.name in _HAS or governing.follows
            else (ahead, after, (start, time.lead), (0, time.lead), later)
        )
        acts = [
            act
            for act in acts_in(self._text, time)
            if not any(item.start <= act.start < item.end for item in self._sentence.anchors)
        ]
        for act in acts:
            if act.level == "continue_benefits" and start <= act.start < end:
                return act
        near = [
            act
            for first, last in spans
            if (act := act_in(acts, first, last, self._around.heading, self._around.kind))
        ]
        if near:
            return next((act for act in near if act.name not in WEAK), near[0])
        return self._act_before(by_plan=mark.name in _OF_NOBODY)

    def _act_before(self, *, by_plan: bool) -> Act | None:
        """Return what the context asks for; `by_plan` says that it may be the plan's own step."""
        for text in (self._around.lead, *self._around.before, self._around.heading):
            if by_plan and any(mark.kind == "plan" for mark in marks(text, "groups")):
                return None
            act, several = act_ahead(text, self._around.kind)
            if act:
                return Act(act.level, act.name, 0, 0, here=False)
            if several:
                return None
        return None

    def _for_other(
        self, time: TimeSaid, anchor: AnchorSaid | None, governing: Governing
    ) -> WindowRead | None:
        """Return the provider's window, or the plan's clock, if a fitting verb is said with it."""
        mark = governing.mark
        for_whom: ForWhom = "plan" if mark.kind == "plan" else "provider"
        verb = joined("verbs_decide" if for_whom == "plan" else "verbs_send")
        start, end = self._sentence.part(time)
        does = verb.search(self._text, start, time.lead) or verb.search(self._text, time.end, end)
        if not does or self._around.addressee == "plan":
            return None
        return self._window(time, anchor, for_whom, _NOTHING_NAMED, min(0.9, governing.sure))

    def _bare(self, time: TimeSaid, anchor: AnchorSaid | None) -> WindowRead | None:
        """Return the window of a note without a verb: `Appeals: in writing within 60 days of …`."""
        if not (time.limit or time.has) or anchor is None or anchor.by_plan:
            return None
        start, _ = self._sentence.part(time)
        words = self._text[start : time.lead]
        if self._sentence.marks or not joined("bare_act").fullmatch(words + " "):
            return None
        acts = acts_in(self._text, time)
        act = act_in(acts, start, time.lead, self._around.heading, self._around.kind)
        for_whom, sure = self._addressed(Mark("patient", "bare_act", 0, 0))
        if act is None or for_whom is None:
            return None
        anchor = _of_notice(anchor, act)
        if anchor.anchor not in _NOTICES:
            return None
        return self._window(time, anchor, for_whom, act, min(sure, _FROM_CONTEXT))

    def _by_heading(self, time: TimeSaid, anchor: AnchorSaid | None) -> WindowRead | None:
        """Return the window of a fragment under a heading that asks how long somebody has."""
        if len(self._text) > _FRAGMENT or self._around.addressee == "plan" or self._sentence.marks:
            return None
        if not self._sentence.opens_clause(time, 0):
            return None
        before = self._around.before[0] if self._around.before else ""
        asked_before = before if before.endswith("?") else ""
        above = asked_before or self._around.lead or self._around.heading
        by_plan = anchor is not None and anchor.by_plan
        if by_plan or joined("heading_plan").search(above):
            said = self._window(time, anchor, "plan", _NOTHING_NAMED, _DOUBTFUL)
            return said if by_plan else None
        act = self._act_before(by_plan=False)
        asked = joined("heading_how_long").search(above)
        for_whom, sure = self._addressed(Mark("patient", "heading", 0, 0))
        if act is None or for_whom is None or not (asked or (time.limit and anchor)):
            return None
        return self._window(time, anchor, for_whom, act, min(sure, _DOUBTFUL))

    def _window(
        self, time: TimeSaid, anchor: AnchorSaid | None, for_whom: ForWhom, act: Act, score: float
    ) -> WindowRead:
        start, end = time.lead if time.limit and not time.late else time.start, time.end
        if anchor:
            start, end = min(start, anchor.start), max(end, anchor.end)
        note = time.note
        if time.note and time.amount is not None:
            score -= 0.1
        if _LATER.search(self._text, end):
            note = "The letter names a second limit too; look which of them is later."
        said = WindowSaid(
            time.amount,
            time.unit,
            anchor.anchor if anchor and time.amount is not None else "unstated",
            for_whom,
            act.level if for_whom == "patient" else None,
            self._filed_when(time),
            time.due,
        )
        return WindowRead(said, start, end, round(score, 2), note)

    def _filed_when(self, time: TimeSaid) -> FiledWhen | None:
        start, end = self._sentence.part(time)
        part = self._text[start:end]
        received = joined("filed_when_received").search(part) is not None
        postmarked = joined("filed_when_postmarked").search(part) is not None
        if received and postmarked:
            return "either"
        return "received" if received else "postmarked" if postmarked else None
