"""What a person says by filing a paper: the values they saw, and the denial it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.fact import Box, WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from app.operations.facts import SaidValue
from app.operations.letter_answer import DENIALS

_FROM_LETTER: Final = frozenset({"date_of_notice", "date_of_decision", "mailed_date", "unstated"})
_ASK_NOTHING: Final = frozenset({"eob", "msn"})


@dataclass(frozen=True, slots=True)
class Clicked:
    """Words of a page that were put into a field, and the value that stood there then."""

    value: str
    words: str
    page: int
    box: Box


def said_value(
    name: str, shown: str, row: FactRow | None, clicked: Clicked | None = None
) -> SaidValue | None:
    """Return what filing says of a value; None if that is said already, or there is nothing.

    `shown` is what stands in the field, in its plain form; a value that was read and is gone from
    the field was read wrongly.
    """
    if row is None:
        return _typed(name, shown, "", clicked) if shown else None
    read = plain_value(row.value)
    if shown != read:
        return _typed(row.name, shown, read, clicked)
    if row.is_confirmed:
        return None
    return SaidValue(
        name=row.name, value=read, read_as=read, words=row.text, page=row.page, box=row.box
    )


def _typed(name: str, shown: str, read: str, clicked: Clicked | None) -> SaidValue:
    if clicked and clicked.value == shown:
        return SaidValue(
            name=name, value=shown, read_as=read,
            words=clicked.words, page=clicked.page, box=clicked.box,
        )  # fmt: skip
    return SaidValue(name=name, value=shown, read_as=read)


def day_to_act(
    kind: str | None, window: WindowSaid | str | None, notice_on: date | None
) -> date | None:
    """Return the day by which a paper that is no “no” asks for something, if it names one.

    An explanation of benefits asks for nothing: it tells how to appeal, should one want to.
    """
    if kind in DENIALS or kind in _ASK_NOTHING or not isinstance(window, WindowSaid):
        return None
    if window.due:
        return window.due
    counted = window.unit == "calendar_days" and window.anchor in _FROM_LETTER - {"unstated"}
    if not counted or window.amount is None or notice_on is None:
        return None
    return notice_on + timedelta(days=window.amount)
