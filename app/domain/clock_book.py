"""All times that others have for their answers, and which of them runs after an appeal is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.calendar_days import FederalHolidays
from app.domain.decision_clock import Began, DecisionClock, answer_due
from app.domain.due_facts import CannotSay
from app.domain.errors import UserError
from app.domain.programmes import Coverage, ProgrammeTable

_ASK_PROGRAM: Final = CannotSay(
    "By when they must answer depends on the kind of plan, and that is not known.",
    "What kind of plan is it: through a job, bought by yourself, Medicare, Medicaid, or another? "
    "The card or the benefits office can tell.",
)
_NONE_KEPT: Final = CannotSay(
    "No law known here names the day of this answer.",
    "By when will they answer? Look in their letter, or ask when you call.",
)
_CARE_UNSURE: Final = (
    "Counted with the longest time that may apply, because it is not known whether the care was "
    "already given."
)
_LEVELS_UNSURE: Final = (
    "A plan that requires two levels of appeal has less time for each. Counted with the longer "
    "time, because it is not known how many levels this plan requires."
)
_NO_FAST_TIME: Final = (
    "No shorter time for a fast answer is known well enough here, so the usual one is counted. "
    "Ask them by when they decide fast."
)


@dataclass(frozen=True, slots=True)
class ClockBook:
    """The times of payers and reviewers by id, those for things asked for, and what they need."""

    clocks: Mapping[str, DecisionClock]
    requests: Mapping[str, DecisionClock]
    programmes: ProgrammeTable
    holidays: FederalHolidays

    def find(self, rule_id: str) -> DecisionClock | None:
        """Return a time by its id, of either kind, or None."""
        return self.clocks.get(rule_id) or self.requests.get(rule_id)

    def askable(self) -> dict[str, DecisionClock]:
        """Return what a person may ask for, by its word: `claim-file`, `records`."""
        every = (*self.requests.values(), *self.clocks.values())
        return {clock.word: clock for clock in every if clock.word}

    def request(self, named: str) -> DecisionClock:
        """Return the time for something asked for, by its id or its word.

        Raises:
            UserError: there is no such thing.
        """
        askable = self.askable()
        for word, clock in askable.items():
            if named.strip().casefold() in {word, clock.id.casefold()}:
                return clock
        raise UserError(
            f"“{named}” is nothing that the rules know to ask for. "
            f"Choose one of {', '.join(askable)}."
        )

    def programs_of(self, coverage: Coverage) -> frozenset[str]:
        """Return the programmes that a plan may fall under; none where its kind is not known."""
        word = "grandfathered" if coverage.grandfathered else coverage.program
        if word is None or word not in self.programmes.kinds:
            return frozenset()
        return self.programmes.programs(word, coverage.funding)

    def matching(self, program: str | None = None) -> tuple[DecisionClock, ...]:
        """Return all times, or those of a kind of plan or of a programme of the rules."""
        every = (*self.clocks.values(), *self.requests.values())
        if program is None:
            return every
        wanted = self.programs_of(Coverage(program)) | {program}
        return tuple(clock for clock in every if wanted & set(clock.programs))

    def decision(
        self,
        coverage: Coverage,
        level: int,
        *,
        care: str = "",
        urgent: bool = False,
        plan_levels: int | None = None,
        on: date,
    ) -> DecisionClock | CannotSay:
        """Return the time for the answer to an appeal of this level that was sent on a day.

        Where the kind of care (a word of `app.domain.denial.CARE`) or the number of the plan's
        levels is not known, the longest time that may apply is taken, and its `remark` says so.
        """
        programs = self.programs_of(coverage)
        if not programs:
            return _ASK_PROGRAM
        here = [
            version
            for clock in self.clocks.values()
            for one in (clock, *clock.variants)
            if one.answers_level(programs, level) and (version := one.in_force(on))
            if not care or not one.care or care in one.care
            if plan_levels is None or one.plan_levels in {None, plan_levels}
        ]
        fitting = [one for one in here if one.urgent in {None, urgent}]
        remark = ""
        if urgent and not fitting:
            fitting, remark = here, _NO_FAST_TIME
        if not fitting:
            return _NONE_KEPT
        suited = [_for_care(one, care) for one in fitting]
        chosen = max(suited, key=lambda one: self._longest(one, on))
        return replace(chosen, remark=" ".join([*_unsure(fitting, care), *filter(None, [remark])]))

    def review_level(self, coverage: Coverage, after: int) -> int | None:
        """Return the level of the next outside review after a level, where the plan has one."""
        programs = self.programs_of(coverage)
        levels = {
            level
            for clock in self.clocks.values()
            if clock.answers == "review"
            for program in programs
            for level in clock.levels.get(program, ())
            if level > after
        }
        return min(levels, default=None)

    def _longest(self, clock: DecisionClock, on: date) -> date:
        """Return the day on which a time ends at the latest; one without a number is longest."""
        return answer_due(clock, Began(on=on), self.holidays).at_latest or date.max


def _for_care(clock: DecisionClock, care: str) -> DecisionClock:
    """Take off the longer time that the law does not allow for this kind of care."""
    if clock.extension and care in clock.extension.not_for:
        return replace(clock, extension=None)
    return clock


def _unsure(fitting: Iterable[DecisionClock], care: str) -> list[str]:
    """Say what was not known where more than one time would fit."""
    several = list(fitting)
    said: list[str] = []
    if len({one.care for one in several}) > 1 and care in {"", "infused_drug"}:
        said.append(_CARE_UNSURE)
    if len({one.plan_levels for one in several}) > 1:
        said.append(_LEVELS_UNSURE)
    return said
