"""What the miles to care come to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.domain.money import Money

_CENT: Final = Decimal(1)


def mileage(miles: int, rate: int) -> Money:
    """Return the amount for `miles` hundredths of a mile at `rate` tenths of a cent a mile.

    A half cent is rounded up, once for each trip: 7 miles at 20.5 cents are $1.44.
    """
    cents = Decimal(miles) * Decimal(rate) / 1000
    return Money(int(cents.quantize(_CENT, ROUND_HALF_UP)))


def miles_text(miles: int) -> str:
    """Return hundredths of a mile as people write them: `7`, `12.5`, `3.25`."""
    return f"{miles // 100}.{miles % 100:02d}".rstrip("0").rstrip(".")
