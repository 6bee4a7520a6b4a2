"""Forty thousand expenses over twenty years: the pages, one change, and the printed summary.

Run: python -m tests.bench.bench_money
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Self

from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection

import ui.main as program
from app.binder import Binder
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice
from app.jobs import Silent
from app.operations.expenses import enter_expense
from app.operations.money_book import money_book
from app.operations.reading import DocumentReader
from app.operations.refunds import add_refund
from app.operations.summaries import print_hsa
from app.storage.queries.records import all_records
from app.workers import Limits, WorkerPool
from tests.bench.large_ledger import LAST_YEAR, LINES, RECEIPTS, TODAY, make_large_ledger
from ui.bridges import JobBridge
from ui.desk import Desk
from ui.errors import ErrorDesk
from ui.forgotten import ForgottenObjects
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.pages.money import MoneyPage
from ui.pages.money_parts import PARTS
from ui.reader import BinderReader
from ui.style import Style

ROUNDS = 7
PAGE_AIM = 200
SUMMARY_AIM_S, SUMMARY_AIM_MB = 20, 300
BARE = "SELECT * FROM expenses WHERE trashed_at IS NULL ORDER BY paid_on"
"""The yardstick: every line of the ledger as plain tuples."""


def median_ms(do: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of some rounds, in milliseconds of CPU: other work does not count."""
    times: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        do()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)


def bare(connection: Connection) -> int:
    return len(connection.exec_driver_sql(BARE).fetchall())


def book_rows(binder: Binder) -> list[str]:
    """Measure the judgement of every line: at first, and after one more line."""
    yardstick = median_ms(lambda: binder.ask(bare))
    first = median_ms(lambda: money_book(binder).standings(), rounds=1)

    def enter() -> None:
        enter_expense(binder, Money(100), paid_on=TODAY)

    def ask_again() -> None:
        money_book(binder).standings()

    changes: list[float] = []
    again: list[float] = []
    for _ in range(ROUNDS):
        changes.append(median_ms(enter, rounds=1))
        again.append(median_ms(ask_again, rounds=1))
    line = next(each for each in binder.ask(all_records, "expense") if each.paid_on)
    back = median_ms(lambda: add_refund(binder, line.id, TODAY, Money(1)))
    base = f"| a bare SELECT of all {LINES:,} lines: {yardstick:.0f} ms |"
    return [
        f"| how every line stands, first time {base} {first:.0f} ms | – |",
        f"| the same after one more line {base} {statistics.median(again):.0f} ms | – |",
        f"| enter an expense {base} {statistics.median(changes):.0f} ms | ≤ 50 ms |",
        f"| record a refund, with its task {base} {back:.0f} ms | ≤ 50 ms |",
    ]


def page_rows(binder: Binder, folder: Path) -> list[str]:
    """Measure how long each part of the Money page holds the window's thread."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ForgottenObjects(app)  # as in the program: no other thread looks for them
    rows: list[str] = []
    memory = Memory(folder / "settings.json")
    with closing(JobBridge()) as jobs, closing(JobBridge()) as quick, DocumentReader() as reader:
        desk = Desk(
            binder=binder, jobs=jobs, quick=quick, memory=memory, today=lambda: TODAY,
            reader=BinderReader(binder, reader), author=lambda: None,
        )  # fmt: skip
        window = MainWindow(desk, program._contents(desk), Style(app, "light", 100), ErrorDesk())
        window.go_to("money")
        window.show()
        app.processEvents()
        (page,) = window.findChildren(MoneyPage)
        for part in PARTS:
            page.parts.show_part(part.name)
            wait_for(app, quick, jobs)
            took = held_ms(page.reload, app)
            rows.append(
                f"| Money, {part.title}, shown anew | {LINES:,} lines | {took:.0f} ms "
                f"| ≤ {PAGE_AIM} ms |"
            )
            wait_for(app, quick, jobs)
        window.close()
    return rows


def held_ms(do: Callable[[], object], app: QApplication) -> float:
    """Return how long the thread of the window works at it, the median of some rounds."""
    times: list[float] = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        do()
        app.processEvents()
        times.append(1000 * (time.thread_time() - began))
    return statistics.median(times)


def wait_for(app: QApplication, *bridges: JobBridge) -> None:
    """Let what runs beside the window come to its end."""
    until = time.monotonic() + 10
    while time.monotonic() < until and any(bridge.busy for bridge in bridges):
        app.processEvents()
        time.sleep(0.01)
    app.processEvents()


class Largest:
    """Watches the memory of this process and its workers many times a second.

    `megabytes` is the most of all together, `alone` the most of any one of them.
    """

    def __init__(self) -> None:
        self.megabytes = self.alone = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            each = [_resident(process) for process in _family(os.getpid())]
            self.megabytes = max(self.megabytes, sum(each))
            self.alone = max(self.alone, *each)


def _family(process: int) -> list[int]:
    """Return a process and all that it has started."""
    try:
        tasks = Path(f"/proc/{process}/task")
        children = [
            int(child)
            for task in tasks.iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return [process]
    return [process, *(each for child in children for each in _family(child))]


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6


def summary_row(binder: Binder, target: Path) -> str:
    """Measure the full summary of the last year with all its receipts."""
    choice = SummaryChoice(first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31))
    with WorkerPool(2, Limits()) as pool, Largest() as largest:
        began = time.perf_counter()
        made = print_hsa(binder, pool, choice, target, Silent(), today=TODAY)
        took = time.perf_counter() - began
    exhibits = len(made.plan.exhibits)
    assert exhibits == RECEIPTS, exhibits
    assert made.gaps == ()
    return (
        f"| full summary of {LAST_YEAR}, {exhibits} exhibits, {made.file.pages:,} pages, "
        f"{made.file.bytes / 1e6:.0f} MB | {LINES:,} lines in the ledger | {took:.1f} s, "
        f"largest process {largest.alone:.0f} MB, with all workers {largest.megabytes:.0f} MB "
        f"| ≤ {SUMMARY_AIM_S} s, {SUMMARY_AIM_MB} MB |"
    )


def main(words: list[str]) -> None:
    """Make the ledger and measure in processes of their own, so that each has its own memory."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    match words:
        case ["make", folder]:
            make_large_ledger(Path(folder) / "binder")
        case ["summary", folder]:
            gc.set_threshold(20_000)  # as the commands do
            with Binder.open(Path(folder) / "binder") as binder:
                sys.stdout.write(summary_row(binder, Path(folder) / "summary.pdf") + "\n")
        case ["pages", folder]:
            with Binder.open(Path(folder) / "binder") as binder:
                for row in (*book_rows(binder), *page_rows(binder, Path(folder))):
                    sys.stdout.write(row + "\n")
        case _:
            with tempfile.TemporaryDirectory() as folder:
                for name in ("CONFIG", "DATA", "STATE"):
                    os.environ[f"XDG_{name}_HOME"] = f"{folder}/{name.lower()}"
                for step in ("make", "summary", "pages"):
                    command = [sys.executable, "-m", __spec__.name, step, folder]
                    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
