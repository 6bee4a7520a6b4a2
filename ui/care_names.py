"""The plain words for what is kept of treatments, approvals, providers and who may speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.authorization import Authorization
from app.domain.partial_day import first_day
from app.domain.treatment import Treatment
from app.storage.queries.care import Speaker
from ui.names import word_for
from ui.wording import count_of, month_words, short_date, tr

ROUTES: Final[Mapping[str, str]] = {
    "oral": "By mouth",
    "infusion": "By infusion",
    "injection": "By injection",
    "topical": "On the skin",
    "inhaled": "Breathed in",
    "therapy": "A therapy, no drug",
    "other": "Another way",
}

PRODUCTS: Final[Mapping[str, str]] = {
    "commercial": "Commercial product",
    "compounded": "Made by a compounding pharmacy",
}

OUTCOMES: Final[Mapping[str, str]] = {
    "helped": "It helped",
    "helped_some": "It helped a little",
    "no_effect": "It did not help",
    "reaction": "A bad reaction",
    "not_tolerated": "Could not be tolerated",
    "stopped": "Stopped for another reason",
    "ongoing": "Still going on",
}

FAILED: Final = frozenset({"no_effect", "reaction", "not_tolerated"})
"""Outcomes that count as failed attempts."""

DIARY_KINDS: Final[Mapping[str, str]] = {
    "symptom": "How it went",
    "session": "Infusion or visit",
    "trial": "Clinical trial",
    "assistance": "Help program",
}

STATUSES: Final[Mapping[str, str]] = {
    "asked": "Asked for, no answer yet",
    "approved": "Approved",
    "partly": "Approved in part",
    "denied": "They said no",
    "ended": "Ended, or used up",
}

PROVIDER_KINDS: Final[Mapping[str, str]] = {
    "doctor": "Doctor",
    "facility": "Hospital, clinic or infusion center",
    "pharmacy": "Pharmacy",
    "lab": "Laboratory",
    "other": "Someone else",
}

SETTINGS: Final[Mapping[str, str]] = {
    "hospital": "Hospital",
    "outpatient_infusion": "Outpatient infusion center",
    "clinic": "Clinic",
    "office": "Doctor's office",
    "wellness_center": "Wellness center",
    "home": "At home",
    "other": "Somewhere else",
}

NETWORKS: Final[Mapping[str, str]] = {
    "in": "In the plan's network",
    "out": "Not in the network",
}

COMPOUNDINGS: Final[Mapping[str, str]] = {
    "503A": "503A (made for one patient)",
    "503B": "503B (outsourcing facility)",
}

LACKS: Final[Mapping[str, str]] = {
    "form": "The form is not here",
    "patient_signature": "The patient's signature is missing",
    "helper_signature": "The helper's signature is missing",
    "time": "The form has run out",
}


def used_words(one: Authorization) -> str:
    """Return “18 of 24 infusions used”; where nothing is approved, what was asked for."""
    unit = one.unit or tr("sessions")
    if one.units is not None:
        return tr("{used} of {units} {unit} used", used=one.used or 0, units=one.units, unit=unit)
    if one.asked_units is not None:
        return tr("{units} {unit} asked for", units=one.asked_units, unit=unit)
    return tr("{used} {unit} used", used=one.used, unit=unit) if one.used else ""


def left_words(one: Authorization) -> str:
    """Return how many sessions are left of what was approved, or nothing where it is not known."""
    if one.units is None or one.used is None:
        return ""
    left = one.units - one.used
    if left > 0:
        return count_of(left, "{n} left", "{n} left")
    return tr("none left") if left == 0 else tr("{n} more than approved", n=-left)


def short_partial(text: str) -> str:
    """Return a day of which only the month or the year may be known, for a column."""
    day = first_day(text)
    if day is None:
        return text
    match text.count("-"):
        case 0:
            return str(day.year)
        case 1:
            return month_words(day)
        case _:
            return short_date(day)


def when_words(one: Treatment) -> str:
    """Return from when until when a treatment was tried, as far as it is known."""
    began, ended = short_partial(one.began), short_partial(one.ended)
    if began and ended:
        return began if began == ended else tr("{first} – {last}", first=began, last=ended)
    if began:
        still = one.outcome == "ongoing"
        return tr("since {day}", day=began) if still else tr("from {day}", day=began)
    return tr("until {day}", day=ended) if ended else ""


def how_words(one: Treatment) -> str:
    """Return how a treatment was given: its route, its dose, its product."""
    parts = (word_for(ROUTES, one.route), one.dose, word_for(PRODUCTS, one.product))
    return " · ".join(part for part in parts if part)


def outcome_words(one: Treatment) -> str:
    """Return what came of a treatment, with the reaction in the person's own words."""
    said = word_for(OUTCOMES, one.outcome)
    return f"{said}: {one.reaction}" if said and one.reaction else said or one.reaction


def speaker_words(speaker: Speaker, today: date) -> str:
    """Return whether someone may speak, and since when or what is missing, in one sentence."""
    one = speaker.representative
    if lacks := speaker.lacks(today):
        return ". ".join(tr(LACKS[each]) for each in lacks) + "."
    sent = tr("form sent on {day}", day=short_date(one.sent_on)) if one.sent_on else ""
    until = tr("holds until {day}", day=short_date(one.valid_until)) if one.valid_until else ""
    rest = ", ".join(part for part in (sent, until) if part)
    return tr("May speak: {rest}.", rest=rest) if rest else tr("May speak: the form is here.")
