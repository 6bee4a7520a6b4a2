"""What was tried, how it went, who gave it, what was approved, and who may speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, select

from app.domain.authorization import Authorization
from app.domain.diary_line import DiaryLine
from app.domain.fact_rows import fact_rows
from app.domain.partial_day import first_day
from app.domain.provider import Provider
from app.domain.representative import Representative
from app.domain.said import SaidFact
from app.domain.treatment import Treatment
from app.storage.repository import record_of
from app.storage.schema import (
    RECORD_TABLES,
    authorizations,
    claims,
    diary_lines,
    documents,
    people,
    plans,
    providers,
    representatives,
    said_facts,
    treatments,
)

_GIVER = providers.c.name.label("giver_name")
_PAPER = documents.c.name.label("paper_name")
LACKS: Final = ("form", "patient_signature", "helper_signature", "time")
"""What a form that lets someone speak may lack: the paper, a signature, or time: it has run out."""

_LAST: Final = date.max
"""Where a treatment stands of which nobody knows when it began."""


@dataclass(frozen=True, slots=True)
class TreatmentTried:
    """A treatment with the names of who gave it and of the paper that proves it.

    `paper` is None where there is none, or where it lies in the trash: then nothing proves it.
    """

    treatment: Treatment
    provider: str | None
    paper: str | None


@dataclass(frozen=True, slots=True)
class Approval:
    """An authorization with the names of its claim, plan, provider and paper."""

    authorization: Authorization
    claim: str | None
    plan: str | None
    provider: str | None
    paper: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who may speak, with the names of the patient, the plan and the signed form.

    `paper` is None where the form is not there, or lies in the trash.
    """

    representative: Representative
    person: str
    plan: str | None
    paper: str | None

    def holds(self, on: date, plan_id: str | None, level: int) -> bool:
        """Return whether the form is there, signed by both, and holds on a day."""
        return self.paper is not None and self.representative.holds(on, plan_id, level)

    def lacks(self, on: date) -> tuple[str, ...]:
        """Return what keeps the form from holding on a day, of `LACKS`; nothing where it holds."""
        one = self.representative
        found = {
            "form": self.paper is None,
            "patient_signature": one.signed_on is None,
            "helper_signature": one.accepted_on is None,
            "time": one.valid_until is not None and one.valid_until < on,
        }
        return tuple(name for name in LACKS if found[name])


def treatments_of(connection: Connection, claim_id: str) -> tuple[TreatmentTried, ...]:
    """The treatments tried in a claim by when they began; those of an unknown time come last."""
    kept = treatments.c.claim_id == claim_id, treatments.c.trashed_at.is_(None)
    query = (
        select(treatments, _GIVER, _PAPER)
        .outerjoin(providers, providers.c.id == treatments.c.provider_id)
        .outerjoin(documents, _kept_paper(treatments.c.document_id))
        .where(*kept)
    )
    found = [
        TreatmentTried(_record("treatment", row), row["giver_name"], row["paper_name"])
        for row in connection.execute(query).mappings()
    ]
    return tuple(sorted(found, key=_when))


def _when(tried: TreatmentTried) -> tuple[date, str, str, str]:
    one = tried.treatment
    return first_day(one.began) or first_day(one.ended) or _LAST, one.began, one.ended, one.id


def diary_of(connection: Connection, claim_id: str) -> tuple[DiaryLine, ...]:
    """The lines of a claim's diary, the oldest first."""
    line = diary_lines.c
    query = select(diary_lines).where(line.claim_id == claim_id)
    rows = connection.execute(query.order_by(line.on, line.added_at, line.id)).mappings()
    return tuple(record_of("diary_line", row) for row in rows)


