"""The printed sheet shows the agenda of the binder, no more and no less."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.operations import claims, dates, people
from app.operations.calendar_sheet import sheet_pdf, write_sheet
from app.operations.denials import DenialAnswer, record_denial
from app.operations.trash import put_in_trash

TODAY = date(2026, 11, 21)


@pytest.fixture
def claim(binder):
    person = people.add_person(binder, "Rosa Alvarez", relation="self")
    return claims.open_claim(binder, "Infusions", person_id=person.id)


def printed(binder, book, **more):
    reader = PdfReader(BytesIO(sheet_pdf(binder, book, today=TODAY, **more)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_sheet_lists_denials_without_a_date_then_dates_and_nothing_settled(
    binder, book, claim, tmp_path
):
    answer = DenialAnswer(notice_on=date(2026, 11, 2))
    record_denial(binder, book, claim.id, answer, confirmed=False)
    dates.add_own_date(binder, "Stop and decide", date(2027, 3, 1), claim_id=claim.id)
    done = dates.add_own_date(binder, "Renew the card", date(2027, 1, 4))
    dates.mark_done(binder, done.id, TODAY)
    target = tmp_path / "sheet.pdf"
    written = write_sheet(binder, book, target, today=TODAY, details=True)
    assert written.path.read_bytes() == sheet_pdf(binder, book, today=TODAY, details=True)
    [page] = printed(binder, book, details=True)
    assert page.index("19 days since the letter") < page.index("Stop and decide")
    assert "Date not known" in page
    assert "Renew the card" not in page
    put_in_trash(binder, [("claim", claim.id)])
    assert "Nothing is due" in printed(binder, book)[0]


def test_the_soonest_day_to_aim_for_comes_first_whatever_the_last_day_is(binder, book, claim):
    record_denial(
        binder, book, claim.id,
        DenialAnswer(letter_says="date", letter_date=date(2027, 2, 28)), confirmed=True,
    )  # fmt: skip
    dates.add_own_date(binder, "Between", date(2027, 2, 27))
    [page] = printed(binder, book, details=True)
    order = ("Friday February 26, 2027", "Sunday February 28, 2027", "Saturday February 27, 2027")
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


@pytest.mark.parametrize(
    ("zone", "said"),
    [("America/Chicago", "noon, Chicago time"), ("America/New_York", "1:00 PM, New York time"),
     ("Mars/Olympus", "6:00 PM, UTC time")],
)  # fmt: skip
def test_a_moment_is_printed_as_the_clocks_of_its_place_show_it(binder, book, claim, zone, said):
    item = DueItem(
        id="noon", kind="step", title="Call the reviewer", basis="rule", zone=zone,
        last_day=date(2026, 11, 24), due_at=datetime(2026, 11, 24, 18, 0, tzinfo=UTC),
        added_at=binder.now(),
    )  # fmt: skip
    with binder.operation("Add") as work:
        work.due_items.add(item)
    assert said in printed(binder, book)[0]


def test_an_answer_is_late_only_after_its_latest_day(binder, book, claim):
    item = DueItem(
        id="a", kind="answer", title="Answer", claim_id=claim.id, basis="rule",
        last_day=date(2026, 11, 10), latest_on=date(2026, 11, 25), added_at=binder.now(),
    )  # fmt: skip
    with binder.operation("Add") as work:
        work.due_items.add(item)
    assert "Appears late" not in printed(binder, book)[0]
    with binder.operation("Change") as work:
        work.due_items.save(replace(item, latest_on=date(2026, 11, 20)))
    assert "Appears late: ask." in printed(binder, book)[0]


def test_months_begin_with_this_one_and_name_the_holidays(binder, book):
    pages = printed(binder, book, kind="month", months=3)
    assert [page.split(" Sunday")[0].split(" Nothing")[0] for page in pages] == [
        "November 2026", "December 2026", "January 2027",
    ]  # fmt: skip
    assert "26 Thanksgiving" in pages[0]
    assert "25 Christmas" in pages[1]
    [chosen] = printed(binder, book, kind="month", month=date(2027, 7, 19))
    assert "July 2027" in chosen
    assert "4 Independence Day 5 the day kept for Independence Day" in chosen


@pytest.mark.parametrize(
    "wish", [{"months": 0}, {"months": 25}, {"month": date.max}, {"month": date.min}]
)
def test_months_that_cannot_be_printed_are_refused_in_words(binder, book, wish):
    with pytest.raises(UserError, match="Choose"):
        sheet_pdf(binder, book, today=TODAY, kind="month", **wish)


def test_a_sheet_is_written_whole_or_not_at_all(binder, book, tmp_path):
    with pytest.raises(UserError, match="not there"):
        write_sheet(binder, book, tmp_path / "nowhere" / "sheet.pdf", today=TODAY)
