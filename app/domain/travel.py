"""Trips to care and nights near it: what was driven, and where one slept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

ANSWERS: Final = ("", "yes", "no")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trip:
    """A drive to care. The mileage is `expense_id`, parking and tolls are `parking_id`.

    `miles` counts hundredths of a mile, `rate` tenths of a cent for each mile; `rate_source` says
    who set it. `document_id` proves the appointment; `reason` says why not nearer.
    """

    id: str
    expense_id: str
    parking_id: str | None = None
    on: date
    from_place: str = ""
    to_place: str = ""
    miles: int
    rate: int
    rate_source: str = ""
    purpose: str = ""
    reason: str = ""
    document_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """Nights near care, outside a hospital: 26 U.S.C. 213(d)(2) and its four conditions.

    `persons` are the patient and, where needed, one who goes along. `essential`: the nights were
    needed for the care; `licensed`: a doctor gave it in a licensed hospital or its equal;
    `modest`: nothing lavish; `no_holiday`: no great pleasure or vacation in it.
    """

    id: str
    expense_id: str
    from_on: date
    nights: int
    persons: int = 1
    place: str = ""
    essential: str = ""
    licensed: str = ""
    modest: str = ""
    no_holiday: str = ""
    document_id: str | None = None
