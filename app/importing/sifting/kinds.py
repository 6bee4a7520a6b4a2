"""What kind of paper it is, from the phrases that such papers carry, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.domain.fact import KindRead
from app.importing.sifting.folding import folded
from app.importing.sifting.paper import Paper
from app.importing.sifting.phrases import Phrases, Token, tokens_of
from app.resources import resource_json

_TOP_LINES: Final = 16  # of the first page: letterhead, address, title, subject
_PLACES: Final = ("title", "any", "against", "against_title")
_STRONG: Final = 6  # the weight of a title that needs no further phrase
_NOT_GREETED: Final = 5.0  # what a greeting or a verdict counts against kinds that have none
_TITLE_WORDS: Final = 9
_TITLE_CELLS: Final = 2  # of a row; more are a table
_GREETING: Final = re.compile(r"dear\b|estimad[oa]s?\b|to whom it may|a quien ")
_PAGES: Final = 4  # that tell the kind; later ones are enclosures and fine print
_QUOTED: Final = 70  # letters of a reason


@dataclass(frozen=True, slots=True)
class _Cue:
    """A group of phrases that speak for one kind, counted once; `number` tells groups apart."""

    kind: str
    where: str
    weight: float
    number: int

    @property
    def is_against(self) -> bool:
        return self.where.startswith("against")


@dataclass(frozen=True, slots=True)
class _Cues:
    phrases: Phrases[_Cue]
    signs: Mapping[str, tuple[tuple[str, float], ...]]  # the kinds each speaks for, and how much
    free: frozenset[str]  # the kinds that need no certain phrase
    least: float
    margin: float


def kind_of(paper: Paper, signs: frozenset[str] = frozenset()) -> KindRead:
    """Return the kind that the words speak for, or none where two kinds are as likely.

    `signs` are what other readers have found on the paper, by the names of the data.
    """
    cues = _cues()
    tokens = _first_pages(paper)
    titles = _titles(paper)
    counted: dict[_Cue, tuple[int, int]] = {}
    for hit in cues.phrases.find(tokens):
        if not hit.meaning.where.endswith("title") or _within(titles, hit.start, hit.end):
            counted.setdefault(hit.meaning, (hit.start, hit.end))
    scores: dict[str, float] = defaultdict(float)
    for cue in counted:
        scores[cue.kind] += -cue.weight if cue.is_against else cue.weight
    given = {
        cue.kind
        for cue in counted
        if cue.where == "needs" or (cue.where == "title" and cue.weight >= _STRONG)
    }
    for sign in signs & cues.signs.keys():
        for kind, weight in cues.signs[sign]:
            scores[kind] += weight
            given |= {kind} if weight > 0 else set()
    scores = {kind: score for kind, score in scores.items() if kind in given | cues.free}
    return _decided(paper, scores, counted, cues)


def _decided(
    paper: Paper,
    scores: Mapping[str, float],
    counted: Mapping[_Cue, tuple[int, int]],
    cues: _Cues,
) -> KindRead:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < cues.least:
        return KindRead(None, 0.0, "Nothing on it tells what it is.")
    (kind, best), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    lead = best - max(second, 0.0)
    if lead < cues.margin:
        return KindRead(None, 0.3, "It could be one of several kinds of paper.")
    strongest = max(
        (cue for cue in counted if cue.kind == kind and not cue.is_against),
        key=lambda cue: cue.weight,
    )
    start, end = counted[strongest]
    words = " ".join(paper.text[start:end].split())[:_QUOTED]
    where = "At the top it says" if strongest.where == "title" else "It says"
    score = min(0.5 + lead / (2 * best), 0.5 + best / 30)
    return KindRead(kind, round(min(score, 0.99), 2), f"{where} “{words}”.")


def _first_pages(paper: Paper) -> list[Token]:
    starts = paper.page_starts
    end = starts[_PAGES] if len(starts) > _PAGES else len(paper.text)
    return tokens_of(paper.text[:end])


def _titles(paper: Paper) -> list[tuple[int, int]]:
    """Return the spans of the short lines among the first ones, down to the greeting."""
    spans: list[tuple[int, int]] = []
    for row in [row for row in paper.rows if row and row[0].page == 1][:_TOP_LINES]:
        if _GREETING.match(folded(row[0].text)):
            break
        if len(row) <= _TITLE_CELLS:
            spans += [(cell.start, cell.end) for cell in row if _is_title(cell.text)]
    return spans


def _is_title(text: str) -> bool:
    """Say whether a line stands for itself: short, with a capital, no part of a sentence."""
    words = text.split()
    first = next(filter(str.isalnum, text), "")
    return len(words) <= _TITLE_WORDS and not first.islower() and words[-1][-1] not in ".,;"


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)


@cache
def _cues() -> _Cues:
    data = resource_json("reading", "kinds.json")
    meanings: list[tuple[str, _Cue]] = []
    for kind, places in data["kinds"].items():
        weighted = {where: places.get(where, {}) for where in _PLACES}
        weighted["needs"] = {"0": places.get("needs", [])}
        for where, weights in weighted.items():
            for weight, groups in weights.items():
                for group in groups:
                    cue = _Cue(kind, where, float(weight), len(meanings))
                    meanings += [(phrase, cue) for phrase in group.split("|")]
    for where in ("greeting", "verdict"):
        spared = {"greeting": data["greeted"], "verdict": data["verdicts"]}[where]
        for kind in data["kinds"].keys() - set(spared):
            cue = _Cue(kind, "against", _NOT_GREETED, len(meanings))
            meanings += [(phrase, cue) for phrase in data[where].split("|")]
    free = frozenset(kind for kind, places in data["kinds"].items() if "needs" not in places)
    return _Cues(
        Phrases(meanings), _signs(data["kinds"]), free, float(data["least"]), float(data["margin"])
    )


def _signs(kinds: Mapping[str, Any]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for kind, places in kinds.items():
        for weight, names in places.get("signs", {}).items():
            for name in names:
                found[name].append((kind, float(weight)))
    return {name: tuple(weights) for name, weights in found.items()}
