"""A table comes in through the window: seen, its columns said and remembered, entered, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.operations import people
from app.storage.queries.money import expense_rows
from app.storage.queries.records import all_records
from ui.pages.import_steps import import_named, import_table

UNKNOWN = (
    "Made by hand\n"
    "Wann,Bei wem,Wieviel,Rest\n"
    "01/31/2026,Clinic,$45.00,a\n"
    "02/28/2026,Pharmacy,$5.00,b\n"
    "02/30/2026,Pharmacy,$6.00,c\n"
)


@pytest.fixture
def enter(desk, shell, jobs, quick, qtbot, tmp_path) -> Callable[..., Any]:
    """Bring a table in; `fill` is done in the dialog once all lines were looked at."""

    def idle() -> bool:
        return not jobs.busy and not quick.busy

    def run(content: str, fill: Callable[[Any], object]) -> None:
        path = tmp_path / "portal.csv"
        path.write_text(content, encoding="utf-8")
        shell.files = [path]

        def script(dialog: Any) -> None:
            qtbot.waitUntil(lambda: "Looking" not in dialog.outcome.words.text())
            fill(dialog)

        shell.scripts.append(script)
        import_table(desk, shell)
        qtbot.waitUntil(idle)

    return run


def looked(qtbot: Any, dialog: Any) -> None:
    """Wait until what was changed was looked at."""
    qtbot.waitUntil(lambda: not dialog._soon.isActive())
    qtbot.waitUntil(lambda: "Looking" not in dialog.outcome.words.text())


def test_columns_nobody_knows_are_said_once_and_remembered(desk, shell, qtbot, enter):
    seen: list[str] = []

    def say(dialog: Any) -> None:
        assert "which column is the date" in dialog.outcome.words.text()
        dialog.columns.choose("Wann", "paid")
        dialog.columns.choose("Bei wem", "provider")
        dialog.columns.choose("Wieviel", "amount")
        looked(qtbot, dialog)
        seen.append(dialog.outcome.words.text())
        assert dialog.outcome.lines.isVisible()
        dialog.go.click()

    enter(UNKNOWN, say)
    assert seen == ["2 lines will be entered"]
    assert shell.said == ["The table is imported: 2 expenses · 1 refused."]
    assert sorted(row.provider for row in desk.binder.ask(expense_rows)) == ["Clinic", "Pharmacy"]
    assert [each.name for each in desk.binder.ask(all_records, "table_profile")] == ["portal"]

    def again(dialog: Any) -> None:
        assert dialog.columns.isHidden()
        assert dialog.outcome.words.text() == "Nothing new would be entered"
        dialog.go.click()
        assert "Nothing would be entered" in dialog.problem.text

    enter(UNKNOWN, again)
    shell.actions[0].run()
    assert desk.binder.ask(expense_rows) == ()
    assert desk.binder.ask(all_records, "table_profile") == ()


def test_a_column_that_becomes_the_amount_takes_it_from_the_other(desk, qtbot, enter):
    table = "Date,Provider,Amount,What I paid\n2026-01-31,Clinic,$100.00,$45.00\n"

    def say(dialog: Any) -> None:
        dialog.columns.choose("What I paid", "amount")
        assert dialog.columns.roles()["amount"] == ""
        looked(qtbot, dialog)
        dialog.go.click()

    enter(table, say)
    assert [row.amount.plain for row in desk.binder.ask(expense_rows)] == ["45.00"]


def test_receipts_are_entered_by_their_names(desk, shell, jobs, qtbot, tmp_path):
    people.add_person(desk.binder, "Bob Delgado", relation="spouse")
    folder = tmp_path / "receipts"
    folder.mkdir()
    for name in ("2021-01-01 - bob doctor - $45.00.reimbursed.pdf", "holiday.txt"):
        (folder / name).write_bytes(b"%PDF-1.4 of an invented receipt " + name.encode())
    shell.folder = folder

    def script(dialog: Any) -> None:
        dialog.go.click()

    shell.scripts.append(script)
    import_named(desk, shell)
    qtbot.waitUntil(lambda: bool(shell.said))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shell.said[0] == "1 receipt is entered · 1 file was not kept."
    (row,) = desk.binder.ask(expense_rows)
    assert (row.patient, row.provider, row.amount.plain) == ("Bob Delgado", "doctor", "45.00")
    assert [each.name for each in Path(folder).iterdir()] != []
