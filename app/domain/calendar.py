"""The dates a person wants to see in another calendar, and what that calendar was told before.

Another calendar takes a file in again by the lasting name of each entry and its `sequence`: the
day moves only if the number grew, and an entry leaves only if it is cancelled by a higher one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

CANCELLED_FOR: Final = timedelta(days=400)
"""How long a file still says that an entry is gone: a phone may miss a file, or a year of them."""

_LAST: Final = "-last"
_NUMBERS_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One day to look at: a deadline, a promise, a renewal, a personal stop date.

    `id` stays the same for the life of the record, so that a calendar which takes the file in
    again moves the day instead of showing it twice. `at` (UTC) is the moment on that day where a
    law counts hours; without it the entry is a whole day. `title` and `detail` may name
    illnesses, people and insurers; whoever writes the file decides whether they may leave the
    binder.
    """

    id: str
    on: date
    at: datetime | None = None
    title: str
    detail: str = ""

    @property
    def item_id(self) -> str:
        """The id of the due item that the entry belongs to."""
        return self.id.removesuffix(_LAST)


def entries_of(
    item_id: str, title: str, aim_on: date, last_day: date, at: datetime | None
) -> Iterator[CalendarEntry]:
    """Yield the entries of a due item: the day to aim for, and the last day if it is another.

    The moment `at` belongs to the last day; what is aimed for is a whole day.
    """
    if aim_on == last_day:
        yield CalendarEntry(id=item_id, on=last_day, at=at, title=title)
        return
    yield CalendarEntry(id=item_id, on=aim_on, title=title)
    yield CalendarEntry(id=f"{item_id}{_LAST}", on=last_day, at=at, title=f"{title}: the last day")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """What a calendar file said of an entry, as far as it must be remembered.

    No words are kept, so that nothing of what is deleted forever stays: `told` is a digest of
    those that the file told, empty where it told none. `sequence` only ever grows; `changed_at`
    (UTC) is the moment of the file in which it grew last.
    """

    id: str
    on: date
    at: datetime | None = None
    told: str = ""
    sequence: int = 0
    changed_at: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One calendar file: its entries with their numbers, and those that it takes back.

    `memory` is all that is to be remembered of it, with what was taken back long ago.
    """

    entries: tuple[tuple[CalendarEntry, ToldEntry], ...]
    cancelled: tuple[ToldEntry, ...]
    memory: tuple[ToldEntry, ...]


def next_edition(
    entries: Collection[CalendarEntry],
    before: Mapping[str, ToldEntry],
    *,
    details: bool,
    made_at: datetime,
) -> Edition:
    """Return the file that follows what was told `before`, made at a moment in UTC.

    The number of an entry grows only if what the file says of it changed. It grows to the minutes
    since 2026, so that a binder which was restored from a backup, and does not know the newest
    files, still gives higher numbers than those. What was told and is no entry any more is
    cancelled, in this file and in those of the next `CANCELLED_FOR`.
    """
    numbered = tuple(
        (entry, _numbered(entry, before.get(entry.id), details=details, made_at=made_at))
        for entry in entries
    )
    still = {entry.id for entry in entries}
    gone = tuple(_taken_back(old, made_at) for key, old in before.items() if key not in still)
    return Edition(
        entries=numbered,
        cancelled=tuple(old for old in gone if made_at - old.changed_at <= CANCELLED_FOR),
        memory=(*(told for _, told in numbered), *gone),
    )


def _numbered(
    entry: CalendarEntry, old: ToldEntry | None, *, details: bool, made_at: datetime
) -> ToldEntry:
    told = ToldEntry(
        id=entry.id,
        on=entry.on,
        at=entry.at,
        told=_digest(entry) if details else "",
        changed_at=made_at,
    )
    if old and _said(old) == _said(told):
        return replace(told, sequence=old.sequence, changed_at=old.changed_at)
    return replace(told, sequence=_next_number(old, made_at))


def _next_number(old: ToldEntry | None, made_at: datetime) -> int:
    """Return the number of an entry that changed: never a smaller one, even if the clock was."""
    minutes = (made_at - _NUMBERS_BEGIN) // timedelta(minutes=1)
    return max(minutes, old.sequence + 1 if old else 0)


def _said(told: ToldEntry) -> tuple[object, ...]:
    return told.on, told.at, told.told, told.is_cancelled


def _digest(entry: CalendarEntry) -> str:
    words = f"{entry.title}\n{entry.detail}".encode("utf-8", "replace")
    return hashlib.sha256(words).hexdigest()


def _taken_back(old: ToldEntry, made_at: datetime) -> ToldEntry:
    if old.is_cancelled:
        return old
    return ToldEntry(
        id=old.id,
        on=old.on,
        at=old.at,
        sequence=_next_number(old, made_at),
        changed_at=made_at,
        is_cancelled=True,
    )


@dataclass(frozen=True, slots=True)
class CalendarDifference:
    """One thing that another calendar does not have as it is now.

    `what` is “moved”, “settled” (done, waived, removed or in the trash) or “new”. `old_on` is the
    day in that calendar, None for a new one; `new_on` the day now, None for a settled one. The
    title is empty for one that is not in the binder any more.
    """

    item_id: str
    title: str
    what: Literal["moved", "settled", "new"]
    old_on: date | None
    new_on: date | None


def differences(
    before: Mapping[str, ToldEntry], now: Mapping[str, CalendarEntry]
) -> tuple[CalendarDifference, ...]:
    """Return how the calendar that was told `before` differs from the entries `now`.

    There is one for each due item, the earliest day first.
    """
    found: dict[str, CalendarDifference] = {}
    for difference in _each_difference(before, now):
        found.setdefault(difference.item_id, difference)
    return tuple(sorted(found.values(), key=_first_day))


def _each_difference(
    before: Mapping[str, ToldEntry], now: Mapping[str, CalendarEntry]
) -> Iterator[CalendarDifference]:
    for key, entry in now.items():
        old = before.get(key)
        if old is None or old.is_cancelled:
            other = before.get(entry.item_id)
            if entry.id == entry.item_id or other is None or other.is_cancelled:
                yield CalendarDifference(entry.item_id, entry.title, "new", None, entry.on)
            else:  # the item is known there, but not that it has a last day of its own
                yield CalendarDifference(entry.item_id, entry.title, "moved", other.on, entry.on)
        elif (old.on, old.at) != (entry.on, entry.at):
            yield CalendarDifference(entry.item_id, entry.title, "moved", old.on, entry.on)
    for key, old in before.items():
        if key in now or old.is_cancelled:
            continue
        item_id = key.removesuffix(_LAST)
        is_there = item_id in now
        yield CalendarDifference(
            item_id,
            now[item_id].title if is_there else "",
            "moved" if is_there else "settled",
            old.on,
            now[item_id].on if is_there else None,
        )


def _first_day(difference: CalendarDifference) -> tuple[date, str, str]:
    days = [day for day in (difference.old_on, difference.new_on) if day is not None]
    return min(days), difference.title, difference.item_id
