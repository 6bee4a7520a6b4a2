"""Steps that a rule counts outside of a denial: dated where it may be, never forgotten else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.domain.errors import UserError
from app.operations import claims, dates, people, steps
from app.operations.agenda import agenda
from app.operations.steps import StepAnswer
from app.storage.queries.dates import due_rows
from app.storage.queries.records import record

TODAY = date(2026, 11, 21)
NOV_2 = date(2026, 11, 2)


@pytest.fixture
def claim(binder):
    plan = people.add_plan(
        binder, "Harbor Mutual", program="employer", funding="insured", state="OH"
    )
    return claims.open_claim(binder, "Infusions", plan_id=plan.id, service_on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("rule", "facts", "last_day"),
    [
        ("com.info.request", {"received_on": NOV_2}, date(2026, 12, 17)),
        ("nsa.ppdr", {"bill_on": NOV_2}, date(2027, 3, 2)),
        ("mkt.eligibility", {"notice_on": NOV_2}, date(2027, 1, 31)),
        ("om.qio.hospital", {"action_on": date(2026, 11, 23)}, date(2026, 11, 23)),
        ("om.qio.services", {"received_on": TODAY}, date(2026, 11, 22)),
        ("om.claim.timely", {"service_on": NOV_2}, date(2027, 11, 2)),
        ("fehb.court", {"service_on": NOV_2}, date(2029, 12, 31)),
    ],
)
def test_a_step_stands_in_the_calendar_with_its_source(binder, book, rule, facts, last_day):
    answer = StepAnswer(**facts)
    assert steps.propose_step(binder, book, rule, answer).last_day == last_day
    assert binder.ask(due_rows) == ()
    started = steps.start_step(binder, book, rule, answer)
    (row,) = binder.ask(due_rows)
    assert (row.kind, row.last_day, row.rule_id) == ("step", last_day, rule)
    assert row.source
    assert row.verification in {"P26", "Q26", "P"}
    assert started.ask is None
    binder.undo()
    assert (binder.ask(due_rows), binder.ask(record, "clock", started.clock.id)) == ((), None)


def test_hours_end_at_a_moment_by_the_clocks_of_the_place(binder, book, claim):
    answer = StepAnswer(received_on=TODAY, at=time(10, 30), zone="America/Chicago")
    steps.start_step(binder, book, "com.ext.perfect", answer)
    (row,) = binder.ask(due_rows)
    assert row.due_at == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert (row.zone, row.safe_on) == ("America/Chicago", None)


@pytest.mark.parametrize("zone", ["", "EST", "Chicago"])
def test_a_clock_time_needs_a_zone_of_a_place(binder, book, zone):
    with pytest.raises(UserError) as refused:
        steps.start_step(
            binder, book, "com.ext.perfect", StepAnswer(received_on=TODAY, at=time(9), zone=zone)
        )
    assert refused.value.ask
    assert binder.ask(due_rows) == ()


@pytest.mark.parametrize("rule", ["com.court", "com.ext.moreinfo", "tri.claim.timely", "om.l5"])
def test_a_rule_that_may_name_no_date_gives_an_undated_step(binder, book, claim, rule):
    facts = {"received_on": NOV_2, "notice_on": NOV_2, "service_on": NOV_2}
    started = steps.start_step(binder, book, rule, StepAnswer(claim_id=claim.id, **facts))
    assert started.item is None
    assert started.ask
    shown = agenda(binder, book, TODAY)
    assert shown.due == ()
    assert [(entry.kind, entry.clock_id) for entry in shown.undated] == [("step", started.clock.id)]
    steps.settle_step(binder, started.clock.id, TODAY)
    assert agenda(binder, book, TODAY).undated == ()


def test_a_step_without_its_date_asks_for_it(binder, book):
    started = steps.start_step(binder, book, "nsa.ppdr", StepAnswer(notice_on=NOV_2))
    assert started.item is None
    assert started.ask == "What date is printed on the first bill?"


@pytest.mark.parametrize("facts", [{"bill_on": date(2027, 11, 2)}, {"bill_on": date(1926, 11, 2)}])
def test_a_date_that_cannot_be_right_gives_a_question(binder, book, facts):
    started = steps.start_step(binder, book, "nsa.ppdr", StepAnswer(**facts))
    assert started.item is None
    assert started.ask


@pytest.mark.parametrize(
    ("letter", "last_day", "basis"),
    [
        (date(2027, 1, 15), date(2027, 1, 15), "letter"),
        (date(2027, 6, 1), date(2027, 3, 2), "rule"),
    ],
)
def test_the_letters_own_day_and_the_rules_are_kept_and_the_earlier_planned(
    binder, book, letter, last_day, basis
):
    steps.start_step(binder, book, "nsa.ppdr", StepAnswer(bill_on=NOV_2, letter_date=letter))
    (row,) = binder.ask(due_rows)
    assert (row.last_day, row.basis) == (last_day, basis)
    assert (row.letter_on, row.rule_on) == (letter, date(2027, 3, 2))


def test_a_corrected_step_keeps_its_entry_and_says_again_what_was_entered(binder, book, claim):
    answer = StepAnswer(
        claim_id=claim.id, bill_on=NOV_2, letter_date=date(2027, 1, 15), note="Bill of Bayside"
    )
    started = steps.start_step(binder, book, "nsa.ppdr", answer)
    entered = steps.answer_of_step(binder, started.clock.id)
    assert entered == replace(answer, title=started.clock.title)
    changed = replace(entered, bill_on=date(2026, 9, 1), title="Dispute the bill")
    corrected = steps.change_step(binder, book, started.clock.id, changed)
    (row,) = binder.ask(due_rows)
    assert started.item is not None
    assert corrected.clock.id == started.clock.id
    assert (row.id, row.last_day) == (started.item.id, date(2026, 12, 30))
    assert (row.title, row.note[:15]) == ("Dispute the bill", "Bill of Bayside")


def test_a_corrected_step_may_lose_its_date_and_get_one(binder, book):
    started = steps.start_step(binder, book, "nsa.ppdr", StepAnswer())
    dated = steps.change_step(binder, book, started.clock.id, StepAnswer(bill_on=NOV_2))
    assert dated.item is not None
    lost = steps.change_step(binder, book, started.clock.id, StepAnswer())
    assert (lost.item, binder.ask(due_rows)) == (None, ())
    assert [entry.kind for entry in agenda(binder, book, TODAY).undated] == ["step"]


@pytest.mark.parametrize("waived", [False, True])
def test_a_step_and_its_entry_are_settled_together_from_either_side(binder, book, waived):
    started = steps.start_step(binder, book, "nsa.ppdr", StepAnswer(bill_on=NOV_2))
    assert started.item is not None
    steps.settle_step(binder, started.clock.id, TODAY, waived=waived)
    assert binder.ask(due_rows) == ()
    dates.mark_open(binder, started.item.id)
    assert binder.ask(record, "clock", started.clock.id).is_running
    settle = dates.waive_date if waived else dates.mark_done
    settle(binder, started.item.id, TODAY)
    clock = binder.ask(record, "clock", started.clock.id)
    assert (clock.waived_on if waived else clock.answered_on) == TODAY
    assert agenda(binder, book, TODAY).undated == ()


def test_the_claims_date_of_care_is_used_only_where_the_care_itself_counts(binder, book, claim):
    timely = steps.start_step(binder, book, "om.claim.timely", StepAnswer(claim_id=claim.id))
    assert timely.item is not None
    assert timely.item.last_day == date(2027, 9, 1)
    discharge = steps.start_step(binder, book, "om.qio.hospital", StepAnswer(claim_id=claim.id))
    assert discharge.item is None
    assert discharge.ask


@pytest.mark.parametrize(
    ("rule", "known"),
    [("com.none", {}), ("nsa.ppdr", {"claim_id": "none"}), ("nsa.ppdr", {"document_id": "none"})],
)
def test_a_step_names_a_rule_and_records_that_are_there(binder, book, rule, known):
    with pytest.raises(UserError):
        steps.start_step(binder, book, rule, StepAnswer(bill_on=NOV_2, **known))
    assert agenda(binder, book, TODAY).undated == ()


def test_the_state_of_the_plan_chooses_the_states_own_review(binder, book, claim):
    started = steps.start_step(
        binder, book, "state_external_review", StepAnswer(claim_id=claim.id, received_on=NOV_2)
    )
    assert started.clock.rule_id == "state.OH"
