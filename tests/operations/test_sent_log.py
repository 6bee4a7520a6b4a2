"""What was sent keeps its exact files and its proof; corrections move dates only when told so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.sending_proof import proof_words
from app.jobs import Silent
from app.operations import calls, claims, people
from app.operations.clocks import set_received
from app.operations.denials import DenialAnswer, record_denial
from app.operations.intake import add_papers
from app.operations.sending_changes import (
    add_proofs,
    change_sending,
    confirm_sending,
    note_delivery,
    preview_change,
    preview_removal,
    remove_proof,
    remove_sending,
)
from app.operations.sendings import record_sending
from app.operations.sent_files import freeze_files, take_out
from app.operations.trash import put_in_trash
from app.storage.queries.clocks import claim_denials, clock_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.records import claim_sendings
from app.storage.queries.sendings import sent_row, sent_rows

SENT_ON = date(2026, 9, 1)


@pytest.fixture
def claim(binder):
    rosa = people.add_person(binder, "Rosa Alvarez", relation="self")
    people.add_plan(
        binder, "Harbor Mutual", person_id=rosa.id, program="employer", funding="self",
        insurer="Harbor Mutual Health Plan", phone="555-0142",
    )  # fmt: skip
    return claims.open_claim(binder, "Infusions in March", person_id=rosa.id)


@pytest.fixture
def denial(binder, book, claim):
    return record_denial(
        binder, book, claim.id, DenialAnswer(notice_on=date(2026, 8, 3)), confirmed=True
    ).denial


@pytest.fixture
def sent(binder, claim, denial):
    return record_sending(
        binder, claim.id, SENT_ON, denial_id=denial.id, way="certified_mail", tracking="9407"
    ).sending


@pytest.fixture
def receipt(binder, paper):
    (taken,) = add_papers(binder, [paper("receipt.txt")], Silent())
    return taken.document_id


def row(binder, sending):
    return binder.ask(sent_row, sending.id)


def test_the_exact_bytes_are_kept_whatever_becomes_of_the_file(binder, sent, paper, tmp_path):
    file = paper("appeal.txt", "Dear Harbor Mutual")
    freeze_files(binder, sent.id, [file])
    file.write_text("changed afterwards", encoding="utf-8")
    (kept,) = row(binder, sent).files
    copy = take_out(binder, kept, tmp_path)
    assert copy.read_text(encoding="utf-8") == "Dear Harbor Mutual"
    assert take_out(binder, kept, tmp_path) == copy
    copy.write_text("another file of that name", encoding="utf-8")
    assert take_out(binder, kept, tmp_path).name == "appeal (2).txt"
    assert binder.undo() == "Keep what was sent"
    assert row(binder, sent).files == ()


def test_a_file_that_is_not_there_leaves_nothing_recorded(binder, claim, tmp_path):
    with pytest.raises(UserError, match="no such file"):
        record_sending(binder, claim.id, SENT_ON, files=[tmp_path / "gone.pdf"])
    assert binder.ask(claim_sendings) == ()


def test_papers_of_the_binder_can_be_what_was_sent(binder, claim, receipt):
    made = record_sending(binder, claim.id, SENT_ON, papers=[receipt]).sending
    (kept,) = row(binder, made).files
    assert kept.name == "receipt.txt"


def test_a_proof_is_filed_with_what_it_proves(binder, claim, sent, receipt):
    assert row(binder, sent).proofs == ()
    add_proofs(binder, sent.id, [receipt, receipt])
    (proof,) = row(binder, sent).proofs
    assert (proof.document_id, proof.kind) == (receipt, "mail_receipt")
    put_in_trash(binder, [("document", receipt)])
    assert row(binder, sent).proofs == (), "what lies in the trash proves nothing"
    binder.undo()
    remove_proof(binder, proof.id)
    assert row(binder, sent).proofs == ()


def test_the_words_say_what_to_add(binder, claim, sent, receipt):
    assert proof_words(sent, 0) == "No proof yet: add the mail receipt."
    known = note_delivery(binder, sent.id, date(2026, 9, 4))
    assert proof_words(known, 0).startswith("Proved by the day they got it. Better: add")
    known = confirm_sending(binder, sent.id, date(2026, 9, 10), "Dana")
    assert proof_words(known, 1) == ("Proved by 1 paper, the day they got it and who confirmed it.")
    fax = change_sending(binder, sent.id, way="fax", delivered_on=None, confirmed_by="")
    assert "fax confirmation" in proof_words(fax, 0)


def test_the_day_they_got_it_is_one_day_for_the_log_and_the_clock(binder, sent):
    (waits,) = binder.ask(clock_rows)
    set_received(binder, waits.clock.id, date(2026, 9, 4))
    assert row(binder, sent).sending.delivered_on == date(2026, 9, 4)
    note_delivery(binder, sent.id, date(2026, 9, 5))
    (waits,) = binder.ask(clock_rows)
    assert (waits.clock.received_on, waits.about) == (date(2026, 9, 5), date(2026, 11, 4))
    with pytest.raises(UserError, match="cannot have arrived"):
        note_delivery(binder, sent.id, date(2026, 8, 31))


def test_who_confirmed_it_is_kept_with_the_call(binder, claim, sent):
    call, _ = calls.log_call(binder, claim_id=claim.id, with_whom="Dana", reference="R-7")
    confirm_sending(binder, sent.id, date(2026, 9, 10), " Dana  B. ", call_id=call.id)
    found = row(binder, sent)
    assert (found.sending.confirmed_by, found.reference) == ("Dana B.", "R-7")
    with pytest.raises(UserError, match="who confirmed"):
        confirm_sending(binder, sent.id, date(2026, 9, 10), " ")
    with pytest.raises(UserError, match="before that"):
        confirm_sending(binder, sent.id, date(2026, 8, 30), "Dana")


def test_a_correction_shows_which_dates_move_and_moves_them(binder, sent):
    rows = preview_change(binder, sent.id, sent_on=date(2026, 9, 3))
    assert [(each.was, each.would_be) for each in rows] == [(date(2026, 10, 31), date(2026, 11, 2))]
    assert "September 3" in rows[0].sentence
    assert row(binder, sent).sending.sent_on == SENT_ON, "nothing is changed by looking"
    change_sending(binder, sent.id, sent_on=date(2026, 9, 3))
    (waits,) = binder.ask(clock_rows)
    assert waits.about == date(2026, 11, 2)
    done = [each for each in binder.ask(due_rows, include_done=True) if each.kind == "appeal"]
    assert [each.done_on for each in done] == [date(2026, 9, 3)]
    assert preview_change(binder, sent.id, tracking="9408") == ()
    with pytest.raises(UserError, match="Check the two days"):
        change_sending(binder, sent.id, sent_on=date(2026, 8, 1))


def test_removing_it_lets_the_denial_ask_for_its_date_again(binder, claim, sent, receipt):
    add_proofs(binder, sent.id, [receipt])
    shown = {(each.title, each.would_be) for each in preview_removal(binder, sent.id)}
    assert ("Answer to the appeal", None) in shown
    assert ("Send the appeal", date(2027, 1, 30)) in shown
    remove_sending(binder, sent.id)
    (denial,) = binder.ask(claim_denials, claim.id)
    assert denial.standing == "open"
    assert binder.ask(clock_rows) == ()
    assert [each.kind for each in binder.ask(due_rows)] == ["appeal"]
    assert binder.undo() == "Remove what was sent"
    assert row(binder, sent).proofs


def test_what_was_sent_twice_can_lose_one_without_opening_the_denial(binder, claim, denial, sent):
    again = record_sending(binder, claim.id, date(2026, 9, 2), denial_id=denial.id).sending
    remove_sending(binder, again.id)
    (known,) = binder.ask(claim_denials, claim.id)
    assert known.standing == "appealed"
    assert [each.sending.id for each in binder.ask(sent_rows, claim_id=claim.id)] == [sent.id]


def test_it_can_turn_out_to_answer_another_denial(binder, book, claim, denial, sent):
    other = record_denial(
        binder, book, claim.id, DenialAnswer(notice_on=date(2026, 8, 10)), confirmed=True
    ).denial
    change_sending(binder, sent.id, denial_id=other.id)
    standings = {each.id: each.standing for each in binder.ask(claim_denials, claim.id)}
    assert standings == {denial.id: "open", other.id: "appealed"}
    (waits,) = binder.ask(clock_rows)
    assert waits.clock.denial_id == other.id


def test_the_day_they_got_it_of_an_older_binder_is_shown_and_outlives_a_correction(binder, sent):
    (waits,) = binder.ask(clock_rows)
    with binder.operation("As binders were before") as work:
        clock = replace(waits.clock, received_on=date(2026, 9, 4), started_on=date(2026, 9, 4))
        work.clocks.save(clock)
    assert row(binder, sent).sending.delivered_on == date(2026, 9, 4)
    change_sending(binder, sent.id, tracking="9408")
    (waits,) = binder.ask(clock_rows)
    assert waits.clock.received_on == date(2026, 9, 4)
