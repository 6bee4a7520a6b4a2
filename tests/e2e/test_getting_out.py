"""J3: a call; J4, J5: the appeal goes out and is proved; J6: the summary; J8: the next appeal."""

from __future__ import annotations

from datetime import date

import pypdf

from app.binder import Binder
from app.jobs import Silent
from app.operations.criteria import add_point
from app.operations.intake import add_papers
from app.operations.sendings import record_sending
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.calls import call_rows
from app.storage.queries.clocks import claim_denials
from app.storage.queries.dates import due_rows
from app.storage.queries.sendings import sent_rows
from app.storage.vault import digest_of
from tests.e2e.letters import text_pdf
from tests.ui.household import deny, pay, rosas_household


def test_j3_a_call_with_a_promise_takes_three_clicks(live, person, prepared, binder_root):
    rosas_household(prepared)
    prepared.close()

    def journey():
        yield person.press("Log a call")
        yield person.fill("Whom did you speak with?", "Dana at Harbor Mutual")
        yield person.fill("What was said?", "They will look at it again.")
        yield person.fill("Reference number", "R-4471")
        yield person.fill("What did they promise?", "A letter with the policy")
        yield person.fill("Until when?", "9/4")
        yield person.look("1-call")
        yield person.press("Save the call")
        yield person.sees("Their promise stands in the calendar on Friday, September 4.")
        yield person.look("2-saved")
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 3, person.done
    with Binder.open(binder_root) as binder:
        (call,) = binder.ask(call_rows)
        assert (call.with_whom, call.reference) == ("Dana at Harbor Mutual", "R-4471")
        assert [row.last_day for row in binder.ask(due_rows)] == [date(2026, 9, 4)]


def test_j4_the_appeal_goes_out_in_seven_clicks(
    live, person, prepared, binder_root, tmp_path, desktop
):
    home = rosas_household(prepared)
    deny(prepared, home.claim)
    papers_of(prepared, home, tmp_path, "denial", "necessity_letter", "receipt")
    prepared.close()
    target = tmp_path / "appeal.pdf"

    def journey():
        yield person.choose("Claims")
        yield person.press("Get the appeal out")
        yield person.look("1-papers")
        yield person.key("Tab")
        yield person.key("Alt+Down")
        yield person.choose("Check")
        yield person.sees("medical record")
        yield person.look("2-check")
        yield person.press("Make the PDF …")
        yield person.file(target)
        yield person.until("the PDF is open", lambda: desktop.opened == [target])
        yield person.look("3-made")
        yield person.press("How was it sent? …")
        yield person.fill("Tracking or confirmation number", "9407 1000")
        yield person.look("4-sent")
        yield person.press("Save")
        yield person.sees("Appeal sent")
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 7, person.done
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert words.index("This is the necessity_letter.") < words.index("This is the denial.")
    assert "This is the receipt." not in words
    with Binder.open(binder_root) as binder:
        (sent,) = binder.ask(sent_rows)
        assert (sent.sending.tracking, sent.sending.way) == ("9407 1000", "certified_mail")
        (file,) = sent.files
        assert file.sha256 == digest_of(target), "its exact bytes are kept with what was sent"
        assert sent.pages == len(pypdf.PdfReader(target).pages)


def papers_of(binder, home, folder, *kinds):
    """File a small letter of each kind under the claim; return their ids."""
    ids = []
    for kind in kinds:
        letter = text_pdf(folder / f"{kind}.pdf", [f"This is the {kind}."])
        (taken,) = add_papers(binder, [letter], Silent())
        sort_papers(binder, [taken.document_id], Sorting(kind=kind, claim_id=home.claim.id))
        ids.append(taken.document_id)
    return ids


def sent_in_march(binder, home, folder, proof):
    """A first appeal that went out as a file of its own, with a proof; return its denial."""
    denial = deny(binder, home.claim, notice_on=date(2026, 3, 3), letter_days=180).denial
    add_point(binder, denial.id, "Two oral drugs have failed.", answer="Both failed in 2025.")
    record_sending(
        binder, home.claim.id, date(2026, 3, 20), denial_id=denial.id, way="certified_mail",
        to="Harbor Mutual, Appeals", tracking="9407 1000", proofs=[proof],
        files=[text_pdf(folder / "first appeal.pdf", ["Our first appeal, as it was sent."])],
    )  # fmt: skip
    return denial


