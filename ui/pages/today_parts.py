"""What stands on Today, sorted into its cards: nothing that has no date is ever left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.decision_clock import AnswerState, answer_state
from app.domain.undated import Undated
from app.operations.agenda import Agenda
from app.storage.queries.dates import DueRow

AHEAD_DAYS: Final = 30
MOST_AHEAD: Final = 5
MOST_PASSED: Final = 3
_URGENT: Final = frozenset({"fast_appeal", "keep_benefits"})
_OWED: Final = frozenset({"answer", "request"})


@dataclass(frozen=True, slots=True)
class TodayParts:
    """The agenda as Today shows it.

    `fast` are the fast appeals to ask for, by denial; `keep` is care to keep by a day,
    `keep_today` without one. `undated` needs a date; `owed` are answers without one, `late`
    those that appear late. `ahead` and `passed` are the nearest other dates, `more` is how many
    are in the calendar only.
    """

    fast: tuple[tuple[Undated, ...], ...]
    keep: tuple[DueRow, ...]
    keep_today: tuple[tuple[Undated, ...], ...]
    undated: tuple[Undated, ...]
    ahead: tuple[DueRow, ...]
    passed: tuple[DueRow, ...]
    more: int
    late: tuple[DueRow, ...]
    owed: tuple[Undated, ...]


def today_parts(found: Agenda, today: date) -> TodayParts:
    """Sort the open entries of an agenda."""
    keep, late, rest = list[DueRow](), list[DueRow](), list[DueRow]()
    for row in found.due:
        is_late = row.kind == "answer" and _appears_late(row, today)
        (keep if row.kind == "keep_benefits" else late if is_late else rest).append(row)
    passed = [row for row in rest if row.last_day < today]
    coming = sorted(
        (row for row in rest if row.last_day >= today), key=lambda row: (row.aim_on, row.last_day)
    )
    near = [row for row in coming if (row.aim_on - today).days <= AHEAD_DAYS]
    ahead = (near or coming[:1])[:MOST_AHEAD]
    # what passed last comes first: it is the likeliest to be mended
    shown = passed[::-1][:MOST_PASSED]
    return TodayParts(
        fast=_by_denial(entry for entry in found.undated if entry.kind == "fast_appeal"),
        keep=tuple(keep),
        keep_today=_by_denial(entry for entry in found.undated if entry.kind == "keep_benefits"),
        undated=tuple(
            entry
            for entry in found.undated
            if entry.kind not in _URGENT and entry.kind not in _OWED
        ),
        ahead=tuple(ahead),
        passed=tuple(shown),
        more=len(rest) - len(ahead) - len(shown),
        late=tuple(late),
        owed=tuple(entry for entry in found.undated if entry.kind in _OWED),
    )


def _appears_late(row: DueRow, today: date) -> bool:
    return answer_state(row.last_day, row.latest_on, today) is AnswerState.LATE


def _by_denial(entries: Iterable[Undated]) -> tuple[tuple[Undated, ...], ...]:
    """Return the entries of each denial together, in the order in which they came."""
    groups: dict[str | None, list[Undated]] = {}
    for entry in entries:
        groups.setdefault(entry.denial_id, []).append(entry)
    return tuple(tuple(group) for group in groups.values())
