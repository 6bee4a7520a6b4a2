"""What stands out in the money of care: M01 to M20, with the answers that people gave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.finding_mark import FindingMark
from app.domain.matters import OwedFacts
from app.domain.money_finding import MoneyCase, Noted
from app.domain.money_findings_of_bills import findings_of_bills
from app.domain.money_findings_of_eobs import findings_of_eobs
from app.domain.money_findings_of_limits import findings_of_limits
from app.domain.money_findings_of_payments import findings_of_payments

_WEIGHT: Final = {"high": 0, "med": 1, "info": 2}


def money_findings(
    facts: OwedFacts, today: date, marks: Iterable[FindingMark] = ()
) -> tuple[Noted, ...]:
    """Return what stands out, the gravest first; each bears the answer it was given, if any."""
    return findings_in(MoneyCase.of(facts, today), marks)


def findings_in(case: MoneyCase, marks: Iterable[FindingMark] = ()) -> tuple[Noted, ...]:
    """Return what stands out in a case that was put together before."""
    said = {mark.id: mark for mark in marks}
    found = (
        *findings_of_bills(case),
        *findings_of_eobs(case),
        *findings_of_limits(case),
        *findings_of_payments(case),
    )
    unique = {noted.about: replace(noted, mark=said.get(noted.about)) for noted in found}
    return tuple(
        sorted(
            unique.values(),
            key=lambda noted: (_WEIGHT[noted.finding.severity], noted.finding.id, noted.about),
        )
    )
