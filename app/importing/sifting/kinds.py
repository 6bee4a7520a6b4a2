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
from app.importing.sifting.hedges import Hedges
from app.importing.sifting.paper import Paper
from app.importing.sifting.phrases import Hit, Phrases, Token, tokens_of
from app.resources import resource_json

_TOP_LINES: Final = 16  # of the first page: letterhead, address, title, subject
_PLACES: Final = ("title", "line", "said", "told", "any")
_STATED: Final = frozenset({"said", "told"})
_TITLE_WORDS: Final = 12
_TITLE_CELLS: Final = 2  # of a row; more are a table
_TITLE_SHARE: Final = 0.3  # of a line's words that the phrase must be to be its title
_WORD_SHARE: Final = 0.5  # the same for a phrase of one word
_ONCE: Final = frozenset({"title", "said"})  # where further phrases say the same again
_FURTHER: Final = 2.0  # what those add to the weightiest one
_GREETING: Final = re.compile(r"dear\b|estimad[oa]s?\b|to whom it may|a quien |hello\b|hi\b|hola\b")
_SUBJECT: Final = re.compile(r"(?:re|subject|asunto|ref)\s?:")
_ITEM: Final = re.compile(r"[-–—•*·▪]|\(?\d{1,2}[.)]\s|[a-z][.)]\s|an?\s")
_PAGES: Final = 4  # that tell the kind; later ones are enclosures and fine print
_LETTERS: Final = 24_000  # of them; more are no letter
_QUOTED: Final = 70  # letters of a reason


@dataclass(frozen=True, slots=True)
class _Cue:
    """A group of phrases that speak for one kind, counted once; `number` tells groups apart."""

    kind: str
    where: str
    weight: float
    number: int


@dataclass(frozen=True, slots=True)
class _Cues:
    phrases: Phrases[_Cue]
    needs: Mapping[str, int]  # how many groups a kind needs
    signs: Mapping[str, tuple[tuple[str, float], ...]]  # the kinds each speaks for, and how much
    said_of: Mapping[str, str]  # the reason to give for a sign
    least: float
    margin: float
    decisive: float


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    words: int
    is_subject: bool


def kind_of(paper: Paper, signs: frozenset[str] = frozenset()) -> KindRead:
    """Return the kind that the words speak for, or none where two kinds are as likely.

    `signs` are what other readers have found on the paper, by the names of the data.
    """
    cues = _cues()
    counted = _counted(paper, cues)
    scores: dict[str, float] = defaultdict(float)
    best: dict[tuple[str, str], list[float]] = defaultdict(list)
    for cue in counted:
        if cue.where in _ONCE and cue.weight > 0:
            best[cue.kind, cue.where].append(cue.weight)
        elif cue.where != "needs":
            scores[cue.kind] += cue.weight
    for (kind, _), weights in best.items():
        scores[kind] += max(weights) + (_FURTHER if len(weights) > 1 else 0)
    for sign in signs & cues.signs.keys():
        for kind, weight in cues.signs[sign]:
            scores[kind] += weight
    met: dict[str, int] = defaultdict(int)
    for cue in counted:
        met[cue.kind] += cue.where == "needs"
    possible = {
        kind: score
        for kind, score in scores.items()
        if met[kind] == cues.needs[kind] or max(best[kind, "title"], default=0) >= cues.decisive
    }
    return _decided(paper, possible, counted, signs)


def _counted(paper: Paper, cues: _Cues) -> dict[_Cue, tuple[int, int]]:
    """Return every group of which a phrase stands where it counts, with the first such place."""
    tokens = _first_pages(paper)
    titles = _titles(paper)
    hedges = Hedges(paper.text[:_LETTERS], tokens)
    counted: dict[_Cue, tuple[int, int]] = {}
    for hit in cues.phrases.find(tokens):
        cue = hit.meaning
        if cue not in counted and _counts(paper.text, hit, titles, hedges):
            counted[cue] = hit.start, hit.end
    return counted


