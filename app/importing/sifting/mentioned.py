"""Clinics, hospitals and laboratories that running text names without any label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from app.importing.sifting.evidence import Evidence
from app.importing.sifting.folding import folded
from app.importing.sifting.names import Name, has_words, is_word, name_at
from app.importing.sifting.paper import Paper
from app.importing.sifting.roles import pays
from app.resources import resource_json

_WITHOUT: Final = frozenset(
    {"plan_document", "medical_policy", "study", "trial_paper", "genetic_test", "accreditation",
     "certificate_of_analysis", "receipt", "card_slip", "insurance_card", "mail_receipt",
     "envelope", "fax_confirmation"}
)  # fmt: skip
_MENTIONED: Final = 0.6
_BACK: Final = 6  # words that a name has before the word that tells what it is
_WIDE: Final = 60
_WORD_BACK: Final = re.compile(r"([^\s]{1,30})[ \n]$")
_OPENING: Final = "(“\"'["
_SMALL: Final = frozenset({"of", "the", "and", "&", "de", "del", "la", "los", "y", "am"})
_LABELS: Final = frozenset({"facility", "provider", "site", "location", "clinic", "doctor", "at"})
_SURE_PROSE_WORDS: Final = 5
_PROSE_WORDS: Final = 2  # in small letters, by which a line is one of running text
_ELSEWHERE: Final = re.compile(
    r"(?:referr(?:ing|ed)|primary care|reviewed|reviewer|accredited|certified|mail|send|fax|write"
    r"|call|contact|attn|attention|such as|for example|e\.g\.)[^.\n]{0,24}$"
)
_CUT_OFF: Final = re.compile(r"[A-Z][\w'’-]{1,30}\n$")  # a line before it that ends like a name
_CAPITALS: Final = 0.6  # of the letters, from which on capitals tell nothing


def cared_for_at(paper: Paper, kind: str | None) -> Iterator[Evidence]:
    """Yield the one place of care that a paper names; nothing if it names several."""
    text = paper.text
    if kind in _WITHOUT or _is_in_capitals(text):
        return
    found: dict[str, Name] = {}
    plain = folded(text)
    for match in _places().finditer(plain):
        name = _named(text, match.start(), match.end())
        if name and not _ELSEWHERE.search(plain, max(name.start - 40, 0), name.start):
            found.setdefault(name.key, name)
    longest = max(found, key=len, default=None)
    if longest and all(key in longest for key in found):
        yield Evidence("provider", found[longest], _MENTIONED)


def runs_on(text: str, at: int) -> bool:
    """Say whether the line of a place is one of running text, so that names run over its end."""
    start = text.rfind("\n", 0, at) + 1
    if text[max(start, text.rfind("\t", 0, at) + 1) : at].strip():
        return True
    before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    return _is_prose(before)


def ends_line_of_prose(text: str, at: int, end: int) -> bool:
    """Say whether a label at `at` follows a sentence in its line, and the value ends that line.

    So it is in “Benefit maximum was reached. Provider: High Desert”, whose name goes on below.
    """
    start = text.rfind("\n", 0, at) + 1
    before = text[start:at].rstrip()
    if not before.endswith(".") or text[end : end + 1] != "\n":
        return False
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    return _is_prose(before) or _is_prose(above)


def _named(text: str, tail: int, end: int) -> Name | None:
    """Return the name that has its telling word from `tail` to `end`."""
    if not text[tail].isupper():
        return None
    start = tail
    for _ in range(_BACK):
        word = _WORD_BACK.search(text, max(start - _WIDE, 0), start)
        if word is None or not _may_stand_before(text, word, start):
            break
        start = word.start(1)
        if text[start] in _OPENING:
            start += 1
            break
    while start < tail and text[start].islower():
        start = text.find(" ", start) + 1 or tail
    if _CUT_OFF.search(text, max(start - _WIDE, 0), start):
        return None
    name = _whole(text, start, end)
    if name is None or name.end < end or not _is_distinct(name):
        return None
    return None if pays(name) or name.is_agency or _is_reserved(name) else name


def _whole(text: str, start: int, end: int) -> Name | None:
    """Return the name from `start`, which has its telling word before `end`, to its end.

    Where a line of running text breaks it, as in “Hospital Santa” over “Rita”, it goes on below.
    """
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    until = line if text.count("\n", start, end) == 0 else end
    name = name_at(text, start, until, greeted=True)
    if name and name.end == line and _is_prose(text[text.rfind("\n", 0, start) + 1 : start]):
        return name_at(text, start, line + _WIDE, greeted=True)
    return name


def _may_stand_before(text: str, word: re.Match[str], start: int) -> bool:
    written = word[1]
    if written[-1] in ".,;:)" and written.lower() not in {"st.", "mt.", "ft.", "dr."}:
        return False
    if text[start - 1] == "\n" and not _is_prose(text[text.rfind("\n", 0, start - 1) + 1 : start]):
        return False
    bare = written.lstrip(_OPENING)
    if bare.lower() in _LABELS:
        return False
    return bare.lower() in _SMALL or (bare[:1].isupper() and not is_word(bare))


def _is_prose(line: str) -> bool:
    small = re.findall(r"(?<![\w'’])[a-z]{2,20}\b", line)
    labelled = ":" in line or "\t" in line
    return len(small) >= (_SURE_PROSE_WORDS if labelled else _PROSE_WORDS)


def _is_distinct(name: Name) -> bool:
    """Say whether a name has a word that is no common word for care, and is not that alone."""
    return len(name.words) > 1 and name.is_distinct


def _is_reserved(name: Name) -> bool:
    return has_words(name.value, "no_care_place")


def _is_in_capitals(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) > _CAPITALS * letters


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "parties.json")[kind])


@cache
def _places() -> re.Pattern[str]:
    says = sorted(_words("care_places"), key=len, reverse=True)
    spaced = "|".join(re.escape(words).replace(r"\ ", r"[ \n]") for words in says)
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])")
