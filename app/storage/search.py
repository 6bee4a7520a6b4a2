"""Finding anything by typing: full text of pages and records, and parts of numbers.

Two contentless FTS5 tables: `search` over words, `search_numbers` over trigrams of numbers with
their dashes taken out, so that `773190` and `21477319` both find claim 20260214-773190-00. What a
row stands for lies in `search_entries`; the words themselves stay where they are owned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, text

from app.storage.schema import search_entries

_CJK: Final = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_NUMBER: Final = re.compile(r"[0-9A-Za-z]+(?:[-–—./][0-9A-Za-z]+)*")
_WORD: Final = re.compile(r"\w+", re.UNICODE)
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
    """Index entries; an entry of the same kind, ref and page is replaced."""
    for entry in entries:
        remove(connection, entry.kind, entry.ref, entry.page)
        number = connection.execute(
            insert(search_entries).values(kind=entry.kind, ref=entry.ref, page=entry.page)
        ).lastrowid
        words = {"n": number, "title": fold(entry.title), "body": fold(entry.body)}
        connection.execute(
            text("INSERT INTO search(rowid, title, body) VALUES (:n, :title, :body)"), words
        )
        if numbers := numbers_in(f"{entry.title}\n{entry.body}"):
            connection.execute(
                text("INSERT INTO search_numbers(rowid, numbers) VALUES (:n, :numbers)"),
                {"n": number, "numbers": numbers},
            )


def remove(connection: Connection, kind: str, ref: str, page: int | None = None) -> None:
    """Take entries out of the index; without a page, all pages."""
    query = select(search_entries.c.number).where(
        search_entries.c.ref == ref, search_entries.c.kind == kind
    )
    if page is not None:
        query = query.where(search_entries.c.page == page)
    numbers = connection.execute(query).scalars().all()
    for number in numbers:
        connection.execute(text("DELETE FROM search WHERE rowid = :n"), {"n": number})
        connection.execute(text("DELETE FROM search_numbers WHERE rowid = :n"), {"n": number})
    if numbers:
        connection.execute(delete(search_entries).where(search_entries.c.number.in_(numbers)))


def find(connection: Connection, typed: str, *, limit: int, ranked: bool) -> Sequence[Found]:
    """Return matches, the numbers first; `ranked` sorts by relevance, else the newest first.

    Every word typed must occur; the last one may be unfinished. Ranking reads every match, which
    takes long for words that stand in most papers: while a person types, newest first is right.
    """
    found: dict[Found, None] = {}
    for table, match in (("search_numbers", _number_match(typed)), ("search", _word_match(typed))):
        if match:
            for row in _rows(connection, table, match, limit=limit, ranked=ranked):
                found.setdefault(Found(row.kind, row.ref, row.page))
    return tuple(found)[:limit]


def compact(connection: Connection) -> None:
    """Merge the index so that deleted words are gone from the file."""
    for table in ("search", "search_numbers"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('optimize')")


def fold(words: str) -> str:
    """Set Chinese, Japanese and Korean letters apart: the tokenizer takes a run for one word."""
    return _CJK.sub(r" \1 ", words)


def numbers_in(words: str) -> str:
    """Return the numbers of a text without their dashes, dots and slashes, a line each."""
    found = (re.sub(r"[^0-9A-Za-z]", "", number) for number in _NUMBER.findall(words))
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
    lowered = flat.lower()
    for word in sorted(_WORD.findall(typed.lower()), key=len, reverse=True):
        if (at := lowered.find(word)) >= 0:
            return at
    joined = re.sub(r"[^0-9A-Za-z]", "", typed)
    if joined:
        pattern = r"[-–—./]?".join(map(re.escape, joined))
        if match := re.search(pattern, flat, re.IGNORECASE):
            return match.start()
    return 0


def _rows(connection: Connection, table: str, match: str, *, limit: int, ranked: bool) -> Any:
    order = "rank" if ranked and table == "search" else f"{table}.rowid DESC"
    query = (
        f"SELECT e.kind, e.ref, e.page FROM {table} JOIN search_entries e "  # noqa: S608
        f"ON e.number = {table}.rowid WHERE {table} MATCH :match ORDER BY {order} LIMIT :limit"
    )
    return connection.execute(text(query), {"match": match, "limit": limit})


def _word_match(typed: str) -> str:
    """Quote each word, since FTS5 reads `-`, `(` and `:` as operators of its own."""
    words = _WORD.findall(fold(typed))
    if not words:
        return ""
    return " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])


def _number_match(typed: str) -> str:
    joined = re.sub(r"[^0-9A-Za-z]", "", typed)
    single = len(typed.split()) == 1
    fits = _SHORTEST_NUMBER <= len(joined) <= _LONGEST_NUMBER and any(map(str.isdigit, joined))
    return f'"{joined}"' if fits and single else ""
