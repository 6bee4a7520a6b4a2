"""Sorting papers: one paper exactly as said, several as far as said, all in one undo step."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.errors import UserError
from app.jobs import Silent
from app.operations.claims import open_claim
from app.operations.intake import add_papers
from app.operations.people import add_person, add_plan
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import paper_row, paper_rows


@pytest.fixture
def ids(binder, paper) -> list[str]:
    rows = add_papers(binder, [paper("a.txt"), paper("b.txt"), paper("c.txt")], Silent())
    return [row.document_id for row in rows]


def test_one_paper_becomes_exactly_what_is_said(binder, ids):
    claim = open_claim(binder, "Infusions in March")
    day = date(2026, 3, 2)
    said = Sorting(kind="eob", claim_id=claim.id, dated_on=day, name=" The EOB ", note="call them")
    sort_papers(binder, ids[:1], said)
    row = binder.ask(paper_row, ids[0])
    assert (row.kind, row.claim, row.dated_on) == ("eob", "Infusions in March", day)
    assert (row.name, row.note) == ("The EOB", "call them")
    sort_papers(binder, ids[:1], Sorting(kind="eob", claim_id=claim.id))
    row = binder.ask(paper_row, ids[0])
    assert (row.dated_on, row.name, row.note) == (None, "The EOB", "")


def test_of_several_papers_only_what_is_said_changes(binder, ids):
    claim = open_claim(binder, "Infusions in March")
    sort_papers(binder, ids[:1], Sorting(kind="receipt", note="keep me"))
    sort_papers(binder, ids, Sorting(claim_id=claim.id, name="one name", note="one note"))
    rows = {row.id: row for row in binder.ask(paper_rows)}
    assert [rows[key].kind for key in ids] == ["receipt", None, None]
    assert {rows[key].name for key in ids} == {"a.txt", "b.txt", "c.txt"}
    assert rows[ids[0]].note == "keep me"
    assert {row.claim_id for row in rows.values()} == {claim.id}


def test_a_new_claim_is_opened_and_undone_together_with_the_filing(binder, ids):
    person = add_person(binder, "Ruth Alder")
    plan = add_plan(binder, "Meridian PPO", person_id=person.id)
    before = binder.ask(paper_rows)
    said = Sorting(kind="denial", new_claim="  The  scan ", patient_id=person.id)
    sort_papers(binder, ids[:2], said)
    (claim,) = binder.ask(claim_rows)
    assert (claim.title, claim.papers) == ("The scan", 2)
    assert (claim.patient_id, claim.plan_id) == (person.id, plan.id)
    assert binder.undo() == "File 2 papers"
    assert binder.ask(claim_rows) == ()
    assert binder.ask(paper_rows) == before


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Sorting(claim_id="nowhere"), "no claim"),
        (Sorting(kind="love letter"), "not a kind of paper"),
        (Sorting(new_claim="x", patient_id="nobody"), "no person"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_half_done(binder, ids, said, words):
    before = binder.ask(paper_rows)
    with pytest.raises(UserError, match=words):
        sort_papers(binder, ids, said)
    assert binder.ask(paper_rows) == before
    assert binder.ask(claim_rows) == ()


def test_no_paper_at_all_is_refused(binder):
    with pytest.raises(UserError, match="Choose a paper"):
        sort_papers(binder, [], Sorting(kind="eob"))
