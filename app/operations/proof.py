"""“They say they never got it”: one PDF that proves a sending, and the exact files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.bundle import BoundFile, CallRow, ExhibitPlan
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.errors import UserError
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.proof_packet import ProofPlan, ProvedFile
from app.domain.saved_bundle import SavedFile
from app.domain.sending import Sending
from app.domain.sending_proof import proof_words
from app.exporting.handover import refusal
from app.exporting.proof_pdf import bind_proof
from app.jobs import Progress
from app.operations.bundle_words import appeal_name
from app.operations.exhibits import exhibit_of, with_sources
from app.operations.sent_files import take_out
from app.storage.queries.calls import CallRow as LoggedCall
from app.storage.queries.calls import call_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record
from app.storage.queries.sendings import SentRow, sent_row
from app.workers import WorkerPool

NAME: Final = "proof.pdf"
"""The packet in the folder that holds it and the exact files."""

_WAYS: Final = {
    "certified_mail": "certified mail",
    "mail": "mail",
    "fax": "fax",
    "portal": "the plan's website",
    "by_hand": "hand",
}
_NUMBERS: Final = {
    "certified_mail": "Tracking number", "fax": "Fax confirmation number",
    "portal": "Confirmation number of the website",
}  # fmt: skip
_NOTHING_KEPT: Final = (
    "No exact copy of what was sent was kept. Choose the file that was sent, if you still have it."
)


@dataclass(frozen=True, slots=True)
class MadeProof:
    """The packet and the exact files beside it, the packet first; a size of 0 pages is not known.

    `problems` name what could not go along, `lacks` what would make the proof stronger.
    """

    files: tuple[BoundFile, ...]
    problems: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose packet it was."""

    row: SentRow
    claim: Claim | None
    patient: Person | None
    plan: Plan | None
    denial: Denial | None


def make_proof(
    binder: Binder,
    workers: WorkerPool,
    sending_id: str,
    target: Path,
    progress: Progress,
    *,
    today: date,
) -> MadeProof:
    """Make the packet; `target` is a folder for all of it, or the name of its PDF.

    The exact files are copied beside it, each checked against the fingerprint that was kept when
    it was frozen. One that is missing or damaged is a problem and named, here and in the PDF.

    Raises:
        UserError: there is no such sending, or the place cannot be written to.
        Cancelled: the person asked to stop.
    """
    row = binder.ask(sent_row, sending_id)
    if row is None:
        raise UserError("This was not found in what was sent. Is its claim in the trash?")
    pdf = _pdf_at(target)
    case = _case_of(binder, row)
    problems: list[str] = []
    copied = [_copied(binder, file, pdf.parent, problems) for file in row.files]
    with ExitStack() as lent:
        papers = list(_papers(binder, row, lent, problems))
        plan = _plan(binder, case, tuple(proved for proved, _ in copied), today)
        bound = bind_proof(plan, papers, pdf, workers, progress)
    problems += (f"{gap.name}: {gap.reason}" for gap in bound.gaps)
    beside = (file for _, file in copied if file)
    return MadeProof((*bound.files, *beside), tuple(problems), _lacks(row))


def _pdf_at(target: Path) -> Path:
    """Return where the PDF goes; a folder that is not there yet is made."""
    if target.suffix.casefold() == ".pdf" and not target.is_dir():
        return target
    try:
        target.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UserError(f"“{target.name}” is a file. Choose a folder, or a name.pdf.") from None
    except OSError as error:
        raise refusal(error, target.parent) from error
    return target / NAME


def _lacks(row: SentRow) -> tuple[str, ...]:
    found = [] if row.files else [_NOTHING_KEPT]
    if not row.proofs:
        found.append(proof_words(row.sending, 0))
    return tuple(found)


def _case_of(binder: Binder, row: SentRow) -> _Case:
    claim: Claim | None = binder.ask(record, "claim", row.sending.claim_id)
    return _Case(
        row,
        claim,
        binder.ask(record, "person", (claim and claim.person_id) or ""),
        binder.ask(record, "plan", (claim and claim.plan_id) or ""),
        binder.ask(record, "denial", row.sending.denial_id or ""),
    )


def _copied(
    binder: Binder, file: SavedFile, folder: Path, problems: list[str]
) -> tuple[ProvedFile, BoundFile | None]:
    """Copy a frozen file beside the packet, or say why it cannot be."""
    proved = ProvedFile(
        name=file.name, pages=file.pages, size=file.size, sha256=file.sha256, is_beside=True
    )
    try:
        path = take_out(binder, file, folder)
    except UserError as error:
        problems.append(str(error))
        remark = "The kept copy of this file could not be added."
        return replace(proved, is_beside=False, remark=remark), None
    made = BoundFile(path=path, pages=file.pages, bytes=file.size, sha256=file.sha256)
    return replace(proved, name=path.name), made


