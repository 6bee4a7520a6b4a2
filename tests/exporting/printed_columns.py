"""Reads amounts back out of a finished PDF with PDFium: where each stands, and in which column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.money import Money

AMOUNT = re.compile(r"\(?\$[\d,]+\.\d\d\)?|(?<![\w–])–(?![\w–])")
_APART = 4.0


@dataclass(frozen=True)
class Printed:
    """An amount: its page, how far down and right its last digit stands, in points."""

    page: int
    down: float
    right: float
    cents: int


def amounts_on(pdf, pages):
    """Return the amounts on some pages of an open PDF, from top to bottom, left to right."""
    found = []
    for number in pages:
        page = pdf[number]
        text = page.get_textpage()
        words = text.get_text_range()
        for match in AMOUNT.finditer(words):
            last = match.end() - 1 - match[0].endswith(")")
            _left, bottom, right, _top = text.get_charbox(last)
            cents = 0 if match[0] == "–" else Money.parse(match[0]).cents
            found.append(Printed(number, page.get_height() - bottom, right, cents))
        text.close()
    return sorted(found, key=lambda each: (each.page, round(each.down), each.right))


def column_of(amounts, right):
    """Return the amounts that end at one place, in printed order, in cents."""
    return [each.cents for each in amounts if abs(each.right - right) < _APART]


def columns_of(amounts):
    """Return the columns of amounts by where they end, from left to right."""
    ends = []
    for right in sorted(each.right for each in amounts):
        if not ends or right - ends[-1] >= _APART:
            ends.append(right)
    return [column_of(amounts, right) for right in ends]


def height_of(pdf, words):
    """Return the page and how far down the first place stands at which these words begin."""
    for number, page in enumerate(pdf):
        text = page.get_textpage()
        place = text.search(words).get_next()
        if place:
            _left, bottom, _right, _top = text.get_charbox(place[0])
            return number, page.get_height() - bottom
    raise LookupError(words)


def between(pdf, start, end):
    """Return the amounts between two texts of a PDF."""
    first, last = height_of(pdf, start), height_of(pdf, end)
    pages = range(first[0], last[0] + 1)
    return [each for each in amounts_on(pdf, pages) if first < (each.page, each.down) < last]
