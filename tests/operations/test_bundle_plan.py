"""A bundle filled from the whole record, and what was chosen for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.bundle import BlackBox
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import (
    authorizations,
    claims,
    criteria,
    denials,
    diary,
    expenses,
    people,
    providers,
    representatives,
    treatments,
)
from app.operations.black_outs import set_black_outs
from app.operations.bundle_choices import PaperChoice, choose, chosen_for, parsed_pages
from app.operations.bundle_plan import Form, Wishes, plan_bundle
from app.operations.bundle_sizes import about_sizes
from app.operations.denials import DenialAnswer
from app.operations.intake import Filing, add_papers
from app.operations.letter_papers import keep_letter, save_letter
from app.operations.preflight import preflight
from app.operations.trash import put_in_trash
from app.storage.queries.bundles import black_outs_of
from app.storage.queries.records import claim_records

TODAY = date(2026, 11, 21)


@pytest.fixture
def home(binder, book):
    """Rosa with her plan, her claim and an open denial."""
    person = people.add_person(
        binder, "Rosa Alvarez", born_on=date(1960, 2, 3), address="14 Larkspur Lane\nMillbrook, OH",
        phone="(614) 555-0133",
    )  # fmt: skip
    plan = people.add_plan(
        binder, "Harbor Choice", person_id=person.id, insurer="Harbor Mutual", member_id="HMX 4471",
        subscriber="Luis Alvarez", program="employer",
    )  # fmt: skip
    doctor = providers.add_provider(
        binder, name="Priya Natarajan", credentials="MD", npi="1234567893"
    )
    place = providers.add_provider(binder, name="Cedar Hollow Infusion Center", kind="facility")
    claim = claims.open_claim(
        binder, "Infusions", person_id=person.id, plan_id=plan.id, number="HM-118204",
        asks_for="Approve 12 visits.", provider_id=doctor.id, facility_id=place.id,
        service_codes="96360 J7030", diagnosis_codes="G90.A",
    )  # fmt: skip
    answer = DenialAnswer(notice_on=date(2026, 10, 26), reason="Not necessary", urgent="yes")
    denial = denials.record_denial(binder, book, claim.id, answer, confirmed=True).denial
    return person, plan, claim, denial


@pytest.fixture
def added(binder, home, paper):
    def add(name: str, kind: str | None = None) -> str:
        (row,) = add_papers(binder, [paper(name)], Silent(), filing=Filing(home[2].id, kind))
        return row.document_id

    return add


def names(plan):
    return [exhibit.name for exhibit in plan.exhibits]


def test_the_cover_is_filled_from_the_record(binder, home):
    claim = home[2]
    authorizations.add_authorization(binder, claim_id=claim.id, number="PA-26-01")
    cover = plan_bundle(binder, claim.id, today=TODAY).cover
    assert cover.sender == ("Rosa Alvarez", "14 Larkspur Lane", "Millbrook, OH", "(614) 555-0133")
    assert (cover.subscriber, cover.provider, cover.provider_npi, cover.facility) == (
        "Luis Alvarez", "Priya Natarajan, MD", "1234567893", "Cedar Hollow Infusion Center",
    )  # fmt: skip
    assert (cover.service_codes, cover.diagnosis_codes) == (("96360", "J7030"), ("G90.A",))
    assert cover.reference_numbers == ("Authorization PA-26-01",)
    assert (cover.asked, cover.denial_words) == ("Approve 12 visits.", "Not necessary")
    assert (cover.signer, cover.representative, cover.expedited) == ("Rosa Alvarez", (), False)


def test_who_speaks_for_the_patient_signs(binder, home):
    person, _, claim, _ = home
    representatives.add_representative(
        binder, person_id=person.id, name="Jonah Reed", relation="spouse", phone="(614) 555-0177"
    )
    cover = plan_bundle(binder, claim.id, today=TODAY).cover
    assert cover.signer == "Jonah Reed"
    assert cover.representative == ("Jonah Reed (spouse)", "(614) 555-0177")
    choose(binder, claim.id, [], ["patient_signs"])
    plan = plan_bundle(binder, claim.id, today=TODAY)
    assert (plan.cover.signer, plan.cover.representative) == ("Rosa Alvarez", ())
    codes = [found.code for found in preflight(binder, claim.id, plan)]
    assert "no_valid_form" not in codes


def test_the_form_of_who_may_speak_goes_along_wherever_it_is_filed(binder, home, added, paper):
    person, _, claim, _ = home
    added("letter.txt", "denial")
    (form,) = add_papers(binder, [paper("form.txt")], Silent())
    (other,) = add_papers(binder, [paper("other.txt")], Silent())
    representatives.add_representative(
        binder, person_id=person.id, name="Jonah Reed", document_id=form.document_id
    )
    assert names(plan_bundle(binder, claim.id, today=TODAY)) == ["letter.txt", "form.txt"]
    choose(binder, claim.id, [PaperChoice(document_id=form.document_id, goes_in=False)])
    assert names(plan_bundle(binder, claim.id, today=TODAY)) == ["letter.txt"]
    with pytest.raises(UserError, match="not filed under this claim"):
        plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(put_in=[other.document_id]))


def test_another_denial_can_be_answered_than_the_newest(binder, book, home):
    _, _, claim, first = home
    answer = DenialAnswer(notice_on=date(2026, 11, 2), level=2, reason="Still not")
    denials.record_denial(binder, book, claim.id, answer, confirmed=True)
    assert plan_bundle(binder, claim.id, today=TODAY).cover.level == "Second appeal"
    cover = plan_bundle(binder, claim.id, today=TODAY, denial_id=first.id).cover
    assert (cover.level, cover.denial_words) == ("First appeal", "Not necessary")
    other = claims.open_claim(binder, "Another")
    with pytest.raises(UserError, match="another claim"):
        plan_bundle(binder, other.id, today=TODAY, denial_id=first.id)


def test_points_and_treatments_name_their_proof_as_far_as_it_is_in(binder, home, added):
    _, _, claim, denial = home
    record, receipt = added("record.txt", "medical_record"), added("slip.txt", "card_slip")
    criteria.add_point(
        binder, denial.id, "Two medicines failed", answer="Both did",
        proofs=[(record, 1), (receipt, None)],
    )  # fmt: skip
    treatments.add_treatment(
        binder, claim_id=claim.id, what="Midodrine", route="oral", dose="5 mg", began="2024-05",
        ended="2024-09", outcome="no_effect", document_id=record, page=1,
    )  # fmt: skip
    plan = plan_bundle(binder, claim.id, today=TODAY)
    (row,) = plan.criteria
    assert (row.quote, row.answer) == ("Two medicines failed", "Both did")
    assert [(place.document_id, place.page) for place in row.proofs] == [(record, 1)]
    (tried,) = plan.treatments
    assert (tried.what, tried.how, tried.when, tried.outcome) == (
        "Midodrine", "by mouth", "May 2024 to September 2024", "It did not help",
    )  # fmt: skip
    assert tried.proof.page == 1
    story = [(row.on, row.when, row.what) for row in plan.story if "Midodrine" in row.text]
    assert story == [(None, "May 2024", "Treatment")]
    without = plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(left_out=[record]))
    assert without.criteria[0].proofs == ()
    assert without.treatments[0].proof is None


def test_the_letter_stands_in_the_bundle_once(binder, home):
    _, _, claim, denial = home
    letter = save_letter(binder, claim.id, "appeal", "Our appeal", "Dear plan,", denial.id)
    assert plan_bundle(binder, claim.id, today=TODAY).letter == "Dear plan,"
    kept = keep_letter(binder, letter.id)
    plan = plan_bundle(binder, claim.id, today=TODAY)
    assert plan.letter == ""
    assert [exhibit.document_id for exhibit in plan.exhibits] == [kept.document_id]
    put_in_trash(binder, [("document", kept.document_id)])
    assert plan_bundle(binder, claim.id, today=TODAY).letter == "Dear plan,"


def test_a_page_that_stays_out_is_not_cited(binder, home, added):
    _, _, claim, denial = home
    record = added("record.txt", "medical_record")
    criteria.add_point(binder, denial.id, "A point", answer="Yes", proofs=[(record, 1)])
    plan = plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(pages={record: "2-3"}))
    assert plan.exhibits[0].pages == (2, 3)
    assert plan.criteria[0].proofs[0].page is None


def test_what_is_kept_for_oneself_goes_in_only_by_choice(binder, home, added):
    claim = home[2]
    added("letter.txt", "denial")
    diary.add_line(binder, claim_id=claim.id, on=date(2026, 5, 1), text="Fainted twice", score=8)
    expenses.enter_expense(
        binder, expenses.Money(4100), provider="Lab", paid_on=date(2026, 5, 2), claim_id=claim.id
    )
    assert "Fainted" not in repr(plan_bundle(binder, claim.id, today=TODAY))
    choose(binder, claim.id, [], ["diary", "payments"])
    plan = plan_bundle(binder, claim.id, today=TODAY)
    assert [(row.text, row.score) for row in plan.diary] == [("Fainted twice", 8)]
    assert any("$41.00" in row.text for row in plan.story)
    choose(binder, claim.id, [], [])
    assert "Fainted" not in repr(plan_bundle(binder, claim.id, today=TODAY))


def test_a_paper_without_a_kind_that_money_was_entered_from_stays_out(binder, home, added):
    claim = home[2]
    photo, bill = added("IMG_1.txt"), added("bill.txt", "itemized_bill")
    for key in (photo, bill):
        expenses.enter_expense(
            binder, expenses.Money(500), provider="Lab", claim_id=claim.id, document_id=key
        )
    assert names(plan_bundle(binder, claim.id, today=TODAY)) == ["bill.txt"]


def test_what_was_chosen_lasts_as_one_step(binder, home, added):
    claim = home[2]
    letter, record = added("letter.txt", "denial"), added("record.txt", "medical_record")
    slip = added("slip.txt", "card_slip")
    choose(
        binder,
        claim.id,
        [
            PaperChoice(document_id=slip, goes_in=True, ink="black"),
            PaperChoice(document_id=record, goes_in=False),
            PaperChoice(document_id=letter, goes_in=True, pages="2, 1"),
        ],
    )
    plan = plan_bundle(binder, claim.id, today=TODAY)
    assert [(each.document_id, each.pages, each.ink) for each in plan.exhibits] == [
        (slip, None, "black"), (letter, (2, 1), ""),
    ]  # fmt: skip
    assert binder.undo() == "Choose what goes in"
    assert names(plan_bundle(binder, claim.id, today=TODAY)) == ["letter.txt", "record.txt"]


def test_what_is_as_usual_leaves_nothing_behind(binder, home, added):
    claim = home[2]
    added("letter.txt", "denial")
    added("slip.txt", "card_slip")
    chosen = chosen_for(binder, claim.id)
    usual = [chosen.choices[paper.id] for paper in chosen.papers]
    choose(binder, claim.id, usual)
    assert binder.ask(claim_records, "bundle_choice", claim.id) == ()
    assert binder.labels().undo != "Choose what goes in"


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", None), (" 1-3, 5 ", (1, 2, 3, 5)), ("7", (7,)), ("2–3,2", (2, 3)), ("3,1", (3, 1))],
)
def test_pages_are_written_as_people_write_them(text, pages):
    assert parsed_pages(text) == pages


@pytest.mark.parametrize("text", ["0", "3-1", "a", "1,,2", "1-", "-1", "1-999999"])
def test_what_names_no_pages_is_refused(text):
    with pytest.raises(UserError, match="names no pages"):
        parsed_pages(text)


def test_a_choice_that_cannot_be_is_refused_whole(binder, home, added):
    claim, letter = home[2], added("letter.txt", "denial")
    for wrong, match in (
        (PaperChoice(document_id=letter, goes_in=True, pages="x"), "names no pages"),
        (PaperChoice(document_id=letter, goes_in=True, ink="green"), "no ink"),
        (PaperChoice(document_id="nothing", goes_in=True), "not filed under this claim"),
    ):
        with pytest.raises(UserError, match=match):
            choose(binder, claim.id, [wrong])
    with pytest.raises(UserError, match="no part of a bundle"):
        choose(binder, claim.id, [], ["everything"])
    with pytest.raises(UserError, match="no profile"):
        plan_bundle(binder, claim.id, today=TODAY, form=Form(profile="pigeon"))


def test_black_boxes_belong_to_the_paper_and_are_set_as_a_whole(binder, home, added):
    claim, letter = home[2], added("letter.txt", "denial")
    first = BlackBox(page=1, x0=0.5, y0=0.4, x1=0.1, y1=0.2)
    set_black_outs(binder, letter, [first, BlackBox(page=2, x0=0, y0=0, x1=1, y1=1.5)])
    (exhibit,) = plan_bundle(binder, claim.id, today=TODAY).exhibits
    assert exhibit.black_outs == (
        BlackBox(page=1, x0=0.1, y0=0.2, x1=0.5, y1=0.4),
        BlackBox(page=2, x0=0, y0=0, x1=1, y1=1),
    )
    kept = binder.ask(black_outs_of, [letter])[0].id
    set_black_outs(binder, letter, [first])
    (left,) = binder.ask(black_outs_of, [letter])
    assert left.id == kept
    assert binder.undo() == "Black out"
    assert len(binder.ask(black_outs_of, [letter])) == 2
    with pytest.raises(UserError, match="too small"):
        set_black_outs(binder, letter, [BlackBox(page=1, x0=0.1, y0=0.1, x1=0.1, y1=0.5)])


def test_about_how_much_it_will_be_is_told_for_each_way(binder, home, added):
    claim = home[2]
    for name in ("letter.txt", "record.txt"):
        added(name, "medical_record")
    told = {
        profile: about_sizes(
            binder, plan_bundle(binder, claim.id, today=TODAY, form=Form(profile=profile))
        )
        for profile in ("print", "portal", "fax", "reviewer")
    }
    assert told["print"].pages in range(6, 12)
    assert told["print"].bytes in range(100_000, 300_000)
    assert {name: each.parts for name, each in told.items()} == dict.fromkeys(told, 1)
    small = Form(profile="fax", max_pages=4)
    plan = plan_bundle(binder, claim.id, today=TODAY, form=small)
    assert about_sizes(binder, plan).parts in (2, 3)
    assert about_sizes(binder, replace(plan, profile="portal", max_bytes=130_000)).parts > 1
