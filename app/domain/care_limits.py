"""How much of a limited expense counts: miles, nights, monthly fees, long-term care premiums."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.age import age_by_end_of
from app.domain.line_facts import LineFacts, Outcome
from app.domain.mileage import mileage, miles_text
from app.domain.money import Money
from app.domain.tax_book import TaxBook
from app.domain.tax_category import CategoryLimit, LimitKind, TaxCategory
from app.domain.travel import Stay, Trip


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of a line counts at most, and how much of that for sure; None is all of it.

    `cause` is a word for the program, by which findings are chosen.
    """

    state: Outcome
    text: str
    most: Money | None = None
    sure: Money | None = None
    cause: str = ""
    source: str = ""


def counted(
    facts: LineFacts, category: TaxCategory, limit: CategoryLimit, book: TaxBook
) -> Counted:
    """Return how much of a line in a limited category counts, and why."""
    return _WAYS[limit.kind](facts, category, limit, book)


_SHARED: Final = frozenset({LimitKind.LTC_PREMIUM, LimitKind.MONTHLY_FEE})


def may_share_limit(category: TaxCategory | None) -> bool:
    """Return whether lines of a category have a limit together, so that one decides the next."""
    return category is not None and category.limit is not None and category.limit.kind in _SHARED


def shared_limit(facts: LineFacts, book: TaxBook) -> tuple[str, ...] | None:
    """Return a key that lines with one limit have in common, None for a limit of its own."""
    category = book.category(facts.expense.category)
    if category is None or category.limit is None or facts.expense.paid_on is None:
        return None
    person = facts.patient.id if facts.patient else ""
    if category.limit.kind is LimitKind.LTC_PREMIUM:
        return category.id, person, str(facts.expense.paid_on.year)
    if category.limit.kind is LimitKind.MONTHLY_FEE:
        month = facts.served_on or facts.expense.paid_on
        return category.id, person, f"{month:%Y-%m}"
    return None


def _by_rule(
    _facts: LineFacts, category: TaxCategory, limit: CategoryLimit, _book: TaxBook
) -> Counted:
    """The person has said that the amount is only the part that counts."""
    text = f"“{category.label}” counts: {limit.rule}. You said that the amount is that part."
    return Counted(Outcome.PASS, text)


def _by_miles(
    facts: LineFacts, _category: TaxCategory, limit: CategoryLimit, book: TaxBook
) -> Counted:
    if facts.trip is not None:
        return _trip(facts.trip, facts.expense.amount, book)
    if facts.answer == "yes":
        return Counted(Outcome.PASS, "You said that this is what gas and oil really cost.")
    text = "Add the trip with its miles, so that the rate of its date can be used."
    if not facts.answer:
        text = f"{text} {limit.question} If so, answer yes."
    return Counted(Outcome.UNKNOWN, text, cause="no_trip")


def _trip(trip: Trip, amount: Money, book: TaxBook) -> Counted:
    """Count the miles at the rate of the day of travel; a higher rate of one's own is open."""
    period = book.mileage_on(trip.on)
    asked = mileage(trip.miles, trip.rate)
    if period is None:
        if not trip.rate or not trip.rate_source.strip():
            text = (
                f"The medical mileage rate for {trip.on:%B} {trip.on.day}, {trip.on.year} is not "
                "known to this program. Enter the rate and say where it comes from."
            )
            return Counted(Outcome.UNKNOWN, text, cause="no_rate")
        text = f"{miles_text(trip.miles)} miles at your own rate of {_cents(trip.rate)} cents."
        return Counted(Outcome.PASS, text, asked, asked, "own_rate", trip.rate_source.strip())
    sure = mileage(trip.miles, period.rate)
    text = f"{miles_text(trip.miles)} miles at {period.cents} cents come to {sure}."
    if asked.cents <= sure.cents or not trip.rate_source.strip() or amount.cents <= sure.cents:
        cause = "over_miles" if amount.cents > sure.cents else ""
        return Counted(Outcome.PASS, text, sure, sure, cause, period.source)
    text = f"{text} You used {_cents(trip.rate)} cents: check what is above the table."
    return Counted(Outcome.PASS, text, asked, sure, "own_rate", period.source)


def _cents(rate: int) -> str:
    return f"{rate // 10}.{rate % 10}".removesuffix(".0")


_CONDITIONS: Final = (
    ("essential", "the nights were needed for the care"),
    ("licensed", "a doctor gave the care in a licensed hospital or its equal"),
    ("modest", "the lodging was not lavish"),
    ("no_holiday", "there was no great pleasure or vacation in it"),
)
"""The four conditions of 26 U.S.C. 213(d)(2) and Publication 502, as `Stay` names them."""


