"""The checklist of a denial: ticked only by what is there, asked for with a day to ask again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.authorization import Authorization
from app.domain.errors import UserError
from app.domain.representative import Representative
from app.domain.treatment import Treatment
from app.jobs import Silent
from app.operations import checklist as evidence
from app.operations import trash
from app.operations.calls import log_call
from app.operations.claims import open_claim
from app.operations.clocks import ask_for
from app.operations.denials import DenialAnswer, record_denial
from app.operations.intake import Filing, add_papers
from app.operations.people import add_person, add_plan
from app.storage.queries.dates import due_rows

ASKED, AGAIN = date(2026, 11, 20), date(2026, 12, 4)


@pytest.fixture
def claim(binder):
    who = add_person(binder, "Rosa Alvarez", relation="self")
    plan = add_plan(binder, "Harbor Mutual", person_id=who.id, program="employer", funding="self")
    return open_claim(binder, "Saline infusions", person_id=who.id, plan_id=plan.id)


@pytest.fixture
def denial(binder, book, claim):
    answer = DenialAnswer(notice_on=date(2026, 11, 2), kind="medical_necessity")
    return record_denial(binder, book, claim.id, answer, confirmed=True).denial


@pytest.fixture
def add(binder, paper, claim):
    """Add a paper of a kind, filed under the claim unless told otherwise."""

    def make(kind, name="", *, claim_id=claim.id):
        path = paper(name or f"{kind}.txt")
        filing = Filing(claim_id=claim_id, kind=kind)
        (row,) = add_papers(binder, [path], Silent(), filing=filing)
        return row.document_id

    return make


def item(binder, denial, key):
    shown = evidence.checklist(binder, denial.claim_id, denial.id).item(key)
    assert shown is not None
    return shown


def papers(shown):
    return [paper.id for paper in shown.papers]


def test_a_paper_of_the_very_kind_ticks_its_item_and_takes_the_tick_along(binder, denial, add):
    assert item(binder, denial, "necessity_letter").state == "missing"
    letter = add("necessity_letter")
    shown = item(binder, denial, "necessity_letter")
    assert (shown.state, papers(shown)) == ("have", [letter])
    trash.put_in_trash(binder, [("document", letter)])
    assert item(binder, denial, "necessity_letter").state == "missing"


def test_a_paper_of_another_claim_or_of_none_ticks_nothing(binder, denial, add):
    other = open_claim(binder, "Knee scan")
    add("necessity_letter", claim_id=other.id)
    add("lab_result", claim_id=None)
    shown = evidence.checklist(binder, denial.claim_id)
    assert [each.item.id for each in shown.items if each.state == "have"] == []


def test_an_item_that_takes_several_papers_waits_for_the_last(binder, denial, add):
    first = add("necessity_letter", "one.txt")
    shown = item(binder, denial, "specialist_letters")
    assert (shown.state, papers(shown)) == ("missing", [first])
    add("necessity_letter", "two.txt")
    assert item(binder, denial, "specialist_letters").state == "have"


def test_a_kind_that_is_too_general_needs_a_person_to_say_so(binder, denial, add):
    scan = add("other")
    assert item(binder, denial, "impact_statement").state == "missing"
    evidence.mark_proved(binder, denial.id, "impact_statement", scan)
    shown = item(binder, denial, "impact_statement")
    assert (shown.state, papers(shown), shown.marked) == ("have", [scan], {scan})
    evidence.take_paper_off(binder, denial.id, "impact_statement", scan)
    assert item(binder, denial, "impact_statement").state == "missing"


def test_the_letter_of_the_denial_ticks_its_item_whatever_its_kind(binder, denial, add):
    eob = add("eob")
    assert item(binder, denial, "denial_letter").state == "missing"
    with binder.operation("Name the letter") as work:
        work.denials.save(replace(denial, document_id=eob))
    assert papers(item(binder, denial, "denial_letter")) == [eob]


def test_an_unfiled_paper_is_filed_by_ticking_and_one_of_another_claim_is_refused(
    binder, denial, add
):
    loose = add(None, "loose.txt", claim_id=None)
    evidence.mark_proved(binder, denial.id, "studies", loose)
    assert papers(item(binder, denial, "studies")) == [loose]
    other = add("study", "other.txt", claim_id=open_claim(binder, "Knee scan").id)
    with pytest.raises(UserError, match="is filed under “Knee scan”"):
        evidence.mark_proved(binder, denial.id, "studies", other)
    trash.put_in_trash(binder, [("document", loose)])
    with pytest.raises(UserError, match="in the trash"):
        evidence.mark_proved(binder, denial.id, "studies", loose)


def test_what_was_asked_for_becomes_a_day_to_ask_again_and_is_done_with_the_paper(
    binder, denial, add
):
    evidence.mark_asked(
        binder, denial.id, "necessity_letter", of=" Dr.  Lind ", on=ASKED, again_on=AGAIN
    )
    shown = item(binder, denial, "necessity_letter")
    assert shown.state == "asked"
    assert (shown.asked.of, shown.asked.on, shown.asked.again_on) == ("Dr. Lind", ASKED, AGAIN)
    (due,) = [row for row in binder.ask(due_rows) if row.kind == "evidence"]
    assert (due.last_day, due.title) == (
        AGAIN, "Ask Dr. Lind again: Letter of medical necessity",
    )  # fmt: skip
    letter = add("other", "scan.txt")
    evidence.mark_proved(binder, denial.id, "necessity_letter", letter)
    assert not [row for row in binder.ask(due_rows) if row.kind == "evidence"]
    assert item(binder, denial, "necessity_letter").state == "have"
    binder.undo()
    assert [row.id for row in binder.ask(due_rows) if row.kind == "evidence"] == [due.id]


def test_asking_anew_moves_the_day_and_keeps_its_entry(binder, denial):
    ask = {"of": "the plan", "on": ASKED}
    evidence.mark_asked(binder, denial.id, "claim_file", **ask, again_on=AGAIN)
    (before,) = [row for row in binder.ask(due_rows) if row.kind == "evidence"]
    evidence.mark_asked(binder, denial.id, "claim_file", **ask, again_on=date(2026, 12, 20))
    (after,) = [row for row in binder.ask(due_rows) if row.kind == "evidence"]
    assert (after.id, after.last_day) == (before.id, date(2026, 12, 20))
    evidence.mark_asked(binder, denial.id, "claim_file", **ask)
    assert not [row for row in binder.ask(due_rows) if row.kind == "evidence"]


def test_papers_that_were_requested_by_law_count_as_asked_for_until_they_come(binder, denial):
    asked = ask_for(binder, denial.claim_id, "claim-file", ASKED, of="Harbor Mutual")
    shown = item(binder, denial, "claim_file")
    assert (shown.state, shown.asked.of, shown.asked.on) == ("asked", "Harbor Mutual", ASKED)
    assert shown.asked.is_request
    with binder.operation("They answered") as work:
        work.clocks.save(replace(asked.clock, answered_on=ASKED))
    assert item(binder, denial, "claim_file").state == "missing"


def test_what_does_not_apply_leaves_the_count_and_the_calendar(binder, denial):
    before = len(evidence.checklist(binder, denial.claim_id).counted)
    evidence.mark_asked(binder, denial.id, "studies", of="Dr. Lind", on=ASKED, again_on=AGAIN)
    evidence.mark_not_needed(binder, denial.id, "studies")
    shown = evidence.checklist(binder, denial.claim_id)
    assert shown.item("studies").state == "not_needed"
    assert not shown.item("studies").lacks
    assert len(shown.counted) == before - 1
    assert not [row for row in binder.ask(due_rows) if row.kind == "evidence"]
    evidence.clear_marks(binder, denial.id, "studies")
    assert item(binder, denial, "studies").state == "missing"


def test_a_paper_that_comes_by_its_kind_settles_the_day_to_ask_again(binder, denial, add):
    evidence.mark_asked(binder, denial.id, "studies", of="Dr. Lind", on=ASKED, again_on=AGAIN)
    assert evidence.settle_arrived(binder, denial.claim_id) == 0
    assert item(binder, denial, "studies").asked.again_on == AGAIN
    add("study")
    shown = item(binder, denial, "studies")
    assert (shown.state, shown.asked.again_on) == ("have", None)
    binder.undo()
    assert item(binder, denial, "studies").asked.again_on == AGAIN


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"of": " "}, "Say whom you asked"),
        ({"on": date(2026, 12, 1)}, "still to come"),
        ({"again_on": date(2026, 11, 1)}, "before the day you asked"),
        ({"again_on": date(3026, 11, 1)}, "cannot be right"),
        ({"item": "luck"}, "There is no item “luck”"),
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence(binder, denial, changes, words):
    given = {"item": "studies", "of": "Dr. Lind", "on": ASKED, "again_on": AGAIN, **changes}
    key = given.pop("item")
    with pytest.raises(UserError, match=words):
        evidence.mark_asked(binder, denial.id, key, **given)
    assert item(binder, denial, "studies").state == "missing"


def test_treatments_tick_the_list_and_only_proved_ones_tick_what_they_prove(
    binder, clock, denial, add
):
    failed = Treatment(
        id="t1", claim_id=denial.claim_id, what="Salt tablets", route="oral", outcome="no_effect",
        added_at=clock(),
    )  # fmt: skip
    with binder.operation("Add") as work:
        work.treatments.add(failed)
    shown = item(binder, denial, "treatments")
    assert (shown.state, shown.records) == ("have", "1 treatment listed")
    assert item(binder, denial, "failed_oral").state == "missing"
    note = add("other", "visit.txt")
    with binder.operation("Prove") as work:
        work.treatments.save(replace(failed, document_id=note))
    assert papers(item(binder, denial, "failed_oral")) == [note]
    with binder.operation("Helped") as work:
        work.treatments.save(replace(failed, document_id=note, outcome="helped"))
    assert item(binder, denial, "failed_oral").state == "missing"


def test_calls_and_a_form_that_holds_tick_their_items(binder, clock, claim, denial, add):
    assert item(binder, denial, "call_log").state == "missing"
    log_call(binder, claim_id=denial.claim_id, with_whom="Dana", note="on hold")
    assert item(binder, denial, "call_log").records == "1 call logged"
    form = add("other", "form.txt")
    helper = Representative(
        id="r1", person_id=claim.person_id, name="Ben Alvarez", document_id=form,
        signed_on=date(2026, 11, 1), added_at=clock(),
    )  # fmt: skip
    with binder.operation("Add") as work:
        work.representatives.add(helper)
    assert item(binder, denial, "representative_form").state == "missing"
    with binder.operation("Both signed") as work:
        work.representatives.save(replace(helper, accepted_on=date(2026, 11, 2)))
    assert papers(item(binder, denial, "representative_form")) == [form]


def test_an_approval_ticks_its_item_with_its_paper_once_it_was_given(
    binder, clock, book, claim, add
):
    answer = DenialAnswer(notice_on=date(2026, 11, 2), kind="prior_auth_missing")
    denial = record_denial(binder, book, claim.id, answer, confirmed=True).denial
    fax = add("other", "fax.txt")
    asked = Authorization(id="a1", claim_id=claim.id, document_id=fax, added_at=clock())
    with binder.operation("Asked") as work:
        work.authorizations.add(asked)
    assert item(binder, denial, "authorization").state == "missing"
    with binder.operation("Approved") as work:
        work.authorizations.save(replace(asked, status="approved"))
    assert papers(item(binder, denial, "authorization")) == [fax]


def test_proof_of_filing_is_needed_once_the_appeal_was_sent(binder, denial):
    assert not item(binder, denial, "proof_of_filing").lacks
    with binder.operation("Sent") as work:
        work.denials.save(replace(denial, standing="appealed"))
    assert item(binder, denial, "proof_of_filing").lacks


@pytest.mark.parametrize("kind", ["appeal_letter", "mail_receipt"])
def test_what_was_sent_for_an_earlier_denial_is_not_this_one_s(binder, denial, add, kind):
    key = {"appeal_letter": "appeal_letter", "mail_receipt": "proof_of_filing"}[kind]
    old = add(kind)
    with binder.operation("Date it") as work:
        work.documents.save(replace(work.documents.get(old), dated_on=date(2026, 9, 8)))
    assert item(binder, denial, key).state == "missing"
    new = add(kind, "new.txt")
    assert papers(item(binder, denial, key)) == [new]
    evidence.mark_proved(binder, denial.id, key, old)
    assert set(papers(item(binder, denial, key))) == {old, new}


def test_without_a_denial_or_its_reason_there_is_the_core_alone(binder, claim, book):
    core = {each.item.id for each in evidence.checklist(binder, claim.id).items}
    assert "criteria_met" not in core
    told = record_denial(binder, book, claim.id, DenialAnswer(kind="bad luck"), confirmed=False)
    shown = evidence.checklist(binder, claim.id)
    assert {each.item.id for each in shown.items} == core
    assert (shown.denial_id, shown.reasons, shown.unknown) == (told.denial.id, (), ("bad luck",))


def test_of_several_denials_the_open_one_is_meant_and_another_can_be_named(binder, book, denial):
    with binder.operation("Answered") as work:
        work.denials.save(replace(denial, standing="answered"))
    second = DenialAnswer(level=2, kind="step_therapy", notice_on=date(2026, 11, 18))
    newer = record_denial(binder, book, denial.claim_id, second, confirmed=True).denial
    assert evidence.checklist(binder, denial.claim_id).denial_id == newer.id
    named = evidence.checklist(binder, denial.claim_id, denial.id)
    assert named.reasons == ("medical_necessity",)
    other = open_claim(binder, "Knee scan")
    with pytest.raises(UserError, match="belongs to another claim"):
        evidence.checklist(binder, other.id, denial.id)


def test_each_deed_is_one_step_that_undo_takes_back(binder, denial, add):
    scan = add("other")
    for deed in (
        lambda: evidence.mark_asked(
            binder, denial.id, "studies", of="Dr. Lind", on=ASKED, again_on=AGAIN
        ),
        lambda: evidence.mark_not_needed(binder, denial.id, "studies"),
        lambda: evidence.mark_proved(binder, denial.id, "studies", scan),
    ):
        before = evidence.checklist(binder, denial.claim_id)
        deed()
        assert evidence.checklist(binder, denial.claim_id) != before
        binder.undo()
        assert evidence.checklist(binder, denial.claim_id) == before
