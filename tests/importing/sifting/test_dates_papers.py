"""Dates of whole papers in many layouts, and papers that mean no good."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting.date_roles import date_facts, date_roles
from app.importing.sifting.paper import Paper

# each: "%% kind", a line "=" with the facts that are sure, the paper (\f begins a page)
_FILE = Path(__file__).with_name("date_papers.txt").read_text(encoding="utf-8")
PAPERS = [block.split("\n", 2) for block in _FILE.removeprefix("%% ").split("\n%% ")]


@pytest.mark.parametrize(("kind", "facts", "text"), PAPERS)
def test_the_dates_of_a_paper(kind: str, facts: str, text: str) -> None:
    found = date_facts(Paper.of_text(text.replace("\\f", "\f")), kind)
    sure = {
        f"{item.name.removesuffix('_date')} {item.value}" for item in found if item.score >= 0.5
    }
    assert sure == {fact for fact in facts.removeprefix("=").split("; ") if fact}


def test_two_dates_in_the_head_make_the_letter_date_doubtful() -> None:
    paper = Paper.of_text("Acme Health\nMarch 2, 2026\n\nMarch 9, 2026\nDear Jane,")
    (letter,) = (item for item in date_facts(paper, "denial") if item.name == "letter_date")
    assert letter.score < 0.5
    assert "Another date" in letter.note


def test_a_letter_that_speaks_of_a_later_receipt_is_doubtful() -> None:
    paper = Paper.of_text(
        "Acme\nMarch 2, 2026\nDear Jane,\nYour appeal was received on March 9, 2026."
    )
    (letter,) = (item for item in date_facts(paper, "denial") if item.name == "letter_date")
    assert letter.score < 0.5


def test_an_order_that_is_not_certain_gives_no_sure_fact() -> None:
    paper = Paper.of_text("Fecha de servicio: 04/05/2026\nFecha de pago: 23/05/2026")
    (service,) = (item for item in date_facts(paper, "denial") if item.name == "service_date")
    assert service.score < 0.5
    assert "order is not certain" in service.note


def test_a_day_without_a_year_gets_the_year_of_the_letter() -> None:
    paper = Paper.of_text("Date: March 2, 2026\nDear Jane,\nAppeal by August 28.")
    days = [str(item.value) for item in date_roles(paper, "denial")]
    assert days == ["2026-03-02", "2026-08-28"]


def test_a_birth_date_of_two_digits_lies_in_the_past() -> None:
    paper = Paper.of_text("Date: 3/2/26\nDOB: 4/5/45")
    assert str(date_roles(paper, "denial")[1].value) == "1945-04-05"


def test_a_range_of_an_authorization_has_its_end_marked() -> None:
    paper = Paper.of_text("Approved from 03/05/2026 through 09/05/2026")
    assert [(item.role, item.part) for item in date_roles(paper, "approval")] == [
        ("authorization", "from"),
        ("authorization", "to"),
    ]


_PIECES = st.sampled_from(
    ["Date:", "Date", "of service", "03/02/2026", "March 2,", "2026", "  ", "\n", "\f", "From",
     "to",
     "Dear Jane", "$5.00", "99213", "by", "received on", "|", "DOB", "20260302", "Fecha", "-"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.lists(_PIECES, max_size=30).map(" ".join),
    st.sampled_from([None, "denial", "receipt", "msn"]),
)
def test_no_paper_raises_and_spans_lie_within_its_text(text: str, kind: str | None) -> None:
    paper = Paper.of_text(text)
    for item in date_roles(paper, kind):
        assert 0 <= item.start < item.end <= len(paper.text)
        assert 0 <= item.score <= 1


@pytest.mark.parametrize(
    "piece",
    [
        "Appeal by March 2, 2026 or not.\n",
        "Date: 03/02/2026  Due: 1/1/26\n",
        "we received on " * 6 + "\n",
    ],
)
def test_a_hostile_paper_takes_bounded_time(piece: str) -> None:
    paper = Paper.of_text(piece * 700)
    began = time.process_time()
    date_roles(paper, "denial")
    assert time.process_time() - began < 3  # 0.2 to 0.5 s for a thousand dates
