"""Pages worth a look: missing by their own count, unreadable, on their side, blank, repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise, takewhile
from typing import Final

from app.domain.matching import are_nearly_same
from app.domain.page import LEAST_SURE, PICTURES
from app.domain.preflight import Finding, PageSeen, PaperSeen

_NUMBERED: Final = re.compile(
    r"(?<![\w.])(?:page|pg\.?|p[aá]gina|p[aá]g\.?|hoja)\s*([0-9]{1,4})\s*(?:of|de|/)\s*([0-9]{1,4})\b",
    re.IGNORECASE,
)
_BARE_LINE: Final = re.compile(r"^\W*([0-9]{1,3})\s*(?:of|de|/)\s*([0-9]{1,3})\W*$", re.IGNORECASE)
"""A line that is nothing but “2 of 4”: at the head or the foot of a page it is its number."""

_EDGE_LINES: Final = 2
_MOST_PAGES: Final = 2_000
_LEAST_WORDS: Final = 12
"""With fewer words, two pages are not called the same: “Page left blank” repeats everywhere."""


def page_findings(papers: Sequence[PaperSeen]) -> Iterator[Finding]:
    """Yield what is worth a look about the pages that go in."""
    for paper in papers:
        if paper.waits:
            yield Finding(
                code="not_read",
                sentence=f"“{paper.name}” is not read yet: its words cannot be searched.",
                document_id=paper.document_id,
            )
        for page in paper.going_in:
            yield from _hard_to_read(paper, page)
    yield from _missing_pages([_Counted(paper) for paper in papers])
    yield from _repeated(papers)


# ---------------------------------------------------------------------- “page 2 of 4”


Number = tuple[int, int]
"""The number that a page bears, and how many pages its letter has by its own count."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Pages of one letter by its own count: `of` in all, `at` their places by their numbers."""

    of: int
    at: dict[int, int]


def own_number(text: str) -> Number | None:
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


class _Counted:
    """A paper with the numbers that its pages bear, and the letters that count them."""

    def __init__(self, paper: PaperSeen) -> None:
        self.paper = paper
        self.numbers = [own_number(page.text) for page in paper.pages]
        self.runs = list(_runs(self.numbers))


def _missing_pages(counted: Sequence[_Counted]) -> Iterator[Finding]:
    for one in counted:
        for run in one.runs:
            if missing := _missing(run, one.numbers):
                yield _missed(one, run, missing, _elsewhere(missing, run.of, one, counted))


def _missed(one: _Counted, run: _Run, missing: Sequence[int], other: str) -> Finding:
    number, place = max(run.at.items())
    has = f"“{one.paper.name}” has “page {number} of {run.of}”, but not {_listed(missing)}"
    sentence = f"{has}. Is a part of it still to be added?"
    if other:
        sentence = f"{has}; that may be in “{other}”. Join the two papers into one."
    return Finding(
        code="missing_page", sentence=sentence, severity="look",
        document_id=one.paper.document_id, page=one.paper.pages[place].number,
    )  # fmt: skip


def _runs(numbers: Sequence[Number | None]) -> Iterator[_Run]:
    """Yield the letters that count their own pages, each with where these are."""
    run: _Run | None = None
    last = 0
    for place, found in enumerate(numbers):
        if found is None:
            continue
        number, of = found
        if run is None or run.of != of or number <= last:
            if run:
                yield run
            run = _Run(of, {})
        run.at[number] = place
        last = number
    if run:
        yield run


def _missing(run: _Run, numbers: Sequence[Number | None]) -> list[int]:
    """Return the numbers of a letter that no page has; a page without a number may be any.

    Between two numbered pages, before the first and after the last, pages without a number are
    taken for the missing ones, so that a title page or a back side is no false alarm.
    """
    known = sorted(run.at.items())
    missing: list[int] = []
    first_number, first_place = known[0]
    if _unnumbered(numbers[:first_place][::-1], first_number - 1) < first_number - 1:
        missing += range(1, first_number)
    for (number, place), (next_number, next_place) in pairwise(known):
        if next_place - place < next_number - number:
            missing += range(number + 1, next_number)
    last_number, last_place = known[-1]
    left = run.of - last_number
    if _unnumbered(numbers[last_place + 1 : last_place + 1 + left], left) < left:
        missing += range(last_number + 1, run.of + 1)
    return missing


def _unnumbered(numbers: Sequence[Number | None], most: int) -> int:
    """Count the pages without a number in a row, from the first of these on; at most so many."""
    return sum(1 for _ in takewhile(lambda found: found is None, numbers[:most]))


def _elsewhere(missing: Sequence[int], of: int, paper: _Counted, papers: Sequence[_Counted]) -> str:
    """Return the name of another paper that has one of the missing pages by its count."""
    for other in papers:
        if other is not paper and any(
            run.of == of and set(missing) & set(run.at) for run in other.runs
        ):
            return other.paper.name
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
    elif not page.words and paper.kind not in PICTURES:
        sentence = f"No words were found on page {page.number} of “{paper.name}”. Can it be read?"
        yield _about(paper, page, "unreadable", sentence)
    elif page.sureness is not None and page.sureness < LEAST_SURE:
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
    """A page that was looked at, and the words with digits on it: copies share them."""

    paper: PaperSeen
    page: PageSeen
    numbers: frozenset[str]


def _repeated_pages(papers: Sequence[PaperSeen]) -> Iterator[Finding]:
    same: dict[tuple[str, ...], _Read] = {}
    seen = _Seen()
    for paper in papers:
        for page in paper.going_in:
            words = tuple(page.text.casefold().split())
            if len(words) < _LEAST_WORDS:
                continue
            numbers = frozenset(word for word in words if any(map(str.isdigit, word)))
            read = _Read(paper, page, numbers)
            first = same.setdefault(words, read)
            twin = first if first is not read else seen.nearly(read)
            if twin:
                yield _same(paper, page, twin.paper, twin.page)
            seen.add(read)


class _Seen:
    """The pages so far, found by the words with digits on them."""

    def __init__(self) -> None:
        self._reads: list[_Read] = []
        self._with: dict[str, list[int]] = {}

    def add(self, read: _Read) -> None:
        for word in read.numbers:
            self._with.setdefault(word, []).append(len(self._reads))
        self._reads.append(read)

    def nearly(self, read: _Read) -> _Read | None:
        """Return an earlier page that is another picture of the same sheet.

        Only what a machine made out in a picture can differ from a page that is the same: text
        that came with its file is compared letter by letter. Two such pages share most numbers.
        """
        if read.page.sureness is None:
            return None
        places = chain.from_iterable(self._with.get(word, ()) for word in read.numbers)
        for place, count in Counter(places).items():
            other = self._reads[place]
            most = max(len(read.numbers), len(other.numbers))
            if count * 2 >= most and are_nearly_same(read.page.text, other.page.text):
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
