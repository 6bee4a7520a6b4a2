"""The sections in front of the exhibits in words: reasons, tables, story, diary, calls, letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.domain.bundle import (
    BundlePlan,
    CallRow,
    CriterionRow,
    DiaryRow,
    EvidenceRow,
    StoryRow,
    TreatmentRow,
)
from app.domain.fighting_costs import FightingCosts
from app.domain.money import Money
from app.exporting.own_cover import said
from app.exporting.shelf import Shelf

Row = dict[str, object]

LETTER: Final = "letter"
WHY: Final = "why"
TITLES: Final = {
    "cover": "",
    LETTER: "Letter",
    WHY: "Why this should be approved",
    "contents": "Contents",
    "treatments": "Treatments tried",
    "evidence": "Evidence",
    "story": "What happened, in order",
    "diary": "Symptom diary",
    "costs": "Out of pocket since the denial",
    "calls": "Telephone calls",
}
"""The sections in their order, with their headings; the cover bears the title of the bundle."""

_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n+")
_KINDS: Final = {"reason": "Reason given in the denial", "criterion": "Required by the policy"}


def section_rows(plan: BundlePlan, shelf: Shelf) -> dict[str, list[Row]]:
    """Return the rows of each section but cover and contents; a section without rows is left out.

    A reason or criterion without an answer is left out: blank rows help no reviewer.
    """
    rows = {
        LETTER: list(_letter(plan.letter)),
        WHY: [_why_row(row, shelf) for row in plan.criteria if _is_answered(row, shelf)],
        "treatments": [_treatment_row(row, shelf) for row in plan.treatments],
        "evidence": list(_evidence(plan, shelf)),
        "story": [_story_row(row, shelf) for row in plan.story],
        "diary": list(map(_diary_row, plan.diary)),
        "costs": list(_cost_rows(plan.costs)),
        "calls": [_call_row(row, shelf) for row in plan.calls],
    }
    return {name: found for name, found in rows.items() if found}


def _letter(text: str) -> Iterator[Row]:
    """Yield the paragraphs of the cover letter; its line breaks stay."""
    for paragraph in _PARAGRAPHS.split(text.replace("\r\n", "\n")):
        lines = [line.rstrip() for line in paragraph.strip("\n").splitlines()]
        if any(lines):
            yield {"lines": lines}


def _is_answered(row: CriterionRow, shelf: Shelf) -> bool:
    return bool(row.answer.strip() or shelf.places(row.proofs))


def _why_row(row: CriterionRow, shelf: Shelf) -> Row:
    return {
        "kind": _KINDS.get(row.kind, ""),
        "quote": row.quote.strip(),
        "source": shelf.place(row.source),
        "answer": row.answer.strip(),
        "proofs": shelf.places(row.proofs),
    }


def _treatment_row(row: TreatmentRow, shelf: Shelf) -> Row:
    return {
        "what": row.what,
        "more": ", ".join(filter(None, (row.dose.strip(), row.how.strip()))),
        "when": row.when,
        "outcome": row.outcome,
        "proof": shelf.place(row.proof),
    }


def _evidence(plan: BundlePlan, shelf: Shelf) -> Iterator[Row]:
    for row in plan.evidence:
        links = _papers_of(row, shelf)
        if links:
            yield {"item": row.item, "proofs": links}


def _papers_of(row: EvidenceRow, shelf: Shelf) -> list[dict[str, str]]:
    return [link for key in row.document_ids if (link := shelf.link(key)) is not None]


def _story_row(row: StoryRow, shelf: Shelf) -> Row:
    return {
        "on": said(row.on) or row.when,
        "what": row.what,
        "text": row.text,
        "proof": shelf.link(row.document_id, row.page),
    }


def _diary_row(row: DiaryRow) -> Row:
    return {
        "on": said(row.on),
        "text": row.text,
        "score": "" if row.score is None else str(row.score),
    }


def _cost_rows(costs: FightingCosts | None) -> Iterator[Row]:
    """Yield the household's own payments and, below them, their sums."""
    own = [row for row in costs.rows if row.is_own] if costs else []
    for row in own:
        yield {
            "on": said(row.paid_on),
            "who": row.provider,
            "what": row.what,
            "paid": str(row.paid),
            "back": str(row.paid - row.out_of_pocket) if row.came_back > Money() else "",
            "left": str(row.out_of_pocket),
        }
    if costs and own:
        yield {
            "on": "Total",
            "who": "",
            "what": "",
            "paid": str(costs.paid),
            "back": str(costs.came_back) if costs.came_back > Money() else "",
            "left": str(costs.out_of_pocket),
        }


def _call_row(row: CallRow, shelf: Shelf) -> Row:
    promise = row.promised
    if promise and row.promised_by:
        promise = f"{promise} (by {said(row.promised_by)})"
    return {
        "on": said(row.on),
        "at": row.at,
        "who": row.with_whom,
        "reference": row.reference,
        "said": row.said,
        "promised": promise,
        "proof": shelf.link(row.document_id),
    }
