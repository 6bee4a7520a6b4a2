"""Amounts without a currency or cents, such as “1,150” and “0”, under heads that make them such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from app.importing.sifting.amounts import amount_of
from app.importing.sifting.pieces import Piece, PieceRow

_BARE: Final = re.compile(r"-?(?:\d{1,4}|\d{1,3},\d{3})")
"""Five digits without a comma are a code rather than an amount."""
_LONGEST_HEAD: Final = 4  # words
_MOST_WORDS: Final = 24  # in a line of heads
_BESIDE: Final = 6.0  # points that a number may stand beside its head
_MISSED: Final = 2  # rows without amounts after which a table has ended
_LEAST: Final = 2  # heads of a table, amounts of a row


@dataclass(frozen=True, slots=True)
class _Head:
    left: float
    right: float


def with_bare_amounts(rows: Sequence[PieceRow], known: Callable[[str], bool]) -> list[PieceRow]:
    """Return the rows, with the bare numbers under heads of amounts as amounts.

    `known` says whether a text names the amounts of a column. A row counts with two amounts or
    more, for a number alone may be anything.
    """
    read: list[PieceRow] = []
    heads: Sequence[_Head] = ()
    missed = 0
    for at, row in enumerate(rows):
        above = rows[at - 1] if at and rows[at - 1].page == row.page else None
        own = () if row.amounts else tuple(_heads(row, above, known))
        if len(own) >= _LEAST:
            heads, missed = own, 0
        elif heads and above is None:
            heads = ()
        new = _read(row, heads) if heads and len(own) < _LEAST else row
        missed = 0 if len(own) >= _LEAST or new.amounts else missed + 1
        if missed > _MISSED:
            heads = ()
        read.append(new)
    return read


def _heads(row: PieceRow, above: PieceRow | None, known: Callable[[str], bool]) -> Iterator[_Head]:
    """Yield the places of the heads in a row; a head may begin in the row above."""
    for piece in row.pieces:
        over = [
            upper.text
            for upper in (above.pieces if above and not above.amounts else ())
            if upper.left < piece.right and upper.right > piece.left
        ]
        if known(piece.text) or (len(over) == 1 and known(f"{over[0]} {piece.text}")):
            yield _Head(piece.left, piece.right)
        elif 1 < len(piece.words) <= _MOST_WORDS:
            yield from _within(piece, known)


def _within(piece: Piece, known: Callable[[str], bool]) -> Iterator[_Head]:
    """Yield the heads that a line without gaps consists of, the longest first."""
    words, at = piece.words, 0
    while at < len(words):
        for last in range(min(at + _LONGEST_HEAD, len(words)), at, -1):
            if known(" ".join(word[2] for word in words[at:last])):
                yield _Head(words[at][0], words[last - 1][1])
                at = last - 1
                break
        at += 1


def _read(row: PieceRow, heads: Sequence[_Head]) -> PieceRow:
    pieces = tuple(part for piece in row.pieces for part in _parts(piece, heads))
    amounts = tuple(piece for piece in pieces if piece.amount)
    return replace(row, pieces=pieces, amounts=amounts) if len(amounts) >= _LEAST else row


def _parts(piece: Piece, heads: Sequence[_Head]) -> Iterator[Piece]:
    """Part a text into its bare amounts and what stands between them."""
    words = piece.text.split(" ")
    if piece.amount or len(words) != len(piece.words):
        yield piece
        return
    starts = list(accumulate((len(word) + 1 for word in words[:-1]), initial=piece.start))
    first = 0
    for at, word in enumerate(words):
        left, right, _ = piece.words[at]
        under = any(left < head.right + _BESIDE and right > head.left - _BESIDE for head in heads)
        amount = amount_of(word.replace(",", "")) if under and _BARE.fullmatch(word) else None
        if amount:
            if at > first:
                yield _cut(piece, words, starts, first, at)
            end = starts[at] + len(word)
            yield replace(
                _cut(piece, words, starts, at, at + 1),
                amount=replace(amount, start=starts[at], end=end),
            )
            first = at + 1
    if first < len(words):
        yield _cut(piece, words, starts, first, len(words))


def _cut(piece: Piece, words: list[str], starts: list[int], first: int, last: int) -> Piece:
    return replace(
        piece,
        start=starts[first],
        end=starts[last - 1] + len(words[last - 1]),
        words=piece.words[first:last],
        text=" ".join(words[first:last]),
    )
