"""Why a payer says that it does not pay: the types of denial of `appeal_rules`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.importing.sifting.found import Found
from app.importing.sifting.hedges import Hedges
from app.importing.sifting.paper import Paper
from app.importing.sifting.phrases import Hit, Phrases, Token, tokens_of
from app.resources import resource_json

NAME: Final = "denial_reason"
_KINDS: Final = frozenset({"denial", "appeal_decision", "eob", "msn"})
_PAGES: Final = 3  # that state the reason; later ones are rights and forms
_LETTERS: Final = 24_000  # of them
_LETTERS_OF_REASONS: Final = frozenset({"denial", "appeal_decision"})
_MARKS: Final = (
    "decision", "elsewhere", "verdict", "overturned", "upheld", "appealing", "causal"
)  # fmt: skip
_PLAIN: Final = frozenset({"decision", "elsewhere", "appealing", "causal"})  # hedged or not
_SAID, _NEAR, _CODED, _IMPLIED = 0.85, 0.7, 0.75, 0.6
_TOGETHER: Final = 300  # letters within which the reasons of one denial stand
_REACH: Final = 220  # letters from a sentence about the decision to one that gives its reason


@dataclass(frozen=True, slots=True)
class _Book:
    reasons: Phrases[str]
    concepts: Phrases[tuple[str, str]]  # the type, and whether it is “of” or “with”
    order: tuple[str, ...]
    marks: Phrases[str]
    telling: frozenset[str]
    not_before: frozenset[str]
    yields: Mapping[str, frozenset[str]]
    carc: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where the words of decisions, of rights and of outcomes stand, in order."""

    decision: tuple[int, ...]
    elsewhere: tuple[int, ...]
    verdict: tuple[int, ...]
    overturned: tuple[int, ...]
    upheld: tuple[int, ...]
    appealing: tuple[int, ...]
    causal: tuple[int, ...]


def denial_reasons(
    paper: Paper, kind: str | None, codes: Iterable[Found] = ()
) -> tuple[Found, ...]:
    """Return the reasons that a denial states, by their words, else by the CARCs among `codes`.

    A paper of another kind gives none, nor does one that takes a denial back.
    """
    if kind is not None and kind not in _KINDS:
        return ()
    starts = paper.page_starts
    end = starts[_PAGES] if len(starts) > _PAGES else len(paper.text)
    text = paper.text[: min(end, _LETTERS)]
    tokens = tokens_of(text)
    hedges = Hedges(text, tokens)
    marks = _marks(tokens, hedges)
    if kind is None and not marks.verdict:
        return ()
    if kind == "appeal_decision" and marks.overturned and not marks.upheld:
        return ()
    if said := _said(tokens, hedges, marks):
        return said
    if coded := tuple(_coded(codes)):
        return coded
    return _implied(tokens, hedges, marks) if kind in _LETTERS_OF_REASONS else ()


def _marks(tokens: Sequence[Token], hedges: Hedges) -> _Marks:
    places: dict[str, list[int]] = {name: [] for name in _MARKS}
    for hit in _book().marks.find(tokens):
        if hit.meaning in _PLAIN or not hedges.is_hedged(hit.start, hit.end):
            places[hit.meaning].append(hit.start)
    return _Marks(**{name: tuple(found) for name, found in places.items()})


def _said(tokens: Sequence[Token], hedges: Hedges, marks: _Marks) -> tuple[Found, ...]:
    """Return the first and surest statement of each type, without those that add no reason."""
    best: dict[str, Found] = {}
    starts = [token.start for token in tokens]
    for hit in _book().reasons.find(tokens):
        if score := _score(hit, tokens, starts, hedges, marks):
            found = Found(NAME, hit.meaning, hit.start, hit.end, score)
            if hit.meaning not in best or score > best[hit.meaning].score:
                best[hit.meaning] = found
    yields = _book().yields
    kept = [found for of, found in best.items() if not best.keys() & yields.get(of, frozenset())]
    surest = max((found.score for found in kept), default=0.0)
    sure = sorted((found for found in kept if found.score == surest), key=lambda item: item.start)
    return tuple(found for found in sure if found.start - sure[0].start <= _TOGETHER)


def _implied(tokens: Sequence[Token], hedges: Hedges, marks: _Marks) -> tuple[Found, ...]:
    """Return the type that two words of a sentence together tell, if all such tell the same."""
    found: dict[int, dict[str, dict[str, Hit[tuple[str, str]]]]] = {}
    for hit in _book().concepts.find(tokens):
        of, part = hit.meaning
        sentence = found.setdefault(hedges.sentence(hit.start), {})
        sentence.setdefault(of, {}).setdefault(part, hit)
    told: list[Found] = []
    for first, types in found.items():
        last = hedges.sentence_end(first)
        if not _any_in(marks.causal, first, last) or any(
            _any_in(places, first, last) for places in (marks.appealing, marks.elsewhere)
        ):
            continue
        whole = [of for of in _book().order if len(types.get(of, {})) == len(("of", "with"))]
        if whole and not hedges.is_hedged(last - 1, last):
            hits = types[whole[0]].values()
            start, end = min(hit.start for hit in hits), max(hit.end for hit in hits)
            told.append(Found(NAME, whole[0], start, end, _IMPLIED))
    return tuple(told) if len({found.value for found in told}) == 1 else ()


def _score(
    hit: Hit[str], tokens: Sequence[Token], starts: Sequence[int], hedges: Hedges, marks: _Marks
) -> float:
    """Return how sure the phrase states the reason of this decision, 0 if it does not."""
    first, last = hedges.sentence(hit.start), hedges.sentence_end(hit.end - 1)
    after = bisect_left(starts, hit.end)
    if after < len(tokens) and tokens[after].text in _book().not_before:
        return 0.0
    if _any_in(marks.elsewhere, first, last) or hedges.is_hedged(hit.start, hit.end):
        return 0.0
    if _any_in(marks.decision, first, last):
        return _SAID
    near = _any_in(marks.decision, first - _REACH, last + _REACH)
    return _NEAR if near or hit.meaning not in _book().telling else 0.0


def _any_in(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _coded(codes: Iterable[Found]) -> Iterator[Found]:
    """Yield the type of each CARC once, in the order of the paper."""
    seen: set[str] = set()
    for code in sorted(codes, key=lambda code: code.start):
        if code.name == "carc":
            of = _book().carc.get(str(code.value).rpartition("-")[2])
            if of and of not in seen:
                seen.add(of)
                yield Found(NAME, of, code.start, code.end, min(_CODED, code.score))


@cache
def _book() -> _Book:
    data: dict[str, Any] = resource_json("reading", "denial_reasons.json")
    reasons = [
        (phrase, of)
        for of, groups in data["types"].items()
        for phrases in groups.values()
        for phrase in phrases.split("|")
    ]
    marks = [(phrase, name) for name in _MARKS for phrase in data[name].split("|")]
    return _Book(
        Phrases(reasons),
        Phrases(
            (phrase, (of, part))
            for of, parts in data["concepts"].items()
            for part, phrases in parts.items()
            for phrase in phrases.split("|")
        ),
        tuple(data["order"]),
        Phrases(marks),
        frozenset(data["telling"]),
        frozenset(data["not_before"]),
        {of: frozenset(others) for of, others in data["yields"].items()},
        data["carc"],
    )
