"""Insurance plans, as far as the person knows them: every field but the id may be unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.money import Money

PROGRAMS: Final = (
    "employer", "individual", "grandfathered", "nonfed_gov", "church", "original_medicare",
    "medicare_advantage", "part_d", "medicaid_managed_care", "medicaid_ffs", "chip", "fehb", "pshb",
    "tricare", "champva", "va_health", "ihs", "marketplace", "student", "dental", "short_term",
    "workers_comp", "other", "unknown",
)  # fmt: skip
"""The kinds of coverage, in the words of the headless commands."""

FUNDINGS: Final = ("self", "insured")
"""Who pays the claims of an employer's plan: the employer itself, or an insurer."""

STATES: Final = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA",
    "WV", "WI", "WY",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is on the card and in the plan's papers. None and "" mean “I don't know”.

    `subscriber` is who holds the insurance, where that is not the patient; `regulator` the office
    of the state that oversees the insurer, with its address.
    """

    id: str
    name: str
    person_id: str | None = None
    program: str = "unknown"
    funding: str | None = None
    state: str | None = None
    insurer: str = ""
    member_id: str = ""
    group_number: str = ""
    network: str = ""
    deductible: Money | None = None
    copay: Money | None = None
    coinsurance_percent: int | None = None
    out_of_pocket_max: Money | None = None
    drug_tiers: str = ""
    from_on: date | None = None
    until_on: date | None = None
    phone: str = ""
    appeal_address: str = ""
    appeal_fax: str = ""
    note: str = ""
    subscriber: str = ""
    portal: str = ""
    regulator: str = ""

    def covers(self, day: date) -> bool:
        """Return whether the plan was in force on that day; an open end counts as in force."""
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day <= self.until_on
        )


def plan_in_force(plans: Iterable[Plan], person_id: str | None, day: date) -> Plan | None:
    """Return the person's plan on that day, or None where none or more than one fits.

    Two plans in force on one day (a job plan and Medicare, say) are a question for the person,
    never a guess. A plan with dates of its own is a better fit than one without any.
    """
    fitting = [plan for plan in plans if plan.person_id == person_id and plan.covers(day)]
    dated = [plan for plan in fitting if plan.from_on or plan.until_on]
    best = dated or fitting
    return best[0] if len(best) == 1 else None
