"""Sending an appeal starts the payer's time; asking for papers starts that of who was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.clock import Clock
from app.domain.errors import UserError
from app.operations import claims, clocks, denials, people, sendings, trash
from app.operations.agenda import agenda
from app.operations.denials import DenialAnswer
from app.operations.letters import BLANK, status_request
from app.operations.recounted_answers import recount_answers
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import claim_denials, clock_rows, late_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.records import claim_sendings, record
from app.storage.schema import RECORD_TABLES

TODAY = date(2026, 11, 21)
NOTICE = date(2026, 8, 3)
SENT = date(2026, 9, 1)
LONG = "Überlang 拒绝 " * 4000


@pytest.fixture
def claim(binder):
    rosa = people.add_person(binder, "Rosa Alvarez", relation="self")
    people.add_plan(
        binder, "Gold", person_id=rosa.id, program="employer", funding="self",
        insurer="Harbor Mutual", phone="555-0142", member_id="HM-1", group_number="G-7",
        appeal_address="Appeals\nP.O. Box 5500\nPort Lorain, OH 43000",
    )  # fmt: skip
    return claims.open_claim(binder, "Infusions", person_id=rosa.id, number="2026-77")


def deny(binder, book, claim, **answer):
    said = DenialAnswer(**{"notice_on": NOTICE, "letter_says": "nothing", **answer})
    return denials.record_denial(binder, book, claim.id, said, confirmed=True).denial


def send(binder, denial, on=SENT, **known):
    return sendings.record_sending(binder, denial.claim_id, on, denial_id=denial.id, **known)


def rows_of(binder):
    def ask(connection):
        return {
            table.name: sorted(
                map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table.name}")), key=repr
            )
            for table, _ in RECORD_TABLES.values()
        }

    return binder.ask(ask)


# ------------------------------------------------------------------------------- sending


def test_sending_an_appeal_starts_the_time_for_its_answer(binder, book, claim):
    denial = deny(binder, book, claim, care="done")
    sent = send(binder, denial, way="certified_mail", to="Appeals", tracking="9400", pages=12)
    (item,) = binder.ask(due_rows)
    assert (item.kind, item.title, item.clock_id) == (
        "answer", "Answer to the appeal", sent.clock.id,
    )  # fmt: skip
    assert (item.last_day, item.latest_on) == (date(2026, 10, 31), date(2026, 11, 5))
    assert item.rule_id == "c.com.app.post.1"
    assert "2560.503-1" in item.source
    assert "Their time begins when the plan receives the appeal" in item.note
    assert binder.ask(record, "denial", denial.id).standing == "appealed"
    assert binder.ask(claim_rows)[0].status == "appealed"
    assert sent.ask is None


def test_one_undo_takes_all_of_it_back_and_one_redo_does_it_again(binder, book, claim):
    denial = deny(binder, book, claim)
    before = rows_of(binder)
    send(binder, denial, way="fax")
    after = rows_of(binder)
    assert binder.undo() == "Record what was sent"
    assert rows_of(binder) == before
    assert binder.redo() == "Record what was sent"
    assert rows_of(binder) == after


def test_the_day_they_got_it_may_be_known_at_once_or_later(binder, book, claim):
    denial = deny(binder, book, claim, care="ahead")
    sent = send(binder, denial, way="mail", got_on=date(2026, 9, 4))
    assert sent.item.last_day == date(2026, 10, 4)
    assert sent.item.latest_on == date(2026, 10, 5)  # a Sunday moves on, no days for the mail
    moved = clocks.set_received(binder, sent.clock.id, date(2026, 9, 9))
    assert moved.item.id == sent.item.id
    assert moved.item.last_day == date(2026, 10, 9)
    binder.undo()
    assert binder.ask(due_rows)[0].last_day == date(2026, 10, 4)


def test_a_fast_appeal_has_its_time_in_hours(binder, book, claim):
    denial = deny(binder, book, claim, urgent="yes")
    sent = send(
        binder, denial, on=date(2026, 11, 20), way="fax", at="14:30", zone="America/New_York",
        expedited=True,
    )  # fmt: skip
    assert sent.clock.title == "Answer to the fast appeal"
    assert sent.item.rule_id == "c.com.app.urgent"
    assert sent.item.last_day == date(2026, 11, 23)
    assert sent.item.due_at == datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
    assert sent.item.zone == "America/New_York"
    stored = binder.ask(record, "denial", denial.id)
    assert (stored.fast, stored.fast_on) == ("asked", date(2026, 11, 20))


def test_a_fast_appeal_asked_for_before_counts_by_the_fast_time(binder, book, claim):
    denial = deny(binder, book, claim, urgent="unsure")
    denials.note_fast_appeal(binder, denial.id, asked_on=date(2026, 11, 18))
    sent = send(binder, denial, on=date(2026, 11, 20))
    assert (sent.item.rule_id, sent.item.last_day) == ("c.com.app.urgent", date(2026, 11, 23))
    assert binder.ask(record, "denial", denial.id).fast_on == date(2026, 11, 18)


def test_what_a_time_leads_to_can_be_looked_at_with_the_rule_that_really_holds(binder, book):
    plan = people.add_plan(binder, "Drugs", program="part_d")
    claim = claims.open_claim(binder, "Drug", plan_id=plan.id)
    sent = send(binder, deny(binder, book, claim, level=2, care="done"))
    expected = clocks.expected_now(binder, sent.clock)
    assert (expected.rule.id, str(expected.rule.limit)) == ("c.pd.ire", "14 calendar days")
    assert expected.due.about == sent.item.last_day == date(2026, 9, 15)
    assert expected.due.note == sent.item.note


def test_keeping_the_care_is_not_done_by_sending_the_appeal(binder, book):
    plan = people.add_plan(binder, "State plan", program="medicaid_managed_care")
    claim = claims.open_claim(binder, "Therapy", plan_id=plan.id)
    denial = deny(binder, book, claim, notice_on=date(2026, 11, 16), continuing="yes")
    open_kinds = {row.kind for row in binder.ask(due_rows)}
    assert {"appeal", "keep_benefits"} <= open_kinds
    send(binder, denial, on=date(2026, 11, 18))
    assert "appeal" not in {row.kind for row in binder.ask(due_rows)}
    assert "keep_benefits" in {row.kind for row in binder.ask(due_rows)}


def test_a_sending_without_a_denial_is_only_recorded(binder, claim):
    sent = sendings.record_sending(binder, claim.id, SENT, way="fax", to="555-0199")
    assert (sent.clock, sent.item, sent.ask) == (None, None, None)
    assert binder.ask(clock_rows) == ()
    assert binder.ask(claim_rows)[0].status == "open"


def test_without_a_plan_the_answer_is_waited_for_without_a_date(binder, book):
    claim = claims.open_claim(binder, "Scan")
    denial = deny(binder, book, claim)
    sent = send(binder, denial)
    assert sent.item is None
    assert "What kind of plan is it" in sent.ask
    assert binder.ask(due_rows) == ()
    (entry,) = agenda(binder, book, TODAY).undated
    assert (entry.kind, entry.clock_id) == ("answer", sent.clock.id)
    assert "What kind of plan is it" in " ".join((entry.sentence, *entry.how))


@pytest.mark.parametrize("program", ["original_medicare", "tricare", "chip", "unknown"])
def test_a_time_not_known_well_enough_makes_no_date(binder, book, program):
    plan = people.add_plan(binder, "Plan", program=program)
    claim = claims.open_claim(binder, "Scan", plan_id=plan.id)
    sent = send(binder, deny(binder, book, claim))
    assert sent.item is None
    assert sent.ask
    assert sent.clock.note
    assert [row.clock.id for row in binder.ask(clock_rows)] == [sent.clock.id]


def test_a_second_sending_starts_a_time_of_its_own_and_the_first_one_stays(binder, book, claim):
    denial = deny(binder, book, claim)
    first = send(binder, denial, way="mail")
    second = send(binder, denial, on=date(2026, 9, 15), way="fax")
    assert second.clock.id != first.clock.id
    assert "sent on September 1, 2026" in second.ask
    assert [row.last_day for row in binder.ask(due_rows)] == [
        date(2026, 10, 31), date(2026, 11, 14),
    ]  # fmt: skip
    clocks.waive_clock(binder, first.clock.id)
    assert [row.clock_id for row in binder.ask(due_rows)] == [second.clock.id]
    binder.undo()
    assert len(binder.ask(due_rows)) == 2


def test_two_denials_of_a_claim_keep_their_own_times(binder, book, claim):
    one = deny(binder, book, claim, reason="not needed")
    other = deny(binder, book, claim, notice_on=date(2026, 8, 10), reason="site of care")
    send(binder, one)
    standings = {each.id: each.standing for each in binder.ask(claim_denials, claim.id)}
    assert standings == {one.id: "appealed", other.id: "open"}
    open_ones = [(row.kind, row.denial_id) for row in binder.ask(due_rows)]
    assert sorted(open_ones) == sorted([("answer", one.id), ("appeal", other.id)])


def test_changing_one_s_mind_about_the_care_counts_anew_and_keeps_the_entry(binder, book, claim):
    denial = deny(binder, book, claim)
    sent = send(binder, denial, way="fax")
    answer = denials.answer_of(binder.ask(record, "denial", denial.id))
    said = DenialAnswer(**{**{name: getattr(answer, name) for name in answer.__slots__},
                           "care": "ahead"})  # fmt: skip
    denials.change_denial(binder, book, denial.id, said, confirmed=True)
    with binder.operation("Count again") as work:
        (again,) = clocks.settle_answers(binder, work, work.denials.get(denial.id))
    assert again.item.id == sent.item.id
    assert (again.item.rule_id, again.item.last_day) == ("c.com.app.pre.1", date(2026, 10, 1))


def test_a_plan_that_is_forgotten_takes_the_date_away_and_leaves_the_wait(binder, book, claim):
    sent = send(binder, deny(binder, book, claim))
    plan = binder.ask(record, "plan", claim.plan_id)
    with binder.operation("Count again") as work:
        work.plans.save(type(plan)(id=plan.id, name=plan.name, program="unknown"))
        again = clocks.settle_clock(binder, work, work.clocks.get(sent.clock.id))
    assert again.item is None
    assert again.clock.is_running
    assert binder.ask(due_rows) == ()
    assert [entry.kind for entry in agenda(binder, book, TODAY).undated] == ["answer"]


REFUSED = [
    (TODAY + timedelta(days=1), {}, "still to come"),
    (date(9999, 12, 31), {}, "still to come"),
    (date(1926, 9, 1), {}, "year 1926"),
    (NOTICE - timedelta(days=1), {}, "Check the two days"),
    (SENT, {"got_on": SENT - timedelta(days=1)}, "cannot have arrived"),
    (SENT, {"got_on": TODAY + timedelta(days=1)}, "still to come"),
    (SENT, {"way": "pigeon"}, "not a way to send"),
    (SENT, {"at": "25:00", "zone": "America/Chicago"}, "not a time of day"),
    (SENT, {"at": "14:30"}, "needs its time zone"),
    (SENT, {"zone": "America/Chicago"}, "says nothing"),
    (SENT, {"at": "14:30", "zone": "Nowhere/Land"}, "not a time zone"),
]


def test_what_cannot_be_right_is_refused_in_a_sentence_and_changes_nothing(binder, book, claim):
    denial = deny(binder, book, claim)
    before = rows_of(binder)
    for on, known, why in REFUSED:
        with pytest.raises(UserError, match=why):
            send(binder, denial, on=on, **known)
    assert rows_of(binder) == before


def test_a_denial_of_another_claim_is_refused(binder, book, claim):
    other = claims.open_claim(binder, "Scan")
    denial = deny(binder, book, other)
    with pytest.raises(UserError, match="another claim"):
        sendings.record_sending(binder, claim.id, SENT, denial_id=denial.id)


def test_a_note_of_any_length_is_kept_as_it_is(binder, book, claim):
    address = LONG[:1000]
    sent = send(binder, deny(binder, book, claim), to=address, tracking=address, note=LONG)
    (kept,) = binder.ask(claim_sendings)
    assert (kept.to, kept.tracking, kept.note) == (address, address, LONG)
    assert "Überlang" in status_request(binder, sent.clock.id).letter


# ---------------------------------------------------------------------- asking for papers


def test_a_request_with_a_number_in_the_law_has_a_date(binder, claim):
    asked = clocks.ask_for(binder, claim.id, "explanation", date(2026, 11, 5), of=" The  plan ")
    assert asked.item.last_day == date(2026, 11, 15)
    assert asked.item.latest_on == date(2026, 11, 16)  # a Sunday moves on
    assert asked.clock.asked_of == "The plan"
    assert (asked.item.kind, asked.item.source) == (
        "answer", "45 CFR 147.136(b)(2)(ii)(F)(2)",
    )  # fmt: skip


@pytest.mark.parametrize("what", ["claim-file", "codes", "plan-documents", "records"])
def test_other_requests_run_without_a_date_and_can_be_closed(binder, book, claim, what):
    asked = clocks.ask_for(binder, claim.id, what, date(2026, 11, 5))
    assert asked.item is None
    assert asked.ask
    assert [entry.kind for entry in agenda(binder, book, TODAY).undated] == ["request"]
    clocks.answer_clock(binder, asked.clock.id, date(2026, 11, 9))
    assert agenda(binder, book, TODAY).undated == ()
    binder.undo()
    assert len(agenda(binder, book, TODAY).undated) == 1


def test_a_number_from_memory_is_said_as_common_and_never_dated(binder, claim):
    for what in ("plan-documents", "records"):
        asked = clocks.ask_for(binder, claim.id, what, date(2026, 11, 5))
        assert "Commonly 30 calendar days: ask" in asked.clock.note
    assert binder.ask(due_rows) == ()


def test_a_right_of_other_plans_gives_no_date(binder):
    plan = people.add_plan(binder, "Medicare", program="original_medicare")
    claim = claims.open_claim(binder, "Scan", plan_id=plan.id)
    asked = clocks.ask_for(binder, claim.id, "explanation", date(2026, 11, 5))
    assert asked.item is None
    assert "other kinds of plan" in asked.clock.note


def test_requests_refuse_what_cannot_be_right(binder, book, claim):
    for what, on, why in (
        ("money", SENT, "Choose one of"),
        ("records", TODAY + timedelta(days=1), "still to come"),
        ("records", date(1901, 1, 1), "year 1901"),
    ):
        with pytest.raises(UserError, match=why):
            clocks.ask_for(binder, claim.id, what, on)
    with pytest.raises(UserError, match="no claim"):
        clocks.ask_for(binder, "nothing", "records", SENT)
    other = deny(binder, book, claims.open_claim(binder, "Scan"))
    with pytest.raises(UserError, match="another claim"):
        clocks.ask_for(binder, claim.id, "records", SENT, denial_id=other.id)
    assert binder.ask(clock_rows) == ()


def test_an_answer_cannot_come_before_the_question_nor_tomorrow(binder, claim):
    asked = clocks.ask_for(binder, claim.id, "records", date(2026, 11, 5))
    for on in (date(2026, 11, 4), TODAY + timedelta(days=1)):
        with pytest.raises(UserError):
            clocks.answer_clock(binder, asked.clock.id, on)
    assert binder.ask(clock_rows)[0].clock.is_running


def test_what_is_settled_is_settled_once(binder, claim):
    asked = clocks.ask_for(binder, claim.id, "explanation", date(2026, 11, 5))
    clocks.answer_clock(binder, asked.clock.id, date(2026, 11, 9))
    for again in (
        lambda: clocks.answer_clock(binder, asked.clock.id, date(2026, 11, 10)),
        lambda: clocks.waive_clock(binder, asked.clock.id),
        lambda: clocks.set_received(binder, asked.clock.id, date(2026, 11, 6)),
    ):
        with pytest.raises(UserError, match="settled already"):
            again()
    assert binder.ask(due_rows) == ()


def test_the_answer_to_an_appeal_is_recorded_with_its_outcome_not_ticked_off(binder, book, claim):
    sent = send(binder, deny(binder, book, claim))
    with pytest.raises(UserError, match="Record what they answered"):
        clocks.answer_clock(binder, sent.clock.id, TODAY)
    assert len(binder.ask(due_rows)) == 1


def test_the_day_of_arrival_must_fit_what_was_sent(binder, book, claim):
    sent = send(binder, deny(binder, book, claim))
    for on in (SENT - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(UserError):
            clocks.set_received(binder, sent.clock.id, on)
    with pytest.raises(UserError, match="no running time"):
        clocks.set_received(binder, "nothing", SENT)


# ------------------------------------------------------------------------ late, and asking


def test_an_answer_appears_late_only_after_the_latest_day(binder, book, claim):
    send(binder, deny(binder, book, claim, care="done"), way="certified_mail")
    (row,) = binder.ask(clock_rows)
    assert (row.about, row.at_latest) == (date(2026, 10, 31), date(2026, 11, 5))
    assert [row.state(day).value for day in (
        date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 6),
    )] == ["waiting", "due: you may ask", "due: you may ask", "appears late: ask"]  # fmt: skip
    assert binder.ask(late_rows, date(2026, 11, 5)) == ()
    assert len(binder.ask(late_rows, date(2026, 11, 6))) == 1


def test_an_answer_without_a_date_is_never_called_late(binder, book):
    claim = claims.open_claim(binder, "Scan")
    send(binder, deny(binder, book, claim))
    assert binder.ask(late_rows, date(2030, 1, 1)) == ()


def test_a_way_nobody_named_may_have_been_the_mail_unless_it_is_a_matter_of_hours(
    binder, book, claim
):
    usual = send(binder, deny(binder, book, claim, care="done"))
    assert usual.item.latest_on == date(2026, 11, 5)
    fast = send(binder, deny(binder, book, claim), on=date(2026, 11, 18), expedited=True)
    assert fast.item.latest_on == date(2026, 11, 21)


def test_deleting_a_claim_forever_takes_its_times_along(binder, book, claim, paper):
    denial = deny(binder, book, claim)
    send(binder, denial)
    clocks.ask_for(binder, claim.id, "records", SENT, denial_id=denial.id)
    trash.put_in_trash(binder, [("claim", claim.id)])
    trash.delete_forever(binder, [("claim", claim.id)])
    left = rows_of(binder)
    assert (left["claims"], left["clocks"], left["due_items"], left["sendings"]) == ([], [], [], [])


def test_times_of_a_claim_in_the_trash_are_not_shown(binder, book, claim):
    send(binder, deny(binder, book, claim))
    trash.put_in_trash(binder, [("claim", claim.id)])
    assert binder.ask(clock_rows) == ()


def test_the_status_request_is_filled_from_what_is_known(binder, book, claim):
    sent = send(
        binder, deny(binder, book, claim, care="done"), way="certified_mail", tracking="9400 11"
    )
    made = status_request(binder, sent.clock.id)
    for known in (
        "November 21, 2026", "Harbor Mutual", "P.O. Box 5500", "Rosa Alvarez", "HM-1", "G-7",
        "2026-77", "Infusions", "Your letter of: August 3, 2026",
        "On September 1, 2026 the appeal was sent to you by certified mail.", "9400 11",
        "an answer was due about October 31, 2026",
    ):  # fmt: skip
        assert known in made.letter
    phone = "\n".join(made.phone)
    assert "Call Harbor Mutual at 555-0142." in phone
    assert "As far as we know, an answer was due about October 31, 2026." in phone
    assert "CFR" not in phone
    assert "$" not in made.letter + phone


def test_what_is_not_known_stays_a_blank_and_nothing_is_invented(binder, book):
    claim = claims.open_claim(binder, "Scan")
    denial = deny(binder, book, claim, notice_on=None)
    sent = send(binder, denial)
    made = status_request(binder, sent.clock.id)
    assert f"Member ID: {BLANK}" in made.letter
    assert f"Patient: {BLANK}" in made.letter
    assert "Your letter of" not in made.letter
    assert "was due" not in made.letter
    assert "It is not known here by what day an answer is due." in made.letter
    assert f"Call {BLANK} at {BLANK}." in made.phone[0]
    for accusation in ("broke", "violat", "illegal", "late"):
        assert accusation not in made.letter.casefold()


def test_an_answer_that_is_still_to_come_is_asked_for_in_the_present(binder, book, claim):
    sent = send(binder, deny(binder, book, claim), on=date(2026, 11, 20))
    assert "an answer is due about January 19, 2027" in status_request(binder, sent.clock.id).letter


def test_who_was_asked_for_papers_gets_the_letter(binder, claim):
    asked = clocks.ask_for(binder, claim.id, "records", SENT, of="Bayside Infusion")
    made = status_request(binder, asked.clock.id)
    assert "Bayside Infusion" in made.letter
    assert "P.O. Box" not in made.letter
    assert "I asked for: Your own medical records." in made.letter


def test_words_of_a_template_in_a_record_stay_words(binder, book):
    claim = claims.open_claim(binder, "$payer {0} %s $$")
    sent = send(binder, deny(binder, book, claim))
    assert "The care: $payer {0} %s $$" in status_request(binder, sent.clock.id).letter


def test_a_step_of_one_s_own_is_nobody_s_answer(binder, claim):
    with binder.operation("Start a step") as work:
        work.clocks.add(
            Clock(id="own", kind="step", rule_id="com.info.request", title="Send it",
                  claim_id=claim.id, added_at=binder.now())
        )  # fmt: skip
    with pytest.raises(UserError, match="your own"):
        status_request(binder, "own")
    with pytest.raises(UserError, match="your own"):
        clocks.set_received(binder, "own", SENT)
    (row,) = binder.ask(clock_rows)
    assert row.state(TODAY) is None
    with binder.operation("Count again") as work:
        assert list(recount_answers(binder, work, claim, "the plan is another")) == []
    with pytest.raises(UserError, match="no running time"):
        status_request(binder, "nothing")


# -------------------------------------------------------------------- changing one's mind


def test_a_corrected_plan_counts_the_answer_again_and_says_what_moved(binder, book, claim):
    sent = send(binder, deny(binder, book, claim, care="ahead"), way="fax")
    clocks.ask_for(binder, claim.id, "records", SENT)  # without a date: no line
    plan = binder.ask(record, "plan", claim.plan_id)
    with binder.operation("Correct the plan") as work:
        work.plans.save(replace(plan, program="medicare_advantage"))
        (row,) = recount_answers(binder, work, work.claims.get(claim.id), "it is another plan")
    assert (row.due_id, row.clock_id) == (sent.item.id, sent.clock.id)
    assert (row.was, row.would_be, row.because) == (
        date(2026, 10, 1), date(2026, 10, 1), "counted again, and nothing moves",
    )  # fmt: skip
    with binder.operation("Correct the plan") as work:
        work.plans.save(replace(plan, program="unknown"))
        (row,) = recount_answers(binder, work, work.claims.get(claim.id), "it is another plan")
    assert (row.was, row.would_be) == (date(2026, 10, 1), None)
    assert "What kind of plan" in row.because
    assert binder.ask(due_rows) == ()


def test_only_the_times_of_one_denial_can_be_counted_again(binder, book, claim):
    one = deny(binder, book, claim, care="ahead")
    other = deny(binder, book, claim)
    send(binder, one)
    kept = send(binder, other)
    with binder.operation("Correct the care") as work:
        work.denials.save(replace(work.denials.get(one.id), care="done"))
        rows = list(
            recount_answers(
                binder, work, work.claims.get(claim.id), "the care was given", denial_id=one.id
            )
        )
    assert [(row.was, row.would_be) for row in rows] == [(date(2026, 10, 1), date(2026, 10, 31))]
    assert kept.item in [
        binder.ask(record, "due_item", row.id) for row in binder.ask(due_rows)
    ]  # fmt: skip
