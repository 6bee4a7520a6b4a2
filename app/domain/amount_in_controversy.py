"""The smallest amount that must be in dispute for a Medicare hearing or for the court."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.money import Money
from app.domain.rule_rows import RulesDataError, RuleSpan, check_law, check_row
from app.domain.verification import Verification

_AMOUNT: Final = "The amount"
_NEEDED: Final = frozenset({"id", "year", "alj", "court", "source", "sources", "verification"})


class AmountStep(StrEnum):
    """The two steps that need an amount: a hearing before a judge, and a federal court."""

    ALJ = "alj"
    COURT = "court"


@dataclass(frozen=True, kw_only=True, slots=True)
class AmountInControversy:
    """The amounts of one year, by the date of the notice."""

    id: str
    year: int
    alj: Money
    court: Money
    source: str
    sources: tuple[str, ...]
    verification: Verification

    @property
    def span(self) -> RuleSpan:
        """The days on which the amounts hold: the whole year."""
        return RuleSpan(date(self.year, 1, 1), date(self.year, 12, 31))

    def least(self, step: AmountStep) -> Money:
        """Return the amount of a step."""
        return self.alj if step is AmountStep.ALJ else self.court

    def words(self, step: AmountStep) -> str:
        """Return a whole sentence; no number where it is not known well enough to be shown."""
        amount = _dollars(self.least(step))
        if self.verification.computes:
            return f"In {self.year} at least {amount} must be in dispute ({self.source})."
        if self.verification.may_name_number:
            return (
                f"In {self.year} commonly at least {amount} must be in dispute: check your letter."
            )
        return f"For {self.year} the smallest amount in dispute stands in your letter."

    @property
    def both_words(self) -> str:
        """Both amounts as a list may show them."""
        if not self.verification.may_name_number:
            return "as the letter says"
        often = "" if self.verification.computes else "commonly "
        return (
            f"{often}{_dollars(self.alj)} for a hearing before a judge, "
            f"{_dollars(self.court)} for a federal court"
        )


def parse_amounts(data: Mapping[str, Any]) -> dict[int, AmountInControversy]:
    """Return the amounts of `amounts.json` by year.

    Raises:
        RulesDataError: a row has no law or an unknown word, or a year is there twice.
    """
    amounts: dict[int, AmountInControversy] = {}
    for row in data["rows"]:
        amount = _amount(row, data["sources"])
        if amount.year in amounts:
            raise RulesDataError(f"The amounts of {amount.year} are there twice.")
        amounts[amount.year] = amount
    return amounts


def _amount(row: Mapping[str, Any], texts: Mapping[str, Any]) -> AmountInControversy:
    check_row(_AMOUNT, row, _NEEDED, ())
    check_law(_AMOUNT, row, texts)
    try:
        made = AmountInControversy(
            id=row["id"],
            year=row["year"],
            alj=Money(row["alj"] * 100),
            court=Money(row["court"] * 100),
            source=row["source"],
            sources=tuple(row["sources"]),
            verification=Verification(row["verification"]),
        )
        _ = made.span  # a year that no calendar knows
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"The amount {row['id']} cannot be read: {error}.") from error
    if not Money() < made.alj <= made.court:
        raise RulesDataError(f"The amount {row['id']} cannot be right: the court asks for less.")
    return made


def _dollars(amount: Money) -> str:
    return f"{amount}".removesuffix(".00")
