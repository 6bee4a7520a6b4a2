"""Asking about a denial, from wherever it is shown."""

from __future__ import annotations

from app.domain.denial import Denial
from app.operations import denials, recounting
from app.operations.rules import rule_book
from app.storage.queries.dates import due_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record
from ui.desk import Desk
from ui.dialogs.denial import DenialDialog, DenialInput
from ui.dialogs.recount import accept_changes
from ui.shell import Shell


def ask_new_denial(
    desk: Desk,
    shell: Shell,
    claim_id: str,
    document_id: str | None = None,
    known: denials.DenialAnswer | None = None,
) -> bool:
    """Ask for a denial of a claim; return whether one was recorded.

    `known` is what was read in its letter and seen by the person.
    """
    binder, book = desk.binder, rule_book()

    def do(given: DenialInput) -> None:
        denials.record_denial(binder, book, claim_id, given.answer, confirmed=given.confirmed)

    letter = binder.ask(record, "document", document_id) if document_id else None
    before = known or denials.DenialAnswer(
        document_id=document_id,
        notice_on=letter.dated_on if letter else None,
        received_on=letter.received_on if letter else None,
    )
    papers = binder.ask(paper_rows, claim_id=claim_id)
    dialog = DenialDialog(desk, book, claim_id, papers, before)
    return shell.ask_dialog(dialog, do) is not None


def ask_denial(desk: Desk, shell: Shell, denial_id: str) -> None:
    """Ask again about a denial: its date, its letter, its reason."""
    binder, book = desk.binder, rule_book()
    denial = binder.ask(record, "denial", denial_id)
    if not isinstance(denial, Denial):
        return

    def do(given: DenialInput) -> None:
        _save(desk, shell, denial_id, given, is_dated=is_dated)

    is_dated = _is_dated(desk, denial_id)
    papers = binder.ask(paper_rows, claim_id=denial.claim_id)
    before = denials.answer_of(denial)
    dialog = DenialDialog(desk, book, denial.claim_id, papers, before, confirmed=is_dated)
    shell.ask_dialog(dialog, do)


def save_denial(desk: Desk, shell: Shell, denial_id: str, answer: denials.DenialAnswer) -> None:
    """Correct a denial, after a yes to the dates that move; its days stay confirmed or not.

    Raises:
        UserError: a value does not fit, or the person went back.
    """
    is_dated = _is_dated(desk, denial_id)
    _save(desk, shell, denial_id, DenialInput(answer, confirmed=is_dated), is_dated=is_dated)


def _is_dated(desk: Desk, denial_id: str) -> bool:
    rows = desk.binder.ask(due_rows)
    return any(row.denial_id == denial_id and not row.clock_id for row in rows)


def _save(desk: Desk, shell: Shell, denial_id: str, given: DenialInput, *, is_dated: bool) -> None:
    binder, book = desk.binder, rule_book()
    rows = recounting.preview_denial_change(
        binder, book, denial_id, given.answer, confirmed=given.confirmed
    )
    if is_dated:
        accept_changes(shell, rows)
    denials.change_denial(binder, book, denial_id, given.answer, confirmed=given.confirmed)
