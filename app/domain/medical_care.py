"""The first test: whether it is medical care, by its category, and how much of it counts.

26 U.S.C. 213(d) says what medical care is; the categories say what was found on each kind of
expense. A plan's denial decides nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from app.domain.age import age_on
from app.domain.care_limits import Counted, counted
from app.domain.letter_cover import letter_gaps
from app.domain.line_facts import LineFacts, Outcome, TestState
from app.domain.money import Money
from app.domain.tax_book import TaxBook
from app.domain.tax_category import Status, TaxCategory

NUMBER: Final = 1
FLAGS: Final = {"hsa": "an HSA", "health_fsa": "a health FSA", "schedule_a": "the deduction"}
"""The three questions that can be asked of a category, and whom they are about."""


@dataclass(frozen=True, slots=True)
class Care:
    """The outcome of the test. `most` is what can count of the line, None where all of it can.

    Of that, no more than `sure` counts for certain; the rest waits for an answer.
    """

    state: TestState
    most: Money | None = None
    sure: Money | None = None


def medical_care(facts: LineFacts, book: TaxBook, flag: str = "hsa") -> Care:
    """Return whether the line is medical care, for the HSA or another of `FLAGS`."""
    word = facts.expense.category
    category = book.category(word)
    if category is None:
        return _unknown_category(word.strip())
    status: Status = getattr(category, flag)
    if status is Status.NOT_QUALIFIED:
        return _refused(category, flag)
    if state := _too_early(facts, category, flag) or _asked(facts, category, status):
        return Care(state)
    if category.holder_age and flag == "hsa":
        return Care(_by_holder(facts, category, category.holder_age))
    return _by_status(facts, category, status, book)


def _by_status(facts: LineFacts, category: TaxCategory, status: Status, book: TaxBook) -> Care:
    if status is Status.NEEDS_LETTER:
        return Care(_by_letter(facts, category))
    if status is Status.LIMITED and category.limit:
        return _limited(facts, category, counted(facts, category, category.limit, book))
    if category.question:
        text = f"You answered yes to “{category.question}”"
        return Care(_state(category, Outcome.PASS, text, ""))
    return _passed(category.label, category.source, category.caution)


@lru_cache(maxsize=512)
def _passed(label: str, source: str, caution: str) -> Care:
    """Return the outcome of a kind of expense that qualifies; lines of one kind share it."""
    text = f"“{label}” counts as medical care. {caution}".strip()
    return Care(TestState(NUMBER, Outcome.PASS, text, source))


@lru_cache(maxsize=512)
def _unknown_category(word: str) -> Care:
    if word:
        text = f"“{word}” is no category of the tax rules. Choose the one that fits."
    else:
        text = "No category is set. Choose the one that fits."
    return Care(TestState(NUMBER, Outcome.UNKNOWN, text, "26 U.S.C. 213(d)", cause="category"))


def _refused(category: TaxCategory, flag: str) -> Care:
    return _refused_words(category.label, flag, category.note, category.source, category.caution)


@lru_cache(maxsize=512)
def _refused_words(label: str, flag: str, note: str, source: str, caution: str) -> Care:
    text = f"“{label}” does not count for {FLAGS[flag]}. {note} {caution}"
    text = " ".join(text.split())
    return Care(TestState(NUMBER, Outcome.FAIL, text, source, cause="not_qualified"))


def _too_early(facts: LineFacts, category: TaxCategory, flag: str) -> TestState | None:
    """Return the outcome where the amount was paid before the category counted."""
    before, paid = category.before, facts.expense.paid_on
    if before is None or paid is None or paid >= before.paid_from or flag == "schedule_a":
        return None
    if before.question and facts.answer == "yes":
        return None
    text = before.text
    if before.question and not facts.answer:
        text = f"{text} {before.question} If so, answer yes."
    return _state(category, Outcome.FAIL, text, "too_early")


def _asked(facts: LineFacts, category: TaxCategory, status: Status) -> TestState | None:
    """Return the outcome where the answer that decides is missing, or is no."""
    if not category.question:
        if status is Status.CONDITIONAL:
            text = f"It depends on the facts whether this counts. {category.note}"
            return _state(category, Outcome.UNKNOWN, text, "question")
        return None
    if facts.answer == "yes":
        return None
    if facts.answer == "no":
        text = f"You answered no to “{category.question}”"
        return _state(category, Outcome.FAIL, text, "answered_no")
    return _state(category, Outcome.UNKNOWN, category.question, "question")


def _by_letter(facts: LineFacts, category: TaxCategory) -> TestState:
    if facts.letter is None:
        text = (
            f"“{category.label}” counts only with a doctor's letter of medical necessity for a "
            "named illness. No letter is on record for it."
        )
        return _state(category, Outcome.UNKNOWN, text, "needs_letter")
    if gaps := letter_gaps(facts.letter, category, facts):
        return _state(category, Outcome.UNKNOWN, " ".join(gaps), "letter_gap")
    text = "A letter of medical necessity covers it. The letter is evidence, not an approval."
    return _state(category, Outcome.PASS, text, "")


def _by_holder(facts: LineFacts, category: TaxCategory, least: int) -> TestState:
    """Return whether the holder of the account, not only the insured person, is old enough."""
    day = facts.served_on or facts.expense.paid_on
    if facts.holder_born is None or day is None:
        text = f"It counts only if the account holder was {least} or older. Add the birth date."
        return _state(category, Outcome.UNKNOWN, text, "holder_age")
    if age_on(facts.holder_born, day) < least:
        text = f"The account holder was not yet {least}. The spouse's age does not matter."
        return _state(category, Outcome.FAIL, text, "holder_young")
    return _state(category, Outcome.PASS, f"The account holder was {least} or older.", "")


def _limited(facts: LineFacts, category: TaxCategory, part: Counted) -> Care:
    """Say how much is above the limit, and how much waits for an answer."""
    state = _state(category, part.state, part.text, part.cause, source=part.source)
    amount = facts.expense.amount.cents
    most = amount if part.most is None else min(amount, part.most.cents)
    sure = most if part.sure is None else min(most, part.sure.cents)
    if part.state is Outcome.PASS and sure < amount:
        above, open_yet = Money(amount - most), Money(most - sure)
        state = replace(state, part=above if above.cents else None, doubt=open_yet)
    return Care(state, part.most, part.sure)


def _state(
    category: TaxCategory, outcome: Outcome, text: str, cause: str, *, source: str = ""
) -> TestState:
    words = f"{text.strip()} {category.caution}".strip()
    return TestState(NUMBER, outcome, words, source or category.source, cause=cause)
