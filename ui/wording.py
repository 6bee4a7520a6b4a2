"""Words as people say them: dates, days left, amounts, counts. Every string of `ui` passes `tr`."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_CONTEXT = "ui"


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the person's language, with `{name}` filled in from `values`.

    Only the template is parsed: braces inside a value stay as they are.
    """
    translated = QCoreApplication.translate(_CONTEXT, text)
    return translated.format(**values) if values else translated


def count_of(number: int, one: str, many: str) -> str:
    """Return “1 paper” or “3 papers”; both forms hold `{n}`."""
    return tr(one if number == 1 else many, n=f"{number:,}")


def _spoken(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def date_words(day: date, today: date | None = None) -> str:
    """Return “Tuesday, August 18”, with the year unless it is that of `today`."""
    if today is not None and day.year == today.year:
        return _spoken(day, tr("dddd, MMMM d"))
    return _spoken(day, tr("dddd, MMMM d, yyyy"))


def short_date(day: date | None) -> str:
    """Return “Aug 18, 2026” for a column; nothing for no date."""
    return _spoken(day, tr("MMM d, yyyy")) if day else ""


def typed_date(day: date | None) -> str:
    """Return the date as people type it: “8/18/2026”."""
    return f"{day.month}/{day.day}/{day.year}" if day else ""


def month_words(day: date) -> str:
    """Return “August 2026”."""
    return _spoken(day, tr("MMMM yyyy"))


def weekday_words(number: int, *, short: bool = False) -> str:
    """Return the name of a weekday, 1 = Monday … 7 = Sunday."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(number, form)


def days_left(day: date, today: date) -> str:
    """Return “128 days left”, “tomorrow”, “today” or “12 days ago”."""
    left = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if left in near:
        return tr(near[left])
    if left < 0:
        return count_of(-left, "{n} day ago", "{n} days ago")
    return count_of(left, "{n} day left", "{n} days left")


def due_words(day: date, today: date) -> str:
    """Return “Tuesday, August 18 · 128 days left”."""
    return f"{date_words(day, today)} · {days_left(day, today)}"
