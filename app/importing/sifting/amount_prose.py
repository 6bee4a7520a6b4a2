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
_BRACKETS: Final = re.compile(r"([(),])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with amounts, in plain lower case with a mark, `@`, in the place of each.

    In `signed` its brackets and commas stand too, as words of their own.
    """

    bare: str
    signed: str
    amounts: tuple[Amount, ...]

    def amounts_of(self, found: re.Match[str]) -> list[Amount]:
        """Return the amounts whose marks lie within a match in `bare` or `signed`."""
        marks = [mark.start() for mark in re.finditer(_MARK, found.string)]
        return [
            amount
            for amount, mark in zip(self.amounts, marks, strict=True)
            if found.start() <= mark < found.end()
        ]


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
    return tuple(found for sentence in _sentences(text) for found in _told(sentence))


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences that have amounts and may say what was billed."""
    for sentence in _sentences(text):
        if not _is_stopped(sentence, "billed"):
            yield sentence


def filled(pattern: str) -> str:
    """Return a pattern of the data with its parts put in."""
    parts: dict[str, str] = _data()["prose_parts"]
    return re.sub(r"\{([a-z]+)\}", lambda found: parts[found[1]], pattern)


def _sentences(text: str) -> Iterator[Sentence]:
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
            yield _marked(text, begin, end, inside)
        begin = end


def _marked(text: str, begin: int, end: int, amounts: Sequence[Amount]) -> Sentence:
    parts: list[str] = []
    for amount in amounts:
        enclosed = text[amount.start] == "("
        parts += [
            text[begin : amount.start].replace(_MARK, " "),
            f" ( {_MARK} ) " if enclosed else f" {_MARK} ",
        ]
        begin = amount.end
    parts.append(text[begin:end].replace(_MARK, " "))
    lower = plain("".join(parts)).replace("’", "'")
    signed = _BRACKETS.sub(r" \1 ", lower)
    return Sentence(_spaced(_SIGNS.sub(" ", lower)), _spaced(signed), tuple(amounts))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _is_stopped(sentence: Sentence, role: str) -> bool:
    """Say whether a sentence speaks of limits, years, conditions or fees.

    A condition after the last amount does not change what was billed.
    """
    until = sentence.bare.rindex(_MARK) + 1 if role == "billed" else len(sentence.bare)
    return any(stop.search(sentence.bare) for stop in _stops(before=False)) or any(
        stop.search(sentence.bare, 0, until) for stop in _stops(before=True)
    )


def _told(sentence: Sentence) -> Iterator[Found]:
    stopped = {role: _is_stopped(sentence, role) for role in ("billed", "")}
    if stopped["billed"]:
        return
    for saying in _sayings():
        if stopped[""] and set(saying.roles) != {"billed"}:
            continue
        for found in saying.pattern.finditer(sentence.bare):
            for amount, role in zip(sentence.amounts_of(found), saying.roles, strict=True):
                money = Money(abs(amount.money.cents))
                yield Found(
                    role, money.plain, amount.start, amount.end, _SCORE * amount.score, amount.note
                )


@cache
def _data() -> dict[str, Any]:
    return resource_json("reading", "amounts.json")


@cache
def _sayings() -> tuple[Saying, ...]:
    return tuple(
        Saying(item["name"], re.compile(filled(item["pattern"])), tuple(item["roles"]))
        for item in _data()["prose"]
    )


@cache
def _stops(*, before: bool) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(item["pattern"])
        for item in _data()["prose_stops"]
        if item.get("before", False) == before
    )
