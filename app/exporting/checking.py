"""Has the finished files of a bundle looked at by readers that did not make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import BoundFile, ExhibitPlan
from app.domain.errors import UserError
from app.exporting.crew import Crew
from app.exporting.frame import SHEETS
from app.exporting.papers import Paper
from app.workers import Reply, WorkerDied, WorkerTimedOut

_STRUCTURE: Final = "app.exporting.verify:check_structure"
_PAGES: Final = "app.exporting.verify:check_pages"
_BLACK_OUTS: Final = "app.exporting.redact:check_black_outs"
_SECONDS: Final = 120.0
_SECONDS_A_PAGE: Final = 2.0
_LEAST_LETTERS: Final = 200
"""A page on which this many letters were read must still show letters in the bundle."""


class BundleCheckError(UserError):
    """The finished file is not what it should be; the sentence names what is wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The finished bundle did not pass its check, so nothing was saved: {what} "
            "Take out the paper that stands there and make the bundle again, or print the "
            "originals in their order with a plain cover."
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a finished file, as a sentence may end.

    `exhibit` is the number of the exhibit it stands in, counted from 0; None for our own pages.
    `black_out` names the page of the paper, from 1, on which a black-out does not hold.
    """

    what: str
    exhibit: int | None = None
    black_out: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a bundle found: its files, what is wrong, and what is to be told."""

    files: tuple[BoundFile, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]


class Check:
    """The check of all parts of a bundle; `made` is the answer of `assemble`."""

    def __init__(
        self,
        exhibits: Sequence[ExhibitPlan],
        papers: Sequence[Paper],
        marks: Sequence[str],
        made: Mapping[str, Any],
        paper: str,
    ) -> None:
        self._exhibits = exhibits
        self._papers = papers
        self._marks = marks
        self._starts: list[list[int]] = [exhibit["starts"] for exhibit in made["exhibits"]]
        sheet = SHEETS[paper]
        self._sheet = (sheet.width, sheet.height)
        self._parts = [_Part(part, marks) for part in made["parts"]]

    def run(self, crew: Crew) -> Checked:
        """Have every page of every part looked at, two files or halves side by side.

        Raises:
            Cancelled: the person asked to stop.
        """
        works = [work for part in self._parts for work in self._works(part, crew)]
        replies = iter(crew.run_as_one("Checking every page", works))
        files: list[BoundFile] = []
        faults: list[Fault] = []
        warnings: list[str] = []
        for part in self._parts:
            structure, *pages, black = next(replies), next(replies), next(replies), next(replies)
            files.append(part.file(structure))
            for seen in (structure, *pages):
                faults += map(part.fault, seen.get("faults", ()))
            faults += self._unproven(part, black.get("unproven", ()))
            warnings += (part.unsearchable(page) for seen in pages for page in seen["wordless"])
        return Checked(tuple(files), tuple(faults), tuple(warnings))

    def _works(self, part: _Part, crew: Crew) -> Iterator[Any]:
        values = {**part.values(), "sheet": self._sheet, "wordy": self._wordy(part)}
        half = part.pages // 2
        yield partial(called, crew, _STRUCTURE, values, part.pages)
        yield partial(_looked_at, crew, values, 1, half)
        yield partial(_looked_at, crew, values, half + 1, part.pages)
        yield partial(_black_outs, crew, part)

    def _wordy(self, part: _Part) -> list[int]:
        """Return the pages of a part on which words were read that must still be there."""
        wordy: list[int] = []
        for number, (exhibit, paper) in enumerate(zip(self._exhibits, self._papers, strict=True)):
            shown = {*paper.pages} - {*paper.withheld}
            for text in exhibit.page_texts:
                if text.words and len(text.text) >= _LEAST_LETTERS and text.number in shown:
                    place = paper.pages.index(text.number)
                    wordy += part.page_of(number, self._starts[number][place])
        return wordy

    def _unproven(self, part: _Part, pages: Sequence[int]) -> Iterator[Fault]:
        for page in pages:
            exhibit, side = part.side_on(page)
            starts = self._starts[exhibit]
            place = max(place for place, start in enumerate(starts) if start <= side)
            numbers = self._papers[exhibit].pages
            yield Fault(
                f"a black-out on page {page} does not hold.",
                exhibit,
                numbers[place] if place < len(numbers) else None,
            )


