"""A deadline rule: how long a person has, from what, by which law, and how well that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.calendar_days import MonthOverflow
from app.domain.due_facts import DueFacts, Fact
from app.domain.window import Window


class Verification(StrEnum):
    """How well the number of a rule was checked against its law.

    P26 and Q26: the regulation's text as of 2026. P: an official text, older or undated.
    S: secondary sources only. The others were found in no written source.
    """

    P26 = "P26"
    Q26 = "Q26"
    P = "P"
    S = "S"
    M_HIGH = "M-high"
    M_MED = "M-med"
    M_LOW = "M-low"

    @property
    def computes(self) -> bool:
        """Return whether a date may be computed and named as the law's."""
        return self in {Verification.P26, Verification.Q26, Verification.P}

    @property
    def may_name_number(self) -> bool:
        """Return whether the number may be shown at all, if only as “commonly”."""
        return self not in {Verification.M_MED, Verification.M_LOW}


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

    The rule holds for notices dated from `effective_from` on; `earlier` is the one before it.
    `source` cites the law; `sources` names the texts in which it was read.
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
    state: str | None = None
    regulator: str | None = None
    source: str
    sources: tuple[str, ...]
    verification: Verification
    effective_from: date | None = None
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

    def in_force(self, facts: DueFacts) -> DeadlineRule | None:
        """Return the rule in force on the day of the notice, or None where none was yet.

        Where the notice's date is not known, the earliest day that is known stands in for it.
        """
        known = facts.first_known((Fact.NOTICE, Fact.RECEIVED))
        if self.effective_from is None or known is None or known[1] >= self.effective_from:
            return self
        return self.earlier and self.earlier.in_force(facts)
