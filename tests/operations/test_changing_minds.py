"""Any changes of mind in any order: what is shown happens, and no open denial vanishes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.recount import Recounted
from app.operations import (
    claims,
    dates,
    denials,
    people,
    recounting,
    reserve,
    sendings,
    steps,
    trash,
)
from app.operations.denials import DenialAnswer
from app.operations.rules import rule_book
from app.operations.steps import StepAnswer
from app.storage.queries.dates import due_rows, open_denials, undated_rows
from app.storage.queries.records import record
from app.storage.schema import RECORD_TABLES

programs = st.sampled_from(
    ["employer", "medicaid_managed_care", "original_medicare", "chip", "unknown", "part_d"]
)
days = st.dates(date(2026, 1, 1), date(2026, 11, 30))
letters = st.builds(
    DenialAnswer,
    notice_on=st.none() | days,
    received_on=st.none() | days,
    level=st.integers(1, 3),
    letter_says=st.sampled_from(["date", "days", "nothing", "unknown"]),
    letter_date=st.none() | days,
    letter_days=st.none() | st.integers(1, 200),
    action_on=st.none() | days,
    continuing=st.sampled_from(["", "yes", "no"]),
    keep_by=st.none() | days,
    peer_by=st.none() | days,
)


class Minds(RuleBasedStateMachine):
    """Somebody who changes their mind about everything, in any order."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        moment = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
        self.binder = Binder.create(self.place / "binder", now=lambda: moment)
        self.book = rule_book()
        for name in ("Harbor", "Bayside"):
            plan = people.add_plan(self.binder, name, program="employer", state="OH")
            claims.open_claim(self.binder, f"Claim of {name}", plan_id=plan.id)

    def teardown(self) -> None:
        if hasattr(self, "binder"):
            self.binder.close()
            shutil.rmtree(self.place)

    def look(self) -> dict[str, list[tuple[Any, ...]]]:
        def rows(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
            found = (
                (table.name, connection.exec_driver_sql(f"SELECT * FROM {table.name}"))
                for table, _ in RECORD_TABLES.values()
            )
            return {name: sorted(map(tuple, lines), key=repr) for name, lines in found}

        return self.binder.ask(rows)

    def one(self, data: st.DataObject, kind: str) -> Any:
        """A record of a kind, or None; they are offered in the order in which they were made."""
        query = f"SELECT id FROM {RECORD_TABLES[kind][0].name} ORDER BY rowid"
        ids = self.binder.ask(lambda connection: list(connection.exec_driver_sql(query).scalars()))
        return self.binder.ask(record, kind, data.draw(st.sampled_from(ids))) if ids else None

    def do(self, verb: Callable[[], object]) -> bool:
        before = self.look()
        try:
            verb()
        except UserError:
            assert self.look() == before
            return False
        return True

    def shown_then_done(
        self, preview: Callable[[], tuple[Recounted, ...]], change: Callable[[], object]
    ) -> None:
        """What was shown is what happens, and one undo brings everything back."""
        before = self.look()
        try:
            rows = preview()
        except UserError:
            assert self.look() == before
            assert not self.do(change)
            return
        assert self.look() == before
        ids = {each[0] for each in before["due_items"]}
        change()
        now = {row.id: row for row in map(self._item, self.look()["due_items"])}
        for row in rows:
            if row.due_id:
                assert row.would_be == (now[row.due_id].last_day if row.due_id in now else None)
        new = [row.last_day for row in now.values() if row.id not in ids]
        assert sorted(new) == sorted(
            row.would_be for row in rows if row.due_id is None and row.would_be
        )
        told = {row.due_id for row in rows}
        was = {each[0]: self._item(each) for each in before["due_items"]}
        moved = {
            key for key, item in was.items()
            if key not in now or now[key].last_day != item.last_day
        }  # fmt: skip
        assert moved <= told
        if self.look() != before:
            self.binder.undo()
            assert self.look() == before
            self.binder.redo()

    def _item(self, row: tuple[Any, ...]) -> Any:
        return self.binder.ask(record, "due_item", row[0]) or _Gone(row)

    @rule(data=st.data(), answer=letters, confirmed=st.booleans())
    def a_denial(self, data: st.DataObject, answer: DenialAnswer, confirmed: bool) -> None:
        claim = self.one(data, "claim")
        self.do(
            lambda: denials.record_denial(
                self.binder, self.book, claim.id, answer, confirmed=confirmed
            )
        )

    @rule(data=st.data(), answer=letters, confirmed=st.booleans())
    def another_answer(self, data: st.DataObject, answer: DenialAnswer, confirmed: bool) -> None:
        if denial := self.one(data, "denial"):
            given = (self.binder, self.book, denial.id, answer)
            self.shown_then_done(
                lambda: recounting.preview_denial_change(*given, confirmed=confirmed),
                lambda: denials.change_denial(*given, confirmed=confirmed),
            )

    @rule(data=st.data(), program=programs, state=st.sampled_from([None, "OH", "TX"]))
    def another_plan(self, data: st.DataObject, program: str, state: str | None) -> None:
        plan = replace(self.one(data, "plan"), program=program, state=state)
        self.shown_then_done(
            lambda: recounting.preview_plan_change(self.binder, self.book, plan),
            lambda: people.change_plan(self.binder, plan),
        )

    @rule(data=st.data(), on=st.none() | days, move=st.booleans())
    def another_claim(self, data: st.DataObject, on: date | None, move: bool) -> None:
        plan = self.one(data, "plan")
        claim = replace(self.one(data, "claim"), service_on=on)
        claim = replace(claim, plan_id=plan.id) if move else claim
        self.shown_then_done(
            lambda: recounting.preview_claim_change(self.binder, self.book, claim),
            lambda: claims.change_claim(self.binder, claim),
        )

    @rule(data=st.data(), on=days, verb=st.sampled_from(["done", "open", "waive", "move", "gone"]))
    def an_entry(self, data: st.DataObject, on: date, verb: str) -> None:
        if item := self.one(data, "due_item"):
            verbs: dict[str, Callable[[], object]] = {
                "done": lambda: dates.mark_done(self.binder, item.id, on),
                "open": lambda: dates.mark_open(self.binder, item.id),
                "waive": lambda: dates.waive_date(self.binder, item.id, on),
                "move": lambda: dates.move_date(self.binder, item.id, on),
                "gone": lambda: dates.remove_date(self.binder, item.id),
            }
            self.do(verbs[verb])

    @rule(data=st.data(), verb=st.sampled_from(["stand", "after all", "fast", "keep", "sent"]))
    def a_word_on_a_denial(self, data: st.DataObject, verb: str) -> None:
        if denial := self.one(data, "denial"):
            on = date(2026, 11, 20)
            verbs: dict[str, Callable[[], object]] = {
                "stand": lambda: denials.do_not_appeal(self.binder, denial.id),
                "after all": lambda: denials.appeal_after_all(self.binder, denial.id),
                "fast": lambda: denials.note_fast_appeal(self.binder, denial.id, asked_on=on),
                "keep": lambda: denials.note_kept_care(self.binder, denial.id, asked_on=on),
                "sent": lambda: sendings.record_sending(
                    self.binder, denial.claim_id, on, denial_id=denial.id
                ),
            }
            self.do(verbs[verb])

    @rule(
        data=st.data(), name=st.sampled_from(["com.info.request", "nsa.ppdr", "com.court"]), on=days
    )
    def a_step(self, data: st.DataObject, name: str, on: date) -> None:
        answer = StepAnswer(claim_id=self.one(data, "claim").id, received_on=on, bill_on=on)
        self.do(lambda: steps.start_step(self.binder, self.book, name, answer))

    @rule(on=days, kind=st.sampled_from(["own", "stop", "fsa"]))
    def a_date_of_ones_own(self, on: date, kind: str) -> None:
        self.do(lambda: dates.add_own_date(self.binder, "The day", on, kind=kind))

    @rule(number=st.integers(0, 60))
    def days_in_reserve(self, number: int) -> None:
        shown = reserve.preview_buffer_days(self.binder, self.book, number)
        assert reserve.set_buffer_days(self.binder, self.book, number) == shown
        for row in shown:
            assert self.binder.ask(record, "due_item", row.due_id).safe_on == row.would_be

    @rule(data=st.data(), back=st.booleans())
    def a_claim_in_the_trash(self, data: st.DataObject, back: bool) -> None:
        named = [("claim", self.one(data, "claim").id)]
        verb = trash.restore if back else trash.put_in_trash
        self.do(lambda: verb(self.binder, named))

    @rule(back=st.booleans())
    def turned(self, back: bool) -> None:
        _ = self.binder.undo() if back else self.binder.redo()

    @invariant()
    def no_open_denial_vanishes(self) -> None:
        if not hasattr(self, "binder"):
            return
        standing = {row.denial.id for row in self.binder.ask(open_denials)}
        dated = {row.denial_id for row in self.binder.ask(due_rows) if row.kind == "appeal"}
        undated = {row.denial_id for row in self.binder.ask(undated_rows)}
        assert standing <= dated | undated
        assert undated <= standing

    @invariant()
    def every_day_of_a_rule_has_a_source_that_may_give_days(self) -> None:
        if hasattr(self, "binder"):
            for row in self.binder.ask(due_rows):
                if row.basis == "rule" and row.kind != "answer":
                    assert row.verification in {"P26", "Q26", "P"}
                    assert row.source


class _Gone:
    """An entry that is no longer there: its id and its day, from the row of the table."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.id = row[0]
        names = [column.name for column in RECORD_TABLES["due_item"][0].columns]
        self.last_day = date.fromisoformat(row[names.index("last_day")])


@pytest.mark.timeout(600)
def test_what_is_shown_happens_and_no_open_denial_vanishes(request: pytest.FixtureRequest):
    deep = bool(request.config.getoption("--deep"))
    run_state_machine_as_test(
        Minds,
        settings=settings(
            settings.get_profile(settings._current_profile),
            max_examples=200 if deep else 12,
            stateful_step_count=50 if deep else 25,
            suppress_health_check=list(HealthCheck),
        ),
    )
