"""The check finds what is wrong, names it, and mends what it can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.page import PageText, pack_page
from app.jobs import Cancelled, Silent
from app.operations import people, upkeep
from app.storage import doctor
from app.storage.database import DATABASE
from app.storage.derived import PageRecord
from app.storage.queries.find import find_anything
from app.storage.queries.papers import document_parts, paper_rows


@pytest.fixture
def full(binder: Binder, add: Callable[..., str]) -> Binder:
    people.add_person(binder, "Rosa Alvarez")
    for name in ("one.txt", "two.txt"):
        document = add(binder, name, f"{name} claim 20260214-773190-00")
        part = binder.ask(document_parts, document)[0]
        text = PageText(1, f"{name} denied 20260214-773190-00", "embedded")
        page = PageRecord(1, 612, 792, 0, "embedded", pack_page(text), text.text)
        with binder.deriving("Reading") as derived:
            derived.keep_pages(part.sha256, [page])
            derived.finish(part.sha256, 1)
    return binder


def run(binder: Binder, statement: str) -> None:
    with binder.operation("by hand") as work:
        work.connection.exec_driver_sql(statement)


def place_of(binder: Binder, name: str) -> Path:
    row = next(row for row in binder.ask(paper_rows) if row.name == name)
    with binder.vault.lend(row.sha256) as path:
        path.chmod(0o600)
        return path


@pytest.mark.parametrize("full_check", [False, True])
def test_a_sound_binder_has_no_problems(full: Binder, full_check: bool):
    assert upkeep.check(full, Silent(), full=full_check) == upkeep.CheckResult(True, (), 0)


@pytest.mark.parametrize("full_check", [False, True])
def test_a_missing_original_is_named(full: Binder, full_check: bool):
    place_of(full, "one.txt").unlink()
    result = upkeep.check(full, Silent(), full=full_check)
    assert (result.ok, result.problems) == (False, (doctor.missing("one.txt"),))


@pytest.mark.parametrize("full_check", [False, True])
def test_an_original_of_another_size_is_named(full: Binder, full_check: bool):
    place_of(full, "two.txt").write_text("short")
    result = upkeep.check(full, Silent(), full=full_check)
    assert result.problems == (doctor.damaged("two.txt"),)


def test_a_changed_byte_is_found_by_the_full_check(full: Binder):
    place = place_of(full, "two.txt")
    place.write_bytes(b"T" + place.read_bytes()[1:])
    assert upkeep.check(full, Silent()).ok
    assert upkeep.check(full, Silent(), full=True).problems == (doctor.damaged("two.txt"),)


def test_an_original_that_may_not_be_read_is_named(full: Binder, obeying):
    place_of(full, "two.txt").chmod(0)
    with obeying():
        assert upkeep.check(full, Silent(), full=True).problems == (doctor.damaged("two.txt"),)


def test_originals_that_no_paper_uses_are_counted_and_no_problem(full: Binder, add):
    add(full, "three.txt")
    full.undo()
    (full.root / "originals" / ("ab" * 32)).write_bytes(b"of a crash")
    assert upkeep.check(full, Silent(), full=True) == upkeep.CheckResult(True, (), 2)


PLANTS = {
    "a record without entry": "DELETE FROM search_entries WHERE kind = 'person'",
    "a page without entry": (
        "DELETE FROM search_entries WHERE kind = 'page' AND number = "
        "(SELECT min(number) FROM search_entries WHERE kind = 'page')"
    ),
    "an entry without record": (
        "INSERT INTO search_entries(kind, ref, page) VALUES ('claim', 'nobody', 0)"
    ),
    "an entry without words": (
        "DELETE FROM search WHERE rowid = (SELECT min(number) FROM search_entries)"
    ),
    "words without entry": "INSERT INTO search(rowid, title, body) VALUES (999, 'x', 'y')",
    "a number without entry": "INSERT INTO search_numbers(rowid, numbers) VALUES (999, '12345')",
    "an entry twice": (
        "INSERT INTO search_entries(kind, ref, page) SELECT kind, ref, page FROM search_entries"
    ),
    "a broken index": "DELETE FROM search_data WHERE id > 10",
}


@pytest.mark.parametrize("plant", PLANTS)
def test_an_index_that_disagrees_is_found_and_made_anew(full: Binder, plant: str):
    run(full, PLANTS[plant])
    assert upkeep.check(full, Silent()).problems == (doctor.STALE_INDEX,)
    assert upkeep.check(full, Silent(), full=True).problems == (doctor.RENEWED_INDEX,)
    assert upkeep.check(full, Silent(), full=True).ok
    assert {hit.title for hit in full.ask(find_anything, "773190")} == {"one.txt", "two.txt"}
    assert [hit.title for hit in full.ask(find_anything, "alvarez")] == ["Rosa Alvarez"]


def test_a_broken_index_is_told_as_what_it_is(full: Binder):
    run(full, PLANTS["a broken index"])
    with pytest.raises(UserError, match="search index is damaged; your papers are not"):
        full.ask(find_anything, "denied")
    assert len(full.ask(paper_rows)) == 2


@pytest.mark.parametrize(
    "plant",
    [
        "UPDATE search SET title = '', body = 'other words' WHERE rowid = 1",
        "DELETE FROM search_numbers WHERE rowid = (SELECT max(rowid) FROM search_numbers_docsize)",
    ],
)
def test_wrong_words_in_the_index_are_found_by_the_full_check(full: Binder, plant: str):
    run(full, plant)
    assert upkeep.check(full, Silent()).ok
    assert upkeep.check(full, Silent(), full=True).problems == (doctor.RENEWED_INDEX,)
    assert upkeep.check(full, Silent(), full=True).ok


def test_cancel_while_the_index_is_made_anew_leaves_the_old_one(full: Binder):
    class Stop:
        def step(self, done: int, total: int, note: str = "") -> None:
            if note == "Search":
                raise Cancelled

    run(full, PLANTS["a record without entry"])
    with pytest.raises(Cancelled):
        upkeep.check(full, Stop(), full=True)
    assert upkeep.check(full, Silent()).problems == (doctor.STALE_INDEX,)


def test_a_record_of_nobody_is_told(full: Binder):
    connection = full.engine.raw_connection()
    connection.cursor().execute("PRAGMA foreign_keys = OFF")
    connection.cursor().execute("DELETE FROM originals")
    connection.close()
    full.engine.dispose()
    (problem, *_) = upkeep.check(full, Silent()).problems
    assert "belong to records that are not there" in problem


def test_a_damaged_database_is_told_and_no_traceback(full: Binder):
    full.engine.dispose()
    with (full.root / DATABASE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200_000)
    for full_check in (False, True):
        result = upkeep.check(full, Silent(), full=full_check)
        assert not result.ok
        assert "damaged" in result.problems[0]
