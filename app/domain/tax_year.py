"""Rates and limits by date and year: each with its source, and blank where nobody knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from app.domain.money import Money
from app.domain.tax_category import Confidence


@dataclass(frozen=True, kw_only=True, slots=True)
class MileagePeriod:
    """What a mile to care counted from `start` to `end`, both included; `rate` in tenths of a cent.

    The day of travel decides, never the year of the report.
    """

    id: str
    start: date
    end: date
    rate: int
    source: str
    confidence: Confidence

    @property
    def cents(self) -> str:
        """The rate in cents as people write it: `20.5`, `21`."""
        return f"{self.rate // 10}.{self.rate % 10}".removesuffix(".0")


@dataclass(frozen=True, kw_only=True, slots=True)
class YearLimit:
    """One set of limits of one year. An amount that is None is not published or not found."""

    id: str
    year: int
    what: str
    source: str
    confidence: Confidence
    amounts: Mapping[str, Money | None] = field(default_factory=dict[str, Money | None])
    percent: str = ""
    day: date | None = None
    note: str = ""

    def amount(self, name: str) -> Money | None:
        """Return an amount by its name in the data, None where it is not known."""
        return self.amounts.get(name)


@dataclass(frozen=True, kw_only=True, slots=True)
class LodgingLimit:
    """What a night near care counts for, each person: fixed by statute, not indexed."""

    per_person_per_night: Money
    max_persons: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True, slots=True)
class AdditionalTax:
    """The additional tax on distributions that were not for care, where no exception applies."""

    percent: int
    from_year: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxYear:
    """All limits of one year, by what they limit."""

    year: int
    limits: Mapping[str, YearLimit] = field(default_factory=lambda: MappingProxyType({}))

    def amount(self, what: str, name: str) -> Money | None:
        """Return one amount, None where the year or the amount is not known."""
        limit = self.limits.get(what)
        return limit.amount(name) if limit else None

    @property
    def contribute_by(self) -> YearLimit | None:
        """Until when contributions may be made for the year."""
        return self.limits.get("contribute_by")
