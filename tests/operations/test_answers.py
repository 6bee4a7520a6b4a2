"""The answer to an appeal closes what was waited for, and opens the next level or ends well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import claims, clocks, denials, people, sendings
from app.operations.agenda import agenda
from app.operations.answers import AppealAnswer, record_answer
from app.operations.denials import DenialAnswer
from app.operations.intake import add_papers
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import claim_denials, clock_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.records import record
from app.storage.schema import RECORD_TABLES

TODAY = date(2026, 11, 21)
NOTICE = date(2026, 8, 3)
SENT = date(2026, 9, 1)
ANSWERED = date(2026, 11, 2)


@pytest.fixture
def open_case(binder, book):
    """Make a claim under a plan with a denial whose appeal was sent; return the denial's id."""

    def make(program="employer", *, funding="self", state="OH", level=1, sent=True, **answer):
        plan = people.add_plan(binder, program, program=program, funding=funding, state=state)
        claim = claims.open_claim(binder, f"Care under {program}", plan_id=plan.id)
        said = DenialAnswer(
            **{"notice_on": NOTICE, "letter_says": "nothing", "level": level, **answer}
        )
        denial = denials.record_denial(binder, book, claim.id, said, confirmed=True).denial
        if sent:
            sendings.record_sending(binder, claim.id, SENT, denial_id=denial.id, way="fax")
        return denial.id

    return make


def answer(binder, book, denial_id, outcome="upheld", on=ANSWERED, **known):
    return record_answer(binder, book, denial_id, AppealAnswer(outcome=outcome, on=on, **known))


def rows_of(binder):
    def ask(connection):
        return {
            table.name: sorted(
                map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table.name}")), key=repr
            )
            for table, _ in RECORD_TABLES.values()
        }

    return binder.ask(ask)


def status(binder):
    return binder.ask(claim_rows)[0].status


def test_overturned_wins_the_claim_and_nothing_is_waited_for(binder, book, open_case):
    denial_id = open_case()
    won = answer(binder, book, denial_id, "overturned")
    assert won.follows is None
    assert (won.denial.standing, won.denial.outcome, won.denial.answered_on) == (
        "answered", "overturned", ANSWERED,
    )  # fmt: skip
    assert status(binder) == "won"
    assert binder.ask(due_rows) == ()
    assert binder.ask(clock_rows) == ()
    assert agenda(binder, book, TODAY).undated == ()
    (clock,) = binder.ask(clock_rows, include_settled=True)
    assert clock.clock.answered_on == ANSWERED
    assert clock.item.done_on == ANSWERED


def test_overturned_waives_what_was_still_open_about_the_denial(binder, book, open_case):
    denial_id = open_case(sent=False, peer_by=date(2026, 12, 1))
    assert {row.kind for row in binder.ask(due_rows)} == {"appeal", "peer_to_peer"}
    answer(binder, book, denial_id, "overturned")
    assert binder.ask(due_rows) == ()
    settled = binder.ask(due_rows, include_done=True)
    assert {row.waived_on for row in settled} == {TODAY}


def test_another_denial_of_the_claim_keeps_it_from_being_won(binder, book, open_case):
    first = open_case()
    claim_id = binder.ask(record, "denial", first).claim_id
    said = DenialAnswer(notice_on=date(2026, 9, 20), letter_says="nothing")
    other = denials.record_denial(binder, book, claim_id, said, confirmed=True).denial
    answer(binder, book, first, "overturned")
    assert status(binder) == "denied"
    assert [row.denial_id for row in binder.ask(due_rows)] == [other.id]
    sendings.record_sending(binder, claim_id, date(2026, 10, 1), denial_id=other.id)
    third = denials.record_denial(binder, book, claim_id, said, confirmed=True).denial
    sendings.record_sending(binder, claim_id, date(2026, 10, 2), denial_id=third.id)
    answer(binder, book, third.id, "withdrawn")
    assert status(binder) == "appealed"
    answer(binder, book, other.id, "overturned")
    assert status(binder) == "won"


