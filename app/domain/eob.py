"""Explanations of benefits: what the plan says was billed, paid and left to the patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.eob_sums import EobAmounts
from app.domain.money import Money

NETWORKS: Final = ("", "in", "out")
STATUSES: Final = ("", "paid", "partly", "denied", "pending", "reversed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Eob:
    """One version of an explanation; all versions are kept, and `follows_id` names the one before.

    `number` is the plan's claim number, `reference` tells versions of a file apart. The totals are
    those printed, None where there is no such column; `deductible_met` and `oop_met` are what the
    paper says has been used of the limits so far.
    """

    id: str
    claim_id: str | None = None
    plan_id: str | None = None
    person_id: str | None = None
    provider_id: str | None = None
    provider: str = ""
    number: str = ""
    reference: str = ""
    follows_id: str | None = None
    processed_on: date | None = None
    network: str = ""
    status: str = ""
    billed: Money | None = None
    discount: Money | None = None
    allowed: Money | None = None
    not_covered: Money | None = None
    deductible: Money | None = None
    copay: Money | None = None
    coinsurance: Money | None = None
    cost_share: Money | None = None
    plan_paid: Money | None = None
    other_paid: Money | None = None
    reduction: Money | None = None
    patient_owes: Money | None = None
    deductible_met: Money | None = None
    oop_met: Money | None = None
    paid_to_patient: Money | None = None
    document_id: str | None = None
    source: str = "typed"
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None

    @property
    def totals(self) -> EobAmounts:
        """The totals as printed."""
        return _amounts(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class EobLine:
    """One service of an explanation; amounts are None where the paper has no such column."""

    id: str
    eob_id: str
    position: int
    served_on: date | None = None
    code: str = ""
    modifiers: str = ""
    service: str = ""
    units: int | None = None
    reasons: str = ""
    billed: Money | None = None
    discount: Money | None = None
    allowed: Money | None = None
    not_covered: Money | None = None
    deductible: Money | None = None
    copay: Money | None = None
    coinsurance: Money | None = None
    cost_share: Money | None = None
    plan_paid: Money | None = None
    other_paid: Money | None = None
    reduction: Money | None = None
    patient_owes: Money | None = None

    @property
    def amounts(self) -> EobAmounts:
        """The amounts as printed."""
        return _amounts(self)


def _amounts(record: Eob | EobLine) -> EobAmounts:
    return EobAmounts(
        billed=record.billed,
        discount=record.discount,
        allowed=record.allowed,
        not_covered=record.not_covered,
        deductible=record.deductible,
        copay=record.copay,
        coinsurance=record.coinsurance,
        cost_share=record.cost_share,
        plan_paid=record.plan_paid,
        other_paid=record.other_paid,
        reduction=record.reduction,
        patient_owes=record.patient_owes,
    )
