"""How papers are spoken of in lists: their state, their dates, as lines."""

from __future__ import annotations

from datetime import date

from app.storage.queries.papers import PaperRow
from ui.names import PAPER_KINDS, word_for
from ui.style import Tone
from ui.widgets.lines import Line
from ui.wording import count_of, short_date, tr


def state_words(row: PaperRow) -> str:
    """Return what is to be said of the reading of a paper; nothing once it is read."""
    if row.needs_password:
        return tr("needs a password")
    if row.read == "waiting":
        return tr("reading …")
    if row.read == "failed":
        return tr("could not be read: {reason}", reason=row.reason or "")
    return ""


def state_icon(row: PaperRow) -> str:
    """Return the icon that goes with the state."""
    if row.needs_password:
        return "lock"
    return {"waiting": "clock", "failed": "warning"}.get(row.read, "")


def state_tone(row: PaperRow) -> Tone:
    """Return the tone that goes with the state."""
    return "warning" if row.needs_password or row.read == "failed" else "muted"


def pages_words(row: PaperRow) -> str:
    """Return how many pages a paper has, as far as that is known."""
    return "" if row.pages is None else count_of(row.pages, "{n} page", "{n} pages")


def added_on(row: PaperRow) -> date:
    """Return the day on which a paper came in, on this computer's clock."""
    return row.added_at.astimezone().date()


def added_words(row: PaperRow, today: date) -> str:
    """Return “today” or the day on which a paper came in."""
    day = added_on(row)
    return tr("today") if day == today else short_date(day)


def line_of(row: PaperRow, today: date) -> Line:
    """Return a paper as a line of a list: its name, its state or its pages, when it came."""
    about = (
        word_for(PAPER_KINDS, row.kind),
        pages_words(row) if row.read == "done" else "",
        state_words(row),
        added_words(row, today),
    )
    return Line(
        id=row.id,
        title=row.name,
        detail=" · ".join(words for words in about if words),
        icon=state_icon(row) or "paper",
        tone=state_tone(row),
    )
