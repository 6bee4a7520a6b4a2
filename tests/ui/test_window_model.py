"""A table of ids that asks for rows only as they come into view."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.models.rows import ID_ROLE, Column
from ui.models.window import WindowModel
from ui.widgets.table import RowsView

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
IDS = st.lists(st.integers(0, 300).map(str), unique=True, max_size=200)


@dataclass(frozen=True)
class Row:
    id: str
    words: str


class Shelf:
    """Gives rows by their ids, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.words = "row"
        self.gone: set[str] = set()

    def rows(self, ids):
        self.asked += ids
        return [Row(each, f"{self.words} {each}") for each in ids if each not in self.gone]


def made(shelf: Shelf) -> WindowModel[Row]:
    columns = (Column("Id", lambda row: row.id), Column("Words", lambda row: row.words))
    return WindowModel(columns, lambda row: row.id, shelf.rows, frozenset({0}))


def shown(model):
    return [model.index(at, 1).data() for at in range(model.rowCount())]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(IDS, min_size=1, max_size=4))
def test_any_list_of_ids_after_any_other_is_shown_as_it_is(lists):
    model = made(Shelf())
    tester = QAbstractItemModelTester(model, FATAL)
    for ids in lists:
        model.replace(ids)
        assert list(model.ids) == ids
        assert shown(model) == [f"row {each}" for each in ids]
        assert all(model.position_of(each) == at for at, each in enumerate(ids))
    tester.deleteLater()


def test_of_many_lines_only_those_in_view_are_asked_for(qtbot):
    shelf = Shelf()
    model = made(shelf)
    view = RowsView(model, "Many")
    qtbot.addWidget(view)
    view.resize(400, 400)
    model.replace([str(each) for each in range(40_000)])
    view.show()
    qtbot.waitExposed(view)
    view.scrollTo(model.index(20_000, 0))
    view.grab()
    assert 0 < len(set(shelf.asked)) < 600
    assert "20000" in shelf.asked


def test_a_few_lines_that_come_or_go_leave_the_choice_where_it_is(qtbot):
    model = made(Shelf())
    view = RowsView(model, "Some")
    qtbot.addWidget(view)
    model.replace(["a", "b", "c", "d"])
    view.choose("c")
    for ids in (["b", "c", "d"], ["b", "c", "x", "d"], ["n", "b", "c", "x", "d"]):
        model.replace(ids)
        assert view.chosen_id == "c"


def test_a_row_that_is_gone_is_blank_and_keeps_its_id():
    shelf = Shelf()
    shelf.gone = {"b"}
    model = made(shelf)
    model.replace(["a", "b"])
    assert shown(model) == ["row a", None]
    assert model.index(1, 0).data(ID_ROLE) == "b"
    assert model.row_of("b") is None
    assert model.row_of("missing") is None


def test_what_changed_is_asked_anew():
    shelf = Shelf()
    model = made(shelf)
    model.replace(["a"])
    assert shown(model) == ["row a"]
    shelf.words = "changed"
    model.show_again()
    assert shown(model) == ["changed a"]


def test_sorting_is_asked_for_once_and_only_by_columns_that_can(qtbot):
    model = made(Shelf())
    view = RowsView(model, "Sorted")
    qtbot.addWidget(view)
    model.replace(["a", "b"])
    asked: list[tuple[int, bool]] = []
    model.sort_wanted.connect(lambda column, down: asked.append((column, down)))
    view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert asked == [(0, True)]
