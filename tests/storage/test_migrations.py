"""From any released schema to today's; never from a newer one, or from another program's file."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, select
from sqlcipher3 import dbapi2

from app.binder import Binder
from app.domain.errors import BinderUnusableError
from app.jobs import Silent
from app.operations import upkeep
from app.storage import migrations
from app.storage.database import DATABASE, open_engine, reading, writing
from app.storage.migrations import APPLICATION_ID, NEWEST
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.story import claim_story
from app.storage.schema import RECORD_TABLES, metadata
from tests.data.binders.make import RELEASED, STORY
from tests.quick_schema import migrate_quickly


def in_file(connection: Connection, name: str) -> dict[str, object]:
    run = connection.exec_driver_sql
    indexes = {row[1] for row in run(f"PRAGMA index_list({name})") if row[3] == "c"}
    return {
        "columns": [(c[1], c[2], bool(c[3]), c[5]) for c in run(f"PRAGMA table_info({name})")],
        "links": {(k[3], k[2], k[4]) for k in run(f"PRAGMA foreign_key_list({name})")},
        "indexes": {
            index: [row[2] for row in run(f"PRAGMA index_info({index})")] for index in indexes
        },
    }


def as_declared(table: Table) -> dict[str, object]:
    keys = list(table.primary_key.columns)
    return {
        "columns": [
            (
                column.name,
                {"LargeBinary": "BLOB"}.get(type(column.type).__name__, str(column.type)),
                not column.nullable,
                keys.index(column) + 1 if column in keys else 0,
            )
            for column in table.columns
        ],
        "links": {
            (link.parent.name, link.column.table.name, link.column.name)
            for link in table.foreign_keys
        },
        "indexes": {
            str(index.name): [column.name for column in index.columns] for index in table.indexes
        },
    }


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_a_fresh_binder_has_the_table_as_the_program_knows_it(binder: Binder, name: str):
    found = binder.ask(lambda connection: in_file(connection, name))
    assert found == as_declared(metadata.tables[name])


def test_a_fresh_binder_has_no_other_tables_than_the_known_ones(binder: Binder):
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
    names = binder.ask(lambda connection: set(connection.exec_driver_sql(query).scalars()))
    assert names == set(metadata.tables) - {"search_entries"}


def test_the_quick_binders_of_the_tests_are_what_the_migrations_make():
    made: list[set[tuple[object, ...]]] = []
    for step in (migrations.migrate, migrate_quickly):
        engine = create_engine("sqlite://", module=dbapi2)
        with engine.begin() as connection:
            step(connection)
            query = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
            made.append(set(map(tuple, connection.exec_driver_sql(query))))
            assert migrations.schema_version(connection) == NEWEST
        engine.dispose()
    assert made[0] == made[1]


def test_links_are_checked_when_a_change_is_complete(binder: Binder):
    for table in metadata.tables.values():
        for link in table.foreign_keys:
            if table.name not in ("pages", "passwords", "readings", "thumbnails"):
                assert link.deferrable, f"{table.name}.{link.parent.name}"


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_a_binder_of_every_released_version_opens_and_keeps_its_data(version: int, tmp_path: Path):
    root = tmp_path / "old"
    assert upkeep.restore(RELEASED / f"v{version}.zip", root, Silent()).ok
    with Binder.open(root) as binder:
        assert {row.name for row in binder.ask(paper_rows)} == STORY["papers"]
        (claim,) = binder.ask(claim_rows)
        assert claim.title == STORY["claim"]
        assert {line.text for line in binder.ask(claim_story, claim.id)} >= STORY["story"]
        assert upkeep.check(binder, Silent(), full=True).problems == ()
        assert binder.undo() == STORY["undo"]


def test_the_binder_of_the_newest_version_holds_every_kind_of_record(tmp_path: Path):
    """So that the next schema has something of each kind to bring along."""
    root = tmp_path / "newest"
    assert upkeep.restore(RELEASED / f"v{NEWEST}.zip", root, Silent()).ok
    with Binder.open(root) as binder, binder.operation("look") as work:
        empty = {
            kind
            for kind, (table, _) in RECORD_TABLES.items()
            if not work.connection.execute(select(table).limit(1)).first()
        }
    assert empty == {"page_edges"}, "edges need a photo"


def set_header(root: Path, version: int, mark: int) -> bytes:
    engine = open_engine(root / DATABASE)
    with writing(engine) as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        connection.exec_driver_sql(f"PRAGMA application_id = {mark}")
    engine.dispose()
    return (root / DATABASE).read_bytes()


def test_a_binder_of_a_newer_program_is_refused_and_left_alone(binder: Binder, root: Path):
    binder.close()
    before = set_header(root, NEWEST + 1, APPLICATION_ID)
    with pytest.raises(BinderUnusableError, match="newer ClaimBinder"):
        Binder.open(root)
    assert (root / DATABASE).read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(binder: Binder, root: Path):
    binder.close()
    before = set_header(root, 1, 0)
    with pytest.raises(BinderUnusableError, match="another program"):
        Binder.open(root)
    assert (root / DATABASE).read_bytes() == before


def test_the_folder_of_another_program_is_left_alone(root: Path):
    root.mkdir()
    with closing(dbapi2.connect(str(root / DATABASE))) as other:
        other.execute("CREATE TABLE theirs (a)")
        other.commit()
    before = (root / DATABASE).read_bytes()
    with pytest.raises(BinderUnusableError, match="another program"):
        Binder.open(root)
    assert [(file.name, file.read_bytes()) for file in root.iterdir()] == [(DATABASE, before)]


@pytest.mark.parametrize("content", [b"", b"Dear Ms Alvarez,\n" * 400])
def test_a_file_that_is_no_database_is_refused_and_left_alone(root: Path, content: bytes):
    root.mkdir()
    (root / DATABASE).write_bytes(content)
    with pytest.raises(BinderUnusableError):
        Binder.open(root)
    assert (root / DATABASE).read_bytes() == content


def test_a_step_that_fails_leaves_the_binder_as_it_was(
    binder: Binder, root: Path, monkeypatch: pytest.MonkeyPatch
):
    binder.close()
    steps = (*migrations.STEPS, ("CREATE TABLE half (done TEXT)", "INSERT INTO nowhere VALUES (1)"))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", steps)
        patch.setattr(migrations, "NEWEST", NEWEST + 1)
        patch.setattr("app.binder.NEWEST", NEWEST + 1)
        with pytest.raises(Exception, match="nowhere"):
            Binder.open(root)
    with Binder.open(root) as again:
        query = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"
        assert again.ask(lambda connection: connection.exec_driver_sql(query).scalar_one()) == 0


def test_a_step_that_succeeds_brings_an_older_binder_along(
    binder: Binder, root: Path, monkeypatch: pytest.MonkeyPatch
):
    binder.close()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("CREATE TABLE late (a TEXT)",)))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    monkeypatch.setattr("app.binder.NEWEST", NEWEST + 1)
    for _ in range(2):  # the second time there is nothing left to do
        with Binder.open(root) as opened:
            assert opened.ask(migrations.schema_version) == NEWEST + 1


def test_a_new_binder_is_made_where_an_interrupted_start_left_its_beginnings(
    binder: Binder, root: Path
):
    binder.close()
    (root / "READ ME.txt").unlink()
    (root / DATABASE).write_bytes(b"")
    with Binder.create(root) as again:
        assert again.ask(paper_rows) == ()
    assert (root / "READ ME.txt").exists()


def test_no_new_binder_is_made_over_one_that_is_there(binder: Binder, root: Path):
    binder.close()
    (root / "READ ME.txt").unlink()
    with pytest.raises(Exception, match="is not empty"):
        Binder.create(root)
    Binder.open(root).close()


def test_no_new_binder_is_made_over_originals_whose_database_is_gone(
    binder: Binder, root: Path, add
):
    add(binder, "letter.txt")
    binder.close()
    for file in root.iterdir():
        if file.is_file():
            file.unlink()
    with pytest.raises(Exception, match="is not empty"):
        Binder.create(root)
    shutil.rmtree(root / "originals")


def test_reading_sees_one_moment_while_another_writes(binder: Binder, add):
    with reading(binder.engine) as connection:
        assert paper_rows(connection) == ()
        add(binder, "letter.txt")
        assert paper_rows(connection) == ()
    assert len(binder.ask(paper_rows)) == 1
