"""Pieces of text become lines as a person reads them."""

from __future__ import annotations

import math
import random

import pytest

from app.importing.lines import Piece, in_reading_order, text_of

ROWS = (("Service", "Date", "Amount"), ("Infusion", "03/14/2026", "$1,284.50"), ("Total", "$12.00"))


def piece(text: str, x: float, y: float, *, width: float = 0, height: float = 20) -> Piece:
    right, bottom = x + (width or 12 * len(text)), y + height
    return Piece(text, (), ((x, y), (right, y), (right, bottom), (x, bottom)))


def tilted(item: Piece, degrees: float) -> Piece:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Piece(
        item.text, (), tuple((x * cos - y * sin, x * sin + y * cos) for x, y in item.corners)
    )


def table() -> list[Piece]:
    return [
        piece(text, 50 + column * 300, 100 + row * 30)
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
    ]


@pytest.mark.parametrize("degrees", [0, 1, -1, 4, -4, 8])
def test_a_row_stays_a_line_on_a_crooked_photo(degrees: float) -> None:
    pieces = [tilted(item, degrees) for item in table()]
    random.Random(4).shuffle(pieces)
    lines = in_reading_order(pieces)
    assert [[item.text for item in line] for line in lines] == [list(row) for row in ROWS]


def test_columns_are_parted_by_two_spaces_and_words_by_one() -> None:
    pieces = [piece("Member", 50, 100), piece("ID:", 130, 101), piece("XG4471902", 400, 99)]
    assert text_of(in_reading_order(pieces)) == "Member ID:  XG4471902"


def test_large_print_beside_small_print_is_one_line() -> None:
    pieces = [piece("Total", 50, 100, height=40), piece("due today", 300, 112, height=16)]
    assert text_of(in_reading_order(pieces)) == "Total  due today"


def test_lines_close_together_stay_apart() -> None:
    pieces = [piece(f"line {row}", 50, 100 + row * 18, height=20) for row in range(8)]
    assert text_of(in_reading_order(pieces)).splitlines() == [f"line {row}" for row in range(8)]


def test_nothing_is_lost_and_nothing_is_made_up() -> None:
    rng = random.Random(11)
    pieces = [piece(f"w{n}", rng.uniform(0, 900), rng.uniform(0, 1200)) for n in range(300)]
    lines = in_reading_order(pieces)
    assert sorted(item.text for line in lines for item in line) == sorted(p.text for p in pieces)


def test_an_empty_page_has_no_lines() -> None:
    assert text_of(in_reading_order([])) == ""
