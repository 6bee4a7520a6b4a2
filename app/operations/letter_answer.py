"""What a letter says about a denial, as an answer for its form: from values a person has seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.denial import LETTER_UNITS
from app.domain.fact import WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.planned_deadline import LONGEST_LETTER_DAYS
from app.domain.window import Unit, Window
from app.operations.denials import DenialAnswer
from app.operations.rules import rule_book

SAYS_NOTHING: Final = "nothing"
"""What stands for “the letter does not say how long”; a window's plain form is never this."""

DENIALS: Final = frozenset({"denial", "appeal_decision"})
"""The kinds of paper that may say no."""

_FROM_LETTER: Final = frozenset({"date_of_notice", "date_of_decision", "mailed_date", "unstated"})
_LEVELS: Final = {"second": 2, "external": 3}
_BEST_LEVELS: Final = {
    "denial": ("internal", None, "hearing", "external", "second", "dispute", "continue_benefits"),
    "appeal_decision": (
        "second", "external", "hearing", None, "internal", "dispute", "continue_benefits",
    ),
}  # fmt: skip
"""Which step a person takes next, the first first: after a first “no”, and after a later one."""

_NOT_THE_APPEAL: Final = frozenset({"continue_benefits", "dispute"})
_LONGEST_REASON: Final = 400


def persons_windows(rows: Iterable[FactRow], kind: str | None) -> tuple[FactRow, ...]:
    """Return the windows that are the person's own, the one that comes next first."""
    levels = _BEST_LEVELS.get(kind or "", _BEST_LEVELS["denial"])
    mine = [
        (row, row.value)
        for row in rows
        if isinstance(row.value, WindowSaid) and row.value.for_whom == "patient"
    ]
    mine.sort(
        key=lambda each: (not each[0].is_confirmed, levels.index(each[1].level), -each[0].score)
    )
    return tuple(row for row, _ in mine)


def with_kept_care(answer: DenialAnswer, rows: Iterable[FactRow]) -> DenialAnswer:
    """Return the answer with the letter's printed day to ask that care goes on, if confirmed."""
    days = [
        row.value.due
        for row in persons_windows(rows, None)
        if row.is_confirmed
        and isinstance(row.value, WindowSaid)
        and row.value.level == "continue_benefits"
    ]
    return replace(answer, keep_by=next(filter(None, days), None))


def confirmed_answer(document_id: str, kind: str | None, rows: Iterable[FactRow]) -> DenialAnswer:
    """Return the answer that a letter gives by what people confirmed in it, and by nothing else.

    A letter of several levels counts for the one that comes next.
    """
    said = [row for row in rows if row.is_confirmed]
    windows = [
        row for row in persons_windows(said, kind)
        if isinstance(row.value, WindowSaid) and row.value.level not in _NOT_THE_APPEAL
    ]  # fmt: skip
    window = windows[0].value if windows else None
    reason = [row for row in said if row.name == "denial_reason"]
    answer = denial_answer(
        document_id, kind, window, _day(said, "letter_date"), _day(said, "received_date"), reason
    )
    return with_kept_care(answer, said)


def _day(rows: Iterable[FactRow], name: str) -> date | None:
    values = {row.value for row in rows if row.name == name and isinstance(row.value, str)}
    return date.fromisoformat(values.pop()) if len(values) == 1 else None


def denial_answer(
    document_id: str,
    kind: str | None,
    window: WindowSaid | str | None,
    notice_on: date | None,
    received_on: date | None,
    reason: Sequence[FactRow] = (),
) -> DenialAnswer:
    """Return what is known of a denial for its form; the form says what is still open.

    A time that the form cannot count, such as hours, is left for the person to enter.
    """
    says, day, days, unit, counts_from = "unknown", None, None, LETTER_UNITS[0], "notice"
    if window == SAYS_NOTHING:
        says = "nothing"
    elif isinstance(window, WindowSaid):
        counts_from = "receipt" if window.anchor == "receipt" else "notice"
        if _names_day(window, notice_on, received_on):
            says, day = "date", window.due
        elif _can_be_counted(window):
            says, days, unit = "days", window.amount, window.unit
    words = reason[0].text if reason else ""
    return DenialAnswer(
        document_id=document_id, notice_on=notice_on, received_on=received_on,
        level=_level(kind, window), reason=words[:_LONGEST_REASON],
        letter_says=says, letter_date=day, letter_days=days, letter_unit=unit,
        letter_counts_from=counts_from,
    )  # fmt: skip


def is_certain(window: WindowSaid | str | None) -> bool:
    """Whether the letter itself says from which day the time runs."""
    return not isinstance(window, WindowSaid) or (
        window.unit == "explicit_date" or window.anchor != "unstated"
    )


def _can_be_counted(window: WindowSaid) -> bool:
    anchors = {*_FROM_LETTER, "receipt"}
    return window.unit in LETTER_UNITS and bool(window.amount) and window.anchor in anchors


def _names_day(window: WindowSaid, notice_on: date | None, received_on: date | None) -> bool:
    """Whether the day that is printed decides: there is no other, or the other is later."""
    if window.due is None:
        return False
    start = received_on if window.anchor == "receipt" and received_on else notice_on
    if not _can_be_counted(window) or window.amount is None or start is None:
        return True
    said = Window(window.amount, Unit(window.unit))
    try:
        is_believable = said.longest_days <= LONGEST_LETTER_DAYS
        return not is_believable or window.due <= said.end(start, rule_book().holidays)
    except OverflowError:
        return True


def _level(kind: str | None, window: WindowSaid | str | None) -> int:
    level = _LEVELS.get(window.level or "", 1) if isinstance(window, WindowSaid) else 1
    return max(level, 2) if kind == "appeal_decision" else level
