"""Whether the date of this computer can be right, by what was recorded here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.domain.calendar_days import spoken

_ANOTHER_ZONE: Final = timedelta(days=1)
"""A journey, or a letter from the other side of the date line, moves a day at most."""

_LONG_PAUSE: Final = timedelta(days=300)


def doubt(today: date, last_recorded: date | None, newest_letter: date | None) -> str | None:
    """Return what to say on Today where the computer's date may be wrong, or None.

    `last_recorded` is the last day on which anything was stored or changed in the binder by this
    computer's clock, `newest_letter` the newest date of a letter in it. Behind is certain, since
    nothing was recorded in the future; far ahead may as well be a long pause, and is asked.
    """
    if last_recorded and last_recorded > today + _ANOTHER_ZONE:
        return (
            f"This computer says that today is {spoken(today)}, but something was recorded here on "
            f"{spoken(last_recorded)}. Please check the date of this computer: days left are "
            "counted from it."
        )
    if newest_letter and newest_letter > today + _ANOTHER_ZONE:
        return (
            f"This computer says that today is {spoken(today)}, but a letter here is dated "
            f"{spoken(newest_letter)}. Please check the date of this computer, then the date of "
            "that letter."
        )
    if last_recorded and today - last_recorded > _LONG_PAUSE:
        return (
            f"Nothing was recorded here since {spoken(last_recorded)}. Is today really "
            f"{spoken(today)}? If not, please correct the date of this computer."
        )
    return None
