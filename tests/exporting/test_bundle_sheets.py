"""The pages that are printed around the papers, and how any text is typeset."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.bundle import BundlePlan, Cover, ExhibitPlan, StoryRow
from app.exporting.layout import LaidOut, Side
from app.exporting.plain_text import printable, shortened
from app.exporting.printed import Places, part_data, whole
from app.exporting.sheets import bookmark_of, front_data
from app.exporting.typeset import typeset
from tests.exporting.bundle_papers import MADE_ON

MISSING = {"name": "lost.pdf", "reason": "It is damaged."}


def printed(plan: BundlePlan, pages: int = 1) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(typeset_pages(plan, pages)))


def typeset_pages(plan: BundlePlan, pages: int = 1) -> bytes:
    front = front_data(plan)
    laid_out = [LaidOut([Side(missing=MISSING)] * pages) for _ in plan.exhibits]
    data = part_data(front, laid_out, whole(front, laid_out), Places())
    return typeset("bundle.typ", data, title=plan.title, made_on=plan.made_on)


def exhibits(*titles: str) -> tuple[ExhibitPlan, ...]:
    return tuple(
        ExhibitPlan(document_id=str(number), name=title, title=title, sources=())
        for number, title in enumerate(titles)
    )


def plan_of(*titles: str, **values) -> BundlePlan:
    given = {"title": "Appeal", "cover": Cover(), **values}
    return BundlePlan(made_on=MADE_ON, exhibits=exhibits(*titles), **given)


def words(reader: pypdf.PdfReader, page: int) -> str:
    return " ".join(reader.pages[page].extract_text().split())


@settings(max_examples=25)
@given(st.text(max_size=300))
@example("\u202edesrever")
@example("half \ud800 a letter")
@example("\ufeffmark")
@example("王小明 😀 ﷺ")
@example('#read("/etc/passwd") *_`$<x>@y[z](w)')
def test_any_text_can_be_a_title_a_name_and_a_story(text):
    story = (StoryRow(on=None, what=text, text=text, document_id="0"),)
    cover = Cover(patient=text, asked=text, denial_words=text, sender=(text,))
    reader = printed(plan_of(text, cover=cover, story=story))
    assert reader.outline[-1].title == bookmark_of("A", text)


def test_text_from_a_paper_is_never_a_command():
    reader = printed(plan_of("x", cover=Cover(asked='#read("given.typ") *not bold*')))
    assert '#read("given.typ") *not bold*' in words(reader, 0)


def test_what_is_not_known_is_left_out():
    cover = words(printed(plan_of()), 0)
    for label in ("Patient", "Member ID", "Claim", "From", "To", "asked", "denial", "Expedited"):
        assert label.lower() not in cover.lower().replace("appeal", "")


def test_what_is_known_is_said():
    cover = Cover(
        sender=("Ana Núñez",), recipient=("Acme Health",), patient="Ana Núñez",
        born_on=date(1961, 5, 2), plan="PPO", member_id="M-1", group_number="G-2",
        claim_numbers=("C-3", "C-4"), service_dates=(date(2026, 2, 14), date(2026, 2, 15)),
        level="First appeal", expedited=True, asked="Please pay", denial_words="No need",
        denied_on=date(2026, 3, 3),
    )  # fmt: skip
    said = words(printed(plan_of(cover=cover)), 0)
    for text in (
        "Ana Núñez", "Acme Health", "Date of birth May 2, 1961", "Plan PPO", "Member ID M-1",
        "Group number G-2", "Claim numbers C-3, C-4",
        "Dates of service February 14, 2026, February 15, 2026", "First appeal",
        "Expedited (urgent) review requested", "Please pay", "No need", "August 18, 2026",
        "Date of the denial March 3, 2026",
    ):  # fmt: skip
        assert text in said


def test_a_cover_lists_its_exhibits_and_points_to_the_contents_for_very_many():
    assert "B Second 5" in words(printed(plan_of("First", "Second")), 0)
    forty = words(printed(plan_of(*(f"Paper {n}" for n in range(40))), pages=2), 0)
    assert "AN Paper 39" in forty
    many = words(printed(plan_of(*(f"Paper {n}" for n in range(200))), pages=2), 0)
    assert "Exhibits A to GR: 200 papers, 400 pages." in many
    assert "contents on page 2" in many


def test_the_longest_title_still_leaves_its_sheet_on_one_page():
    title = "A title that goes on " * 200
    reader = printed(plan_of(title, "Next"))
    sheets = [reader.get_destination_page_number(mark) for mark in reader.outline[-2:]]
    assert sheets[1] - sheets[0] == 2


def test_pages_claim_to_be_accessible_when_every_letter_can_be_shown():
    pdf = typeset_pages(plan_of("Ñandú"))
    assert b"pdfuaid:part" in pdf
    assert pdf == typeset_pages(plan_of("Ñandú"))


def test_a_template_cannot_read_outside_its_folder(tmp_path, monkeypatch):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    templates = tmp_path / "resources" / "templates"
    templates.mkdir(parents=True)
    (templates / "bad.typ").write_text('#read("/../../secret.txt")', encoding="utf-8")
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(typst.TypstError):
        typeset("bad.typ", {}, title="x", made_on=MADE_ON)


@given(st.text(max_size=200), st.integers(10, 60))
def test_a_shortened_text_is_one_line_and_short_enough(text, longest):
    line = shortened(text, longest)
    assert len(line) <= longest + 1
    assert "\n" not in line


@given(st.text())
def test_what_can_be_printed_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)
    assert printable("Inés Muñoz-Peña: ½ “no” 王") == "Inés Muñoz-Peña: ½ “no” 王"
