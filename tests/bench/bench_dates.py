"""The agenda and the calendar page, in a binder with a great many dates.

Run: python -m tests.bench.bench_dates
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection

import ui.main as program
from app.binder import Binder
from app.domain.due_item import DueItem
from app.operations.agenda import agenda
from app.operations.claims import open_claim
from app.operations.denials import DenialAnswer, record_denial
from app.operations.ids import new_id
from app.operations.people import add_person, add_plan
from app.operations.reading import DocumentReader
from app.operations.rules import rule_book
from ui.bridges import JobBridge
from ui.desk import Desk
from ui.errors import ErrorDesk
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.pages.calendar import CalendarPage
from ui.reader import BinderReader
from ui.style import Style

TODAY = date(2026, 8, 18)
ENTRIES = 2_000
DENIALS = 50
CLAIMS = 20
ROUNDS = 15
BARE = """
SELECT d.*, c.title, p.name FROM due_items d
LEFT JOIN claims c ON c.id = d.claim_id LEFT JOIN people p ON p.id = c.person_id
WHERE d.done_on IS NULL AND d.waived_on IS NULL AND c.trashed_at IS NULL ORDER BY d.last_day
"""
"""The yardstick: the same rows with the names of their claims, as plain tuples."""


def make_binder(root: Path) -> None:
    """Make a binder with dates over three years, and denials that have none yet."""
    with Binder.create(root, now=lambda: datetime(2026, 8, 18, 15, tzinfo=UTC)) as binder:
        rosa = add_person(binder, "Rosa Alvarez", relation="self")
        plan = add_plan(
            binder, "Harbor Mutual", person_id=rosa.id, program="employer", funding="self"
        )
        claims = [
            open_claim(binder, f"Claim {number}", person_id=rosa.id, plan_id=plan.id).id
            for number in range(CLAIMS)
        ]
        for number in range(DENIALS):
            answer = DenialAnswer(
                notice_on=TODAY - timedelta(days=number), urgent="yes" if number % 10 == 0 else "no"
            )
            record_denial(binder, rule_book(), claims[number % CLAIMS], answer, confirmed=False)
        with binder.operation("Add dates") as work:
            for number in range(ENTRIES):
                day = TODAY + timedelta(days=number * 7 % 1_000 - 30)
                work.due_items.add(
                    DueItem(
                        id=new_id(), kind="own", title=f"Thing {number}", last_day=day,
                        safe_on=day, claim_id=claims[number % CLAIMS], added_at=binder.now(),
                    )
                )  # fmt: skip


def median_ms(do: Callable[[], object]) -> float:
    """Return the median of some rounds, in milliseconds of CPU: other work does not count."""
    do()
    times: list[float] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        do()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)


def bare(connection: Connection) -> int:
    return len(connection.exec_driver_sql(BARE).fetchall())


def agenda_row(binder: Binder) -> str:
    """Measure the question that every page with dates asks."""
    found = agenda(binder, rule_book(), TODAY)
    assert len(found.due) == ENTRIES
    assert len({entry.denial_id for entry in found.undated}) == DENIALS
    ours = median_ms(lambda: agenda(binder, rule_book(), TODAY))
    yardstick = median_ms(lambda: binder.ask(bare))
    return (
        f"| agenda of {ENTRIES:,} dates and {DENIALS} open denials | a bare SELECT of the same "
        f"rows with their claims: {yardstick:.1f} ms | {ours / yardstick:.1f} × ({ours:.0f} ms) "
        "| ≤ 6 × |"
    )


def calendar_rows(binder: Binder, folder: Path) -> list[str]:
    """Measure how long the calendar page holds the window's thread when something changes."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    memory = Memory(folder / "settings.json")
    with closing(JobBridge()) as jobs, closing(JobBridge()) as quick, DocumentReader() as reader:
        desk = Desk(
            binder=binder, jobs=jobs, quick=quick, memory=memory, today=lambda: TODAY,
            reader=BinderReader(binder, reader), author=lambda: None,
        )  # fmt: skip
        window = MainWindow(desk, program._contents(desk), Style(app, "light", 100), ErrorDesk())
        window.go_to("calendar")
        window.show()
        app.processEvents()
        (page,) = window.findChildren(CalendarPage)
        asked = median_ms(lambda: agenda(binder, rule_book(), TODAY))
        rows: list[str] = []
        for view in ("month", "list", "next"):
            page.show_view(view)
            app.processEvents()
            took = median_ms(lambda: (page.reload(), app.processEvents()))
            rows.append(
                f"| calendar shown anew, {view}, {ENTRIES:,} dates | its agenda alone: "
                f"{asked:.0f} ms | {took / asked:.2f} × ({took:.0f} ms) | ≤ 2 × |"
            )
        window.close()
    return rows


def main() -> None:
    """Print the rows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = f"{folder}/{name.lower()}"
        make_binder(Path(folder) / "binder")
        with Binder.open(Path(folder) / "binder") as binder:
            for row in (agenda_row(binder), *calendar_rows(binder, Path(folder))):
                sys.stdout.write(row + "\n")


if __name__ == "__main__":
    main()
