"""Everything there is to say about a rule, each thing under its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.amount_in_controversy import AmountInControversy
from app.domain.deadline_rule import DeadlineRule
from app.domain.decision_clock import DecisionClock
from app.domain.notice_contents import NoticeRequirement
from app.domain.rule_entry import RuleEntry
from app.domain.urgent_care import UrgentAdvice
from app.domain.verification import Verification
from ui.dialogs.rule_words import for_whom, how_sure, span_words, where
from ui.names import PAPER_KINDS, word_for
from ui.wording import tr

Details = list[tuple[str, str]]
Told = Iterator[tuple[str, str]]

_CASES: Final[Mapping[str, str]] = {
    "always": "Always",
    "missing_information": "When the plan asks for more",
    "relied_on": "When a rule or guideline was used",
    "medical_judgment": "When the care is called not needed or not proven",
    "urgent": "When the care cannot wait",
    "services": "When care was refused, not a payment",
}


def details(entry: RuleEntry) -> Details:
    """Return the headings and the words under them; what a rule does not have is left out."""
    said = [
        (tr("For"), for_whom(entry)),
        (tr("In"), where(entry)),
        *_own(entry),
        (tr("Good to know"), entry.note),
        (tr("Law"), entry.source),
        (tr("Read in"), "; ".join(entry.sources)),
        (tr("How well checked"), how_sure(entry)),
        (tr("Holds for"), span_words(entry.span)),
        *_before(entry),
        (tr("Who decides"), _regulator(entry)),
        (tr("Name of the rule"), entry.id),
    ]
    return [(heading, words) for heading, words in said if words]


def counted_from(rule: DeadlineRule) -> str:
    """Return the dates a rule is counted from, the one that decides first."""
    words = [fact.words for fact in rule.counts_from]
    return tr(", or ").join(tr(each) for each in words) or rule.trigger


def how_long(rule: DeadlineRule) -> str:
    """Return the time a rule gives, as it may be shown."""
    window = tr(rule.window_words)
    if _is_hearsay(rule.verification) and rule.window.is_counted:
        return tr("commonly {window}: check your letter", window=window)
    if rule.is_minimum and rule.gives_dates:
        return tr("{window}, or more if your plan gives more", window=window)
    return window


def _is_hearsay(verification: Verification) -> bool:
    """Say whether a number may be told, but only as common: it was not read in the law."""
    return verification.may_name_number and not verification.computes


def _own(entry: RuleEntry) -> Told:
    match entry.record:
        case DeadlineRule() as rule:
            yield from _of_deadline(rule, entry.amounts)
        case DecisionClock() as clock:
            yield from _of_clock(clock)
        case UrgentAdvice() as advice:
            yield tr("How to ask"), advice.how
            yield tr("What the doctor can do"), advice.doctor
            yield tr("At the same time"), advice.together
            yield tr("How long they have"), advice.clock
        case NoticeRequirement() as item:
            yield tr("In which letter"), word_for(PAPER_KINDS, item.notice)
            yield tr("When"), word_for(_CASES, item.when)
        case AmountInControversy():
            yield tr("How much"), tr(entry.window)


def _of_deadline(rule: DeadlineRule, amounts: tuple[AmountInControversy, ...]) -> Told:
    yield tr("How long"), how_long(rule)
    yield tr("Counted from"), counted_from(rule)
    yield tr("Done when"), rule.filed_when
    if rule.amount_step:
        step = rule.amount_step
        yield (
            tr("Amount that must be in dispute"),
            " ".join(amount.words(step) for amount in amounts),
        )
    yield tr("To settle it"), rule.ask or ""
    yield tr("Law on late requests"), rule.good_cause or ""
    yield tr("Once the day has passed"), rule.late_note


def _of_clock(clock: DecisionClock) -> Told:
    window = tr(clock.limit_words)
    if _is_hearsay(clock.verification) and clock.limit.is_counted:
        window = tr("commonly {window}: ask", window=window)
    yield tr("How long they have"), window
    yield tr("Begins when"), clock.starts
    if clock.verification.may_name_number:
        yield tr("First comes"), tr(" and ").join(str(step) for step in clock.before_start)
        yield tr("They may take longer"), str(clock.extension.limit) if clock.extension else ""
        yield (
            tr("Other times for the same answer"),
            "; ".join(dict.fromkeys(each.limit_words for each in clock.variants)),
        )
    yield tr("After the answer"), clock.then
    yield tr("To settle it"), clock.ask


def _before(entry: RuleEntry) -> Told:
    if isinstance(entry.record, DeadlineRule):
        for rule in entry.record.versions[1:]:
            yield (
                span_words(rule.span),
                tr(
                    "{window}, counted from {start} ({source})",
                    window=how_long(rule), start=counted_from(rule), source=rule.source,
                ),
            )  # fmt: skip
    elif isinstance(entry.record, DecisionClock) and entry.record.earlier:
        yield (
            tr("Before that"),
            f"{entry.record.earlier.limit_words} ({entry.record.earlier.source})",
        )


def _regulator(entry: RuleEntry) -> str:
    return (entry.record.regulator or "") if isinstance(entry.record, DeadlineRule) else ""
