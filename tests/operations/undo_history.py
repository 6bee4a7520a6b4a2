"""A binder whose history is known: whatever is done, taken back and done again, it is as then."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import Connection, select

from app.binder import Binder
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import trash, upkeep
from app.operations.rules import rule_book
from app.storage.queries.find import Hit, find_anything
from app.storage.queries.records import record
from app.storage.queries.trash import trash_rows
from app.storage.schema import RECORD_TABLES
from app.storage.used import used_originals

WORDS = ("alpha", "bravo 20260214-773190-00", "charlie (co-50)", "delta José", "拒绝 echo", "")
TYPED = ("alpha", "brav", "773190", "co-50", "jose", "绝")
words = st.sampled_from(WORDS)
titles = st.sampled_from([word for word in WORDS if word])
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
DERIVED = ("originals", "readings", "pages", "passwords", "thumbnails")

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Moment:
    """What people see at a point of the history."""

    records: Rows
    found: dict[str, frozenset[Hit]]


def rows_of(connection: Connection, tables: tuple[str, ...]) -> Rows:
    run = connection.exec_driver_sql
    return {name: sorted(map(tuple, run(f"SELECT * FROM {name}")), key=repr) for name in tables}


def ids_as_they_came(connection: Connection, table: str) -> list[str]:
    return list(connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY rowid").scalars())


def digests_in_use(connection: Connection) -> set[str]:
    return set(connection.execute(select(used_originals().c.sha256)).scalars())


class History(RuleBasedStateMachine):
    """A binder and what its history must be: moments, and the place among them."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.clock = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
        self.binder = Binder.create(self.place / "binder", now=self.tick)
        self.book = rule_book()
        self.files = 0
        self.fill()
        with self.binder.erasing("begin"):
            """What was filled in is no step."""
        self.past = [self.look()]
        self.labels: list[str] = []
        self.at = 0

    def fill(self) -> None:
        """Put in what is there before the first step."""

    def teardown(self) -> None:
        if hasattr(self, "binder"):
            try:
                assert upkeep.check(self.binder, Silent(), full=True).problems == ()
            finally:
                self.binder.close()
                shutil.rmtree(self.place)

    def tick(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    # ------------------------------------------------------------------------ looking

    def look(self) -> Moment:
        tables = tuple(table.name for table, _ in RECORD_TABLES.values())
        found = {
            typed: frozenset(
                hit for hit in self.binder.ask(find_anything, typed, limit=1000) if not hit.page
            )
            for typed in TYPED
        }
        return Moment(self.binder.ask(rows_of, tables), found)

    def derived(self) -> Rows:
        return self.binder.ask(rows_of, DERIVED)

    def ids(self, kind: str) -> list[str]:
        """The ids of a kind in the order in which they came: they themselves are random."""
        return self.binder.ask(ids_as_they_came, RECORD_TABLES[kind][0].name)

    def one(self, data: st.DataObject, kind: str) -> Any:
        """A record of a kind, or None where there is none."""
        ids = self.ids(kind)
        return self.binder.ask(record, kind, data.draw(st.sampled_from(ids))) if ids else None

    def id_or_none(self, data: st.DataObject, kind: str) -> str | None:
        return data.draw(st.sampled_from([None, *self.ids(kind)]))

    def every_original_is_there(self) -> None:
        """What came back came back with its bytes."""
        assert all(map(self.binder.vault.holds, self.binder.ask(digests_in_use)))

    # ------------------------------------------------------------------------- changing

    def do(self, verb: Callable[[], object]) -> None:
        """Do something and note what the history must be from now on."""
        before = self.binder.labels()
        try:
            verb()
        except UserError:
            assert self.look() == self.past[self.at]
            assert self.binder.labels() == before
            return
        now = self.look()
        if now == self.past[self.at]:
            assert self.binder.labels() == before, "a step that changes nothing"
            return
        label = self.binder.labels().undo
        assert label
        self.past = [*self.past[: self.at + 1], now]
        self.labels = [*self.labels[: self.at], label]
        self.at += 1

    @rule(data=st.data())
    def delete_something_forever(self, data: st.DataObject) -> None:
        """Forgets the history; only what is there now remains."""
        if rows := self.binder.ask(trash_rows):
            row = data.draw(st.sampled_from(rows))
            trash.delete_forever(self.binder, [(row.kind, row.id)])
            self.past, self.labels, self.at = [self.look()], [], 0

    @rule()
    def close_and_open(self) -> None:
        self.binder.close()
        self.binder = Binder.open(self.place / "binder", now=self.tick)

    @precondition(lambda self: self.at > 0)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        before = self.derived()
        for _ in range(min(steps, self.at)):
            self.at -= 1
            assert self.binder.undo() == self.labels[self.at]
            assert self.look() == self.past[self.at]
            self.every_original_is_there()
        assert self.derived() == before

    @precondition(lambda self: self.at < len(self.labels))
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        before = self.derived()
        for _ in range(min(steps, len(self.labels) - self.at)):
            assert self.binder.redo() == self.labels[self.at]
            self.at += 1
            assert self.look() == self.past[self.at]
            self.every_original_is_there()
        assert self.derived() == before

    @invariant()
    def the_menu_offers_what_comes_next(self) -> None:
        if hasattr(self, "binder"):
            offered = self.binder.labels()
            assert offered.undo == (self.labels[self.at - 1] if self.at else None)
            assert offered.redo == (self.labels[self.at] if self.at < len(self.labels) else None)


def how_long(*, deep: bool, runs: int) -> settings:
    """How many histories of how many steps: a few, or as many as a night allows."""
    return settings(
        settings.get_profile(settings._current_profile),
        max_examples=150 if deep else runs,
        stateful_step_count=50 if deep else 25,
        suppress_health_check=list(HealthCheck),
    )
