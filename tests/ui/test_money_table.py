"""The tables of the money where not all columns have room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.checks import show_active
from ui.models.rows import Column, RowsModel
from ui.pages.money_table import LedgerTable
from ui.style import px

COLUMNS = (
    Column("Served", lambda row: row, width=12),
    Column("Paid", lambda row: row, width=12),
    Column("To", lambda row: f"Provider {row}"),
)
ROWS = [f"line {number}" for number in range(60)]


@pytest.fixture
def table(qtbot):
    """The first column is hidden: there is no room for it."""
    model = RowsModel(COLUMNS, lambda row: row)
    made = LedgerTable(model, "Lines", (0,))
    qtbot.addWidget(made)
    model.replace(ROWS)
    made.resize(900, 400)
    show_active(made)
    made.choose_first()
    made.resize(px(300), 400)
    assert made.isColumnHidden(0)
    return made


def is_seen(table):
    rect = table.visualRect(table.currentIndex())
    return not rect.isEmpty() and table.viewport().rect().contains(rect.center())


def test_a_line_is_brought_into_view_although_its_first_column_is_hidden(table):
    table.choose("line 40")
    assert table.chosen_id == "line 40"
    assert is_seen(table)


def test_the_arrow_keys_keep_their_line_in_view(table):
    table.setFocus()
    for _ in range(30):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.chosen_id == "line 30"
    assert is_seen(table)
