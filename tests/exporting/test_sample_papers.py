import re
from dataclasses import fields
from datetime import date, datetime

import pytest
from PIL import Image
from pypdf import PdfReader

from app.domain import (
    call,
    claim,
    clock,
    denial,
    document,
    due_item,
    expense,
    person,
    plan,
    sending,
)
from app.domain.money import Money
from app.exporting.sample_papers import draw_sample_papers
from app.resources import resource, resource_json

PAPERS = resource_json("sample", "papers.json")["papers"]
STORY = resource_json("sample", "story.json")
NAMES = {paper["file"] for paper in PAPERS} | {paper.get("as_one") for paper in PAPERS}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    drawn = draw_sample_papers(tmp_path_factory.mktemp("papers"))
    return {paper.path.name: paper for paper in drawn}


def keys(kind):
    return {item["key"] for item in STORY[kind]}


def test_every_paper_of_the_story_is_drawn(papers):
    assert list(papers) == [paper["file"] for paper in PAPERS]
    assert all(paper.path.stat().st_size > 1000 for paper in papers.values())


def test_drawing_again_gives_the_same_bytes(papers, tmp_path):
    for paper in draw_sample_papers(tmp_path):
        assert paper.path.read_bytes() == papers[paper.path.name].path.read_bytes(), paper.path


def test_kinds_and_claims_are_known(papers):
    assert {paper.kind for paper in papers.values()} <= set(document.KINDS)
    assert {paper.claim for paper in papers.values()} - {None} <= keys("claims")
    unsorted = {name for name, paper in papers.items() if paper.claim is None}
    assert unsorted == set(STORY["inbox"])


def test_letters_can_be_read_as_text(papers):
    letter = PdfReader(papers["Harbor Mutual denial 2026-03-18.pdf"].path)
    text = " ".join(page.extract_text() for page in letter.pages)
    assert len(letter.pages) == 2
    assert "March 18, 2026" in text
    assert "HM-2026-118204" in text
    assert "within 180 days" in re.sub(r"\s+", " ", text)


def test_the_scan_has_pictures_and_no_text(papers):
    page = PdfReader(papers["Infusion records scan.pdf"].path).pages[0]
    assert page.extract_text().strip() == ""
    assert len(page.images) == 1


def test_photos_lie_as_a_phone_leaves_them(papers):
    turns = {}
    for name in papers:
        if name.endswith(".jpg"):
            with Image.open(papers[name].path) as taken:
                exif = taken.getexif()
                turns[name] = exif[274]
                lies = taken.width > taken.height
                assert lies == (exif[274] in {6, 8})
                assert exif.get_ifd(0x8825) == {}
    assert {turns[f"IMG_412{number}.jpg"] for number in (7, 8, 9)} == {6}
    assert set(turns.values()) == {1, 3, 6, 8}


def test_the_fax_has_two_pages_of_dots_that_are_not_square(papers):
    with Image.open(papers["Fax confirmation 2026-09-08.tif"].path) as fax:
        assert fax.n_frames == 2
        assert fax.info["compression"] == "group4"
        across, down = fax.info["dpi"]
        assert across > 2 * down
        for number in range(fax.n_frames):
            fax.seek(number)
            assert fax.mode == "1"
            ink = fax.convert("L").histogram()[0] / (fax.width * fax.height)
            assert 0.005 < ink < 0.2


def test_the_photos_of_one_letter_belong_together(papers):
    letter = [name for name, paper in papers.items() if paper.as_one == "appeal-decision"]
    assert letter == ["IMG_4127.jpg", "IMG_4128.jpg", "IMG_4129.jpg"]


def amounts(rows, column):
    texts = [row[column] for row in rows if row[column]]
    return sum(Money.parse(text).cents for text in texts)


def test_the_columns_of_the_money_papers_add_up():
    checked = 0
    for paper in PAPERS:
        for block in paper.get("blocks", []):
            table = block.get("table", {})
            for column, total in enumerate(table.get("total", [])):
                if re.search(r"\d\.\d\d$", total):
                    assert amounts(table["rows"], column) == Money.parse(total).cents, paper["file"]
                    checked += 1
    assert checked == 6 + 6 + 5 + 1


def test_no_telephone_number_can_belong_to_anyone():
    for name in ("papers.json", "story.json"):
        text = resource("sample", name).read_text(encoding="utf-8")
        numbers = re.findall(r"\(\d{3}\) ?(\d{3}-\d{4})", text)
        assert numbers
        assert {number[:6] for number in numbers} == {"555-01"}
        assert not re.findall(r"\b\d{3}-\d{3}-\d{4}\b", text)


RECORDS = {
    "people": (person.Person, set()),
    "plans": (plan.Plan, {"person"}),
    "claims": (claim.Claim, {"person", "plan"}),
    "denials": (denial.Denial, {"claim", "document", "answers", "is_final"}),
    "sendings": (sending.Sending, {"claim", "denial", "documents"}),
    "calls": (call.Call, {"claim", "kept"}),
    "expenses": (expense.Expense, {"person", "claim", "document"}),
    "dates": (due_item.DueItem, {"claim", "on", "done"}),
    "requests": (clock.Clock, {"claim", "what", "on", "of"}),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_the_story_speaks_in_the_fields_of_the_records(kind):
    record, links = RECORDS[kind]
    known = {field.name for field in fields(record)} | links | {"key"}
    for item in STORY[kind]:
        assert set(item) <= known
        for name, value in item.items():
            if name.endswith("_on") and value:
                date.fromisoformat(value)


def test_every_name_in_the_story_leads_somewhere():
    for kind, (_, links) in RECORDS.items():
        for item in STORY[kind]:
            for link, where in (("person", "people"), ("plan", "plans"), ("claim", "claims")):
                if link in links:
                    assert item[link] in keys(where)
            named = {item.get("document"), *item.get("documents", [])} - {None}
            assert named <= NAMES
    assert {item["denial"] for item in STORY["sendings"]} - {None} <= keys("denials")


def test_the_words_of_the_story_are_words_of_the_records():
    assert {item["relation"] for item in STORY["people"]} <= set(person.RELATIONS)
    assert {item["program"] for item in STORY["plans"]} <= set(plan.PROGRAMS)
    assert {item["funding"] for item in STORY["plans"]} <= {*plan.FUNDINGS, None}
    assert {item["status"] for item in STORY["claims"]} <= set(claim.STATUSES)
    assert {item["letter_says"] for item in STORY["denials"]} <= set(denial.LETTER_SAYS)
    assert {item["way"] for item in STORY["sendings"]} <= set(sending.WAYS)
    assert {item["method"] for item in STORY["expenses"]} <= set(expense.METHODS)


def test_calls_have_a_moment_with_its_offset_and_promises_come_after_it():
    for item in STORY["calls"]:
        moment = datetime.fromisoformat(item["called_at"])
        assert moment.utcoffset() is not None
        if item["promise_by"]:
            assert item["promise"]
            assert date.fromisoformat(item["promise_by"]) >= moment.date()


def test_amounts_are_above_zero_and_the_bill_is_what_was_paid():
    paid = [Money.parse(item["amount"]) for item in STORY["expenses"]]
    assert all(amount > Money(0) for amount in paid)
    by_portal = [
        item["amount"] for item in STORY["expenses"] if "portal" in (item["document"] or "")
    ]
    assert by_portal == ["820.00"]
