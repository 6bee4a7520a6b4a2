"""From an electronic explanation of benefits to its record: one version, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.eob import NETWORKS, STATUSES, Eob, EobLine
from app.domain.money import Money
from app.importing.benefits import Amounts, Benefit, BenefitLine
from app.operations.ids import new_id

_ROLES: Final = (
    "billed", "discount", "allowed", "not_covered", "deductible", "copay", "coinsurance",
    "plan_paid", "other_paid", "patient_owes",
)  # fmt: skip
_PARTS: Final = ("patient_owes", "deductible", "copay", "coinsurance")
_MODIFIER: Final = "modifier "
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class EobRecord:
    """A version of an explanation with its lines, each for the line of the file at its place."""

    eob: Eob
    lines: tuple[EobLine, ...]


def record_of_benefit(benefit: Benefit, blank: Eob) -> EobRecord:
    """Return the record of what a file says; `blank` brings what the file does not know.

    A claim without lines has one line without amounts, so that its row in the ledger can name it.
    """
    eob = _filled(benefit, blank)
    return EobRecord(eob, lines_of_benefit(benefit, eob.id))


def lines_of_benefit(benefit: Benefit, eob_id: str) -> tuple[EobLine, ...]:
    """Return the lines of the record of what a file says."""
    told = benefit.lines or (BenefitLine(served_on=benefit.period_start),)
    return tuple(_line(eob_id, at, line) for at, line in enumerate(told, start=1))


def _filled(benefit: Benefit, blank: Eob) -> Eob:
    amounts = benefit.amounts
    tells_by_line = any(name in line.amounts for line in benefit.lines for name in _PARTS)
    return Eob(
        id=blank.id, claim_id=blank.claim_id, plan_id=blank.plan_id, person_id=blank.person_id,
        provider_id=blank.provider_id, provider=benefit.provider, number=benefit.claim_number,
        reference=blank.reference, follows_id=blank.follows_id,
        processed_on=benefit.created_on or blank.processed_on,
        network=benefit.network if benefit.network in NETWORKS else "",
        status=_status(benefit),
        paid_to_patient=_money(amounts, "paid_to_patient") or _to_patient(benefit.lines),
        document_id=blank.document_id, source=blank.source, author_id=blank.author_id,
        added_at=blank.added_at,
        **_amounts(amounts, takes_paid=not tells_by_line),
    )  # fmt: skip


def _status(benefit: Benefit) -> str:
    if benefit.is_reversal:
        return "reversed"
    return benefit.state if benefit.state in STATUSES else ""


def _line(eob_id: str, at: int, line: BenefitLine) -> EobLine:
    codes = [code for code in line.codes if not code.startswith(_MODIFIER)]
    modifiers = [code[len(_MODIFIER) :] for code in line.codes if code.startswith(_MODIFIER)]
    return EobLine(
        id=new_id(),
        eob_id=eob_id,
        position=at,
        served_on=line.served_on,
        code=codes[0] if codes else "",
        modifiers=" ".join(modifiers),
        service=", ".join(filter(None, (line.service, *codes[1:])))[:_LONGEST],
        units=line.units,
        reasons=" ".join(line.reasons),
        **_amounts(line.amounts, takes_paid=True),
    )


def _amounts(told: Amounts, *, takes_paid: bool) -> dict[str, Any]:
    """Return the amounts by the names of the record.

    Where a file tells only what the patient paid at the counter, that is what the patient owed;
    where it tells only to whom the plan paid, that is what the plan paid.
    """
    found = {name: Money(told[name]) for name in _ROLES if name in told}
    if takes_paid and "patient_paid" in told and not any(name in told for name in _PARTS):
        found["patient_owes"] = Money(told["patient_paid"])
    paid = [told[name] for name in ("paid_to_provider", "paid_to_patient") if name in told]
    if "plan_paid" not in told and paid:
        found["plan_paid"] = Money(sum(paid))
    return found


def _money(amounts: Amounts, name: str) -> Money | None:
    return Money(amounts[name]) if name in amounts else None


def _to_patient(lines: Sequence[BenefitLine]) -> Money | None:
    parts = [line.amounts["paid_to_patient"] for line in lines if "paid_to_patient" in line.amounts]
    return Money(sum(parts)) if parts else None
