"""The patterns of `resources/reading/windows.json`, each with its name, and where they match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from app.resources import resource_json

FILES: Final = ("windows.json", "windows_es.json")

Role = Literal["patient", "provider", "plan", "none"]
"""Who acts, by a turn of phrase; `none` is a phrase that makes a length no window."""

_WORD: Final = re.compile(r"<([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern: `group` is its place in the file, such as `groups.patient`."""

    group: str
    kind: str
    name: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A pattern that matched at `start` to `end` of a plain sentence."""

    kind: str
    name: str
    start: int
    end: int

    def overlaps(self, other: Mark) -> bool:
        """Say whether the two share a letter."""
        return self.start < other.end and other.start < self.end


@cache
def patterns(group: str) -> tuple[Pattern, ...]:
    """Return the patterns of a group of all languages, in the order of the files."""
    return tuple(
        pattern for file in FILES for pattern in patterns_of(file) if pattern.group == group
    )


@cache
def joined(group: str) -> re.Pattern[str]:
    """Return all patterns of a group as one, where nobody asks which of them it was."""
    return re.compile("|".join(f"(?:{item.regex.pattern})" for item in patterns(group)))


@cache
def ending(group: str) -> re.Pattern[str]:
    """Return all patterns of a group as one that must reach the end of what is searched."""
    return re.compile(f"(?:{joined(group).pattern})[ :(]*$")


def marks(text: str, group: str) -> Iterator[Mark]:
    """Yield where the patterns of a group match."""
    for pattern in patterns(group):
        for match in pattern.regex.finditer(text):
            if match.end() > match.start():
                yield Mark(pattern.kind, pattern.name, match.start(), match.end())


@cache
def patterns_of(file: str) -> tuple[Pattern, ...]:
    """Return the patterns of one file of `FILES`."""
    data: dict[str, Any] = resource_json("reading", file)
    words: dict[str, str] = data["words"]
    return tuple(
        Pattern(group, kind, name, re.compile(_spelled(text, words)))
        for group in data
        if group not in ("about", "words")
        for kind, name, text in _entries(data[group])
    )


def _entries(group: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for kind, entry in group.items():
        if isinstance(entry, str):
            yield kind, kind, entry
            continue
        for name, text in entry.items():
            yield kind, name, text


def _spelled(text: str, words: Mapping[str, str]) -> str:
    """Put the words in for their names; words may use words."""
    while match := _WORD.search(text):
        text = f"{text[: match.start()]}{words[match[1]]}{text[match.end() :]}"
    return text
