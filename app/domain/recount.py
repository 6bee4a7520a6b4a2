"""A deadline counted again after something it hangs on was corrected: what was, what would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.deadline import ASK_THE_LETTER
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.plan import Plan
from app.domain.planned_deadline import LETTER_SOURCE, PlannedDeadline

_KINDS_OF_PLAN: Final = {
    "employer": "a plan through a job",
    "individual": "a plan bought by yourself",
    "grandfathered": "a grandfathered plan",
    "nonfed_gov": "a plan of a state, county, city or school",
    "church": "a church plan",
    "original_medicare": "Original Medicare",
    "medicare_advantage": "a Medicare Advantage plan",
    "part_d": "a Medicare drug plan (Part D)",
    "medicaid_managed_care": "a Medicaid managed care plan",
    "medicaid_ffs": "Medicaid without a managed care plan",
    "chip": "CHIP",
    "fehb": "a federal employees' plan (FEHB)",
    "pshb": "a postal service plan (PSHB)",
    "tricare": "TRICARE",
    "champva": "CHAMPVA",
    "va_health": "VA health care",
    "ihs": "the Indian Health Service",
    "marketplace": "a marketplace plan",
    "student": "a student plan",
    "dental": "a dental or vision plan",
    "short_term": "a short-term plan",
    "workers_comp": "workers' compensation",
    "other": "another kind of plan",
}
_FUNDINGS: Final = {
    "self": "the employer pays the claims itself",
    "insured": "an insurance company pays the claims",
    None: "it is not known who pays the claims",
}
_LETTER_FIELDS: Final = (
    "letter_says", "letter_date", "letter_days", "letter_unit", "letter_counts_from",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Recounted:
    """One entry of the calendar before and after a change that was not made yet.

    `due_id` is None for an entry that would be new, or that would stay without a date; `was` and
    `would_be` are last days, or for days in reserve the days to aim for, and None where there is
    no date. `because` is the reason in words that follow “because”, or, where no date would be
    left, the one question that would bring it back. `keeps` says that the day stays although it
    was counted again; `by_rule` is then the day that the rule gives, if it is another one.
    `source` names what the new day rests on.
    """

    due_id: str | None = None
    denial_id: str | None = None
    clock_id: str | None = None
    claim: str
    title: str
    was: date | None
    would_be: date | None
    because: str
    keeps: bool = False
    by_rule: date | None = None
    source: str = ""

    @property
    def sentence(self) -> str:
        """What would happen, in one line without its title and full stop."""
        if self.was and self.would_be:
            if self.was != self.would_be:
                return (
                    f"was {spoken(self.was)}, would be {spoken(self.would_be)}, "
                    f"because {self.because}"
                )
            return f"stays {spoken(self.was)}: {self.because}"
        if self.would_be:
            return f"is new, would be {spoken(self.would_be)}, because {self.because}"
        if self.was:
            return f"was {spoken(self.was)}, would have no date: {self.because}"
        return f"still has no date: {self.because}"


NOTHING_MOVES: Final = "counted again, and nothing moves"
YOUR_LETTER: Final = "the day in your letter"
LOOK_THEN_CONFIRM: Final = "{} can be planned on now; look at the letter, then confirm it"
RULE_IS_NOT_THEIRS: Final = (
    "the rule it was counted from does not hold for this plan. Does a letter name a last day?"
)


def staying(item: DueItem | None, planned: PlannedDeadline) -> PlannedDeadline:
    """Return what is planned for an entry whose day comes from the letter: that day stays.

    Where the rule now gives an earlier day than the letter, the entry keeps the letter's day and
    both stand side by side; the day to file by is that of the earlier one.
    """
    if item is None or item.basis != "letter" or planned.letter_day != item.last_day:
        return planned
    return replace(
        planned,
        last_day=planned.letter_day,
        basis="letter",
        source=LETTER_SOURCE,
        verification=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What an entry is about: whose it is, and what to ask where no date is left for it."""

    claim: str
    denial_id: str | None = None
    clock_id: str | None = None
    title: str = ""
    ask: str | None = None


