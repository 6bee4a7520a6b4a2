"""Tables of amounts: which columns a table has, what stands above each, and its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.importing.sifting.pieces import Piece, PieceRow, Spot

_MOST_HEAD_ROWS: Final = 5
_GAP: Final = 3.2  # heights from a row to the next that still belongs to the same table
_HEAD_GAP: Final = 1.3  # heights from a line of a head to the next
_VALUE: Final = re.compile(r"\d{3}|:\s|\.$")
"""What stands in the head of a letter, but not in that of a table: numbers, values after colons,
the ends of sentences."""
_BETWEEN: Final = 3  # rows of wrapped text that may stand between two rows of amounts
_NEAR: Final = 16.0  # points that a head may stand beside its column
_LINED_UP: Final = 6.0  # points between the edges of values of one column
_HEAD_WORDS: Final = 9
_MOST_WORDS: Final = 30  # in a line of heads without gaps
_KNOWN_WORTH: Final = 3.0
_ANY_WORTH: Final = 0.5
_STRAY_COST: Final = 0.1
_FEW: Final = 3  # heads
_MOST_PIECES: Final = 40  # in a row; no table that people read has more columns

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how far its values reach in points, and the lines of its head from the top down.

    `money` says that amounts stand in it.
    """

    left: float
    right: float
    money: bool
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a piece or nothing for each column, and further text, wrapped or beside them."""

    page: int
    cells: tuple[Piece | None, ...]
    more: tuple[Piece, ...] = ()

    @property
    def texts(self) -> tuple[Piece, ...]:
        """Its pieces that are not amounts, in the order of the paper."""
        cells = [cell for cell in self.cells if cell and not cell.amount]
        return tuple(sorted((*cells, *self.more), key=lambda piece: piece.start))

    @property
    def amounts(self) -> tuple[Piece, ...]:
        """Its amounts, from left to right."""
        return tuple(cell for cell in self.cells if cell and cell.amount)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with at least one column of amounts."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]

    def continues(self, other: Table) -> bool:
        """Say whether the amounts stand in the same columns as those of another table."""
        own = [column for column in self.columns if column.money]
        others = [column for column in other.columns if column.money]
        return len(own) == len(others) and all(map(_overlap, own, others))


def tables_in(rows: Sequence[PieceRow], known: Known) -> Iterator[Table]:
    """Yield the tables of amounts, from the first to the last.

    `known` says whether a text names the amounts of a column or row.
    """
    for start, end in _runs(rows, known):
        columns = _columns(rows[start:end])
        if not 0 < len(columns) <= _MOST_PIECES:
            continue
        heads = _heads(rows, start, columns, known)
        yield Table(
            tuple(
                Column(column.left, column.right, column.money, tuple(head))
                for column, head in zip(columns, heads, strict=True)
            ),
            tuple(_table_rows(rows[start:end], columns)),
        )


def _overlap(one: Column | Piece, other: Column | Piece) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _aligned(one: Piece, other: Piece) -> bool:
    """Say whether two values stand under one another: left, right or centred."""
    left, right = one.left - other.left, one.right - other.right
    return min(abs(left), abs(right), abs(left + right) / 2) <= _LINED_UP


def _runs(rows: Sequence[PieceRow], known: Known) -> Iterator[tuple[int, int]]:
    """Yield first and last (excluded) of the rows that hang together through their amounts."""
    start: int | None = None
    last = 0
    for at, row in enumerate(rows):
        if row.amounts and row.is_prose:
            if start is not None:
                yield start, last + 1
            start = None
            continue
        if not row.amounts or len(row.pieces) > _MOST_PIECES:
            continue
        if start is not None and _parted(rows, last, at, known):
            yield start, last + 1
            start = None
        if start is None:
            start = at
        last = at
    if start is not None:
        yield start, last + 1


def _parted(rows: Sequence[PieceRow], above: int, below: int, known: Known) -> bool:
    """Say whether a new table begins between two rows of amounts."""
    if rows[above].page != rows[below].page or below - above - 1 > _BETWEEN:
        return True
    for upper, lower in zip(rows[above:below], rows[above + 1 : below + 1], strict=True):
        if lower.top - upper.bottom > _GAP * min(upper.height, lower.height):
            return True
    for between in rows[above + 1 : below]:
        over = [
            amount
            for amount in rows[below].amounts
            if any(_overlap(amount, piece) for piece in between.pieces)
        ]
        if len(over) > 1 and len(between.pieces) > 1:
            return True
    if _labels_itself(rows[below], known):
        return True
    alone = len(rows[below].amounts) == 1 < len(rows[above].amounts)
    if alone and any(known(piece.text) for piece in rows[below].pieces if not piece.amount):
        return True
    return not any(
        _aligned(one, other) for one in rows[above].amounts for other in rows[below].amounts
    )


def _labels_itself(row: PieceRow, known: Known) -> bool:
    """Say whether several amounts of a row stand each behind its own name."""
    before = [None, *row.pieces]
    names = [
        known(name.text) if name and not name.amount else False
        for name, piece in zip(before, row.pieces, strict=False)
        if piece.amount
    ]
    return len(names) > 1 and all(names)


def _columns(rows: Sequence[PieceRow]) -> tuple[Column, ...]:
    """Return the columns of amounts, and those of the texts beside them."""
    amounts = list(_clusters([piece for row in rows for piece in row.amounts], money=True))
    most = max(len(row.amounts) for row in rows)
    texts = [
        piece
        for row in rows
        if len(row.amounts) * 2 >= most
        for piece in row.pieces
        if not piece.amount and not any(_overlap(piece, column) for column in amounts)
    ]
    return tuple(sorted((*amounts, *_clusters(texts, money=False)), key=lambda item: item.left))


def _clusters(pieces: Iterable[Piece], *, money: bool) -> Iterator[Column]:
    left = right = None
    for piece in sorted(pieces, key=lambda item: item.left):
        if left is None or right is None:
            left, right = piece.left, piece.right
        elif piece.left < right:
            right = max(right, piece.right)
        else:
            yield Column(left, right, money)
            left, right = piece.left, piece.right
    if left is not None and right is not None:
        yield Column(left, right, money)


def _heads(
    rows: Sequence[PieceRow], first: int, columns: Sequence[Column], known: Known
) -> tuple[list[str], ...]:
    """Return what stands above each column, line by line from the top."""
    heads: tuple[list[str], ...] = tuple([] for _ in columns)
    lines: list[PieceRow] = []
    below = rows[first]
    gap = _GAP
    for row in reversed(rows[max(first - _MOST_HEAD_ROWS, 0) : first]):
        if not _may_head(row, below, gap):
            break
        lines.insert(0, row)
        below, gap = row, _HEAD_GAP
    for row in reversed(lines):
        below_it = [" ".join(head) for head in heads]
        for column, text in _over(row, columns, below_it, known):
            heads[column].insert(0, text)
    return heads


def _may_head(row: PieceRow, below: PieceRow, gap: float) -> bool:
    """Say whether a row may be a part of the head of what stands below it."""
    near = below.top - row.bottom <= gap * min(row.height, below.height)
    most = _MOST_WORDS if len(below.amounts) > 2 else _HEAD_WORDS
    short = all(len(piece.words) <= most for piece in row.pieces) or len(row.pieces) > 2
    labels = [piece.text.endswith(":") for piece in row.pieces]
    valued = [piece for piece in row.pieces if len(piece.words) > 1 and _VALUE.search(piece.text)]
    # over the names of services may stand a month with its year
    titled = valued == list(row.pieces[:1]) and len(row.pieces) > _FEW and len(below.amounts) > 1
    values = (bool(valued) and not titled) or (any(labels) and not all(labels))
    return row.page == below.page and not row.amounts and near and short and not values


def _over(
    row: PieceRow, columns: Sequence[Column], below: Sequence[str], known: Known
) -> Iterator[tuple[int, str]]:
    """Yield the texts of a line of heads, each with the column that it stands above.

    `below` has for each column what was already read in the lines below this one.
    """
    named = all(known(piece.text) for piece, column in _pairs(row, columns) if column.money)
    if len(row.pieces) == len(columns) and (named or _in_order(row, columns)):
        yield from ((at, piece.text) for at, piece in enumerate(row.pieces))
        return
    for piece in row.pieces:
        under = [at for at, column in enumerate(columns) if _overlap(piece, column)]
        if not under:
            nearest = min(range(len(columns)), key=lambda at: _distance(piece, columns[at]))
            if _distance(piece, columns[nearest]) <= _NEAR:
                yield nearest, piece.text
        elif len(under) == 1:
            yield under[0], piece.text
        else:
            yield from _shared(piece, [(at, columns[at], below[at]) for at in under], known)


def _pairs(row: PieceRow, columns: Sequence[Column]) -> Iterator[tuple[Piece, Column]]:
    return zip(row.pieces, columns, strict=False)


def _in_order(row: PieceRow, columns: Sequence[Column]) -> bool:
    """Say whether no text of the row stands above another column than the one of its turn."""
    return not any(
        _overlap(piece, column)
        for at, piece in enumerate(row.pieces)
        for number, column in enumerate(columns)
        if at != number
    )


def _shared(
    piece: Piece, under: Sequence[tuple[int, Column, str]], known: Known
) -> Iterator[tuple[int, str]]:
    """Deal the words of a text over several columns in order.

    The best way to do so makes heads that are known, with the lines below them, and leaves each
    near its column.
    """
    words = piece.words[:_MOST_WORDS]
    best: dict[int, tuple[float, tuple[tuple[int, str], ...]]] = {0: (0.0, ())}
    for at, column, below in under:
        without = _KNOWN_WORTH * known(below)
        reached = {last: (score + without, dealt) for last, (score, dealt) in best.items()}
        for first, (score, dealt) in best.items():
            for last in range(first + 1, min(first + _HEAD_WORDS, len(words)) + 1):
                text = " ".join(word[2] for word in words[first:last])
                far = max(_apart(words[first][0], words[last - 1][1], column), 0.0) / _NEAR
                others = [other for _, other, _ in under if other is not column]
                stray = _STRAY_COST * _strays(words[first:last], column, others)
                whole = score + _KNOWN_WORTH * known(f"{text} {below}") + _ANY_WORTH - far - stray
                if last not in reached or whole > reached[last][0]:
                    reached[last] = whole, (*dealt, (at, text))
        best = reached
    yield from best.get(len(words), (0.0, ()))[1]


def _strays(words: Sequence[Spot], column: Column, others: Sequence[Column]) -> int:
    """Count the words that stand above another column and not above their own."""
    return sum(
        1
        for left, right, _ in words
        if _apart(left, right, column) >= 0
        and any(_apart(left, right, other) < 0 for other in others)
    )


def _distance(piece: Piece, column: Column) -> float:
    return _apart(piece.left, piece.right, column)


def _apart(left: float, right: float, column: Column) -> float:
    """Return how far a text stands beside a column; less than 0 is how far it stands above it."""
    return max(column.left - right, left - column.right)


def _table_rows(rows: Sequence[PieceRow], columns: Sequence[Column]) -> Iterator[TableRow]:
    """Yield the rows of amounts; text between two of them belongs to the nearer one."""
    above: list[PieceRow] = []
    kept: TableRow | None = None
    last: PieceRow | None = None
    for row in rows:
        if not row.amounts:
            above.append(row)
            continue
        mine: list[Piece] = []
        for text in above:
            nearer = last is None or text.top - last.bottom > row.top - text.bottom
            if nearer or kept is None:
                mine += text.pieces
            else:
                kept = TableRow(kept.page, kept.cells, (*kept.more, *text.pieces))
        if kept:
            yield kept
        kept, last, above = _table_row(row, columns, mine), row, []
    if kept:
        yield kept


def _table_row(row: PieceRow, columns: Sequence[Column], above: Sequence[Piece]) -> TableRow:
    cells: list[Piece | None] = [None] * len(columns)
    more = list(above)
    for piece in row.pieces:
        under = [at for at, column in enumerate(columns) if _overlap(piece, column)]
        money = [at for at in under if columns[at].money == bool(piece.amount)] or under
        free = [at for at in money if cells[at] is None]
        if free:
            cells[free[0]] = piece
        elif not piece.amount:
            more.append(piece)
        elif money:
            cells[money[0]] = None  # two amounts in one column: neither is certain
    return TableRow(row.page, tuple(cells), tuple(more))
