"""Parting an amount so that the parts add up to it exactly, and the days of a payment plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.calendar_days import add_months
from app.domain.errors import UserError
from app.domain.money import Money

MOST_PARTS: Final = 120
"""Ten years of monthly instalments, or as many sessions: more is a slip of the keyboard."""


def even_shares(total: Money, count: int) -> tuple[Money, ...]:
    """Part an amount into `count` parts that differ by a cent at most, the larger ones first.

    Raises:
        UserError: there are too many or too few parts, or one of them would be nothing.
    """
    if not 1 <= count <= MOST_PARTS:
        raise UserError(f"Choose from 1 to {MOST_PARTS} parts.")
    if total.cents < count:
        raise UserError(f"{total} cannot be parted into {count} parts of at least one cent.")
    least, over = divmod(total.cents, count)
    return tuple(Money(least + (place < over)) for place in range(count))


def monthly(first: date, count: int, months: int = 1) -> tuple[date, ...]:
    """Return `count` days from `first` on, `months` apart; the 31st becomes a month's last day.

    Raises:
        UserError: there are too many days, or they run out of the calendar.
    """
    if not 1 <= count <= MOST_PARTS:
        raise UserError(f"Choose from 1 to {MOST_PARTS} days.")
    try:
        return tuple(add_months(first, months * place) for place in range(count))
    except (ValueError, OverflowError):
        raise UserError("These days run beyond the calendar. Please check the first one.") from None


def refuse_other_sum(total: Money, parts: Sequence[Money]) -> None:
    """Refuse parts that do not add up to the total, or of which one is not above zero."""
    if any(part <= Money(0) for part in parts):
        raise UserError("Each part must be more than zero.")
    added = sum(parts, Money())
    if added == total:
        return
    apart = Money(abs(total.cents - added.cents))
    word = "less" if added < total else "more"
    raise UserError(
        f"The parts add up to {added}, which is {apart} {word} than {total}. They must add up to "
        "it exactly."
    )
