"""What lies in the trash asks for nothing: its dates are nowhere until it is taken out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.operations import authorizations, calendar_file, claims, clocks, denials, trash
from app.operations.agenda import agenda
from app.operations.denials import DenialAnswer
from app.operations.rules import rule_book
from app.storage import calendar_exports
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import clock_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.find import find_anything
from app.storage.queries.story import claim_story

DAY = date(2026, 11, 21)


@pytest.fixture
def shown(binder, tmp_path):
    """Every place in which a date is shown, with how many there are."""

    def ask() -> dict[str, int]:
        file = tmp_path / "dates.ics"
        made = calendar_file.write_calendar(binder, file, details=True)
        listed = agenda(binder, rule_book(), DAY, include_settled=True)
        return {
            "agenda": len(listed.due),
            "undated": len(listed.undated),
            "deadlines": len(binder.ask(due_rows)),
            "running times": len(binder.ask(clock_rows)),
            "calendar file": made.entries,
            "calendar file, without its words": len(binder.ask(calendar_exports.open_entries)),
            "search": len(binder.ask(find_anything, "iron")),
            "file on the disk": file.read_text(encoding="utf-8").count("STATUS:CONFIRMED"),
        }

    return ask


@pytest.fixture
def approval(binder):
    known = {"until_on": date(2027, 5, 1), "renew_by": date(2027, 4, 1), "status": "approved"}
    return authorizations.add_authorization(binder, "iron", **known).authorization


def test_the_dates_of_an_approval_in_the_trash_are_nowhere(binder, approval, shown):
    before = shown()
    assert before["agenda"] == before["calendar file"] == 2
    trash.put_in_trash(binder, [("authorization", approval.id)])
    hidden = shown()
    assert set(hidden.values()) == {0}
    trash.restore(binder, [("authorization", approval.id)])
    assert shown() == before


def test_a_claim_shows_no_date_of_an_approval_in_the_trash(binder, approval):
    claim = claims.open_claim(binder, "Infusions")
    authorizations.change_authorization(binder, replace(approval, claim_id=claim.id))
    assert binder.ask(claim_rows)[0].next_due == approval.renew_by
    before = binder.ask(claim_story, claim.id)
    trash.put_in_trash(binder, [("authorization", approval.id)])
    assert binder.ask(claim_rows)[0].next_due is None
    assert not [line for line in binder.ask(claim_story, claim.id) if line.what == "deadline"]
    trash.restore(binder, [("authorization", approval.id)])
    assert binder.ask(claim_story, claim.id) == before


def test_the_dates_of_an_approval_that_is_deleted_forever_do_not_come_back(binder, approval, shown):
    trash.put_in_trash(binder, [("authorization", approval.id)])
    trash.delete_forever(binder, [("authorization", approval.id)])
    assert set(shown().values()) == {0}


def test_the_dates_of_a_claim_in_the_trash_are_nowhere(binder, approval, shown):
    claim = claims.open_claim(binder, "Iron infusions")
    authorizations.change_authorization(binder, replace(approval, claim_id=claim.id))
    said = DenialAnswer(letter_says="days", letter_days=90, notice_on=DAY)
    denials.record_denial(binder, rule_book(), claim.id, said, confirmed=True)
    denials.record_denial(binder, rule_book(), claim.id, DenialAnswer(), confirmed=False)
    clocks.ask_for(binder, claim.id, "claim-file", DAY)
    before = shown()
    assert all(before.values())
    trash.put_in_trash(binder, [("claim", claim.id)])
    assert set(shown().values()) == {0}
    trash.restore(binder, [("claim", claim.id)])
    assert shown() == before
