"""What is said of a date: how near it is, where it comes from, what to do once it has passed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.clock_time import spoken_time, zone_named
from app.domain.deadline_rule import DeadlineRule
from app.domain.decision_clock import AnswerState, answer_state
from app.domain.due_item import LEGAL_KINDS, TAX_KINDS
from app.domain.errors import UserError
from app.domain.undated import Undated
from app.operations.rules import rule_book
from app.storage.queries.dates import DueRow
from ui.style import Tone
from ui.wording import count_of, date_words, days_left, due_words, short_date, tr

_CHECKED: Final = {
    "P26": "Checked against the text of the law as of 2026.",
    "Q26": "Checked against the text of the law as of 2026.",
    "P": "Checked against an official text that is older or carries no date.",
}
"""How well a rule was checked, in words, by its level in the rule book."""
SOON_DAYS: Final = 14
URGENT_DAYS: Final = 2


@dataclass(frozen=True, slots=True)
class Urgency:
    """How much a date presses: a word and an icon, empty while it does not, and a tone."""

    word: str = ""
    icon: str = ""
    tone: Tone = "ink"


def urgency(row: DueRow, today: date) -> Urgency:
    """Return how much an entry presses today."""
    if row.done_on:
        return Urgency(tr("Done"), "check", "good")
    if row.waived_on:
        return Urgency(tr("Let go"), "close", "muted")
    if row.kind == "answer":
        return _ANSWERS[answer_of(row, today)]()
    of_law = {*LEGAL_KINDS, *TAX_KINDS}
    return _of_law(row, today) if row.kind in of_law else _of_own(row, today)


def _of_law(row: DueRow, today: date) -> Urgency:
    if _still_until(row, today):
        return Urgency(tr("Do it today"), "warning", "danger")
    if row.last_day < today:
        return Urgency(tr("The date passed"), "warning", "danger")
    is_soon = (row.aim_on - today).days <= SOON_DAYS
    is_pressing = row.aim_on < today or (row.last_day - today).days <= URGENT_DAYS
    if is_pressing or (is_soon and row.kind == "keep_benefits"):
        return Urgency(tr("Urgent"), "warning", "danger")
    if is_soon:
        return Urgency(tr("Soon"), "clock", "warning")
    return Urgency()


_ANSWERS: Final[dict[AnswerState, Callable[[], Urgency]]] = {
    AnswerState.WAITING: Urgency,
    AnswerState.DUE: lambda: Urgency(tr("You may ask"), "help", "warning"),
    AnswerState.LATE: lambda: Urgency(tr("Appears late: ask"), "help", "warning"),
}


def answer_of(row: DueRow, today: date) -> AnswerState:
    """Return where an answer stands that others owe."""
    return answer_state(row.last_day, row.latest_on, today)


def _of_own(row: DueRow, today: date) -> Urgency:
    """Return how much a date presses that a person set: nothing is lost by law."""
    if row.last_day < today:
        return Urgency(tr("The day has passed"), "clock", "warning")
    is_near = (row.last_day - today).days <= URGENT_DAYS
    return Urgency(tr("Soon"), "clock", "warning") if is_near else Urgency()


def due_tone(row: DueRow, today: date) -> Tone:
    """Return the tone of an entry: near or past days stand out, by word and by icon too."""
    return urgency(row, today).tone


def left_words(row: DueRow, today: date) -> str:
    """Return the days left to the day to aim for, or that it is settled or late."""
    if row.done_on:
        return tr("done")
    if row.waived_on:
        return tr("let go")
    if row.kind == "answer" and row.last_day < today:
        return tr(answer_of(row, today).value)
    if row.aim_on < today <= row.last_day:
        return days_left(row.last_day, today)
    return days_left(row.aim_on, today)


def due_sentence(row: DueRow, today: date) -> str:
    """Return the day to aim for in words, and the last day where it is another one."""
    if row.done_on:
        return tr("Done on {day}", day=short_date(row.done_on))
    if row.waived_on:
        return tr("Let go on {day}", day=short_date(row.waived_on))
    return passed_sentence(row, today) if row.last_day < today else _ahead_sentence(row, today)


def _ahead_sentence(row: DueRow, today: date) -> str:
    if row.kind == "answer":
        return tr("An answer is due about {day}", day=due_words(row.last_day, today))
    at = moment_words(row)
    if row.last_day == row.aim_on:
        return " · ".join(part for part in (due_words(row.aim_on, today), at) if part)
    if row.aim_on < today:
        return tr("File now. Last day: {day}", day=due_words(row.last_day, today))
    aim = due_words(row.aim_on, today)
    return tr("{aim} (last day {last})", aim=aim, last=at or short_date(row.last_day))


def passed_sentence(row: DueRow, today: date) -> str:
    """Return that a day has passed, in the words that its kind asks for."""
    day = date_words(row.last_day, today)
    if row.kind == "answer":
        about = tr("An answer was due about {day}.", day=day)
        if answer_of(row, today) is AnswerState.LATE:
            return tr("{about} It appears late: ask.", about=about)
        return tr("{about} You may ask where it is.", about=about)
    if row.kind == "promise":
        return tr("Promised for {day}: ask where it is.", day=day)
    if later := _still_until(row, today):
        return tr(
            "The day to plan on, {day}, has passed. By law there may still be time until {later}: "
            "do it today.",
            day=day,
            later=date_words(later, today),
        )
    if row.kind in LEGAL_KINDS:
        return tr("The date passed on {day}.", day=day)
    return tr("The day was {day}.", day=day)


def _still_until(row: DueRow, today: date) -> date | None:
    """Return the law's own day where it lies after the one that was planned on and has passed.

    The law's latest is never planned on, but it must not be given up either.
    """
    later = max(filter(None, (row.latest_on, row.rule_on)), default=None)
    is_ahead = later is not None and row.last_day < today <= later
    return later if is_ahead and row.kind in LEGAL_KINDS else None


def late_words(row: DueRow, today: date) -> str:
    """Return what a person may still do about a legal date that has passed, else nothing."""
    is_late = row.is_open and row.last_day < today
    if not is_late or row.kind not in LEGAL_KINDS or row.kind == "answer":
        return ""
    rule = rule_of(row)
    passed = passed_sentence(row, today)
    if _still_until(row, today):
        return passed
    if rule and rule.late_note:
        return f"{passed} {rule.late_note}"
    return tr(
        "{passed} No rule known here says what may still be done. Call today and ask whether they "
        "take it late, and write down who answers what.",
        passed=passed,
    )


def still_words(row: DueRow, today: date) -> str:
    """Return what may still be done about a date that has passed; its line says that it has."""
    return late_words(row, today).removeprefix(passed_sentence(row, today)).strip()


def moment_words(row: DueRow) -> str:
    """Return the time of day at which a rule in hours ends, as the clocks there show it."""
    if row.due_at is None:
        return ""
    zone = zone_named(row.zone or "UTC")
    there = row.due_at.astimezone(zone)
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return tr(
        "{day}, {time} ({place} time)",
        day=short_date(there.date()),
        time=spoken_time(there.time()),
        place=place,
    )


def basis_words(row: DueRow) -> str:
    """Return where the date comes from, in one short sentence."""
    if row.basis == "rule":
        return tr("From the rule: {source}", source=row.source)
    words = {"letter": "From your letter", "promise": "Promised in a call", "own": "Your own date"}
    return tr(words[row.basis])


def rule_of(row: DueRow) -> DeadlineRule | None:
    """Return the rule that an entry was counted by, if this version of the rules has it."""
    if not row.rule_id:
        return None
    try:
        return rule_book().get(row.rule_id)
    except UserError:
        return None  # the rules of another version; the entry keeps its source


def checked_words(verification: str) -> str:
    """Return how well the law of a date was checked; nothing for dates that have no law."""
    return tr(_CHECKED[verification]) if verification in _CHECKED else ""


def more_dates(count: int) -> str:
    """Return how many dates are not shown here."""
    return count_of(count, "{n} more date in the calendar", "{n} more dates in the calendar")


def since_words(entry: Undated, today: date) -> str:
    """Return the days since the letter, or since something was sent or asked for."""
    days = entry.days_since(today)
    if days is None:
        return ""
    if entry.clock_id and entry.kind != "step":
        return count_of(days, "{n} day since it was sent.", "{n} days since it was sent.")
    return count_of(days, "{n} day since the letter.", "{n} days since the letter.")


def whom_words(entry: Undated) -> str:
    """Return whom to call, if the number is known."""
    if not entry.phone:
        return ""
    whom = " · ".join(filter(None, (entry.insurer, entry.phone)))
    return tr("Whom to call: {whom}", whom=whom)
