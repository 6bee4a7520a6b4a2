"""Each step of the records of care is one step back and one forward again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from app.operations import (
    authorizations,
    claims,
    diary,
    people,
    providers,
    representatives,
    treatments,
)
from app.operations.trash import put_in_trash, restore
from app.storage.schema import RECORD_TABLES

DAY = date(2027, 2, 28)


def everything(connection: Connection) -> dict[str, list[str]]:
    """Return all rows that people made, and which of them can be found."""
    queries = {table.name: f"SELECT * FROM {table.name}" for table, _ in RECORD_TABLES.values()}
    queries["found"] = "SELECT kind, ref, page FROM search_entries"
    run = connection.exec_driver_sql
    return {name: sorted(map(repr, map(tuple, run(query)))) for name, query in queries.items()}


def story_of_care(binder):
    """Do every operation of care once, one after another."""
    rosa = people.add_person(binder, "Rosa", address="1 Elm St")
    yield
    sam = people.add_person(binder, "Sam")
    yield
    claim = claims.open_claim(binder, "Iron", person_id=rosa.id)
    yield
    lee = providers.add_provider(binder, "Dr. Lee")
    yield
    claim = claims.change_claim(binder, replace(claim, provider_id=lee.id, asks_units=24))
    yield
    providers.change_provider(binder, replace(lee, name="Dr. Ann Lee"))
    yield
    kept = authorizations.add_authorization(
        binder,
        "Iron",
        claim_id=claim.id,
        status="approved",
        until_on=DAY,
        renew_by=date(2027, 1, 1),
    ).authorization
    yield
    authorizations.change_authorization(binder, replace(kept, renew_by=None, until_on=DAY))
    yield
    authorizations.change_authorization(binder, replace(kept, status="ended"))
    yield
    tried = treatments.add_treatment(binder, claim.id, "Tablets", began="2024")
    yield
    treatments.change_treatment(binder, replace(tried, outcome="reaction", reaction="hives"))
    yield
    line = diary.add_line(binder, claim.id, "Tired", score=3)
    yield
    diary.change_line(binder, replace(line, text="Very tired"))
    yield
    diary.remove_line(binder, line.id)
    yield
    speaker = representatives.add_representative(binder, rosa.id, helper_id=sam.id)
    yield
    representatives.change_representative(binder, replace(speaker, level=2))
    yield
    named = [("treatment", tried.id), ("authorization", kept.id), ("provider", lee.id)]
    put_in_trash(binder, [*named, ("representative", speaker.id)])
    yield
    restore(binder, named)
    yield


def test_every_step_of_care_is_taken_back_and_done_again_exactly(binder):
    moments = [binder.ask(everything)]
    for _ in story_of_care(binder):
        moments.append(binder.ask(everything))
        assert moments[-1] != moments[-2]
    for before in reversed(moments[:-1]):
        binder.undo()
        assert binder.ask(everything) == before
    assert binder.undo() is None
    for after in moments[1:]:
        binder.redo()
        assert binder.ask(everything) == after
    assert binder.redo() is None
