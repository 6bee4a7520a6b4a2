"""The pages of months in words: what stands in each day, and what lies before and after."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar_days import month_name, spoken_weekday
from app.exporting.plain_text import shortened

_LONGEST_IN_A_DAY: Final = 44
_DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """One thing on one day: what the day is for it, its title, whose it is, and the time."""

    on: date
    word: str
    title: str
    about: str = ""
    at: str = ""


def month_data(
    entries: Sequence[MonthEntry], first: date, months: int, closed: Mapping[date, str]
) -> dict[str, object]:
    """Return what the template `calendar_month.typ` prints of the months, but for its heads."""
    shown = list(_months(first, months))
    start, end = shown[0], shown[-1].replace(day=_length(shown[-1]))
    by_day: dict[date, list[MonthEntry]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, []).append(entry)
    return {
        "weekdays": _DAYS,
        "months": [_month(month, by_day, closed) for month in shown],
        "before": sum(entry.on < start for entry in entries),
        "after": sum(entry.on > end for entry in entries),
    }


def _months(first: date, months: int) -> Iterator[date]:
    for number in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        yield date(year, month + 1, 1)


def _length(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def _month(
    month: date, by_day: Mapping[date, Sequence[MonthEntry]], closed: Mapping[date, str]
) -> dict[str, object]:
    days = [month.replace(day=number) for number in range(1, _length(month) + 1)]
    return {
        "name": f"{month_name(month)} {month.year}",
        "blank": (month.weekday() + 1) % 7,
        "weeks": -(-((month.weekday() + 1) % 7 + len(days)) // 7),
        "days": [_day(day, by_day.get(day, ()), closed.get(day, "")) for day in days],
        "count": sum(len(by_day.get(day, ())) for day in days),
    }


def _day(day: date, entries: Sequence[MonthEntry], closed: str) -> dict[str, object]:
    return {
        "number": str(day.day),
        "said": spoken_weekday(day),
        "closed": shortened(closed, _LONGEST_IN_A_DAY),
        "entries": [_entry(entry) for entry in sorted(entries, key=_pressing)],
    }


def _pressing(entry: MonthEntry) -> tuple[bool, str]:
    """Last days come first: they are what a full day must show."""
    return entry.word != "Last day", entry.title


def _entry(entry: MonthEntry) -> dict[str, object]:
    short = shortened(entry.title, _LONGEST_IN_A_DAY)
    return {
        "word": entry.word,
        "short": short,
        "title": entry.title,
        "about": entry.about,
        "at": entry.at,
        "time": entry.at.partition(",")[0],
        "cut": short != entry.title,
    }