def recounted(
    about: Subject, before: DueItem | None, after: DueItem | None, reason: str
) -> Recounted:
    """Return the line about an entry that is there before a change, after it, or both.

    `reason` says what was corrected.
    """
    was = before.last_day if before else None
    would_be = after.last_day if after else None
    keeps = was is not None and was == would_be
    shown = before or after
    return Recounted(
        due_id=before.id if before else None,
        denial_id=about.denial_id,
        clock_id=about.clock_id,
        claim=about.claim,
        title=shown.title if shown else about.title,
        was=was,
        would_be=would_be,
        because=_because(after, reason, keeps=keeps) if after else about.ask or ASK_THE_LETTER,
        keeps=keeps,
        by_rule=after.rule_on if after and after.rule_on != after.last_day else None,
        source=after.source if after else "",
    )


def _because(after: DueItem, reason: str, *, keeps: bool) -> str:
    if not keeps:
        return reason
    if after.basis != "letter":
        return NOTHING_MOVES
    if after.rule_on in {None, after.last_day}:
        return YOUR_LETTER
    assert after.rule_on is not None
    beside = f"{YOUR_LETTER}; by the rule it would be {spoken(after.rule_on)}"
    return f"{beside}, so aim for that" if after.rule_on < after.last_day else beside


def plan_reason(before: Plan | None, after: Plan | None) -> str:
    """Return what differs between two plans, as far as deadlines hang on it; empty if nothing."""
    if before is None or after is None:
        return ""
    said: list[str] = []
    if before.program != after.program:
        kind = _KINDS_OF_PLAN.get(after.program)
        said.append(f"this is {kind}" if kind else "the kind of plan is not known")
    if before.funding != after.funding:
        said.append(_FUNDINGS.get(after.funding, _FUNDINGS[None]))
    if before.state != after.state:
        said.append(f"the plan's state is {after.state or 'not known'}")
    return _joined(said)


def claim_reason(before: Claim, after: Claim, plan: Plan | None) -> str:
    """Return what differs between two claims, as far as deadlines hang on it; empty if nothing.

    `plan` is the plan of the claim as it would be.
    """
    said: list[str] = []
    if before.plan_id != after.plan_id:
        said.append(f"the plan is {plan.name}" if plan else "the plan is not known")
    if before.service_on != after.service_on:
        said.append(_told(after.service_on, "the care was on {}", "the day of the care"))
    return _joined(said)


def denial_reason(before: Denial, after: Denial) -> str:
    """Return what differs between two denials, as far as deadlines hang on it; empty if nothing."""
    return _joined(
        words(after)
        for names, words in _DENIAL_WORDS
        if any(getattr(before, name) != getattr(after, name) for name in names)
    )


def _letter_words(denial: Denial) -> str:
    match denial.letter_says:
        case "date":
            what = "the last day in the letter"
            return _told(denial.letter_date, "the letter's last day is {}", what)
        case "days" if denial.letter_days:
            unit = denial.letter_unit.replace("_", " ")
            unit = unit if denial.letter_days > 1 else unit.removesuffix("s")
            return f"the letter gives {denial.letter_days} {unit}"
        case "nothing":
            return "the letter names no time"
        case _:
            return "nobody has looked yet how long the letter gives"


def _told(day: date | None, words: str, what: str) -> str:
    """Return a day in words, or that it is not known."""
    return words.format(spoken(day)) if day else f"{what} is not known"


def _joined(said: Iterable[str]) -> str:
    return " and ".join(said)


_DENIAL_WORDS: Final[tuple[tuple[tuple[str, ...], Callable[[Denial], str]], ...]] = (
    (
        ("notice_on",),
        lambda new: _told(new.notice_on, "the letter is dated {}", "the date on the letter"),
    ),
    (
        ("received_on",),
        lambda new: _told(new.received_on, "the letter arrived on {}", "the day it arrived"),
    ),
    (_LETTER_FIELDS, _letter_words),
    (("level",), lambda new: f"this is a denial of level {new.level}"),
    (("kind",), lambda _: "the kind of denial was corrected"),
    (
        ("action_on",),
        lambda new: _told(
            new.action_on, "the change takes effect on {}", "the day the change takes effect"
        ),
    ),
    (("continuing",), lambda _: "it was corrected whether treatment is running"),
    (("care",), lambda _: "it was corrected whether the care was given"),
    (
        ("keep_by",),
        lambda new: _told(
            new.keep_by, "the letter lets you ask for the care until {}",
            "how long the letter lets you ask for the care",
        ),
    ),
    (
        ("peer_by",),
        lambda new: _told(
            new.peer_by, "the doctors can speak until {}", "how long the doctors can speak"
        ),
    ),
)  # fmt: skip
"""Which fields of a denial its dates hang on, and what to say where one was corrected."""
