"""How old somebody was on a day, or by the end of a year."""

from __future__ import annotations

from datetime import date


def age_on(born: date, day: date) -> int:
    """Return the full years on that day; somebody born on February 29 is older on March 1."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_by_end_of(born: date, year: int) -> int:
    """Return the age reached by December 31 of the year."""
    return year - born.year
