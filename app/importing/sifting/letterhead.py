"""Whose paper it is, where no label says so: letterhead, closing, and what a payer says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from app.importing.sifting.evidence import Evidence
from app.importing.sifting.folding import folded
from app.importing.sifting.names import Name, has_words, is_known_insurer, name_at
from app.importing.sifting.pairs import Cell
from app.importing.sifting.paper import Paper
from app.resources import resource_json

_HEAD_ROWS: Final = 9
_FOOT_ROWS: Final = 6  # after “Sincerely”
_STRONG, _WEAK, _NEUTRAL, _PROVIDER, _SUBJECT, _CLOSING = 0.88, 0.8, 0.65, 0.75, 0.72, 0.72
_AFTER_NAME: Final = re.compile(r"\s*(?:$|[-–—|•·(,]|®|™)")
_NOT_HEAD: Final = re.compile(r"^(?:dear|estimad|hello|hola|to:|re:|date|fecha)\b")
_WORD_BACK: Final = re.compile(r"(\S{1,40})[ \n]?$")
_BACK: Final = 9  # words that a name before a verb may have
_CLOSINGS: Final = re.compile(r"\b(?:sincerely|regards|respectfully|atentamente|cordialmente)\b")
_WIDE: Final = 90


def whose_paper(paper: Paper) -> Iterator[Evidence]:
    """Yield insurers and providers from the head, the closing and the sentences of a paper."""
    plain = folded(paper.text)
    payer = _count("payer_talk", plain) > _count("bill_talk", plain)
    for number, name in enumerate(_heads(paper)):
        yield from _of_head(name, payer=payer, first=number == 0)
    yield from _closing(paper, plain)
    yield from _subjects(paper.text, plain)


def _heads(paper: Paper) -> Iterator[Name]:
    """Yield what may be names of organisations in the first rows of the paper."""
    for row in paper.rows[:_HEAD_ROWS]:
        for cell in row:
            if _NOT_HEAD.match(folded(cell.text)):
                return
            name = _organisation(paper.text, cell)
            if name:
                yield name


def _organisation(text: str, cell: Cell) -> Name | None:
    end = cell.end
    if text[end : end + 4].lower() == "\nof ":  # a long name goes on in the next line
        line = text.find("\n", end + 1)
        end = len(text) if line < 0 else line
    name = name_at(text, cell.start, end)
    if name is None or not _AFTER_NAME.match(text, name.end, end) or _is_title(name):
        return None
    return None if len(name.key) < 4 else name


def _is_title(name: Name) -> bool:
    return folded(name.value).split()[0].strip(",.:") in _words("letterhead_titles")


def _of_head(name: Name, *, payer: bool, first: bool) -> Iterator[Evidence]:
    known = is_known_insurer(name.value)
    if known or has_words(name.value, "strong_insurer_words"):
        yield Evidence("insurer", name, _STRONG if first else _WEAK)
    elif has_words(name.value, "provider_words"):
        if not payer:
            yield Evidence("provider", name, _PROVIDER)
    elif has_words(name.value, "insurer_words") and not name.has_credentials:
        yield Evidence("insurer", name, _WEAK if first else _SUBJECT)
    elif payer and first and not name.is_person and len(name.words) > 1:
        yield Evidence("insurer", name, _NEUTRAL)


def _closing(paper: Paper, plain: str) -> Iterator[Evidence]:
    """Yield the insurers named under the signature."""
    for match in _CLOSINGS.finditer(plain):
        at = next((n for n, row in enumerate(paper.rows) if row[0].start > match.start()), None)
        for row in paper.rows[at : at + _FOOT_ROWS] if at is not None else ():
            name = _organisation(paper.text, row[0])
            if name and _may_be_payer(name):
                yield Evidence("insurer", name, _CLOSING)


def _subjects(text: str, plain: str) -> Iterator[Evidence]:
    """Yield the insurers that a sentence says something of: “Acme Health Plan has denied”."""
    for match in _verbs().finditer(plain):
        name = _name_before(text, match.start())
        if name and _may_be_payer(name):
            yield Evidence("insurer", name, _SUBJECT)


def _name_before(text: str, end: int) -> Name | None:
    start = end
    least = max(end - _WIDE, 0)
    found = None
    for _ in range(_BACK):
        word = _WORD_BACK.search(text, least, start)
        if word is None:
            break
        start = word.start(1)
        if not (word[1][:1].isupper() or word[1].lower() in {"of", "the", "and", "&"}):
            break
        name = name_at(text, start, end)
        if name and not text[name.end : end].strip(" \n") and word[1][:1].isupper():
            found = name
    return found


def _may_be_payer(name: Name) -> bool:
    if has_words(name.value, "provider_words") or name.is_titled or name.has_credentials:
        return False
    return (name.is_insurer or has_words(name.value, "insurer_words")) and not _is_title(name)


def _count(kind: str, plain: str) -> int:
    return sum(phrase in plain for phrase in _words(kind))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "parties.json")[kind])


@cache
def _verbs() -> re.Pattern[str]:
    says = sorted(_words("payer_says"), key=len, reverse=True)
    spaced = "|".join(re.escape(words).replace(r"\ ", r"\s") for words in says)
    return re.compile(rf"(?<=[ \n])(?:{spaced})\b")
