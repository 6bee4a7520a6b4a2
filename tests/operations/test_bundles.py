"""The bundle of a claim: what goes in, in which order, and what a stranger may not read."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime

import pypdf
import pytest
from PIL import Image

from app.domain.errors import UserError
from app.domain.page import PageText
from app.importing.reader import DocumentReader
from app.jobs import Silent
from app.operations import calls, claims, denials, expenses, people, sendings
from app.operations.bundle_plan import Wishes, plan_bundle
from app.operations.bundle_words import exhibit_title
from app.operations.bundles import bind_bundle
from app.operations.denials import DenialAnswer
from app.operations.exhibits import with_sources
from app.operations.intake import Filing, add_papers
from app.operations.papers import file_paper
from app.operations.reading import read_waiting
from app.operations.trash import put_in_trash
from app.storage.queries.papers import paper_rows
from app.workers import WorkerPool

TODAY = date(2026, 11, 21)


@pytest.fixture
def claim(binder):
    person = people.add_person(binder, "Rosa Alvarez", born_on=date(1960, 2, 3))
    plan = people.add_plan(
        binder,
        "Harbor Choice",
        person_id=person.id,
        insurer="Harbor Mutual",
        member_id="HMX 4471",
        group_number="88",
        appeal_address="Harbor Mutual\nAppeals\nP.O. Box 5500",
        appeal_fax="(614) 555-0142",
    )
    return claims.open_claim(
        binder,
        "Infusions",
        person_id=person.id,
        plan_id=plan.id,
        number="HM-118204",
        service_on=date(2026, 3, 19),
        asks_for="Approve 12 visits.",
        note="I am so tired of this",
    )


@pytest.fixture
def added(binder, claim, paper):
    """Add a paper of a kind under the claim and return its id."""

    def add(name: str, kind: str | None = None, dated_on: date | None = None) -> str:
        (row,) = add_papers(binder, [paper(name)], Silent(), filing=Filing(claim.id, kind))
        if dated_on:
            file_paper(binder, row.document_id, dated_on=dated_on)
        return row.document_id

    return add


def names(plan):
    return [exhibit.name for exhibit in plan.exhibits]


def test_papers_stand_as_a_reviewer_reads_them_and_by_date_within(binder, claim, added):
    added("policy.txt", "medical_policy")
    added("undated.txt", "medical_record")
    added("new record.txt", "medical_record", date(2026, 5, 1))
    added("old record.txt", "medical_record", date(2026, 1, 1))
    added("doctor.txt", "necessity_letter")
    added("second no.txt", "appeal_decision", date(2026, 10, 1))
    added("first no.txt", "denial", date(2026, 3, 1))
    added("whatever.txt")
    assert names(plan_bundle(binder, claim.id, today=TODAY)) == [
        "first no.txt", "second no.txt", "doctor.txt", "old record.txt", "new record.txt",
        "undated.txt", "policy.txt", "whatever.txt",
    ]  # fmt: skip


def test_receipts_and_what_lies_in_the_trash_stay_out_until_chosen(binder, claim, added):
    letter, receipt = added("letter.txt", "denial"), added("receipt.txt", "receipt")
    added("slip.txt", "card_slip")
    put_in_trash(binder, [("document", added("gone.txt", "denial"))])
    assert names(plan_bundle(binder, claim.id, today=TODAY)) == ["letter.txt"]
    wishes = Wishes(put_in=[receipt], left_out=[letter], order=[receipt])
    chosen = plan_bundle(binder, claim.id, today=TODAY, wishes=wishes)
    assert names(chosen) == ["receipt.txt"]


def test_the_person_orders_papers_and_the_rest_follow(binder, claim, added):
    first, second, third = added("1.txt", "denial"), added("2.txt", "denial"), added("3.txt")
    plan = plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(order=[third, second]))
    assert [exhibit.document_id for exhibit in plan.exhibits] == [third, second, first]


def test_the_cover_tells_whose_claim_it_is_and_to_whom_it_goes(binder, book, claim, added):
    answer = DenialAnswer(notice_on=date(2026, 10, 26), level=2, reason="Not necessary")
    denials.record_denial(
        binder, book, claim.id, DenialAnswer(notice_on=date(2026, 3, 18)), confirmed=True
    )
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    cover = plan_bundle(binder, claim.id, today=TODAY).cover
    assert cover.recipient == (
        "Harbor Mutual", "Appeals", "P.O. Box 5500", "Fax (614) 555-0142",
    )  # fmt: skip
    assert (cover.patient, cover.born_on, cover.member_id, cover.group_number) == (
        "Rosa Alvarez", date(1960, 2, 3), "HMX 4471", "88",
    )  # fmt: skip
    assert (cover.claim_numbers, cover.service_dates) == (("HM-118204",), (date(2026, 3, 19),))
    assert (cover.level, cover.denied_on, cover.denial_words, cover.asked) == (
        "Second appeal", date(2026, 10, 26), "Not necessary", "Approve 12 visits.",
    )  # fmt: skip


def test_what_was_remarked_paid_or_planned_stays_at_home(binder, book, claim, added, clock):
    letter = added("letter.txt", "denial", date(2026, 3, 18))
    answer = DenialAnswer(document_id=letter, notice_on=date(2026, 3, 18), reason="Not needed")
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    calls.log_call(
        binder,
        claim_id=claim.id,
        called_at=datetime(2026, 3, 24, 19, 5, tzinfo=UTC),
        with_whom="Deanna",
        department="member services",
        reference="C-1",
        note="She was rude",
        promise="Mail the policy",
        promise_by=date(2026, 4, 3),
    )
    expenses.enter_expense(
        binder, expenses.Money(4100), provider="Lab", paid_on=TODAY, claim_id=claim.id
    )
    sendings.record_sending(
        binder, claim.id, date(2026, 4, 10), denial_id=recorded.denial.id, way="certified_mail",
        to="Harbor Mutual", tracking="9400 11", note="wrote it at night",
    )  # fmt: skip
    plan = plan_bundle(binder, claim.id, today=TODAY)
    assert [(row.what, row.text, row.document_id) for row in plan.story] == [
        ("Denied", "Not needed", letter),
        (
            "Call",
            "Deanna, member services. Reference C-1. Promised by April 3, 2026: Mail the policy",
            None,
        ),
        ("Sent", "By certified mail to Harbor Mutual, number 9400 11", None),
    ]
    (call,) = plan.calls
    assert (call.on, call.at, call.with_whom, call.reference, call.said) == (
        date(2026, 3, 24), "2:05 PM", "Deanna, member services", "C-1", "",
    )  # fmt: skip
    assert (call.promised, call.promised_by) == ("Mail the policy", date(2026, 4, 3))
    whole = repr(plan)
    for private in ("rude", "tired", "night", "$41"):
        assert private not in whole


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("Denial of March 18.pdf", "denial", "Denial of March 18"),
        ("IMG_4127.JPG", "denial", "Denial letter"),
        ("20260318_093011.jpg", "lab_result", "Lab result"),
        ("scan0001.pdf", None, "Paper"),
        ("Dr. Haddad", "medical_record", "Dr. Haddad"),
        (".pdf", None, "Paper"),
        ("WhatsApp Image 2026-03-18 at 9.30.11 AM.jpeg", "photo", "Photo"),
    ],
)
def test_a_name_that_a_camera_gave_becomes_the_kind_of_paper(name, kind, title):
    assert exhibit_title(name, kind) == title


def test_an_empty_claim_has_no_bundle(binder, claim, tmp_path):
    plan = plan_bundle(binder, claim.id, today=TODAY)
    with WorkerPool(1) as workers, pytest.raises(UserError, match="no paper"):
        bind_bundle(binder, workers, plan, tmp_path / "out.pdf", Silent())
    with pytest.raises(UserError, match="no claim"):
        plan_bundle(binder, "nothing", today=TODAY)


@pytest.fixture
def pictures(tmp_path):
    """Three pages of one letter, the second on its side."""
    paths = []
    for number, size in enumerate([(300, 400), (400, 300), (300, 400)], start=1):
        path = tmp_path / f"IMG_{number}.png"
        Image.new("RGB", size, (200, 200, 40 * number)).save(path)
        paths.append(path)
    return paths


def test_several_photos_are_one_exhibit_with_a_page_each(binder, claim, pictures, tmp_path):
    rows = add_papers(binder, pictures, Silent(), filing=Filing(claim.id, "denial"), as_one=True)
    target = tmp_path / "out.pdf"
    with WorkerPool(2) as workers:
        bound = bind_bundle(
            binder, workers, plan_bundle(binder, claim.id, today=TODAY), target, Silent()
        )
    (exhibit,) = bound.exhibits
    assert (exhibit.letter, exhibit.document_id, exhibit.pages) == ("A", rows[0].document_id, 4)
    (file,) = bound.files
    reader = pypdf.PdfReader(target)
    assert len(reader.pages) == file.pages == exhibit.first_page + 3
    assert all(
        f"Page {n} of {file.pages}" in p.extract_text() for n, p in enumerate(reader.pages, 1)
    )


def test_a_paper_that_cannot_go_in_stops_the_bundle_unless_a_page_may_stand_for_it(
    binder, claim, added, pictures, tmp_path
):
    added("notes.docx", "medical_record")
    add_papers(binder, pictures[:1], Silent(), filing=Filing(claim.id, "denial"))
    target = tmp_path / "out.pdf"
    plan = plan_bundle(binder, claim.id, today=TODAY)
    with WorkerPool(2) as workers:
        stopped = bind_bundle(binder, workers, plan, target, Silent())
        assert (stopped.files, [gap.name for gap in stopped.gaps]) == ((), ["notes.docx"])
        assert not target.exists()
        bound = bind_bundle(binder, workers, plan, target, Silent(), allow_gaps=True)
    assert [exhibit.letter for exhibit in bound.exhibits] == ["A", "B"]
    assert "notes.docx" in pypdf.PdfReader(target).pages[-1].extract_text()


def test_the_words_of_each_part_stay_on_its_own_pages(binder, claim, paper, tmp_path):
    """The pages of a paper of several originals are numbered through, as the binding counts."""
    parts = [paper("one.txt", "first part"), paper("two.txt", "second part")]
    (row, _) = add_papers(binder, parts, Silent(), filing=Filing(claim.id), as_one=True)
    with DocumentReader(1) as reader:
        read_waiting(binder, reader, Silent())
    (exhibit,) = plan_bundle(binder, claim.id, today=TODAY).exhibits
    with ExitStack() as lent:
        filled = with_sources(binder, exhibit, lent)
        assert [source.path.read_text() for source in filled.sources] == [
            "first part", "second part",
        ]  # fmt: skip
    texts: list[PageText] = list(filled.page_texts)
    assert [(text.number, text.text.strip()) for text in texts] == [
        (1, "first part"), (2, "second part"),
    ]  # fmt: skip
    assert filled.turns == (0, 0)
    assert binder.ask(paper_rows)[0].id == row.document_id
