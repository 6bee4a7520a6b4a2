"""Undo and redo: kept with the binder, exact, and never against something else's change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.money import Money
from app.operations import calls, claims, expenses, people
from app.storage import history
from app.storage.queries.records import record
from app.storage.schema import claims as claims_table


def undo_all(binder: Binder) -> list[str]:
    labels: list[str] = []
    while label := binder.undo():
        labels.append(label)
    return labels


def test_steps_are_taken_back_newest_first_and_done_again_oldest_first(binder: Binder):
    people.add_person(binder, "Rosa")
    claim = claims.open_claim(binder, "Scan")
    claims.change_claim(binder, replace(claim, note="x"))
    assert undo_all(binder) == ["Change a claim", "Open a claim", "Add a person"]
    assert [binder.redo(), binder.redo()] == ["Add a person", "Open a claim"]
    assert binder.labels() == history.Labels("Open a claim", "Change a claim")


def test_undo_and_redo_go_on_after_the_binder_was_closed(binder: Binder, root: Path):
    claim = claims.open_claim(binder, "Scan")
    claims.change_claim(binder, replace(claim, title="Scan of the knee"))
    binder.close()
    with Binder.open(root) as later:
        assert later.undo() == "Change a claim"
        assert later.ask(record, "claim", claim.id) == claim
    with Binder.open(root) as still_later:
        assert still_later.redo() == "Change a claim"
        assert still_later.ask(record, "claim", claim.id).title == "Scan of the knee"


def test_every_kind_of_value_comes_back_as_it_was(binder: Binder):
    expense = expenses.enter_expense(
        binder, Money(-1) + Money(12051), served_on=date(2024, 2, 29), note="“José” 拒绝\n[1, 2]"
    )
    call = calls.log_call(
        binder, with_whom="Ann", minutes=0, called_at=datetime(2026, 3, 8, 7, 59, 59, 999_999, UTC)
    )[0]
    undo_all(binder)
    assert binder.ask(record, "expense", expense.id) is None
    while binder.redo():
        pass
    assert binder.ask(record, "expense", expense.id) == expense
    assert binder.ask(record, "call", call.id) == call


def test_a_new_step_forgets_what_had_been_undone(binder: Binder):
    claims.open_claim(binder, "Scan")
    binder.undo()
    claims.open_claim(binder, "Infusion")
    assert binder.labels() == history.Labels("Open a claim", None)
    assert binder.redo() is None


def test_nothing_to_undo_is_no_error(binder: Binder):
    assert (binder.undo(), binder.redo()) == (None, None)
    assert binder.labels() == history.Labels(None, None)


def test_an_operation_that_changes_nothing_leaves_no_step(binder: Binder):
    claim = claims.open_claim(binder, "Scan")
    claims.change_claim(binder, claim)
    assert undo_all(binder) == ["Open a claim"]


def test_an_operation_that_fails_leaves_nothing(binder: Binder):
    person = people.add_person(binder, "Rosa")

    def fail_half_way() -> None:
        with binder.operation("Fail") as work:
            work.people.save(replace(person, name="Nobody"))
            raise KeyError("half-way")

    with pytest.raises(KeyError, match="half-way"):
        fail_half_way()
    assert binder.ask(record, "person", person.id) == person
    assert binder.labels().undo == "Add a person"


def test_undo_is_refused_where_it_would_overwrite_another_change(binder: Binder):
    claim = claims.open_claim(binder, "Scan")
    claims.change_claim(binder, replace(claim, title="Scan of the knee"))
    with binder.operation("behind the back") as work:  # by no operation that is kept
        statement = update(claims_table).values(title="Something else")
        work.connection.execute(statement)
    with pytest.raises(UserError, match="“Change a claim” cannot be undone"):
        binder.undo()
    assert binder.ask(record, "claim", claim.id).title == "Something else"
    assert binder.labels().undo == "Change a claim"


def test_only_the_newest_steps_are_kept(binder: Binder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history, "KEPT", 5)
    for number in range(9):
        people.add_person(binder, f"Person {number}")
    assert len(undo_all(binder)) == 5


def test_records_that_point_at_each_other_come_back_together(binder: Binder):
    with binder.operation("Two at once") as work:
        person = people.Person(id="p", name="Rosa")
        claim = claims.Claim(id="c", title="Scan", person_id="p", added_at=binder.now())
        work.claims.add(claim)  # before the person it belongs to: links are checked at the end
        work.people.add(person)
    assert undo_all(binder) == ["Two at once"]
    binder.redo()
    assert binder.ask(record, "claim", "c") == claim
