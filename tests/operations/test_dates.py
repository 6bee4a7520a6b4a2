"""Dates of one's own, done and undone, and that no open denial ever vanishes behind them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.computer_clock import doubt
from app.domain.due_item import OWN_KINDS
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import (
    answers,
    calls,
    claims,
    dates,
    denials,
    intake,
    papers,
    people,
    sendings,
    steps,
    trash,
)
from app.operations.answers import AppealAnswer
from app.operations.calls import log_call
from app.operations.denials import DenialAnswer
from app.operations.steps import StepAnswer
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.records import record
from app.storage.queries.upkeep import clock_witness

TODAY = date(2026, 11, 21)
NOV_2 = date(2026, 11, 2)
CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.fixture
def claim(binder):
    plan = people.add_plan(
        binder, "Harbor Mutual", program="medicaid_managed_care", state="OH"
    )  # fmt: skip
    return claims.open_claim(binder, "Infusions", plan_id=plan.id)


@pytest.fixture
def denied(binder, book, claim):
    answer = DenialAnswer(notice_on=NOV_2, letter_says="date", letter_date=CHRISTMAS_EVE)
    return denials.record_denial(binder, book, claim.id, answer, confirmed=True)


def entry(binder, kind):
    (row,) = [row for row in binder.ask(due_rows, include_done=True) if row.kind == kind]
    return row


def denial_of(binder, denied):
    return binder.ask(record, "denial", denied.denial.id)


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_a_date_of_each_kind_is_added_moved_settled_and_removed(binder, claim, kind):
    made = dates.add_own_date(binder, "  The   day ", TODAY, kind=kind, claim_id=claim.id)
    assert (made.title, made.kind, made.is_open) == ("The day", kind, True)
    assert dates.move_date(binder, made.id, CHRISTMAS_EVE).last_day == CHRISTMAS_EVE
    assert dates.mark_done(binder, made.id, TODAY).done_on == TODAY
    assert dates.mark_open(binder, made.id).is_open
    assert dates.waive_date(binder, made.id, TODAY).waived_on == TODAY
    dates.remove_date(binder, made.id)
    assert binder.ask(due_rows, include_done=True) == ()


def test_the_stop_date_says_that_either_answer_is_right(binder):
    made = dates.add_own_date(binder, "Stop and decide", TODAY, kind="stop")
    assert made.note == "You decide today whether to go on. Either answer is right."
    own = dates.add_own_date(binder, "Stop", TODAY, kind="stop", note="Talk with Bo first")
    assert own.note == "Talk with Bo first"


def test_what_is_not_named_stays_when_a_date_of_ones_own_is_changed(binder, claim):
    made = dates.add_own_date(
        binder, "Approval ends", TODAY, kind="authorization", claim_id=claim.id
    )
    changed = dates.change_own_date(binder, made.id, "Decide", CHRISTMAS_EVE, kind="stop")
    assert (changed.claim_id, changed.last_day) == (claim.id, CHRISTMAS_EVE)
    assert "Either answer is right" in changed.note
    binder.undo()
    assert binder.ask(record, "due_item", made.id) == made


@pytest.mark.parametrize(
    "known", [{"kind": "appeal"}, {"kind": "party"}, {"claim_id": "none"}, {"doer_id": "none"}]
)
def test_a_date_of_ones_own_has_a_known_kind_and_known_names(binder, known):
    with pytest.raises(UserError):
        dates.add_own_date(binder, "The day", TODAY, **known)
    with pytest.raises(UserError, match="what is to be done"):
        dates.add_own_date(binder, "  ", TODAY)
    assert binder.ask(due_rows) == ()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1926, 11, 2), date(9999, 12, 31)])
def test_a_year_that_cannot_be_right_is_asked_about(binder, day):
    own = dates.add_own_date(binder, "The day", TODAY)
    for verb in (
        lambda: dates.add_own_date(binder, "The day", day),
        lambda: dates.change_own_date(binder, own.id, "The day", day),
        lambda: dates.move_date(binder, own.id, day),
    ):
        with pytest.raises(UserError, match="cannot be right") as refused:
            verb()
        assert refused.value.ask
    assert [row.last_day for row in binder.ask(due_rows)] == [TODAY]


def test_legal_dates_are_neither_moved_nor_changed_nor_removed_by_hand(binder, book, denied):
    steps.start_step(
        binder, book, "nsa.ppdr", StepAnswer(claim_id=denied.denial.claim_id, bill_on=NOV_2)
    )
    for row in binder.ask(due_rows):
        with pytest.raises(UserError, match="cannot be moved"):
            dates.move_date(binder, row.id, date(2027, 12, 24))
        with pytest.raises(UserError, match="belongs to"):
            dates.remove_date(binder, row.id)
        with pytest.raises(UserError, match="belongs to"):
            dates.change_own_date(binder, row.id, "Later", date(2027, 12, 24))
    assert {row.kind for row in binder.ask(due_rows)} == {"appeal", "keep_benefits", "step"}


def test_an_appeal_that_is_done_was_sent_and_its_denial_is_not_undated(binder, denied):
    dates.mark_done(binder, entry(binder, "appeal").id, TODAY)
    assert denial_of(binder, denied).standing == "appealed"
    assert binder.ask(claim_rows)[0].status == "appealed"
    assert binder.ask(undated_rows) == ()
    dates.mark_open(binder, entry(binder, "appeal").id)
    assert denial_of(binder, denied).standing == "open"
    assert binder.ask(claim_rows)[0].status == "denied"
    assert entry(binder, "appeal").is_open


def test_an_appeal_that_is_done_starts_the_time_for_the_answer_and_open_again_ends_it(
    binder, book, denied
):
    appeal = entry(binder, "appeal").id
    dates.mark_done(binder, appeal, TODAY)
    assert entry(binder, "answer").last_day == TODAY + timedelta(days=30)
    dates.mark_open(binder, appeal)
    assert {row.kind for row in binder.ask(due_rows)} == {"appeal", "keep_benefits"}
    dates.mark_done(binder, appeal, TODAY)
    answers.record_answer(binder, book, denied.denial.id, AppealAnswer(outcome="upheld", on=TODAY))
    (answer,) = [row for row in binder.ask(due_rows, include_done=True) if row.kind == "answer"]
    for settled in (appeal, answer.id):
        with pytest.raises(UserError, match="answer to this appeal is recorded"):
            dates.mark_open(binder, settled)


def test_what_was_sent_waits_for_its_answer_even_when_the_appeal_is_to_be_done_again(
    binder, denied
):
    claim = denied.denial.claim_id
    sendings.record_sending(binder, claim, TODAY, denial_id=denied.denial.id)
    dates.mark_open(binder, entry(binder, "appeal").id)
    assert denial_of(binder, denied).standing == "open"
    assert entry(binder, "answer").is_open


def test_done_is_one_step_and_is_undone_whole(binder, denied):
    before = (denial_of(binder, denied), binder.ask(claim_rows), binder.ask(due_rows))
    dates.mark_done(binder, entry(binder, "appeal").id, TODAY)
    assert binder.undo() == "Mark as done"
    assert (denial_of(binder, denied), binder.ask(claim_rows), binder.ask(due_rows)) == before


def test_a_claim_stays_appealed_while_another_appeal_is_on_its_way(binder, book, denied):
    answer = DenialAnswer(letter_says="date", letter_date=CHRISTMAS_EVE)
    other = denials.record_denial(binder, book, denied.denial.claim_id, answer, confirmed=True)
    first, second = (
        next(item.id for item in each.items if item.kind == "appeal") for each in (denied, other)
    )
    dates.mark_done(binder, first, TODAY)
    dates.mark_done(binder, second, TODAY)
    dates.mark_open(binder, first)
    assert binder.ask(claim_rows)[0].status == "appealed"
    dates.mark_open(binder, second)
    assert binder.ask(claim_rows)[0].status == "denied"


def test_an_appeal_is_never_waived_only_not_appealed(binder, denied):
    with pytest.raises(UserError, match="not appealing") as refused:
        dates.waive_date(binder, entry(binder, "appeal").id, TODAY)
    assert refused.value.ask
    assert entry(binder, "appeal").is_open


def test_an_appeal_that_is_answered_or_let_stand_is_not_opened_by_its_date(binder, denied):
    appeal = entry(binder, "appeal").id
    dates.mark_done(binder, appeal, TODAY)
    denials.do_not_appeal(binder, denied.denial.id)
    with pytest.raises(UserError, match="appeal after all"):
        dates.mark_open(binder, appeal)


def test_nothing_with_legal_weight_is_done_before_its_letter_or_on_a_day_to_come(binder, denied):
    with pytest.raises(UserError, match="has not come"):
        dates.mark_done(binder, entry(binder, "appeal").id, TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="sent before that"):
        dates.mark_done(binder, entry(binder, "appeal").id, NOV_2 - timedelta(days=1))
    assert denial_of(binder, denied).standing == "open"
    own = dates.add_own_date(binder, "Call Dana", CHRISTMAS_EVE)
    dates.mark_done(binder, own.id, CHRISTMAS_EVE)


def test_keeping_the_care_is_asked_for_not_needed_or_open_as_its_entry_is(binder, denied):
    keep = entry(binder, "keep_benefits").id
    for verb, expected in (
        (lambda: dates.mark_done(binder, keep, TODAY), ("asked", TODAY)),
        (lambda: dates.mark_open(binder, keep), ("", None)),
        (lambda: dates.waive_date(binder, keep, TODAY), ("not_needed", None)),
        (lambda: dates.mark_open(binder, keep), ("", None)),
    ):
        verb()
        denial = denial_of(binder, denied)
        assert (denial.keep, denial.keep_on) == expected
    assert entry(binder, "keep_benefits").is_open


def test_what_is_settled_is_opened_before_it_is_waived(binder):
    own = dates.add_own_date(binder, "Call Dana", TODAY)
    dates.mark_done(binder, own.id, TODAY)
    with pytest.raises(UserError, match="settled already"):
        dates.waive_date(binder, own.id, TODAY)
    labels = binder.labels()
    dates.mark_open(binder, own.id)
    assert dates.mark_open(binder, own.id).is_open
    assert binder.labels() != labels


def test_a_promise_that_was_moved_stays_there_when_only_the_note_changes(binder):
    call, item = log_call(binder, with_whom="Dana", promise="a letter", promise_by=TODAY)
    assert item is not None
    dates.move_date(binder, item.id, CHRISTMAS_EVE)
    call, moved = calls.change_call(binder, call.__class__(**{**_values(call), "note": "again"}))
    assert moved is not None
    assert moved.last_day == CHRISTMAS_EVE
    later = TODAY + timedelta(days=3)
    _, moved = calls.change_call(binder, call.__class__(**{**_values(call), "promise_by": later}))
    assert moved is not None
    assert moved.last_day == later


def test_a_promise_of_a_call_is_removed_with_the_call_or_once_it_is_gone(binder):
    call, item = log_call(binder, with_whom="Dana", promise="a letter", promise_by=TODAY)
    assert item is not None
    with pytest.raises(UserError, match="belongs to a call"):
        dates.remove_date(binder, item.id)
    trash.put_in_trash(binder, [("call", call.id)])
    trash.delete_forever(binder, [("call", call.id)])
    dates.remove_date(binder, item.id)
    assert binder.ask(due_rows) == ()


def _values(one):
    return {name: getattr(one, name) for name in one.__slots__}


# ------------------------------------------------------------------ the computer's own date


@pytest.mark.parametrize(
    ("recorded", "letter", "says"),
    [
        (None, None, None),
        (TODAY, TODAY, None),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=1), None),
        (TODAY + timedelta(days=2), None, "something was recorded here on November 23, 2026"),
        (None, TODAY + timedelta(days=2), "a letter here is dated November 23, 2026"),
        (TODAY + timedelta(days=365), TODAY, "November 21, 2027"),
        (TODAY - timedelta(days=300), None, None),
        (TODAY - timedelta(days=301), None, "Is today really November 21, 2026?"),
        (TODAY - timedelta(days=365), TODAY - timedelta(days=400), "Is today really"),
        (None, TODAY - timedelta(days=999), None),
    ],
)
def test_a_computer_clock_that_may_be_wrong_is_doubted(recorded, letter, says):
    said = doubt(TODAY, recorded, letter)
    assert (said is None) == (says is None)
    assert says is None or (said and says in said)


def test_the_binder_tells_when_something_was_last_recorded_and_its_newest_letter(
    binder, clock, paper
):
    empty = binder.ask(clock_witness)
    assert (empty.last_recorded, empty.newest_letter) == (None, None)
    for kind, day in (("denial", NOV_2), ("plan_document", date(2027, 1, 1))):
        filing = intake.Filing(kind=kind)
        (row,) = intake.add_papers(binder, [paper(f"{kind}.txt")], Silent(), filing=filing)
        papers.file_paper(binder, row.document_id, dated_on=day)
    known = binder.ask(clock_witness)
    assert (known.last_recorded, known.newest_letter) == (TODAY, NOV_2)
    clock.moment = datetime(2025, 11, 21, 16, 0, tzinfo=UTC)
    said = doubt(binder.today(), known.last_recorded, known.newest_letter)
    assert said is not None
    assert "November 21, 2025" in said


def test_a_denial_in_the_trash_speaks_no_more_for_a_date(binder, book):
    claim = claims.open_claim(binder, "Scan")
    answer = DenialAnswer(notice_on=date(2027, 11, 2))
    denials.record_denial(binder, book, claim.id, answer, confirmed=False)
    assert binder.ask(clock_witness).newest_letter == date(2027, 11, 2)
    trash.put_in_trash(binder, [("claim", claim.id)])
    assert binder.ask(clock_witness).newest_letter is None
