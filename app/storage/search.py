"""Finding anything by typing: full text of pages and records, and parts of numbers.

Two contentless FTS5 tables: `search` over words, `search_numbers` over trigrams of numbers with
their dashes taken out, so that `773190` and `21477319` both find claim 20260214-773190-00. What a
row stands for lies in `search_entries`; the words themselves stay where they are owned.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.storage.schema import search_entries

_CJK: Final = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_BETWEEN: Final = r"(?:[-–—./]|,(?=\d{3}))"
_NUMBER: Final = re.compile(rf"[0-9A-Za-z]+(?:{_BETWEEN}[0-9A-Za-z]+)*")
_PART: Final = re.compile("[0-9A-Za-z]+")
_DIGIT: Final = re.compile("[0-9]")
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_AT_A_TIME: Final = 100
_SHORTEST_NUMBER: Final = 4
_LONGEST_NUMBER: Final = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be found: a page of an original or a record, with its words."""

    kind: str
    ref: str
    title: str
    body: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A match: what it stands for."""

    kind: str
    ref: str
    page: int


def put(connection: Connection, entries: Iterable[Entry]) -> None:
    """Index entries; an entry of the same kind, ref and page is replaced, the last one counts."""
    fresh = {(entry.kind, entry.ref, entry.page): entry for entry in entries}
    if not fresh:
        return
    refs = {ref for _, ref, _ in fresh}
    _take_out(connection, [row[0] for row in _known(connection, refs) if tuple(row[1:]) in fresh])
    first = connection.execute(select(func.max(search_entries.c.number))).scalar_one() or 0
    numbered = list(enumerate(fresh.values(), start=first + 1))
    rows = [(number, entry.kind, entry.ref, entry.page) for number, entry in numbered]
    words = [(number, fold(entry.title), fold(entry.body)) for number, entry in numbered]
    numbers = [
        (number, found)
        for number, entry in numbered
        if (found := numbers_in(f"{entry.title}\n{entry.body}"))
    ]
    run = connection.exec_driver_sql
    run("INSERT INTO search_entries(number, kind, ref, page) VALUES (?, ?, ?, ?)", rows)
    run("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", words)
    if numbers:
        run("INSERT INTO search_numbers(rowid, numbers) VALUES (?, ?)", numbers)


def remove(connection: Connection, named: Iterable[tuple[str, str]]) -> None:
    """Take the entries of these kinds and refs out of the index, with all their pages."""
    gone = set(named)
    known = _known(connection, {ref for _, ref in gone}) if gone else ()
    _take_out(connection, [number for number, kind, ref, _ in known if (kind, ref) in gone])


def _known(connection: Connection, refs: set[str]) -> Sequence[Any]:
    """Return number, kind, ref and page of all entries of these refs."""
    query = (
        "SELECT number, kind, ref, page FROM search_entries "
        "WHERE ref IN (SELECT value FROM json_each(?))"
    )
    return connection.exec_driver_sql(query, (json.dumps(sorted(refs)),)).all()


def _take_out(connection: Connection, numbers: Sequence[int]) -> None:
    if numbers:
        gone = [(number,) for number in numbers]
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", gone)
        connection.exec_driver_sql("DELETE FROM search_numbers WHERE rowid = ?", gone)
        connection.exec_driver_sql("DELETE FROM search_entries WHERE number = ?", gone)


def matches(connection: Connection, typed: str, *, ranked: bool) -> Iterator[Sequence[Found]]:
    """Yield what matches, some at a time, the numbers first; stop asking when it is enough.

    Every word typed must occur; the last one may be unfinished. `ranked` sorts by relevance, else
    the newest come first: ranking reads every match, which takes long for words that stand in
    most papers, so it is for finished words.
    """
    for table, match in (("search_numbers", _number_match(typed)), ("search", _word_match(typed))):
        if match:
            order = "rank" if ranked and table == "search" else f"{table}.rowid DESC"
            query = (
                f"SELECT e.kind, e.ref, e.page FROM {table} JOIN search_entries e "  # noqa: S608
                f"ON e.number = {table}.rowid WHERE {table} MATCH ? ORDER BY {order}"
            )
            with connection.exec_driver_sql(query, (match,)) as rows:
                for some in rows.partitions(_AT_A_TIME):
                    yield [Found(*row) for row in some]


def compact(connection: Connection) -> None:
    """Merge the index so that deleted words are gone from the file."""
    for table in ("search", "search_numbers"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('optimize')")


def fold(words: str) -> str:
    """Set Chinese, Japanese and Korean letters apart: the tokenizer takes a run for one word."""
    return _CJK.sub(r" \1 ", words)


def numbers_in(words: str) -> str:
    """Return the numbers of a text without what stands between their parts, a line each."""
    found = (
        "".join(_PART.findall(number))
        for token in words.split()
        if _DIGIT.search(token)
        for number in _NUMBER.findall(token)
    )
    long_enough = (
        number
        for number in found
        if _SHORTEST_NUMBER <= len(number) <= _LONGEST_NUMBER and any(map(str.isdigit, number))
    )
    return "\n".join(dict.fromkeys(long_enough))


def snippet(words: str, typed: str, *, around: int = 60) -> str:
    """Return the place in a text where what was typed occurs, on one line."""
    flat = " ".join(words.split())
    at = _first_place(flat, typed)
    start = max(0, at - around)
    end = min(len(flat), at + 2 * around)
    return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"


def _first_place(flat: str, typed: str) -> int:
    """Return where the longest word typed begins: as written, else without dashes or accents."""
    words = sorted(_WORD.findall(typed), key=len, reverse=True)
    found = _first_word(flat, words) or _number_in(flat, typed)
    if not found and not flat.isascii():
        found = _first_word(flat.translate(_BARE), [word.translate(_BARE) for word in words])
    return found.start() if found else 0


def _first_word(text: str, words: Sequence[str]) -> re.Match[str] | None:
    places = (re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words)
    return next(filter(None, places), None)


def _number_in(flat: str, typed: str) -> re.Match[str] | None:
    joined = re.sub(r"[^0-9A-Za-z]", "", typed)
    pattern = f"{_BETWEEN}?".join(map(re.escape, joined))
    return re.search(pattern, flat, re.IGNORECASE) if joined else None


class _BareLetters(dict[int, str]):
    """Each letter without its accent: always one letter, so that places stay the same."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, unicodedata.normalize("NFD", chr(code))[0])


_BARE: Final = _BareLetters()


def _word_match(typed: str) -> str:
    """Quote each word, since FTS5 reads `-`, `(` and `:` as operators of its own.

    A run of Chinese becomes one phrase, as its letters are indexed one by one.
    """
    words = [f'"{fold(word).strip()}"' for word in _WORD.findall(typed)]
    return " ".join(words) + "*" if words else ""


def _number_match(typed: str) -> str:
    joined = re.sub(r"[^0-9A-Za-z]", "", typed)
    single = len(typed.split()) == 1
    fits = _SHORTEST_NUMBER <= len(joined) <= _LONGEST_NUMBER and any(map(str.isdigit, joined))
    return f'"{joined}"' if fits and single else ""
