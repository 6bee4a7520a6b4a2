"""What is due on paper: a list for the wall, and months to hang beside it.

Without details nothing private is printed: a sheet on a wall is read by whoever comes by. Then
each date is called by its kind, and claims, patients and insurers are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar_days import month_name, spoken, spoken_weekday, weekday
from app.domain.due_item import LEGAL_KINDS
from app.domain.undated import Undated
from app.exporting.calendar_month import MonthEntry, month_data
from app.exporting.plain_text import shortened
from app.exporting.typeset import typeset

_TITLE: Final = "What is due"
_LONGEST_TITLE: Final = 260
_LONGEST_NAME: Final = 140
_LONGEST_SENTENCE: Final = 600
_OTHER: Final = "A date"
_NEUTRAL: Final = {
    "appeal": "Appeal",
    "keep_benefits": "Ask that the care goes on",
    "step": "A step with a last day",
    "peer_to_peer": "Call between doctors",
    "answer": "Their answer",
    "promise": "Follow up on a promise",
    "authorization": "Authorization",
    "fsa": "Spending account",
    "necessity_letter": "Doctor's letter",
    "assistance": "Application",
    "appointment": "Appointment",
    "stop": "Day to decide",
    "tax": "A day of tax law",
    "own": "A date of your own",
}
_NEUTRAL_UNDATED: Final = {
    "fast_appeal": "Ask for a fast appeal",
    "keep_benefits": "Ask that the care goes on",
    "denial": "A denial without a date",
    "step": "A step without a date",
    "answer": "An answer without a date",
    "request": "A request without a date",
}
_SINCE: Final = {"answer": "the appeal", "request": "you asked"}
_NEUTRAL_SENTENCES: Final = {
    "denial": "Date not known: look in the letter, or call the plan today.",
    "step": "Date not known: look in the letter, or call today.",
    "answer": "No day is known for their answer: ask when it will come.",
    "request": "No day is known for their answer: ask where it is.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDate:
    """One open date as it is printed. `at` is the time of day in words, with its zone."""

    kind: str
    title: str
    aim_on: date
    last_day: date
    late_after: date
    at: str = ""
    claim: str = ""
    patient: str = ""
    counts_as_filed: str = ""

    @property
    def is_legal(self) -> bool:
        """Whether a letter or a law has set the day."""
        return self.kind in LEGAL_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class WallSheet:
    """All that is to be done, as it stood on the day of printing, the soonest first."""

    printed_on: date
    undated: Sequence[Undated]
    dates: Sequence[SheetDate]
    details: bool


def list_pdf(sheet: WallSheet) -> bytes:
    """Return the list as a PDF on upright US Letter pages."""
    data = {
        "printed": spoken_weekday(sheet.printed_on),
        "undated": [_undated(sheet, entry) for entry in sheet.undated],
        "rows": [_row(sheet, entry) for entry in sheet.dates],
    }
    return typeset("calendar_list.typ", data, title=_TITLE, made_on=sheet.printed_on)


def month_pdf(sheet: WallSheet, first: date, months: int, closed: Mapping[date, str]) -> bytes:
    """Return a page a month on wide US Letter pages, from the month of the day `first` on.

    `closed` are the days on which offices are closed, with the reason in words. What does not
    fit into a day stands in full on pages at the end.
    """
    entries = [each for entry in sheet.dates for each in _in_month(sheet, entry)]
    data = {
        "printed": spoken_weekday(sheet.printed_on),
        "undated": [_undated(sheet, entry) for entry in sheet.undated],
        **month_data(entries, first, months, closed),
    }
    title = f"{_TITLE}: {month_name(first)} {first.year}"
    return typeset("calendar_month.typ", data, title=title, made_on=sheet.printed_on)


def _undated(sheet: WallSheet, entry: Undated) -> dict[str, object]:
    days = entry.days_since(sheet.printed_on)
    since = _SINCE.get(entry.kind, "the letter")
    told = _NEUTRAL_SENTENCES.get(entry.kind, entry.sentence)
    title = _NEUTRAL_UNDATED.get(entry.kind, _OTHER)
    return {
        "title": shortened(entry.title if sheet.details else title, _LONGEST_TITLE),
        "sentence": shortened(entry.sentence if sheet.details else told, _LONGEST_SENTENCE),
        "since": "" if days is None else f"{_days(days)} since {since}",
        "about": _about(sheet, entry.claim, entry.patient),
    }


def _row(sheet: WallSheet, entry: SheetDate) -> dict[str, object]:
    today = sheet.printed_on
    is_one_day = entry.aim_on == entry.last_day
    return {
        "title": _title(sheet, entry),
        "about": _about(sheet, entry.claim, entry.patient),
        "filed": shortened(entry.counts_as_filed, _LONGEST_NAME),
        "at": entry.at,
        "aim": None if is_one_day else _day(entry.aim_on, today),
        "last": _day(entry.last_day, today),
        "word": _word(entry) if is_one_day else "",
        "note": _note(entry, today),
    }


def _day(day: date, today: date) -> dict[str, str]:
    return {"weekday": weekday(day), "day": spoken(day), "left": _left((day - today).days)}


def _word(entry: SheetDate) -> str:
    """Return what the only day of an entry is; a day of one's own needs no name."""
    if entry.kind == "answer":
        return "Due about"
    return "Last day" if entry.is_legal else ""


def _left(days: int) -> str:
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _ if days < 0:
            return f"{_days(-days)} ago"
        case _:
            return f"{_days(days)} left"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def _note(entry: SheetDate, today: date) -> str:
    if entry.kind == "answer":
        return "Appears late: ask." if entry.late_after < today else ""
    if entry.last_day < today:
        passed = f"The date passed on {spoken(entry.last_day)}."
        return f"{passed} Look in the program: you may still have a way." if entry.is_legal else ""
    return "Do it now: the day to aim for is over." if entry.aim_on < today else ""


def _title(sheet: WallSheet, entry: SheetDate) -> str:
    title = entry.title if sheet.details else _NEUTRAL.get(entry.kind, _OTHER)
    return shortened(title, _LONGEST_TITLE) or _OTHER


def _about(sheet: WallSheet, claim: str | None, patient: str | None) -> str:
    if not sheet.details:
        return ""
    return " · ".join(shortened(name, _LONGEST_NAME) for name in (claim, patient) if name)


def _in_month(sheet: WallSheet, entry: SheetDate) -> Sequence[MonthEntry]:
    title, about = _title(sheet, entry), _about(sheet, entry.claim, entry.patient)
    if entry.aim_on != entry.last_day:
        return (
            MonthEntry(entry.aim_on, "Aim for", title, about),
            MonthEntry(entry.last_day, "Last day", title, about, entry.at),
        )
    return (MonthEntry(entry.last_day, _word(entry), title, about, entry.at),)
