"""A “no” while treatment is running, from its first day to the next level, with its dates kept."""

from __future__ import annotations

from datetime import date

import pypdf

from app.binder import Binder
from tests.crash.story import dump
from tests.e2e.person import in_front, read_aloud
from tests.ui.household import rosas_household

LATER = date(2026, 9, 15)
"""A day on which the answer to the fast appeal of August appears late."""
HARM = "Could waiting harm your health, or is treatment running now?"
LETTER_SAYS = "What does the letter say about how long you have?"
LOOKED = "I have looked at the letter. This is the last day."
KEEP_CARE = "Ask to keep the care during the appeal (keep my benefits)"
PHONE_IS_BEHIND = "The calendar on your phone still has the old dates."


def test_a_deadline_is_kept(live, person, prepared, binder_root, tmp_path, desktop):
    rosas_household(prepared)
    begun, before = prepared.labels().undo, records(prepared)
    prepared.close()
    calendar, sheet = tmp_path / "dates.ics", tmp_path / "sheet.pdf"

    def first_day():
        yield from denied(person)
        yield from asked_for_a_fast_appeal(person)
        yield from dated_from_the_letter(person)
        yield from plan_corrected(person)
        yield from sent(person)
        yield person.leave()

    def later():
        yield from asked_where_it_is(person)
        yield from said_no_again(person)
        yield from saved_for_the_phone(person, calendar)
        yield from corrected(person)
        yield from printed(person, sheet)
        yield from undone(person, begun)
        yield person.leave()

    assert live(first_day(), "--binder", binder_root) == 0
    assert live(later(), "--binder", binder_root, "--today", LATER) == 0
    check_calendar(calendar)
    check_sheet(sheet)
    with Binder.open(binder_root) as binder:
        assert records(binder) == before


def records(binder):
    """Everything that people typed or chose, without the list of what could be undone."""
    return {kind: rows for kind, rows in dump(binder).items() if kind != "history"}


def denied(person):
    yield person.choose("Claims")
    yield person.press("They said no …")
    yield person.pick(HARM, "Yes, treatment is running now")
    yield person.fill("Date on the letter", "8/14/2026")
    yield person.sees("Ask for a fast appeal today")
    yield person.look("01-denial")
    yield person.press("Record the denial")
    yield person.choose("Today")
    yield person.sees("They said no, and the date is missing")
    yield person.look("01-today")
    words = read_aloud()
    first = [
        "Do this first",
        "Ask for a fast appeal today",
        "They said no, and the date is missing",
    ]
    assert sorted(first, key=words.index) == first


def asked_for_a_fast_appeal(person):
    yield person.press("I asked for these …")
    yield person.press("Save")
    yield person.until("it is asked for", lambda: "Do this first" not in read_aloud())


def dated_from_the_letter(person):
    yield person.press("Enter the date …")
    yield person.pick(LETTER_SAYS, "It names a last day")
    yield person.fill("The last day in the letter", "2/9/2027")
    yield person.tick(LOOKED)
    yield person.look("02-dated")
    yield person.press("Save the denial")
    yield person.until("nothing needs a date", lambda: "date is missing" not in read_aloud())


def plan_corrected(person):
    yield person.choose("People")
    yield person.press("Change the plan …")
    yield person.pick("What kind of plan is it?", "Medicaid, through a health plan")
    yield person.press("Save")
    yield person.sees("New: Aug 24, 2026, because this is a Medicaid managed care plan.")
    yield person.sees("Stays Feb 9, 2027: the day in your letter")
    yield person.look("03-preview")
    yield person.press("Accept the changes")
    yield person.choose("Today")
    yield person.sees(KEEP_CARE)
    yield person.look("03-today")
    yield person.press("I asked for it …")
    yield person.press("Save")
    yield person.until("the care is kept", lambda: KEEP_CARE not in read_aloud())


def sent(person):
    yield person.choose("Claims")
    yield person.press("We sent it …")
    yield person.press("Save")
    yield person.sees("An answer is due about Friday, August 21, 2026.")
    yield person.choose("Calendar")
    yield person.press("List")
    yield person.sees("Answer to the fast appeal")
    yield person.look("04-calendar")


def asked_where_it_is(person):
    yield person.choose("Today")
    yield person.sees("An answer appears late: ask")
    yield person.look("05-late")
    person.clicks = 0
    yield person.press("Ask where it stands …")
    yield person.sees("On the phone")
    assert person.clicks == 1
    yield person.look("05-status")
    yield person.press("Close")


def said_no_again(person):
    person.clicks = 0
    yield person.press("They answered …")
    yield person.pick("What did they answer?", "They said no again")
    yield person.fill("Date on the letter", "9/11/2026")
    yield person.pick(LETTER_SAYS, "It gives a number of days")
    yield person.fill("How many days?", "60")
    yield person.sees("Last day to appeal: Tuesday, November 10")
    yield person.tick(LOOKED)
    yield person.look("06-answer")
    yield person.press("Save the answer")
    yield person.sees("The next step is in the calendar")
    assert person.clicks == 3


def saved_for_the_phone(person, target):
    yield person.choose("Calendar")
    yield person.press("Save as file …")
    yield person.press("Save the file …")
    yield person.file(target)
    yield person.sees("The dates are in “dates.ics”.")


def corrected(person):
    yield person.choose("Claims")
    yield person.press("Change …")
    yield person.fill("How many days?", "45")
    yield person.tick(LOOKED)
    yield person.press("Save the denial")
    yield person.sees("Was Nov 10, 2026, would be Oct 26, 2026")
    yield person.press("Accept the changes")
    yield person.choose("Today")
    yield person.sees(PHONE_IS_BEHIND)
    yield person.look("07-phone-is-behind")


def printed(person, target):
    yield person.choose("Calendar")
    yield person.press("Print …")
    yield person.press("Save and open …")
    yield person.file(target)
    yield person.sees("The sheet is ready")


def undone(person, until):
    binder, quick = in_front()._desk.binder, in_front()._desk.quick
    while binder.labels().undo != until:
        yield person.key("Ctrl+Z")
        yield person.until("it is undone", lambda: not quick.busy)
    yield person.choose("Today")
    yield person.sees(PHONE_IS_BEHIND)
    yield person.look("08-undone")


def check_calendar(path):
    """The titles in a file for others say nothing; each date has its alarms."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {line for line in lines if line.startswith("SUMMARY:")} == {
        "SUMMARY:ClaimBinder: a date to look at"
    }
    assert "DTSTART;VALUE=DATE:20261110" in lines
    assert lines.count("BEGIN:VALARM") == 4


def check_sheet(path):
    words = pypdf.PdfReader(path).pages[0].extract_text()
    order = ["Date not known: do these first", "Ask for a fast appeal", "Ask that the care goes on",
             "Dates, the soonest first", "October 26, 2026"]  # fmt: skip
    assert sorted(order, key=words.index) == order
    assert "Infusions" not in words
