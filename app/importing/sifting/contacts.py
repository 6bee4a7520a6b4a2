"""Where an appeal goes: address, fax, telephone and web page that a paper names for appeals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from app.importing.sifting.folding import folded
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper
from app.resources import resource_json

_CONTEXT: Final = 420  # letters before a number in which appeals must be spoken of
_SAME_SENTENCE: Final = 120
_NEAR, _FAR = 0.9, 0.75
_PHONE: Final = re.compile(
    r"(?<![\w.-])(?:\+?1[-. ])?(?:\([2-9]\d{2}\)[ \n]?|[2-9]\d{2}[-. /])\d{3}[-. ]\d{4}(?![\w-])"
)
_NUMBER_REACH: Final = 40  # letters from “fax” to its number
_ZIP: Final = re.compile(r"\b[A-Z]{2}\.?,?\s{1,2}\d{5}(?:-\d{4})?(?!\d)")
_ADDRESS_REACH: Final = 260
_POST: Final = re.compile(
    r"p\.? ?o\.? box|apartado|\bbox \d|\d{1,6} \w|attn|attention|department|unit\b|suite", re.I
)
_WEB: Final = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)[\w-]{1,40}(?:\.[\w-]{1,40}){1,5}(?:/[\w./?=&%#-]{0,80})?"
    r"|(?<![\w@.-])[\w-]{2,40}(?:\.[\w-]{2,40}){0,3}\.(?:com|org|net|gov|example|health|us)"
    r"(?:/[\w./?=&%#-]{0,80})?(?![\w@-])"
)
_TO_LEAD: Final = re.compile(
    r"^(?:(?:the|your|an?|this|su|la|una) )?"
    r"(?:(?:written )?(?:appeal|request|letter|form|apelacion|apelación|solicitud)"
    r"(?: in writing| por escrito)? (?:to|at|a):? )?(?:the |our |el |la )?",
)
_NUMBERED: Final = re.compile(r"\b(?:phone|telephone|fax|tty|call|tel)\b", re.IGNORECASE)
_BREAKS: Final = re.compile(r"\s*[\n\t]+\s*")
_SMALL_WORD: Final = re.compile(r"(?<![\w.'’-])[a-z]{2,}")
_IN_NAMES: Final = {"of", "the", "and", "for", "de", "del", "la", "las", "los", "y"}
_FEW: Final = 2  # words in small letters that an address may have beside those
_COMMAS: Final = re.compile(r",\s*,\s*")
_TRIM: Final = " \t\n:,;.-–—•*"


def contact_facts(paper: Paper) -> tuple[Found, ...]:
    """Return `appeal_address`, `appeal_fax`, `appeal_phone` and `appeal_portal`, as printed.

    Only what the paper says of appeals: not the fax of a pharmacy or of an outside reviewer.
    """
    text, plain = paper.text, folded(paper.text)
    found = [
        *_numbers(text, plain, "fax", "appeal_fax"),
        *_numbers(text, plain, "call", "appeal_phone"),
        *_portals(text, plain),
        *_addresses(text, plain),
    ]
    best: dict[str, Found] = {}
    for item in found:
        if item.name not in best or item.score > best[item.name].score:
            best[item.name] = item
    return tuple(sorted(best.values(), key=lambda item: item.start))


def _numbers(text: str, plain: str, means: str, name: str) -> Iterator[Found]:
    """Yield the first number after each “fax” or “call” that is said of appeals."""
    for cue in _pattern(means).finditer(plain):
        number = _PHONE.search(text, cue.end(), cue.end() + _NUMBER_REACH)
        if number is None or _pattern("fax" if means == "call" else "call").search(
            plain, cue.end(), number.start()
        ):
            continue
        score = _about_appeals(plain, number.start())
        if name == "appeal_phone" and score < _NEAR:
            continue  # the number for questions stands near appeals in many letters
        if score:
            value = " ".join(number[0].split())
            yield Found(name, value, number.start(), number.end(), score)


def _portals(text: str, plain: str) -> Iterator[Found]:
    for match in _WEB.finditer(text):
        score = _about_appeals(plain, match.start())
        if score >= _FAR:
            value = match[0].rstrip(".")
            yield Found("appeal_portal", value, match.start(), match.start() + len(value), score)


def _addresses(text: str, plain: str) -> Iterator[Found]:
    """Yield what stands between “mail your appeal to” and the next ZIP code, in one line."""
    for cue in _pattern("to").finditer(plain):
        end = _ZIP.search(text, cue.end(), cue.end() + _ADDRESS_REACH)
        if end is None:
            continue
        lead = len(text[cue.end() : end.end()]) - len(text[cue.end() : end.end()].lstrip(_TRIM))
        start = cue.end() + lead
        start = end.end() - len(_TO_LEAD.sub("", text[start : end.end()], count=1))
        block = text[start : end.end()]
        score = _NEAR if _pattern("appeal").search(cue[0]) else _about_appeals(plain, cue.start())
        if score and _is_address(block):
            lines = "\n" in text[cue.end() : start]  # lines of an address, or running text
            parts = [part.strip(" :;") for part in _BREAKS.split(block)]
            value = _COMMAS.sub(", ", (", " if lines else " ").join(parts))
            yield Found("appeal_address", value, start, end.end(), score)


def _is_address(block: str) -> bool:
    """Say whether a block is names and an address, and no sentence runs through it."""
    if (
        "\f" in block
        or _NUMBERED.search(block)
        or len(_ZIP.findall(block)) != 1
        or not _POST.search(block)
    ):
        return False
    small = set(_SMALL_WORD.findall(block)) - _IN_NAMES
    return len(small) <= _FEW and block[:1].isalnum()


def _about_appeals(plain: str, at: int) -> float:
    """Return how surely what stands here is said of appeals; 0 if it is of something else."""
    start = max(at - _CONTEXT, plain.rfind("\f", 0, at) + 1)
    said = list(_pattern("appeal").finditer(plain, start, at))
    if not said:
        return 0.0
    last = said[-1]
    if _pattern("other").search(plain, last.end(), at):
        return 0.0
    line = max(plain.rfind("\n", 0, at), start)
    if _pattern("other").search(plain, max(line, at - _SAME_SENTENCE), at):
        return 0.0
    return _NEAR if at - last.end() <= _SAME_SENTENCE else _FAR


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = sorted(resource_json("reading", "contacts.json")[kind], key=len, reverse=True)
    spaced = "|".join(re.escape(word).replace(r"\ ", r"[ \n]") for word in words)
    return re.compile(rf"\b(?:{spaced})\b")
