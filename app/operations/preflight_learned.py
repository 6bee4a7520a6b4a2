"""What a stranger will learn about the person from a bundle: one list, before it goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.binder import Binder
from app.domain.bundle import BlackBox, BundlePlan, Cover, ExhibitPlan
from app.domain.fact import Box
from app.domain.fact_rows import FactRow
from app.domain.matching import key_of
from app.domain.page import unpack_page, unpack_text
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import PageWords, page_words

PEOPLE, DIAGNOSES, BIRTH, NUMBERS, CONTACT, CARE = (
    "People", "Diagnoses", "Dates of birth", "Account and member numbers",
    "Addresses, phone numbers, e-mail", "Treatments and services",
)  # fmt: skip
ORDER: Final = (PEOPLE, DIAGNOSES, CARE, BIRTH, NUMBERS, CONTACT)
"""What there is to learn, in the order of the list."""

_OF_FACT: Final = {
    "patient": PEOPLE, "provider": PEOPLE, "icd10": DIAGNOSES, "procedure": CARE, "ndc": CARE,
    "member_id": NUMBERS, "group_number": NUMBERS, "medicare_number": NUMBERS,
    "claim_number": NUMBERS, "reference_number": NUMBERS, "authorization_number": NUMBERS,
    "payment": NUMBERS,
}  # fmt: skip
_SURE: Final = 0.4
_MOST_PLACES: Final = 40

_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (NUMBERS, re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),  # a Social Security number
    (
        NUMBERS,
        re.compile(
            r"\b(?:account|acct\.?|mrn|medical record|patient id|policy|card)\s*"
            r"(?:number|no\.?|num\.?|ending in|#)?\s*[:#]?\s*([A-Z0-9*x-]*\d[A-Z0-9*x-]{2,})",
            re.IGNORECASE,
        ),
    ),
    (
        BIRTH,
        re.compile(
            r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?|fecha de nacimiento)\W{0,3}"
            rf"(\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|(?:{_MONTHS})[a-z]*\.? \d{{1,2}},? \d{{4}})",
            re.IGNORECASE,
        ),
    ),
    (CONTACT, re.compile(r"(?<![\d-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")),
    (CONTACT, re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (
        CONTACT,
        re.compile(
            r"\b\d{1,6} (?:[NSEW]\.? )?(?:[A-Z][\w'.]* ){1,4}"
            r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Dr|Drive|Ct|Court|Way|Place|Pl)\b\.?"
        ),
    ),
)
"""What tells of a person without being read as a value of the paper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page (from 1) of a paper, or, without a paper, the bundle's own pages."""

    document_id: str | None = None
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """One thing that is told: what it is, its words, and the pages that tell it.

    A place without a paper is the bundle's own pages.
    """

    what: str
    words: str
    places: tuple[Place, ...] = ()


@dataclass
class _List:
    """Collects what is told, each thing once, with its places."""

    words: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    places: dict[tuple[str, str], dict[Place, None]] = field(
        default_factory=dict[tuple[str, str], dict[Place, None]]
    )

    def add(self, what: str, words: str, place: Place) -> None:
        shown = " ".join(words.split())
        key = (what, key_of(shown))
        if not key[1]:
            return
        self.words.setdefault(key, shown)
        self.places.setdefault(key, {})[place] = None

    def rows(self) -> tuple[Learned, ...]:
        rows = [
            Learned(what=what, words=words, places=tuple(self.places[what, key])[:_MOST_PLACES])
            for (what, key), words in self.words.items()
        ]
        return tuple(sorted(rows, key=lambda row: (ORDER.index(row.what), row.words.casefold())))


def what_they_learn(binder: Binder, plan: BundlePlan) -> tuple[Learned, ...]:
    """Return the people, diagnoses, numbers, birthdays and addresses that a bundle tells.

    They come from the bundle's own pages, from the values read in the exhibits, and from patterns
    in their words. What is blacked out, and pages that stay out, tell nothing.
    """
    found = _List()
    for what, words in _own_pages(plan):
        found.add(what, words, Place())
    for exhibit in plan.exhibits:
        for what, words, page in _told_by(binder, exhibit):
            found.add(what, words, Place(document_id=exhibit.document_id, page=page))
    return found.rows()


def _own_pages(plan: BundlePlan) -> Iterator[tuple[str, str]]:
    cover: Cover = plan.cover
    born = cover.born_on
    told = {
        PEOPLE: (cover.patient, cover.subscriber, cover.signer, cover.provider,
                 *cover.representative[:1]),
        CONTACT: (*cover.sender[1:], *cover.representative[1:]),
        DIAGNOSES: cover.diagnosis_codes,
        CARE: (*cover.service_codes, *(row.what for row in plan.treatments)),
        BIRTH: (f"{born:%B} {born.day}, {born.year}",) if born else (),
        NUMBERS: (cover.member_id, cover.group_number, *cover.claim_numbers,
                  *cover.reference_numbers),
    }  # fmt: skip
    for what, some in told.items():
        for words in some:
            yield what, words
    texts = (plan.letter, *(row.text for row in plan.story), *(call.said for call in plan.calls))
    for text in texts:
        yield from _matches(text)


def _told_by(binder: Binder, exhibit: ExhibitPlan) -> Iterator[tuple[str, str, int]]:
    """Yield what a paper tells on the pages that go in, but for what is blacked out there."""
    for row in binder.ask(paper_facts, exhibit.document_id).rows:
        if (told := _fact_told(exhibit, row)) is not None:
            yield told
    for kept in binder.ask(page_words, exhibit.document_id):
        if _goes_in(exhibit, kept.page):
            for what, words in _matches(_visible(exhibit, kept)):
                yield what, words, kept.page


def _fact_told(exhibit: ExhibitPlan, row: FactRow) -> tuple[str, str, int] | None:
    what, page = _OF_FACT.get(row.name), row.page
    if what is None or page is None or not isinstance(row.value, str):
        return None
    if not _goes_in(exhibit, page) or not (row.is_confirmed or row.score >= _SURE):
        return None
    if row.boxes and all(_covered(exhibit, page, box) for box in row.boxes):
        return None
    return what, row.value, page


def _matches(text: str) -> Iterator[tuple[str, str]]:
    for what, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield what, match[match.lastindex or 0]


def _goes_in(exhibit: ExhibitPlan, page: int) -> bool:
    return exhibit.pages is None or page in exhibit.pages


def _visible(exhibit: ExhibitPlan, kept: PageWords) -> str:
    """Return the words of a page that no black box touches."""
    if not kept.packed:
        return ""
    try:
        if all(box.page != kept.page for box in exhibit.black_outs):
            return unpack_text(kept.packed)
        words = unpack_page(kept.packed).words
    except ValueError:
        return ""
    return " ".join(
        word.text
        for word in words
        if not _covered(exhibit, kept.page, (word.x0, word.y0, word.x1, word.y1))
    )


def _covered(exhibit: ExhibitPlan, page: int, box: Box) -> bool:
    """Return whether the middle of a place lies in a black box of its page."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(_holds(black, x, y) for black in exhibit.black_outs if black.page == page)


def _holds(box: BlackBox, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
