"""What was read in a paper, in plain words: windows of time, values, where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from app.domain.errors import UserError
from app.domain.fact import WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.money import Money
from ui.names import (
    AMOUNTS,
    ANCHORS,
    DENIAL_REASONS,
    FACTS,
    FILED_WHEN,
    WHOSE,
    WINDOW_LEVELS,
    word_for,
)
from ui.widgets.evidence import Mark
from ui.wording import count_of, date_words, short_date, tr

LEAST_SCORE: Final = 0.7
"""Below, a value is shown as doubtful."""

_COUNTED: Final[Mapping[str, tuple[str, str]]] = {
    "calendar_days": ("{n} day", "{n} days"),
    "business_days": ("{n} business day", "{n} business days"),
    "months": ("{n} month", "{n} months"),
    "years": ("{n} year", "{n} years"),
    "hours": ("{n} hour", "{n} hours"),
}


def window_words(window: WindowSaid) -> str:
    """Return how long somebody has: “180 days, counted from the day you got the letter”."""
    return ", ".join(part for part in (length_words(window), start_words(window)) if part)


def length_words(window: WindowSaid) -> str:
    """Return how long a window is, or the day that is printed."""
    if window.unit == "explicit_date":
        return tr("until {day}", day=date_words(window.due)) if window.due else tr("a printed date")
    if window.unit == "noon_next_day":
        return tr("until noon of the next day")
    one, many = _COUNTED[window.unit]
    return count_of(window.amount or 0, one, many)


def start_words(window: WindowSaid) -> str:
    """Return from which day a window is counted, and the day it ends if that is printed too."""
    if window.unit == "explicit_date":
        return ""
    start = word_for(ANCHORS, window.anchor)
    if window.due is None:
        return start
    return tr("{start}, until {day}", start=start, day=date_words(window.due))


def choice_words(window: WindowSaid) -> str:
    """Return a window as one of a few to choose from: “180 days to appeal to the plan”."""
    purpose = word_for(WINDOW_LEVELS, window.level)
    return f"{length_words(window)} {purpose}".strip()


def filed_words(window: WindowSaid) -> str:
    """Return what counts as in time, as far as the letter says."""
    return word_for(FILED_WHEN, window.filed_when)


def purpose_words(window: WindowSaid) -> str:
    """Return what a window is for and what counts as in time, as far as the letter says."""
    said = (word_for(WINDOW_LEVELS, window.level), filed_words(window))
    return "; ".join(words for words in said if words)


def value_words(row: FactRow) -> str:
    """Return a value as people write it."""
    return plain_words(row.name, row.value)


def plain_words(name: str, value: str | WindowSaid) -> str:
    """Return a value of this name as people write it."""
    if isinstance(value, WindowSaid):
        return window_words(value)
    if name.endswith("_date"):
        day = day_of(value)
        return date_words(day) if day else value
    if name in AMOUNTS:
        return _money(value)
    return word_for(DENIAL_REASONS, value) if name == "denial_reason" else value


def day_of(value: str | WindowSaid) -> date | None:
    """Return the date that a value is, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def is_doubtful(row: FactRow) -> bool:
    """Whether a person should look at a value before trusting it."""
    return not row.is_confirmed and (row.score < LEAST_SCORE or bool(row.note))


def detail_words(row: FactRow, people: Mapping[str, str], meaning: str = "") -> str:
    """Return the second line of a value: what it is, what it means, how sure it is."""
    parts = [word_for(FACTS, row.name), meaning]
    if isinstance(row.value, WindowSaid):
        whose = word_for(WHOSE, row.value.for_whom)
        parts = [whose or parts[0], purpose_words(row.value)]
    if row.page:
        parts.append(tr("page {page}", page=row.page))
    if row.is_confirmed:
        parts.append(confirmed_words(row, people))
        if row.now_read:
            now = plain_words(row.name, row.now_read)
            parts.append(tr("read again, it says: {value}", value=now))
    elif is_doubtful(row):
        parts.append(row.note or tr("please check"))
    return " · ".join(part for part in parts if part)


def confirmed_words(row: FactRow, people: Mapping[str, str]) -> str:
    """Return who confirmed a value and when."""
    day = _day(row.confirmed_at)
    name = people.get(row.author_id or "")
    if name:
        return tr("confirmed by {name}, {day}", name=name, day=day)
    return tr("confirmed {day}", day=day)


def mark_of(
    row: FactRow | None, shown: str, people: Mapping[str, str], *, verb: str = ""
) -> Mark | None:
    """Return what is said below a field; `shown` is what stands in it, in the value's plain form.

    `verb` is the word on the button of a value that is not confirmed yet.
    """
    if row is None:
        return None
    if row.is_confirmed and row.value == shown:
        if row.now_read:
            now = plain_words(row.name, row.now_read)
            return Mark(
                tr("You confirmed this. Read again, it says: {value}", value=now),
                "info", "warning", tr("Take the new one"), "take",
            )  # fmt: skip
        words = confirmed_words(row, people)
        return Mark(f"{words[0].upper()}{words[1:]}", "check", "good")
    if row.value != shown:
        read = value_words(row)
        return Mark(
            tr("In the paper it seems to say: {value}", value=read), "edit", "muted",
            tr("Put back"), "back",
        )  # fmt: skip
    if is_doubtful(row):
        why = row.note or tr("The words are hard to read.")
        return Mark(tr("Please check. {why}", why=why), "warning", "warning", verb, "right")
    return Mark(tr("Read, not confirmed"), "text", "muted", verb, "right")


def _day(moment: datetime | None) -> str:
    return short_date(moment.astimezone().date()) if moment else ""


def _money(value: str) -> str:
    try:
        return str(Money.parse(value))
    except UserError:
        return value
