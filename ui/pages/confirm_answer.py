"""What a person says by filing a paper: the values they saw, and the denial it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.fact import Box, WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from app.operations.denials import DenialAnswer
from app.operations.facts import SaidValue

SAYS_NOTHING: Final = "nothing"
"""What stands for “the letter does not say how long”; a window's plain form is never this."""

DENIALS: Final = frozenset({"denial", "appeal_decision"})
"""The kinds of paper that may say no."""

_FROM_LETTER: Final = frozenset({"date_of_notice", "date_of_decision", "mailed_date", "unstated"})
_ASK_NOTHING: Final = frozenset({"eob", "msn"})
_LEVELS: Final = {"second": 2, "external": 3}
_LONGEST_REASON: Final = 400


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


def denial_answer(
    document_id: str,
    kind: str | None,
    window: WindowSaid | str | None,
    notice_on: date | None,
    received_on: date | None,
    reason: Sequence[FactRow] = (),
) -> DenialAnswer:
    """Return what is known of a denial for its form; the form says what is still open.

    A time that the form cannot count, such as months, is left for the person to enter.
    """
    says, day, days, counts_from = "unknown", None, None, "notice"
    if window == SAYS_NOTHING:
        says = "nothing"
    elif isinstance(window, WindowSaid):
        counts_from = "receipt" if window.anchor == "receipt" else "notice"
        if _names_day(window, notice_on, received_on):
            says, day = "date", window.due
        elif _can_be_counted(window):
            says, days = "days", window.amount
    words = reason[0].text if reason else ""
    return DenialAnswer(
        document_id=document_id, notice_on=notice_on, received_on=received_on,
        level=_level(kind, window), reason=words[:_LONGEST_REASON],
        letter_says=says, letter_date=day, letter_days=days, letter_counts_from=counts_from,
    )  # fmt: skip


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


def is_certain(window: WindowSaid | str | None) -> bool:
    """Whether the letter itself says from which day the time runs."""
    return not isinstance(window, WindowSaid) or (
        window.unit == "explicit_date" or window.anchor != "unstated"
    )


def _can_be_counted(window: WindowSaid) -> bool:
    anchors = {*_FROM_LETTER, "receipt"}
    return window.unit == "calendar_days" and bool(window.amount) and window.anchor in anchors


def _names_day(window: WindowSaid, notice_on: date | None, received_on: date | None) -> bool:
    """Whether the day that is printed decides: there is no other, or the other is later."""
    if window.due is None:
        return False
    if not _can_be_counted(window) or window.amount is None:
        return True
    start = received_on if window.anchor == "receipt" and received_on else notice_on
    return start is None or window.due <= start + timedelta(days=window.amount)


def _level(kind: str | None, window: WindowSaid | str | None) -> int:
    level = _LEVELS.get(window.level or "", 1) if isinstance(window, WindowSaid) else 1
    return max(level, 2) if kind == "appeal_decision" else level
