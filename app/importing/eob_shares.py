"""What the patient owes by an explanation of benefits, split over its lines.

The sum over the lines is always what the explanation says the patient owes in all, where it says
so. See `docs/decisions/0006-electronic-eobs.md` for the rules and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.money import Money
from app.importing.benefits import Amounts, Benefit, BenefitLine

_COMPONENTS: Final = ("deductible", "copay", "coinsurance")
_PATIENTS_OWN: Final = "PR-"  # the group of reasons for which the patient pays

UNKNOWN: Final = (
    "The file does not say what you owe. Wait for the provider's bill, or ask the plan."
)
_REST: Final = "{rest} of this is told for the whole claim and not for one line."
_WHOLE: Final = "What you owe is told for the whole claim; it stands in its first line."
_CONTRADICTION: Final = (
    "The lines of this claim come to {lines}, but its total says {total}. The total stands in the "
    "first line. Check it against the provider's bill."
)
_UNEQUAL: Final = (
    "The file says that you owe {total}, but its deductible, copay and coinsurance come to "
    "{parts}. Check it against the provider's bill."
)
_UNSETTLED: Final = "{amount} was not covered, and the file does not say who owes it."
_PAID: Final = "The file says you paid {amount}. If so, enter the day you paid."


@dataclass(frozen=True, slots=True)
class Share:
    """What the patient owes for a line, and what a person should know about the figure."""

    owed: Money
    note: str = ""


def shares_of(benefit: Benefit) -> tuple[Share, ...]:
    """Return the patient's share of each line; a claim without lines has one."""
    lines = benefit.lines or (BenefitLine(amounts=benefit.amounts, reasons=benefit.reasons),)
    told = [_of_line(line) for line in lines]
    total = _of_claim(benefit, told)
    figures, notes = _split(told, total)
    doubt = _doubt(benefit, total)
    settled = total is not None and "patient_owes" in benefit.amounts
    return tuple(
        Share(
            Money(cents),
            _joined(
                UNKNOWN if figure is None and total is None else "",
                note,
                doubt if line is lines[0] else "",
                "" if settled else _unsettled(line),
                _paid(line.amounts),
            ),
        )
        for line, figure, cents, note in zip(lines, told, figures, notes, strict=True)
    )


def _of_line(line: BenefitLine) -> int | None:
    """Return what the patient owes for one line in cents, None where it is not told."""
    amounts = line.amounts
    if "patient_owes" in amounts:
        return amounts["patient_owes"]
    parts = [amounts[role] for role in _COMPONENTS if role in amounts]
    if "not_covered" in amounts and _is_patients(line.reasons):
        parts.append(amounts["not_covered"])
    if parts:
        return sum(parts)
    return amounts.get("patient_paid")


def _is_patients(reasons: Iterable[str]) -> bool:
    """Say whether all reasons with a group put the cost on the patient, beyond cost sharing."""
    groups = {reason[:3] for reason in reasons if reason[2:3] == "-"}
    return groups == {_PATIENTS_OWN}


def _of_claim(benefit: Benefit, told: Sequence[int | None]) -> int | None:
    """Return what the patient owes for the whole claim, None where only its lines tell."""
    amounts = benefit.amounts
    if "patient_owes" in amounts:
        return amounts["patient_owes"]
    if any("patient_owes" in line.amounts for line in benefit.lines):
        return None
    if any(role in amounts for role in _COMPONENTS):
        return sum(_component(benefit, role) for role in _COMPONENTS) + _own_uncovered(benefit)
    if all(figure is None for figure in told):
        return amounts.get("patient_paid")
    return None


def _component(benefit: Benefit, role: str) -> int:
    """Return one part of the patient's cost: as told for the claim, else summed over its lines."""
    if role in benefit.amounts:
        return benefit.amounts[role]
    return sum(line.amounts.get(role, 0) for line in benefit.lines)


def _own_uncovered(benefit: Benefit) -> int:
    return sum(
        line.amounts.get("not_covered", 0) for line in benefit.lines if _is_patients(line.reasons)
    )


def _split(told: Sequence[int | None], total: int | None) -> tuple[list[int], list[str]]:
    """Split the total over the lines; a sentence for each line where they do not tell all of it."""
    figures = [figure or 0 for figure in told]
    rest = 0 if total is None else total - sum(figures)
    first, others = figures[0], figures[1:]
    if total is None or rest == 0:
        return figures, [""] * len(figures)
    if not any(figures):
        return [total, *others], [_WHOLE if others else ""] * len(figures)
    if rest > 0 and min(figures) >= 0:
        return [first + rest, *others], [_REST.format(rest=Money(rest)), *([""] * len(others))]
    contradiction = _CONTRADICTION.format(lines=Money(sum(figures)), total=Money(total))
    return [total, *([0] * len(others))], [contradiction] * len(figures)


def _doubt(benefit: Benefit, total: int | None) -> str:
    """Say where a claim's total for the patient is not the sum of its own parts."""
    parts = [benefit.amounts[role] for role in _COMPONENTS if role in benefit.amounts]
    if "patient_owes" not in benefit.amounts or not parts or total is None or sum(parts) <= total:
        return ""
    return _UNEQUAL.format(total=Money(total), parts=Money(sum(parts)))


def _unsettled(line: BenefitLine) -> str:
    uncovered = line.amounts.get("not_covered", 0)
    if uncovered <= 0 or "patient_owes" in line.amounts or _is_patients(line.reasons):
        return ""
    return _UNSETTLED.format(amount=Money(uncovered))


def _paid(amounts: Amounts) -> str:
    paid = amounts.get("patient_paid", 0)
    return _PAID.format(amount=Money(paid)) if paid > 0 else ""


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
