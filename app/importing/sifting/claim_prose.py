"""The charge that a letter decides on where it only mentions it, such as “Claim 4471 ($2,940)”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from app.domain.money import Money
from app.importing.sifting.amount_prose import Sentence, filled, sentences
from app.importing.sifting.amounts import Amount
from app.importing.sifting.found import Found
from app.resources import resource_json

_MENTIONED: Final = 0.75
_ALONE: Final = 0.65


@dataclass(frozen=True, slots=True)
class Mention:
    """A way to mention the charge in question; with `signs` it is told by brackets and commas."""

    name: str
    pattern: re.Pattern[str]
    signs: bool


def charge_in_question(text: str, kind: str | None) -> tuple[Found, ...]:
    """Return what was `billed` for the claim that a letter decides on or asks about.

    It is for letters that say it nowhere else. Sentences about shares, payments, fees and limits
    tell nothing; of several amounts only those in brackets beside their service are certain.
    """
    if kind is not None and kind not in _data()["kinds"]:
        return ()
    told = [sentence for sentence in sentences(text) if not _never().search(sentence.bare)]
    for signs in (True, False):
        found = tuple(item for sentence in told for item in _mentioned(sentence, signs=signs))
        if found and (signs or len({item.value for item in found}) == 1):
            return found
    return tuple(_only_one(told)) if kind else ()


def _mentioned(sentence: Sentence, *, signs: bool) -> Iterator[Found]:
    for mention in _mentions():
        if mention.signs == signs:
            for found in mention.pattern.finditer(sentence.signed if signs else sentence.bare):
                for amount in sentence.amounts_of(found):
                    yield from _billed(amount, _MENTIONED)


def _only_one(told: list[Sentence]) -> Iterator[Found]:
    """Yield the one amount of all sentences if its sentence is about a claim or charge."""
    values = {abs(amount.money.cents) for sentence in told for amount in sentence.amounts}
    for sentence in told:
        about = _about_a_claim().search(sentence.bare)
        if len(values) == 1 and about and not _about_a_payment().search(sentence.bare):
            yield from _billed(sentence.amounts[0], _ALONE)


def _billed(amount: Amount, score: float) -> Iterator[Found]:
    money = Money(abs(amount.money.cents))
    if money > Money():
        yield Found("billed", money.plain, amount.start, amount.end, score * amount.score)


@cache
def _data() -> dict[str, Any]:
    return resource_json("reading", "amounts.json")["charge_in_question"]


@cache
def _mentions() -> tuple[Mention, ...]:
    return tuple(
        Mention(item["name"], re.compile(filled(item["pattern"])), item.get("signs", False))
        for item in _data()["patterns"]
    )


@cache
def _never() -> re.Pattern[str]:
    return re.compile(_data()["never"])


@cache
def _about_a_claim() -> re.Pattern[str]:
    return re.compile(_data()["alone"])


@cache
def _about_a_payment() -> re.Pattern[str]:
    return re.compile(_data()["alone_never"])
