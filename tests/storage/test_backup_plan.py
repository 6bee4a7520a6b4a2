"""When a backup is due, and which old ones may go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.backup import backup_due, backup_late, backups_to_remove

TODAY = date(2026, 11, 21)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.lists(
    st.timedeltas(timedelta(0), timedelta(days=1000)).map(lambda after: FIRST + after),
    max_size=60,
    unique=True,
)


@pytest.mark.parametrize(
    ("last_on", "changed", "leaving", "due"),
    [
        (None, True, False, True),
        (None, False, True, False),  # nothing in it yet
        (TODAY, True, False, False),
        (TODAY, True, True, True),
        (TODAY, False, True, False),
        (TODAY - timedelta(days=1), True, False, True),
        (TODAY - timedelta(days=30), False, False, False),  # nothing changed in a month
        (TODAY + timedelta(days=2), True, False, False),  # the clock was wrong that day
    ],
)
def test_a_backup_is_due_once_a_day_and_on_leaving(
    last_on: date | None, changed: bool, leaving: bool, due: bool
):
    assert backup_due(last_on, TODAY, changed=changed, leaving=leaving) is due


@pytest.mark.parametrize(
    ("last_on", "first_on", "late"),
    [
        (None, None, False),
        (None, TODAY - timedelta(days=6), False),
        (None, TODAY - timedelta(days=7), True),
        (TODAY - timedelta(days=6), TODAY - timedelta(days=90), False),
        (TODAY - timedelta(days=7), TODAY, True),
    ],
)
def test_a_week_without_a_backup_is_late(last_on: date | None, first_on: date | None, late: bool):
    assert backup_late(last_on, first_on, TODAY) is late


@given(moments)
def test_the_newest_three_always_stay(made: list[datetime]):
    assert not backups_to_remove(made) & set(sorted(made)[-3:])


@given(moments)
def test_each_of_the_last_seven_days_and_twelve_months_keeps_its_last(made: list[datetime]):
    kept = set(made) - backups_to_remove(made)
    days = sorted({moment.date() for moment in made})[-7:]
    months = sorted({(moment.year, moment.month) for moment in made})[-12:]
    assert all(max(m for m in made if m.date() == day) in kept for day in days)
    assert all(max(m for m in made if (m.year, m.month) == month) in kept for month in months)
    assert len(kept) <= 3 + 7 + 12


@given(moments)
def test_what_was_kept_once_is_not_removed_by_asking_again(made: list[datetime]):
    kept = set(made) - backups_to_remove(made)
    assert backups_to_remove(tuple(kept)) == frozenset()
