"""A plan's limits in one of its years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.money import Money

SCOPES: Final = ("in", "out", "rx")
"""Whose bills count: those in the network, those out of it, drugs with limits of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanYear:
    """Deductible and out-of-pocket maximum, per person and family; None where there is none.

    A limit per person holds inside a family plan too.
    """

    id: str
    plan_id: str
    from_on: date
    until_on: date
    scope: str = "in"
    deductible_person: Money | None = None
    deductible_family: Money | None = None
    oop_person: Money | None = None
    oop_family: Money | None = None
    coinsurance_percent: int | None = None
    note: str = ""
