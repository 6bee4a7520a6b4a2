"""Numbers as papers print them: which words after a label are its number, and which never are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.importing.sifting.folding import folded
from app.importing.sifting.tampering import is_tampered
from app.resources import resource_json

_TOKEN: Final = re.compile(r"[A-Za-z0-9*](?:[-/._–#]?[A-Za-z0-9*]){0,39}")
_WRAPPED: Final = re.compile(r"[-–]\n(?=[A-Za-z]{0,5}\d)")
_LETTERS: Final = re.compile(r"([A-Z]{2,8}(?:-[A-Z]{1,8}){0,2})[.,;]?")
_WORDS: Final = 6  # a number may consist of
_SHORT: Final = 6  # letters and digits of a group, where a number is printed in groups
_PREFIX: Final = 5  # letters that may stand before the digits as a word of their own
_PREFIXED_DIGITS: Final = 3  # after letters that are a word of their own
_SURE_DIGITS: Final = 4  # with so many, small letters are no “10mg” or “2nd”
_DEPENDENT: Final = re.compile(r"0\d")  # whom of a family a number means
_FULL_OF_GROUPS: Final = re.compile(r"\d{2,8}(?: \d{2,8}){0,3}[.,;)]?(?:$|(?=\n))")
_DATE: Final = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])"
)
_PHONE: Final = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. /]{1,2}\d{3}[-. ]\d{4}")
_SOCIAL_SECURITY: Final = re.compile(r"[\dXx*]{3}[- ][\dXx*]{2}[- ]\d{4}")
_AMOUNT: Final = re.compile(r"\d{1,6}\.\d{2}")
_DIAGNOSIS: Final = re.compile(r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}")
_RANGE: Final = re.compile(r"\d{1,4}\.\d{1,3}[-–]\d{1,4}(?:\.\d{1,3})?|\d{1,4}[-–]\d{1,4}\.\d{1,3}")
_FORM: Final = re.compile(r"0938-\d{4}")  # what the budget office calls forms of Medicare
_COVERED: Final = "X" * 3
_UNKNOWN_NEXT: Final = re.compile(
    r"-\s{0,3}(?:\n|$)|[-–—/_.#]?(?:[^\W\d_A-Za-z]|[\u202a-\u202e\u2066-\u2069])"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_GOES_ON: Final = re.compile(r"%|@|:\d|,\d{3}(?!\d)|\)\s?\d{3}-| of \d")


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `start` to `end` of the text; `value` is it in one line, as printed."""

    value: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """Its letters and digits, to compare."""
        return "".join(filter(str.isalnum, self.value)).upper()

    @property
    def digits(self) -> int:
        """How many digits it has."""
        return sum(map(str.isdigit, self.value))

    @property
    def hidden(self) -> bool:
        """Whether some of it is covered by stars or x."""
        return "*" in self.value or _COVERED in self.value.upper()

    @property
    def form(self) -> str:
        """Its shape: A for letters, 9 for digits, other marks as they are."""
        return re.sub(r"\d+", "9", re.sub(r"[A-Za-z*]+", "A", self.value))


def number_at(text: str, start: int, end: int) -> Number | None:
    """Return the number that begins right at `start` and lies before `end`; None if none does.

    Dates, telephone and social security numbers, amounts, years and words are none.
    """
    words: list[tuple[str, int]] = []
    at = start
    while len(words) < _WORDS and (word := _word_at(text, at, end)):
        written, stop = word
        if not (_goes_on(text, words, word, end) if words else _begins(written, text, stop)):
            break
        words.append(word)
        if text[stop : stop + 1] != " ":
            break
        at = stop + 1
    while words and not _has_digit(words[-1][0]):
        words.pop()
    if not words:
        return None
    found = Number(" ".join(written for written, _ in words), start, words[-1][1])
    return None if _is_other(text, found) else found


def letters_at(text: str, start: int, end: int) -> Number | None:
    """Return the code of capital letters alone, such as “IND-EX”, that fills a cell or line."""
    code = _LETTERS.fullmatch(text[start:end])
    if code is None or code[1].lower() in _not_values():
        return None
    return Number(code[1], start, start + code.end(1))


def _word_at(text: str, at: int, end: int) -> tuple[str, int] | None:
    """Return a word of a number and where it ends, put together if a line clips it."""
    token = _TOKEN.match(text, at, end)
    if token is None:
        return None
    if token.end() >= end - 1 and (wrap := _WRAPPED.match(text, token.end())):
        following = _TOKEN.match(text, wrap.end())
        if following and _has_digit(following[0]):
            return f"{token[0]}-{following[0]}", following.end()
    return token[0], token.end()


def _begins(written: str, text: str, stop: int) -> bool:
    if not _has_digit(written):
        short = written.isupper() and len(written) <= _PREFIX
        return short and text[stop : stop + 1] == " " and written.lower() not in _not_values()
    small = any(map(str.islower, written))
    return not small or sum(map(str.isdigit, written)) >= _SURE_DIGITS


def _goes_on(text: str, words: list[tuple[str, int]], word: tuple[str, int], end: int) -> bool:
    """Say whether a further word belongs to the number: a group of digits, or the cell's last."""
    written, stop = word
    if any(map(str.islower, written)) or _DATE.fullmatch(written) or _AMOUNT.fullmatch(written):
        return False
    if not _has_digit(written) or _GOES_ON.match(text, stop):
        return False
    following = re.match(r" ([a-z]{1,9})", folded(text[stop : stop + 12]))
    if following and following[1] in _units():
        return False
    lettered = not _has_digit(words[0][0])  # “XDJ 771A40882”
    full = not lettered and _FULL_OF_GROUPS.match(text, stop - len(written), end)
    if _DEPENDENT.fullmatch(written) or full or (lettered and len(words) == 1):
        return True
    groups = all(len(before) <= _SHORT for before, _ in words) and len(written) <= _SHORT
    return groups or (stop >= end and len(written) <= _SHORT)


def _is_other(text: str, found: Number) -> bool:
    """Say whether it is a date, telephone number or the like, or only the start of something."""
    value = found.value
    if not _has_digit(value.split()[0]) and found.digits < _PREFIXED_DIGITS:
        return True
    if is_tampered(text, found.start, found.end) or _UNKNOWN_NEXT.match(text, found.end):
        return True  # “7788-ÿ1234” is more than “7788”
    if _GOES_ON.match(text, found.end) or text[max(found.start - 1, 0)] in "$@.,+":
        return True
    if _PHONE.match(text, max(found.start - 1, 0)) or _PHONE.match(text, found.start):
        return True
    return any(
        shape.fullmatch(value)
        for shape in (_DATE, _PHONE, _SOCIAL_SECURITY, _AMOUNT, _YEAR, _RANGE, _FORM, _DIAGNOSIS)
    )


def _has_digit(written: str) -> bool:
    return any(map(str.isdigit, written))


@cache
def _not_values() -> frozenset[str]:
    return frozenset(resource_json("reading", "labels.json")["not_values"])


@cache
def _units() -> frozenset[str]:
    return frozenset(resource_json("reading", "labels.json")["units"])
