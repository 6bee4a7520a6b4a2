"""The National Provider Identifier: ten digits of which the last is a check digit."""

from __future__ import annotations

from typing import Final

_PREFIX: Final = "80840"  # of US health cards; NPI standard, 45 CFR 162.406
_LENGTH: Final = 10


def is_npi(digits: str) -> bool:
    """Say whether ten digits are an NPI by their first digit and the Luhn check."""
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        return False
    if digits[0] not in "12":
        return False
    total = 0
    for place, digit in enumerate(reversed(_PREFIX + digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
