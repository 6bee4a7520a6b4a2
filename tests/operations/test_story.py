"""The story of a claim: every kind of line, what others get of it, and the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest

from app.domain.document import PRIVATE_KINDS
from app.domain.errors import UserError
from app.domain.letter import Letter
from app.domain.money import Money
from app.jobs import Silent
from app.operations import (
    calls,
    claims,
    denials,
    diary,
    expenses,
    intake,
    sendings,
    story,
    treatments,
)
from app.operations.answers import AppealAnswer, record_answer
from app.operations.call_log import write_call_log
from app.operations.dates import add_own_date, mark_done
from app.operations.denials import DenialAnswer
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.calls import broken_counts, broken_promises, call_rows
from app.storage.queries.records import claim_sendings
from app.storage.queries.story import KINDS, StoryLine, claim_story, public_story

TODAY = date(2026, 8, 18)


@pytest.fixture
def claim(binder):
    return claims.open_claim(binder, "Infusions")


def filed(binder, claim, path, kind, dated_on=None):
    """A paper under the claim; returns its id."""
    (row,) = intake.add_papers(binder, [path], Silent())
    sort_papers(binder, [row.document_id], Sorting(kind=kind, claim_id=claim.id, dated_on=dated_on))
    return row.document_id


def lines(binder, claim, question=claim_story, **more):
    return {line.what: line for line in binder.ask(question, claim.id, **more)}


def said(path):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_call_tells_others_who_when_the_number_and_the_promise_only(binder, claim):
    calls.log_call(
        binder, claim_id=claim.id, with_whom="Dana", department="Appeals", reference="R-4",
        note="She was rude", outcome="I hung up", promise="mail the policy",
        promise_by=date(2026, 9, 1),
    )  # fmt: skip
    assert lines(binder, claim)["call"].text == "Dana: She was rude: I hung up"
    told = lines(binder, claim, public_story)
    assert set(told) == {"call"}
    assert told["call"].text == (
        "Dana, Appeals. Reference R-4. Promised by September 1, 2026: mail the policy"
    )


def test_private_things_stay_out_of_what_others_get(binder, claim, paper):
    expenses.enter_expense(binder, Money(7500), paid_on=TODAY, claim_id=claim.id)
    diary.add_line(binder, claim.id, "could not get up", on=TODAY, score=8)
    add_own_date(binder, "Stop and decide", date(2026, 12, 1), kind="stop", claim_id=claim.id)
    for kind in sorted(PRIVATE_KINDS):
        filed(binder, claim, paper(f"{kind}.txt"), kind)
    story_lines = binder.ask(claim_story, claim.id)
    assert len(story_lines) == 3 + len(PRIVATE_KINDS)
    assert all(line.is_private for line in story_lines)
    assert binder.ask(public_story, claim.id) == ()
    put_in = [("diary", lines(binder, claim)["diary"].id)]
    (shown,) = binder.ask(public_story, claim.id, put_in=put_in)
    assert shown.text == "could not get up (8 of 10)"


def test_a_treatment_cites_its_paper_and_page_and_its_day_as_far_as_known(binder, claim, paper):
    proof = filed(binder, claim, paper("visit.txt"), "medical_record", date(2026, 2, 3))
    treatments.add_treatment(
        binder, claim.id, "Ibuprofen", dose="600 mg", began="2024-03", ended="2024-11",
        outcome="not_tolerated", reaction="bleeding", document_id=proof, page=2,
    )  # fmt: skip
    treatments.add_treatment(binder, claim.id, "Rest")
    told = [line for line in binder.ask(public_story, claim.id) if line.what == "treatment"]
    first, undated = sorted(told, key=lambda line: line.on)
    assert (first.on, first.day, first.document_id, first.page) == (
        date(2024, 3, 1), "March 2024", proof, 2,
    )  # fmt: skip
    assert first.text == ("Ibuprofen, 600 mg, until November 2024, it was not tolerated: bleeding")
    assert undated.day == "date not known"
    # the record of 2026 is a line of its own: it is not what happened in 2024
    assert "document" in lines(binder, claim, public_story)


def test_a_letter_that_a_denial_cites_is_told_once(binder, claim, paper, book):
    letter = filed(binder, claim, paper("no.txt"), "denial", date(2026, 8, 3))
    answer = DenialAnswer(document_id=letter, notice_on=date(2026, 8, 3), reason="Not necessary")
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert {"denial", "document"} <= set(lines(binder, claim))
    told = binder.ask(public_story, claim.id)
    assert [(line.what, line.text, line.document_id) for line in told] == [
        ("denial", "Not necessary", letter)
    ]


def test_the_answer_to_an_appeal_cites_its_letter_and_is_told_once(binder, claim, paper, book):
    answer = DenialAnswer(notice_on=date(2026, 6, 3), reason="Not necessary")
    denied = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    letter = filed(binder, claim, paper("yes.txt"), "appeal_decision", date(2026, 8, 3))
    won = AppealAnswer(outcome="overturned", on=date(2026, 8, 3), document_id=letter)
    record_answer(binder, book, denied.denial.id, won)
    told = [(line.what, line.text, line.document_id) for line in binder.ask(public_story, claim.id)]
    assert told == [
        ("denial", "Not necessary", None), ("answer", "They took their no back", letter),
    ]  # fmt: skip


def test_a_no_to_an_appeal_is_the_next_denial_and_told_once(binder, claim, book):
    answer = DenialAnswer(notice_on=date(2026, 6, 3), reason="Not necessary")
    denied = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    again = AppealAnswer(outcome="upheld", on=date(2026, 8, 3), reason="Still not necessary")
    record_answer(binder, book, denied.denial.id, again)
    told = [line.text for line in binder.ask(public_story, claim.id)]
    assert told == ["Not necessary", "Still not necessary"]


def test_asking_for_a_fast_appeal_and_for_the_care_meanwhile_is_told(binder, claim, book):
    answer = DenialAnswer(notice_on=date(2026, 8, 3), reason="Not necessary", urgent="yes")
    denied = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    denials.note_fast_appeal(binder, denied.denial.id, asked_on=date(2026, 8, 4))
    denials.note_kept_care(binder, denied.denial.id, asked_on=date(2026, 8, 5))
    told = [(line.what, line.on.day) for line in binder.ask(public_story, claim.id)]
    assert told == [("denial", 3), ("fast_appeal", 4), ("keep_care", 5)]


def test_what_was_sent_and_that_they_got_it_are_told(binder, claim):
    sendings.record_sending(
        binder, claim.id, date(2026, 8, 3), way="certified_mail", to="Harbor Mutual",
        tracking="9407 1",
    )  # fmt: skip
    (sent,) = binder.ask(claim_sendings, claim.id)
    with binder.operation("They got it") as work:
        work.sendings.save(replace(sent, delivered_on=date(2026, 8, 6), confirmed_by="Dana"))
    assert [(line.what, line.text) for line in binder.ask(public_story, claim.id)] == [
        ("sending", "By certified mail to Harbor Mutual, number 9407 1"),
        ("delivery", "Harbor Mutual got what was sent on August 3, 2026, confirmed by Dana"),
    ]


def test_a_letter_is_private_until_it_is_signed(binder, claim):
    letter = Letter(
        id="l1", claim_id=claim.id, kind="cover", title="Appeal letter", body="Dear",
        changed_at=binder.now(), added_at=binder.now(),
    )  # fmt: skip
    with binder.operation("Write a letter") as work:
        work.letters.add(letter)
    assert binder.ask(public_story, claim.id) == ()
    with binder.operation("Sign a letter") as work:
        work.letters.save(replace(letter, signed_on=TODAY))
    assert [line.text for line in binder.ask(public_story, claim.id)] == ["Appeal letter"]


def test_a_paper_without_a_date_says_when_it_was_added(binder, claim, paper):
    filed(binder, claim, paper("a.txt"), "medical_record")
    (line,) = binder.ask(public_story, claim.id)
    assert line.day.startswith("added ")


def test_a_line_is_hidden_and_shown_each_in_one_step(binder, claim):
    call, _ = calls.log_call(binder, claim_id=claim.id, with_whom="Dana")
    story.hide_line(binder, claim.id, "call", call.id)
    story.hide_line(binder, claim.id, "call", call.id)  # once is enough
    assert lines(binder, claim)["call"].is_hidden
    assert binder.ask(public_story, claim.id) == ()
    assert binder.ask(public_story, claim.id, put_in=[("call", call.id)]) == ()
    assert binder.undo() == "Leave a line out of the story"
    assert len(binder.ask(public_story, claim.id)) == 1
    story.hide_line(binder, claim.id, "call", call.id)
    story.show_line(binder, claim.id, "call", call.id)
    assert not lines(binder, claim)["call"].is_hidden
    assert binder.undo() == "Take a line into the story"
    with pytest.raises(UserError, match="no line"):
        story.hide_line(binder, claim.id, "call", "nothing")


@pytest.mark.parametrize("what", KINDS)
def test_every_kind_of_line_has_a_word_of_its_own(what):
    assert story.line_word(StoryLine(TODAY, what, "id", "text")) not in KINDS


def test_the_story_on_paper_has_the_cites_and_nothing_private(binder, claim, paper, tmp_path):
    proof = filed(binder, claim, paper("Visit to Dr Lee.txt"), "medical_record", date(2026, 2, 3))
    treatments.add_treatment(
        binder, claim.id, "Ibuprofen #let x = 1 <b> \\ $", began="2024", document_id=proof, page=2
    )
    for number in range(60):
        calls.log_call(
            binder, claim_id=claim.id, with_whom=f"Dana {number}", note="SECRET",
            called_at=datetime(2026, 3, 1, number % 24, tzinfo=UTC),
        )  # fmt: skip
    target = tmp_path / "story.pdf"
    written = story.write_story(binder, claim.id, target, today=TODAY)
    words = said(target)
    assert "[Visit to Dr Lee, page 2]" in " ".join(words.split())
    assert "Ibuprofen #let x = 1 <b> \\ $" in words
    assert "SECRET" not in words
    assert words.count("Dana ") == 60
    pages = pypdf.PdfReader(target).pages
    assert len(pages) > 2
    assert f"Page 1 of {len(pages)}" in pages[0].extract_text()
    assert story.write_story(binder, claim.id, target, today=TODAY).sha256 == written.sha256
    story.write_story(binder, claim.id, target, today=TODAY, everything=True)
    assert "SECRET" in said(target)


def test_an_empty_story_and_an_empty_log_say_so(binder, claim, tmp_path):
    story.write_story(binder, claim.id, tmp_path / "s.pdf", today=TODAY)
    write_call_log(binder, claim.id, tmp_path / "c.pdf", today=TODAY)
    assert "Nothing is written down" in said(tmp_path / "s.pdf")
    assert "No call is written down" in said(tmp_path / "c.pdf")


def test_late_promises_are_counted_by_claim_until_they_are_kept_or_not_needed(binder, claim):
    other = claims.open_claim(binder, "Scan")
    for each, by in ((claim, 10), (claim, 12), (other, 11), (other, 30)):
        calls.log_call(
            binder, claim_id=each.id, with_whom="Dana", promise="call",
            promise_by=date(2026, 8, by),
        )  # fmt: skip
    assert broken_counts_of(binder) == {claim.id: 2, other.id: 1}
    first, *_ = binder.ask(broken_promises, TODAY)
    assert first.due_on == date(2026, 8, 10)
    mark_done(binder, first.item_id, TODAY)
    assert broken_counts_of(binder) == {claim.id: 1, other.id: 1}
    assert {row.promise_state(TODAY) for row in binder.ask(call_rows)} == {"kept", "late", "open"}


def broken_counts_of(binder):
    return dict(binder.ask(broken_counts, TODAY))
