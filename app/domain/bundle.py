"""The appeal bundle: what goes into the envelope, and what came of binding it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.domain.fighting_costs import FightingCosts
from app.domain.page import PageText

PORTAL_BYTES: Final = 10_000_000
"""How large a part of a portal's bundle may become unless the person says: many take no more."""
FAX_PAGES: Final = 50
"""How many pages a part of a fax may have unless the person says, its cover sheet included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """What the first page says. Empty, None and () mean unknown: the line is left out.

    `signer` signs at the foot; `representative` are the lines about a helper who speaks for the
    patient. The codes are shown as they were given. `fax` is the number a fax goes to; without it
    the line of the recipient that begins with “Fax” is taken.
    """

    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    patient: str = ""
    born_on: date | None = None
    plan: str = ""
    member_id: str = ""
    group_number: str = ""
    claim_numbers: tuple[str, ...] = ()
    service_dates: tuple[date, ...] = ()
    level: str = ""
    expedited: bool = False
    asked: str = ""
    denial_words: str = ""
    denied_on: date | None = None
    subscriber: str = ""
    reference_numbers: tuple[str, ...] = ()
    provider: str = ""
    provider_npi: str = ""
    facility: str = ""
    service_codes: tuple[str, ...] = ()
    diagnosis_codes: tuple[str, ...] = ()
    representative: tuple[str, ...] = ()
    signer: str = ""
    fax: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """One original of a paper: three photos of one letter are three source files.

    `pages` is how many pages it has, where that is known; pages and words of the originals behind
    it are found by it. `problem` says in whole sentences why it cannot go in (it is missing, or
    damaged on the disk); it is a gap then, and nothing is opened.
    """

    path: Path
    media_type: str
    name: str = ""
    pages: int | None = None
    problem: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BlackBox:
    """A box on a page (from 1) of a paper that must not be seen.

    Its corners are fractions of the upright page, from its top left.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FlatPage:
    """Where the sheet of paper lies in the photo that a page (from 1) is.

    Four corners as eight fractions of the photo as its file wants it seen, before it is turned:
    those of `PageRead.corners`, x and y clockwise from top left. Words and black boxes of such a
    page are places on the flattened sheet, once turned upright.
    """

    page: int
    corners: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExhibitPlan:
    """One paper that goes in, in the words it is listed under.

    `page_texts` are the words read on its pages, numbered through all its sources from 1; they
    make photos and scans searchable. `turns` are the degrees clockwise (0, 90, 180, 270) by which
    each page has to be turned to stand upright. `password` opens a protected source. `pages` are
    the pages that go in, None for all; `ink` is “color”, “black” (black on white) or empty: as
    suits the profile. `black_outs` tell what is blacked out, `flat` which photos are flattened.
    """

    document_id: str
    name: str
    title: str
    kind: str = ""
    on: date | None = None
    sources: tuple[SourceFile, ...]
    password: str | None = None
    page_texts: tuple[PageText, ...] = ()
    turns: tuple[int, ...] = ()
    pages: tuple[int, ...] | None = None
    ink: str = ""
    black_outs: tuple[BlackBox, ...] = ()
    flat: tuple[FlatPage, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryRow:
    """One line of what happened; `document_id` names the exhibit that shows it, if any.

    `page` is the page of that paper, from 1; None for the paper as a whole. `when` says in words a
    day of which only the month or the year is known; it is shown where `on` is None.
    """

    on: date | None
    what: str
    text: str
    document_id: str | None = None
    page: int | None = None
    when: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallRow:
    """One telephone call; `at` is its clock time in words, `document_id` a paper that shows it."""

    on: date
    at: str = ""
    with_whom: str = ""
    reference: str = ""
    said: str = ""
    promised: str = ""
    promised_by: date | None = None
    document_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceOfProof:
    """A paper and the page of it, from 1; None for the paper as a whole."""

    document_id: str
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CriterionRow:
    """One row of “Why this should be approved”: the payer's words, the facts, and where they stand.

    `kind` is “reason” or “criterion”.
    """

    kind: str
    quote: str
    source: PlaceOfProof | None = None
    answer: str = ""
    proofs: tuple[PlaceOfProof, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TreatmentRow:
    """One treatment that was tried, in words; `proof` names the paper that shows it."""

    what: str
    how: str = ""
    dose: str = ""
    when: str = ""
    outcome: str = ""
    proof: PlaceOfProof | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceRow:
    """One item of the evidence list, and the papers that are it."""

    item: str
    document_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryRow:
    """One line of the diary; `score` is 0 to 10."""

    on: date
    text: str
    score: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BundlePlan:
    """Everything that goes into one bundle, in its order; `made_on` is the date it bears.

    `letter` is the text of the cover letter, printed behind the cover. `profile` is one of
    `saved_bundle.PROFILES`; `paper` “letter” or “a4”. Parts of a portal or a fax have at most
    `max_bytes` and `max_pages`; where these are not given, `PORTAL_BYTES` and `FAX_PAGES`. `pdf_a`
    asks for PDF/A-2b. `costs` is what the household paid while fighting.
    """

    title: str
    made_on: date
    cover: Cover
    exhibits: tuple[ExhibitPlan, ...]
    story: tuple[StoryRow, ...] = ()
    calls: tuple[CallRow, ...] = ()
    letter: str = ""
    criteria: tuple[CriterionRow, ...] = ()
    treatments: tuple[TreatmentRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    diary: tuple[DiaryRow, ...] = ()
    costs: FightingCosts | None = None
    profile: str = "print"
    paper: str = "letter"
    max_bytes: int | None = None
    max_pages: int | None = None
    pdf_a: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundExhibit:
    """Where an exhibit stands: its sheet is on `first_page`, and `pages` counts the sheet too.

    In a divided bundle that is the page of part number `part`, where the exhibit begins.
    """

    letter: str
    title: str
    document_id: str
    first_page: int
    pages: int
    part: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A paper, or one file of it, that cannot go in, and why in a whole sentence."""

    document_id: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """What was left out of a paper because it acts, calls out or tells too much."""

    document_id: str
    what: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundFile:
    """A finished file, ready to be sent; `bytes` is its size."""

    path: Path
    pages: int
    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundBundle:
    """What binding gave. `files` is empty when gaps were not allowed and there are some."""

    files: tuple[BoundFile, ...] = ()
    exhibits: tuple[BoundExhibit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
