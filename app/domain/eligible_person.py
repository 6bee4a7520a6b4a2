"""The second test: for whom an HSA may pay. 26 U.S.C. 223(d)(2)(A)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from app.domain.age import age_by_end_of
from app.domain.line_facts import LineFacts, Outcome, TestState
from app.domain.person import Person

NUMBER: Final = 2
SOURCE: Final = "26 U.S.C. 223(d)(2)(A); Form 8889 instructions"
CHILD_AGE: Final = 19
"""A child who is younger at the end of the year is a qualifying child by age: 26 U.S.C. 152(c)."""

_HOLDERS: Final = {"self": "the account holder", "spouse": "the spouse"}
_DEPENDENT: Final = {
    "claimed": "{} was claimed as a dependent for {}.",
    "could_be_claimed": "{} could have been claimed for {}, had it not been for income, a joint "
    "return or another's claim.",
}


def eligible_person(facts: LineFacts) -> TestState:
    """Return whether the care was for the holder, the spouse or a dependent of that year."""
    person, served = facts.patient, facts.served_on
    if person is None:
        return _state(Outcome.UNKNOWN, "Nobody is named. Say who the care was for.", "nobody")
    if person.born_on and served and served < person.born_on:
        text = f"The date of service is before {person.name} was born. Check both dates."
        return _state(Outcome.UNKNOWN, text, "before_birth")
    if any(account.holder_id == person.id for account in facts.accounts):
        return _passed("The care was for the account holder.")
    if person.relation in _HOLDERS:
        return _passed(f"The care was for {_HOLDERS[person.relation]}.")
    if facts.dependent and served:
        return _said(person.name, facts.dependent, served.year)
    return _by_relation(person, served)


def _said(name: str, status: str, year: int) -> TestState:
    """Decide by what was said of the year of service."""
    if status in _DEPENDENT:
        return _passed(_DEPENDENT[status].format(name, year))
    return _state(Outcome.FAIL, f"{name} was not a dependent in {year}.", "not_dependent")


def _by_relation(person: Person, served: date | None) -> TestState:
    """Decide where nothing was said of the year."""
    if person.relation is None:
        text = f"It is not known how {person.name} is related to the account holder."
        return _state(Outcome.UNKNOWN, text, "relation")
    if person.relation != "dependent":
        text = f"{person.name} is not the account holder, the spouse or a dependent."
        return _state(Outcome.FAIL, text, "not_dependent")
    age = age_by_end_of(person.born_on, served.year) if person.born_on and served else None
    if age is None or age < CHILD_AGE:
        return _passed(f"{person.name} is on record as a dependent.")
    year = served.year if served else ""
    text = f"{person.name} reached {age} in {year}. Was {person.name} a dependent in that year?"
    return _state(Outcome.UNKNOWN, text, "age")


@lru_cache(maxsize=4096)
def _passed(text: str) -> TestState:
    return TestState(NUMBER, Outcome.PASS, text, SOURCE)


def _state(outcome: Outcome, text: str, cause: str) -> TestState:
    return TestState(NUMBER, outcome, text, SOURCE, cause=cause)
