"""A bundle looked over before it goes out: what lacks, what is late, who signs, what is told."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image, ImageDraw

from app.domain.bundle import BlackBox
from app.domain.page import PageText, pack_page
from app.jobs import Silent
from app.operations import claims, criteria, denials, people, representatives
from app.operations.black_outs import set_black_outs
from app.operations.bundle_look import look_over
from app.operations.bundle_plan import NO_WISHES, Wishes, plan_bundle
from app.operations.denials import DenialAnswer
from app.operations.facts import SaidValue, say_facts
from app.operations.intake import Filing, add_papers
from app.operations.letter_papers import save_letter
from app.operations.preflight import UNKNOWN_WAY, Outgoing, preflight
from app.operations.preflight_learned import what_they_learn
from app.operations.reading import read_waiting
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts
from tests.importing.small_papers import PdfMaker, text_content

TODAY = date(2026, 11, 21)


@pytest.fixture
def home(binder, book):
    person = people.add_person(binder, "Rosa Alvarez", born_on=date(1960, 2, 3))
    plan = people.add_plan(
        binder, "Harbor Choice", person_id=person.id, insurer="Harbor Mutual", member_id="HMX 4471"
    )
    claim = claims.open_claim(
        binder, "Infusions", person_id=person.id, plan_id=plan.id, number="HM-118204"
    )
    answer = DenialAnswer(
        notice_on=date(2026, 10, 26), letter_says="date", letter_date=TODAY + timedelta(days=10)
    )
    denial = denials.record_denial(binder, book, claim.id, answer, confirmed=True).denial
    return person, plan, claim, denial


def add_pdf(binder, claim, folder, name: str, *pages: list[str], kind: str = "denial") -> str:
    maker = PdfMaker()
    for lines in pages:
        maker.page(text_content(lines))
    (row,) = add_papers(
        binder, [maker.save(folder / name)], Silent(), filing=Filing(claim.id, kind)
    )
    return row.document_id


def found(binder, claim, code: str, outgoing: Outgoing = UNKNOWN_WAY):
    plan = plan_bundle(binder, claim.id, today=TODAY)
    return [
        each for each in preflight(binder, claim.id, plan, outgoing=outgoing) if each.code == code
    ]


def test_missing_evidence_and_a_cover_with_holes_are_told(binder, home):
    claim = home[2]
    assert any(
        "medical necessity" in each.sentence for each in found(binder, claim, "missing_evidence")
    )
    told = " ".join(each.sentence for each in found(binder, claim, "cover"))
    assert "address for appeals" in told
    assert "member ID" not in told


def test_mail_that_arrives_after_the_last_day_is_told(binder, home):
    claim = home[2]
    assert found(binder, claim, "too_late", Outgoing(way="mail", mail_days=9)) == []
    (late,) = found(binder, claim, "too_late", Outgoing(way="mail", mail_days=11))
    assert late.is_grave
    assert "arrives on December 2, 2026" in late.sentence
    assert found(binder, claim, "too_late", Outgoing(way="fax", mail_days=11)) == []
    (ask,) = found(binder, claim, "mail_time", Outgoing(way="mail"))
    assert "How many days will the mail take?" in ask.sentence
    assert ask.is_grave


def test_what_is_needed_for_the_way_it_goes_is_missed(binder, home):
    claim = home[2]
    for way, what in (("fax", "fax number"), ("portal", "website"), ("mail", "address")):
        told = [each.sentence for each in found(binder, claim, "cover", Outgoing(way=way))]
        assert any(f"the {what} for appeals" in sentence for sentence in told)


def test_an_open_denial_without_a_last_day_is_told(binder, book, home):
    claim = claims.open_claim(binder, "Another")
    denials.record_denial(binder, book, claim.id, DenialAnswer(), confirmed=True)
    (unknown,) = found(binder, claim, "no_last_day")
    assert unknown.is_grave


def test_a_last_day_that_is_over_is_told_without_blame(binder, home):
    plan = plan_bundle(binder, home[2].id, today=TODAY + timedelta(days=11))
    (late,) = [each for each in preflight(binder, home[2].id, plan) if each.code == "too_late"]
    assert "You may still send it" in late.sentence


def test_who_signs_for_the_patient_needs_a_form_among_the_exhibits(binder, home, paper):
    person, _, claim, _ = home
    (form,) = add_papers(binder, [paper("form.txt")], Silent(), filing=Filing(claim.id))
    helper = representatives.add_representative(
        binder, person_id=person.id, name="Jonah Reed", document_id=form.document_id,
        signed_on=date(2026, 11, 2),
    )  # fmt: skip
    (finding,) = found(binder, claim, "no_valid_form")
    assert "Jonah Reed signs for Rosa Alvarez" in finding.sentence
    representatives.change_representative(binder, replace(helper, accepted_on=date(2026, 11, 3)))
    assert found(binder, claim, "no_valid_form") == []
    plan = plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(left_out=[form.document_id]))
    codes = [each.code for each in preflight(binder, claim.id, plan)]
    assert "form_left_out" in codes


def test_a_letter_without_a_signature_and_points_without_an_answer_are_told(binder, home):
    _, _, claim, denial = home
    assert len(found(binder, claim, "no_letter")) == 1
    save_letter(binder, claim.id, "appeal", "Our appeal", "Dear plan,", denial.id)
    (letter,) = found(binder, claim, "unsigned_letter")
    assert (letter.tab, letter.is_grave) == ("letters", True)
    for number in range(6):
        criteria.add_point(binder, denial.id, f"Point {number}")
    points = found(binder, claim, "unanswered")
    assert len(points) == 5
    assert points[-1].sentence.startswith("2 more")


def test_what_was_read_in_papers_raises_questions_with_their_page(binder, home, reader, tmp_path):
    claim = home[2]
    key = add_pdf(
        binder, claim, tmp_path, "letter.pdf",
        ["Dear Dana Whitfield,", "Page 1 of 3"], ["More words on this page. Page 2 of 3"],
    )  # fmt: skip
    read_waiting(binder, reader, Silent())
    (missing,) = found(binder, claim, "missing_page")
    assert (missing.document_id, missing.page) == (key, 2)
    say_facts(binder, key, [SaidValue(name="patient", value="Dana Whitfield", page=1)])
    (stranger,) = found(binder, claim, "other_person")
    assert (stranger.document_id, stranger.page) == (key, 1)
    plan = plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(pages={key: "2"}))
    assert "other_person" not in [each.code for each in preflight(binder, claim.id, plan)]


def drawn(*, ink: bool) -> bytes:
    """Return a page as the reader draws it: blank paper, grey at its edge, or a scribble on it."""
    page = Image.new("L", (160, 207), 250)
    draw = ImageDraw.Draw(page)
    draw.line((0, 0, 0, 207), fill=30, width=3)
    if ink:
        draw.ellipse((30, 30, 100, 80), outline=0, width=3)
    whole = io.BytesIO()
    page.save(whole, "PNG")
    return whole.getvalue()


def test_a_blank_page_is_seen_by_drawing_it(binder, home, paper):
    claim = home[2]
    added = add_papers(
        binder, [paper("blank.txt"), paper("scribble.txt")], Silent(),
        filing=Filing(claim.id, "medical_record"),
    )  # fmt: skip
    blank, scribble = (row.document_id for row in added)
    for key in (blank, scribble):
        (part,) = binder.ask(document_parts, key)
        empty = PageRecord(1, 612, 792, 0, "ocr", pack_page(PageText(1, "", "ocr")), "")
        with binder.deriving("Reading") as derived:
            derived.keep_pages(part.sha256, [empty])
            derived.finish(part.sha256, 1)
    looked = look_over(
        binder, claim.id, today=TODAY, draw=lambda key, *_: drawn(ink=key == scribble)
    )
    told = {each.code: each.document_id for each in looked.findings if each.page}
    assert told == {"blank": blank, "unreadable": scribble}
    assert looked.about.pages >= 2


def test_one_list_tells_what_a_stranger_learns(binder, home, reader, tmp_path):
    claim = home[2]
    key = add_pdf(
        binder, claim, tmp_path, "record.pdf",
        ["Visit of Rosa Alvarez", "DOB: 02/03/1960", "MRN: 5530-118", "Phone (614) 555-0188"],
        ["Card ending in 4471, write to rosa@example.com"],
        kind="medical_record",
    )  # fmt: skip
    read_waiting(binder, reader, Silent())

    def told(wishes: Wishes = NO_WISHES) -> dict[str, list[str]]:
        plan = plan_bundle(binder, claim.id, today=TODAY, wishes=wishes)
        rows: dict[str, list[str]] = {}
        for each in what_they_learn(binder, plan):
            rows.setdefault(each.what, []).append(each.words)
        return rows

    rows = told()
    assert "Rosa Alvarez" in rows["People"]
    assert "02/03/1960" in rows["Dates of birth"]
    assert "5530-118" in rows["Account and member numbers"]
    assert {"(614) 555-0188", "rosa@example.com"} <= set(rows["Addresses, phone numbers, e-mail"])
    assert "rosa@example.com" not in repr(told(Wishes(pages={key: "1"})))
    set_black_outs(binder, key, [BlackBox(page=1, x0=0, y0=0, x1=1, y1=1)])
    rows = told()
    assert "5530-118" not in repr(rows)
    assert "rosa@example.com" in repr(rows)
