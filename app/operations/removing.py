"""What goes with a record that is deleted forever, and what only forgets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork

_PAPER_FORGOTTEN: Final = (
    ("expenses", "document_id"),
    ("denials", "document_id"),
    ("clocks", "document_id"),
    ("treatments", "document_id"),
    ("authorizations", "document_id"),
    ("representatives", "document_id"),
    ("criteria", "source_document_id"),
    ("letters", "document_id"),
    ("expenses", "proof_id"),
    ("hsa_accounts", "document_id"),
    ("withdrawals", "document_id"),
    ("hsa_forms", "document_id"),
    ("allocations", "document_id"),
    ("refunds", "document_id"),
    ("trips", "document_id"),
    ("stays", "document_id"),
    ("necessity_letters", "document_id"),
    ("eobs", "document_id"),
    ("bills", "document_id"),
    ("aids", "document_id"),
)
"""Records that may name a paper; they stay, without it."""

_PAPER_GONE: Final = (
    "said_facts", "criterion_proofs", "evidence_marks", "bundle_choices", "black_outs",
    "sending_proofs",
)  # fmt: skip
"""Records that are about a paper; they go with it."""

_CLAIM_GONE: Final = (
    "due_items", "clocks", "diary_lines", "treatments", "authorizations", "letters",
    "bundle_choices", "hidden_lines",
)  # fmt: skip
"""Records that belong to a claim and hold nothing of their own."""

_CLAIM_FORGOTTEN: Final = ("documents", "calls", "expenses", "eobs", "bills", "aids")
"""Records that outlive their claim."""

_PROVIDER_FORGOTTEN: Final = (
    ("claims", "provider_id"),
    ("claims", "facility_id"),
    ("treatments", "provider_id"),
    ("authorizations", "provider_id"),
    ("expenses", "provider_id"),
    ("necessity_letters", "provider_id"),
    ("eobs", "provider_id"),
    ("bills", "provider_id"),
    ("aids", "provider_id"),
)
"""Records that may name a provider."""


def remove_forever(work: UnitOfWork, kind: str, key: str) -> None:
    """Remove a record of a kind that has a trash, and all that cannot be without it."""
    _REMOVERS[kind](work, key)
    _remove_where(work, "hidden_lines", record_id=key)
    for store in (work.choices, work.finding_marks):
        for named in store.where():
            if key in named.id.split():  # about a record: it bears its id in its name
                store.remove(named.id)


def doom_unused(work: UnitOfWork, sha256: str) -> None:
    """Let an original be destroyed unless a paper or a bundle that was made still uses it."""
    if not work.parts.where(sha256=sha256) and not work.saved_files.where(sha256=sha256):
        work.derived.forget(sha256)
        work.doomed.append(sha256)


def remove_bundle(work: UnitOfWork, bundle_id: str) -> None:
    """Remove a bundle that was made, with its files; what was sent forgets it."""
    _forget(work, "sendings", "bundle_id", bundle_id)
    digests = {file.sha256 for file in work.saved_files.where(bundle_id=bundle_id)}
    _remove_where(work, "saved_files", bundle_id=bundle_id)
    work.saved_bundles.remove(bundle_id)
    for sha256 in sorted(digests):
        doom_unused(work, sha256)


def _remove_paper(work: UnitOfWork, key: str) -> None:
    for store, field in _PAPER_FORGOTTEN:
        _forget(work, store, field, key)
    for mark in work.evidence_marks.where(document_id=key):
        _forget(work, "due_items", "evidence_id", mark.id)
    for store in _PAPER_GONE:
        _remove_where(work, store, document_id=key)
    digests = {part.sha256 for part in work.parts.where(document_id=key)}
    _remove_where(work, "parts", document_id=key)
    work.documents.remove(key)
    for sha256 in sorted(digests):
        doom_unused(work, sha256)


def _remove_call(work: UnitOfWork, key: str) -> None:
    _forget(work, "due_items", "call_id", key)
    _forget(work, "sendings", "call_id", key)
    work.calls.remove(key)


def _remove_expense(work: UnitOfWork, key: str) -> None:
    """Remove a line of the ledger with what is only about it: who paid, what came back, the way."""
    for store in ("allocations", "refunds", "trips", "stays"):
        _remove_where(work, store, expense_id=key)
    _forget(work, "trips", "parking_id", key)
    for item in work.due_items.where(expense_id=key, kind="tax"):
        work.due_items.remove(item.id)
    _forget(work, "due_items", "expense_id", key)
    _forget(work, "expenses", "origin_id", key)
    work.expenses.remove(key)


def _remove_account(work: UnitOfWork, key: str) -> None:
    """Remove an account with its tax forms; what went in and out stays, without it."""
    _remove_where(work, "hsa_forms", account_id=key)
    for store in ("withdrawals", "contributions", "expenses"):
        _forget(work, store, "account_id", key)
    work.hsa_accounts.remove(key)


def _remove_withdrawal(work: UnitOfWork, key: str) -> None:
    """Remove a withdrawal; what it had paid is paid by nobody again."""
    _remove_where(work, "allocations", withdrawal_id=key)
    work.withdrawals.remove(key)


def _remove_contribution(work: UnitOfWork, key: str) -> None:
    work.contributions.remove(key)


def _remove_necessity_letter(work: UnitOfWork, key: str) -> None:
    _forget(work, "expenses", "necessity_id", key)
    _remove_where(work, "due_items", necessity_id=key)
    work.necessity_letters.remove(key)


def _remove_eob(work: UnitOfWork, key: str) -> None:
    """Remove a version of an explanation with its lines; later versions follow the one before."""
    before = work.eobs.get(key).follows_id
    for line in work.eob_lines.where(eob_id=key):
        _forget(work, "expenses", "eob_line_id", line.id)
        work.eob_lines.remove(line.id)
    for later in work.eobs.where(follows_id=key):
        work.eobs.save(replace(later, follows_id=before))
    work.eobs.remove(key)


def _remove_bill(work: UnitOfWork, key: str) -> None:
    _forget(work, "expenses", "bill_id", key)
    work.bills.remove(key)


def _remove_aid(work: UnitOfWork, key: str) -> None:
    _forget(work, "expenses", "aid_id", key)
    _remove_where(work, "due_items", aid_id=key)
    work.aids.remove(key)


def _remove_claim(work: UnitOfWork, key: str) -> None:
    """Remove a claim with all that is only about it; papers, calls and money lose it."""
    for store in _CLAIM_GONE:
        _remove_where(work, store, claim_id=key)
    for sending in work.sendings.where(claim_id=key):
        _remove_where(work, "sending_proofs", sending_id=sending.id)
        work.sendings.remove(sending.id)
    for bundle in work.saved_bundles.where(claim_id=key):
        remove_bundle(work, bundle.id)
    for denial in work.denials.where(claim_id=key):
        _remove_points(work, denial.id)
        _remove_where(work, "evidence_marks", denial_id=denial.id)
        work.denials.remove(denial.id)
    for store in _CLAIM_FORGOTTEN:
        _forget(work, store, "claim_id", key)
    work.claims.remove(key)


def _remove_points(work: UnitOfWork, denial_id: str) -> None:
    for criterion in work.criteria.where(denial_id=denial_id):
        _remove_where(work, "criterion_proofs", criterion_id=criterion.id)
        work.criteria.remove(criterion.id)


def _remove_treatment(work: UnitOfWork, key: str) -> None:
    work.treatments.remove(key)


def _remove_authorization(work: UnitOfWork, key: str) -> None:
    """Remove an approval with its entries in the calendar, which are only about it."""
    _remove_where(work, "due_items", authorization_id=key)
    work.authorizations.remove(key)


def _remove_provider(work: UnitOfWork, key: str) -> None:
    for store, field in _PROVIDER_FORGOTTEN:
        _forget(work, store, field, key)
    work.providers.remove(key)


def _remove_representative(work: UnitOfWork, key: str) -> None:
    work.representatives.remove(key)


def _remove_letter(work: UnitOfWork, key: str) -> None:
    work.letters.remove(key)


def _forget(work: UnitOfWork, store: str, field: str, key: str) -> None:
    records: Repository[Any] = getattr(work, store)
    for record in records.where(**{field: key}):
        records.save(replace(record, **{field: None}))


def _remove_where(work: UnitOfWork, store: str, **match: str) -> None:
    records: Repository[Any] = getattr(work, store)
    for record in records.where(**match):
        records.remove(record.id)


_REMOVERS: Final[dict[str, Callable[[UnitOfWork, str], None]]] = {
    "document": _remove_paper,
    "claim": _remove_claim,
    "call": _remove_call,
    "expense": _remove_expense,
    "treatment": _remove_treatment,
    "authorization": _remove_authorization,
    "provider": _remove_provider,
    "representative": _remove_representative,
    "letter": _remove_letter,
    "hsa_account": _remove_account,
    "withdrawal": _remove_withdrawal,
    "contribution": _remove_contribution,
    "necessity_letter": _remove_necessity_letter,
    "eob": _remove_eob,
    "bill": _remove_bill,
    "aid": _remove_aid,
}
