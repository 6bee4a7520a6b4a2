"""Every date that one denial gives: the appeal's own, and the shorter ones beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.deadline_rule import DeadlineRule, Purpose
from app.domain.denial import Denial
from app.domain.due_facts import CannotSay, DueFacts
from app.domain.plan import Plan
from app.domain.planned_deadline import LetterWindow, PlannedDeadline, planned_deadline
from app.domain.programmes import Coverage
from app.domain.rule_book import RuleBook
from app.domain.window import Unit, Window

_KINDS: Final = {Purpose.KEEP_BENEFITS: "keep_benefits", Purpose.EXTEND_TREATMENT: "step"}
_SILENT: Final = LetterWindow()


@dataclass(frozen=True, slots=True)
class SideStep:
    """A step beside the appeal, with a time of its own: `kind` is that of its due item.

    `rule` is None where only the letter speaks of it.
    """

    kind: str
    rule: DeadlineRule | None
    planned: PlannedDeadline


@dataclass(frozen=True, slots=True)
class DenialDates:
    """What follows from a denial. `rule` is None where none surely holds; `why_no_rule` says why.

    `sides` hold keeping the care during the appeal, and asking for more of it before it ends.
    """

    appeal: PlannedDeadline
    rule: DeadlineRule | None
    why_no_rule: CannotSay | None
    sides: tuple[SideStep, ...] = ()

    @property
    def ask(self) -> str | None:
        """The one question that would bring the appeal's date, or None if there is one."""
        if self.appeal.last_day:
            return None
        return (self.why_no_rule.ask if self.why_no_rule else None) or self.appeal.ask


def coverage_of(plan: Plan | None, reason: str = "") -> Coverage:
    """Return what the rules need to know of a plan and of the kind of denial."""
    if plan is None:
        return Coverage(reason=reason or None)
    return Coverage(plan.program, plan.funding, plan.state, reason=reason or None)


def denial_dates(
    denial: Denial,
    plan: Plan | None,
    service_on: date | None,
    book: RuleBook,
    *,
    today: date,
    buffer_days: int = 0,
) -> DenialDates:
    """Return the dates that a denial gives under a plan, as they would be planned on `today`.

    `service_on` is the day of the care, from which a few rules count. Nothing is counted from a
    letter that would come from a later day than `today`.
    """
    facts = DueFacts(
        notice_date=denial.notice_on,
        received=denial.received_on,
        service_date=service_on,
        action_date=denial.action_on,
    )
    rules = book.rules_for(coverage_of(plan, denial.kind), denial.level)
    known = () if isinstance(rules, CannotSay) else rules
    main = next((rule for rule in known if rule.purpose is Purpose.APPEAL), None)

    def planned(letter: LetterWindow, rule: DeadlineRule | None) -> PlannedDeadline:
        return planned_deadline(
            letter, rule, facts, book.holidays, today=today, buffer_days=buffer_days
        )

    kept = LetterWindow(last_day=denial.keep_by)
    sides = tuple(
        SideStep(kind, rule, planned(kept if kind == "keep_benefits" else _SILENT, rule))
        for rule in known
        if _applies(rule, denial)
        for kind in (_KINDS[rule.purpose],)
    )
    if denial.keep_by and not any(side.kind == "keep_benefits" for side in sides):
        sides = (*sides, SideStep("keep_benefits", None, planned(kept, None)))
    return DenialDates(
        planned(letter_window(denial), main),
        main,
        rules if isinstance(rules, CannotSay) else None,
        sides,
    )


def _applies(rule: DeadlineRule, denial: Denial) -> bool:
    """Say whether a side step concerns this denial.

    Keeping the care is left out only where the person said that none is running: a wrong yes
    costs a look, a wrong no the treatment. An end of treatment is asked about once it is known.
    """
    if rule.purpose is Purpose.KEEP_BENEFITS:
        return denial.continuing != "no"
    if rule.purpose is Purpose.EXTEND_TREATMENT:
        return denial.continuing in {"yes", "unsure"} and denial.action_on is not None
    return False


def letter_window(denial: Denial) -> LetterWindow:
    """Return what the letter itself says about time, as the person entered it."""
    match denial.letter_says:
        case "date":
            return LetterWindow(last_day=denial.letter_date)
        case "days" if denial.letter_days:
            window = Window(denial.letter_days, Unit(denial.letter_unit))
            return LetterWindow(window=window, from_receipt=denial.letter_counts_from == "receipt")
        case _:
            return LetterWindow()