class _Part:
    """One file, as `assemble` tells of it."""

    def __init__(self, made: Mapping[str, Any], marks: Sequence[str]) -> None:
        self.pages: int = made["pages"]
        self.path: str = made["path"]
        self.black: list[Any] = made["black"]
        self._number: str = made["number"]
        self._segments: list[Mapping[str, Any]] = made["segments"]
        self._marks = marks

    def values(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "pages": self.pages,
            "number": self._number,
            "exhibits": [
                {"bookmark": segment["bookmark"], "first_page": segment["page"]}
                for segment in self._segments
            ],
            "stamps": {
                str(page): self._marks[segment["exhibit"]]
                for segment in self._segments
                for page in _pages_of(segment)
            },
        }

    def file(self, structure: Mapping[str, Any]) -> BoundFile:
        return BoundFile(
            path=Path(self.path),
            pages=self.pages,
            bytes=int(structure.get("bytes", 0)),
            sha256=str(structure.get("sha256", "")),
        )

    def page_of(self, exhibit: int, side: int) -> list[int]:
        """Return the page on which a side of an exhibit lies, if it is in this part."""
        return [
            segment["page"] + int(segment["sheet"]) + side - segment["first"]
            for segment in self._segments
            if segment["exhibit"] == exhibit and segment["first"] <= side < segment["last"]
        ]

    def side_on(self, page: int) -> tuple[int, int]:
        """Return the exhibit and its side on a page that belongs to one."""
        for segment in self._segments:
            if page in _pages_of(segment):
                side = segment["first"] + page - segment["page"] - int(segment["sheet"])
                return segment["exhibit"], side
        raise LookupError(page)

    def fault(self, found: Sequence[Any]) -> Fault:
        page, what = found
        for segment in self._segments:
            if page in _pages_of(segment):
                return Fault(what, segment["exhibit"])
        return Fault(what)

    def unsearchable(self, page: int) -> str:
        exhibit, _ = self.side_on(page)
        return (
            f"The words on {self._number.lower()} {page} (Exhibit {self._marks[exhibit]}) can be "
            "seen but not searched."
        )


def _pages_of(segment: Mapping[str, Any]) -> range:
    length = segment["last"] - segment["first"] + int(segment["sheet"])
    return range(segment["page"], segment["page"] + length)


def called(crew: Crew, task: str, values: Mapping[str, Any], pages: int) -> dict[str, Any]:
    """Run a check of a whole file; a reader that dies over it has found that it is wrong."""
    try:
        reply: Reply = crew.call(task, values, seconds=_SECONDS + pages * _SECONDS_A_PAGE)
    except (WorkerDied, WorkerTimedOut):
        return {"faults": [(None, "a reader stopped at it.")]}
    return reply.values


def _looked_at(crew: Crew, values: Mapping[str, Any], first: int, last: int) -> dict[str, Any]:
    """Have pages looked at; where the reader dies, find the page over which it does."""
    pages = last - first + 1
    if pages < 1:
        return {"wordless": [], "faults": []}
    try:
        reply: Reply = crew.call(
            _PAGES,
            {**values, "first": first, "last": last},
            seconds=_SECONDS + pages * _SECONDS_A_PAGE,
        )
    except (WorkerDied, WorkerTimedOut):
        if pages == 1:
            return {"wordless": [], "faults": [(first, f"a reader stopped at page {first}.")]}
        middle = first + pages // 2
        halves = (
            _looked_at(crew, values, first, middle - 1),
            _looked_at(crew, values, middle, last),
        )
        return {
            name: [found for half in halves for found in half[name]]
            for name in ("wordless", "faults")
        }
    return reply.values


def _black_outs(crew: Crew, part: _Part) -> dict[str, Any]:
    """Have the black-outs proven; what no reader could tell is not proven."""
    if not part.black:
        return {}
    try:
        reply: Reply = crew.call(
            _BLACK_OUTS,
            {"path": part.path, "pages": part.black},
            seconds=_SECONDS + len(part.black) * _SECONDS_A_PAGE,
        )
    except (WorkerDied, WorkerTimedOut):
        return {"unproven": [page for page, _ in part.black]}
    return reply.values
