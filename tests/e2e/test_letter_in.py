"""J2: three phone photos of a denial letter become one letter, a denial and a deadline."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from app.binder import Binder
from app.operations.watching import Watch
from app.storage.queries.dates import due_rows
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import document_parts, paper_rows
from tests.e2e.letters import DENIAL, photos
from tests.ui.household import rosas_household


@pytest.fixture
def _quick_looks(monkeypatch):
    monkeypatch.setattr("ui.pages.paper_watch.LOOK_MS", 100)


def record_it(person):
    """From the letter in the Inbox to its confirmed deadline: read, looked at, one button."""
    yield person.sees("180 days to appeal to the plan")
    yield person.sees("Counted from the day you got the letter.")
    yield person.sees("It has the claim number of this claim.")
    yield person.sees("Last day: Jan 30, 2027 · 165 days left")
    yield person.sees("Filing puts it into your calendar.")
    yield person.look("2-letter")
    yield person.press("File it")
    yield person.sees("Nothing to sort")
    yield person.look("3-filed")
    yield person.leave()


def check_it(root: Path, claim_id: str) -> None:
    with Binder.open(root) as binder:
        (letter,) = binder.ask(paper_rows)
        assert (letter.kind, letter.claim_id) == ("denial", claim_id)
        parts = [part.name for part in binder.ask(document_parts, letter.id)]
        assert parts == ["IMG_0001.jpg", "IMG_0002.jpg", "IMG_0003.jpg"]
        assert letter.dated_on == date(2026, 8, 3)
        rows = binder.ask(paper_facts, letter.id).rows
        confirmed = {row.name for row in rows if row.is_confirmed}
        assert {"letter_date", "appeal_window"} <= confirmed
        assert "claim_number" not in confirmed, "what was not asked for is not confirmed"
        (due,) = binder.ask(due_rows)
        assert (due.claim_id, due.last_day) == (claim_id, date(2027, 1, 30))


def test_j2_by_cable_takes_two_clicks(live, person, prepared, binder_root):
    home = rosas_household(prepared)
    prepared.close()
    cable = Path(os.environ["XDG_RUNTIME_DIR"]) / "gvfs" / "mtp:host=Google_Pixel_7"
    photos(cable / "Internal storage" / "DCIM" / "Camera")

    def journey():
        yield person.choose("Inbox")
        yield person.press("From phone …")
        yield person.sees("3 of 3 photos chosen")
        yield person.look("1-phone")
        person.clicks = 0  # counted from the photos on the phone
        yield person.press("Add as one letter")
        yield from record_it(person)

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 2, person.done
    check_it(binder_root, home.claim.id)


def test_j2_from_a_folder_takes_three_clicks(live, person, prepared, binder_root, tmp_path):
    home = rosas_household(prepared)
    prepared.close()

    def journey():
        yield person.drop(photos(tmp_path / "phone"))
        yield person.look("1-one-letter")
        yield person.press("One letter")
        yield from record_it(person)

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 3, person.done
    check_it(binder_root, home.claim.id)


@pytest.mark.usefixtures("_quick_looks")
def test_the_watched_folder_is_watched_again_at_the_next_start(
    live, person, memory, prepared, binder_root, tmp_path
):
    synced = tmp_path / "synced"
    Watch(prepared, synced).begin()
    prepared.close()
    memory.choose(watched_folder=str(synced))
    photos(synced, DENIAL[:1])

    def journey():
        yield person.choose("Inbox")
        yield person.sees("IMG_0001.jpg")
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
