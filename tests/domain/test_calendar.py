"""The next calendar file: what counts up, what it takes back, how far a calendar is behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.calendar import (
    CANCELLED_FOR,
    CalendarEntry,
    differences,
    entries_of,
    next_edition,
)

MADE_AT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
NOON = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
ONE = CalendarEntry(id="a", on=date(2027, 3, 1), title="Send the appeal", detail="Maya")


def after(entries, *before, details=False, made_at=MADE_AT):
    """The edition that follows those of `before`, a day apart; each is a list of entries."""
    told = {}
    for number, earlier in enumerate(before):
        at = made_at - timedelta(days=len(before) - number)
        edition = next_edition(earlier, told, details=details, made_at=at)
        told = {row.id: row for row in edition.memory}
    return next_edition(entries, told, details=details, made_at=made_at)


def number(at):
    """The number of an entry that changed at a moment."""
    return (at - datetime(2026, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)


def age(edition):
    """How many days ago the only entry changed; its number tells the same."""
    [(_, told)] = edition.entries
    assert told.sequence == number(told.changed_at)
    return (MADE_AT - told.changed_at).days


def test_an_entry_that_did_not_change_keeps_its_number():
    assert age(after([ONE], [ONE], [ONE])) == 2
    assert age(after([ONE])) == 0


@pytest.mark.parametrize("changed", [{"on": date(2027, 3, 2)}, {"at": NOON}])
def test_an_entry_that_moved_counts_up_once(changed):
    moved = replace(ONE, **changed)
    assert age(after([moved], [ONE])) == 0
    assert age(after([moved], [ONE], [moved])) == 1
    assert age(after([ONE], [ONE], [moved])) == 0


def test_numbers_grow_within_a_minute_and_under_a_clock_that_was_set_back():
    told, numbers = {}, []
    for day, hours in ((1, 0), (2, 0), (3, -9999), (4, -9999 * 99)):
        made_at = MADE_AT + timedelta(hours=hours)
        entries = [replace(ONE, on=date(2027, 3, day))]
        edition = next_edition(entries, told, details=False, made_at=made_at)
        told = {row.id: row for row in edition.memory}
        numbers.append(told["a"].sequence)
    assert numbers == [numbers[0] + step for step in range(4)]
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    [(_, first)] = next_edition([ONE], {}, details=False, made_at=long_ago).entries
    assert first.sequence == 0


def test_a_binder_restored_from_a_backup_gives_higher_numbers_than_the_files_it_forgot():
    moved, again = (replace(ONE, on=date(2027, 3, day)) for day in (2, 3))
    forgotten = after([moved], [ONE]).entries[0][1].sequence
    restored = {row.id: row for row in after([ONE], made_at=MADE_AT - timedelta(days=1)).memory}
    later = MADE_AT + timedelta(hours=1)
    for memory in (restored, {}):
        [(_, told)] = next_edition([again], memory, details=False, made_at=later).entries
        assert told.sequence > forgotten


def test_words_count_only_where_the_file_tells_them():
    reworded = replace(ONE, title="Send the second appeal")
    redetailed = replace(ONE, detail="Jonah")
    for other in (reworded, redetailed):
        assert age(after([other], [ONE], details=False)) == 1
        assert age(after([other], [ONE], details=True)) == 0
    told = {row.id: row for row in after([ONE], details=False).memory}
    [(_, open_hearted)] = next_edition([ONE], told, details=True, made_at=MADE_AT).entries
    assert open_hearted.sequence == told["a"].sequence + 1


def test_the_memory_holds_no_words():
    for edition in (after([ONE], details=True), after([], [ONE], details=True)):
        assert "Maya" not in repr(edition.memory)
        assert "appeal" not in repr(edition.memory)


def test_what_is_gone_is_cancelled_once_and_stays_in_the_files_of_a_year():
    first = after([], [ONE])
    [gone] = first.cancelled
    assert (gone.changed_at, gone.is_cancelled) == (MADE_AT, True)
    assert gone.sequence == number(MADE_AT)
    told = {row.id: row for row in first.memory}
    a_year_on = next_edition([], told, details=False, made_at=MADE_AT + timedelta(days=366))
    assert a_year_on.cancelled == (gone,)
    after_all = MADE_AT + CANCELLED_FOR + timedelta(seconds=1)
    later = next_edition([], told, details=False, made_at=after_all)
    assert later.cancelled == ()
    assert later.memory == (gone,)


def test_what_comes_back_counts_up_again_even_after_years():
    assert age(after([ONE], [ONE], [])) == 0
    told = {row.id: row for row in after([], [ONE]).memory}
    much_later = MADE_AT + timedelta(days=3000)
    [(_, back)] = next_edition([ONE], told, details=False, made_at=much_later).entries
    assert (back.changed_at, back.is_cancelled) == (much_later, False)


def test_a_clock_that_was_wrong_by_a_year_cancels_all_the_same():
    told = {row.id: row for row in after([ONE]).memory}
    earlier = MADE_AT - timedelta(days=365)
    assert len(next_edition([], told, details=False, made_at=earlier).cancelled) == 1


# --------------------------------------------------------------------- entries of a due item


def test_a_last_day_after_the_day_to_aim_for_has_an_entry_of_its_own_and_the_moment():
    aim, last = entries_of("a", "Appeal", date(2027, 2, 26), date(2027, 3, 1), NOON)
    assert (aim.id, aim.on, aim.at) == ("a", date(2027, 2, 26), None)
    assert (last.id, last.on, last.at) == ("a-last", date(2027, 3, 1), NOON)
    assert last.title == "Appeal: the last day"
    assert aim.item_id == last.item_id == "a"
    [only] = entries_of("a", "Appeal", date(2027, 3, 1), date(2027, 3, 1), NOON)
    assert (only.on, only.at) == (date(2027, 3, 1), NOON)


# ------------------------------------------------------------------------------- differences


def drift(now, *before):
    told = {row.id: row for row in after(before[-1], *before[:-1]).memory}
    return [
        (found.title, found.what, found.old_on, found.new_on)
        for found in differences(told, {entry.id: entry for entry in now})
    ]


def both(aim, last, key="a"):
    return list(entries_of(key, "Appeal", aim, last, None))


def test_nothing_differs_while_nothing_moved():
    assert drift([ONE], [ONE]) == []
    assert drift([], [ONE], []) == []
    assert drift([replace(ONE, title="Other words", detail="")], [ONE]) == []


def test_each_difference_tells_both_days():
    later = replace(ONE, on=date(2027, 3, 5))
    assert drift([later], [ONE]) == [("Send the appeal", "moved", ONE.on, later.on)]
    assert drift([], [ONE]) == [("", "settled", ONE.on, None)]
    assert drift([ONE], []) == [("Send the appeal", "new", None, ONE.on)]
    assert drift([ONE], [ONE], []) == [("Send the appeal", "new", None, ONE.on)]
    timed = replace(ONE, at=NOON)
    assert drift([timed], [ONE]) == [("Send the appeal", "moved", ONE.on, ONE.on)]


def test_an_item_with_two_days_differs_once():
    feb, march, april = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1)
    assert drift(both(march, april), both(feb, march)) == [("Appeal", "moved", feb, march)]
    assert drift(both(feb, april), both(feb, march)) == [
        ("Appeal: the last day", "moved", march, april)
    ]
    assert drift(both(feb, march), both(feb, feb)) == [
        ("Appeal: the last day", "moved", feb, march)
    ]
    assert drift(both(feb, feb), both(feb, march)) == [("Appeal", "moved", march, feb)]
    assert drift(both(feb, march), []) == [("Appeal", "new", None, feb)]
    assert [what for _, what, _, _ in drift([], both(feb, march))] == ["settled"]


def test_the_earliest_day_comes_first():
    entries = [replace(ONE, id=str(day), on=date(2027, 3, day)) for day in (9, 2, 5)]
    assert [new.day for _, _, _, new in drift(entries, [])] == [2, 5, 9]
