"""Deadline rules in plain words: whom they are for, how long, from what, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.deadline_rule import DeadlineRule, Verification
from ui.names import STATES, word_for
from ui.wording import short_date, tr

PROGRAMMES: Final[Mapping[str, str]] = {
    "erisa_self_funded": "Through a job, the employer itself pays (self-funded)",
    "erisa_insured": "Through a job, an insurance company pays",
    "group_health_plan_any": "Any plan through a job",
    "individual_market": "Bought by ourselves or on the marketplace",
    "individual_market_federal_process_states":
        "Bought by ourselves, in a state with the federal outside review",
    "individual_any": "Any plan bought by ourselves",
    "marketplace_eligibility": "Marketplace: who may join, and the help with its price",
    "any_insured": "Any plan of an insurance company",
    "insured_federal_process_states":
        "Plan of an insurance company, in a state with the federal outside review",
    "student_insured": "Student plan",
    "nonfed_gov": "State, city or school employees",
    "nonfed_gov_insured": "State, city or school employees, an insurance company pays",
    "nonfed_gov_self_funded": "State, city or school employees, the employer itself pays",
    "church": "Church plan",
    "church_insured": "Church plan, an insurance company pays",
    "grandfathered_employer": "Older plan through a job, from before March 2010",
    "original_medicare": "Original Medicare",
    "medicare_advantage": "Medicare Advantage",
    "part_d": "Medicare drug plan (Part D)",
    "medicaid_managed_care": "Medicaid, through a health plan",
    "medicaid_ffs": "Medicaid, straight from the state",
    "chip_separate": "CHIP (children), where it is not part of Medicaid",
    "fehb": "Federal employees (FEHB)",
    "pshb": "Postal workers (PSHB)",
    "tricare": "TRICARE",
    "champva": "CHAMPVA",
    "va_health": "VA health care",
    "ihs_prc": "Indian Health Service, care bought elsewhere",
    "dental_vision_employer": "Dental or vision plan through a job",
    "short_term": "Short-term plan",
    "health_share": "Health-sharing group",
    "fixed_indemnity": "Plan that pays a fixed sum",
    "workers_comp": "Workers' compensation",
    "uninsured": "No insurance",
    "self_pay": "Paying without insurance",
    "hospital_bill": "Hospital bills",
    "debt_collection": "Debt collectors",
}  # fmt: skip

_SURE: Final[Mapping[Verification, str]] = {
    Verification.P26: "the law's text of 2026",
    Verification.Q26: "the law's text of 2026",
    Verification.P: "an official text",
    Verification.S: "other sources only",
    Verification.M_HIGH: "not in writing",
    Verification.M_MED: "not checked",
    Verification.M_LOW: "not checked",
}
_HOW_SURE: Final[Mapping[Verification, str]] = {
    Verification.P26: "Checked against the text of the law as of 2026.",
    Verification.Q26: "Checked against the text of the law as of 2026.",
    Verification.P: "Checked against an official text that is older or carries no date.",
    Verification.S: "Known from other sources only, not from the law itself.",
    Verification.M_HIGH: "Commonly said, but not found in a written source.",
    Verification.M_MED: "Not checked well enough to show a number.",
    Verification.M_LOW: "Not checked well enough to show a number.",
}


def for_whom(rule: DeadlineRule) -> str:
    """Return the kinds of plan a rule is for, one after another."""
    return "; ".join(word_for(PROGRAMMES, program) for program in rule.programs)


def for_whom_short(rule: DeadlineRule) -> str:
    """Return the first kind of plan and how many more; a state's rule names its state itself."""
    if rule.state:
        return word_for(PROGRAMMES, "any_insured")
    first = word_for(PROGRAMMES, rule.programs[0])
    more = len(rule.programs) - 1
    return tr("{first} + {n} more", first=first, n=more) if more else first


def counted_from(rule: DeadlineRule) -> str:
    """Return the dates a rule is counted from, the one that decides first."""
    words = [fact.words for fact in rule.counts_from]
    return tr(", or ").join(tr(each) for each in words) or rule.trigger


def sure_short(rule: DeadlineRule) -> str:
    """Return where the number of a rule was read, for a column."""
    return tr(_SURE[rule.verification])


def details(rule: DeadlineRule) -> list[tuple[str, str]]:
    """Return everything there is to say about a rule, each under its heading."""
    sure = [tr(_HOW_SURE[rule.verification])]
    if not rule.gives_dates:
        sure.append(
            tr("The program counts no date from this rule. The date in your letter decides.")
        )
    since = rule.effective_from
    said = (
        (tr("For"), for_whom(rule)),
        (tr("In"), word_for(STATES, rule.state)),
        (tr("How long"), _how_long(rule)),
        (tr("Counted from"), counted_from(rule)),
        (tr("Done when"), rule.filed_when),
        (tr("Late with a good reason?"), rule.good_cause or ""),
        (tr("Good to know"), rule.note),
        (tr("Law"), rule.source),
        (tr("Read in"), "; ".join(rule.sources)),
        (tr("How well checked"), " ".join(sure)),
        (tr("For letters since"), short_date(since)),
        (tr("Who decides"), rule.regulator or ""),
        (tr("Name of the rule"), rule.id),
    )
    return [(heading, words) for heading, words in said if words]


def _how_long(rule: DeadlineRule) -> str:
    window = tr(rule.window_words)
    return tr("{window}, or more if your plan gives more", window=window) if (
        rule.is_minimum and rule.gives_dates
    ) else window  # fmt: skip
