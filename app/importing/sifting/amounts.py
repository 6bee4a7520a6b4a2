"""Amounts of money in a text: where they stand, and what a misread one must have been."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.domain.money import Money
from app.resources import resource_json

_LETTERS: Final = str.maketrans("OolI|", "00111")
_MISREAD: Final = "A letter was read as a digit in “{text}”."
_MARKS: Final = "The comma, point or space in “{text}” was read as it must have been meant."
_FOREIGN: Final = "“{text}” is printed in another dollar than that of the United States."

_CANDIDATE: Final = re.compile(
    r"""
    (?P<minus>[-−–]\s?)? (?P<open>\(\s?)?
    (?P<currency>(?:US\s?D?\s?|CA?D?\s?|AU?D?\s?)?\$|USD|US|CAD)? \s{0,2}
    (?P<inner>[-−–(])? \s?
    (?P<number>
        (?(currency)\d{1,3}(?:\ \d{3}){1,2}[.,]\d{2}|(?!))
      | [\dOlI|][\dOolI|]{0,6}(?:[.,][\dOolI|]{2,3}){0,4}
      | (?<![.\d])[.]\d{2}
    )
    (?P<late>\ ?[.]\ ?\d{2}(?![\d.,]))?
    """,
    re.VERBOSE,
)
_AFTER: Final = re.compile(r"(?P<close>\s?\))?(?P<credit>-(?![\w$(.])|\s?CR\b)?(?P<debit>\s?DR\b)?")
_STRAY: Final = re.compile(r"[\w%€£]|[.,:/\-−–]\d|\s?[-−–]\s?\$?\d|\s[.]\d|'\d")
_UNIT: Final = re.compile(r"\s?([%a-zA-Z][a-zA-Z.]{0,11})")
_DOLLARS: Final = re.compile(r"\s(?:u\.?s\.? )?d[oó]l(?:lar(?:e?s)?|ares)\b", re.IGNORECASE)
_WORD_BEFORE: Final = re.compile(r"([\w§./-]{1,14})[\s:#.(]{0,3}$")
_LEADERS: Final = ("..", "__", "**", "--")

_MIXED: Final = re.compile(r"(?:0|[1-9]\d{0,2})(?:[.,]\d{3}){0,3}[.,]\d{2}")
_FORMS: Final = (  # form, whether a currency must stand with it, cents a unit, what was mended
    (re.compile(r"(?:0|[1-9]\d{0,7}|[1-9]\d{0,2}(?:,\d{3}){1,3})\.\d{2}"), False, 1, ""),
    (re.compile(r"0|[1-9]\d{0,6}|[1-9]\d{0,2}(?:,\d{3}){1,3}"), True, 100, ""),
    (re.compile(r"\.\d{2}"), True, 1, ""),
    (re.compile(r"\d{1,7} ?\. ?\d{2}"), True, 1, _MARKS),
    (re.compile(r"\d{1,3}(?: \d{3}){1,2}[.,]\d{2}"), True, 1, _MARKS),
    (_MIXED, True, 1, _MARKS),
)
_BARE: Final = re.compile(r"0|[1-9]\d{0,5}")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money at `start` to `end` of the text that it was found in.

    `marked` says that a currency is printed with it; `note` says what was repaired.
    """

    money: Money
    start: int
    end: int
    marked: bool
    score: float = 1.0
    note: str = ""

    @property
    def value(self) -> str:
        """The amount for machines: `1234.50`, `-120.00`."""
        return self.money.plain


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in order: those with a currency, and others with two decimals.

    Dates, phone numbers, codes, quantities, doses, percentages and ranges are none. Slips of the
    pen or of OCR are repaired only where one reading is possible.
    """
    return tuple(_amounts(text))


def amount_of(cell: str) -> Amount | None:
    """Return the amount that a cell of a column of money consists of, also one such as `45`."""
    lead = len(cell) - len(cell.lstrip())
    bare = cell.strip()
    found = amounts_in(bare)
    if len(found) == 1 and not bare[: found[0].start].strip("* ") and not _rest(bare, found[0]):
        only = found[0]
        return Amount(
            only.money, only.start + lead, only.end + lead, only.marked, only.score, only.note
        )
    if _BARE.fullmatch(bare):
        return Amount(Money(int(bare) * 100), lead, lead + len(bare), marked=False, score=0.9)
    if _MIXED.fullmatch(bare):
        money = _money(bare, marked=True)
        if money:
            note = money[1] and _MARKS.format(text=bare)
            return Amount(money[0], lead, lead + len(bare), marked=False, score=0.85, note=note)
    return None


def _rest(cell: str, amount: Amount) -> str:
    """Return what follows an amount in its cell other than the mark of a footnote."""
    return re.sub(r"^\s?(?:[*†‡¹²³]{1,3}|\([a-z0-9]{1,2}\))$", "", cell[amount.end :]).strip()


def _amounts(text: str) -> Iterator[Amount]:
    at = 0
    while found := _CANDIDATE.search(text, at):
        at = found.end()
        amount = _judged(text, found)
        if amount:
            at = max(amount.end, found.end("number"))
            yield amount


def _judged(text: str, found: re.Match[str]) -> Amount | None:
    """Return a candidate as an amount; None where it is something else, or not certain."""
    late = found["late"] if found["late"] and found["currency"] else ""
    end = found.end("late") if late else found.end("number")
    marked = bool(found["currency"] or _DOLLARS.match(text, end))
    if not marked and found["number"].isdigit():
        return None
    money = _money((found["number"] + late).strip(), marked=marked)
    start = _start(text, found)
    if not money or not _stands_alone(text, start, marked=marked):
        return None
    after = _AFTER.match(text, end)
    assert after
    opened = bool(found["open"]) or found["inner"] == "("
    enclosed = opened and bool(after["close"])
    tail = after.end() if enclosed or not after["close"] else end
    if _STRAY.match(text, tail) or _measured(text, tail):
        return None
    credit = after["credit"] if tail == after.end() else None
    minus = bool(found["minus"]) and start == found.start("minus")
    negative = minus or enclosed or bool(credit) or found["inner"] in {"-", "−", "–"}
    start = start if minus or enclosed else _bare_start(found)
    if credit or enclosed:
        end = tail
    return _amount(text[start:end], money, (start, end), found["currency"], negative=negative)


def _amount(
    printed: str,
    money: tuple[Money, str],
    span: tuple[int, int],
    currency: str | None,
    *,
    negative: bool,
) -> Amount:
    value, slip = money
    note = slip.format(text=printed)
    score = 0.85 if slip else 1.0
    if currency and currency[0] in "CA":
        note, score = _FOREIGN.format(text=printed), 0.8
    return Amount(-value if negative else value, *span, bool(currency), score, note)


def _money(number: str, *, marked: bool) -> tuple[Money, str] | None:
    """Return the amount and what was repaired; None where the digits can mean several things."""
    slip = ""
    if re.search(r"[OolI|]", number):
        if sum(map(str.isdigit, number)) < 2 or not re.search(r"[.,].{2}$", number):
            return None
        number, slip = number.translate(_LETTERS), _MISREAD
    for form, needs_mark, cents, repair in _FORMS:
        if form.fullmatch(number) and (marked or not needs_mark):
            return Money(int(re.sub(r"\D", "", number)) * cents), slip or repair
    return None


def _start(text: str, found: re.Match[str]) -> int:
    """Return where a candidate begins; a minus after a word or a number is a dash."""
    if not found["minus"]:
        return _bare_start(found) if not found["open"] else found.start("open")
    at = found.start("minus")
    before = text[at - 1] if at else "\n"
    apart = found["minus"][-1].isspace()
    if before in "\t\n\f:(" or (before == " " and not apart):
        return at
    return found.start("open") if found["open"] else _bare_start(found)


def _bare_start(found: re.Match[str]) -> int:
    return found.start("currency") if found["currency"] else _number_start(found)


def _number_start(found: re.Match[str]) -> int:
    return found.start("inner") if found["inner"] else found.start("number")


def _stands_alone(text: str, start: int, *, marked: bool) -> bool:
    """Say whether nothing before a number makes it a part of something else."""
    before = text[max(start - 20, 0) : start]
    if not before or before[-1] in "\t\n\f":
        return True
    if re.search(r"\d\s?[-−–]\s?$", before):
        return False
    if marked:
        return not before[-1].isalnum()
    last = before[-1]
    if last == ":":
        return not before[-2:-1].isdigit()
    if last in ".,/#§@&+'\"-−–=_*€£¥" or last.isalnum():
        return before[-2:] in _LEADERS or last == "*"
    word = _WORD_BEFORE.search(before)
    return not word or word[1].lower().strip(".") not in _words("before")


def _measured(text: str, end: int) -> bool:
    """Say whether a number counts something: a unit follows it."""
    unit = _UNIT.match(text, end)
    return bool(unit) and unit[1].lower().rstrip(".") in _words("after")


@cache
def _words(side: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "amounts.json")["not_money"][side])