def _papers(
    binder: Binder, row: SentRow, lent: ExitStack, problems: list[str]
) -> Iterator[ExhibitPlan]:
    """Yield the proof papers that can be opened, and name the others."""
    ids = [proof.document_id for proof in row.proofs]
    known = {paper.id: paper for paper in binder.ask(paper_rows, only=ids)}
    for key in ids:
        try:
            yield with_sources(binder, exhibit_of(known[key]), lent)
        except UserError as error:
            problems.append(str(error))


def _plan(binder: Binder, case: _Case, files: tuple[ProvedFile, ...], today: date) -> ProofPlan:
    bundle = case.row.bundle
    return ProofPlan(
        made_on=today,
        summary=_summary(case),
        case=_known(_of_case(case)),
        sent=_known(_of_sending(case)),
        files=files,
        kept_on=bundle.made_at.astimezone().date() if bundle else None,
        calls=_calls_about(binder, case),
    )


def _summary(case: _Case) -> str:
    sending, plan = case.row.sending, case.plan
    whom = sending.to or (plan and (plan.insurer or plan.name)) or ""
    way = _WAYS.get(sending.way)
    words = [
        f"On {spoken(sending.sent_on)}, {_what(case.denial)} was sent",
        f"to {_line(whom)}" if whom else "",
        f"by {way}" if way else "",
    ]
    return f"{' '.join(filter(None, words))}."


def _what(denial: Denial | None) -> str:
    if denial is None:
        return "the packet named here"
    if denial.notice_on is None:
        return "an appeal"
    return f"an appeal of the denial dated {spoken(denial.notice_on)}"


def _of_case(case: _Case) -> Iterator[tuple[str, str]]:
    claim, patient, plan = case.claim, case.patient, case.plan
    yield "Patient", patient.name if patient else ""
    yield "Date of birth", spoken(patient.born_on) if patient and patient.born_on else ""
    yield "Plan", " · ".join(dict.fromkeys(filter(None, (plan.insurer, plan.name)))) if plan else ""
    yield "Member ID", plan.member_id if plan else ""
    yield "Group number", plan.group_number if plan else ""
    yield "Claim number", claim.number if claim else ""
    yield "About", claim.title if claim else ""


def _of_sending(case: _Case) -> Iterator[tuple[str, str]]:
    row, sending, denial = case.row, case.row.sending, case.denial
    names = {file.name for file in row.files}
    yield "What", row.bundle.title if row.bundle and row.bundle.title not in names else ""
    program = case.plan.program if case.plan else ""
    yield "Level of appeal", appeal_name(program, denial.level) if denial else ""
    yield "Sent on", f"{sending.sent_on:%A}, {spoken(sending.sent_on)}"
    yield "To", sending.to
    yield "How", _WAYS.get(sending.way, "").capitalize()
    yield _NUMBERS.get(sending.way, "Number"), sending.tracking
    yield "Pages", str(row.pages or "")
    yield "They got it on", spoken(sending.delivered_on) if sending.delivered_on else ""
    yield "Confirmed by", _confirmed(row)


def _confirmed(row: SentRow) -> str:
    sending = row.sending
    if not sending.confirmed_by:
        return ""
    on = f" on {spoken(sending.confirmed_on)}" if sending.confirmed_on else ""
    call = f", call reference {row.reference}" if row.reference else ""
    return f"{sending.confirmed_by}{on}{call}"


def _known(rows: Iterator[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, _line(value)) for label, value in rows if value.strip())


def _calls_about(binder: Binder, case: _Case) -> tuple[CallRow, ...]:
    """Return the calls about a sending, the oldest first.

    That is the call in which they confirmed it, and since it was sent those with whom it was sent
    to, by name or number. What was noted of them stays out: it may be private.
    """
    sending = case.row.sending
    calls = reversed(binder.ask(call_rows, claim_id=sending.claim_id))
    return tuple(
        _call(call)
        for call in calls
        if call.id == sending.call_id or _is_with_them(call, sending, case.plan)
    )


def _is_with_them(call: LoggedCall, sending: Sending, plan: Plan | None) -> bool:
    if call.called_at.astimezone().date() < sending.sent_on:
        return False
    said = f"{call.with_whom} {call.department}".casefold()
    names = [sending.to, *((plan.insurer, plan.name) if plan else ())]
    if any(name.strip() and name.strip().casefold() in said for name in names):
        return True
    number = _digits(call.phone)
    return bool(plan and number and number == _digits(plan.phone))


def _call(call: LoggedCall) -> CallRow:
    local = call.called_at.astimezone()
    return CallRow(
        on=local.date(),
        at=f"{local:%I:%M %p}".lstrip("0"),
        with_whom=", ".join(filter(None, (call.with_whom, call.department))),
        reference=call.reference,
        promised=call.promise,
        promised_by=call.promise_by,
    )


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


def _line(value: str) -> str:
    return " ".join(value.split())
