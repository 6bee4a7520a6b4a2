"""Pages worth a look: missing by their own count, unreadable, on their side, blank, repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from app.domain.matching import are_nearly_same
from app.domain.preflight import Finding, PageSeen, PaperSeen

_NUMBERED: Final = re.compile(
    r"(?<![\w.])(?:page|pg\.?|p[aá]gina|p[aá]g\.?|hoja)\s*([0-9]{1,4})\s*(?:of|de|/)\s*([0-9]{1,4})\b",
    re.IGNORECASE,
)
_BARE_LINE: Final = re.compile(r"^\W*([0-9]{1,3})\s*(?:of|de|/)\s*([0-9]{1,3})\W*$", re.IGNORECASE)
"""A line that is nothing but “2 of 4”: at the head or the foot of a page it is its number."""

_EDGE_LINES: Final = 2
_MOST_PAGES: Final = 2_000
_LEAST_SURE: Final = 0.55
"""Below this many a word is wrong, and a person who reads it will struggle too."""

_LEAST_WORDS: Final = 12
"""With fewer words, two pages are not called the same: “Page left blank” repeats everywhere."""

_PICTURES: Final = frozenset({"photo", "imaging", "envelope"})
"""Kinds of paper on which a page without words is nothing strange."""


def page_findings(papers: Sequence[PaperSeen]) -> Iterator[Finding]:
    """Yield what is worth a look about the pages that go in."""
    for paper in papers:
        if paper.waits:
            yield Finding(
                code="not_read",
                sentence=f"“{paper.name}” is not read yet: its words cannot be searched.",
                document_id=paper.document_id,
            )
        yield from _missing_pages(paper, papers)
        for page in paper.going_in:
            yield from _hard_to_read(paper, page)
    yield from _repeated(papers)


# ---------------------------------------------------------------------- “page 2 of 4”


@dataclass(frozen=True, slots=True)
class _Run:
    """Pages of one letter by its own count: `of` in all, `at` their places by their numbers."""

    of: int
    at: dict[int, int]


def own_number(text: str) -> tuple[int, int] | None:
    """Return the number that a page bears and how many there are, as “page 2 of 4” says it."""
    lines = [line for line in text.splitlines() if line.strip()]
    edges = [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]
    found = [_NUMBERED.search(line) for line in edges] + [_BARE_LINE.match(line) for line in edges]
    found += [_NUMBERED.search(line) for line in lines]
    for match in filter(None, found):
        number, of = int(match[1]), int(match[2])
        if 1 <= number <= of <= _MOST_PAGES:
            return number, of
    return None


def _missing_pages(paper: PaperSeen, papers: Sequence[PaperSeen]) -> Iterator[Finding]:
    for run in _runs(paper.pages):
        missing = _missing(run, len(paper.pages), paper.pages)
        if not missing:
            continue
        number, place = max((number, at) for number, at in run.at.items())
        shown = paper.pages[place].number
        which = _listed(missing)
        sentence = (
            f"“{paper.name}” has “page {number} of {run.of}”, but not {which}. "
            f"Is a part of it still to be added?"
        )
        if other := _elsewhere(missing, run.of, paper, papers):
            sentence = (
                f"“{paper.name}” has “page {number} of {run.of}”, but not {which}; that may be in "
                f"“{other}”. Join the two papers into one."
            )
        yield Finding(
            code="missing_page", sentence=sentence, severity="look",
            document_id=paper.document_id, page=shown,
        )  # fmt: skip


def _runs(pages: Sequence[PageSeen]) -> list[_Run]:
    """Return the letters of a paper that count their own pages, each with where these are."""
    runs: list[_Run] = []
    last = 0
    for place, page in enumerate(pages):
        found = own_number(page.text)
        if found is None:
            continue
        number, of = found
        if not runs or runs[-1].of != of or number <= last:
            runs.append(_Run(of, {}))
        runs[-1].at[number] = place
        last = number
    return runs


def _missing(run: _Run, count: int, pages: Sequence[PageSeen]) -> list[int]:
    """Return the numbers of a letter that no page has; a page without a number may be any.

    Between two numbered pages, before the first and after the last, pages without a number are
    taken for the missing ones, so that a title page or a back side is no false alarm.
    """
    known = sorted(run.at.items())
    missing: list[int] = []
    first_number, first_place = known[0]
    if _unnumbered(pages, range(first_place - 1, -1, -1)) < first_number - 1:
        missing += range(1, first_number)
    for (number, place), (next_number, next_place) in pairwise(known):
        if next_place - place < next_number - number:
            missing += range(number + 1, next_number)
    last_number, last_place = known[-1]
    if _unnumbered(pages, range(last_place + 1, count)) < run.of - last_number:
        missing += range(last_number + 1, run.of + 1)
    return missing


def _unnumbered(pages: Sequence[PageSeen], places: range) -> int:
    """Count the pages in a row, from the first of these places on, that bear no number."""
    count = 0
    for place in places:
        if own_number(pages[place].text):
            break
        count += 1
    return count


def _elsewhere(
    missing: Sequence[int], of: int, paper: PaperSeen, papers: Sequence[PaperSeen]
) -> str:
    """Return the name of another paper that has one of the missing pages by its count."""
    for other in papers:
        if other.document_id != paper.document_id and any(
            run.of == of and set(missing) & set(run.at) for run in _runs(other.pages)
        ):
            return other.name
    return ""


def _listed(numbers: Sequence[int]) -> str:
    """Return “page 3” or “pages 2, 5 to 9”."""
    spans: list[str] = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        some = [number for _, number in group]
        spans.append(str(some[0]) if len(some) == 1 else f"{some[0]} to {some[-1]}")
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(spans)}"


# ---------------------------------------------------------------------- single pages


def _hard_to_read(paper: PaperSeen, page: PageSeen) -> Iterator[Finding]:
    where = f"Page {page.number} of “{paper.name}”"
    if page.failed:
        yield _about(paper, page, "unreadable", f"{where} could not be read. {page.failed}")
    elif page.is_blank:
        yield _about(paper, page, "blank", f"{where} is blank. Leave it out if it says nothing.")
    elif not page.words and paper.kind not in _PICTURES:
        sentence = f"No words were found on page {page.number} of “{paper.name}”. Can it be read?"
        yield _about(paper, page, "unreadable", sentence)
    elif page.sureness is not None and page.sureness < _LEAST_SURE:
        sentence = (
            f"{where} is hard to read. Is there a better copy, or can it be photographed again?"
        )
        yield _about(paper, page, "hard_to_read", sentence)
    if not page.upright:
        yield _about(paper, page, "sideways", f"{where} lies on its side. Turn it if you can.")


def _about(paper: PaperSeen, page: PageSeen, code: str, sentence: str) -> Finding:
    severity = "look" if code in ("unreadable", "hard_to_read") else "note"
    return Finding(
        code=code, sentence=sentence, severity=severity, document_id=paper.document_id,
        page=page.number,
    )  # fmt: skip


# ---------------------------------------------------------------------- the same twice


def _repeated(papers: Sequence[PaperSeen]) -> Iterator[Finding]:
    """Yield papers of the same bytes, and pages that say the same as one before."""
    whole: dict[tuple[str, ...], PaperSeen] = {}
    rest: list[PaperSeen] = []
    for paper in papers:
        first = whole.setdefault(paper.digests, paper) if paper.digests else paper
        if first is paper:
            rest.append(paper)
            continue
        yield Finding(
            code="repeated_paper",
            sentence=f"“{paper.name}” is the very same file as “{first.name}”. One is enough.",
            document_id=paper.document_id,
        )
    yield from _repeated_pages(rest)


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was looked at, and its words, to compare quickly."""

    paper: PaperSeen
    page: PageSeen
    words: frozenset[str]