def approvals(connection: Connection, claim_id: str | None = None) -> tuple[Approval, ...]:
    """Authorizations, those that end soonest first; of one claim or of all.

    Those of claims in the trash are left out.
    """
    known = authorizations.c
    query = (
        select(
            authorizations,
            claims.c.title.label("claim_name"),
            plans.c.name.label("plan_name"),
            _GIVER,
            _PAPER,
        )
        .outerjoin(claims, claims.c.id == known.claim_id)
        .outerjoin(plans, plans.c.id == known.plan_id)
        .outerjoin(providers, providers.c.id == known.provider_id)
        .outerjoin(documents, _kept_paper(known.document_id))
        .where(known.trashed_at.is_(None), claims.c.trashed_at.is_(None))
        .order_by(known.status == "ended", known.until_on.nulls_last(), known.added_at, known.id)
    )
    if claim_id:
        query = query.where(known.claim_id == claim_id)
    return tuple(
        Approval(
            _record("authorization", row), row["claim_name"], row["plan_name"], row["giver_name"],
            row["paper_name"],
        )
        for row in connection.execute(query).mappings()
    )  # fmt: skip


def all_providers(connection: Connection) -> tuple[Provider, ...]:
    """All doctors and places that are not in the trash, by name."""
    query = select(providers).where(providers.c.trashed_at.is_(None)).order_by(providers.c.name)
    return tuple(record_of("provider", row) for row in connection.execute(query).mappings())


def confirmed_values(connection: Connection, claim_id: str, name: str) -> tuple[str, ...]:
    """What a person confirmed under a name in the papers of a claim, each value once.

    `name` is one of `app.domain.fact.FACT_NAMES` whose values are plain text, such as `icd10`.
    """
    query = (
        select(said_facts)
        .join(documents, documents.c.id == said_facts.c.document_id)
        .where(
            documents.c.claim_id == claim_id,
            documents.c.trashed_at.is_(None),
            said_facts.c.name == name,
        )
        .order_by(said_facts.c.added_at, said_facts.c.value, said_facts.c.id)
    )
    of_paper: dict[str, list[SaidFact]] = {}
    for row in connection.execute(query).mappings():
        one: SaidFact = record_of("said_fact", row)
        of_paper.setdefault(one.document_id, []).append(one)
    rows = [row for said in of_paper.values() for row in fact_rows(None, said)]
    return tuple(dict.fromkeys(str(row.value) for row in rows))


def speakers(connection: Connection, person_id: str | None = None) -> tuple[Speaker, ...]:
    """Who may speak for a patient or for anyone, as they were added."""
    known = representatives.c
    query = (
        select(representatives, people.c.name.label("person_name"),
               plans.c.name.label("plan_name"), _PAPER)
        .join(people, people.c.id == known.person_id)
        .outerjoin(plans, plans.c.id == known.plan_id)
        .outerjoin(documents, _kept_paper(known.document_id))
        .where(known.trashed_at.is_(None))
        .order_by(known.added_at, known.id)
    )  # fmt: skip
    if person_id:
        query = query.where(known.person_id == person_id)
    return tuple(
        Speaker(
            _record("representative", row), row["person_name"], row["plan_name"], row["paper_name"]
        )
        for row in connection.execute(query).mappings()
    )


def speaks_for(
    connection: Connection, person_id: str, plan_id: str | None, level: int, on: date
) -> tuple[Speaker, ...]:
    """Who is named to speak for a patient with a plan at a level, whose form holds on a day first.

    Also those whose form is missing, unsigned or run out: `Speaker.holds` tells them apart, so
    that what is still to be done can be said. Forms for other plans and levels are left out.
    """
    found = [
        each
        for each in speakers(connection, person_id)
        if each.representative.plan_id in (None, plan_id)
        and each.representative.level in (None, level)
    ]
    return tuple(sorted(found, key=lambda each: not each.holds(on, plan_id, level)))


def _kept_paper(link: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Join a paper that is not in the trash."""
    return and_(documents.c.id == link, documents.c.trashed_at.is_(None))


def _record(kind: str, row: RowMapping) -> Any:
    """Return the record that stands in a row beside names from other tables."""
    names = RECORD_TABLES[kind][0].columns.keys()
    return record_of(kind, {name: row[name] for name in names})
