"""The commands that make calendars: the file for phones and the sheet for the wall."""

from __future__ import annotations

import hashlib

import pypdf
import pytest
from icalendar import Calendar


def test_the_calendar_tells_what_it_takes_back_and_what_it_cannot_hold(run, household, tmp_path):
    target = tmp_path / "dates.ics"
    denied = run("denial", household["claim"], "--notice-date", "2026-11-02", "--urgent")
    assert denied.value["deadlines"]
    first = run("calendar", "-o", target).value
    assert (first["entries"], first["cancelled"]) == (2, 0)
    assert first["undated"] >= 1  # a fast appeal has no date
    run("trash", "claim", household["claim"])
    second = run("calendar", "-o", target).value
    assert (second["entries"], second["cancelled"], second["undated"]) == (0, 2, 0)
    statuses = [str(event["STATUS"]) for event in Calendar.from_ical(target.read_bytes()).events]
    assert statuses == ["CANCELLED", "CANCELLED"]


def test_people_are_told_in_words_what_is_not_in_the_file(say, run, household, tmp_path):
    run("denial", household["claim"])
    told = say("calendar", "-o", tmp_path / "dates.ics")
    assert "0 entries" in told.out
    assert "Not in it, for want of a date: 1 thing to do." in told.out


@pytest.mark.parametrize(
    ("words", "pages"), [((), 1), (("--month", "2027-02"), 1), (("--months", "3"), 3)]
)
def test_a_wall_sheet_is_a_list_or_months(run, binder, tmp_path, words, pages):
    target = tmp_path / "sheet.pdf"
    made = run("wall-sheet", "-o", target, *words)
    assert made.value == {
        "path": str(target),
        "bytes": target.stat().st_size,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }
    assert len(pypdf.PdfReader(target).pages) == pages


def test_a_wall_sheet_is_neutral_unless_details_are_asked_for(run, household, tmp_path):
    run("denial", household["claim"], "--notice-date", "2026-11-02")
    found = []
    for words in ((), ("--details",)):
        run("wall-sheet", "-o", tmp_path / "sheet.pdf", *words)
        found.append(pypdf.PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text())
    assert ["Infusions" in text for text in found] == [False, True]
    assert ["Rosa" in text for text in found] == [False, True]


def test_a_month_that_is_none_is_refused_as_wrong_words(run, tmp_path):
    for month in ("2026-13", "26-01", "0000-01", "2026-1", "next"):
        refused = run("wall-sheet", "-o", tmp_path / "sheet.pdf", "--month", month)
        assert refused.status == 2
        assert "is not a month like 2026-03" in refused.value["error"]


def test_neither_file_may_lie_in_the_binder(run, binder):
    for command, name in (("calendar", "a.ics"), ("wall-sheet", "a.pdf")):
        refused = run(command, "-o", binder / name)
        assert refused.status == 1
        assert "inside the binder" in refused.value["refused"]
