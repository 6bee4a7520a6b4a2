"""All the rules the program knows, in one value that is handed to whoever needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from app.domain.amount_in_controversy import AmountInControversy, parse_amounts
from app.domain.calendar_days import FederalHolidays, parse_holidays
from app.domain.deadline_rule import DeadlineRule
from app.domain.due_facts import CannotSay
from app.domain.errors import UserError
from app.domain.notice_contents import NoticeRequirement, parse_notices
from app.domain.programmes import (
    STATE_REVIEW,
    Coverage,
    ProgrammeTable,
    kind_word,
    parse_programmes,
)
from app.domain.rules_data import RulesDataError, parse_deadlines
from app.domain.urgent_care import UrgentAdvice, UrgentTable, parse_urgent


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The deadline rules by id, the federal holidays, the table from plans to rules, and more.

    `urgent` is the advice for care that cannot wait; `amounts` are those that must be in dispute
    in Medicare, by year; `notices` is what a letter must say.
    """

    rules: Mapping[str, DeadlineRule]
    holidays: FederalHolidays
    programmes: ProgrammeTable
    urgent: UrgentTable
    amounts: Mapping[int, AmountInControversy]
    notices: Mapping[str, NoticeRequirement]

    def get(self, rule_id: str, state: str | None = None) -> DeadlineRule:
        """Return a rule by its id, in any case of letters; `state` with a state, that state's.

        Raises:
            UserError: there is no such rule; the sentence names those that are spelled alike.
        """
        wanted = rule_id.strip()
        if wanted.casefold() in {STATE_REVIEW, "state_external_review"} and state:
            wanted = f"{STATE_REVIEW}.{state.strip()}"
        by_folded = {name.casefold(): rule for name, rule in self.rules.items()}
        if found := by_folded.get(wanted.casefold()):
            return found
        alike = get_close_matches(wanted.casefold(), by_folded, n=3)
        names = ", ".join(by_folded[name].id for name in alike)
        raise UserError(
            f"There is no rule “{wanted}”. The list of rules shows every name.",
            ask=f"Did you mean {names}?" if names else "Which rule of the list do you mean?",
        )

    def programs(self, word: str) -> frozenset[str]:
        """Return the programmes of a kind of plan, or the programme of the rules itself.

        Raises:
            UserError: there is no such kind of plan or programme.
        """
        if word in self.programmes.kinds:
            return self.programmes.programs(word)
        if any(word in rule.programs for rule in self.rules.values()):
            return frozenset({word})
        raise UserError(
            f"“{word}” is no kind of plan that the rules know. "
            f"Use one of: {', '.join(self.programmes.kinds)}."
        )

    def rules_for(self, coverage: Coverage, level: int) -> tuple[DeadlineRule, ...] | CannotSay:
        """Return the rules that answer a denial of this level, the main one first.

        Level 1 answers the first denial, 2 the denial of an appeal, 3 the plan's final denial
        where a review from outside comes next; in Medicare each level is a step of its own.
        """
        ids = self.programmes.rule_ids(coverage, level)
        if isinstance(ids, CannotSay):
            return ids
        if unknown := [rule_id for rule_id in ids if rule_id not in self.rules]:
            place = unknown[0].removeprefix(f"{STATE_REVIEW}.")
            return CannotSay(
                f"No rule of outside (external) review is kept for “{place}”. "
                "Only the date printed in the letter counts.",
                "In which state of the United States was the plan issued?",
            )
        return tuple(self.rules[rule_id] for rule_id in ids)

    def steps_for(self, coverage: Coverage) -> tuple[DeadlineRule, ...]:
        """Return the steps outside of a denial that a person with this plan may count by hand.

        Rules that concern only another way of paying the claims are left out; those for anybody
        (bills and debts) come last.
        """
        named = [self.rules[rule_id] for rule_id in self.programmes.steps_by_hand(coverage)]
        anybody = set(self.programmes.by_hand)
        kind = kind_word(coverage)
        if kind not in self.programmes.kinds:
            return tuple(rule for rule in named if rule.id in anybody)
        mine = self.programmes.programs(kind, coverage.funding)
        return tuple(rule for rule in named if rule.id in anybody or mine & set(rule.programs))

    def urgent_advice(
        self, coverage: Coverage, level: int, *, continuing: bool, on: date | None = None
    ) -> tuple[UrgentAdvice, ...]:
        """Return what to ask for today where waiting could harm, the first thing first.

        There is always one at least. `continuing` says that the treatment is running now, `on` is
        the date of the letter. Advice is never a date.
        """
        return self.urgent.advice(coverage, level, continuing=continuing, on=on)

    def amount_for(self, year: int) -> AmountInControversy | None:
        """Return what must be in dispute in Medicare by notices of a year, None where unknown."""
        return self.amounts.get(year)

    def amount_words(self, rule: DeadlineRule, on: date) -> str:
        """Return what must be in dispute for a step, by the date of its notice, in a sentence.

        Empty where the step needs no amount.
        """
        if rule.amount_step is None:
            return ""
        amount = self.amount_for(on.year)
        if amount is None:
            return f"For {on.year} the smallest amount in dispute is not known: see your letter."
        return amount.words(rule.amount_step)


def parse_rules(
    deadlines: Mapping[str, Any],
    holidays: Mapping[str, Any],
    programmes: Mapping[str, Any],
    *,
    urgent: Mapping[str, Any],
    amounts: Mapping[str, Any],
    notices: Mapping[str, Any],
) -> RuleBook:
    """Make the rule book from the parsed files of `resources/rules`, by their names.

    Raises:
        RulesDataError: a rule has no source or cannot be read, or a name leads nowhere.
    """
    book = RuleBook(
        rules=parse_deadlines(deadlines),
        holidays=parse_holidays(holidays),
        programmes=parse_programmes(programmes),
        urgent=parse_urgent(urgent),
        amounts=parse_amounts(amounts),
        notices=parse_notices(notices),
    )
    for named in (*_named_by_rules(book), *book.programmes.named_rules()):
        if named != STATE_REVIEW and named not in book.rules:
            raise RulesDataError(f"The rule {named} is named but does not exist.")
    return book


def _named_by_rules(book: RuleBook) -> tuple[str, ...]:
    return tuple(name for rule in book.rules.values() for name in rule.next_levels)
