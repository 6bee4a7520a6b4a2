"""The words of a claim's story: short sentences made of what is kept in a record."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row

from app.domain.calendar_days import spoken
from app.domain.partial_day import spoken_partial

OUTCOMES: Final = {
    "upheld": "They kept their no",
    "partly": "They approved a part of it",
    "overturned": "They took their no back",
    "withdrawn": "The appeal was taken back",
}
_WAYS: Final = {
    "certified_mail": "certified mail", "mail": "mail", "fax": "fax", "portal": "their website",
    "by_hand": "hand",
}  # fmt: skip
_STATUSES: Final = {
    "asked": "asked for", "approved": "approved", "partly": "approved in part",
    "denied": "denied", "ended": "ended",
}  # fmt: skip
RESULTS: Final = {
    "helped": "it helped", "helped_some": "it helped a little", "no_effect": "it did not help",
    "reaction": "it had to be stopped for a reaction", "not_tolerated": "it was not tolerated",
    "stopped": "it was stopped", "ongoing": "it goes on",
}  # fmt: skip


def call_told(row: Row[Any]) -> str:
    """What others may read of a call: with whom, the number, what was promised; no remarks."""
    whom = ", ".join(filter(None, (row.with_whom, row.department))) or "Name not written down"
    by = f" by {spoken(row.promise_by)}" if row.promise and row.promise_by else ""
    parts = (
        whom,
        row.reference and f"Reference {row.reference}",
        row.promise and f"Promised{by}: {row.promise}",
    )
    return ". ".join(part.rstrip(".") for part in parts if part)


def sending_told(row: Row[Any]) -> str:
    """Say how something was sent, to whom, and under which number."""
    way = f"By {_WAYS[row.way]}" if row.way in _WAYS else "Sent"
    to = f" to {row.to}" if row.to else ""
    number = f", number {row.tracking}" if row.tracking else ""
    return f"{way}{to}{number}"


def authorized(row: Row[Any]) -> str:
    """Say what was asked for, what was approved of it, and for how long."""
    units = ""
    if row.units is not None:
        of = f" of {row.asked_units}" if row.asked_units is not None else ""
        units = f"{row.units}{of} {row.unit}".strip()
    span = (
        f"from {spoken(row.from_on)}" if row.from_on else "",
        f"until {spoken(row.until_on)}" if row.until_on else "",
    )
    asked = f"asked on {spoken(row.asked_on)}" if row.asked_on and row.answered_on else ""
    details = (
        _STATUSES.get(row.status, row.status), units, " ".join(filter(None, span)), asked,
        f"number {row.number}" if row.number else "",
    )  # fmt: skip
    told = ", ".join(filter(None, details))
    return f"{row.service}: {told}" if row.service else f"{told[:1].upper()}{told[1:]}"


def treatment_began(began: str, ended: str) -> str:
    """Say when a treatment began where no day is known."""
    if began:
        return spoken_partial(began)
    return f"until {spoken_partial(ended)}" if ended else "date not known"
