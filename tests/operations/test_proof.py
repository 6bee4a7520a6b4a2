"""“They say they never got it”: the packet that proves a sending."""

from __future__ import annotations

import hashlib
from datetime import date

import pypdf
import pytest

from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import calls, claims, people
from app.operations.intake import add_papers
from app.operations.proof import make_proof
from app.operations.sending_changes import add_proofs, confirm_sending, note_delivery
from app.operations.sendings import record_sending
from app.workers import WorkerPool
from tests.e2e.letters import text_pdf

TODAY = date(2026, 11, 21)


@pytest.fixture
def workers():
    with WorkerPool(2) as pool:
        yield pool


@pytest.fixture
def claim(binder):
    rosa = people.add_person(binder, "Rosa Alvarez", relation="self", born_on=date(1961, 4, 2))
    people.add_plan(
        binder, "Harbor Mutual", person_id=rosa.id, program="employer", member_id="HM-1",
        insurer="Harbor Mutual Health Plan", phone="555-0142",
    )  # fmt: skip
    return claims.open_claim(binder, "Infusions in March", person_id=rosa.id, number="2026-77")


@pytest.fixture
def sent(binder, claim, tmp_path):
    appeal = text_pdf(tmp_path / "appeal.pdf", ["Please look at it again."])
    return record_sending(
        binder, claim.id, date(2026, 9, 1), way="certified_mail", to="Harbor Mutual, Appeals",
        tracking="9407 1000", files=[appeal],
    ).sending  # fmt: skip


@pytest.fixture
def make(binder, workers, tmp_path):
    def run(sent, target=None):
        return make_proof(
            binder, workers, sent.id, target or tmp_path / "out", Silent(), today=TODAY
        )

    return run


def read(path):
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]
    return pages[0], " ".join(pages)


def test_the_packet_says_what_was_sent_and_holds_the_proof(binder, claim, sent, make, tmp_path):
    receipt = text_pdf(tmp_path / "green card.pdf", ["Signed: J. Doe"])
    (taken,) = add_papers(binder, [receipt], Silent())
    add_proofs(binder, sent.id, [taken.document_id])
    note_delivery(binder, sent.id, date(2026, 9, 4))
    call, _ = calls.log_call(
        binder, claim_id=claim.id, with_whom="Dana", note="I was in tears", reference="R-77"
    )
    confirm_sending(binder, sent.id, date(2026, 9, 10), "Dana", call_id=call.id)
    made = make(sent)
    packet, copy = made.files
    assert (made.problems, made.lacks) == ((), ())
    assert packet.path.name == "proof.pdf"
    assert copy.path.read_bytes() == (tmp_path / "appeal.pdf").read_bytes()
    first, every = read(packet.path)
    for words in (
        "Proof that this was sent", "Rosa Alvarez", "HM-1", "2026-77", "9407 1000",
        "September 4, 2026", "Dana on September 10, 2026, call reference R-77",
        "Certified mail", "appeal.pdf",
    ):  # fmt: skip
        assert words in first, words
    assert copy.sha256 in first.replace(" ", "")
    assert copy.sha256 == hashlib.sha256(copy.path.read_bytes()).hexdigest()
    assert "Signed: J. Doe" in every
    assert "tears" not in every, "what was noted of a call is private"


def test_only_calls_with_them_since_it_was_sent_go_in(binder, claim, sent, make):
    for whom, phone, reference in (
        ("Harbor Mutual Health Plan", "", "R-with"), ("Bob", "(555) 0142", "R-number"),
        ("My doctor", "555-0199", "R-other"),
    ):  # fmt: skip
        calls.log_call(binder, claim_id=claim.id, with_whom=whom, phone=phone, reference=reference)
    _, every = read(make(sent).files[0].path)
    assert "R-with" in every
    assert "R-number" in every
    assert "R-other" not in every


def test_a_damaged_copy_is_named_and_stays_out(binder, sent, make):
    (kept,) = (binder.root / "originals").iterdir()
    kept.chmod(0o600)
    kept.write_bytes(b"not what was sent")
    made = make(sent)
    (problem,) = made.problems
    assert "appeal.pdf" in problem
    assert "damaged" in problem
    assert [file.path.name for file in made.files] == ["proof.pdf"]
    first, _ = read(made.files[0].path)
    assert "could not be added" in first
    assert "have not changed" not in first


def test_what_the_proof_lacks_is_said(binder, claim, make):
    bare = record_sending(binder, claim.id, date(2026, 9, 1), way="fax").sending
    made = make(bare)
    assert [sentence.split(".")[0] for sentence in made.lacks] == [
        "No exact copy of what was sent was kept", "No proof yet: add the fax confirmation page",
    ]  # fmt: skip
    first, _ = read(made.files[0].path)
    assert "No exact copy" in first


def test_it_can_be_a_file_of_a_name_and_harms_nothing_beside_it(sent, make, tmp_path):
    place = tmp_path / "desk"
    place.mkdir()
    (place / "appeal.pdf").write_text("mine", encoding="utf-8")
    made = make(sent, place / "mailed.pdf")
    assert [file.path.name for file in made.files] == ["mailed.pdf", "appeal (2).pdf"]
    assert (place / "appeal.pdf").read_text(encoding="utf-8") == "mine"


def test_what_is_not_there_is_refused(binder, workers, sent, tmp_path):
    with pytest.raises(UserError, match="not found"):
        make_proof(binder, workers, "nothing", tmp_path, Silent(), today=TODAY)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="is a file"):
        make_proof(binder, workers, sent.id, tmp_path / "file", Silent(), today=TODAY)
