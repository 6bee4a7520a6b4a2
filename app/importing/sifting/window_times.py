"""The times a sentence gives: a length, noon of the next day, or a printed date as a limit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.fact import WindowUnit
from app.importing.sifting.dates import DateSeen
from app.importing.sifting.durations import Length, lengths_in
from app.importing.sifting.sentences import Plain
from app.importing.sifting.window_words import ending, joined

_REACH: Final = 70  # letters before a time in which its preposition stands


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """A time at `start` to `end` of a plain sentence, `lead` being where its preposition begins.

    `limit` says that words such as `within` make it a limit, `has` that it is what somebody has,
    `late` that it is said of what comes too late: `more than 180 days`.
    """

    start: int
    end: int
    lead: int
    amount: int | None
    unit: WindowUnit
    due: date | None = None
    limit: bool = False
    has: bool = False
    late: bool = False
    note: str = ""


def times_in(words: Plain, dates: Sequence[DateSeen]) -> tuple[TimeSaid, ...]:
    """Return the times of a plain sentence from left to right.

    A date beside a length that says the same is the length's `due` and no time of its own.
    """
    text = words.text
    found = [*_lengths(text), *_noons(text), *_dates(words, dates)]
    times: list[TimeSaid] = []
    for time in sorted(found, key=lambda item: item.start):
        joint = _as_one(text, times[-1], time) if times else None
        if joint:
            times[-1] = joint
        else:
            times.append(time)
    return tuple(times)


def _as_one(text: str, first: TimeSaid, second: TimeSaid) -> TimeSaid | None:
    """Return two neighbours as one time if one is only the other's date."""
    gap = text[first.end : second.lead]
    if "whichever" in text[second.end :] or "lo que ocurra" in text[second.end :]:
        return None
    if joined("other_step").search(gap):
        return None
    if first.due is None and second.amount is None:
        same = joined("same_as_date").fullmatch(gap)
        return replace(first, due=second.due) if same else None
    if first.amount or not second.amount or not joined("same_as_length").fullmatch(gap):
        return None
    return replace(second, start=first.start, lead=first.lead, due=first.due, limit=True)


def _lengths(text: str) -> Iterator[TimeSaid]:
    before: Length | None = None
    for length in lengths_in(text):
        again = before is not None and joined("same_length").fullmatch(
            text, before.end, length.start
        )
        before = length
        if not again and not joined("after_length").match(text, length.end):
            yield _led(text, length)


def _led(text: str, length: Length) -> TimeSaid:
    leads = {
        kind: _lead(text, length.start, f"before_length_{kind}")
        for kind in ("limit", "late", "has")
    }
    kind = next((kind for kind, lead in leads.items() if lead is not None), "")
    lead = leads.get(kind)
    return TimeSaid(
        length.start, length.end, length.start if lead is None else lead, length.amount,
        length.unit, limit=kind in ("limit", "late"), has=kind == "has", late=kind == "late",
        note=length.note,
    )  # fmt: skip


def _lead(text: str, start: int, group: str) -> int | None:
    """Return where the words before a time begin that say what it is for."""
    match = ending(group).search(text, max(0, start - _REACH), start)
    return match.start() if match else None


def _noons(text: str) -> Iterator[TimeSaid]:
    for match in joined("noon").finditer(text):
        end = match.start() + len(match[0].rstrip())
        yield TimeSaid(match.start(), end, match.start(), 1, "noon_next_day", limit=True)


def _dates(words: Plain, dates: Sequence[DateSeen]) -> Iterator[TimeSaid]:
    first, last = words.offsets[0], words.offsets[-1]
    for seen in dates:
        if seen.value is None or seen.start < first or seen.end - 1 > last:
            continue
        start = bisect_right(words.offsets, seen.start) - 1
        end = bisect_left(words.offsets, seen.end)
        leads = {
            kind: _lead(words.text, start, f"before_date{kind}") for kind in ("", "_weak", "_late")
        }
        kind = next((kind for kind, lead in leads.items() if lead is not None), None)
        if kind is None:
            continue
        lead = leads[kind] or 0
        strict = re.match(r"before|prior|antes", words.text[lead:start])
        yield TimeSaid(
            start, end, lead, None, "explicit_date", seen.value,
            limit=kind == "", late=kind == "_late",
            note="The letter says before this date." if strict else seen.note,
        )  # fmt: skip
