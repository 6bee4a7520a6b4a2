"""Medicare's text download (“Blue Button”, from MyMedicare.gov): its claims. Runs in a worker only.

Sections stand between lines of dashes; in a section each line is a label, a colon and a value. A
claim begins with its number, its lines follow under “Claim Lines for Claim Number”; drug claims
(Part D) are only such lines and carry no amounts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from app.domain.errors import UnreadableError, UserError
from app.domain.money import Money
from app.importing.benefits import Amounts, Benefit, BenefitLine, RefusedRow
from app.importing.plain_text import decoded

_MOST_BYTES: Final = 64 << 20
_TOO_LARGE: Final = (
    "This file is too large to open safely. Download a shorter time from Medicare, and use that."
)
_BAD_AMOUNT: Final = (
    "An amount of this claim cannot be read: “{label}” says “{value}”. "
    "Look at the claim on Medicare's site, and enter what you owe by hand."
)
_MARK: Final = re.compile(
    r"^[ \t]{0,20}Claim (?:Summary[ \t]*$|Lines for Claim Number\b)", re.IGNORECASE | re.MULTILINE
)
_LABELLED: Final = re.compile(r"\s*([A-Za-z][^:]{0,60}?)\s*:(.*)", re.DOTALL)
_US_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ABSENT: Final = frozenset(
    ("", "* not available *", "not available", "no information available", "n/a")
)
_OTHER_SECTIONS: Final = frozenset(
    (
        "demographic", "emergency contact", "self reported medical conditions",
        "self reported allergies", "self reported implantable device",
        "self reported immunizations", "self reported labs and tests",
        "self reported vital statistics", "family medical history", "drugs",
        "preventive services", "providers", "pharmacies", "plans", "employer subsidy",
        "primary insurance", "other insurance",
    )
)  # fmt: skip
"""Titles of what else the download tells, which is not about claims."""
_CLAIM: Final[dict[str, str]] = {
    "amount charged": "billed",
    "medicare approved": "allowed",
    "provider paid": "paid_to_provider",
    "you may be billed": "patient_owes",
}
_LINE: Final[dict[str, str]] = {
    "submitted amount/charges": "billed",
    "allowed amount": "allowed",
    "non-covered": "not_covered",
}
_INSURER: Final = "Medicare"


def is_download(path: Path) -> bool:
    """Say whether a text file is this download: it tells of claims in their own form."""
    with path.open("rb") as file:
        text = decoded(file.read(_MOST_BYTES))
    return bool(_MARK.search(text)) and "claim number" in text.lower()


@dataclass
class _Claim:
    """A claim while its labels are gathered; `facts` are by label, in lower case."""

    facts: dict[str, str] = field(default_factory=dict[str, str])
    lines: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


def benefits(path: Path) -> Iterator[Benefit | RefusedRow]:
    """Yield each claim of the download; rows are claims, in the order of the file.

    Raises:
        UnreadableError: the file is too large.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise UnreadableError(_TOO_LARGE)
    for row, claim in enumerate(_claims(decoded(path.read_bytes())), start=1):
        try:
            yield _benefit(claim, row)
        except UserError as error:
            yield RefusedRow(row, str(error))


def _claims(text: str) -> list[_Claim]:
    found: list[_Claim] = []
    in_claims, of_lines = False, ""
    for raw in text.splitlines():
        line = raw.strip()
        labelled = _LABELLED.fullmatch(line)
        label, value = (labelled[1].lower(), labelled[2].strip()) if labelled else ("", "")
        if line.lower() == "claim summary":
            in_claims, of_lines = True, ""
        elif label == "claim lines for claim number":
            in_claims, of_lines = True, value
            if not _open_claim(found, value):
                found.append(_Claim({"claim number": value}))
        elif line.lower() in _OTHER_SECTIONS:
            in_claims = False
        elif in_claims and labelled:
            of_lines = _take(found, label, value, of_lines)
    return found


def _open_claim(found: list[_Claim], number: str) -> bool:
    return bool(found) and found[-1].facts.get("claim number") == number


def _take(found: list[_Claim], label: str, value: str, of_lines: str) -> str:
    """File one labelled value; return the number of the claim whose lines are being told."""
    if label == "claim number" and value != of_lines:
        found.append(_Claim({label: value}))
        return ""
    if not found:
        return of_lines
    claim = found[-1]
    if of_lines and (label == "line number" or not claim.lines):
        claim.lines.append({})
    into = claim.lines[-1] if of_lines else claim.facts
    into.setdefault(label, value)
    return of_lines


def _benefit(claim: _Claim, row: int) -> Benefit:
    facts = claim.facts
    number = facts.get("claim number", "")
    lines = tuple(_line(facts, number) for number, facts in enumerate(claim.lines, start=1))
    kept = tuple(line for line in lines if not _is_total(line))
    amounts = _amounts(facts, _CLAIM)
    told = {**(claim.lines[0] if claim.lines else {}), **facts}
    shown = repr((sorted(amounts.items()), [(line.served_on, line.amounts) for line in lines]))
    diagnoses = (value for label, value in facts.items() if label.startswith("diagnosis code"))
    return Benefit(
        row=row,
        key=f"medicare {number}"[:160],
        version="",
        print=hashlib.sha256(shown.encode()).hexdigest()[:16],
        claim_number=number,
        kind=told.get("claim type", ""),
        insurer=_INSURER,
        provider=_known(told.get("provider")) or _known(told.get("pharmacy name")),
        period_start=_day(told.get("service start date") or told.get("claim service date")),
        period_end=_day(told.get("service end date")),
        diagnoses=tuple(filter(None, map(_known, diagnoses))),
        amounts=amounts,
        lines=kept,
    )


def _line(facts: dict[str, str], number: int) -> BenefitLine:
    code, _, name = _known(facts.get("procedure code/description")).partition(" - ")
    revenue, _, place = _known(facts.get("revenue code/description")).partition(" - ")
    modifiers = (
        _known(value).partition(" - ")[0]
        for label, value in facts.items()
        if label.startswith("modifier")
    )
    drug = _known(facts.get("drug code"))
    codes = (
        code,
        *(f"modifier {modifier}" for modifier in modifiers if modifier),
        revenue and f"revenue code {revenue}",
        drug and f"NDC {drug}",
    )
    return BenefitLine(
        number=_known(facts.get("line number")) or str(number),
        served_on=_day(facts.get("date of service from") or facts.get("claim service date")),
        served_until=_day(facts.get("date of service to")),
        service=name or _known(facts.get("drug name")) or place,
        codes=tuple(filter(None, codes)),
        amounts=_amounts(facts, _LINE),
    )


def _is_total(line: BenefitLine) -> bool:
    """Hospital claims end with a line that is the sum of the others: revenue code 0001."""
    return "revenue code 0001" in line.codes


def _amounts(facts: dict[str, str], roles: dict[str, str]) -> Amounts:
    found: Amounts = {}
    for label, role in roles.items():
        value = _known(facts.get(label))
        if value:
            try:
                found[role] = Money.parse(value).cents
            except UserError as error:
                raise UserError(_BAD_AMOUNT.format(label=label, value=value[:40])) from error
    return found


def _known(value: str | None) -> str:
    shown = " ".join((value or "").split())[:200]
    return "" if shown.lower() in _ABSENT else shown


def _day(value: str | None) -> date | None:
    found = _US_DAY.fullmatch(_known(value))
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
