"""What a printed summary is about: which days, whose expenses, and who will read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError

COPIES: Final = ("full", "accountant")
"""All that is on record; or what an accountant needs, without diagnoses and names of drugs."""

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryChoice:
    """The days `first` to `last`, both included, by the day on which something was paid.

    None of a person, claim or withdrawal means all of them. `has_papers` says that the papers
    themselves go in behind their covers; without, the covers alone name them.
    """

    first: date
    last: date
    person_id: str | None = None
    claim_id: str | None = None
    withdrawal_id: str | None = None
    copy: str = "full"
    has_papers: bool = True

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise UserError(
                "The summary would end before it begins. Change the first or the last day."
            )
        if self.first.year < _FIRST_YEAR:
            raise UserError(f"Choose a first day from January 1, {_FIRST_YEAR} on.")

    @property
    def year(self) -> int | None:
        """The calendar year that it covers exactly, None for other days."""
        whole = (date(self.first.year, 1, 1), date(self.first.year, 12, 31))
        return self.first.year if (self.first, self.last) == whole else None

    @property
    def years(self) -> range:
        """All years that it touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def is_everybodys(self) -> bool:
        """Return whether nothing is left out of these days: only then do tax figures tie out."""
        return not (self.person_id or self.claim_id or self.withdrawal_id)

    @property
    def is_full(self) -> bool:
        """Return whether diagnoses, services and drugs are named."""
        return self.copy == "full"

    @property
    def prefix(self) -> str:
        """What every exhibit number begins with: `HSA-2026`, `HSA-2016-2026`."""
        until = "" if self.last.year == self.first.year else f"-{self.last.year}"
        return f"HSA-{self.first.year}{until}"

    def has(self, day: date | None) -> bool:
        """Return whether a day lies in it; no day does not."""
        return day is not None and self.first <= day <= self.last


def of_year(year: int) -> SummaryChoice:
    """Return the choice of one calendar year, for everybody, in full.

    Raises:
        UserError: no summary can be made of such a year.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UserError(f"There is no summary of the year {year}. Choose a year of the calendar.")
    return SummaryChoice(first=date(year, 1, 1), last=date(year, 12, 31))
