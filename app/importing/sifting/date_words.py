"""What labels and sentences say that a date is for, from `resources/reading/date_*.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from app.importing.sifting.folding import folded
from app.resources import resource_json

_MOST_WORDS: Final = 9  # of a label
_LONGEST_LABEL: Final = 90  # characters before a date in which its label is sought
_LONGEST_STEMMED: Final = 40  # letters of a label that is known only by its stem
_SLIPPED: Final = re.compile(r"(?<=[a-z])[01]|[01](?=[a-z])")
_NOT_LETTERS: Final = re.compile("[^a-z]+")
_PARTS: Final = re.compile(r"[:;|•·]\s|[:;|•·]$|\S*[0-9]{2}\S*\s?")
_SAYS_DATE: Final = re.compile("date(?!d$)|fecha(?!d[oa]$)|dos(?:from|to|thru)?$|dob$")
_OPEN: Final = re.compile(r"\b(?:of|for|the|this|your|de|del|la|el|los|su|este|esta)$")
_MARK: Final = re.compile(r"[:#=]\s?$|\.{3,}\s?$|_{2,}\s?$")


@dataclass(frozen=True, slots=True)
class Said:
    """What a label or phrase says: the role, the pattern's name, how sure, and its rank.

    `in_prose` tells what a sentence says from what a label does.
    """

    role: str
    name: str
    score: float
    rank: int = 0
    in_prose: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    said: Said
    pattern: re.Pattern[str]
    is_whole: bool = False
    is_after: bool = False


@dataclass(frozen=True, slots=True)
class RoleBook:
    """The data files, compiled."""

    labels: tuple[_Rule, ...]
    stems: tuple[_Rule, ...]
    phrases: tuple[_Rule, ...]
    link: re.Pattern[str]
    signs: Mapping[str, re.Pattern[str]]
    emitted: Mapping[str, str]
    not_emitted: Mapping[str, frozenset[str]]
    bare_date_role: Mapping[str, str]
    no_letter_date: frozenset[str]
    own_date: Mapping[str, Sequence[str]]
    role_of_kind: Mapping[str, Mapping[str, str]]
    no_service_in_prose: frozenset[str]
    alone_is_service: frozenset[str]
    purchase_kinds: frozenset[str]


@cache
def role_book() -> RoleBook:
    """Return the rules of the data files."""
    roles = resource_json("reading", "date_roles.json")
    phrases = resource_json("reading", "date_phrases.json")
    return RoleBook(
        tuple(map(_label, roles["labels"])),
        tuple(map(_label, roles["stems"])),
        tuple(map(_phrase, phrases["phrases"])),
        re.compile(rf"\s{{0,2}}{roles['links']['pattern']}\s{{0,2}}[:.]?$"),
        {
            entry["name"]: re.compile(entry["pattern"])
            for group in ("fax_line", "time", "table_words", "letter_signs", "receipt_signs",
                          "signature_signs",
                          "cover_signs")
            for entry in phrases[group]
        },
        roles["emitted"],
        {role: frozenset(kinds) for role, kinds in roles["not_emitted"].items()},
        roles["bare_date_role"],
        frozenset(roles["no_letter_date"]),
        roles["own_date"],
        roles["role_of_kind"],
        frozenset(roles["no_service_in_prose"]),
        frozenset(roles["alone_is_service"]),
        frozenset(roles["purchase_kinds"]),
    )  # fmt: skip


def label_at_end(text: str) -> Said | None:
    """Return what the label says that a text ends with; text without letters says nothing.

    A label must be all that stands after the last number or colon, unless a colon follows it or
    it has a word for date in it.
    """
    plain = folded(text[-_LONGEST_LABEL:])
    if plain.rstrip(" :").endswith("#"):
        return None
    marked = _MARK.search(plain) is not None
    words = _last_part(plain).split()
    if not words:
        return None
    for first in range(max(len(words) - _MOST_WORDS, 0), len(words)):
        label = " ".join(words[first:])
        rule = _rule_of(compact(label)) or _rule_of(compact(_without_links(label)))
        if rule is None or (first and rule.is_whole):
            continue
        if not first or marked or _SAYS_DATE.search(compact(label)):
            return rule.said
    return None


def label_of(text: str, *, exactly: bool = False) -> Said | None:
    """Return what a label says, taken as a whole; `exactly` without going by stems alone."""
    plain = _without_links(folded(text[: _LONGEST_LABEL + 1]))
    find = _label_rule if exactly else _rule_of
    rule = find(compact(text)) or find(compact(plain))
    return rule.said if rule else None


def is_marked(text: str) -> bool:
    """Say whether a text ends with a colon or other mark of a label."""
    return _MARK.search(text) is not None


def is_open(label: str) -> bool:
    """Say whether a label ends with a word that something must follow, such as “of”."""
    return _OPEN.search(folded(label).rstrip()) is not None


def phrase_around(before: str, after: str) -> Said | None:
    """Return what a sentence says of the date between these two parts of it, folded."""
    spoken = any(map(str.isalpha, before)), any(map(str.isalpha, after))
    for rule in role_book().phrases:
        if rule.is_after:
            if spoken[1] and rule.pattern.match(after):
                return rule.said
        elif spoken[0] and rule.pattern.search(before):
            return rule.said
    return None


def compact(text: str) -> str:
    """Return only the letters of a text, so that lost spaces and marks do not matter."""
    plain = _SLIPPED.sub(lambda slip: "lo"[slip[0] == "0"], folded(text))
    return _NOT_LETTERS.sub("", plain)


def _last_part(plain: str) -> str:
    """Return what stands after the last number or colon that does not end the text."""
    body = _MARK.sub("", plain).rstrip(" .:#=_-–—(\t\n")
    start = 0
    for match in _PARTS.finditer(body):
        start = match.end()
    return body[start:]


def _without_links(label: str) -> str:
    link = role_book().link
    for _ in range(3):
        label = link.sub("", label.rstrip(" :.#(=-"))
    return label


def _rule_of(label: str) -> _Rule | None:
    known = _label_rule(label)
    if known or not _SAYS_DATE.search(label) or len(label) > _LONGEST_STEMMED:
        return known
    return next((rule for rule in role_book().stems if rule.pattern.search(label)), None)


@lru_cache(maxsize=4096)
def _label_rule(label: str) -> _Rule | None:
    if not label or len(label) > _LONGEST_LABEL:
        return None
    return next((rule for rule in role_book().labels if rule.pattern.fullmatch(label)), None)


def _label(entry: Mapping[str, Any]) -> _Rule:
    said = Said(entry["role"], entry["name"], 0.95, entry.get("rank", 0))
    source = entry["pattern"].replace(" ?", "").replace(" ", "")
    return _Rule(said, re.compile(source), bool(entry.get("whole")))


def _phrase(entry: Mapping[str, Any]) -> _Rule:
    said = Said(
        entry["role"], entry["name"], entry.get("score", 0.8), 3, in_prose=not entry.get("explicit")
    )
    is_after = "after" in entry
    source = entry["after"] if is_after else entry["before"] + r"[\s,:(]{0,3}$"
    source = source.replace("~", "[^.;]{0,70}?").replace(" ", r"\s{0,2}")
    return _Rule(said, re.compile(source), is_after=is_after)


def signs(name: str, text: str) -> bool:
    """Say whether a folded text has the signs of this name."""
    return role_book().signs[name].search(text) is not None