@pytest.mark.parametrize("outcome", ["upheld", "partly"])
def test_a_second_no_opens_the_next_level_in_the_same_step(binder, book, open_case, outcome):
    denial_id = open_case(care="ahead", urgent="yes", kind="not needed", continuing="no")
    before = rows_of(binder)
    told = answer(
        binder, book, denial_id, outcome, received_on=date(2026, 11, 6), reason="still no"
    )
    follows = told.follows.denial
    assert (follows.level, follows.follows_id) == (2, denial_id)
    assert (follows.notice_on, follows.received_on) == (ANSWERED, date(2026, 11, 6))
    assert (follows.care, follows.urgent, follows.kind, follows.reason) == (
        "ahead", "yes", "not needed", "still no",
    )  # fmt: skip
    assert follows.standing == "open"
    assert status(binder) == "denied"
    assert "denial" in {entry.kind for entry in agenda(binder, book, TODAY).undated}
    assert binder.ask(clock_rows) == ()
    assert binder.undo() == "Record the answer to an appeal"
    assert rows_of(binder) == before
    binder.redo()
    assert [each.id for each in binder.ask(claim_denials, follows.claim_id)] == [
        denial_id, follows.id,
    ]  # fmt: skip


def test_a_final_decision_of_an_employer_s_plan_leads_to_the_outside_review(
    binder, book, open_case
):
    told = answer(binder, book, open_case(), is_final=True)
    assert told.follows.denial.level == 3
    (item,) = binder.ask(due_rows)
    assert (item.kind, item.rule_id) == ("appeal", "com.ext.federal")
    assert item.last_day == date(2027, 3, 2)
    assert told.ask is None


def test_without_knowing_whether_it_was_final_there_is_no_date_and_a_question(
    binder, book, open_case
):
    told = answer(binder, book, open_case())
    assert told.follows.denial.level == 2
    assert binder.ask(due_rows) == ()
    assert "final decision" in told.ask
    sure = answer(binder, book, open_case(), is_final=False)
    assert sure.follows.denial.level == 2


@pytest.mark.parametrize(
    ("program", "is_final", "rule"),
    [
        ("individual", None, "state.OH"),
        ("individual", True, "state.OH"),
        ("medicaid_managed_care", None, "mcd.sfh"),
        ("part_d", None, "pd.l2"),
        ("part_d", True, "pd.l2"),
        ("original_medicare", True, "om.l2"),
    ],
)
def test_other_plans_go_to_their_second_level(binder, book, open_case, program, is_final, rule):
    denial_id = open_case(program, funding="insured")
    came = date(2026, 11, 5)
    told = answer(binder, book, denial_id, is_final=is_final, received_on=came)
    assert told.follows.denial.level == 2
    assert rule in {row.rule_id for row in binder.ask(due_rows)}


@pytest.mark.parametrize("state", ["NY", None])
@pytest.mark.parametrize("is_final", [True, False, None])
def test_an_outside_review_that_said_no_is_not_held_again(binder, book, open_case, is_final, state):
    review = open_case("individual", funding="insured", state=state, level=2)
    answered = answer(binder, book, review, is_final=is_final)
    assert answered.follows
    assert answered.follows.denial.level == 4
    assert answered.follows.items == ()
    assert answered.follows.ask == "How long does the letter give for the next step?"


def test_medicare_advantage_sends_the_case_on_and_nothing_is_to_be_filed(binder, book, open_case):
    told = answer(binder, book, open_case("medicare_advantage"))
    assert told.follows.denial.level == 2
    assert binder.ask(due_rows) == ()
    (entry,) = agenda(binder, book, TODAY).undated
    assert (entry.kind, entry.denial_id) == ("denial", told.follows.denial.id)
    assert "send" in entry.title
    # the independent reviewer says no: now a hearing must be asked for
    again = answer(
        binder, book, told.follows.denial.id, on=date(2026, 11, 16), received_on=date(2026, 11, 19)
    )
    assert again.follows.denial.level == 3
    (item,) = binder.ask(due_rows)
    assert (item.rule_id, item.last_day) == ("ma.l3", date(2027, 1, 18))


def test_the_letter_s_own_day_for_the_next_step_is_kept(binder, book, open_case):
    answer(
        binder, book, open_case(), letter_says="date", letter_date=date(2027, 1, 15), is_final=True
    )
    (item,) = binder.ask(due_rows)
    assert (item.last_day, item.basis) == (date(2027, 1, 15), "letter")


def test_a_date_is_made_only_when_the_person_confirmed_it(binder, book, open_case):
    told = record_answer(
        binder, book, open_case(), AppealAnswer(outcome="upheld", on=ANSWERED, is_final=True),
        confirmed=False,
    )  # fmt: skip
    assert told.ask
    assert binder.ask(due_rows) == ()
    assert [entry.kind for entry in agenda(binder, book, TODAY).undated] == ["denial"]


