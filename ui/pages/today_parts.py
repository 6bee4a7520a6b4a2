"""What stands on Today, sorted into its cards: nothing that has no date is ever left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.decision_clock import AnswerState
from app.domain.undated import Undated
from app.operations.agenda import Agenda
from app.storage.queries.dates import DueRow
from ui.pages.due_words import answer_of

AHEAD_DAYS: Final = 30
MOST_AHEAD: Final = 5
MOST_PASSED: Final = 3
_URGENT: Final = frozenset({"fast_appeal", "keep_benefits"})
_OWED: Final = frozenset({"answer", "request"})


@dataclass(frozen=True, slots=True)
class TodayParts:
    """The agenda as Today shows it.

    `fast` are the fast appeals to ask for, by denial; `keep` is care to keep by a day,
    `keep_passed` by one that is over, `keep_today` without one. `undated` needs a date. Of the
    answers that others owe, `late` appear late, `asked` may be asked after, and `owed` have no
    day. `ahead` and `passed` are the nearest other dates, `more` is how many are in the calendar
    only.
    """

    fast: tuple[tuple[Undated, ...], ...]
    keep: tuple[DueRow, ...]
    keep_passed: tuple[DueRow, ...]
    keep_today: tuple[tuple[Undated, ...], ...]
    undated: tuple[Undated, ...]
    ahead: tuple[DueRow, ...]
    passed: tuple[DueRow, ...]
    more: int
    late: tuple[DueRow, ...]
    asked: tuple[DueRow, ...]
    owed: tuple[Undated, ...]


def today_parts(found: Agenda, today: date) -> TodayParts:
    """Sort the open entries of an agenda."""
    keep, rest = list[DueRow](), list[DueRow]()
    answers: dict[AnswerState, list[DueRow]] = {state: [] for state in AnswerState}
    for row in found.due:
        if row.kind == "keep_benefits":
            keep.append(row)
        elif row.kind == "answer":
            answers[answer_of(row, today)].append(row)
        else:
            rest.append(row)
    rest += answers[AnswerState.WAITING]
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
        keep=tuple(row for row in keep if row.last_day >= today),
        keep_passed=tuple(row for row in keep if row.last_day < today),
        keep_today=_by_denial(entry for entry in found.undated if entry.kind == "keep_benefits"),
        undated=tuple(
            entry
            for entry in found.undated
            if entry.kind not in _URGENT and entry.kind not in _OWED
        ),
        ahead=tuple(ahead),
        passed=tuple(shown),
        more=len(rest) - len(ahead) - len(shown),
        late=tuple(answers[AnswerState.LATE]),
        asked=tuple(answers[AnswerState.DUE]),
        owed=tuple(entry for entry in found.undated if entry.kind in _OWED),
    )


def _by_denial(entries: Iterable[Undated]) -> tuple[tuple[Undated, ...], ...]:
    """Return the entries of each denial together, in the order in which they came."""
    groups: dict[str | None, list[Undated]] = {}
    for entry in entries:
        groups.setdefault(entry.denial_id, []).append(entry)
    return tuple(tuple(group) for group in groups.values())
