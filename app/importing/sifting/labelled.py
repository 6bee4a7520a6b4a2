"""Labels of a lexicon wherever a paper prints them, and where the value of each may begin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any, Final, Literal

from app.importing.sifting.folding import folded
from app.importing.sifting.grid import Grid
from app.importing.sifting.misread import labels_mended
from app.importing.sifting.pairs import Cell
from app.importing.sifting.paper import Paper
from app.resources import resource_json

How = Literal["marked", "plain"]
"""Announced by a colon, number sign or cell border, or by words alone."""

_GAP: Final = r"[ \n.\-_/'’(]{0,3}"  # between the words of a label
_BLANK: Final = r"[ \t:#=.,\-–—_()/*|\"“”]{0,40}"  # between a label and its value
_MARKS: Final = frozenset("#:=\t")
_TAIL: Final = " :.#*()’'"
_NOT_BARE: Final = frozenset('\n\t\f(:;,.|•[“"/—–-*&')
_WORD_BEFORE: Final = re.compile(r"([a-z]{1,15})[ \n]?$")
_AROUND: Final = 20
_LINE_END: Final = re.compile(r"[\n\t\f]")
_MARKED_OR_SURE: Final = re.compile(r" ?[:#]|[ \n]?\(?[a-z]{0,4}-?\d[\d -]{6,40}\d")
_GLUED: Final = re.compile(r"[-_/.]?\d|[-_/][a-z]{0,5}\d")
_HEAD_ENDS: Final = frozenset({"number", "no", "id", "#", "num", "code", "codes", "numero", "name"})


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of label: `pattern` is its own name, `name` that of the fact it announces.

    `name` is "" where the value must only not be taken for something else. `bare` labels are
    common words; `least` counts the letters and digits their values have at the fewest. `sure`
    is how far, from 0 to 1, the label alone tells what its value is. Labels that stand `within`
    names too, such as “at”, do not end the value before them.
    """

    pattern: str
    name: str
    least: int
    bare: bool
    at_start: bool
    within: bool = False
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A label at `start` to `end` of the text."""

    label: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where the value of a label may stand: from `start` to the `end` of its line or cell.

    No value goes beyond `limit`, where the next label begins. `onward` is the cell in which a
    value may go on that fills the room to its end.
    """

    label: Label
    start: int
    end: int
    limit: int
    how: How
    onward: Cell | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A label on the paper with the places of its values.

    `rooms` are in its line, or where the next line goes on; `under` are the cells below it, from
    the top down, if it is a cell of its own.
    """

    label: Label
    start: int
    end: int
    rooms: tuple[Room, ...]
    under: Iterable[Cell]


class Lexicon:
    """The labels of a data file, compiled."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take `words` (classes), `labels`, `links` and `before_bare` of a data file."""
        words: Mapping[str, Sequence[str]] = data["words"]
        firsts: set[str] = set()
        rests: defaultdict[str, list[tuple[str, Label]]] = defaultdict(list)
        for entry in data["labels"]:
            label = Label(
                entry["pattern"], entry["name"], entry.get("least", 0),
                bool(entry.get("bare")), bool(entry.get("at_start")), bool(entry.get("within")),
                entry.get("sure", 1.0),
            )  # fmt: skip
            for say in entry["says"]:
                for first, rest in _spelled(say, words):
                    firsts.add(first)
                    rests[first].append((rest, label))
        ordered = sorted(firsts, key=len, reverse=True)
        self._first = re.compile(rf"(?<![a-z0-9#])(?:{'|'.join(map(re.escape, ordered))})")
        self._rests = {first: _Rest(dict.fromkeys(several)) for first, several in rests.items()}
        links = sorted(data["links"], key=len, reverse=True)
        link = "|".join(_loose(words_) + r"(?![a-z0-9])" for words_ in links)
        self._link = re.compile(rf"(?:\((?:s|es)\))?{_BLANK}(?:(?:{link}){_BLANK}){{0,2}}")
        self._before_bare = frozenset(data["before_bare"])

    def mentions(self, plain: str) -> list[Mention]:
        """Return the labels in a folded text, the longest where several begin."""
        found: list[Mention] = []
        at = 0
        while first := self._first.search(plain, at):
            hit = self._rests[first[0]].match(plain, first.end())
            if hit is None:
                at = first.end()
                continue
            label, at = hit
            if not label.bare or self._may_be_bare(plain, first.start(), at, label):
                found.append(Mention(label, first.start(), at))
        return found

    def whole(self, plain: str) -> Label | None:
        """Return the label that a folded cell consists of."""
        for mention in self.mentions(plain):
            before = plain[: mention.start]
            if not plain[mention.end :].strip(_TAIL) and self.follows_label_words(before):
                return mention.label
        return None

    def value_start(self, plain: str, mention: Mention) -> tuple[int, How]:
        """Return where the value of a label may begin in its line, and how it is announced."""
        link = self._link.match(plain, mention.end)
        end = link.end() if link else mention.end
        between = plain[mention.end : end]
        marked = plain[mention.end - 1] == "#" or not _MARKS.isdisjoint(between)
        return end, "marked" if marked else "plain"

    def follows_label_words(self, before: str) -> bool:
        """Say whether what stands before a label in its cell belongs to the label."""
        words = re.findall(r"[^\s:(/]+", before)
        return all(word in self._before_bare for word in words)

    def _may_be_bare(self, plain: str, start: int, end: int, label: Label) -> bool:
        before = plain[max(start - _AROUND, 0) : start].rstrip(" ")
        if not before or before[-1] in _NOT_BARE:
            return True
        if label.at_start:
            return False
        if label.least and _MARKED_OR_SURE.match(plain, end):
            return True
        word = _WORD_BEFORE.search(before)
        return word is not None and word[1] in self._before_bare


