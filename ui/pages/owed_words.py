"""The words of accounts with providers: where one stands, and what a matter is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.money_finding import Noted
from app.domain.owed import Owing, State
from ui.style import Tone
from ui.wording import short_date, tr

STATES: Final[Mapping[State, tuple[str, str, Tone]]] = {
    "collections": ("With a collector", "warning", "danger"),
    "due": ("To be paid", "money", "warning"),
    "plan": ("Paid in parts", "calendar", "accent"),
    "on_hold": ("On hold", "hourglass", "accent"),
    "not_due": ("Not due yet", "clock", "muted"),
    "overpaid": ("To come back", "undo", "warning"),
    "paid": ("Nothing owed", "check-circle", "good"),
}
"""The word, the icon and the tone of each state."""

MARKS: Final[Mapping[str, str]] = {
    "as_printed": "The paper says so",
    "settled": "It is seen to",
    "not_so": "It is no fault",
}
SEVERITIES: Final[Mapping[str, tuple[str, Tone, str]]] = {
    "high": ("flag", "danger", "Important"),
    "med": ("warning", "warning", "Worth a look"),
    "info": ("info", "muted", "Good to know"),
}


def title_of(owing: Owing) -> str:
    """Return what a matter is about: its days of care and its number."""
    matter = owing.matter
    days = [day for versions in matter.explained for day in versions.newest.days]
    days += [bill.served_on for bill in matter.bills if bill.served_on]
    days += [line.served_on for line in matter.lines if line.served_on]
    numbers = [versions.newest.eob.number for versions in matter.explained]
    first, last = min(days, default=None), max(days, default=None)
    when = short_date(first) if first else tr("Day of care not known")
    if first and last and first != last:
        when = tr("{first} to {last}", first=short_date(first), last=short_date(last))
    number = next((number for number in numbers if number), "")
    return " · ".join(word for word in (when, number) if word)


def is_about(noted: Noted, owing: Owing) -> bool:
    """Say whether a finding is about a record of a matter."""
    kind, key = noted.finding.record or ("", "")
    matter = owing.matter
    known: Mapping[str, set[str]] = {
        "eob": {each for versions in matter.explained for each in versions.ids},
        "bill": {bill.id for bill in matter.bills},
        "expense": {line.id for line in matter.lines},
    }
    return key in known.get(kind, set())
