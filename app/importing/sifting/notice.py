"""What a notice of denial must contain and does not show, by ERISA and the Affordable Care Act.

The requirements are those of 29 CFR 2560.503-1(g), (j) and 45 CFR 147.136(b)(2)(ii)(E); letters
under other laws (Medicare, Medicaid, TRICARE, federal employees) are left alone. What the law asks
for stands in `rules/notices.json`, the phrases that show it in `reading/notice.json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.domain.fact import WindowSaid
from app.importing.sifting.folding import folded
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper
from app.importing.sifting.phrases import Phrases, tokens_of
from app.resources import resource_json

NAME: Final = "missing_from_notice"
_SCORE: Final = 0.6
_LEAST_WORDS: Final = 40  # fewer are no whole letter
_OF_PAGES: Final = re.compile(
    r"\b(?:page|pagina|pag\.|pag|p\.)\s{0,2}\d{1,3}\s{0,2}(?:of|de|/)\s{0,2}(\d{1,3})\b"
)
_LEFT_ALONE: Final = frozenset({"other_rules", "elsewhere", "outside"})
_ASKED: Final = ("other_rules", "elsewhere", "claim", "request", "erisa", "outside", "overturned")


@dataclass(frozen=True, slots=True)
class _Item:
    """Something a letter must contain: in which letters, when, and what would show it.

    Its law and its sentence are those of the rule of the same id.
    """

    id: str
    kinds: frozenset[str]
    when: str
    sentence: str
    facts: frozenset[str]
    has_window: bool


@dataclass(frozen=True, slots=True)
class _Book:
    items: tuple[_Item, ...]
    shows: Phrases[str]  # of an item, by its id, or of one of the circumstances
    criterion_reasons: frozenset[str]


def missing_from_notice(
    paper: Paper, kind: str | None, found: Sequence[Found] = ()
) -> tuple[Found, ...]:
    """Return the items of which the whole letter shows nothing, at the place of its first line.

    `found` are the other facts: reasons, windows, dates, parties, amounts. Nothing is returned
    for a part of a letter, or for one that comes under other rules.
    """
    tokens = tokens_of(paper.text)
    candidates = [item for item in _book().items if kind in item.kinds]
    if not candidates or len(tokens) < _LEAST_WORDS or not _is_whole(paper):
        return ()
    shown = {hit.meaning for hit in _book().shows.find(tokens)}
    if not shown.isdisjoint(_LEFT_ALONE):
        return ()
    line = next(row[0] for row in paper.rows if row)
    return tuple(
        Found(NAME, item.id, line.start, line.end, _SCORE, item.sentence)
        for item in candidates
        if _applies(item, shown, found) and not _is_shown(item, shown, found)
    )


def sentence_of(item: str) -> str:
    """Return the plain sentence for the id of an item, "" for an unknown one."""
    return next((known.sentence for known in _book().items if known.id == item), "")


def _is_whole(paper: Paper) -> bool:
    """Say whether all pages are here that the letter counts."""
    pages = [int(match[1]) for match in _OF_PAGES.finditer(folded(paper.text))]
    return max(pages, default=0) <= len(paper.page_starts)


def _applies(item: _Item, shown: set[str], found: Sequence[Found]) -> bool:
    if item.when == "always":
        return True
    if item.when == "criterion":
        reasons = {str(fact.value) for fact in found if fact.name == "denial_reason"}
        return "overturned" not in shown and not reasons.isdisjoint(_book().criterion_reasons)
    if item.when == "request":
        return "request" in shown and "claim" not in shown
    if item.when == "upheld":
        return "overturned" not in shown
    return item.when in shown


def _is_shown(item: _Item, shown: set[str], found: Sequence[Found]) -> bool:
    if item.id in shown or any(fact.name in item.facts for fact in found):
        return True
    return item.has_window and any(
        isinstance(fact.value, WindowSaid) and fact.value.for_whom == "patient" for fact in found
    )


@cache
def _book() -> _Book:
    data: dict[str, Any] = resource_json("reading", "notice.json")
    items: Mapping[str, Mapping[str, Any]] = data["items"]
    laws = {row["id"]: row for row in resource_json("rules", "notices.json")["rows"]}
    shows = [(phrase, key) for key, item in items.items() for phrase in item["shown_by"].split("|")]
    shows += [(phrase, name) for name in _ASKED for phrase in data[name].split("|")]
    return _Book(
        tuple(_item(key, item, laws[key]) for key, item in items.items()),
        Phrases(shows),
        frozenset(data["criterion_reasons"]),
    )


def _item(key: str, item: Mapping[str, Any], law: Mapping[str, Any]) -> _Item:
    return _Item(
        key,
        frozenset(item["kinds"]),
        item["when"],
        f"{law['missing']} It may be in an enclosure. ({law['source']})",
        frozenset(item.get("facts", ())),
        "windows" in item,
    )
