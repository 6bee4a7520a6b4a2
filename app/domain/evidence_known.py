"""What the binder holds that can tick the evidence checklist of one denial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.authorization import Authorization
from app.domain.clock import Clock
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.evidence_mark import EvidenceMark
from app.domain.representative import Representative
from app.domain.treatment import Treatment


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper that is filed under the claim and not in the trash.

    `on` is its date, else the day it arrived, else the day it was added; None if nobody looked.
    """

    id: str
    name: str
    kind: str | None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKnown:
    """The papers of the claim, and the records that stand for something on the checklist.

    `denial` is None where nobody said no yet. `reasons` are the kinds of “no” that a person has
    confirmed in the letter. `requests` are running times of papers that were asked for.
    `asks_again` are the days to ask again, by the id of the mark. `calls`, `sent` and `bundles`
    are counts, the last two of this denial. `proof_papers` prove a sending, `letters` are the
    templates of those written. `points` and `answered_points` count the rows of “Why this should
    be approved”.
    """

    claim_id: str
    plan_id: str | None
    denial: Denial | None
    reasons: tuple[str, ...] = ()
    papers: tuple[FiledPaper, ...] = ()
    marks: tuple[EvidenceMark, ...] = ()
    requests: tuple[Clock, ...] = ()
    asks_again: Mapping[str, DueItem]
    treatments: tuple[Treatment, ...] = ()
    calls: int = 0
    authorizations: tuple[Authorization, ...] = ()
    representatives: tuple[Representative, ...] = ()
    sent: int = 0
    bundles: int = 0
    proof_papers: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    points: int = 0
    answered_points: int = 0
