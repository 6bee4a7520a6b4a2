"""A deadline rule: how long a person has, from what, by which law, and how well that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.amount_in_controversy import AmountStep
from app.domain.calendar_days import MonthOverflow, spoken
from app.domain.due_facts import DueFacts, Fact
from app.domain.rule_rows import RuleSpan
from app.domain.verification import Verification
from app.domain.window import Unit, Window


class Purpose(StrEnum):
    """What a step is for. Keeping the care has its own, shorter time beside the appeal's."""

    APPEAL = "appeal"
    KEEP_BENEFITS = "keep_benefits"
    EXTEND_TREATMENT = "extend_treatment"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineRule:
    """One step a person may take, with the time the law gives for it.

    `counts_from` lists the facts the window may be counted from, the one that decides first;
    `conservative_from` does so for the count that never ends too late, which may also have a
    shorter `conservative_window`. Where the notice's date stands in for the day of receipt,
    `receipt_presumption_days` are added, except in the conservative count. `later_of` names a
    date up to which the law extends the window, `day_before` one before which the step must also
    be taken. `rolls` is true where a last day on a weekend or legal holiday moves to the next
    working day. `is_minimum` means that a plan may give more time, never less.

    The rule holds for notices dated from `effective_from` on and until `effective_until`, both
    included; `earlier` is the one before it. `amount_step` names the amount that must be in
    dispute. `good_cause` cites the law on late appeals, and `late_note` is what may still be done
    once the date has passed: it is never shown before. `source` cites the law; `sources` names
    the texts in which it was read.
    """

    id: str
    programs: tuple[str, ...]
    level: int
    title: str
    purpose: Purpose = Purpose.APPEAL
    window: Window
    conservative_window: Window | None = None
    trigger: str
    counts_from: tuple[Fact, ...]
    conservative_from: tuple[Fact, ...]
    receipt_presumption_days: int = 0
    overflow: MonthOverflow = MonthOverflow.CLAMP
    rolls: bool = False
    later_of: tuple[Fact, ...] = ()
    day_before: tuple[Fact, ...] = ()
    is_minimum: bool = False
    filed_when: str
    next_levels: tuple[str, ...] = ()
    good_cause: str | None = None
    late_note: str = ""
    amount_step: AmountStep | None = None
    state: str | None = None
    regulator: str | None = None
    source: str
    sources: tuple[str, ...]
    verification: Verification
    effective_from: date | None = None
    effective_until: date | None = None
    earlier: DeadlineRule | None = None
    note: str = ""
    ask: str | None = None

    @property
    def gives_dates(self) -> bool:
        """Return whether the rule is known well enough, and is of a kind, to lead to a date."""
        return self.verification.computes and self.window.is_counted

    @property
    def window_words(self) -> str:
        """The window as it may be shown: no number where it is not known well enough."""
        return str(self.window) if self.verification.may_name_number else "as the letter says"

    @property
    def span(self) -> RuleSpan:
        """The dates of the notices for which the rule holds."""
        return RuleSpan(self.effective_from, self.effective_until)

    @property
    def versions(self) -> tuple[DeadlineRule, ...]:
        """The rule and those before it, the newest first."""
        return (self, *(self.earlier.versions if self.earlier else ()))

    def in_force(self, facts: DueFacts) -> DeadlineRule | None:
        """Return the rule in force on the day of the notice, or None where none was yet.

        Where the notice's date is not known, the earliest day that is known stands in for it. For
        a day after the last on which the rule is known to hold, its words are returned without
        its number.
        """
        known = facts.first_known((Fact.NOTICE, Fact.RECEIVED))
        day = known[1] if known else None
        if self.span.covers(day):
            return self
        if self.effective_until and (day is None or day > self.effective_until):
            return self._without_number(self.effective_until)
        return self.earlier and self.earlier.in_force(facts)

    def _without_number(self, last: date) -> DeadlineRule:
        return replace(
            self,
            window=Window(None, Unit.SEE_LETTER),
            conservative_window=None,
            note=f"This rule held until {spoken(last)}. The one after it is not known here.",
        )
