"""The amount of a check, in digits and, where they are legible, in words."""

from __future__ import annotations

import re
from typing import Final

from app.domain.money import Money
from app.importing.sifting.amount_roles import plain
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper

_ORDER: Final = re.compile(r"\bto\s+the\s+order\s+of\b|\ba\s+la\s+orden\s+de\b")
_DIGITS: Final = re.compile(
    r"\$ ?[*x#=]{0,12} ?(?P<number>\d{1,3}(?:,\d{3}){1,2}\.\d{2}|\d{1,6}\.\d{2})(?![\d.,])"
)
"""Stars before it keep anybody from adding digits."""
_CENTS: Final = re.compile(
    r"(?P<words>(?:[a-z]{1,10}[ \n-]{1,3}){1,12})(?P<cents>\d{2}|no|xx|00) ?/ ?(?:100|xx)"
)
_SURE: Final = 0.95
_UNCONFIRMED: Final = 0.85
_HUNDRED: Final = 100
_THOUSAND: Final = 1_000

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS: Final = {word: at for at, word in enumerate(_ONES)} | {
    word: 10 * at for at, word in enumerate(_TENS, start=2)
}


def is_check(paper: Paper) -> bool:
    """Say whether a paper asks to pay to somebody's order, as checks do."""
    return _ORDER.search(plain(paper.text)) is not None


def check_amount(paper: Paper) -> tuple[Found, ...]:
    """Return the `total` of a check: the one amount in digits, or that which its words confirm."""
    said = _in_words(paper.text)
    found = [(_money(match), match) for match in _DIGITS.finditer(paper.text)]
    known = {money for money, _ in found}
    if said in known:
        wanted, score = said, _SURE
    elif len(known) == 1 and said is None:
        wanted, score = known.pop(), _UNCONFIRMED
    else:
        return ()
    match = next(match for money, match in found if money == wanted)
    assert wanted
    return (Found("total", wanted.plain, match.start(), match.end(), score),)


def _money(match: re.Match[str]) -> Money:
    return Money(int(re.sub(r"\D", "", match["number"])))


def _in_words(text: str) -> Money | None:
    """Return the amount that is written out before its cents, such as “Ten and 50/100”."""
    for match in _CENTS.finditer(plain(text)):
        words = [word for word in re.split(r"[ \n-]+", match["words"]) if word]
        number = _number([word for word in words if word not in {"and", "dollars", "exactly"}])
        if number is not None:
            cents = int(match["cents"]) if match["cents"].isdigit() else 0
            return Money(number * _HUNDRED + cents)
    return None


def _number(words: list[str]) -> int | None:
    """Return the number at the end of a row of words; None where they end with another."""
    known = {*_NUMBERS, "hundred", "thousand"}
    first = len(words)
    while first and words[first - 1] in known:
        first -= 1
    if first == len(words):
        return None
    whole = part = 0
    for word in words[first:]:
        if word == "hundred":
            part = max(part, 1) * _HUNDRED
        elif word == "thousand":
            whole, part = whole + max(part, 1) * _THOUSAND, 0
        else:
            part += _NUMBERS[word]
    return whole + part
