"""From one list to another where most rows are the same objects, as in a long list of papers."""

from __future__ import annotations

import time
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ui.models.difference import difference


@dataclass(frozen=True)
class Row:
    id: int
    word: str = ""


@st.composite
def two_lists(draw) -> tuple[list[Row], list[Row]]:
    """A list, and the same objects with some gone, moved, changed or new."""
    before = [Row(key) for key in range(draw(st.integers(0, 12)))]
    after = list(before)
    for place in draw(st.lists(st.integers(0, 11), max_size=3)):
        if place < len(after):
            del after[place]
    for place in draw(st.lists(st.integers(0, 11), max_size=2)):
        if place < len(after):
            after[place] = Row(after[place].id, "changed")
    if draw(st.booleans()) and len(after) > 2:
        start = draw(st.integers(0, len(after) - 2))
        after[start], after[start + 1] = after[start + 1], after[start]
    for number in range(draw(st.integers(0, 3))):
        after.insert(draw(st.integers(0, len(after))), Row(100 + number))
    return before, after


def ids(rows: list[Row]) -> list[int]:
    return [row.id for row in rows]


@given(two_lists())
def test_the_steps_lead_from_one_list_to_the_other_and_name_every_change(lists):
    before, after = lists
    steps = difference(before, after, lambda row: row.id)
    rows = list(before)
    for first, last in steps.removed:
        del rows[first : last + 1]
    if steps.order is not None:
        assert sorted(steps.order) == list(range(len(rows)))
        rows = [rows[place] for place in steps.order]
    for first, last in steps.inserted:
        rows[first:first] = after[first : last + 1]
    assert ids(rows) == ids(after)
    changed = {place for first, last in steps.changed for place in range(first, last + 1)}
    assert changed == {place for place, row in enumerate(after) if rows[place] != row}


def test_one_new_row_among_many_that_are_the_same_objects_is_found_in_a_moment():
    rows = [Row(key) for key in range(10_000)]
    longer = [*rows[:5000], Row(-1), *rows[5000:]]

    def seconds(before: list[Row], after: list[Row]) -> float:
        began = time.thread_time()
        difference(before, after, lambda row: row.id)
        return time.thread_time() - began

    others = [Row(row.id) for row in longer]
    assert seconds(rows, longer) < seconds(rows, others) / 3
