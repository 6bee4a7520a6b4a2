"""Why it should be approved: each reason and criterion, the facts that meet it, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("reason", "criterion")
"""A reason of the denial itself, or a criterion of the plan's policy."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One row of the page “Why this should be approved”.

    `quote` are the payer's own words, as they stand on `source_page` of `source_document_id`
    (from 1); `answer` are the facts in the person's words. A row without an answer and proof is
    unanswered.
    """

    id: str
    denial_id: str
    kind: str = "criterion"
    position: int = 0
    quote: str = ""
    source_document_id: str | None = None
    source_page: int | None = None
    answer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CriterionProof:
    """A paper, and the page of it (from 1) if named, that proves the answer to a criterion."""

    id: str
    criterion_id: str
    document_id: str
    page: int | None = None
