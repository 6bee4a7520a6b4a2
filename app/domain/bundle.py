"""The appeal bundle: what goes into the envelope, and what came of binding it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.page import PageText


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """What the first page says. Empty, None and () mean unknown: the line is left out."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """One original of a paper: three photos of one letter are three source files."""

    path: Path
    media_type: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExhibitPlan:
    """One paper that goes in, in the words it is listed under.

    `page_texts` are the words read on its pages, numbered through all its sources from 1; they
    make photos and scans searchable. `turns` are the degrees clockwise (0, 90, 180, 270) by which
    each page has to be turned to stand upright. `password` opens a protected source.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryRow:
    """One line of what happened; `document_id` names the exhibit that shows it, if any."""

    on: date | None
    what: str
    text: str
    document_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallRow:
    """One telephone call; `at` is its clock time in words."""

    on: date
    at: str = ""
    with_whom: str = ""
    reference: str = ""
    said: str = ""
    promised: str = ""
    promised_by: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BundlePlan:
    """Everything that goes into one bundle, in its order; `made_on` is the date it bears."""

    title: str
    made_on: date
    cover: Cover
    exhibits: tuple[ExhibitPlan, ...]
    story: tuple[StoryRow, ...] = ()
    calls: tuple[CallRow, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundExhibit:
    """Where an exhibit stands: its sheet is on `first_page`, and `pages` counts the sheet too."""

    letter: str
    title: str
    document_id: str
    first_page: int
    pages: int


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