def test_withdrawn_opens_nothing_and_stops_the_wait(binder, book, open_case):
    told = answer(binder, book, open_case(), "withdrawn")
    assert told.follows is None
    assert status(binder) == "denied"
    assert binder.ask(clock_rows) == ()
    assert binder.ask(due_rows) == ()
    (clock,) = binder.ask(clock_rows, include_settled=True)
    assert (clock.clock.answered_on, clock.clock.waived_on) == (None, ANSWERED)


def test_every_time_that_ran_for_the_answer_is_closed_and_requests_run_on(binder, book, open_case):
    denial_id = open_case()
    claim_id = binder.ask(record, "denial", denial_id).claim_id
    sendings.record_sending(binder, claim_id, date(2026, 9, 20), denial_id=denial_id, way="mail")
    clocks.ask_for(binder, claim_id, "claim-file", SENT, denial_id=denial_id)
    answer(binder, book, denial_id, "overturned")
    assert [row.clock.kind for row in binder.ask(clock_rows)] == ["request"]


def test_the_answer_s_letter_is_filed(binder, book, open_case, paper):
    (letter,) = add_papers(binder, [paper("answer.txt")], Silent())
    denial_id = open_case()
    answer(
        binder, book, denial_id, "overturned", document_id=letter.document_id,
        received_on=date(2026, 11, 6),
    )  # fmt: skip
    filed = binder.ask(record, "document", letter.document_id)
    claim_id = binder.ask(record, "denial", denial_id).claim_id
    assert (filed.claim_id, filed.kind) == (claim_id, "appeal_decision")
    assert (filed.dated_on, filed.received_on) == (ANSWERED, date(2026, 11, 6))


def test_appeals_can_be_fought_through_every_level_of_medicare(binder, book, open_case):
    denial_id, on = open_case("original_medicare"), date(2026, 9, 7)
    for level in range(2, 6):
        told = answer(binder, book, denial_id, on=on, received_on=on)
        assert told.follows.denial.level == level
        denial_id, on = told.follows.denial.id, on + timedelta(days=7)
    last = answer(binder, book, denial_id, on=on)
    assert last.follows.items == ()  # after the court there is no step that a rule names
    assert last.ask


REFUSED = [
    ({"outcome": "maybe", "on": ANSWERED}, "no outcome"),
    ({"outcome": "", "on": ANSWERED}, "no outcome"),
    ({"outcome": "upheld", "on": TODAY + timedelta(days=1)}, "still to come"),
    ({"outcome": "upheld", "on": date(1926, 11, 2)}, "year 1926"),
    ({"outcome": "upheld", "on": NOTICE - timedelta(days=1)}, "Check the two days"),
    ({"outcome": "upheld", "on": SENT - timedelta(days=1)}, "the appeal was sent on"),
    (
        {"outcome": "upheld", "on": ANSWERED, "received_on": ANSWERED - timedelta(days=1)},
        "Check the two days",
    ),
    (
        {"outcome": "upheld", "on": ANSWERED, "received_on": TODAY + timedelta(days=1)},
        "Check the two days",
    ),
    (
        {"outcome": "upheld", "on": ANSWERED, "letter_says": "days", "letter_days": 0},
        "1 or more",
    ),
    (
        {"outcome": "upheld", "on": ANSWERED, "letter_says": "perhaps"},
        "Say what the letter says",
    ),
    ({"outcome": "upheld", "on": ANSWERED, "document_id": "nothing"}, "There is no paper"),
    ({"outcome": "overturned", "on": ANSWERED, "document_id": "nothing"}, "There is no paper"),
]


def test_what_cannot_be_right_is_refused_and_changes_nothing(binder, book, open_case):
    denial_id = open_case()
    before = rows_of(binder)
    for said, why in REFUSED:
        with pytest.raises(UserError, match=why):
            answer(binder, book, denial_id, **said)
    assert rows_of(binder) == before


def test_an_appeal_has_one_answer(binder, book, open_case):
    denial_id = open_case()
    answer(binder, book, denial_id)
    with pytest.raises(UserError, match="recorded already"):
        answer(binder, book, denial_id, "overturned")
    claim_id = binder.ask(record, "denial", denial_id).claim_id
    with pytest.raises(UserError, match="answered already"):
        sendings.record_sending(binder, claim_id, TODAY, denial_id=denial_id)
    with pytest.raises(UserError, match="no denial"):
        answer(binder, book, "nothing")


def test_a_letter_that_gives_an_absurd_time_is_asked_about(binder, book, open_case):
    told = answer(binder, book, open_case(), letter_says="days", letter_days=9999, is_final=False)
    assert told.follows.items == ()
    assert told.ask
