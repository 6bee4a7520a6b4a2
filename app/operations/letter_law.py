"""What a letter may cite: only law that was read, and only where it surely holds for the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.domain.verification import Verification
from app.operations.letter_case import LetterCase
from app.resources import resource_json

_REVIEW: Final = "law_review"
_LATE: Final = "law_late"


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference: for which plans and levels it may stand in a letter; empty is “any”."""

    name: str
    source: str
    verification: Verification
    programs: frozenset[str]
    funding: frozenset[str]
    levels: frozenset[int]

    def fits(self, case: LetterCase) -> bool:
        """Return whether it surely holds for the plan and the level of a letter."""
        plan = case.plan
        return (
            self.verification.computes
            and plan is not None
            and plan.program in self.programs
            and (not self.funding or (plan.funding or "") in self.funding)
            and (not self.levels or case.level in self.levels)
        )


@cache
def citations() -> tuple[Citation, ...]:
    """Return every reference that letters may cite."""
    return tuple(map(_citation, resource_json("letters", "law.json")["rows"]))


def _citation(row: Mapping[str, Any]) -> Citation:
    case: Mapping[str, Any] = row["for"]
    return Citation(
        name=row["name"],
        source=row["source"],
        verification=Verification(row["verification"]),
        programs=frozenset(case["programs"]),
        funding=frozenset(case.get("funding", ())),
        levels=frozenset(case.get("levels", ())),
    )


def law_words(case: LetterCase) -> dict[str, str]:
    """Return the references of a letter, each in brackets behind a space, by their names."""
    said: dict[str, str] = {}
    for each in citations():
        if each.name not in said and each.fits(case):
            said[each.name] = f" ({each.source})"
    rule = case.rule
    if rule and rule.verification.computes:
        if case.is_outside:
            said[_REVIEW] = f" ({rule.source})"
        if rule.good_cause:
            said[_LATE] = f" ({rule.good_cause})"
    return said