def _by_nights(
    facts: LineFacts, _category: TaxCategory, _limit: CategoryLimit, book: TaxBook
) -> Counted:
    stay = facts.stay
    if stay is None:
        text = "Add the stay: its nights, its persons and the four conditions."
        return Counted(Outcome.UNKNOWN, text, cause="no_stay")
    most = lodging_cap(stay, book)
    if denied := [text for name, text in _CONDITIONS if getattr(stay, name) == "no"]:
        text = f"It counts only where {_joined(denied)}; you answered no."
        return Counted(Outcome.FAIL, text, Money(), cause="lodging_condition")
    if missing := [text for name, text in _CONDITIONS if getattr(stay, name) != "yes"]:
        text = f"Say whether {_joined(missing)}."
        return Counted(Outcome.UNKNOWN, text, most, cause="lodging_question")
    each = book.lodging.per_person_per_night
    text = f"{_nights(stay, book)} at {each} each come to {most}. Meals do not count."
    cause = "over_lodging" if facts.expense.amount.cents > most.cents else ""
    return Counted(Outcome.PASS, text, most, most, cause)


def lodging_cap(stay: Stay, book: TaxBook) -> Money:
    """Return what of a stay counts at most: its nights, for the patient and one who goes along."""
    persons = min(stay.persons, book.lodging.max_persons)
    return Money(max(0, book.lodging.per_person_per_night.cents * persons * stay.nights))


def _nights(stay: Stay, book: TaxBook) -> str:
    persons = min(stay.persons, book.lodging.max_persons)
    nights = "1 night" if stay.nights == 1 else f"{stay.nights} nights"
    return f"{nights} for {'1 person' if persons == 1 else f'{persons} persons'}"


def _joined(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _by_month(
    facts: LineFacts, _category: TaxCategory, limit: CategoryLimit, book: TaxBook
) -> Counted:
    day = facts.served_on or facts.expense.paid_on
    if day is None:
        return Counted(Outcome.UNKNOWN, "The month of the fee is missing.", cause="no_date")
    if limit.starts and day < limit.starts:
        text = f"Fees of months before {limit.starts.year} do not count."
        return Counted(Outcome.FAIL, text, Money(), cause="too_early")
    fee = book.limit(day.year, "dpc_monthly_fee")
    one = fee.amount("individual") if fee else None
    several = fee.amount("more_than_one") if fee else None
    if fee is None or one is None or several is None:
        text = f"The highest monthly fee for {day.year} is not known to this program."
        return Counted(Outcome.UNKNOWN, text, cause="no_limit")
    most = several if facts.answer != "no" else one
    sure = several if facts.answer == "yes" else one
    text = f"A month's fee counts up to {one} for one person, {several} for more than one."
    if facts.answer == "" and facts.expense.amount.cents > one.cents:
        text = f"{text} {limit.question}"
    most, sure = _left(most, facts), _left(sure, facts)
    cause = "over_fee" if facts.expense.amount.cents > sure.cents else ""
    return Counted(Outcome.PASS, text, most, sure, cause, fee.source)


def _by_age(
    facts: LineFacts, category: TaxCategory, _limit: CategoryLimit, book: TaxBook
) -> Counted:
    paid, born = facts.expense.paid_on, facts.patient.born_on if facts.patient else None
    if paid is None or born is None:
        text = "It counts up to a limit by age. Add the insured person and the birth date."
        return Counted(Outcome.UNKNOWN, text, cause="no_birth_date")
    age = age_by_end_of(born, paid.year)
    limits = book.limit(paid.year, "ltc_premium")
    most = book.ltc_limit(paid.year, age)
    if limits is None or most is None:
        text = f"The limit of {paid.year} for “{category.label}” is not known to this program."
        return Counted(Outcome.UNKNOWN, text, cause="no_limit")
    text = f"At {age} in {paid.year} these premiums count up to {most} a year."
    left = _left(most, facts)
    cause = "over_premium" if facts.expense.amount.cents > left.cents else ""
    return Counted(Outcome.PASS, text, left, left, cause, limits.source)


def _left(most: Money, facts: LineFacts) -> Money:
    """Return what earlier lines left of a limit that they share."""
    return Money(max(0, most.cents - facts.used.cents))


_WAYS: Final[
    Mapping[LimitKind, Callable[[LineFacts, TaxCategory, CategoryLimit, TaxBook], Counted]]
] = MappingProxyType(
    {
        LimitKind.RULE: _by_rule,
        LimitKind.MILEAGE: _by_miles,
        LimitKind.LODGING: _by_nights,
        LimitKind.MONTHLY_FEE: _by_month,
        LimitKind.LTC_PREMIUM: _by_age,
    }
)
