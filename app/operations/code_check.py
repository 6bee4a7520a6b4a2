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
from app.domain.fact_rows import FactRow
from app.operations.papers import wanted
from app.resources import resource_json
from app.storage.queries.evidence import codes_of_papers

_SERVICE_DATE: Final = "service_date"
_SURE: Final = 0.7  # how surely a code must have been read, 0 to 1
_ABOUT_THIS_CARE: Final = frozenset(
    {"denial", "appeal_decision", "information_request", "approval", "eob", "msn"}
    | {"itemized_bill", "superbill", "necessity_letter", "treatment_order", "infusion_record"}
)


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A code that is not in order. `document_id` names the paper it stands in, None for the claim.

    `on` is the day of the care for which it was looked up. `is_confirmed` is False for a code that
    was only read in a paper.
    """

    problem: CodeProblem
    on: date
    document_id: str | None = None
    document: str = ""
    page: int | None = None
    is_confirmed: bool = True


@cache
def diagnosis_codes() -> DiagnosisCodes:
    """Return the diagnosis codes of all releases that are known, read once."""
    from app.importing.sifting import icd10  # noqa: PLC0415 - only where codes are looked up

    return parse_earlier(resource_json("reading", "icd10cm-earlier.json"), icd10)


def check_codes(binder: Binder, claim_id: str) -> tuple[CodeFinding, ...]:
    """Return the codes of a claim, and those that stand in its papers, that are not in order.

    Codes that nobody has confirmed count only in papers that speak of this care, and only if they
    were surely read: a policy lists many codes that are nobody's.

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
    for codes in binder.ask(codes_of_papers, claim_id):
        rows = [row for row in codes.rows if row.is_confirmed or _is_sure(row, codes.paper.kind)]
        days = sorted(filter(_day_of, rows), key=lambda row: not row.is_confirmed)
        on = next(filter(None, map(_day_of, days)), day)
        for row in rows:
            if problem := _problem(row.name, str(row.value), on):
                yield CodeFinding(
                    problem, on, codes.paper.id, codes.paper.name, row.page, row.is_confirmed
                )


def _is_sure(row: FactRow, kind: str | None) -> bool:
    return kind in _ABOUT_THIS_CARE and row.score >= _SURE


def _day_of(row: FactRow) -> date | None:
    if row.name != _SERVICE_DATE:
        return None
    try:
        return date.fromisoformat(str(row.value)[:10])
    except ValueError:
        return None


def _problem(name: str, code: str, on: date) -> CodeProblem | None:
    match name:
        case "icd10":
            return diagnosis_problem(code, on, diagnosis_codes())
        case "procedure":
            return problem_of_service(code)
        case "ndc":
            return drug_problem(code)
        case _:
            return None
