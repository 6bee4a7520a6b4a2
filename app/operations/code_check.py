"""Looking through the codes of a claim and of its papers for what is not complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.code_check import (
    CodeProblem,
    DiagnosisCodes,
    codes_in,
    diagnosis_problem,
    drug_problem,
    parse_earlier,
    problem_of_service,
)
from app.domain.said import SaidFact
from app.operations.papers import wanted
from app.resources import resource_json
from app.storage.queries.evidence import said_codes

_SERVICE_DATE: Final = "service_date"


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A code that is not in order. `document_id` names the paper it stands in, None for the claim.

    `on` is the day of the care for which it was looked up.
    """

    problem: CodeProblem
    on: date
    document_id: str | None = None
    document: str = ""
    page: int | None = None


@cache
def diagnosis_codes() -> DiagnosisCodes:
    """Return the diagnosis codes of all releases that are known, read once."""
    from app.importing.sifting import icd10  # noqa: PLC0415 - only where codes are looked up

    return parse_earlier(resource_json("reading", "icd10cm-earlier.json"), icd10)


def check_codes(binder: Binder, claim_id: str) -> tuple[CodeFinding, ...]:
    """Return the codes of a claim, and those confirmed in its papers, that are not in order.

    A code is looked up for the day of the care: that of its paper, else that of the claim, else
    the first day that was asked for, else today. The same code is named once.

    Raises:
        UserError: the claim does not exist.
    """
    claim: Claim = wanted(binder, "claim", claim_id)
    day = claim.service_on or claim.asks_from or binder.today()
    once: dict[tuple[str, str], CodeFinding] = {}
    for each in (*_of_claim(claim, day), *_of_papers(binder, claim_id, day)):
        once.setdefault((each.problem.kind, each.problem.code.upper()), each)
    return tuple(once.values())


def _of_claim(claim: Claim, day: date) -> Iterator[CodeFinding]:
    for code in codes_in(claim.diagnosis_codes):
        if problem := diagnosis_problem(code, day, diagnosis_codes()):
            yield CodeFinding(problem, day)
    for code in codes_in(claim.service_codes):
        if problem := problem_of_service(code):
            yield CodeFinding(problem, day)


def _of_papers(binder: Binder, claim_id: str, day: date) -> Iterator[CodeFinding]:
    for name, facts in binder.ask(said_codes, claim_id):
        on = next(filter(None, map(_day_of, facts)), day)
        for fact in facts:
            if problem := _problem(fact, on):
                yield CodeFinding(problem, on, fact.document_id, name, fact.page)


def _day_of(fact: SaidFact) -> date | None:
    if fact.name != _SERVICE_DATE:
        return None
    try:
        return date.fromisoformat(fact.value[:10])
    except ValueError:
        return None


def _problem(fact: SaidFact, on: date) -> CodeProblem | None:
    match fact.name:
        case "icd10":
            return diagnosis_problem(fact.value, on, diagnosis_codes())
        case "procedure":
            return problem_of_service(fact.value)
        case "ndc":
            return drug_problem(fact.value)
        case _:
            return None
