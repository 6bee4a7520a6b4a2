"""Nothing points to what was deleted forever, whatever it was and whatever hung on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from app.binder import Binder
from app.domain.money import Money
from app.domain.said import PageEdges
from app.jobs import Silent
from app.operations import calls, dates, expenses, facts, people, steps, trash, upkeep
from app.operations.rules import rule_book
from app.storage.queries.trash import KINDS
from app.storage.schema import RECORD_TABLES
from app.storage.used import used_originals
from tests.storage.world import DAY, World, household

STAYS = {"document": {"saved_bundles.exhibits"}}
"""A bundle that was made goes on telling which papers it held: it is the proof of what was sent."""


def ids_of(connection: Connection, kind: str) -> list[str]:
    table = RECORD_TABLES[kind][0]
    return list(connection.execute(select(table.c.id).order_by(table.c.id)).scalars())


def unlinked(connection: Connection) -> set[str]:
    """The columns with a foreign key in which no row of the world names anything."""
    return {
        f"{table.name}.{key.parent.name}"
        for table, _ in RECORD_TABLES.values()
        for key in table.foreign_keys
        if not connection.execute(select(func.count(key.parent))).scalar_one()
    }


def dangling(connection: Connection) -> list[tuple[object, ...]]:
    return list(map(tuple, connection.exec_driver_sql("PRAGMA foreign_key_check")))


def mentions(connection: Connection, key: str) -> list[str]:
    """Every column of a record in which an id stands, even as a part of a text."""
    run = connection.exec_driver_sql
    return [
        f"{table.name}.{column.name}"
        for table, _ in RECORD_TABLES.values()
        for column in table.columns
        if run(f'SELECT 1 FROM {table.name} WHERE instr("{column.name}", ?)', (key,)).first()
    ]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A household in which every link that a record can have is made, closed."""
    base = tmp_path_factory.mktemp("linked")
    with Binder.create(base / "binder") as binder:
        binder.author_id = people.add_person(binder, "The one who writes").id
        world = household(binder, base / "papers")
        link_the_rest(world)
        assert binder.ask(unlinked) == set()
    return world


def link_the_rest(world: World) -> None:
    """Make the links that the household has not."""
    binder, of = world.binder, world.appeal
    call, _ = calls.log_call(
        binder, with_whom="Ann", claim_id=of.claim.id, promise="A letter", promise_by=DAY
    )
    facts.say_facts(binder, of.paper, [facts.SaidValue(name="letter_date", value="2026-03-03")])
    step = steps.StepAnswer(claim_id=of.claim.id, document_id=of.paper, bill_on=DAY)
    steps.start_step(binder, rule_book(), "nsa.ppdr", step)
    dates.give_to(binder, world.own.id, world.person.id)
    expenses.enter_expense(binder, Money(1), person_id=world.person.id, claim_id=of.claim.id)
    with binder.operation("link") as work:
        work.sendings.save(replace(work.sendings.get(of.sending.id), call_id=call.id))
        part = work.parts.where(document_id=of.paper)[0]
        work.page_edges.add(
            PageEdges(
                id="edges", sha256=part.sha256, page=1, corners="", author_id=binder.author_id,
                added_at=binder.now(),
            )
        )  # fmt: skip


@pytest.fixture
def copied(linked: World, tmp_path: Path) -> Iterator[Binder]:
    shutil.copytree(linked.binder.root, tmp_path / "binder")
    with Binder.open(tmp_path / "binder") as binder:
        yield binder


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_deleted_forever_leaves_no_link_behind(copied: Binder, kind: str):
    for key in copied.ask(ids_of, kind):
        trash.put_in_trash(copied, [(kind, key)])
        trash.delete_forever(copied, [(kind, key)])
        assert copied.ask(lambda c: c.exec_driver_sql("PRAGMA foreign_key_check").fetchall()) == []
        assert [
            name for name in copied.ask(mentions, key) if name not in STAYS.get(kind, set())
        ] == []
    found = upkeep.check(copied, Silent(), full=True)
    assert (found.problems, found.unused) == ((), 0)


def rows_of(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that people typed or chose, and what can be undone."""
    names = ["history", *(table.name for table, _ in RECORD_TABLES.values())]
    run = connection.exec_driver_sql
    return {name: sorted(map(tuple, run(f"SELECT * FROM {name}")), key=repr) for name in names}


def test_a_backup_brings_every_record_and_every_original_back(copied: Binder, tmp_path: Path):
    (tmp_path / "backups").mkdir()
    made = upkeep.back_up(copied, tmp_path / "backups", Silent())
    assert made.ok
    assert upkeep.restore(made.path, tmp_path / "back", Silent()).ok
    with Binder.open(tmp_path / "back") as back:
        assert back.ask(rows_of) == copied.ask(rows_of)
        assert upkeep.check(back, Silent(), full=True).problems == ()
        used = copied.ask(lambda connection: set(used_digests(connection)))
        assert used <= set(back.vault.everything())
        assert back.undo() == copied.undo()


def used_digests(connection: Connection) -> Sequence[str]:
    return connection.execute(select(used_originals().c.sha256)).scalars().all()
