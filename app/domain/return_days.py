"""Until when money may go back to an HSA, or out of it again."""

from __future__ import annotations

from datetime import date
from typing import Final

RETURN_SOURCE: Final = "Notice 2004-50 Q&A-37; Form 1099-SA, instructions for the recipient"


def return_by(known_on: date) -> date:
    """Return the last day to return a mistaken distribution to the account.

    April 15 after the first year in which one knew or should have known; only if the custodian
    takes it back.
    """
    year = min(known_on.year + 1, date.max.year)
    return date(year, 4, 15)
