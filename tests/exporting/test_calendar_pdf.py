"""The printed sheets: what has no date first, nothing clipped, nothing private unless asked for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from app.domain.undated import Undated
from app.exporting.calendar_pdf import SheetDate, WallSheet, list_pdf, month_pdf

TODAY = date(2026, 11, 22)
DENIAL = Undated(
    kind="denial",
    title="This denial needs a date",
    sentence="Date not known: look in the letter, or call Harbor Mutual at 800-555-0100 today.",
    claim="Infusions in March",
    patient="Rosa Alvarez",
    insurer="Harbor Mutual",
    since=date(2026, 11, 10),
)
FAST = Undated(
    kind="fast_appeal", title="Ask for a fast appeal today", sentence="Call and say: urgent.",
    since=TODAY,
)  # fmt: skip


def due(on=date(2026, 12, 4), kind="appeal", title="Send the appeal", **changed):
    changed.setdefault("aim_on", on)
    changed.setdefault("late_after", on)
    return SheetDate(
        kind=kind, title=title, last_day=on, claim="Infusions in March", patient="Rosa Alvarez",
        **changed,
    )  # fmt: skip


def sheet(*dates, undated=(), details=True):
    return WallSheet(printed_on=TODAY, undated=undated, dates=dates, details=details)


def pages(pdf):
    """The words of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def months(*dates, first=TODAY, count=1, closed=None, **more):
    return pages(month_pdf(sheet(*dates, **more), first, count, closed or {}))


def reach(pdf):
    """How far anything but white goes on each page, as fractions of its width and height."""
    found = []
    for page in PdfDocument(pdf):
        grey = page.render(scale=0.5).to_pil().convert("L").point(lambda shade: 255 - shade)
        left, top, right, bottom = grey.getbbox()
        width, height = grey.size
        found.append((left / width, top / height, right / width, bottom / height))
    return found


def sizes_in(pdf):
    """The sizes of all letters, in points."""
    found = set()

    def note(text, matrix, place, _font, size):
        if text.strip():
            found.add(round(abs(size * place[3] * matrix[3]), 1))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    return found


# -------------------------------------------------------------------------------- the list


def test_what_has_no_date_stands_before_every_date_with_the_days_since_the_letter():
    [page] = pages(list_pdf(sheet(due(TODAY), undated=(FAST, DENIAL))))
    order = ("Ask for a fast appeal", "Date not known: look in the letter", "Send the appeal")
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "12 days since the letter" in page
    assert "0 days since the letter" in page
    assert "Harbor Mutual at 800-555-0100" in page


def test_each_date_has_its_weekday_the_day_to_aim_for_the_last_day_and_the_days_left():
    row = due(
        date(2026, 12, 13), aim_on=date(2026, 12, 4), counts_as_filed="RECEIVED by the plan",
        at="noon, Chicago time",
    )  # fmt: skip
    [page] = pages(list_pdf(sheet(row)))
    for words in (
        "Friday December 4, 2026 12 days left", "Sunday December 13, 2026 21 days left",
        "noon, Chicago time", "What counts as filed: RECEIVED by the plan", "Send the appeal",
        "Infusions in March · Rosa Alvarez",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "2 days left"), (-9, "9 days ago"),
        (1234, "1,234 days left"),
    ],
)  # fmt: skip
def test_days_left_are_said_as_people_say_them(days, said):
    on = TODAY + timedelta(days=days)
    [page] = pages(list_pdf(sheet(due(on, "own", "Renew"))))
    assert f"{on.day}, {on.year} {said} Renew" in page


def test_what_is_late_is_said_in_the_words_of_its_kind():
    past = TODAY - timedelta(days=3)
    [page] = pages(
        list_pdf(
            sheet(
                due(past),
                due(past, "answer", "Answer to the appeal"),
                due(past, "answer", "Answer that may come", late_after=TODAY),
                due(TODAY + timedelta(days=5), aim_on=past, title="Send it now"),
                due(past, "own", "Renew"),
            )
        )
    )
    assert page.count("The date passed on November 19, 2026.") == 1
    assert page.count("Appears late: ask.") == 1
    assert page.count("Do it now: the day to aim for is over.") == 1


def test_without_details_a_sheet_names_kinds_only():
    more = {"undated": (DENIAL, FAST), "details": False}
    rows = [due(kind=kind, title="Rosa's spine") for kind in ("appeal", "promise", "from-later")]
    text = " ".join((*pages(list_pdf(sheet(*rows, **more))), *months(*rows, count=2, **more)))
    for private in ("Rosa", "spine", "Infusions", "Harbor", "800-555"):
        assert private not in text
    for plain in ("Appeal", "Follow up on a promise", "A date", "call the plan today"):
        assert plain in text


def test_every_page_says_when_it_was_printed_and_that_paper_does_not_remind():
    many = [due(TODAY + timedelta(days=day)) for day in range(24)]
    for pdf in (list_pdf(sheet(*many, undated=(DENIAL,))), month_pdf(sheet(*many), TODAY, 2, {})):
        found = pages(pdf)
        for number, page in enumerate(found, start=1):
            assert "Printed on Sunday, November 22, 2026." in page
            assert "The program cannot remind you from this sheet." in page
            assert f"Page {number} of {len(found)}" in page


def test_three_hundred_dates_are_all_printed_under_repeated_heads():
    many = [due(TODAY + timedelta(days=day), title=f"Number {day}.") for day in range(300)]
    found = pages(list_pdf(sheet(*many)))
    assert re.findall(r"Number (\d+)\.", " ".join(found)) == [str(day) for day in range(300)]
    assert all("Aim for Last day What to do" in page for page in found)


