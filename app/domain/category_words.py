"""Which kind of expense a word means: its id, its label, or what people call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_APART = re.compile(r"[^0-9a-z]+")


def bare_words(typed: str) -> str:
    """Return words without case, signs and doubled blanks: `X-ray` and `x ray` are one."""
    return " ".join(_APART.sub(" ", typed.casefold().replace("’", "").replace("'", "")).split())


def words_of_categories(
    labels: Mapping[str, str], data: Mapping[str, Any]
) -> Mapping[str, str | None]:
    """Return for each bare word the id of the one category it means.

    `labels` gives the label of each id; `data` is the content of `category_words.json`. A word
    that would mean two kinds means none.
    """
    found: dict[str, str | None] = {}
    for key, word in _pairs(labels, data["words"]):
        bare = bare_words(word)
        found[bare] = key if found.get(bare, key) == key else None
    for key in labels:  # an id always means itself
        found[bare_words(key)] = key
    return found


def _pairs(
    labels: Mapping[str, str], words: Mapping[str, Iterable[str]]
) -> Iterable[tuple[str, str]]:
    for key, label in labels.items():
        yield key, label
    for key, called in words.items():
        if key in labels:
            for word in called:
                yield key, word
