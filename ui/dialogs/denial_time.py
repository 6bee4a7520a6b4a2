"""A time of day in its zone, for the rules that count hours: two fields side by side."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from app.domain.errors import UserError
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.form import Form
from ui.wording import tr

ZONES: Final = (
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
)


class TimeFields:
    """Asks for a time of day and its zone; both may stay empty, one alone may not."""

    def __init__(self, form: Form, label: str, at: time | None = None, zone: str = "") -> None:
        """Add the fields to a form; `zone` is kept even if it is none of the usual ones."""
        known = [(key, tr(words)) for key, words in ZONES]
        if zone and zone not in dict(ZONES):
            known.append((zone, zone))
        self._form = form
        self.at = TextField(f"{at:%I:%M %p}".lstrip("0") if at else "", tr("For example 2:30 PM"))
        self.zone = ChoiceField(known, unknown=tr("Choose the time zone"), value=zone or None)
        form.add_beside([(label, self.at), (tr("In which time zone?"), self.zone)])

    def set_visible(self, *, shown: bool) -> None:
        """Show or hide both."""
        self._form.set_row_visible(self.at, shown)
        self._form.set_row_visible(self.zone, shown)

    def value(self) -> tuple[time | None, str]:
        """Return the time and the name of its zone.

        Raises:
            UserError: one is missing, or the time is none.
        """
        typed, zone = self.at.value(), self.zone.value() or ""
        if not typed:
            return None, ""
        if not zone:
            raise UserError(tr("Choose the time zone of the time, or leave the time empty."))
        return clock_time(typed), zone


def clock_time(typed: str) -> time:
    """Return a time of day as people type it: `2:30 PM`, `2 pm`, `14:30`.

    Raises:
        UserError: it is none.
    """
    plain = typed.upper().replace(".", "").replace(" ", "")
    for pattern in ("%I:%M%p", "%I%p", "%H:%M"):
        try:
            return datetime.strptime(plain, pattern).time()  # noqa: DTZ007 - only the time is used
        except ValueError:
            continue
    raise UserError(tr("“{text}” is not a time. Write it like 2:30 PM.", text=typed))
