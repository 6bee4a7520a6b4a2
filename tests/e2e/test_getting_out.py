"""J3: a call with a promise; J4: the appeal goes out; J6: the year's HSA summary."""

from __future__ import annotations

from datetime import date

import pypdf

from app.binder import Binder
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.calls import call_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.records import claim_sendings
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
    for kind in ("denial", "necessity_letter", "receipt"):
        letter = text_pdf(tmp_path / f"{kind}.pdf", [f"This is the {kind}."])
        (taken,) = add_papers(prepared, [letter], Silent())
        sort_papers(prepared, [taken.document_id], Sorting(kind=kind, claim_id=home.claim.id))
    prepared.close()
    target = tmp_path / "appeal.pdf"

    def journey():
        yield person.choose("Claims")
        yield person.press("Make the bundle")
        yield person.look("1-papers")
        yield person.press("Move down")
        yield person.press("Make the PDF …")
        yield person.file(target)
        yield person.until("the PDF is open", lambda: desktop.opened == [target])
        yield person.look("2-made")
        yield person.press("We sent it …")
        yield person.fill("Tracking or confirmation number", "9407 1000")
        yield person.look("3-sent")
        yield person.press("Save")
        yield person.sees("Appeal sent")
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
    assert person.clicks <= 7, person.done
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert words.index("This is the necessity_letter.") < words.index("This is the denial.")
    assert "This is the receipt." not in words
    with Binder.open(binder_root) as binder:
        (sent,) = binder.ask(claim_sendings)
        assert (sent.tracking, sent.way) == ("9407 1000", "certified_mail")


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
