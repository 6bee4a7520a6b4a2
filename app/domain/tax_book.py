"""Everything the program knows of taxes, in one value: kinds of expense, rates and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.category_words import bare_words
from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.tax_category import TaxCategory
from app.domain.tax_year import (
    AdditionalTax,
    LodgingLimit,
    MileagePeriod,
    TaxYear,
    YearLimit,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxBook:
    """The categories by id, the years, the mileage periods in order of their dates.

    `by_name` leads from the bare words that mean one category, and no other, to it.
    """

    categories: Mapping[str, TaxCategory]
    by_name: Mapping[str, TaxCategory]
    groups: Mapping[str, str]
    years: Mapping[int, TaxYear]
    mileage: tuple[MileagePeriod, ...]
    lodging: LodgingLimit
    additional_tax: AdditionalTax
    as_of: date

    def category(self, word: str) -> TaxCategory | None:
        """Return the category that a word of the ledger names, None where it names none."""
        return self.categories.get(word) or self.by_name.get(bare_words(word))

    def year(self, year: int) -> TaxYear:
        """Return the limits of a year; a year that is not in the book has none."""
        return self.years.get(year) or TaxYear(year=year)

    def limit(self, year: int, what: str) -> YearLimit | None:
        """Return one set of limits of a year, None where it is not in the book."""
        return self.year(year).limits.get(what)

    def mileage_on(self, day: date) -> MileagePeriod | None:
        """Return the mileage period of a day of travel, None where the rate is not known."""
        for period in reversed(self.mileage):
            if period.start <= day <= period.end:
                return period
        return None

    def mileage_rate(self, day: date) -> MileagePeriod:
        """Return the mileage period of a day of travel.

        Raises:
            UserError: no rate is known for that day; `ask` asks for one and for its source.
        """
        if period := self.mileage_on(day):
            return period
        raise UserError(
            f"The medical mileage rate for {day:%B} {day.day}, {day.year} is not known to this "
            "program. Enter the rate yourself and say where it comes from.",
            ask="How many cents a mile, and which notice of the IRS says so?",
        )

    def ltc_limit(self, year: int, age: int) -> Money | None:
        """Return what of a long-term care premium counts at an age, None where it is not known.

        `age` is the age reached by the end of the year: 26 U.S.C. 213(d)(10)(A).
        """
        bands = ((40, "age_le_40"), (50, "age_41_50"), (60, "age_51_60"), (70, "age_61_70"))
        name = next((name for until, name in bands if age <= until), "age_gt_70")
        return self.year(year).amount("ltc_premium", name)
