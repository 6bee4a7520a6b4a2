"""The people of a household: patients, and those who do the paperwork."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

RELATIONS: Final = ("self", "spouse", "dependent", "helper", "other")
"""How a person stands to the holder of the insurance; `helper` only does paperwork."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Someone who is ill, insured, or at the desk."""

    id: str
    name: str
    relation: str | None = None
    born_on: date | None = None
    note: str = ""
    address: str = ""
    phone: str = ""
