"""Changing one's mind: what would move is shown first, and then exactly that happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.denial import Denial
from app.domain.errors import UserError
from app.domain.recount import denial_reason
from app.operations import claims, dates, denials, people, recounting, reserve, sendings, steps
from app.operations.denials import DenialAnswer
from app.operations.steps import StepAnswer
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.records import record

MARCH_3, MARCH_8 = date(2026, 3, 3), date(2026, 3, 8)
JUNE_2 = date(2026, 6, 2)
BY_NOTICE, BY_RECEIPT = date(2026, 8, 30), date(2026, 9, 4)  # 180 days
SILENT_LETTER = DenialAnswer(notice_on=MARCH_3, letter_says="nothing")


@pytest.fixture
def plan(binder):
    return people.add_plan(
        binder, "Harbor Mutual", program="employer", funding="insured", state="OH"
    )


@pytest.fixture
def claim(binder, plan):
    return claims.open_claim(binder, "Infusions", plan_id=plan.id)


def record_no(binder, book, claim, answer=SILENT_LETTER, *, confirmed=True):
    return denials.record_denial(binder, book, claim.id, answer, confirmed=confirmed)


def last_days(binder):
    return {row.kind: row.last_day for row in binder.ask(due_rows)}


# -------------------------------------------------------------------- the letter arrived later


def test_a_corrected_day_of_receipt_says_what_was_would_be_and_why(binder, book, claim):
    recorded = record_no(binder, book, claim)
    answer = replace(SILENT_LETTER, received_on=MARCH_8)
    (row,) = recounting.preview_denial_change(binder, book, recorded.denial.id, answer)
    assert (row.was, row.would_be, row.keeps) == (BY_NOTICE, BY_RECEIPT, False)
    assert row.due_id == recorded.items[0].id
    assert row.sentence == (
        "was August 30, 2026, would be September 4, 2026, "
        "because the letter arrived on March 8, 2026"
    )
    assert last_days(binder) == {"appeal": BY_NOTICE}
    denials.change_denial(binder, book, recorded.denial.id, answer, confirmed=True)
    assert last_days(binder) == {"appeal": BY_RECEIPT}


def test_the_day_that_a_person_typed_stays_with_the_counted_one_beside_it(binder, book, claim):
    typed = replace(SILENT_LETTER, letter_says="date", letter_date=JUNE_2)
    recorded = record_no(binder, book, claim, typed)
    answer = replace(typed, received_on=MARCH_8)
    (row,) = recounting.preview_denial_change(binder, book, recorded.denial.id, answer)
    assert (row.keeps, row.would_be, row.by_rule) == (True, JUNE_2, BY_RECEIPT)
    assert row.sentence == (
        "stays June 2, 2026: the day in your letter; by the rule it would be September 4, 2026"
    )
    denials.change_denial(binder, book, recorded.denial.id, answer, confirmed=True)
    (item,) = binder.ask(due_rows)
    assert (item.last_day, item.basis, item.rule_on) == (JUNE_2, "letter", BY_RECEIPT)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"notice_on": date(2026, 3, 2)}, "the letter is dated March 2, 2026"),
        (
            {"notice_on": None, "received_on": MARCH_8},
            "the date on the letter is not known and the letter",
        ),
        ({"letter_says": "date", "letter_date": JUNE_2}, "the letter's last day is June 2, 2026"),
        ({"letter_says": "days", "letter_days": 60}, "the letter gives 60 calendar days"),
        ({"reason": "Not needed"}, ""),
    ],
)
def test_the_reason_names_what_was_corrected(binder, book, claim, changed, reason):
    recorded = record_no(binder, book, claim)
    answer = replace(SILENT_LETTER, **changed)
    (row,) = recounting.preview_denial_change(binder, book, recorded.denial.id, answer)
    assert reason in row.because
    assert row.keeps == (reason == "")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"level": 2, "kind": "rescission"}, "this is a denial of level 2 and the kind of denial"),
        ({"action_on": JUNE_2, "continuing": "yes"}, "the change takes effect on June 2, 2026 and"),
        ({"care": "done"}, "it was corrected whether the care was given"),
        ({"keep_by": JUNE_2}, "the letter lets you ask for the care until June 2, 2026"),
        ({"peer_by": JUNE_2}, "the doctors can speak until June 2, 2026"),
        ({"letter_says": "days", "letter_days": 1, "letter_unit": "months"}, "gives 1 month"),
        ({"letter_says": "date"}, "the last day in the letter is not known"),
        ({"letter_says": "unknown"}, "nobody has looked yet"),
        ({"received_on": None, "reason": "x", "urgent": "yes"}, ""),
    ],
)
def test_each_field_that_dates_hang_on_has_its_words(binder, changed, reason):
    before = Denial(id="d", claim_id="c", letter_says="nothing", added_at=binder.now())
    said = denial_reason(before, replace(before, **changed))
    assert reason in said
    assert bool(said) == bool(reason)


def test_a_correction_that_contradicts_itself_leaves_no_date_but_a_question(binder, book, claim):
    recorded = record_no(binder, book, claim)
    answer = replace(SILENT_LETTER, received_on=date(2026, 3, 1))
    (row,) = recounting.preview_denial_change(binder, book, recorded.denial.id, answer)
    assert row.would_be is None
    assert row.sentence.startswith("was August 30, 2026, would have no date: Which date")
    with pytest.raises(UserError):
        recounting.preview_denial_change(
            binder, book, recorded.denial.id, replace(SILENT_LETTER, level=0)
        )
    assert last_days(binder) == {"appeal": BY_NOTICE}


# -------------------------------------------------------------------------- another kind of plan


def test_another_kind_of_plan_moves_the_date_and_brings_the_steps_of_its_own(
    binder, book, plan, claim
):
    record_no(binder, book, claim)
    other = replace(plan, program="medicaid_managed_care")
    rows = recounting.preview_plan_change(binder, book, other)
    assert [(row.was, row.would_be) for row in rows] == [
        (BY_NOTICE, date(2026, 5, 2)),
        (None, date(2026, 3, 13)),
    ]
    assert {row.because for row in rows} == {"this is a Medicaid managed care plan"}
    people.change_plan(binder, other)
    assert last_days(binder) == {"keep_benefits": rows[1].would_be, "appeal": rows[0].would_be}
    assert binder.undo() == "Change a plan"
    assert last_days(binder) == {"appeal": BY_NOTICE}


def test_a_state_that_is_no_longer_known_takes_the_date_and_asks_for_the_state(
    binder, book, plan, claim
):
    record_no(binder, book, claim, replace(SILENT_LETTER, level=3))
    before = last_days(binder)
    (row,) = recounting.preview_plan_change(binder, book, replace(plan, state=None))
    assert row.was == before["appeal"]
    assert row.sentence.endswith("would have no date: In which state was the plan issued?")
    people.change_plan(binder, replace(plan, state=None))
    assert last_days(binder) == {}
    assert len(binder.ask(undated_rows)) == 1


def test_a_typed_day_stays_whatever_the_plan_and_the_earlier_one_is_aimed_for(
    binder, book, plan, claim
):
    typed = replace(SILENT_LETTER, letter_says="date", letter_date=JUNE_2)
    record_no(binder, book, claim, typed)
    for program, by_rule in (("medicaid_managed_care", date(2026, 5, 2)), ("chip", None)):
        other = replace(plan, program=program)
        rows = recounting.preview_plan_change(binder, book, other)
        row = next(row for row in rows if row.title == "Send the appeal")
        assert (row.was, row.would_be, row.keeps, row.by_rule) == (JUNE_2, JUNE_2, True, by_rule)
        people.change_plan(binder, other)
        item = next(item for item in binder.ask(due_rows) if item.kind == "appeal")
        assert (item.last_day, item.basis, item.rule_on) == (JUNE_2, "letter", by_rule)
        assert item.safe_on is not None
        assert item.safe_on <= (by_rule or JUNE_2)


def test_no_recount_gives_a_date_to_a_denial_that_nobody_confirmed(binder, book, plan, claim):
    recorded = record_no(binder, book, claim, confirmed=False)
    other = replace(plan, program="medicaid_managed_care")
    (row,) = recounting.preview_plan_change(binder, book, other)
    assert (row.due_id, row.denial_id, row.was, row.would_be) == (
        None, recorded.denial.id, None, None,
    )  # fmt: skip
    assert "May 2, 2026 can be planned on now; look at the letter" in row.sentence
    people.change_plan(binder, other)
    assert last_days(binder) == {}
    assert len(binder.ask(undated_rows)) == 1


@pytest.mark.parametrize("changed", [{"phone": "555-0100"}, {"name": "Harbor"}, {"note": "x"}])
def test_nothing_is_counted_again_for_what_no_date_hangs_on(binder, book, plan, claim, changed):
    record_no(binder, book, claim)
    before = binder.ask(due_rows)
    assert recounting.preview_plan_change(binder, book, replace(plan, **changed)) == ()
    people.change_plan(binder, replace(plan, **changed))
    assert binder.ask(due_rows) == before


def test_settled_entries_are_history_and_only_the_awaited_answer_moves(binder, book, plan, claim):
    recorded = record_no(binder, book, claim)
    dates.mark_done(binder, recorded.items[0].id, date(2026, 4, 1))
    other = replace(plan, program="medicaid_managed_care")
    (answer,) = recounting.preview_plan_change(binder, book, other)
    assert (answer.title, answer.was) == ("Answer to the appeal", date(2026, 5, 31))
    people.change_plan(binder, other)
    (item,) = [row for row in binder.ask(due_rows, include_done=True) if row.kind == "appeal"]
    assert (item.last_day, item.rule_id) == (BY_NOTICE, "com.internal.group")


def test_keeping_the_care_has_its_own_day_after_the_appeal_was_sent(binder, book, plan, claim):
    people.change_plan(binder, replace(plan, program="medicaid_managed_care"))
    recorded = record_no(binder, book, claim)
    sendings.record_sending(binder, claim.id, MARCH_8, denial_id=recorded.denial.id)
    corrected = replace(SILENT_LETTER, notice_on=date(2026, 3, 4))
    rows = recounting.preview_denial_change(binder, book, recorded.denial.id, corrected)
    assert (rows[0].was, rows[0].would_be) == (date(2026, 3, 13), date(2026, 3, 14))
    denials.change_denial(binder, book, recorded.denial.id, corrected, confirmed=True)
    assert last_days(binder)["keep_benefits"] == date(2026, 3, 14)
    people.change_plan(binder, plan)
    assert set(last_days(binder)) == {"answer"}


def test_keeping_the_care_is_one_entry_under_whichever_rule(binder, book, claim, plan):
    people.change_plan(binder, replace(plan, program="medicaid_managed_care"))
    typed = replace(SILENT_LETTER, keep_by=date(2026, 3, 12))
    record_no(binder, book, claim, typed)
    (before,) = [row for row in binder.ask(due_rows) if row.kind == "keep_benefits"]
    other = replace(plan, program="employer")
    rows = recounting.preview_plan_change(binder, book, other)
    (row,) = [row for row in rows if row.due_id == before.id]
    assert (row.keeps, row.would_be) == (True, date(2026, 3, 12))
    people.change_plan(binder, other)
    (after,) = [row for row in binder.ask(due_rows) if row.kind == "keep_benefits"]
    assert (after.id, after.last_day) == (before.id, before.last_day)


def test_a_wrong_value_is_refused_in_the_preview_too(binder, book, plan, claim):
    with pytest.raises(UserError, match="kind of plan"):
        recounting.preview_plan_change(binder, book, replace(plan, program="gold"))
    with pytest.raises(UserError):
        recounting.preview_claim_change(binder, book, replace(claim, plan_id="none"))
    assert binder.labels().undo == "Open a claim"


# ----------------------------------------------------------------------------- another claim


def test_another_plan_or_day_of_care_of_a_claim_counts_its_dates_again(binder, book, claim):
    record_no(binder, book, claim)
    other = people.add_plan(binder, "State plan", program="medicaid_managed_care", state="OH")
    changed = replace(binder.ask(record, "claim", claim.id), plan_id=other.id)
    rows = recounting.preview_claim_change(binder, book, changed)
    assert {row.because for row in rows} == {"the plan is State plan"}
    claims.change_claim(binder, changed)
    assert last_days(binder)["appeal"] == date(2026, 5, 2)
    assert recounting.preview_claim_change(binder, book, replace(changed, note="x")) == ()


def test_a_claim_takes_the_plan_of_its_patient_in_the_preview_too(binder, book):
    rosa = people.add_person(binder, "Rosa Alvarez")
    people.add_plan(binder, "Card", person_id=rosa.id, program="original_medicare")
    claim = claims.open_claim(binder, "Scan")
    record_no(binder, book, claim, replace(SILENT_LETTER, letter_says="date", letter_date=JUNE_2))
    changed = replace(binder.ask(record, "claim", claim.id), person_id=rosa.id)
    (row,) = recounting.preview_claim_change(binder, book, changed)
    assert row.by_rule == date(2026, 7, 1)
    claims.change_claim(binder, changed)
    assert binder.ask(record, "claim", claim.id).plan_id


# --------------------------------------------------------------------------------- steps


def test_a_step_whose_rule_does_not_hold_for_the_plan_loses_its_date_and_says_so(
    binder, book, plan, claim
):
    answer = StepAnswer(claim_id=claim.id, received_on=MARCH_8)
    started = steps.start_step(binder, book, "com.info.request", answer)
    other = replace(plan, program="medicaid_managed_care")
    (row,) = recounting.preview_plan_change(binder, book, other)
    assert (row.clock_id, row.was, row.would_be) == (started.clock.id, date(2026, 4, 22), None)
    assert "does not hold for this plan" in row.sentence
    people.change_plan(binder, other)
    assert last_days(binder) == {}
    people.change_plan(binder, replace(other, state="TX"))
    assert last_days(binder) == {}
    (row,) = recounting.preview_plan_change(binder, book, plan)
    assert row.would_be == date(2026, 4, 22)
    people.change_plan(binder, plan)
    assert last_days(binder) == {"step": date(2026, 4, 22)}


def test_a_step_keeps_the_day_of_its_letter_and_its_own_rule_where_plans_do_not_matter(
    binder, book, plan, claim
):
    with_letter = StepAnswer(claim_id=claim.id, received_on=MARCH_8, letter_date=date(2026, 4, 1))
    steps.start_step(binder, book, "com.info.request", with_letter)
    steps.start_step(binder, book, "nsa.ppdr", StepAnswer(claim_id=claim.id, bill_on=MARCH_3))
    before = [row.last_day for row in binder.ask(due_rows)]
    people.change_plan(binder, replace(plan, program="original_medicare"))
    rows = binder.ask(due_rows)
    assert [row.last_day for row in rows] == before
    assert [row.rule_on for row in rows] == [None, date(2026, 7, 1)]


def test_a_step_counted_from_the_care_follows_the_claims_day_of_care(binder, book, plan, claim):
    people.change_plan(binder, replace(plan, program="original_medicare"))
    steps.start_step(binder, book, "om.claim.timely", StepAnswer(claim_id=claim.id))
    changed = replace(claim, service_on=date(2026, 2, 1))
    (row,) = recounting.preview_claim_change(binder, book, changed)
    assert (row.was, row.would_be) == (None, date(2027, 2, 1))
    assert row.sentence == (
        "is new, would be February 1, 2027, because the care was on February 1, 2026"
    )
    claims.change_claim(binder, changed)
    assert last_days(binder) == {"step": date(2027, 2, 1)}


# ------------------------------------------------------------------------- days in reserve


def test_days_in_reserve_move_the_day_to_file_by_and_never_the_last_day(binder, book, claim):
    record_no(binder, book, claim)
    own = dates.add_own_date(binder, "Call Dana", date(2026, 12, 1))
    assert reserve.buffer_days(binder) == 0
    (row,) = reserve.preview_buffer_days(binder, book, 7)
    assert (row.was, row.would_be) == (date(2026, 8, 28), date(2026, 8, 21))
    assert row.because == "7 days are kept in reserve"
    assert reserve.buffer_days(binder) == 0
    assert reserve.set_buffer_days(binder, book, 7) == (row,)
    assert reserve.buffer_days(binder) == 7
    (appeal,) = [item for item in binder.ask(due_rows) if item.kind == "appeal"]
    assert (appeal.last_day, appeal.safe_on) == (BY_NOTICE, date(2026, 8, 21))
    assert binder.ask(record, "due_item", own.id) == own
    again = reserve.preview_buffer_days(binder, book, 7)
    assert [each.keeps for each in again] == [True]
    binder.undo()
    assert reserve.buffer_days(binder) == 0
    assert binder.ask(due_rows)[0].safe_on == date(2026, 8, 28)


@pytest.mark.parametrize("days", [-1, 61, 9999])
def test_days_in_reserve_are_from_none_to_sixty(binder, book, days):
    for verb in (reserve.set_buffer_days, reserve.preview_buffer_days):
        with pytest.raises(UserError, match="from 0 to 60"):
            verb(binder, book, days)


def test_a_new_denial_keeps_the_days_in_reserve(binder, book, claim):
    reserve.set_buffer_days(binder, book, 7)
    recorded = record_no(binder, book, claim)
    assert recorded.items[0].safe_on == date(2026, 8, 21)
