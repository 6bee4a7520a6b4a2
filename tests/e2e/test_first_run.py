"""J1: from the first start to an empty Inbox that says what to do; J7: on a new computer."""

from __future__ import annotations

from app.binder import Binder
from app.jobs import Silent
from app.operations.upkeep import back_up
from app.paths import default_binder
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import all_people
from tests.ui.household import rosas_household
from tests.ui.paper_makers import add


def test_j1_first_run_to_an_empty_inbox_takes_three_clicks(live, person):
    def journey():
        yield person.look("1-welcome")
        yield person.press("Start my own binder")
        yield person.fill("Your name", "Rosa Alvarez")
        yield person.look("2-name")
        yield person.press("Open my binder")
        yield person.sees("A backup is one file with everything in it.")
        yield person.look("3-backups")
        yield person.press("Later")
        yield person.sees("Nothing to sort")
        yield person.sees("Drop letters, bills, receipts or photos anywhere on this window.")
        yield person.look("4-inbox")
        yield person.leave()

    assert live(journey()) == 0
    assert person.clicks <= 3, person.done
    with Binder.open(default_binder()) as binder:
        assert [each.name for each in binder.ask(all_people)] == ["Rosa Alvarez"]


def test_j7_a_new_computer_has_everything_checked_in_seven_clicks(live, person, prepared, tmp_path):
    home = rosas_household(prepared)
    add(prepared, tmp_path / "letters", "denial.txt", "bill.txt")
    backup = back_up(prepared, tmp_path / "disk", Silent()).path
    prepared.close()

    def journey():
        yield person.press("Bring a backup back")
        yield person.press("Another file …")
        yield person.file(backup)
        yield person.look("1-restore")
        yield person.press("Bring it back")
        yield person.sees("A backup is one file with everything in it.")
        yield person.look("2-backups")
        yield person.press("Later")
        yield person.key("Ctrl+K")
        yield person.fill("Search", "check")
        yield person.choose("Check the binder")
        yield person.press("Check now")
        yield person.sees("Everything is in order: every paper is there.")
        yield person.look("3-checked")
        yield person.leave()

    assert live(journey()) == 0
    assert person.clicks <= 7, person.done
    with Binder.open(default_binder()) as binder:
        assert {row.name for row in binder.ask(paper_rows)} == {"denial.txt", "bill.txt"}
        assert [row.id for row in binder.ask(claim_rows)] == [home.claim.id]
