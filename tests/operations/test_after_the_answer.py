"""After the answer: the next appeal is built from the last one, or what they owe is asked back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.bundle_choice import BundleChoice
from app.domain.criterion import Criterion, CriterionProof
from app.domain.errors import UserError
from app.domain.evidence_mark import EvidenceMark
from app.domain.money import Money
from app.jobs import Silent
from app.operations import claims, expenses, people
from app.operations.answers import AppealAnswer, record_answer
from app.operations.authorizations import add_authorization
from app.operations.denials import DenialAnswer, answer_of, change_denial, record_denial
from app.operations.intake import Filing, add_papers
from app.operations.next_appeal import NextAppeal, build_next_appeal, carries_over
from app.operations.sending_changes import add_proofs
from app.operations.sendings import record_sending
from app.operations.winning import ASK_AGAIN_AFTER, AskedBack, ask_back, note_settled, what_now
from app.storage.queries.dates import due_rows
from app.storage.queries.papers import document_parts, paper_row
from app.storage.queries.records import claim_records, denial_records

FIRST_NO, SENT_ON, ANSWERED_ON = date(2026, 8, 3), date(2026, 9, 1), date(2026, 10, 20)


@pytest.fixture
def claim(binder):
    rosa = people.add_person(binder, "Rosa Alvarez", relation="self")
    people.add_plan(
        binder, "Harbor Mutual", person_id=rosa.id, program="employer", funding="self",
        insurer="Harbor Mutual Health Plan",
    )  # fmt: skip
    return claims.open_claim(binder, "Infusions in March", person_id=rosa.id)


@pytest.fixture
def first(binder, book, claim):
    return record_denial(
        binder, book, claim.id, DenialAnswer(notice_on=FIRST_NO, reason="Not necessary."),
        confirmed=True,
    ).denial  # fmt: skip


@pytest.fixture
def papers(binder, claim, paper):
    files = [paper(name) for name in ("record.txt", "policy.txt", "receipt.txt")]
    taken = add_papers(binder, files, Silent(), filing=Filing(claim.id))
    return [each.document_id for each in taken]


@pytest.fixture
def argued(binder, first, papers):
    """The first appeal with its points, its proof and its marks."""
    record_, policy, _ = papers
    with binder.operation("Argue") as work:
        for position, (kind, quote, answer) in enumerate(
            (("reason", "Not necessary", "It is."), ("reason", "Too costly", "It is not."),
             ("criterion", "Two oral drugs failed", "They did."))
        ):  # fmt: skip
            work.criteria.add(
                Criterion(
                    id=f"c{position}", denial_id=first.id, kind=kind, position=position,
                    quote=quote, answer=answer,
                )
            )  # fmt: skip
        work.criterion_proofs.add(
            CriterionProof(id="p", criterion_id="c2", document_id=record_, page=1)
        )
        for key, item, state, document in (
            ("m1", "records", "proved", record_), ("m2", "studies", "not_needed", None),
            ("m3", "policy", "asked", None),
        ):  # fmt: skip
            work.evidence_marks.add(
                EvidenceMark(
                    id=key, denial_id=first.id, item=item, state=state, document_id=document,
                    added_at=binder.now(),
                )
            )  # fmt: skip
        work.bundle_choices.add(
            BundleChoice(id="b", claim_id=first.claim_id, document_id=policy, position=1)
        )
    return first


def answered(binder, book, denial, outcome, paper, papers):
    sent = record_sending(
        binder, denial.claim_id, SENT_ON, denial_id=denial.id, way="fax",
        files=[paper("appeal-1.txt"), paper("appeal-2.txt")],
    ).sending  # fmt: skip
    add_proofs(binder, sent.id, [papers[2]])
    return record_answer(
        binder, book, denial.id,
        AppealAnswer(outcome=outcome, on=ANSWERED_ON, reason="Not  necessary"),
    )  # fmt: skip


@pytest.fixture
def second(binder, book, argued, paper, papers):
    return answered(binder, book, argued, "upheld", paper, papers).follows.denial


def points(binder, denial_id):
    return [
        (each.kind, each.quote, each.answer)
        for each in binder.ask(denial_records, "criterion", denial_id)
    ]


def test_what_still_holds_is_carried_over_in_one_step(binder, second):
    known = carries_over(binder, second.id)
    assert (known.points, known.marks, known.reasons) == (1, 2, ("Not necessary",))
    built = build_next_appeal(
        binder, second.id, NextAppeal(news="A second doctor writes.", asks="24 infusions")
    )
    assert (built.points, built.marks, built.exhibits) == (2, 2, ())
    assert (built.denial.news, built.denial.asks) == ("A second doctor writes.", "24 infusions")
    assert points(binder, second.id) == [
        ("reason", "Not necessary", "It is."), ("criterion", "Two oral drugs failed", "They did."),
    ]  # fmt: skip
    marks = binder.ask(denial_records, "evidence_mark", second.id)
    assert {(each.item, each.state) for each in marks} == {
        ("records", "proved"), ("studies", "not_needed"),
    }  # fmt: skip
    assert binder.undo() == "Build the next appeal"
    assert points(binder, second.id) == []


def test_a_reason_that_is_new_is_asked_about_and_has_no_answer_yet(binder, second):
    build_next_appeal(binder, second.id, NextAppeal(reasons=("It is experimental.",)))
    assert points(binder, second.id)[0] == ("reason", "It is experimental.", "")


def test_a_proof_in_the_trash_is_not_carried_over(binder, second, papers):
    with binder.operation("Trash") as work:
        paper = work.documents.get(papers[0])
        work.documents.save(replace(paper, trashed_at=binder.now()))
    build_next_appeal(binder, second.id, NextAppeal())
    with binder.operation("Look") as work:
        (point,) = work.criteria.where(denial_id=second.id, kind="criterion")
        assert work.criterion_proofs.where(criterion_id=point.id) == ()


def test_the_earlier_packet_and_its_proof_go_in_by_choice(binder, second, papers):
    built = build_next_appeal(binder, second.id, NextAppeal(with_packet=True, with_proof=True))
    packet, proof = built.exhibits
    assert proof == papers[2]
    assert binder.ask(paper_row, packet).kind == "appeal_letter"
    names = [part.name for part in binder.ask(document_parts, packet)]
    assert names == ["appeal-1.txt", "appeal-2.txt"]
    chosen = {each.document_id: each for each in binder.ask(
        claim_records, "bundle_choice", second.claim_id)}  # fmt: skip
    assert (chosen[packet].included, chosen[proof].included) == ("in", "in")
    assert chosen[papers[1]].position == 1, "the order of the papers stays"


def test_built_twice_nothing_stands_twice(binder, second):
    given = NextAppeal(news="new", with_packet=True)
    first_time = build_next_appeal(binder, second.id, given)
    again = build_next_appeal(binder, second.id, given)
    assert (again.points, again.marks) == (0, 0)
    assert again.exhibits == first_time.exhibits


def test_the_answered_denial_leads_to_the_next_and_a_first_one_has_none(binder, second, first):
    assert carries_over(binder, first.id).denial.id == second.id
    assert carries_over(binder, second.id).sent.sending.denial_id == first.id


def test_a_first_denial_has_nothing_to_build_on(binder, first):
    with pytest.raises(UserError, match="no earlier appeal"):
        carries_over(binder, first.id)


# ------------------------------------------------------------------------------ a yes


@pytest.fixture
def won(binder, book, claim, argued, paper, papers):
    claims.change_claim(
        binder,
        replace(
            claim, asks_units=24, asks_unit="infusions", asks_from=date(2026, 3, 1),
            asks_until=date(2027, 2, 28),
        ),
    )  # fmt: skip
    for on, amount in ((date(2026, 3, 5), "75.00"), (date(2026, 8, 20), "50.25"), (None, "99")):
        expenses.enter_expense(binder, Money.parse(amount), paid_on=on, claim_id=claim.id)
    return answered(binder, book, argued, "overturned", paper, papers).denial


def test_a_yes_is_laid_beside_what_was_asked(binder, won):
    add_authorization(
        binder, "Infusions", claim_id=won.claim_id, denial_id=won.id, status="approved", units=12,
        unit="infusions", from_on=date(2026, 3, 1), until_on=date(2026, 12, 31),
        renew_by=date(2026, 12, 1),
    )  # fmt: skip
    now = what_now(binder, won.id)
    less = {row.what: (row.asked, row.approved, row.is_less) for row in now.compared}
    assert less["How many"] == ("24 infusions", "12 infusions", True)
    assert less["From"] == ("March 1, 2026", "March 1, 2026", False)
    assert less["Until"] == ("February 28, 2027", "December 31, 2026", True)
    assert now.renew_by == date(2026, 12, 1)


def test_without_an_approval_nothing_is_claimed_about_it(binder, won):
    now = what_now(binder, won.id)
    assert now.approval is None
    assert {row.is_less for row in now.compared} == {None}


def test_what_was_paid_while_fighting_is_summed(binder, won):
    now = what_now(binder, won.id)
    assert [(each.expense.amount.plain, each.while_fighting) for each in now.paid] == [
        ("75.00", False), ("50.25", True),
    ]  # fmt: skip
    assert (now.total.plain, now.fought.plain) == ("125.25", "50.25")


def test_what_they_owe_stands_in_the_calendar_until_it_is_there(binder, book, won):
    by = binder.today() + ASK_AGAIN_AFTER
    item, _ = ask_back(
        binder, won.id,
        AskedBack(what="refund", on=binder.today(), by=by, amount=Money.parse("50.25")),
        AskedBack(what="reprocess", on=binder.today(), by=by, of="Appeals"),
    )  # fmt: skip
    assert [(row.kind, row.last_day) for row in binder.ask(due_rows)] == [("settlement", by)] * 2
    assert "$50.25, asked of Harbor Mutual Health Plan" in item.title
    change_denial(binder, book, won.id, answer_of(won), confirmed=True)
    assert len(what_now(binder, won.id).owed) == 2, "a correction of the denial leaves them"
    note_settled(binder, item.id, binder.today(), amount=Money.parse("50.25"))
    done = [each for each in what_now(binder, won.id).owed if not each.is_open]
    assert [each.id for each in done] == [item.id]
    assert "$50.25 came on" in done[0].note
    with pytest.raises(UserError, match="settled already"):
        note_settled(binder, item.id, binder.today())


REFUSED = [
    ({"what": "apology"}, "none of these"),
    ({"on": date(2027, 1, 1), "by": date(2027, 2, 1)}, "still to come"),
    ({"by": date(2026, 9, 1)}, "before the day you asked"),
    ({"amount": Money.parse("0")}, "Enter the amount"),
]


def test_what_cannot_be_right_is_refused(binder, won):
    for changed, why in REFUSED:
        given = {"what": "refund", "on": ANSWERED_ON, "by": date(2026, 12, 1), **changed}
        with pytest.raises(UserError, match=why):
            ask_back(binder, won.id, AskedBack(**given))


def test_a_lost_appeal_owes_nothing(binder, second, first):
    with pytest.raises(UserError, match="not won yet"):
        what_now(binder, first.id)
