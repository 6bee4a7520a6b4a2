"""Commands on doctors and places of care, and on who may speak for a patient."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.cli.answer import Answer, table
from app.cli.care import said, said_links, said_texts
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, record_of
from app.domain.claim import Claim
from app.domain.errors import UserError
from app.domain.person import Person
from app.domain.provider import Provider
from app.domain.representative import Representative
from app.operations.people import change_person
from app.operations.providers import add_provider, change_provider
from app.operations.representatives import add_representative, change_representative
from app.storage.queries.care import Speaker, all_providers, speakers
from app.storage.queries.records import all_people, record

_PROVIDER_TEXTS: Final = (
    "name", "kind", "setting", "network", "npi", "specialty", "credentials", "license",
    "accreditation", "compounding", "address", "phone", "fax", "note",
)  # fmt: skip
_SPEAKER_TEXTS: Final = ("name", "relation", "address", "phone", "note")
_SPEAKER_DAYS: Final = ("signed_on", "accepted_on", "sent_on", "valid_until")
_SPEAKER_LINKS: Final = {
    "person_id": ("patient", "person"),
    "helper_id": ("helper", "person"),
    "plan_id": ("plan", "plan"),
    "document_id": ("form", "document"),
}
_CLAIM_LINKS: Final = {
    "provider_id": ("provider_id", "provider"),
    "facility_id": ("facility", "provider"),
}


def care_of_claim(binder: Binder, words: Namespace) -> dict[str, Any]:
    """Return the fields of a claim on who gives the care, its codes and how much is asked for.

    A provider named in words takes the place of one that was chosen before.
    """
    found = {
        **said_texts(words, ("diagnosis_codes", "service_codes", "asks_unit")),
        **said(words, ("asks_units", "asks_from", "asks_until")),
        **said_links(binder, words, _CLAIM_LINKS),
    }
    return {"provider_id": None, **found} if words.provider is not None else found


def care_row(binder: Binder, claim_id: str) -> dict[str, Any]:
    """Return who gives the care of a claim, its codes and what is asked for, as `claim` prints."""
    claim: Claim | None = binder.ask(record, "claim", claim_id)
    if claim is None:
        return {}
    facility = binder.ask(record, "provider", claim.facility_id) if claim.facility_id else None
    return {
        "provider_id": claim.provider_id,
        "facility_id": claim.facility_id,
        "facility": facility and facility.name,
        "diagnosis_codes": claim.diagnosis_codes.split(),
        "service_codes": claim.service_codes.split(),
        "asks_for": claim.asks_for or None,
        "asks_units": claim.asks_units,
        "asks_unit": claim.asks_unit or None,
        "asks_from": iso(claim.asks_from),
        "asks_until": iso(claim.asks_until),
    }


@with_binder
def person_change(desk: Desk, words: Namespace) -> Answer:
    """Change a person; what is not named stays: `{"person": id}`."""
    before: Person = record_of(desk.binder, "person", words.person)
    texts = said_texts(words, ("name", "relation", "note", "address", "phone"))
    person = change_person(desk.binder, replace(before, **texts, **said(words, ("born_on",))))
    return Answer({"person": person.id}, [f"Changed {person.name}."])


@with_binder
def provider_new(desk: Desk, words: Namespace) -> Answer:
    """Add a doctor or a place; the answer is its row."""
    return _provider(add_provider(desk.binder, **_provider_words(words)))


@with_binder
def provider_change(desk: Desk, words: Namespace) -> Answer:
    """Change a doctor or a place; what is not named stays. The answer is its row."""
    before: Provider = record_of(desk.binder, "provider", words.provider)
    return _provider(change_provider(desk.binder, replace(before, **_provider_words(words))))


def _provider_words(words: Namespace) -> dict[str, Any]:
    return {**said_texts(words, _PROVIDER_TEXTS), **said(words, ("accredited_until",))}


@with_binder
def providers(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command is told
    """List the doctors and places by name."""
    rows = [_provider_row(each) for each in desk.binder.ask(all_providers)]
    columns = ("provider", "name", "kind", "setting", "network", "npi")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _provider(made: Provider) -> Answer:
    return Answer(_provider_row(made), [f"{made.name}: {made.id}"])


def _provider_row(one: Provider) -> dict[str, Any]:
    return {
        "provider": one.id,
        **{name: getattr(one, name) or None for name in _PROVIDER_TEXTS},
        "accredited_until": iso(one.accredited_until),
    }


@with_binder
def representative_new(desk: Desk, words: Namespace) -> Answer:
    """Add who may speak for a patient; the answer is its row."""
    known = _speaker_words(desk, words)
    known.setdefault("person_id", _only_person(desk))
    return _speaker(desk, add_representative(desk.binder, **known))


@with_binder
def representative_change(desk: Desk, words: Namespace) -> Answer:
    """Change who may speak; what is not named stays. The answer is its row."""
    before: Representative = record_of(desk.binder, "representative", words.representative)
    changed = replace(before, **_speaker_words(desk, words))
    return _speaker(desk, change_representative(desk.binder, changed))


def _speaker_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    return {
        **said_texts(words, _SPEAKER_TEXTS),
        **said(words, (*_SPEAKER_DAYS, "level")),
        **said_links(desk.binder, words, _SPEAKER_LINKS),
    }


def _only_person(desk: Desk) -> str:
    people = desk.binder.ask(all_people)
    if len(people) == 1:
        return people[0].id
    raise UserError("For which patient? Name the person with --patient.")


@with_binder
def representatives(desk: Desk, words: Namespace) -> Answer:
    """List who may speak, and what is still missing on this day."""
    person_id = id_of(desk.binder, "person", words.patient) if words.patient else None
    rows = [_speaker_row(desk, each) for each in desk.binder.ask(speakers, person_id)]
    columns = ("representative", "name", "patient", "plan", "level", "valid_until", "holds")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _speaker(desk: Desk, made: Representative) -> Answer:
    found = [e for e in desk.binder.ask(speakers) if e.representative.id == made.id]
    row = _speaker_row(desk, found[0]) if found else {"representative": made.id}
    return Answer(row, [f"{made.name}: {made.id}"])


def _speaker_row(desk: Desk, each: Speaker) -> dict[str, Any]:
    one = each.representative
    lacks = each.lacks(desk.today)
    return {
        "representative": one.id,
        "name": one.name,
        "relation": one.relation or None,
        "patient": each.person,
        "patient_id": one.person_id,
        "helper_id": one.helper_id,
        "plan": each.plan,
        "level": one.level,
        "document": one.document_id if each.paper else None,
        "form": each.paper,
        **{name: iso(getattr(one, name)) for name in _SPEAKER_DAYS},
        "holds": not lacks,
        "lacks": list(lacks),
        "address": one.address or None,
        "phone": one.phone or None,
        "note": one.note or None,
    }