def test_j5_they_never_got_it_takes_four_clicks(
    live, person, prepared, binder_root, tmp_path, desktop
):
    home = rosas_household(prepared)
    (receipt,) = papers_of(prepared, home, tmp_path, "mail_receipt")
    sent_in_march(prepared, home, tmp_path, receipt)
    prepared.close()
    place = tmp_path / "desk"
    place.mkdir()
    packets = [
        place / "Proof 2026-03-20" / "proof.pdf",
        place / "Proof 2026-03-20 (2)" / "proof.pdf",
    ]

    def journey():
        yield person.rest()
        yield person.look("1-today")
        yield person.press("They never got it: proof …")
        yield person.file(place)
        yield person.until("the proof is open", lambda: desktop.opened == packets[:1])
        clicks.append(person.clicks)
        yield person.choose("Sent")
        yield person.look("2-sent")
        yield person.press("They never got it: proof …")
        yield person.file(place)
        yield person.until("the proof is open", lambda: desktop.opened == packets)
        clicks.append(person.clicks - clicks[0])
        yield person.leave()

    clicks: list[int] = []
    assert live(journey(), "--binder", binder_root) == 0
    assert max(clicks) <= 4, person.done
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(packets[0]).pages)
    for each in ("Proof that this was sent", "9407 1000", "This is the mail_receipt."):
        assert each in words
    beside = packets[0].parent / "first appeal.pdf"
    assert beside.read_bytes() == (tmp_path / "first appeal.pdf").read_bytes()


def test_j8_the_second_appeal_is_built_from_the_first_in_ten_clicks(
    live, person, prepared, binder_root, tmp_path, desktop
):
    home = rosas_household(prepared)
    receipt, *_ = papers_of(prepared, home, tmp_path, "mail_receipt", "denial", "necessity_letter")
    first = sent_in_march(prepared, home, tmp_path, receipt)
    prepared.close()
    target = tmp_path / "second.pdf"

    def journey():
        yield person.choose("Claims")
        yield person.press("They answered …")
        yield person.pick("What did they answer?", "They said no again")
        yield person.fill("Date on the letter", "8/3")
        yield person.fill("What reason do they give?", "The dose is too high.")
        yield person.look("1-answer")
        yield person.press("Save the answer")
        yield person.press("Build the next appeal …")
        yield person.fill("What is new since the last appeal?", "A second doctor writes.")
        yield person.tick("Put the last appeal in, as it was sent")
        yield person.look("2-next")
        yield person.press("Build it")
        yield person.press("Get the appeal out")
        yield person.look("3-papers")
        yield person.press("Make the PDF …")
        yield person.file(target)
        yield person.until("the PDF is open", lambda: desktop.opened == [target])
        yield person.look("4-made")
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 10, person.done
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    for each in (
        "Our first appeal, as it was sent.", "Two oral drugs have failed.", "Both failed in 2025.",
        "The dose is too high.",
    ):  # fmt: skip
        assert each in " ".join(words.split()), each
    with Binder.open(binder_root) as binder:
        second = next(
            each for each in binder.ask(claim_denials, home.claim.id) if each.follows_id == first.id
        )
        assert (second.news, second.standing) == ("A second doctor writes.", "open")


def test_j6_the_hsa_summary_takes_three_clicks(
    live, person, prepared, binder_root, tmp_path, desktop
):
    home = rosas_household(prepared)
    pay(prepared, home.claim, "75.00", date(2026, 3, 5))
    prepared.close()
    target = tmp_path / "hsa.pdf"

    def journey():
        yield person.choose("Money")
        yield person.look("1-money")
        yield person.press("HSA summary of the year …")
        yield person.file(target)
        yield person.until("the PDF is open", lambda: desktop.opened == [target])
        yield person.look("2-made")
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 3, person.done
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert "$75.00" in words
