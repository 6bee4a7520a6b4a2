"""All codes of a paper: diagnoses, procedures with modifiers, drugs, reasons."""

from __future__ import annotations

from collections.abc import Iterable

from app.importing.sifting.code_book import FILE, meaning_of
from app.importing.sifting.diagnoses import diagnoses
from app.importing.sifting.found import Found
from app.importing.sifting.labelled import lexicon, spots
from app.importing.sifting.paper import Paper
from app.importing.sifting.procedures import procedures
from app.importing.sifting.reasons import reasons

__all__ = ["code_facts", "meaning_of"]


def code_facts(paper: Paper) -> tuple[Found, ...]:
    """Return `icd10`, `procedure`, `modifier`, `ndc`, `carc` and `rarc`, each value once."""
    cues = [spot for spot in spots(paper, lexicon(FILE)) if spot.label.name]
    found = [*diagnoses(paper, cues), *procedures(paper, cues), *reasons(paper, cues)]
    return tuple(sorted(_once(_apart(found)), key=lambda item: item.start))


def _apart(found: Iterable[Found]) -> list[Found]:
    """Keep the surest reading of every place of the text."""
    kept: list[Found] = []
    taken: set[int] = set()
    for item in sorted(found, key=lambda item: (-item.score, item.start - item.end)):
        places = range(item.start, item.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(item)
    return kept


def _once(found: Iterable[Found]) -> list[Found]:
    best: dict[tuple[str, object], Found] = {}
    for item in sorted(found, key=lambda item: (-item.score, item.start)):
        best.setdefault((item.name, item.value), item)
    return list(best.values())
