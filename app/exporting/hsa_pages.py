"""What the pages of the HSA expense summary say, for the template `hsa.typ`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from app.domain.finding import Finding
from app.domain.hsa_plan import HsaPlan
from app.exporting.hsa_exhibit_pages import bookmark_of, exhibit_data
from app.exporting.hsa_front import about_data, answer_data, days_of, title_of
from app.exporting.hsa_rows import Rows
from app.exporting.hsa_tables import rates_table, tables_after, tables_before
from app.exporting.hsa_words import Words, counted
from app.exporting.own_cover import said

NOT_ADVICE: Final = "Not tax advice"
_MOST_NUMBERS: Final = 60
_REPORT_LETTERS: Final = 12
_SEVERITIES: Final = {"high": "Look at this first.", "med": "", "info": "For your information."}

_STATEMENT: Final = (
    "The distributions were exclusively to pay or reimburse qualified medical expenses.",
    (
        "These qualified medical expenses had not been previously paid or reimbursed from another "
        "source."
    ),
    "These medical expenses had not been taken as an itemized deduction in any year.",
)
_STATEMENT_SOURCE: Final = (
    "What records must show: Publication 969, Recordkeeping. Keep this with your tax records; do "
    "not send it with the return. Check a box only if it is true."
)
_KEPT: Final = (
    (
        "Each paper was stored as it came in, byte for byte, and named by its SHA-256, a "
        "fingerprint that changes if one bit of the paper changes. It stands on the cover of each "
        "exhibit. The program can compare every original with its fingerprint at any time "
        "(“check --full”)."
    ),
    (
        "Each change of a record is one step that can be taken back; what is deleted lies in a "
        "trash first. Each cent can be claimed by one payer only: the database refuses a second "
        "claim. Backups are read back before they count. The folder that can be saved beside this "
        "summary has a list and the originals, to be read without the program. These are the "
        "points of Rev. Proc. 97-22 for records kept electronically."
    ),
    (
        "“Report” at the foot of each page is the beginning of the SHA-256 of all that this "
        "summary says, the fingerprints of its papers included."
    ),
)


def words_of(plan: HsaPlan) -> Words:
    """Return how this copy says things."""
    return Words(is_full=plan.choice.is_full, secrets=plan.secrets)


def front_data(plan: HsaPlan, *, made_on: date) -> dict[str, Any]:
    """Return what is printed, but for the `pages` of each exhibit (see `assemble`)."""
    words = words_of(plan)
    rows = Rows(plan, words)
    basis = "by date paid"
    copy = "" if words.is_full else " · Accountant’s copy, without diagnoses"
    data: dict[str, Any] = {
        "holder": plan.holder,
        "period": f"{days_of(plan.choice)}{copy}",
        "made": f"Made on {said(made_on)}",
        "about": plan.about if words.is_full or not plan.choice.claim_id else "Only one claim",
        "basis": f"{title_of(plan.choice)} {basis} · {NOT_ADVICE}",
        "short-basis": f"By date paid · {NOT_ADVICE}",
        "counts_pages": True,
        **answer_data(plan),
        **about_data(plan),
        "chapters": list(_chapters(plan, words, rows)),
        "statement": {
            "sentences": list(_STATEMENT),
            "source": _STATEMENT_SOURCE,
            "signer": plan.holder or "the account holder",
        },
        "kept": list(_KEPT),
        "last": [rates_table(plan)] if plan.rates else [],
        "exhibits": [exhibit_data(exhibit, words) for exhibit in plan.exhibits],
        "exhibits-note": _about_exhibits(plan),
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return {**data, "report": digest[:_REPORT_LETTERS]}


def _chapters(plan: HsaPlan, words: Words, rows: Rows) -> Iterator[dict[str, Any]]:
    """Yield what stands between the answer and the statement, in printed order."""
    yield from tables_before(plan)
    if plan.lines:
        yield rows.ledger()
    if plan.withdrawals:
        yield rows.withdrawals()
    yield from tables_after(plan, words, rows)
    findings = list(_noted(plan, words))
    if findings:
        yield {"kind": "findings", "title": "Open findings", "note": "", "rows": findings}


def bookmarks(plan: HsaPlan) -> tuple[str, ...]:
    """Return the bookmark of each exhibit."""
    words = words_of(plan)
    return tuple(bookmark_of(exhibit, words) for exhibit in plan.exhibits)


def _about_exhibits(plan: HsaPlan) -> str:
    if plan.choice.has_papers:
        return "In the order of the ledger. Each has a cover with the ledger rows behind it."
    return (
        "The papers themselves are left out of this copy. Each has a cover that says what it "
        "proves; ask the account holder for a paper by its number."
    )


def _noted(plan: HsaPlan, words: Words) -> Iterator[dict[str, str]]:
    """Yield one paragraph for each thing that is found, with the lines that it concerns."""
    numbers = {line.expense.id: str(line.number) for line in plan.lines}
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in plan.findings:
        kinds.setdefault((finding.id, finding.text), []).append(finding)
    for (key, text), found in kinds.items():
        first = found[0]
        source = f"Source: {first.source}." if first.source else ""
        lines = [numbers[each.expense] for each in found if each.expense in numbers]
        more = " ".join(filter(None, (_SEVERITIES.get(first.severity, ""), source)))
        yield {"id": key, "text": words.safe(text), "more": more, "rows": _numbers(lines)}


def _numbers(lines: list[str]) -> str:
    if not lines:
        return ""
    rest = len(lines) - _MOST_NUMBERS
    more = f" and {counted(rest, 'line', 'lines')} more" if rest > 0 else ""
    return f"Ledger no. {', '.join(lines[:_MOST_NUMBERS])}{more}"
