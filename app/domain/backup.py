"""When a backup is due, and which old ones may go. Days are those of the person's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

LATE_AFTER_DAYS: Final = 7
_NEWEST_KEPT: Final = 3
_DAYS_KEPT: Final = 7
_MONTHS_KEPT: Final = 12


@dataclass(frozen=True, slots=True)
class ProvenBackup:
    """The last backup that was read back whole: when it was made (UTC), and in which folder."""

    at: datetime
    place: str


def backup_due(last_on: date | None, today: date, *, changed: bool, leaving: bool) -> bool:
    """Return whether the program should back up by itself now, if the place is there.

    Once a day, and on leaving if anything changed since the last one.
    """
    if not changed:
        return False
    return leaving or last_on is None or last_on < today


def backup_late(last_on: date | None, first_kept_on: date | None, today: date) -> bool:
    """Return whether Today should say that there was no backup for a week.

    Without any backup, the week counts from the day the binder got its first content.
    """
    since = last_on or first_kept_on
    return since is not None and (today - since).days >= LATE_AFTER_DAYS


def backups_to_remove(made_at: Sequence[datetime]) -> frozenset[datetime]:
    """Return which backups of one binder may go, given the local moments they were made at.

    The newest three stay, the last of each of seven days, and the last of each of twelve months.
    """
    newest_first = sorted(set(made_at), reverse=True)
    by_day: dict[date, datetime] = {}
    by_month: dict[tuple[int, int], datetime] = {}
    for moment in newest_first:
        by_day.setdefault(moment.date(), moment)
        by_month.setdefault((moment.year, moment.month), moment)
    kept = {
        *newest_first[:_NEWEST_KEPT],
        *list(by_day.values())[:_DAYS_KEPT],
        *list(by_month.values())[:_MONTHS_KEPT],
    }
    return frozenset(newest_first) - kept