@cache
def lexicon(file: str) -> Lexicon:
    """Return the labels of a file in `resources/reading/`."""
    return Lexicon(resource_json("reading", file))


def spots(paper: Paper, labels: Lexicon) -> Iterator[Spot]:
    """Yield the labels of a paper in the order of its text, then those that stand on two lines."""
    plain = labels_mended(folded(paper.text))
    grid = Grid(paper.rows)
    mentions = labels.mentions(plain)
    limits = _limits(mentions, len(plain))
    for mention, limit in zip(mentions, limits, strict=False):
        cell = grid.cell_at(mention.start)
        rooms = tuple(_rooms(labels, plain, mention, grid, limit))
        alone = (
            cell is not None
            and not plain[mention.end : cell.end].strip(_TAIL)
            and labels.follows_label_words(plain[cell.start : mention.start])
        )
        under = grid.under(cell) if cell and alone else ()
        yield Spot(mention.label, mention.start, mention.end, rooms, under)
    yield from _stacked(labels, grid, paper, plain)


def _limits(mentions: Sequence[Mention], end: int) -> list[int]:
    """Return for each label where the next one begins, which its value cannot go beyond."""
    limits: list[int] = []
    for mention in reversed(mentions):
        limits.append(end)
        if not mention.label.within:
            end = mention.start
    return limits[::-1]


def _rooms(labels: Lexicon, plain: str, mention: Mention, grid: Grid, limit: int) -> Iterator[Room]:
    cell = grid.cell_at(mention.start)
    start, how = labels.value_start(plain, mention)
    if start < limit and plain[start : start + 1] == "\n" and _in_prose(plain, mention, cell):
        start, _ = labels.value_start(plain, replace(mention, end=start + 1))
    line = _LINE_END.search(plain, start)
    end = min(limit, line.start() if line else len(plain))
    beyond_cell = "\t" in plain[mention.end : start]
    if start < end and not (beyond_cell and plain[start:end].rstrip().endswith(":")):
        value = grid.cell_at(start) if how == "marked" else None
        onward = grid.onward(value, cell) if value and value.end == end else None
        yield Room(mention.label, start, end, limit, how, onward)


def _stacked(labels: Lexicon, grid: Grid, paper: Paper, plain: str) -> Iterator[Spot]:
    """Yield the labels that stand on two lines, such as “Claim” over “number:”.

    The value is beside the first line or under the second.
    """
    for row in paper.rows:
        for cell in row:
            end = plain[cell.start : cell.end].rstrip()
            if not end.endswith(":") and end.strip(_TAIL) not in _HEAD_ENDS:
                continue
            above = grid.over(cell)
            if above is None or above.text.rstrip().endswith(":"):
                continue
            if any(map(str.isdigit, above.text + cell.text)):
                continue
            label = labels.whole(folded(f"{above.text} {cell.text}"))
            if label:
                rooms = tuple(_beside(label, grid, above)) + tuple(_beside(label, grid, cell))
                yield Spot(label, above.start, cell.end, rooms, grid.under(cell))


def _beside(label: Label, grid: Grid, cell: Cell) -> Iterator[Room]:
    row = grid.row_of(cell)
    at = row.index(cell) + 1
    if at < len(row) and not row[at].text.rstrip().endswith(":"):
        yield Room(label, row[at].start, row[at].end, row[at].end, "marked")


def _in_prose(plain: str, mention: Mention, cell: Cell | None) -> bool:
    """Say whether a label ends a line of running text, so that its value begins the next."""
    if cell is None:
        return True
    alone = not plain[cell.start : mention.start].strip()
    return not alone and plain[cell.start - 1 : cell.start] != "\t"


class _Rest:
    """The ways in which labels go on that begin with the same word."""

    def __init__(self, rests: Iterable[tuple[str, Label]]) -> None:
        ordered = sorted(rests, key=lambda item: len(item[0]), reverse=True)
        self._labels = [label for _, label in ordered]
        self._ways = "|".join(f"({rest})" for rest, _ in ordered)

    def match(self, plain: str, at: int) -> tuple[Label, int] | None:
        hit = _pattern(self._ways).match(plain, at)
        if hit is None or hit.lastindex is None:
            return None
        label = self._labels[hit.lastindex - 1]
        if (label.bare or not label.name) and _GLUED.match(plain, hit.end()):
            return None  # “CLM-2026-118” is a number that begins like a label
        return label, hit.end()


@cache
def _pattern(ways: str) -> re.Pattern[str]:
    """Compile when first met: words of a kind go on alike, and most are in no paper."""
    return re.compile(rf"(?:{ways})(?:(?<=#)|(?![a-z]))")


def _spelled(say: str, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the first word of each spelling of a label, with a pattern of the rest.

    A part that may be left out is once in and once left out, so that of two labels the longer
    one can be tried first.
    """
    parts = say.split()
    choices = [(part.removesuffix("?"),) + (("",) if part.endswith("?") else ()) for part in parts]
    for chosen in product(*choices):
        first, *rest = [part for part in chosen if part]
        pattern = "".join(_part(part, words) for part in rest)
        for spelling in _spellings(first, words):
            word, *more = re.split(r"[ ']", spelling)
            yield word, "".join(_GAP + re.escape(other) for other in more) + pattern


def _part(part: str, words: Mapping[str, Sequence[str]]) -> str:
    spellings = sorted(_spellings(part, words), key=len, reverse=True)
    return f"{_GAP}(?:{'|'.join(map(_loose, spellings))})"


def _spellings(part: str, words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    return words[part[1:-1]] if part.startswith("{") else [part]


def _loose(words: str) -> str:
    """Return a pattern of words between which any small gap may stand, or none."""
    return _GAP.join(re.escape(word) for word in re.split(r"[ ']", words))
