"""“They say they never got it”: adding proof, who confirmed it, and the packet in few clicks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from app.domain.saved_bundle import SavedFile
from app.domain.sending import Sending
from app.domain.sending_proof import proof_words
from app.jobs import Progress
from app.operations import sending_changes
from app.operations.holding import TakenIn
from app.operations.intake import Filing, add_papers
from app.operations.proof import MadeProof, make_proof
from app.operations.sent_files import freeze_files, take_out
from app.storage.queries.calls import call_rows
from app.storage.queries.papers import PaperRow, paper_rows
from app.storage.queries.sendings import SentRow, sent_row
from app.workers import WorkerPool
from ui.desk import Desk
from ui.dialogs.proof import PROOF_KINDS, AddProofDialog, ConfirmedDialog, ConfirmedInput
from ui.dialogs.recount import accept_changes
from ui.pages.due_dialogs import OnDayDialog
from ui.pages.opening_files import open_file, refuse_inside
from ui.shell import BannerAction, Shell
from ui.wording import short_date, tr

_WORKERS = 2


def add_proof(desk: Desk, shell: Shell, sending_id: str) -> None:
    """Ask which papers prove that it was sent, or take in new ones."""
    binder = desk.binder
    row = binder.ask(sent_row, sending_id)
    if row is None:
        return

    filing = Filing(row.sending.claim_id)

    def take_in() -> None:
        files = shell.choose_files(tr("Choose the photo or the scan"))
        if files:
            shell.run(
                tr("Adding papers"),
                lambda progress: add_papers(binder, files, progress, filing=filing),
                came_in,
                dialog,
            )

    def came_in(taken: Sequence[TakenIn]) -> None:
        ids = [each.document_id for each in taken if each.document_id]
        dialog.offer(binder.ask(paper_rows, only=ids))
        refused = " ".join(
            each.reason for each in taken if each.outcome == "refused" and each.reason
        )
        dialog.problem.say(refused)

    dialog = AddProofDialog(
        _likely(desk, row), wanted=tr(proof_words(row.sending, len(row.proofs))), on_new=take_in
    )
    shell.ask_dialog(dialog, partial(sending_changes.add_proofs, binder, sending_id))


def _likely(desk: Desk, row: SentRow) -> Sequence[PaperRow]:
    """Return the papers that may prove a sending: by their kind first, then the newest."""
    known = {proof.document_id for proof in row.proofs}
    papers = [
        paper
        for paper in desk.binder.ask(paper_rows)
        if paper.id not in known and paper.claim_id in {None, row.sending.claim_id}
    ]
    papers.sort(key=lambda paper: paper.added_at, reverse=True)
    return sorted(papers, key=lambda paper: (paper.kind not in PROOF_KINDS, bool(paper.claim_id)))


def note_they_got_it(desk: Desk, shell: Shell, sending_id: str) -> None:
    """Ask on which day they got it; the dates that move are shown before."""
    binder = desk.binder
    row = binder.ask(sent_row, sending_id)
    if row is None:
        return

    def do(on: object) -> None:
        rows = sending_changes.preview_change(binder, sending_id, delivered_on=on)
        accept_changes(shell, rows)
        sending_changes.change_sending(binder, sending_id, delivered_on=on)

    about = tr("Sent on {day} to {whom}", day=short_date(row.sending.sent_on), whom=row.sending.to)
    question = tr("On which day did they get it?")
    shell.ask_dialog(OnDayDialog(desk, tr("They got it"), about, question), do)


def note_confirmed(desk: Desk, shell: Shell, sending_id: str) -> None:
    """Ask who confirmed on the phone that they have it."""
    binder = desk.binder
    row = binder.ask(sent_row, sending_id)
    if row is None:
        return
    sending = row.sending
    calls = [
        call
        for call in binder.ask(call_rows, claim_id=sending.claim_id)
        if call.called_at.astimezone().date() >= sending.sent_on or call.id == sending.call_id
    ]
    known = (
        ConfirmedInput(on=sending.confirmed_on, by=sending.confirmed_by, call_id=sending.call_id)
        if sending.confirmed_on
        else None
    )

    def do(given: ConfirmedInput) -> None:
        sending_changes.confirm_sending(
            binder, sending_id, given.on, given.by, call_id=given.call_id
        )

    shell.ask_dialog(ConfirmedDialog(desk, calls, known), do)


def keep_exact_files(desk: Desk, shell: Shell, sending_id: str) -> None:
    """Ask which files were sent, where it was no bundle of this program, and keep copies."""
    files = shell.choose_files(tr("Choose the files that were sent"))
    if not files:
        return

    def work(_progress: Progress) -> Sending:
        with WorkerPool(1) as workers:
            return freeze_files(desk.binder, sending_id, files, workers=workers)

    def done(_sending: Sending) -> None:
        shell.say(tr("Exact copies are kept. Whatever becomes of the files, these stay."))

    shell.run(tr("Keeping what was sent"), work, done)


def open_exact_file(desk: Desk, shell: Shell, file: SavedFile) -> None:
    """Ask where a copy of a frozen file should lie, and open it."""
    folder = shell.choose_folder(tr("Where should the copy lie?"))
    if folder is None:
        return
    refuse_inside(desk, folder)

    def work(_progress: Progress) -> Path:
        return take_out(desk.binder, file, folder)

    shell.run(tr("Copying what was sent"), work, open_file)


def prove_it(desk: Desk, shell: Shell, sending_id: str) -> None:
    """Ask where the proof should lie, make the packet in a folder of its own, and open it."""
    row = desk.binder.ask(sent_row, sending_id)
    place = shell.choose_folder(tr("Where should the proof lie?")) if row else None
    if row is None or place is None:
        return
    refuse_inside(desk, place)
    target = _new_folder(place, tr("Proof {day}", day=f"{row.sending.sent_on:%Y-%m-%d}"))

    def work(progress: Progress) -> MadeProof:
        with WorkerPool(_WORKERS) as workers:
            return make_proof(
                desk.binder, workers, sending_id, target, progress, today=desk.today()
            )

    def done(made: MadeProof) -> None:
        packet = made.files[0].path
        shell.say(_about(made), BannerAction(tr("Open the folder"), partial(open_file, target)))
        open_file(packet)

    shell.run(tr("Making the proof"), work, done)


def _new_folder(place: Path, name: str) -> Path:
    """Return a folder that is not there yet: what was made before stays as it is."""
    folder, number = place / name, 1
    while folder.exists():
        number += 1
        folder = place / f"{name} ({number})"
    return folder


def _about(made: MadeProof) -> str:
    name = made.files[0].path.parent.name
    beside = len(made.files) - 1
    words = [tr("The proof is ready in the folder “{name}”.", name=name)]
    if beside:
        words.append(tr("The exact files that were sent lie beside it."))
    return " ".join([*words, *made.problems, *map(tr, made.lacks)])