def _counts(text: str, hit: Hit[_Cue], titles: Sequence[_Title], hedges: Hedges) -> bool:
    where = hit.meaning.where
    if where == "title":
        return any(_is_title_of(title, text, hit) for title in titles)
    if where == "line":
        begins = hit.start == 0 or text[hit.start - 1] in "\n\t\f"
        return begins or text[hit.end : hit.end + 1] == ":"
    return where not in _STATED or not hedges.is_hedged(hit.start, hit.end)


def _is_title_of(title: _Title, text: str, hit: Hit[_Cue]) -> bool:
    if not title.start <= hit.start or not hit.end <= title.end:
        return False
    words = len(text[hit.start : hit.end].split())
    share = _TITLE_SHARE if words > 1 else _WORD_SHARE
    return (title.is_subject and words > 1) or words >= share * title.words


def _decided(
    paper: Paper,
    scores: Mapping[str, float],
    counted: Mapping[_Cue, tuple[int, int]],
    signs: frozenset[str],
) -> KindRead:
    cues = _cues()
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < cues.least:
        return KindRead(None, 0.0, "Nothing on it tells what it is.")
    (kind, best), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    lead = best - max(second, 0.0)
    if lead < cues.margin:
        return KindRead(None, 0.3, "It could be one of several kinds of paper.")
    score = min(0.5 + lead / (2 * best), 0.5 + best / 30)
    return KindRead(kind, round(min(score, 0.99), 2), _reason(paper, kind, counted, signs))


def _reason(
    paper: Paper, kind: str, counted: Mapping[_Cue, tuple[int, int]], signs: frozenset[str]
) -> str:
    """Quote what speaks most for the kind; without such words say what else does."""
    speaking = [cue for cue in counted if cue.kind == kind and cue.weight > 0]
    if not speaking:
        return _cues().said_of[min(sign for sign in signs if _speaks(sign, kind))]
    strongest = max(speaking, key=lambda cue: cue.weight)
    start, end = counted[strongest]
    words = " ".join(paper.text[start:end].split())[:_QUOTED]
    where = "At the top it says" if strongest.where == "title" else "It says"
    return f"{where} “{words}”."


def _speaks(sign: str, kind: str) -> bool:
    return any(of == kind and weight > 0 for of, weight in _cues().signs.get(sign, ()))


def _first_pages(paper: Paper) -> list[Token]:
    starts = paper.page_starts
    end = starts[_PAGES] if len(starts) > _PAGES else len(paper.text)
    return tokens_of(paper.text[: min(end, _LETTERS)])


def _titles(paper: Paper) -> list[_Title]:
    """Return the short lines above the greeting; of “label: value” the label."""
    found: list[_Title] = []
    top = [row for row in paper.rows if row and row[0].page == 1][:_TOP_LINES]
    for number, row in enumerate(top):
        if _GREETING.match(folded(row[0].text)):
            break
        if len(row) <= _TITLE_CELLS or number == 0:
            for cell in row:
                found += _title(cell.text, cell.start)
    return found


def _title(text: str, start: int) -> list[_Title]:
    """Return a line that stands for itself: short, with a capital, no part of a sentence."""
    plain = folded(text)
    is_subject = _SUBJECT.match(plain) is not None
    end = len(text) if is_subject or ":" not in text else text.index(":")
    words = len(text[:end].split())
    first = next(filter(str.isalnum, text), "")
    if first.islower() or _ITEM.match(plain) or not words:
        return []
    if not is_subject and (words > _TITLE_WORDS or text[-1] in ".,;"):
        return []
    return [_Title(start, start + end, words, is_subject)]


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
    return _Cues(
        Phrases(meanings),
        {kind: len(places.get("needs", [])) for kind, places in data["kinds"].items()},
        _signs(data["kinds"]),
        data["signs"],
        float(data["least"]),
        float(data["margin"]),
        float(data["decisive"]),
    )


def _signs(kinds: Mapping[str, Any]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for kind, places in kinds.items():
        for weight, names in places.get("signs", {}).items():
            for name in names:
                found[name].append((kind, float(weight)))
    return {name: tuple(weights) for name, weights in found.items()}
