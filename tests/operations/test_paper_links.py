"""What a person marked on a page stays on that page, whatever becomes of the paper."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from app.domain.bundle_choice import BlackOut, BundleChoice
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import claims, intake, paper_links
from app.operations.checklist import mark_proved
from app.operations.criteria import add_point
from app.operations.denials import DenialAnswer, record_denial
from app.operations.papers import join_papers
from app.operations.rules import rule_book
from app.operations.splitting import split_paper
from app.operations.treatments import add_treatment
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts
from app.storage.queries.records import all_records
from app.storage.schema import RECORD_TABLES

NOW = datetime(2026, 8, 18, 15, 0, tzinfo=UTC)


def add(binder, *paths):
    return [row.document_id for row in intake.add_papers(binder, list(paths), Silent())]


def read(binder, document_id, pages):
    """Note that a paper was read and has so many pages."""
    read = [PageRecord(page, 612, 792, 0, "embedded", None, "") for page in range(1, pages + 1)]
    for part in binder.ask(document_parts, document_id):
        with binder.deriving("Read") as derived:
            derived.keep_pages(part.sha256, read)
            derived.finish(part.sha256, pages)


@pytest.fixture
def marked(binder, paper):
    """Two papers of one claim; everything that can name a page names page 1 of the second."""
    claim = claims.open_claim(binder, "Infusions")
    denial = record_denial(
        binder, rule_book(), claim.id, DenialAnswer(notice_on=date(2026, 8, 1)), confirmed=False
    ).denial
    first, second = add(binder, paper("a.txt", "one"), paper("b.txt", "two"))
    for key in (first, second):
        read(binder, key, 2)
    mark_proved(binder, denial.id, "necessity_letter", second)
    add_treatment(binder, claim.id, "Iron tablets", document_id=second, page=1)
    add_point(binder, denial.id, "3.2", source_document_id=second, source_page=1,
              proofs=[(second, 2)])  # fmt: skip
    with binder.operation("Black out") as work:
        box = BlackOut(id="b", document_id=second, page=2, x0=0, y0=0, x1=9, y1=9, added_at=NOW)
        work.black_outs.add(box)
        for key in (first, second):
            choice = BundleChoice(id=key, claim_id=claim.id, document_id=key, pages="1")
            work.bundle_choices.add(choice)
    return first, second


def test_marks_on_a_page_follow_it_into_the_joined_paper(binder, marked):
    first, second = marked
    join_papers(binder, [first, second])
    (treatment,) = binder.ask(all_records, "treatment")
    (point,) = binder.ask(all_records, "criterion")
    (proof,) = binder.ask(all_records, "criterion_proof")
    (box,) = binder.ask(all_records, "black_out")
    (mark,) = binder.ask(all_records, "evidence_mark")
    assert (treatment.document_id, treatment.page) == (first, 3)
    assert (point.source_document_id, point.source_page) == (first, 3)
    assert (proof.document_id, proof.page) == (first, 4)
    assert (box.document_id, box.page) == (first, 4)
    assert mark.document_id == first
    (choice,) = binder.ask(all_records, "bundle_choice")
    assert (choice.document_id, choice.pages) == (first, "")
    binder.undo()
    (box,) = binder.ask(all_records, "black_out")
    assert (box.document_id, box.page) == (second, 2)


def test_papers_with_marks_are_not_joined_before_their_pages_are_counted(binder, paper, marked):
    _, second = marked
    (unread,) = add(binder, paper("c.txt", "three"))
    with pytest.raises(UserError, match="not all read yet"):
        join_papers(binder, [unread, second])
    assert {each.page for each in binder.ask(all_records, "black_out")} == {2}
    join_papers(binder, [second, unread])


def test_black_boxes_go_along_with_the_pages_that_are_taken_apart(binder, marked):
    first, second = marked
    whole = join_papers(binder, [first, second])
    one, two = split_paper(binder, whole.id, [3], Silent())
    boxes = {box.document_id: box.page for box in binder.ask(all_records, "black_out")}
    assert boxes == {whole.id: 4, two.id: 2}
    assert one.id not in boxes


def test_every_record_that_names_a_paper_is_known_to_joining():
    """A new link to papers must be told to `paper_links`, or joining would break it."""
    known = {(store, field) for store, field, _ in paper_links._LINKS}
    known |= {("bundle_choices", "document_id"), ("parts", "document_id")}
    named = {
        (table.name, item.name)
        for table, record in RECORD_TABLES.values()
        for item in fields(record)
        if any(key.target_fullname == "documents.id" for key in table.c[item.name].foreign_keys)
    }
    assert named == known
