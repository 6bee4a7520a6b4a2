"""Rules in plain words: their kinds, whom they are for, when they hold, and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.rule_entry import RuleEntry
from app.domain.rule_group import RuleGroup
from app.domain.rule_rows import RuleSpan
from app.domain.verification import Verification
from ui.names import PROGRAMS, STATES, word_for
from ui.wording import date_words, tr

GROUPS: Final[Mapping[RuleGroup, str]] = {
    RuleGroup.DEADLINES: "Your deadlines",
    RuleGroup.URGENT: "Fast appeals",
    RuleGroup.CLOCKS: "Times to answer",
    RuleGroup.REQUESTS: "What to ask for",
    RuleGroup.AMOUNTS: "Amounts in dispute",
    RuleGroup.NOTICES: "Contents of letters",
}

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
    "erisa_multiemployer": "Through a job, a plan of several employers and a union",
    "small_group": "Through a job with a small employer",
    "qhp_ffe": "Plan of the federal marketplace",
    "church": "Church plan",
    "church_insured": "Church plan, an insurance company pays",
    "grandfathered_employer": "Older plan through a job, from before March 2010",
    "original_medicare": "Original Medicare",
    "medicare_advantage": "Medicare Advantage",
    "part_d": "Medicare drug plan (Part D)",
    "medicaid_managed_care": "Medicaid, through a health plan",
    "medicaid_ffs": "Medicaid, straight from the state",
    "chip": "CHIP (children)",
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
    Verification.Q26: "the law's text of 2026, as quoted",
    Verification.P: "an official text",
    Verification.S: "other sources only",
    Verification.M_HIGH: "not in writing",
    Verification.M_MED: "not checked",
    Verification.M_LOW: "not checked, in doubt",
}
_HOW_SURE: Final[Mapping[Verification, str]] = {
    Verification.P26: "Checked against the text of the law as of 2026.",
    Verification.Q26: "Checked against the text of the law as of 2026, as others quote it.",
    Verification.P: "Checked against an official text that is older or carries no date.",
    Verification.S: "Known from other sources only, not from the law itself.",
    Verification.M_HIGH: "Commonly said, but not found in a written source.",
    Verification.M_MED: "Not checked: no number is used.",
    Verification.M_LOW: "Not checked, and the sources disagree: no number is used.",
}


def for_whom(entry: RuleEntry) -> str:
    """Return the kinds of plan a rule is for, one after another."""
    if entry.is_for_anybody:
        return tr("Any plan")
    return "; ".join(_whom(entry))


def for_whom_short(entry: RuleEntry) -> str:
    """Return the first kind of plan and how many more; a state's review is for the insured."""
    if entry.is_for_anybody:
        return tr("Any plan")
    if entry.group is RuleGroup.DEADLINES and entry.states:
        return word_for(PROGRAMMES, "any_insured")
    first, *more = _plans(entry) or _whom(entry)
    return tr("{first} + {n} more", first=first, n=len(more)) if more else first


def _whom(entry: RuleEntry) -> list[str]:
    return [word_for(PROGRAMMES, program) for program in entry.programs] or _plans(entry)


def _plans(entry: RuleEntry) -> list[str]:
    return [tr(word) for kind, word in PROGRAMS.items() if kind in entry.kinds]


def where(entry: RuleEntry) -> str:
    """Return the states of a rule, "" for every state."""
    return ", ".join(word_for(STATES, state) for state in sorted(entry.states))


def sure_short(entry: RuleEntry) -> str:
    """Return where a rule was read, for a column."""
    return tr(_SURE[entry.verification]) if entry.verification else tr("no law is kept")


def how_sure(entry: RuleEntry) -> str:
    """Return how well a rule was checked, and whether a date is counted from it."""
    if entry.verification is None:
        return tr("No law about this is kept here.")
    sure = [tr(_HOW_SURE[entry.verification])]
    is_time = entry.group in {RuleGroup.DEADLINES, RuleGroup.CLOCKS, RuleGroup.REQUESTS}
    if is_time and not entry.counts_dates:
        sure.append(tr("The program counts no date from this rule."))
        if entry.group is RuleGroup.DEADLINES:
            sure.append(tr("The date in your letter decides."))
    return " ".join(sure)


def span_words(span: RuleSpan) -> str:
    """Return for letters of which dates a rule holds."""
    if span.first and span.last:
        return tr(
            "Letters from {first} to {last}", first=date_words(span.first),
            last=date_words(span.last),
        )  # fmt: skip
    if span.first:
        return tr("Letters of {day} or later", day=date_words(span.first))
    if span.last:
        return tr("Letters of {day} or earlier", day=date_words(span.last))
    return tr("All letters, as far as is known")
