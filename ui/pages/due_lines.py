"""How an entry of the calendar is shown wherever one is shown: its words, its icon, its done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.storage.queries.dates import DueRow, UndatedRow
from ui.style import Tone
from ui.widgets.text import Label, LabelLook, button, elided, icon_label, label, muted
from ui.wording import count_of, days_left, due_words, short_date, tr

SOON_DAYS: Final = 14
_LOOKS: Final[dict[Tone, LabelLook]] = {"danger": "danger", "warning": "warning"}
ICONS: Final = {"appeal": "flag", "promise": "promise", "own": "clock"}


def due_tone(row: DueRow, today: date) -> Tone:
    """Return the tone of an entry: near or past days stand out, by word and by icon too."""
    left = (row.aim_on - today).days
    return "danger" if left < 0 else "warning" if left <= SOON_DAYS else "ink"


def due_sentence(row: DueRow, today: date) -> str:
    """Return the day to aim for in words, and the last day where it is another one."""
    aim = due_words(row.aim_on, today)
    if row.last_day == row.aim_on:
        return aim
    if row.aim_on < today <= row.last_day:
        return tr("Last day: {day}", day=due_words(row.last_day, today))
    return tr("{aim} (last day {last})", aim=aim, last=short_date(row.last_day))


def more_dates(count: int) -> str:
    """Return how many dates are not shown here."""
    return count_of(count, "{n} more date in the calendar", "{n} more dates in the calendar")


def basis_words(row: DueRow) -> str:
    """Return where the date comes from, in one short sentence."""
    if row.basis == "rule":
        return tr("From the rule: {source}", source=row.source)
    words = {"letter": "From your letter", "promise": "Promised in a call", "own": "Your own date"}
    return tr(words[row.basis])


def undated_sentence(row: UndatedRow, today: date) -> str:
    """Return what is missing for a denial, with the days since its letter."""
    since = ""
    if row.notice_on and row.notice_on <= today:
        days = (today - row.notice_on).days
        since = count_of(days, "{n} day since the letter.", "{n} days since the letter.")
    whom = row.insurer or tr("the plan")
    call = tr("{whom} at {phone}", whom=whom, phone=row.phone) if row.phone else whom
    ask = tr("Date not known: look in the letter, or call {whom} today.", whom=call)
    return f"{ask} {since}".strip()


class DueLine(QWidget):
    """One entry: an icon, what is to be done, when, from which source, and a button for it."""

    def __init__(
        self, row: DueRow, today: date, done: Callable[[], object] | None, *, with_claim: bool
    ) -> None:
        super().__init__()
        tone = due_tone(row, today)
        words = QVBoxLayout()
        words.setSpacing(2)
        what = " · ".join(part for part in (row.title, row.claim if with_claim else "") if part)
        words.addWidget(Label(what, "strong"))
        words.addWidget(Label(due_sentence(row, today), _LOOKS.get(tone, "body")))
        about = [basis_words(row), tr("{name} does it", name=row.doer) if row.doer else ""]
        words.addWidget(muted(" · ".join(part for part in about if part)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        layout.addWidget(icon_label(ICONS[row.kind], 20, tone))
        layout.addLayout(words, 1)
        if done:
            layout.addWidget(button(tr("Done"), done, "check"))


class ShortDueLine(QWidget):
    """An entry in one line, for where the story needs the room."""

    def __init__(self, row: DueRow, today: date, done: Callable[[], object]) -> None:
        super().__init__()
        tone = due_tone(row, today)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(icon_label(ICONS[row.kind], 20, tone))
        layout.addWidget(elided(row.title), 1)
        when = f"{short_date(row.aim_on)} · {days_left(row.aim_on, today)}"
        layout.addWidget(Label(when, _LOOKS.get(tone, "muted"), wrap=False))
        layout.addWidget(button(tr("Done"), done, "check"))


class UndatedLine(QWidget):
    """An open denial without a date: what to do about it, and the button that does it."""

    def __init__(
        self, row: UndatedRow, today: date, enter: Callable[[], object], *, with_claim: bool
    ) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(2)
        if with_claim:
            words.addWidget(Label(tr("They said no · {claim}", claim=row.claim), "strong"))
        words.addWidget(label(undated_sentence(row, today)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        layout.addWidget(icon_label("warning", 20, "warning"))
        layout.addLayout(words, 1)
        layout.addWidget(button(tr("Enter the date …"), enter))
