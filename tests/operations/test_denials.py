"""A denial gets its date from the letter or from a rule, and only when the person says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.operations import claims, denials, people
from app.operations.denials import DenialAnswer
from app.operations.recounting import preview_denial_change
from app.operations.rules import rule_book
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.records import record

MARCH_3 = date(2026, 3, 3)


@pytest.fixture
def claim(binder):
    person = people.add_person(binder, "Rosa Alvarez", relation="self")
    people.add_plan(
        binder,
        "Harbor Mutual",
        person_id=person.id,
        program="employer",
        funding="insured",
        state="OH",
    )
    return claims.open_claim(binder, "Infusions", person_id=person.id)


def test_the_earlier_of_letter_and_rule_is_planned_and_both_are_kept(binder, book, claim):
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="days", letter_days=60)
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    (item,) = binder.ask(due_rows)
    assert (item.last_day, item.basis) == (date(2026, 5, 2), "letter")
    assert (item.letter_on, item.rule_on) == (date(2026, 5, 2), date(2026, 8, 30))
    assert item.safe_on == date(2026, 5, 1)  # May 2 is a Saturday


def test_the_rule_is_planned_when_the_letter_gives_longer(binder, book, claim):
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="date", letter_date=date(2026, 12, 31))
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    (item,) = binder.ask(due_rows)
    assert (item.last_day, item.basis, item.rule_id) == (
        date(2026, 8, 30), "rule", "com.internal.group",
    )  # fmt: skip
    assert "2560.503-1" in item.source


def test_a_date_becomes_a_deadline_only_when_it_is_confirmed(binder, book, claim):
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="date", letter_date=date(2026, 8, 28))
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=False)
    assert binder.ask(due_rows) == ()
    assert [row.denial_id for row in binder.ask(undated_rows)] == [recorded.denial.id]
    assert recorded.ask
    denials.change_denial(binder, book, recorded.denial.id, answer, confirmed=True)
    assert [row.last_day for row in binder.ask(due_rows)] == [date(2026, 8, 28)]
    assert binder.ask(undated_rows) == ()


def test_an_external_review_without_a_state_asks_and_gives_no_date(binder, book):
    plan = people.add_plan(binder, "Old plan", program="employer", funding="insured")
    claim = claims.open_claim(binder, "Scan", plan_id=plan.id)
    answer = DenialAnswer(notice_on=MARCH_3, level=3, letter_says="nothing")
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert recorded.items == ()
    assert recorded.ask is not None
    assert "state" in recorded.ask
    assert len(binder.ask(undated_rows)) == 1


@pytest.mark.parametrize(
    ("program", "level", "title"),
    [
        ("individual", 1, "Send the appeal"),
        ("individual", 2, "Outside (external) review in Ohio"),
        ("medicaid_managed_care", 2, "State fair hearing after the appeal to the plan"),
        ("other", 2, "Ask for the next review"),
    ],
)
def test_an_entry_names_the_step_that_is_next(binder, book, program, level, title):
    plan = people.add_plan(binder, "Plan", program=program, state="OH")
    claim = claims.open_claim(binder, "Scan", plan_id=plan.id)
    answer = DenialAnswer(
        notice_on=MARCH_3, level=level, letter_says="date", letter_date=date(2026, 4, 1)
    )
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert [item.title for item in recorded.items if item.kind == "appeal"] == [title]


def test_a_rule_that_was_not_read_at_its_source_never_makes_a_date(binder, book):
    plan = people.add_plan(binder, "State plan", program="chip", state="OH")
    claim = claims.open_claim(binder, "Therapy", plan_id=plan.id)
    answer = DenialAnswer(notice_on=MARCH_3, received_on=MARCH_3, letter_says="nothing")
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert recorded.items == ()
    assert binder.ask(due_rows) == ()


def test_a_corrected_denial_moves_its_entry_and_keeps_who_does_it(binder, book, claim):
    helper = people.add_person(binder, "Nina Reed", relation="helper")
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="date", letter_date=date(2026, 8, 28))
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    with binder.operation("Give it to Nina") as work:
        item = work.due_items.get(recorded.items[0].id)
        work.due_items.save(type(item)(**{**_values(item), "doer_id": helper.id}))
    other = DenialAnswer(notice_on=MARCH_3, letter_says="date", letter_date=date(2026, 7, 31))
    denials.change_denial(binder, book, recorded.denial.id, other, confirmed=True)
    (item,) = binder.ask(due_rows)
    assert (item.id, item.last_day, item.doer) == (
        recorded.items[0].id, date(2026, 7, 31), "Nina Reed",
    )  # fmt: skip


def _values(record_):
    return {name: getattr(record_, name) for name in record_.__slots__}


def test_not_appealing_takes_the_date_away_and_undo_brings_it_back(binder, book, claim):
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="date", letter_date=date(2026, 8, 28))
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    denials.do_not_appeal(binder, recorded.denial.id)
    assert binder.ask(due_rows) == ()
    assert binder.ask(undated_rows) == ()
    binder.undo()
    assert [row.last_day for row in binder.ask(due_rows)] == [date(2026, 8, 28)]
    binder.redo()
    denials.appeal_after_all(binder, recorded.denial.id)
    assert len(binder.ask(undated_rows)) == 1


def test_one_undo_takes_the_whole_denial_back(binder, book, claim):
    before = binder.ask(claim_rows)
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="days", letter_days=90)
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert binder.ask(claim_rows)[0].status == "denied"
    assert binder.undo() == "Record a denial"
    assert binder.ask(claim_rows) == before
    assert binder.ask(record, "denial", recorded.denial.id) is None


@pytest.mark.parametrize(
    "answer",
    [
        DenialAnswer(letter_says="perhaps"),
        DenialAnswer(letter_says="days", letter_days=0),
        DenialAnswer(level=0),
        DenialAnswer(letter_counts_from="postmark"),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused_and_nothing_is_stored(
    binder, book, claim, answer
):
    with pytest.raises(UserError):
        denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert binder.ask(claim_rows)[0].status == "open"


answers = st.builds(
    DenialAnswer,
    notice_on=st.none() | st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    received_on=st.none() | st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    level=st.integers(1, 4),
    letter_says=st.sampled_from(["date", "days", "nothing", "unknown"]),
    letter_date=st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    letter_days=st.none() | st.integers(1, 9999),
    letter_counts_from=st.sampled_from(["notice", "receipt"]),
)


@pytest.mark.parametrize("name", ["keep_by", "peer_by"])
@pytest.mark.parametrize("day", [date(1926, 3, 9), date(2026, 3, 2), date(9999, 12, 31)])
def test_a_shorter_day_that_no_letter_can_mean_is_refused(binder, book, claim, name, day):
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="nothing")
    denial = denials.record_denial(binder, book, claim.id, answer, confirmed=True).denial
    wrong = replace(answer, **{name: day})
    for attempt in (
        lambda: denials.record_denial(binder, book, claim.id, wrong, confirmed=True),
        lambda: denials.change_denial(binder, book, denial.id, wrong, confirmed=True),
        lambda: preview_denial_change(binder, book, denial.id, wrong),
    ):
        with pytest.raises(UserError, match="check the year") as refused:
            attempt()
        assert refused.value.ask
    absurd = replace(wrong, notice_on=date(9999, 12, 31))
    with pytest.raises(UserError):
        denials.record_denial(binder, book, claim.id, absurd, confirmed=True)
    right = replace(answer, **{name: date(2026, 3, 13)})
    assert denials.change_denial(binder, book, denial.id, right, confirmed=True).ask is None


@pytest.mark.parametrize(
    "said",
    [
        {"letter_says": "days", "letter_days": 9_999},
        {"letter_says": "date", "letter_date": date(2099, 3, 3)},
        {"letter_says": "date", "letter_date": date(2026, 3, 1)},
    ],
)
def test_what_the_letter_cannot_mean_is_asked_about_although_the_rule_has_a_date(
    binder, book, claim, said
):
    answer = DenialAnswer(notice_on=MARCH_3, **said)
    recorded = denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert [item.basis for item in recorded.items] == ["rule"]
    assert recorded.ask
    assert "letter" in recorded.ask


def test_nothing_was_asked_for_on_a_day_that_has_not_come(binder, book, claim):
    answer = DenialAnswer(notice_on=MARCH_3, letter_says="nothing", urgent="yes")
    denial = denials.record_denial(binder, book, claim.id, answer, confirmed=True).denial
    tomorrow = binder.today() + timedelta(days=1)
    for note in (denials.note_fast_appeal, denials.note_kept_care):
        with pytest.raises(UserError, match="still to come"):
            note(binder, denial.id, asked_on=tomorrow)
    assert binder.ask(record, "denial", denial.id) == denial


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(answer=answers, confirmed=st.booleans())
def test_every_open_denial_has_a_dated_or_an_undated_entry(binder, claim, answer, confirmed):
    recorded = denials.record_denial(binder, rule_book(), claim.id, answer, confirmed=confirmed)
    dated = {row.denial_id for row in binder.ask(due_rows)}
    undated = {row.denial_id for row in binder.ask(undated_rows)}
    assert (recorded.denial.id in dated) != (recorded.denial.id in undated)
    # With a rule's date there may still be something that the letter leaves open.
    assert recorded.ask or recorded.denial.id in dated
