"""Papers that are text, printed as pages: mail, Word and text files, electronic records."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import pikepdf
from pikepdf import Object

from app.exporting.making import Box
from app.exporting.pdf_source import add_typeset, page_form
from app.exporting.piece import Piece, Readings
from app.exporting.text_kinds import TEXT_KINDS
from app.exporting.typeset import typeset
from app.imaging.text_page import (
    COLUMN_PT,
    HEIGHT_PT,
    MARGIN_PT,
    STEP_PT,
    WIDTH_PT,
    placed_words,
)

_TEMPLATE: Final = "written.typ"
_NO_DAY: Final = date(2000, 1, 1)  # of a document whose pages are taken out of it
_ADVANCE: Final = 1233 / 2048  # of DejaVu Sans Mono, in parts of its size
_TYPE_PT: Final = COLUMN_PT / _ADVANCE
_RUN: Final = re.compile(r"\S+(?: \S+)*")  # spaces side by side are columns, or none are lost
_NOTICE_PT: Final = 1 / 40  # of the shorter side of the page

_Run = tuple[float, float, str]


def add_text(texts: Sequence[str], media_type: str, readings: Readings, piece: Piece) -> None:
    """Append pages of text, given as they were read; only those that are wanted.

    What is blacked out is marked on the page as the window shows it: here the words are meant that
    stand there, wherever they are printed.
    """
    sheets: list[list[_Run]] = []
    boxes: dict[int, tuple[Box, ...]] = {}
    for number, text in enumerate(texts):
        reading = readings.of(number)
        lines = text.split("\n")
        if reading.is_withheld or not readings.wanted.is_in(number):
            lines = []
        elif reading.boxes:
            lines, boxes[number] = _blanked(lines, reading.boxes)
        sheets.append(list(_runs(lines)))
    made = _set(label=f"Printed from {TEXT_KINDS[media_type]}", sheets=sheets)
    add_typeset(made, readings.with_boxes(boxes), piece)


def notice_form(notice: str, size: tuple[float, float], piece: Piece) -> Object:
    """Return a page of this size that says one sentence."""
    made = _set(notice=notice, size=size, type_pt=max(min(size) * _NOTICE_PT, 1.0))
    return page_form(piece.hold(pikepdf.open(io.BytesIO(made))), 0, piece)


def _set(
    *,
    label: str = "",
    sheets: Sequence[Any] = (),
    notice: str = "",
    size: tuple[float, float] = (WIDTH_PT, HEIGHT_PT),
    type_pt: float = _TYPE_PT,
) -> bytes:
    about = {
        "label": label, "sheets": sheets, "notice": notice, "size": type_pt,
        "width": size[0], "height": size[1], "margin": MARGIN_PT,
    }  # fmt: skip
    return typeset(_TEMPLATE, about, title=label or notice, made_on=_NO_DAY)


def _runs(lines: Sequence[str]) -> Iterator[_Run]:
    """Yield the words that stand together, and where they are printed, in points."""
    for row, line in enumerate(lines):
        for run in _RUN.finditer(line):
            yield MARGIN_PT + run.start() * COLUMN_PT, MARGIN_PT + row * STEP_PT, run[0]


def _blanked(lines: Sequence[str], boxes: Sequence[Box]) -> tuple[list[str], tuple[Box, ...]]:
    """Return lines without the words that boxes on the window's page cover, and where they stood.

    Of a box that covers no word its own place is blackened.
    """
    left = [list(line) for line in lines]
    black: list[Box] = []
    words = list(placed_words(lines))
    for box in boxes:
        covered = [(row, at, word) for row, at, word, place in words if _overlap(place, box)]
        for row, at, word in covered:
            left[row][at : at + len(word)] = " " * len(word)
        black += [_printed(row, at, word) for row, at, word in covered] or [box]
    return ["".join(line) for line in left], tuple(black)


def _overlap(one: tuple[float, ...], other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _printed(row: int, column: int, word: str) -> Box:
    x, y = MARGIN_PT + column * COLUMN_PT, MARGIN_PT + row * STEP_PT
    return (
        x / WIDTH_PT, y / HEIGHT_PT,
        min((x + len(word) * COLUMN_PT) / WIDTH_PT, 1.0), (y + STEP_PT) / HEIGHT_PT,
    )  # fmt: skip
