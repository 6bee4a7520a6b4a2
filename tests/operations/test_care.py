"""Approvals, treatments tried, the diary, providers and who may speak, in a real binder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cut_series import cut_rules, cut_sentence, denial_of, is_cut, says_so
from app.domain.errors import UserError
from app.domain.npi import is_npi
from app.domain.plan import Plan
from app.jobs import Silent
from app.operations import (
    authorizations,
    claims,
    dates,
    denials,
    diary,
    people,
    providers,
    representatives,
    treatments,
)
from app.operations.intake import add_papers
from app.operations.trash import put_in_trash
from app.storage.queries.care import (
    all_providers,
    approvals,
    diary_of,
    speakers,
    speaks_for,
    treatments_of,
)
from app.storage.queries.dates import due_rows
from app.storage.queries.records import all_records, record

TODAY = date(2026, 11, 21)


@pytest.fixture
def rosa(binder):
    return people.add_person(binder, "Rosa Alvarez", relation="self")


@pytest.fixture
def claim(binder, rosa):
    people.add_plan(binder, "Harbor Mutual", person_id=rosa.id, program="employer")
    return claims.open_claim(binder, "Infusions in March", person_id=rosa.id)


@pytest.fixture
def form(binder, paper):
    (taken,) = add_papers(binder, [paper("form.txt")], Silent())
    return taken.document_id


def due(binder):
    return [(row.title, row.last_day) for row in binder.ask(due_rows)]


def approved(binder, claim, **known):
    given = {
        "claim_id": claim.id, "status": "approved", "units": 24, "unit": "infusions",
        "until_on": date(2027, 2, 28), "renew_by": date(2027, 1, 31), **known,
    }  # fmt: skip
    return authorizations.add_authorization(binder, "Iron infusions", **given)


# ---------------------------------------------------------------------- approvals


def test_the_end_and_the_renewal_of_an_approval_stand_in_the_calendar(binder, claim):
    kept = approved(binder, claim, number=" PA-7781 ", codes="j1756, j1756; 96365")
    assert due(binder) == [
        ("Ask to renew the approval: Iron infusions", date(2027, 1, 31)),
        ("The approval ends: Iron infusions", date(2027, 2, 28)),
    ]
    (shown,) = binder.ask(approvals, claim.id)
    assert shown.authorization == kept.authorization
    assert (shown.authorization.number, shown.authorization.codes) == ("PA-7781", "J1756 96365")
    assert (shown.claim, shown.plan) == ("Infusions in March", "Harbor Mutual")
    assert {row.kind for row in binder.ask(due_rows)} == {"authorization"}
    assert binder.undo() == "Add an authorization"
    assert (due(binder), binder.ask(approvals)) == ([], ())


def test_entries_follow_their_days_in_the_same_step(binder, claim):
    kept = approved(binder, claim)
    ids = {row.id for row in binder.ask(due_rows)}
    later = replace(kept.authorization, until_on=date(2027, 5, 31), service="Iron")
    authorizations.change_authorization(binder, later)
    assert {row.id for row in binder.ask(due_rows)} == ids
    assert due(binder)[-1] == ("The approval ends: Iron", date(2027, 5, 31))
    authorizations.change_authorization(binder, replace(later, renew_by=None))
    assert [title for title, _ in due(binder)] == ["The approval ends: Iron"]
    binder.undo()
    binder.undo()
    assert due(binder)[-1] == ("The approval ends: Iron infusions", date(2027, 2, 28))


def test_an_entry_that_was_moved_or_removed_stays_so_until_its_day_is_corrected(binder, claim):
    kept = approved(binder, claim)
    renewal, end = binder.ask(due_rows)
    dates.move_date(binder, renewal.id, date(2027, 1, 15))
    dates.remove_date(binder, end.id)
    changed = replace(kept.authorization, used=3)
    authorizations.change_authorization(binder, changed)
    assert [day for _, day in due(binder)] == [date(2027, 1, 15)]
    corrected = replace(changed, renew_by=date(2027, 1, 20), until_on=date(2027, 3, 31))
    authorizations.change_authorization(binder, corrected)
    assert [day for _, day in due(binder)] == [date(2027, 1, 20), date(2027, 3, 31)]


def test_an_approval_that_has_ended_has_nothing_left_to_do(binder, claim):
    kept = approved(binder, claim)
    ended = authorizations.change_authorization(binder, replace(kept.authorization, status="ended"))
    assert (ended.items, due(binder)) == ((), [])
    done = binder.ask(due_rows, include_done=True)
    assert [row.done_on for row in done] == [TODAY, TODAY]
    authorizations.change_authorization(binder, kept.authorization)
    assert len(due(binder)) == 2


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"service": "  "}, "What was the plan asked to approve"),
        ({"status": "maybe"}, "is not an answer"),
        ({"units": -1}, "zero or more"),
        ({"from_on": date(2027, 3, 1)}, "ends before it begins"),
        ({"asked_on": date(2026, 11, 22)}, "still to come"),
        ({"answered_on": date(2026, 1, 1), "asked_on": date(2026, 1, 2)}, "before it was asked"),
        ({"until_on": date(3026, 1, 1)}, "cannot be right"),
        ({"provider_id": "none"}, "no provider"),
    ],
)
def test_an_approval_that_cannot_be_right_is_refused_in_words(binder, claim, known, words):
    given = {"until_on": date(2027, 2, 1), **known}
    with pytest.raises(UserError, match=words):
        authorizations.add_authorization(binder, given.pop("service", "MRI"), **given)
    assert binder.ask(approvals) == ()


def test_a_denial_of_another_claim_is_no_reason_for_a_cut(binder, claim, book):
    other = claims.open_claim(binder, "Scan")
    no = denials.record_denial(binder, book, other.id, denials.DenialAnswer(), confirmed=False)
    with pytest.raises(UserError, match="another claim"):
        approved(binder, claim, denial_id=no.denial.id)


def test_a_series_that_is_cut_is_told_with_its_law_and_without_an_invented_day(binder, claim, book):
    kept = approved(
        binder, claim, status="partly", units=6, asked_units=24, until_on=None, renew_by=None,
        last_session_on=date(2026, 12, 11),
    ).authorization  # fmt: skip
    assert is_cut(kept)
    assert due(binder) == []
    assert "runs before that day" in cut_sentence(kept, TODAY)
    assert "was on December 11" in cut_sentence(kept, date(2026, 12, 12))
    plan = binder.ask(record, "plan", kept.plan_id)
    (law,) = cut_rules(book, plan)
    assert "before the last approved session" in law.text
    assert (law.source, law.verification) == ("29 CFR 2560.503-1(f)(2)(ii)(B)", "P26")
    assert not is_cut(replace(kept, status="approved"))
    assert cut_sentence(replace(kept, last_session_on=None), TODAY) == ""


@pytest.mark.parametrize(
    ("program", "source"),
    [
        ("medicaid_managed_care", "42 CFR 438.420(a)"),
        ("nonfed_gov", "29 CFR 2560.503-1(f)(2)(ii)"),
        ("tricare", ""),
        ("unknown", ""),
    ],
)
def test_what_is_said_of_a_cut_depends_on_the_plan(book, program, source):
    told = cut_rules(book, Plan(id="p", name="P", program=program, funding="insured", state="OH"))
    assert [law.source for law in told][-1] == source
    assert all(law.text for law in told)


def test_a_cut_is_told_with_the_denial_that_can_have_made_it(binder, claim, book):
    kept = approved(binder, claim, status="denied", last_session_on=TODAY).authorization

    def no(**answer):
        given = denials.DenialAnswer(**answer)
        return denials.record_denial(binder, book, claim.id, given, confirmed=False).denial

    assert denial_of(kept, []) is None
    first = no()
    assert denial_of(kept, [first]) == first
    second = no()
    assert denial_of(kept, [first, second]) is None
    running = no(continuing="unsure")
    assert denial_of(kept, [first, second, running]) == running
    named = replace(kept, denial_id=second.id)
    assert denial_of(named, [first, second, running]) == second


def test_a_denial_that_says_the_care_is_running_is_enough(binder, claim, book):
    answer = denials.DenialAnswer(continuing="yes", action_on=date(2026, 12, 11))
    no = denials.record_denial(binder, book, claim.id, answer, confirmed=True).denial
    assert says_so(no)
    assert not says_so(replace(no, continuing=""))
    assert not says_so(None)
    assert any("before it ends" in title for title, _ in due(binder))


# ---------------------------------------------------------------------- treatments


def test_treatments_stand_in_the_order_in_which_they_were_tried(binder, claim, form):
    for what, began in (("C", ""), ("B", "2024-03-15"), ("A", "2024"), ("Z", "2023-12")):
        treatments.add_treatment(binder, claim.id, what, began=began)
    found = binder.ask(treatments_of, claim.id)
    assert [each.treatment.what for each in found] == ["Z", "A", "B", "C"]
    last = found[-1].treatment
    treatments.change_treatment(
        binder, replace(last, document_id=form, page=2, outcome="reaction", reaction="hives")
    )
    assert binder.ask(treatments_of, claim.id)[-1].paper == "form.txt"
    put_in_trash(binder, [("document", form)])
    assert binder.ask(treatments_of, claim.id)[-1].paper is None
    put_in_trash(binder, [("treatment", last.id)])
    assert len(binder.ask(treatments_of, claim.id)) == 3


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"what": " "}, "Which drug"),
        ({"began": "2026-13"}, "is no day"),
        ({"began": "2027"}, "still to come"),
        ({"began": "2024", "ended": "2027-01"}, "when it ended"),
        ({"began": "0024"}, "cannot be right"),
        ({"began": "2024-05", "ended": "2024-04-30"}, "ended before that"),
        ({"outcome": "great"}, "is not an outcome"),
        ({"route": "nose"}, "oral, infusion"),
        ({"product": "stolen"}, "commercial or compounded"),
        ({"page": 2}, "needs its paper"),
        ({"document_id": "none"}, "no paper"),
    ],
)
def test_a_treatment_that_cannot_be_right_is_refused_in_words(binder, claim, known, words):
    with pytest.raises(UserError, match=words):
        treatments.add_treatment(binder, claim.id, known.pop("what", "Iron tablets"), **known)


def test_a_year_may_end_what_began_in_a_month_of_it(binder, claim):
    made = treatments.add_treatment(binder, claim.id, "Iron", began="2024-05", ended="2024")
    assert (made.began, made.ended) == ("2024-05", "2024")


# ---------------------------------------------------------------------- diary


def test_the_diary_takes_one_line_a_day_and_is_read_from_the_oldest(binder, claim):
    diary.add_line(binder, claim.id, "  Tired,\n slept  ", score=7)
    old = diary.add_line(binder, claim.id, "Dizzy", on=date(2026, 10, 1), kind="trial")
    assert [(line.on, line.text) for line in binder.ask(diary_of, claim.id)] == [
        (date(2026, 10, 1), "Dizzy"), (TODAY, "Tired, slept"),
    ]  # fmt: skip
    diary.change_line(binder, replace(old, text="Dizzy at noon", score=0))
    diary.remove_line(binder, old.id)
    assert len(binder.ask(diary_of, claim.id)) == 1
    binder.undo()
    assert binder.ask(diary_of, claim.id)[0].text == "Dizzy at noon"


@pytest.mark.parametrize(
    ("text", "known", "words"),
    [
        ("", {}, "a few words"),
        ("x", {"score": 11}, "no score"),
        ("x", {"on": date(2026, 11, 22)}, "still to come"),
        ("x", {"kind": "dream"}, "a kind of line"),
    ],
)
def test_a_line_that_says_nothing_right_is_refused(binder, claim, text, known, words):
    with pytest.raises(UserError, match=words):
        diary.add_line(binder, claim.id, text, **known)


# ---------------------------------------------------------------------- providers


def test_the_claim_bears_the_name_of_the_provider_that_was_chosen(binder, claim):
    doctor = providers.add_provider(binder, "Dr. Lee", npi="1234567893", network="in")
    place = providers.add_provider(binder, "Bayside Infusion", kind="facility")
    chosen = claims.change_claim(
        binder, replace(claim, provider="?", provider_id=doctor.id, facility_id=place.id)
    )
    assert chosen.provider == "Dr. Lee"
    providers.change_provider(binder, replace(doctor, name="Dr.  Ann Lee"))
    assert binder.ask(record, "claim", claim.id).provider == "Dr. Ann Lee"
    binder.undo()
    assert binder.ask(record, "claim", claim.id).provider == "Dr. Lee"
    assert [each.name for each in binder.ask(all_providers)] == ["Bayside Infusion", "Dr. Lee"]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"name": ""}, "needs a name"),
        ({"npi": "1234567890"}, "cannot be an NPI"),
        ({"npi": "12345"}, "cannot be an NPI"),
        ({"kind": "witch"}, "a kind of provider"),
        ({"setting": "moon"}, "a place of care"),
        ({"network": "maybe"}, "in or out"),
        ({"compounding": "503C"}, "503A or 503B"),
    ],
)
def test_a_provider_that_cannot_be_right_is_refused_in_words(binder, known, words):
    with pytest.raises(UserError, match=words):
        providers.add_provider(binder, known.pop("name", "Dr. Lee"), **known)


def test_an_npi_may_be_typed_with_blanks_and_its_check_digit_counts(binder):
    kept = providers.add_provider(binder, "P", npi="123 456-7893", compounding="503a")
    assert (kept.npi, kept.compounding) == ("1234567893", "503A")
    wrong = [f"123456789{digit}" for digit in range(10) if digit != 3]
    assert not any(is_npi(each) for each in wrong)


def test_what_a_claim_asks_for_is_kept_with_its_codes(binder, rosa):
    made = claims.open_claim(
        binder, "Iron", diagnosis_codes="d50.9,D50.9 g93.32", service_codes="96365-59; j1756",
        asks_units=24, asks_unit=" infusions ", asks_from=date(2027, 1, 1),
    )  # fmt: skip
    assert (made.diagnosis_codes, made.service_codes) == ("D50.9 G93.32", "96365-59 J1756")
    with pytest.raises(UserError, match="ends before it begins"):
        claims.change_claim(binder, replace(made, asks_until=date(2026, 12, 1)))
    with pytest.raises(UserError, match="zero or more"):
        claims.change_claim(binder, replace(made, asks_units=-1))


# ---------------------------------------------------------------------- who may speak


def test_only_a_form_that_is_there_signed_by_both_and_in_time_lets_speak(binder, rosa, claim, form):
    sam = people.add_person(binder, "Sam Reed", relation="helper")
    made = representatives.add_representative(binder, rosa.id, helper_id=sam.id, level=1)
    assert made.name == "Sam Reed"

    def now(**known):
        return representatives.change_representative(binder, replace(made, **known))

    def lacks(on=TODAY):
        (speaker,) = binder.ask(speaks_for, rosa.id, claim.plan_id, 1, on)
        assert speaker.holds(on, claim.plan_id, 1) is (not speaker.lacks(on))
        return speaker.lacks(on)

    assert lacks() == ("form", "patient_signature", "helper_signature")
    now(document_id=form, signed_on=TODAY)
    assert lacks() == ("helper_signature",)
    now(document_id=form, signed_on=TODAY, accepted_on=TODAY, valid_until=date(2027, 11, 20))
    assert lacks() == ()
    assert lacks(date(2027, 11, 20)) == ()
    assert lacks(date(2027, 11, 21)) == ("time",)
    assert binder.ask(speaks_for, rosa.id, claim.plan_id, 2, TODAY) == ()
    put_in_trash(binder, [("document", form)])
    assert lacks() == ("form",)


def test_whoever_may_speak_now_is_named_first(binder, rosa, claim, form):
    representatives.add_representative(binder, rosa.id, "Ann")
    signed = {"document_id": form, "signed_on": TODAY, "accepted_on": TODAY}
    representatives.add_representative(binder, rosa.id, "Bo", **signed)
    other = people.add_plan(binder, "Another plan")
    representatives.add_representative(binder, rosa.id, "Cy", plan_id=other.id, **signed)
    found = binder.ask(speaks_for, rosa.id, claim.plan_id, 1, TODAY)
    assert [each.representative.name for each in found] == ["Bo", "Ann"]
    assert len(binder.ask(speakers)) == 3


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "Who may speak"),
        ({"name": "A", "signed_on": date(2026, 11, 22)}, "still to come"),
        ({"name": "A", "level": 0}, "counted from 1"),
        ({"name": "A", "plan_id": "none"}, "no plan"),
        (
            {"name": "A", "signed_on": date(2026, 2, 1), "valid_until": date(2026, 1, 1)},
            "before the patient signed",
        ),
    ],
)
def test_who_may_speak_is_refused_in_words_where_it_cannot_be_right(binder, rosa, known, words):
    with pytest.raises(UserError, match=words):
        representatives.add_representative(binder, rosa.id, **known)
    with pytest.raises(UserError, match="speak for themselves"):
        representatives.add_representative(binder, rosa.id, helper_id=rosa.id)
    assert binder.ask(all_records, "representative") == ()
