"""Amounts of money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.domain.errors import UserError

_PRINTED = re.compile(
    r"""^(?P<sign>-)?\s*\$?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<cents>\.\d+)?$""", re.VERBOSE
)
LARGEST = 10_000_000_000_00
"""Ten thousand million dollars, in cents: more than any bill, and far inside SQLite's integers."""


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in integer cents; never a float."""

    cents: int = 0

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read an amount as printed on a bill: `$1,234.50`, `(12.00)`, `-12`, `.50`.

        Raises:
            UserError: the text is no amount, has fractions of a cent, or is absurdly large.
        """
        bare = text.strip()
        negative = bare.startswith("(") and bare.endswith(")")
        if negative:
            bare = bare[1:-1].strip()
        if bare.startswith("$-"):
            bare = f"-{bare[2:]}"
        found = _PRINTED.match(bare)
        if not found or not (found["whole"] or found["cents"]):
            raise UserError(f"“{text}” is not an amount of money. Write it like 1,234.50.")
        digits = (found["whole"] or "0").replace(",", "") + (found["cents"] or "")
        try:
            cents = Decimal(digits) * 100
        except InvalidOperation as error:  # pragma: no cover - the pattern admits digits only
            raise UserError(f"“{text}” is not an amount of money.") from error
        if cents != cents.to_integral_value(ROUND_HALF_UP):
            raise UserError(f"“{text}” has parts of a cent. Write it like 1,234.50.")
        if cents > LARGEST:
            raise UserError(f"“{text}” is too large to be right. Please check the amount.")
        value = int(cents)
        return cls(-value if negative != bool(found["sign"]) else value)

    @property
    def plain(self) -> str:
        """The amount for machines: `1234.50`, `-0.05`."""
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"

    def __str__(self) -> str:
        """The amount for people: `$1,234.50`, `($12.00)`."""
        shown = f"${abs(self.cents) // 100:,}.{abs(self.cents) % 100:02d}"
        return f"({shown})" if self.cents < 0 else shown

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)
