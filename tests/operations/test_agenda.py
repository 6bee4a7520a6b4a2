"""The agenda holds all that is to be done, and no open denial can vanish from it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.plan import PROGRAMS
from app.operations import claims, dates, denials, people, sendings, trash
from app.operations.agenda import Agenda, agenda
from app.operations.denials import DenialAnswer

TODAY = date(2026, 11, 21)
LETTER = date(2026, 11, 2)


@pytest.fixture
def deny(binder, book):
    """Record a denial under a plan of this kind and return it."""

    def record(program="employer", *, confirmed=True, funding=None, state=None, **said):
        plan = people.add_plan(
            binder, "Plan", program=program, funding=funding, state=state,
            insurer="Sun Health", phone="555-0142",
        )  # fmt: skip
        claim = claims.open_claim(binder, "Infusions", plan_id=plan.id)
        answer = DenialAnswer(**({"notice_on": LETTER} | said))
        return denials.record_denial(binder, book, claim.id, answer, confirmed=confirmed).denial

    return record


@pytest.mark.parametrize("confirmed", [True, False])
def test_every_open_denial_has_an_entry_whatever_the_plan(binder, book, deny, confirmed):
    denied = {
        deny(program, level=level, confirmed=confirmed).id
        for program in PROGRAMS
        for level in range(1, 6)
    }
    found = agenda(binder, book, TODAY)
    dated = [row.denial_id for row in found.due if row.kind == "appeal"]
    undated = [row.denial_id for row in found.undated if row.kind == "denial"]
    assert sorted(dated + undated) == sorted(denied)
    assert all(row.verification in {"P26", "Q26", "P"} for row in found.due)
    assert bool(dated) == confirmed


def test_a_denial_without_a_date_says_whom_to_call_and_how_old_its_letter_is(binder, book, deny):
    deny(confirmed=False)
    (entry,) = agenda(binder, book, TODAY).undated
    assert entry.kind == "denial"
    assert "Sun Health at 555-0142" in entry.sentence
    assert entry.days_since(TODAY) == 19
    assert entry.ask


def test_a_denial_leaves_only_by_a_date_or_by_not_appealing(binder, book, deny):
    denial = deny(confirmed=False)
    assert agenda(binder, book, TODAY).undated
    denials.do_not_appeal(binder, denial.id)
    assert agenda(binder, book, TODAY).undated == ()
    denials.appeal_after_all(binder, denial.id)
    assert agenda(binder, book, TODAY).undated
    trash.put_in_trash(binder, [("claim", denial.claim_id)])
    assert agenda(binder, book, TODAY).undated == ()


@pytest.mark.parametrize("said", [{"urgent": "yes"}, {"urgent": "unsure"}, {"continuing": "yes"}])
def test_possible_harm_puts_a_fast_appeal_on_top_for_every_plan(binder, book, deny, said):
    denied = {deny(program, **said).id for program in PROGRAMS}
    found = agenda(binder, book, TODAY).undated
    urged = [row for row in found if row.kind == "fast_appeal"]
    assert {row.denial_id for row in urged} == denied
    assert found[: len(urged)] == tuple(urged)
    assert all(row.sentence for row in urged)


def test_a_fast_appeal_leaves_once_it_was_asked_for_and_undo_brings_it_back(binder, book, deny):
    denial = deny(urgent="yes")
    denials.note_fast_appeal(binder, denial.id, asked_on=TODAY)
    kinds = {entry.kind for entry in agenda(binder, book, TODAY).undated}
    assert "fast_appeal" not in kinds
    binder.undo()
    assert agenda(binder, book, TODAY).undated[0].kind == "fast_appeal"


@pytest.mark.parametrize("said", [{}, {"urgent": "no", "continuing": "no"}])
def test_no_fast_appeal_is_urged_where_harm_was_ruled_out_or_not_asked_about(
    binder, book, deny, said
):
    deny(**said)
    assert agenda(binder, book, TODAY).undated == ()


def test_keeping_the_care_is_an_entry_of_its_own_in_medicaid(binder, book, deny):
    denial = deny("medicaid_managed_care", continuing="yes", action_on=date(2026, 11, 30))
    by_kind = {row.kind: row for row in agenda(binder, book, TODAY).due}
    assert by_kind["appeal"].last_day == date(2027, 1, 1)
    assert by_kind["keep_benefits"].last_day == date(2026, 11, 12)  # ten days, the earlier day
    assert by_kind["keep_benefits"].latest_on == date(2026, 11, 30)
    denials.note_kept_care(binder, denial.id, asked_on=TODAY)
    assert "keep_benefits" not in {row.kind for row in agenda(binder, book, TODAY).due}
    settled = agenda(binder, book, TODAY, include_settled=True).due
    assert {row.kind: row.done_on for row in settled}["keep_benefits"] == TODAY


def test_keeping_the_care_stands_undated_where_its_law_was_not_read(binder, book, deny):
    denial = deny("medicaid_managed_care", level=2)
    kinds = [entry.kind for entry in agenda(binder, book, TODAY).undated]
    assert "keep_benefits" in kinds
    denials.note_kept_care(binder, denial.id, asked_on=None, needed=False)
    kinds = [entry.kind for entry in agenda(binder, book, TODAY).undated]
    assert "keep_benefits" not in kinds


def test_who_has_no_running_care_is_not_asked_to_keep_it(binder, book, deny):
    deny("medicaid_managed_care", continuing="no")
    assert {row.kind for row in agenda(binder, book, TODAY).due} == {"appeal"}


def test_treatment_that_ends_gives_a_day_to_ask_for_more(binder, book, deny):
    deny(continuing="yes", action_on=date(2026, 12, 10))
    by_kind = {row.kind: row for row in agenda(binder, book, TODAY).due}
    assert by_kind["step"].last_day == date(2026, 12, 9)
    assert "2560.503-1" in by_kind["step"].source


def test_a_call_between_doctors_does_not_move_the_appeal(binder, book, deny):
    deny(peer_by=date(2026, 11, 9))
    by_kind = {row.kind: row for row in agenda(binder, book, TODAY).due}
    assert by_kind["peer_to_peer"].last_day == date(2026, 11, 9)
    assert "does not stop" in by_kind["peer_to_peer"].note
    assert by_kind["appeal"].last_day == date(2027, 5, 1)


def test_what_medicare_advantage_sends_on_by_itself_stays_in_view(binder, book, deny):
    deny("medicare_advantage", level=2)
    (entry,) = [row for row in agenda(binder, book, TODAY).undated if row.kind == "denial"]
    assert "send" in entry.title
    assert "Call Sun Health at 555-0142" in entry.sentence


@pytest.mark.parametrize("name", ["notice_on", "received_on"])
def test_nothing_is_counted_from_a_day_that_has_not_come(binder, book, deny, name):
    deny(**{name: date(2027, 1, 3)})
    found = agenda(binder, book, TODAY)
    assert found.due == ()
    (entry,) = found.undated
    assert "January 3, 2027" in (entry.ask or "")


def test_an_entry_keeps_its_id_while_its_date_changes(binder, book, deny):
    denial = deny()
    (before,) = agenda(binder, book, TODAY).due
    changed = DenialAnswer(notice_on=LETTER, received_on=date(2026, 11, 9))
    denials.change_denial(binder, book, denial.id, changed, confirmed=True)
    (after,) = agenda(binder, book, TODAY).due
    assert after.id == before.id
    assert after.last_day > before.last_day


def test_an_appeal_that_is_let_go_is_not_waited_for_any_more(binder, book, deny):
    denial = deny("original_medicare")
    sendings.record_sending(binder, denial.claim_id, TODAY, denial_id=denial.id)
    assert [entry.kind for entry in agenda(binder, book, TODAY).undated] == ["answer"]
    denials.do_not_appeal(binder, denial.id)
    assert agenda(binder, book, TODAY) == Agenda((), ())


def test_the_answer_to_an_appeal_is_not_ticked_off_without_its_outcome(binder, book, deny):
    denial = deny()
    sendings.record_sending(binder, denial.claim_id, TODAY, denial_id=denial.id)
    (waiting,) = agenda(binder, book, TODAY).due
    with pytest.raises(UserError, match="Record what they answered"):
        dates.mark_done(binder, waiting.id, TODAY)
    assert agenda(binder, book, TODAY).due == (waiting,)


def test_a_fast_appeal_shortens_the_time_of_an_answer_that_is_waited_for(binder, book, deny):
    denial = deny(urgent="yes")
    sendings.record_sending(binder, denial.claim_id, TODAY, denial_id=denial.id)
    (usual,) = agenda(binder, book, TODAY).due
    denials.note_fast_appeal(binder, denial.id, asked_on=TODAY)
    (fast,) = agenda(binder, book, TODAY).due
    assert fast.last_day < usual.last_day