def _repeated_pages(papers: Sequence[PaperSeen]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], _Read] = {}
    before: list[_Read] = []
    for paper in papers:
        for page in paper.going_in:
            words = tuple(page.text.casefold().split())
            if len(words) < _LEAST_WORDS:
                continue
            read = _Read(paper, page, frozenset(words))
            first = seen.setdefault(words, read)
            twin = first if first is not read else _nearly(read, before)
            if twin:
                yield _same(paper, page, twin.paper, twin.page)
            before.append(read)


def _nearly(read: _Read, before: Sequence[_Read]) -> _Read | None:
    """Return an earlier page that is another picture of the same sheet.

    Only what a machine made out in a picture can differ from a page that is the same: text that
    came with its file is compared letter by letter.
    """
    if read.page.sureness is None:
        return None
    for other in before:
        shared = len(read.words & other.words)
        if shared * 10 >= 6 * max(len(read.words), len(other.words)) and are_nearly_same(
            read.page.text, other.page.text
        ):
            return other
    return None


def _same(paper: PaperSeen, page: PageSeen, first: PaperSeen, at: PageSeen) -> Finding:
    where = f"page {at.number}" if first is paper else f"page {at.number} of “{first.name}”"
    return Finding(
        code="repeated_page",
        sentence=f"Page {page.number} of “{paper.name}” says the same as {where}.",
        document_id=paper.document_id,
        page=page.number,
    )
