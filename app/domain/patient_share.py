"""What an explanation of benefits leaves to the patient, as far as the paper tells.

The total of a whole claim goes before the sum of its lines; what was not covered is the patient's
only where every reason with a group has the group PR (X12 claim adjustment group codes).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.eob import Eob, EobLine
from app.domain.money import Money

_COMPONENTS: Final = ("deductible", "copay", "coinsurance", "cost_share")
_PATIENTS_OWN: Final = "PR-"


def share_of_line(line: EobLine) -> Money | None:
    """Return what the patient owes for one service; None where the paper does not tell."""
    if line.patient_owes is not None:
        return line.patient_owes
    parts = [getattr(line, name) for name in _COMPONENTS if getattr(line, name) is not None]
    if line.not_covered is not None and is_patients(line.reasons):
        parts.append(line.not_covered)
    return sum(parts, Money()) if parts else None


def share_of_claim(eob: Eob, lines: Sequence[EobLine]) -> Money | None:
    """Return what the patient owes for a whole explanation; None where nothing tells."""
    if eob.patient_owes is not None:
        return eob.patient_owes
    told = [share_of_line(line) for line in lines]
    known = [share for share in told if share is not None]
    is_told_by_line = any(line.patient_owes is not None for line in lines)
    if not is_told_by_line and any(getattr(eob, name) is not None for name in _COMPONENTS):
        return sum((_component(eob, lines, name) for name in _COMPONENTS), _own_uncovered(lines))
    return sum(known, Money()) if known else None


def is_patients(reasons: str) -> bool:
    """Say whether all reasons with a group put the cost on the patient, beyond cost sharing."""
    groups = {reason[:3] for reason in reasons.split() if reason[2:3] == "-"}
    return groups == {_PATIENTS_OWN}


def _component(eob: Eob, lines: Sequence[EobLine], name: str) -> Money:
    """Return one part of the patient's cost: as told for the claim, else summed over its lines."""
    told: Money | None = getattr(eob, name)
    if told is not None:
        return told
    return sum((getattr(line, name) or Money() for line in lines), Money())


def _own_uncovered(lines: Sequence[EobLine]) -> Money:
    own = (line.not_covered or Money() for line in lines if is_patients(line.reasons))
    return sum(own, Money())
