"""Calendar dates in running text: every form, ranges, slips of OCR, and what is no date."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting.date_forms import date_book
from app.importing.sifting.dates import dates_in

_SECOND = date(2026, 3, 2)

# form of the data: texts that print March 2, 2026 in it
FORMS = {
    "month_day_year": (
        "March 2, 2026", "Mar. 2nd 2026", "MAR 02 2026", "March\n2, 2026", "March 2,\n2026",
        "marzo 2 de 2026", "March2,2026", "Monday, March 2, 2026", "march 2 2026", "March 2 , 2026",
    ),
    "day_month_year": (
        "2 March 2026", "02-Mar-2026", "2 de marzo de 2026", "2 de Marzo del 2026", "2/mar/2026",
        "lunes, 2 de marzo de 2026", "2nd day of March, 2026", "02MAR2026", "2deMarzode2026",
        "a los 2 días del mes de marzo de 2026", "DOS DE 2 DE MARZO DE 2026", "02-\nMAR-2026",
    ),
    "month_dash_day_year": ("Mar-02-2026", "MAR/02/2026"),
    "month_dash_day_short": ("Mar-02-26",),
    "year_month_day": ("2026-Mar-02", "2026 March 2"),
    "month_day_apostrophe": ("Mar 2 '26", "March 2nd, ’26"),
    "day_month_short": ("02-Mar-26", "2/Mar/26"),
    "iso": ("2026-03-02", "2026/03/02", "2026-03-02T10:15:00Z"),
    "slash": ("03/02/2026", "3/2/2026", "03 / 02 / 2026", "on03/02/2026", "03/02/202612:45PM",
        "Date..03/02/2026"),
    "dash": ("03-02-2026", "03–02–2026"),
    "dotted": ("03.02.2026", "3.2.2026."),
    "slash_short": ("3/2/26", "(03/02/26)", "03/02/26.", "03/02/26 10:15"),
    "dash_short": ("03-02-26",),
    "dotted_short": ("03.02.26",),
}  # fmt: skip
LABELLED = {
    "compact_year_first": "20260302", "compact_year_last": "03022026", "boxes": "03 02 2026",
    "loose_short": "3-2-26", "month_day_short": "MAR 02 26", "compact_named": "02MAR26",
    "day_month_loose": "2 Mar 26",
}  # fmt: skip
RANGES = {
    "months_range": ("March 1 through April 2, 2026", "2026-03-01 2026-04-02"),
    "month_days_range": ("March 1-5, 2026", "2026-03-01 2026-03-05"),
    "day_months_range": ("del 28 de febrero al 2 de marzo de 2026", "2026-02-28 2026-03-02"),
    "days_month_range": ("del 1 al 5 de marzo de 2026", "2026-03-01 2026-03-05"),
    "slash_range_shared_year": ("03/01-03/05/2026", "2026-03-01 2026-03-05"),
    "slash_range_short_year": ("01/15 - 01/17/26", "2026-01-15 2026-01-17"),
}
LISTS = {
    "month_days_list": "March 3, 5 and 10, 2026",
    "days_month_list": "los días 3, 5 y 10 de marzo de 2026",
}
YEARLESS = {
    "month_day": "by August 28",
    "day_month": "el 28 de agosto",
    "day_month_plain": "by 28 August",
}


@pytest.mark.parametrize(
    ("form", "text"), [(form, text) for form, texts in FORMS.items() for text in texts]
)
def test_a_date_is_read_in_every_form(form: str, text: str) -> None:
    (seen,) = dates_in(text)
    assert (seen.value, seen.how, seen.doubt) == (_SECOND, form, "")


@pytest.mark.parametrize(("form", "text"), LABELLED.items())
def test_bare_digits_are_a_date_only_where_a_label_says_so(form: str, text: str) -> None:
    (seen,) = dates_in(text, labelled=True)
    assert (seen.value, seen.how) == (_SECOND, form)
    assert dates_in(text) == ()


@pytest.mark.parametrize(("form", "said"), RANGES.items())
def test_a_range_has_both_its_ends(form: str, said: tuple[str, str]) -> None:
    first, last = dates_in(said[0])
    assert f"{first.value} {last.value}" == said[1]
    assert (first.part, last.part, first.how) == ("from", "to", form)


@pytest.mark.parametrize(
    "text",
    [
        "03/01/2026 - 03/05/2026", "03/01/2026-03/05/2026", "From: 03/01/2026 To: 03/05/2026",
        "March 1, 2026 through March 5, 2026", "3/1/26 thru 3/5/26",
        "1 de marzo de 2026 al 5 de marzo de 2026",
        "between March 1, 2026 and March 5, 2026", "2026-03-01 to 2026-03-05",
        "March 1, 2026, to March 5, 2026",
    ],
)  # fmt: skip
def test_two_full_dates_are_a_range_when_words_link_them(text: str) -> None:
    assert [(str(seen.value), seen.part) for seen in dates_in(text)] == [
        ("2026-03-01", "from"),
        ("2026-03-05", "to"),
    ]


def test_two_dates_without_a_link_are_no_range() -> None:
    assert [seen.part for seen in dates_in("March 1, 2026 and March 5, 2026")] == ["", ""]


def test_a_range_over_new_year_begins_in_the_year_before() -> None:
    first, last = dates_in("December 28 - January 4, 2026")
    assert (first.value, first.doubt, last.value) == (date(2025, 12, 28), "year", date(2026, 1, 4))


@pytest.mark.parametrize(("form", "text"), LISTS.items())
def test_a_list_of_days_shares_month_and_year(form: str, text: str) -> None:
    seen = dates_in(text)
    assert [str(item.value) for item in seen] == ["2026-03-03", "2026-03-05", "2026-03-10"]
    assert {item.how for item in seen} == {form}


@pytest.mark.parametrize(("form", "text"), YEARLESS.items())
def test_a_day_without_a_year_is_the_next_such_day_after_the_letter(form: str, text: str) -> None:
    (seen,) = dates_in(text, date(2026, 3, 2))
    assert (seen.value, seen.doubt, seen.how) == (date(2026, 8, 28), "year", form)
    (unknown,) = dates_in(text)
    assert unknown.value is None


def test_a_day_without_a_year_that_may_as_well_be_past_has_no_value() -> None:
    (seen,) = dates_in("On February 20 we called you", date(2026, 3, 2))
    assert seen.value is None


def test_every_form_of_the_data_is_tried_here() -> None:
    tried = [*FORMS, *LABELLED, *RANGES, *LISTS, *YEARLESS]
    assert {form.name for form in date_book().forms} == set(tried)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("O3/O2/2O26", date(2026, 3, 2)), ("1O/l2/2026", date(2026, 10, 12)),
        ("March 2, 2O26", _SECOND), ("Marcb 2, 2026", _SECOND), ("Apri1 2, 2026", date(2026, 4, 2)),
        ("0ctober 5, 2026", date(2026, 10, 5)), ("Decernber 5, 2026", date(2026, 12, 5)),
        ("Maroh 2, 2026", _SECOND), ("March Z, 2026", None), ("03/S0/2026", None),
        ("Juny 5, 2026", None), ("SO/BO/2026", None), ("Suite 12, 2026", None),
        ("2O26-03-02", _SECOND), ("2 de rnarzo de 2026", _SECOND),
        ("Augusl 3, 2026", date(2026, 8, 3)),
    ],
)  # fmt: skip
def test_slips_of_ocr_are_repaired_only_where_that_is_certain(
    text: str, value: date | None
) -> None:
    seen = dates_in(text)
    assert [item.value for item in seen] == ([value] if value else [])
    assert all(item.doubt == "repaired" and "The paper reads" in item.note for item in seen)


def test_the_day_first_is_never_silent() -> None:
    sure, unsure, same = dates_in("13/04/2026, 04/05/2026 y 05/05/2026")
    assert (sure.value, sure.doubt) == (date(2026, 4, 13), "day_first")
    assert unsure.doubt == "day_or_month"
    assert "April 5 or May 4" in unsure.note
    assert same.doubt == ""


@pytest.mark.parametrize("sign", ["(dd/mm/aaaa)", "Total 12 €", "VAT no. GB1", "Tijuana, B.C."])
def test_signs_of_another_country_make_the_order_doubtful(sign: str) -> None:
    assert [seen.doubt for seen in dates_in(f"{sign} 04/05/2026")] == ["day_or_month"]


def test_month_first_dates_of_the_paper_settle_the_order() -> None:
    assert [seen.doubt for seen in dates_in("03/25/2026 04/05/2026 €5")] == ["", ""]


def test_a_wrong_weekday_is_a_doubt() -> None:
    (seen,) = dates_in("Tuesday, March 2, 2026")
    assert (seen.value, seen.doubt) == (_SECOND, "weekday")
    assert "is a Monday" in seen.note


@pytest.mark.parametrize(
    "text",
    [
        "02/30/2026", "4/31/2026", "2/29/2026", "13/13/2026", "120/80", "BP 120/80 on exam",
        "1/2 3/4",
        "555-0102", "1-800-555-0199", "(555) 555-0134", "123-45-6789", "NDC 0003-0893-21",
        "92101-1234",
        "page 1/2/26", "pg. 1/2/26", "v. 3.2.26", "Section 4.12.2026", "claim 12-05-2026-001",
        "claim no. 03-02-2026", "Policy 03-02-2026", "$03/02/2026", "99213/25/59", "10/20/30 mg",
        "codes 1/2/26", "modifiers 01-02-26", "2026", "March 2026", "03/2026", "Rev. 01/2024",
        "© 2024",
        "you may 2 go", "I may 5 go", "42 CFR 405.942", "29 CFR 2560.503-1", "192.168.1.26",
        "1.2.3.26",
        "March of Dimes 2026", "$1,234.50", "Group 12-34-56", "5/15 units", "ID 03.02.2026",
        "Page 2 March 2026",
        "Juny 5", "3-2-26", "20260302", "03 02 26", "March 20 26", "8:30-17:00", "lot 03-02-26",
        "x12/5",
    ],
)  # fmt: skip
def test_other_numbers_are_no_dates(text: str) -> None:
    assert dates_in(text) == ()


def test_two_digits_are_of_the_century_in_which_papers_are_written() -> None:
    assert [str(seen.value) for seen in dates_in("12/31/69 and 1/1/31")] == [
        "1969-12-31",
        "2031-01-01",
    ]


_WORDS = st.sampled_from(
    ["March", "marzo", "2", "31", "2026", "/", "-", ".", ",", " ", "\n", "de", "to", "O3",
     "03/02/2026",
     "Sept.", "al", "and", "1/", "'26", "Mon", "13", "\t", "\f", "é", "l", "|"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=25).map("".join)))
def test_nothing_raises_and_spans_lie_within_the_text(text: str) -> None:
    last = 0
    for seen in dates_in(text, date(9999, 12, 1), labelled=True):
        assert last <= seen.start < seen.end <= len(text)
        last = seen.start


@pytest.mark.parametrize(
    "piece",
    ["03/02/2026 ", "1, ", "March 1 to ", "1-1-", "O", " ", "March 1, 2, ", "1 de ", "abc 12 "],
)
def test_a_hostile_page_takes_little_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    dates_in("March 2, 2026")
    began = time.process_time()
    dates_in(text)
    assert time.process_time() - began < 2.5  # 0.1 to 0.6 s; much more would be backtracking
