"""The eleven things that a person can do, in one long afternoon; a picture of each step."""

from __future__ import annotations

import pypdf
import pytest

from app.binder import Binder
from app.paths import default_binder
from app.storage.queries.claims import claim_rows
from app.storage.queries.money import expense_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import all_people, all_plans, claim_sendings
from tests.e2e.letters import photos, text_pdf


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # open menus
def test_the_eleven_things_are_done_in_the_window(live, person, tmp_path, desktop):
    bundle, summary = tmp_path / "appeal.pdf", tmp_path / "hsa.pdf"
    papers = tmp_path / "papers"
    pictures = photos(papers / "phone")
    doctor = text_pdf(papers / "doctor.pdf", ["Dr. Lee: Rosa needs the infusions.", "ICN 77-4410"])

    def journey():
        yield from begins(person)
        yield from adds_person_and_plan(person)
        yield from drops_and_reads(person, pictures)
        yield from sorts(person, doctor)
        yield from logs_and_pays(person)
        yield from finds(person)
        yield from prints(person, bundle, summary)
        yield from undoes(person)
        yield from backs_up(person, tmp_path / "disk")
        yield person.leave()

    assert live(journey()) == 0
    check_binder(bundle, summary)
    assert list((tmp_path / "disk").rglob("ClaimBinder backup *.zip"))


def begins(person):
    yield person.press("Start my own binder")
    yield person.fill("Your name", "Rosa Alvarez")
    yield person.press("Open my binder")
    yield person.press("Later")
    yield person.sees("Nothing to sort")
    yield person.look("01-own-binder")


def adds_person_and_plan(person):
    yield person.choose("People")
    yield person.look("02-people")
    yield person.press("Add a plan …")
    yield person.fill("What do you call it?", "Harbor Mutual")
    yield person.pick("What kind of plan is it?", "Through a job")
    yield person.look("02-plan")
    yield person.press("Add")
    yield person.sees("Harbor Mutual")


def drops_and_reads(person, pictures):
    yield person.drop(pictures)
    yield person.press("One letter")
    yield person.sees("3 pages")
    yield person.look("03-dropped-and-read")


def sorts(person, doctor):
    yield person.press("They said no")
    yield person.fill("What is the new claim about?", "Infusions in March")
    yield person.fill("Date on it", "8/3/2026")
    yield person.look("04-sorting")
    yield person.press("File it")
    yield person.pick(
        "What does the letter say about how long you have?", "It gives a number of days"
    )
    yield person.fill("How many days?", "180")
    yield person.tick("I have looked at the letter. This is the last day.")
    yield person.look("05-denial")
    yield person.press("Record the denial")
    yield person.drop([doctor])
    yield person.sees("doctor.pdf")
    yield person.sees("1 page · today")  # it is read: its words can be found from now on
    yield person.pick("What is it?", "Doctor's letter of medical necessity")
    yield person.press("File it")
    yield person.sees("Nothing to sort")
    yield person.choose("Today")
    yield person.sees("Coming up")
    yield person.look("05-today")
    yield person.choose("Calendar")
    yield person.look("05-calendar")
    yield person.choose("Claims")
    yield person.sees("Infusions in March")
    yield person.look("05-claim")


def logs_and_pays(person):
    yield person.press("Log a call")
    yield person.fill("Whom did you speak with?", "Dana at Harbor Mutual")
    yield person.fill("Reference number", "R-4471")
    yield person.fill("What did they promise?", "A letter")
    yield person.fill("Until when?", "9/4")
    yield person.press("Save the call")
    yield person.choose("Calls")
    yield person.look("06-calls")
    yield person.choose("Money")
    yield person.press("Enter an expense")
    yield person.fill("How much was paid?", "75")
    yield person.fill("Paid on", "3/5/2026")
    yield person.fill("To whom?", "Bayside Infusion")
    yield person.look("06-expense")
    yield person.press("Enter it")
    yield person.sees("Paid: $75.00")
    yield person.look("06-money")


def finds(person):
    yield person.key("Ctrl+K")
    yield person.fill("Search", "774410")
    yield person.sees("doctor.pdf")
    yield person.look("07-found")
    yield person.key("Return")
    yield person.sees("1 of 1")
    yield person.look("07-opened")


def prints(person, bundle, summary):
    yield person.choose("Claims")
    yield person.press("Get the appeal out")
    yield person.look("08-bundle")
    yield person.press("Make the PDF …")
    yield person.file(bundle)
    yield person.sees("The bundle is ready")
    yield person.look("08-bundle-made")
    yield person.press("We sent it …")
    yield person.fill("Tracking or confirmation number", "9407 1000")
    yield person.press("Save")
    yield person.sees("Appeal sent")
    yield person.choose("Sent")
    yield person.look("08-sent")
    yield person.choose("Money")
    yield person.press("HSA summary of the year …")
    yield person.file(summary)
    yield person.sees("The HSA summary of 2026 is ready")
    yield person.look("09-hsa")


def undoes(person):
    yield person.choose("Papers")
    yield person.choose("doctor.pdf")
    yield person.press("Move to the trash")
    yield person.sees("1 paper is in the trash.")
    yield person.choose("Trash")
    yield person.look("10-trash")
    yield from person.menu("Edit", "Undo “Move a paper to the trash”")
    yield person.sees("Undone")
    yield person.look("10-undone")


def backs_up(person, disk):
    disk.mkdir()
    yield from person.menu("File", "Back up now …")
    yield person.press("Another folder …")
    yield person.file(disk)
    yield person.look("11-backup-place")
    yield person.press("Back up there")
    yield person.sees("The backup is made, and was read back whole")
    yield person.choose("Today")
    yield person.look("11-backed-up")


def check_binder(bundle, summary):
    with Binder.open(default_binder()) as binder:
        assert [each.name for each in binder.ask(all_people)] == ["Rosa Alvarez"]
        assert [each.name for each in binder.ask(all_plans)] == ["Harbor Mutual"]
        assert [row.title for row in binder.ask(claim_rows)] == ["Infusions in March"]
        assert {row.claim for row in binder.ask(paper_rows)} == {"Infusions in March"}
        assert [row.amount.cents for row in binder.ask(expense_rows)] == [7500]
        assert [sent.tracking for sent in binder.ask(claim_sendings)] == ["9407 1000"]
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(bundle).pages)
    assert "Dr. Lee: Rosa needs the infusions." in words
    assert len(pypdf.PdfReader(summary).pages) >= 1
