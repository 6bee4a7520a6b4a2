"""Amounts in sentences, such as “we paid $120.00 of the $300.00 billed”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.domain.money import Money
from app.importing.sifting.amount_roles import plain
from app.importing.sifting.amounts import Amount, amounts_in
from app.importing.sifting.found import Found
from app.resources import resource_json

_SCORE: Final = 0.85
_BREAK: Final = re.compile(
    r"\t|\n(?=\n|[^\n\t]{0,200}\t)|\f|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bInc)(?<!\bDra)(?<!\bNo)"
    r"[.!?;](?=\s+[A-ZÁÉÍÓÚÑ¿¡“\"(•]|\s*$)"
)
_SIGNS: Final = re.compile(r"[,\"“”()]")
_LONGEST: Final = 600  # characters of a sentence; what is longer is none
_MOST: Final = 6  # amounts in a sentence; what has more is a list
_MOST_AMOUNTS: Final = 1_000  # on a paper; a longer one is a list or hostile
_MARK: Final = "@"


@dataclass(frozen=True, slots=True)
class Saying:
    """A way to say what amounts are: a pattern, and the role of each amount in it."""

    name: str
    pattern: re.Pattern[str]
    roles: tuple[str, ...]


def prose_amounts(text: str) -> tuple[Found, ...]:
    """Return the amounts that sentences of a text tell the roles of.

    A sentence that speaks of limits, years, conditions or fees tells nothing.
    """
    return tuple(found for sentence in _sentences(text) for found in _told(*sentence))


def _sentences(text: str) -> Iterator[tuple[str, tuple[Amount, ...]]]:
    """Yield the sentences that have amounts, each with its own amounts in it marked."""
    amounts = amounts_in(text)[:_MOST_AMOUNTS]
    at = 0
    begin = 0
    for end in (*(found.end() for found in _BREAK.finditer(text)), len(text)):
        if at < len(amounts) and amounts[at].start < end < amounts[at].end:
            continue  # the break lies within an amount
        inside: list[Amount] = []
        while at < len(amounts) and amounts[at].end <= end:
            inside.append(amounts[at])
            at += 1
        if inside and end - begin <= _LONGEST and len(inside) <= _MOST:
            yield _marked(text, begin, end, inside), tuple(inside)
        begin = end


def _marked(text: str, begin: int, end: int, amounts: Sequence[Amount]) -> str:
    """Return a sentence in plain lower case with a mark in the place of each amount."""
    parts: list[str] = []
    for amount in amounts:
        parts += [text[begin : amount.start].replace(_MARK, " "), f" {_MARK} "]
        begin = amount.end
    parts.append(text[begin:end].replace(_MARK, " "))
    bare = plain("".join(parts)).replace("’", "'")
    return " ".join(_SIGNS.sub(" ", bare).split())


def _told(sentence: str, amounts: Sequence[Amount]) -> Iterator[Found]:
    if any(stop.search(sentence) for stop in _stops()):
        return
    marks = [found.start() for found in re.finditer(_MARK, sentence)]
    for saying in _sayings():
        for found in saying.pattern.finditer(sentence):
            inside = [at for at, mark in enumerate(marks) if found.start() <= mark < found.end()]
            for at, role in zip(inside, saying.roles, strict=True):
                amount = amounts[at]
                money = Money(abs(amount.money.cents))
                yield Found(
                    role, money.plain, amount.start, amount.end, _SCORE * amount.score, amount.note
                )


@cache
def _data() -> dict[str, Any]:
    return resource_json("reading", "amounts.json")


@cache
def _sayings() -> tuple[Saying, ...]:
    parts: dict[str, str] = _data()["prose_parts"]

    def filled(pattern: str) -> str:
        return re.sub(r"\{([a-z]+)\}", lambda found: parts[found[1]], pattern)

    return tuple(
        Saying(item["name"], re.compile(filled(item["pattern"])), tuple(item["roles"]))
        for item in _data()["prose"]
    )


@cache
def _stops() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(item["pattern"]) for item in _data()["prose_stops"])
