"""The sample binder holds a whole story, made by the same operations as a person's own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.undated import UNDATED_KINDS
from app.jobs import Cancelled, Silent
from app.operations.agenda import agenda
from app.operations.money_book import money_book
from app.operations.sample import make_sample
from app.operations.sample_mark import is_sample
from app.resources import resource_json
from app.storage.queries.calls import call_rows
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.find import find_anything
from app.storage.queries.money import expense_rows
from app.storage.queries.papers import inbox_count, paper_rows
from app.storage.queries.records import all_people, all_plans, all_records, claim_sendings
from app.storage.queries.story import claim_story
from app.storage.queries.travel import trip_rows


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "binder"
    # the clock of this computer is behind: the story is told all the same
    return make_sample(folder, Silent(), now=lambda: datetime(2025, 1, 5, 17, tzinfo=UTC))


@pytest.fixture
def sample(made):
    with Binder.open(made.binder) as binder:
        yield binder


def test_every_record_of_the_story_is_in_the_binder(made, sample):
    story = resource_json("sample", "story.json")
    assert len(sample.ask(all_people)) == len(story["people"])
    assert len(sample.ask(all_plans)) == len(story["plans"])
    assert len(sample.ask(claim_rows)) == len(story["claims"]) == made.claims
    assert len(sample.ask(call_rows)) == len(story["calls"])
    told = resource_json("sample", "money.json")
    lines = len(story["expenses"]) + len(told["expenses"]) + len(told["trips"])
    lines += sum("parking" in trip for trip in told["trips"])
    assert len(sample.ask(expense_rows)) == lines + len(told["stays"])
    assert len(sample.ask(claim_sendings)) == len(story["sendings"])
    assert len(sample.ask(paper_rows)) == made.documents
    statuses = {row.title: row.status for row in sample.ask(claim_rows)}
    assert statuses == {row["title"]: row["status"] for row in story["claims"]}


def test_every_paper_was_really_read_and_is_found(sample):
    papers = sample.ask(paper_rows)
    assert [paper.name for paper in papers if paper.read != "done"] == []
    for typed in ("fludrocortisone", "midodrine", "HM-2026-118204", "9400 0000", "transmission"):
        found = {hit.what for hit in sample.ask(find_anything, typed)}
        assert "document" in found, typed


def test_photos_of_one_letter_are_one_paper(sample):
    (letter,) = [row for row in sample.ask(paper_rows) if row.kind == "appeal_decision"]
    assert (letter.parts, letter.pages, letter.dated_on) == (3, 3, date(2026, 10, 26))


def test_some_papers_wait_in_the_inbox(sample):
    assert sample.ask(inbox_count) == len(resource_json("sample", "story.json")["inbox"])


def test_the_first_appeal_is_sent_and_the_second_is_due(sample):
    done = {row.title: row.done_on for row in sample.ask(due_rows, include_done=True)}
    assert done["Send the appeal"] == date(2026, 9, 8)
    (second,) = [row for row in sample.ask(due_rows) if row.kind == "appeal"]
    assert (second.title, second.last_day) == ("Second appeal to the plan", date(2027, 4, 29))
    (by_phone,) = sample.ask(undated_rows)
    assert by_phone.claim == "Rosa: physical therapy"


def test_what_is_without_a_date_stands_first(sample, book):
    found = agenda(sample, book, date(2026, 11, 21)).undated
    assert [entry.kind for entry in found] == sorted(
        (entry.kind for entry in found), key=UNDATED_KINDS.index
    )
    assert {entry.kind for entry in found} >= {"fast_appeal", "denial", "request"}


def test_the_story_of_a_claim_has_every_kind_of_line(sample):
    (claim,) = [row for row in sample.ask(claim_rows) if row.papers > 5]
    kinds = {line.what for line in sample.ask(claim_story, claim.id)}
    assert kinds >= {"document", "denial", "call", "deadline", "expense", "sending", "request"}


def test_it_is_marked_as_the_sample_and_there_is_nothing_to_undo(sample, binder):
    assert is_sample(sample)
    assert not is_sample(binder)
    assert sample.labels().undo is None
    assert sample.undo() is None


def test_a_place_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UserError):
        make_sample(tmp_path, Silent())
    assert (tmp_path / "letter.txt").read_text() == "mine"


class Impatient:
    """Presses Cancel at the first report."""

    def step(self, done, total, note=""):
        raise Cancelled


def test_a_sample_that_is_cancelled_leaves_nothing(tmp_path):
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "binder", Impatient())
    assert not (tmp_path / "binder").exists()


def test_the_money_of_the_sample_reaches_what_the_money_pages_show(sample):
    tables = [
        "hsa_account", "contribution", "hsa_form", "withdrawal", "allocation", "refund", "trip",
        "stay", "dependent_year", "necessity_letter", "eob", "bill", "plan_year", "aid",
    ]  # fmt: skip
    assert [kind for kind in tables if not sample.ask(all_records, kind)] == []
    (back,) = [row for row in sample.ask(due_rows) if row.kind == "tax"]
    assert (back.title.split(":")[0], back.last_day) == (
        "An HSA paid $100.00 too much",
        date(2027, 4, 15),
    )
    driven = {row.trip.on: row.amount for row in sample.ask(trip_rows)}
    assert driven[date(2026, 1, 14)] == Money.parse("19.68")  # 96 miles x 20.5 cents
    standings = money_book(sample).standings().values()
    assert any(each.claimable > Money() for each in standings)
    assert any(each.needs_attention > Money() for each in standings)
    assert {each.expense.hold for each in standings} >= {"", "hold"}
