"""What was sent, with its exact files, its proof, and the running time that it started."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.saved_bundle import SavedBundle, SavedFile
from app.domain.sending import Sending
from app.storage.queries.clocks import ClockRow, clock_rows
from app.storage.repository import record_of
from app.storage.schema import (
    calls,
    claims,
    documents,
    people,
    saved_bundles,
    saved_files,
    sending_proofs,
    sendings,
)

_FILES: Final = (saved_files.c.bundle_id, saved_files.c.position, saved_files.c.id)


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A paper that proves a sending: the ids of the proof and of its paper, and its name."""

    id: str
    document_id: str
    name: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class SentRow:
    """One packet that left the house; papers in the trash prove nothing and are left out.

    `clock` is the time for the answer that runs, or ran, since it was sent. `call` is the
    reference number of the call in which they confirmed it.
    """

    sending: Sending
    claim: str
    patient: str | None
    bundle: SavedBundle | None
    files: tuple[SavedFile, ...]
    proofs: tuple[ProofRow, ...]
    clock: ClockRow | None
    reference: str

    @property
    def pages(self) -> int | None:
        """How many pages it had: as the person says, else as its files have; None if not known."""
        counted = [file.pages for file in self.files]
        return self.sending.pages or (sum(counted) if counted and all(counted) else None)

    @property
    def known_to_lack(self) -> tuple[str, ...]:
        """What was said to lack when the bundle was made, and was sent all the same."""
        return tuple(json.loads(self.bundle.warnings)) if self.bundle else ()


def sent_rows(
    connection: Connection, *, claim_id: str | None = None, sending_id: str | None = None
) -> tuple[SentRow, ...]:
    """What was sent for claims that are not in the trash, the newest first."""
    query = (
        select(sendings, claims.c.title.label("of_claim"), people.c.name.label("of_patient"),
               calls.c.reference.label("of_call"))
        .join(claims, claims.c.id == sendings.c.claim_id)
        .outerjoin(people, people.c.id == claims.c.person_id)
        .outerjoin(calls, calls.c.id == sendings.c.call_id)
        .where(claims.c.trashed_at.is_(None))
        .order_by(sendings.c.sent_on.desc(), sendings.c.added_at.desc(), sendings.c.id)
    )  # fmt: skip
    if claim_id:
        query = query.where(sendings.c.claim_id == claim_id)
    if sending_id:
        query = query.where(sendings.c.id == sending_id)
    found = connection.execute(query).mappings().all()
    if not found:
        return ()
    bundles = _bundles(connection)
    files = _files(connection)
    proofs = _proofs(connection)
    clocks = {
        row.clock.sending_id: row
        for row in clock_rows(connection, claim_id=claim_id, include_settled=True)
    }
    return tuple(
        SentRow(
            _sending(row, clocks.get(row["id"])),
            row["of_claim"],
            row["of_patient"],
            bundles.get(row["bundle_id"] or ""),
            tuple(files[row["bundle_id"] or ""]),
            tuple(proofs[row["id"]]),
            clocks.get(row["id"]),
            row["of_call"] or "",
        )
        for row in found
    )


def sent_row(connection: Connection, sending_id: str) -> SentRow | None:
    """One packet, or None if there is none of that id or its claim is in the trash."""
    return next(iter(sent_rows(connection, sending_id=sending_id)), None)


def _sending(row: Any, clock: ClockRow | None) -> Sending:
    """Return a sending; the day they got it stood only at its running time in older binders."""
    found: Sending = record_of("sending", {each.name: row[each.name] for each in sendings.c})
    got_on = found.delivered_on or (clock.clock.received_on if clock else None)
    return replace(found, delivered_on=got_on)


def _bundles(connection: Connection) -> dict[str, SavedBundle]:
    rows = connection.execute(select(saved_bundles)).mappings()
    return {row["id"]: record_of("saved_bundle", row) for row in rows}


def _files(connection: Connection) -> dict[str, list[SavedFile]]:
    made: dict[str, list[SavedFile]] = defaultdict(list)
    rows = connection.execute(select(saved_files).order_by(*_FILES)).mappings()
    for row in rows:
        made[row["bundle_id"]].append(record_of("saved_file", row))
    return made


def _proofs(connection: Connection) -> dict[str, list[ProofRow]]:
    query = (
        select(
            sending_proofs.c.sending_id, sending_proofs.c.id, documents.c.id, documents.c.name,
            documents.c.kind,
        )
        .join(documents, documents.c.id == sending_proofs.c.document_id)
        .where(documents.c.trashed_at.is_(None))
        .order_by(documents.c.added_at, sending_proofs.c.id)
    )  # fmt: skip
    made: dict[str, list[ProofRow]] = defaultdict(list)
    rows: Sequence[Any] = connection.execute(query).all()
    for sending_id, *values in rows:
        made[sending_id].append(ProofRow(*values))
    return made
