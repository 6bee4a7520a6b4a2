from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.models.difference import difference
from ui.models.rows import ID_ROLE, RIGHT, Column, RowsModel
from ui.widgets.lines import Line, LinesModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass(frozen=True)
class Row:
    id: str
    amount: int | None


COLUMNS: tuple[Column[Row], ...] = (
    Column("Id", lambda row: row.id),
    Column("Amount", lambda row: str(row.amount), lambda row: row.amount, RIGHT, 8),
)
ROWS = st.lists(
    st.builds(Row, st.sampled_from("abcdefgh"), st.none() | st.integers(0, 3)),
    unique_by=lambda row: row.id,
)


def made(rows=()) -> RowsModel[Row]:
    model = RowsModel(COLUMNS, lambda row: row.id)
    model.replace(rows)
    return model


def shown(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


@given(before=ROWS, after=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_replacement_the_model_shows_exactly_the_new_rows(qapp, before, after):
    model = made(before)
    tester = QAbstractItemModelTester(model, FATAL)
    model.replace(after)
    assert model.rows == tuple(after)
    assert shown(model) == [row.id for row in after]
    del tester


@given(before=ROWS, after=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_index_that_was_kept_follows_its_row_or_becomes_invalid(qapp, before, after):
    model = made(before)
    kept = {row.id: QPersistentModelIndex(model.index(at, 1)) for at, row in enumerate(before)}
    model.replace(after)
    staying = {row.id for row in after}
    for row_id, index in kept.items():
        assert index.isValid() == (row_id in staying)
        if index.isValid():
            assert (index.data(ID_ROLE), index.column()) == (row_id, 1)


@given(before=ROWS, after=ROWS)
def test_no_row_is_touched_that_stays_as_it_is(before, after):
    steps = difference(before, after, lambda row: row.id)
    same = {row.id for row in before} & {row.id for row in after if row in before}
    changed = {after[at].id for first, last in steps.changed for at in range(first, last + 1)}
    assert not changed & same
    inserted = {after[at].id for first, last in steps.inserted for at in range(first, last + 1)}
    assert inserted == {row.id for row in after} - {row.id for row in before}


@given(rows=ROWS, descending=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sorting_puts_what_has_no_value_last_either_way(qapp, rows, descending):
    model = made(rows)
    order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    model.sort(1, order)
    amounts = [row.amount for row in model.rows]
    filled = [amount for amount in amounts if amount is not None]
    assert amounts == sorted(filled, reverse=descending) + [None] * (len(amounts) - len(filled))


def test_rows_that_come_later_are_sorted_in(qapp):
    model = made([Row("a", 3), Row("b", 1)])
    model.sort(1)
    model.replace([Row("a", 3), Row("b", 1), Row("c", 2)])
    assert shown(model) == ["b", "c", "a"]


def test_a_negative_column_restores_the_order_that_was_given(qapp):
    model = made([Row("b", 1), Row("a", 3)])
    model.sort(0)
    model.sort(-1)
    assert shown(model) == ["b", "a"]


def test_the_selected_row_stays_selected_when_others_come_and_go(qapp):
    model = made([Row("a", 1), Row("b", 2), Row("c", 3)])
    selection = QItemSelectionModel(model)
    chosen = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    selection.select(model.index(1, 0), chosen)
    model.replace([Row("x", 0), Row("c", 3), Row("b", 9)])
    assert [index.data() for index in selection.selectedRows()] == ["b"]


def test_a_changed_row_tells_of_itself_alone(qtbot):
    model = made([Row("a", 1), Row("b", 2), Row("c", 3)])
    with qtbot.waitSignal(model.dataChanged) as told:
        model.replace([Row("a", 1), Row("b", 5), Row("c", 3)])
    first, last = told.args[0], told.args[1]
    assert (first.row(), last.row(), last.column()) == (1, 1, 1)


def test_a_screen_reader_hears_what_a_column_says_for_the_ear(qapp):
    model = RowsModel([Column("A", lambda row: "7", spoken=lambda row: "7 days")], lambda row: row)
    model.replace(["x"])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "7 days"


def test_a_tooltip_shows_markup_as_it_stands(qapp):
    model = RowsModel([Column("A", str, tip=lambda row: "<b>x</b>")], lambda row: row)
    model.replace(["x"])
    assert "&lt;b&gt;x&lt;/b&gt;" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


LINES = st.lists(
    st.builds(Line, st.sampled_from("abcdef"), st.sampled_from(["one", "two"])),
    unique_by=lambda line: line.id,
)


@given(before=LINES, after=LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_of_lines_shows_exactly_the_new_lines(qapp, before, after):
    model = LinesModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.replace(before)
    kept = {line.id: QPersistentModelIndex(model.index(at)) for at, line in enumerate(before)}
    model.replace(after)
    assert model.lines == tuple(after)
    for line in after:
        if line.id in kept:
            assert kept[line.id].data(Qt.ItemDataRole.UserRole) == line.id
    del tester


def test_a_line_is_spoken_with_all_its_parts():
    line = Line("i", "Inbox", trailing="3", spoken_trailing="3 wait")
    assert line.spoken == "Inbox, 3 wait"


@pytest.mark.parametrize("count", [2_000])
def test_a_long_list_turned_around_takes_few_steps(qapp, count):
    rows = [Row(str(number), number) for number in range(count)]
    steps = difference(rows, rows[::-1], lambda row: row.id)
    assert (steps.removed, steps.inserted, steps.changed) == ((), (), ())
    assert steps.order == tuple(range(count - 1, -1, -1))
