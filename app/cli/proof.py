"""Commands on the log of what was sent: its list, its proof, its corrections, the proof packet."""

from __future__ import annotations

from argparse import Namespace
from typing import Any, Final

from app.cli.answer import DONE, REFUSED, Answer, table
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept, kept_claim_or_none
from app.cli.recount import recounted_row
from app.domain.errors import UserError
from app.domain.recount import Recounted
from app.domain.sending_proof import proof_words
from app.operations.proof import make_proof
from app.operations.sending_changes import (
    add_proofs,
    change_sending,
    preview_change,
    preview_removal,
    remove_proof,
    remove_sending,
)
from app.operations.sent_files import freeze_files
from app.storage.queries.bundles import made_bundles
from app.storage.queries.sendings import SentRow, sent_row, sent_rows

_SAID: Final = (
    "sent_on", "way", "to", "tracking", "note", "pages", "delivered_on", "confirmed_on",
    "confirmed_by",
)  # fmt: skip
_SAY_YES: Final = "Nothing was changed. Say it again with --yes to accept this."


def what_was_sent(desk: Desk, words: Namespace) -> dict[str, Any]:
    """Return which bundle, files, papers and proofs the command `sent` names."""
    return {
        "bundle_id": _bundle(desk, words.bundle),
        "files": words.file,
        "workers": desk.workers if words.file else None,
        "papers": [kept(desk.binder, "document", called) for called in words.paper],
        "proofs": [kept(desk.binder, "document", called) for called in words.proof],
    }


@with_binder
def sendings(desk: Desk, words: Namespace) -> Answer:
    """List what was sent, the newest first."""
    claim_id = kept_claim_or_none(desk.binder, words.claim)
    rows = [_value(row) for row in desk.binder.ask(sent_rows, claim_id=claim_id)]
    columns = ("sent", "sent_on", "way", "to", "tracking", "state", "claim_title")
    header = ("id", "sent on", "how", "to", "tracking", "proof", "claim")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


@with_binder
def sent_proof(desk: Desk, words: Namespace) -> Answer:
    """Add papers that prove a sending, or take some away: the row of `sendings` as it is then."""
    sending_id = id_of(desk.binder, "sending", words.sending)
    documents = [kept(desk.binder, "document", called) for called in words.documents]
    gone = [id_of(desk.binder, "document", called) for called in words.remove]
    known = {proof.document_id: proof.id for proof in _row(desk, sending_id).proofs}
    for document_id in gone:
        if document_id not in known:
            raise UserError(f"The paper “{document_id}” is no proof of this.")
    if not (documents or gone):
        raise UserError("Name at least one paper that proves it.")
    if documents:
        add_proofs(desk.binder, sending_id, documents)
    for document_id in gone:
        remove_proof(desk.binder, known[document_id])
    row = _row(desk, sending_id)
    return Answer(_value(row), [proof_words(row.sending, len(row.proofs))])


@with_binder
def sent_change(desk: Desk, words: Namespace) -> Answer:
    """Correct a sending: `{"sent", "applied", "recounted"}`; where dates move only with --yes."""
    binder = desk.binder
    sending_id = id_of(binder, "sending", words.sending)
    said = {name: getattr(words, name) for name in _SAID if getattr(words, name) is not None}
    if words.denial is not None:
        said["denial_id"] = id_of(binder, "denial", words.denial) if words.denial else None
    if words.bundle is not None:
        said["bundle_id"] = _bundle(desk, words.bundle)
    if words.call is not None:
        said["call_id"] = id_or_none(binder, "call", words.call)
    papers = [kept(binder, "document", called) for called in words.paper]
    if not (said or papers or words.file):
        raise UserError("Say what is to be corrected, as “--tracking 9407”.")
    rows = preview_change(binder, sending_id, **said)
    applied = words.yes or not rows
    if applied and said:
        change_sending(binder, sending_id, **said)
    if applied and (papers or words.file):
        pool = desk.workers if words.file else None
        freeze_files(binder, sending_id, words.file, document_ids=papers, workers=pool)
    return _told(sending_id, rows, applied=applied)


@with_binder
def sent_remove(desk: Desk, words: Namespace) -> Answer:
    """Take a sending out of the log; where dates move only with --yes."""
    sending_id = id_of(desk.binder, "sending", words.sending)
    rows = preview_removal(desk.binder, sending_id)
    if words.yes or not rows:
        remove_sending(desk.binder, sending_id)
    return _told(sending_id, rows, applied=words.yes or not rows)


@with_binder
def proof(desk: Desk, words: Namespace) -> Answer:
    """Make the packet that proves a sending: a PDF, and exact copies of what was sent beside it."""
    sending_id = id_of(desk.binder, "sending", words.sending)
    made = make_proof(
        desk.binder, desk.workers, sending_id, desk.outside(words.output), desk.progress,
        today=desk.today,
    )  # fmt: skip
    value = {
        "files": [
            {
                "path": str(file.path),
                "pages": file.pages or None,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in made.files
        ],
        "problems": list(made.problems),
        "lacks": list(made.lacks),
    }
    lines = [f"Wrote {file.path}" for file in made.files]
    lines += [f"Problem: {problem}" for problem in made.problems]
    lines += [f"Note: {lack}" for lack in made.lacks]
    return Answer(value, lines, REFUSED if made.problems else DONE)


def _bundle(desk: Desk, called: str | None) -> str | None:
    """Return the id of the bundle that is, or alone begins with, what was said."""
    if not called:
        return None
    ids = [made.bundle.id for made in desk.binder.ask(made_bundles)]
    fitting = [key for key in ids if key.startswith(called.casefold())]
    if len(fitting) == 1:
        return fitting[0]
    raise UserError(
        f"There is no bundle “{called}” in this binder." if not fitting
        else f"“{called}” fits {len(fitting)} bundles. Give more of the id.",
        ask=f"Which of these do you mean: {', '.join(fitting or ids)}?" if ids else None,
    )  # fmt: skip


def _told(sending_id: str, rows: tuple[Recounted, ...], *, applied: bool) -> Answer:
    value = {
        "sent": sending_id,
        "applied": applied,
        "recounted": [recounted_row(row) for row in rows],
    }
    lines = [f"{row.title} {row.sentence}." for row in rows]
    return Answer(value, [*lines, "Done." if applied else _SAY_YES])


def _row(desk: Desk, sending_id: str) -> SentRow:
    row = desk.binder.ask(sent_row, sending_id)
    if row is None:
        raise UserError("The claim of this is in the trash. Take it out first.")
    return row


def _value(row: SentRow) -> dict[str, Any]:
    sending = row.sending
    return {
        "sent": sending.id,
        "claim": sending.claim_id,
        "claim_title": row.claim,
        "denial": sending.denial_id,
        "sent_on": iso(sending.sent_on),
        "way": sending.way,
        "to": sending.to or None,
        "tracking": sending.tracking or None,
        "pages": row.pages,
        "bundle": sending.bundle_id,
        "files": [
            {"name": file.name, "pages": file.pages or None, "bytes": file.size,
             "sha256": file.sha256}
            for file in row.files
        ],
        "proofs": [
            {"document": proof.document_id, "name": proof.name, "kind": proof.kind}
            for proof in row.proofs
        ],
        "got_on": iso(sending.delivered_on),
        "confirmed_on": iso(sending.confirmed_on),
        "confirmed_by": sending.confirmed_by or None,
        "call": sending.call_id,
        "clock": row.clock.clock.id if row.clock else None,
        "known_to_lack": list(row.known_to_lack),
        "state": proof_words(sending, len(row.proofs)),
        "note": sending.note or None,
    }  # fmt: skip
