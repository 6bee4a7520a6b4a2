"""Measures the program's reading on drawn papers: what it found, missed and got wrong."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from app.importing.sifting.paper import Paper
from app.importing.sifting.sift import sift
from tests.reading.compare import Score, compared
from tests.reading.found_words import words_found
from tests.reading.read import Desk
from tests.reading.typeset import PaperData

_LANES = 2


@dataclass(slots=True)
class Measured:
    """The score of a set, its remarks by paper, and how long reading and sifting took.

    Words are counted for papers that were read from pictures.
    """

    score: Score = field(default_factory=Score)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)
    papers: int = 0
    pages: int = 0
    words_printed: int = 0
    words_read: int = 0
    reading_seconds: float = 0.0
    sifting_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _One:
    paper: str
    score: Score
    pages: int
    words: tuple[int, int]
    reading: float
    sifting: float


def measured(
    papers: Iterable[PaperData],
    *,
    form: str,
    seed: int,
    desk: Desk,
    told: Callable[[str], None],
) -> Measured:
    """Draw each paper, read it, compare; `told` hears of the progress."""

    def one(paper: PaperData) -> _One:
        read = desk.read(paper, form, seed)
        began = time.perf_counter()
        try:
            score = compared(paper, sift(read.pages))
        except Exception as error:  # noqa: BLE001 - a crash is a result too, and the rest goes on
            score = Score(
                kinds=Counter({(paper["kind"], "crashed"): 1}),
                remarks=[("wrong", f"crash: {error!r}")],
            )
        sifting = time.perf_counter() - began
        words = words_found(paper, read.pages) if form != "pdf" else (0, 0)
        return _One(paper["id"], score, len(read.pages), words, read.seconds, sifting)

    total = Measured()
    with ThreadPoolExecutor(_LANES) as threads:
        for result in threads.map(one, papers):
            total.papers += 1
            total.pages += result.pages
            total.words_read += result.words[0]
            total.words_printed += result.words[1]
            total.reading_seconds += result.reading
            total.sifting_seconds += result.sifting
            total.remarks += [(result.paper, what, text) for what, text in result.score.remarks]
            total.score += result.score
            told(f"{total.papers} papers read")
    return total


def text_only(paper: PaperData, form: str, seed: int, desk: Desk) -> str:
    """Return the text of a paper as the sifters see it."""
    return Paper.of_pages(desk.read(paper, form, seed).pages).text
