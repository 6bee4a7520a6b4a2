"""Electronic explanations of benefits as text that a person can read. Runs in a worker only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from app.domain.errors import UnreadableError
from app.domain.money import Money
from app.importing.benefits import Amounts, Benefit, BenefitLine, RefusedRow, role_names
from app.importing.eob_file import benefits_in
from app.importing.eob_shares import Share, shares_of
from app.importing.plain_text import decoded

MOST_CHARACTERS: Final = 12 << 20
"""Of text made from one file, more than is ever read through."""

_CUT: Final = (
    "\n\nThis file holds more than can be shown here. What follows is left out of these pages; "
    "the file itself is kept whole."
)
_TITLES: Final = {
    True: "Prior authorization or estimate (not a bill)",
    False: "Explanation of benefits (not a bill)",
}
_AMOUNTS_FROM: Final = 52  # the column in which amounts end
_GAP: Final = "    "


def text_of(path: Path) -> str:
    """Return a FHIR file in plain words, a claim a page; another kind of record as it stands.

    Raises:
        UnreadableError: the file is too large.
    """
    notes: set[str] = set()
    try:
        told = _bounded(_pages(benefits_in(path, notes)))
    except UnreadableError:
        told = ""
    if told:
        return "\n\n".join((*sorted(notes), told))
    with path.open("rb") as file:
        return decoded(file.read(MOST_CHARACTERS))


def _bounded(pages: Iterable[str]) -> str:
    made: list[str] = []
    left = MOST_CHARACTERS
    for page in pages:
        left -= len(page)
        if left < 0:
            return "\f".join(made) + _CUT
        made.append(page)
    return "\f".join(made)


def _pages(found: Iterable[Benefit | RefusedRow]) -> Iterator[str]:
    refused: list[RefusedRow] = []
    for item in found:
        if isinstance(item, RefusedRow):
            refused.append(item)
        else:
            yield "\n".join(_page(item))
    if refused:
        yield "\n".join(
            ["Parts of this file that could not be read", ""]
            + [f"Part {item.row}: {item.reason}" for item in refused]
        )


def _page(benefit: Benefit) -> Iterator[str]:
    yield _TITLES[benefit.is_authorization]
    yield ""
    for label, value in _facts(benefit):
        if value:
            yield f"{label}: {value}"
    yield from benefit.remarks
    if benefit.stopped:
        yield from ("", benefit.stopped)
    shares = shares_of(benefit)
    names = Counter(line.number for line in benefit.lines)
    for at, (line, share) in enumerate(zip(benefit.lines, shares, strict=False), start=1):
        yield ""
        yield from _line(line, share, str(at) if names[line.number] > 1 else line.number)
    yield ""
    yield from _total(benefit, shares)


def _facts(benefit: Benefit) -> Iterator[tuple[str, str]]:
    yield "Claim number", benefit.claim_number
    yield "Kind of claim", benefit.kind
    yield "Status", benefit.status
    yield "Insurer", benefit.insurer
    yield "Provider", benefit.provider
    yield "Patient", benefit.patient
    yield "Member ID", benefit.member_id
    yield "Date of this explanation", _us(benefit.created_on)
    yield "Dates of service", _span(benefit.period_start, benefit.period_end)
    yield "Diagnosis codes", ", ".join(benefit.diagnoses)
    yield "Reason codes", ", ".join(benefit.reasons)


def _line(line: BenefitLine, share: Share, number: str) -> Iterator[str]:
    yield f"Service line {number}"
    if served := _span(line.served_on, line.served_until):
        yield f"  Date of service: {served}"
    if line.service:
        yield f"  Service: {line.service}"
    if line.codes:
        yield f"  Codes: {', '.join(line.codes)}"
    yield from _money(line.amounts, line.others)
    if line.reasons:
        yield f"  Reason codes: {', '.join(line.reasons)}"
    yield from _owed("What you owe for this line", share)


def _total(benefit: Benefit, shares: Sequence[Share]) -> Iterator[str]:
    yield "The whole claim"
    yield from _money(benefit.amounts, benefit.others)
    total = Money(sum(share.owed.cents for share in shares))
    note = "" if benefit.lines else shares[0].note
    if not (benefit.stopped or benefit.is_authorization):
        yield from _owed("What you owe for this claim", Share(total, note))


def _money(amounts: Amounts, others: Sequence[tuple[str, int]]) -> Iterator[str]:
    named = [(name, amounts[role]) for role, name in role_names().items() if role in amounts]
    for name, cents in (*named, *others):
        shown = str(Money(cents))
        label = f"  {name}:"
        yield label + shown.rjust(max(_AMOUNTS_FROM - len(label), len(shown) + len(_GAP)))


def _owed(label: str, share: Share) -> Iterator[str]:
    yield f"  {label}: {share.owed}"
    if share.note:
        yield f"  {share.note}"


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        return _us(first or last)
    return f"{_us(first)} to {_us(last)}"


def _us(on: date | None) -> str:
    """Return a date as it is written in the United States, month first."""
    return f"{on:%m/%d/%Y}" if on else ""