def test_an_empty_calendar_is_a_kind_page():
    [page] = pages(list_pdf(sheet()))
    assert "Nothing is due" in page
    assert "When a letter comes" in page
    [page] = pages(list_pdf(sheet(undated=(DENIAL,))))
    assert "No dates yet" in page
    assert "Nothing is due" not in page


ODD = (
    "موعد العلاج بالتسريب في العيادة",
    "输液预约：雪松中心，请带上保险卡",
    "x" * 400,
    "Supercalifragilistic_" * 30,
    "#set page(fill: red) $x$ *bold* </script> \\ @label",
    "\u202eturned\x00 about\nlines",
    "",
)


@pytest.mark.parametrize("title", ODD)
def test_odd_titles_stay_within_the_page(title):
    odd = sheet(due(title=title), due(kind="own", title=title), undated=(DENIAL,))
    for pdf in (list_pdf(odd), month_pdf(odd, date(2026, 12, 1), 1, {})):
        for left, top, right, bottom in reach(pdf):
            assert left > 0.03
            assert top > 0.03
            assert right < 0.97
            assert bottom < 0.98


# ----------------------------------------------------------------------------- the months


def test_a_month_shows_the_day_to_aim_for_and_the_last_day_each_on_its_day():
    row = due(date(2026, 12, 13), aim_on=date(2026, 12, 4), at="noon, Chicago time")
    [page] = months(row, first=date(2026, 12, 1))
    assert "December 2026" in page
    assert "4 Aim for Send the appeal" in page
    assert "13 Last day noon Send the appeal" in page


def test_days_on_which_offices_are_closed_are_named():
    [page] = months(closed={date(2026, 11, 26): "Thanksgiving Day"})
    assert "26 Thanksgiving Day" in page


@pytest.mark.parametrize("first", [date(2026, 2, 1), date(2027, 1, 1), date(2026, 8, 9)])
def test_months_of_four_five_and_six_weeks_fill_one_page(first):
    [page] = months(due(first), first=first, undated=())
    numbers = page.split("Saturday")[1].split("Printed")[0]
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    for day in range(1, last.day + 1):
        assert re.search(rf"\b{day}\b", numbers)


def test_sixty_entries_in_a_month_are_all_there_on_the_page_or_at_the_end():
    many = [
        due(date(2026, 12, 1 + number % 28), "own", f"Number {number}.") for number in range(60)
    ]
    many += [due(date(2026, 12, 17), title=f"Number {number}.") for number in range(60, 75)]
    found = months(*many, first=date(2026, 12, 1))
    numbers = {int(number) for number in re.findall(r"Number (\d+)\.", " ".join(found))}
    assert numbers == set(range(75))
    assert "more: at the end" in found[0]
    assert "Days that hold more than fits" in found[1]


def test_a_title_is_printed_whole_in_its_day_where_there_is_room():
    long = "Ask the clinic for the treatment protocol with its session limits"
    [page] = months(due(kind="own", title=long), first=date(2026, 12, 1))
    assert long in page


def test_a_title_that_is_cut_in_its_day_stands_in_full_at_the_end():
    long = "Ask the clinic for the treatment protocol with its session limits and the dates " * 3
    long = long.strip()
    page, behind = months(due(kind="own", title=long), first=date(2026, 12, 1))
    assert long not in page
    assert "…" in page
    assert f"Friday, December 4, 2026 {long}" in behind


def test_nothing_runs_out_of_its_day():
    """Words of a full day end above the line below it: each cell is cut out and looked at."""
    crowd = [due(date(2026, 12, 9), "own", f"A title of some length {n}") for n in range(9)]
    [page, _] = PdfDocument(month_pdf(sheet(*crowd), date(2026, 12, 1), 1, {}))
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    place = text.search("more: at the end").get_next()[0]
    bottom = min(box[1] for box in boxes[place - 5 : place + 15])
    below = text.search("16").get_next()[0]  # the number of the day a week later
    assert bottom > boxes[below][3] + 4


def test_what_has_no_date_stands_above_each_month_and_in_full_at_the_end():
    found = months(undated=(FAST, DENIAL, DENIAL), count=2)
    for page in found[:2]:
        assert page.index("Date not known (3)") < page.index("Sunday")
        assert "and 1 more, at the end" in page
    assert found[2].count("Harbor Mutual at 800-555-0100") == 2


def test_dates_outside_of_the_months_are_counted_and_not_forgotten():
    rows = [due(TODAY - timedelta(days=60)), due(TODAY), due(TODAY + timedelta(days=90))]
    [page] = months(*rows)
    assert "Not on these pages, before: 1, later: 1. Print the list to see all." in page


def test_an_empty_month_can_be_hung_up_too():
    assert "Nothing is due in November 2026." in months()[0]


def test_no_letter_is_smaller_than_ten_points_and_no_colour_is_used():
    busy = [due(date(2026, 12, 1 + number % 28), title="Long title " * 9) for number in range(20)]
    for pdf in (
        list_pdf(sheet(*busy, undated=(DENIAL,))),
        month_pdf(sheet(*busy, undated=(DENIAL,)), date(2026, 12, 1), 1, {}),
    ):
        assert min(sizes_in(pdf)) >= 10
        picture = PdfDocument(pdf)[0].render(scale=0.5).to_pil().convert("RGB")
        assert all(red == green == blue for _, (red, green, blue) in picture.getcolors(1 << 16))


def test_the_same_sheet_gives_the_same_bytes():
    rows = [due(), due(kind="own")]
    assert list_pdf(sheet(*rows)) == list_pdf(sheet(*rows))
