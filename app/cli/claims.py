"""Commands on claims, people and plans."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from app.cli.answer import Answer, table
from app.cli.care_people import care_of_claim, care_row
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none
from app.domain.errors import UserError
from app.operations.claims import open_claim
from app.operations.people import add_person, add_plan
from app.storage.queries.claims import ClaimRow, claim_rows
from app.storage.queries.story import claim_story


@with_binder
def claims(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command is told
    """List the claims."""
    found = desk.binder.ask(claim_rows)
    lines = table(
        ("claim", "title", "patient", "plan", "status", "next date"),
        (
            (row.id, row.title, row.patient, row.plan, row.status,
             "needs a date" if row.needs_date else row.next_due)
            for row in found
        ),
    )  # fmt: skip
    return Answer([_row(row) for row in found], lines)


def _row(row: ClaimRow) -> dict[str, Any]:
    return {
        "claim": row.id,
        "title": row.title,
        "patient": row.patient,
        "plan": row.plan,
        "status": row.status,
        "patient_id": row.patient_id,
        "plan_id": row.plan_id,
        "number": row.number,
        "provider": row.provider,
        "service_on": row.service_on and row.service_on.isoformat(),
        "next_due": row.next_due and row.next_due.isoformat(),
        "needs_date": row.needs_date,
        "papers": row.papers,
    }


@with_binder
def claim(desk: Desk, words: Namespace) -> Answer:
    """Show one claim with its story."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    rows = desk.binder.ask(claim_rows, claim_id)
    if not rows:
        raise UserError("This claim lies in the trash. Restore it first: claimbinder untrash.")
    story = [
        {
            "on": line.on.isoformat(),
            "what": line.what,
            "id": line.id,
            "text": line.text,
            "detail": line.detail or None,
            "document": line.document_id,
            "private": line.is_private,
            "hidden": line.is_hidden,
        }
        for line in desk.binder.ask(claim_story, claim_id)
    ]
    row = rows[0]
    head = ", ".join(word for word in (row.title, row.patient, row.plan, row.status) if word)
    lines = [head, *(f"{line['on']}  {line['what']:<9}  {line['text']}" for line in story)]
    return Answer({**_row(row), **care_row(desk.binder, claim_id), "story": story}, lines)


@with_binder
def claim_new(desk: Desk, words: Namespace) -> Answer:
    """Open a claim."""
    known = _said(words, ("number", "provider", "asks_for", "note"))
    opened = open_claim(
        desk.binder,
        words.title,
        person_id=id_or_none(desk.binder, "person", words.patient),
        plan_id=id_or_none(desk.binder, "plan", words.plan),
        service_on=words.service_date,
        **known,
        **care_of_claim(desk.binder, words),
    )
    return Answer({"claim": opened.id}, [f"Opened “{opened.title}”: {opened.id}"])


@with_binder
def person_new(desk: Desk, words: Namespace) -> Answer:
    """Add a person."""
    person = add_person(
        desk.binder,
        words.name,
        relation=words.relation,
        born_on=words.born,
        **_said(words, ("address", "phone")),
    )
    return Answer({"person": person.id}, [f"Added {person.name}: {person.id}"])


@with_binder
def plan_new(desk: Desk, words: Namespace) -> Answer:
    """Add a plan."""
    names = (
        "program", "funding", "state", "member_id", "group_number", "insurer", "appeal_address",
        "appeal_fax", "from_on", "until_on", "phone", "subscriber", "portal", "regulator",
    )  # fmt: skip
    person_id = id_or_none(desk.binder, "person", words.person)
    plan = add_plan(desk.binder, words.name, person_id=person_id, **_said(words, names))
    return Answer({"plan": plan.id}, [f"Added {plan.name}: {plan.id}"])


def _said(words: Namespace, names: Iterable[str]) -> dict[str, Any]:
    """Return only what was said, so that the record's own defaults hold for the rest."""
    return {name: value for name in names if (value := getattr(words, name)) is not None}
