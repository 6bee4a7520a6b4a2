"""Whether somebody was a dependent in a tax year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STATUSES: Final = ("claimed", "could_be_claimed", "not")
"""Claimed on the return; could have been but for income, a joint return or another's claim (26
U.S.C. 223(d)(2)(A)); or neither."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DependentYear:
    """What the person says of one year; it outweighs the relation on record."""

    id: str
    person_id: str
    year: int
    status: str
    note: str = ""
