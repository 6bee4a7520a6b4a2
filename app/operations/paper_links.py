"""What names a paper, or a page of it, goes along when papers are joined or taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.domain.errors import UserError
from app.operations.ids import new_id
from app.storage.queries.papers import PageRef
from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork

_LINKS: Final = (
    ("expenses", "document_id", ""),
    ("denials", "document_id", ""),
    ("clocks", "document_id", ""),
    ("authorizations", "document_id", ""),
    ("representatives", "document_id", ""),
    ("letters", "document_id", ""),
    ("expenses", "proof_id", ""),
    ("hsa_accounts", "document_id", ""),
    ("withdrawals", "document_id", ""),
    ("hsa_forms", "document_id", ""),
    ("allocations", "document_id", ""),
    ("refunds", "document_id", ""),
    ("trips", "document_id", ""),
    ("stays", "document_id", ""),
    ("necessity_letters", "document_id", ""),
    ("eobs", "document_id", ""),
    ("bills", "document_id", ""),
    ("aids", "document_id", ""),
    ("evidence_marks", "document_id", ""),
    ("sending_proofs", "document_id", ""),
    ("said_facts", "document_id", "page"),
    ("treatments", "document_id", "page"),
    ("criteria", "source_document_id", "source_page"),
    ("criterion_proofs", "document_id", "page"),
    ("black_outs", "document_id", "page"),
)
"""Which records name a paper, in which field, and in which one a page of it."""


def pages_known(refs: Sequence[PageRef]) -> int | None:
    """Return how many pages a paper has, or None while it is not read to its end."""
    parts = {ref.sha256: ref.part_pages for ref in refs}
    counted = [count for count in parts.values() if count is not None]
    return sum(counted) if refs and len(counted) == len(parts) else None


def join_links(work: UnitOfWork, document_id: str, whole_id: str, pages_before: int | None) -> None:
    """Let all that names a paper name the paper it becomes part of, behind `pages_before` pages.

    What a person chose of its pages for a bundle is asked anew: the whole has other pages.

    Raises:
        UserError: a page is named, and it is not known yet which page of the whole that will be.
    """
    for store, field, page in _LINKS:
        records: Repository[Any] = getattr(work, store)
        for record in records.where(**{field: document_id}):
            changed: dict[str, Any] = {field: whole_id}
            if page and getattr(record, page) is not None:
                if pages_before is None:
                    raise UserError(
                        "These papers are not all read yet, so what you marked on a page would "
                        "lose its place. Wait until they are read, then join them."
                    )
                changed[page] = getattr(record, page) + pages_before
            records.save(replace(record, **changed))
    for choice in work.bundle_choices.where(document_id=document_id):
        work.bundle_choices.remove(choice.id)
    for choice in work.bundle_choices.where(document_id=whole_id):
        work.bundle_choices.save(replace(choice, pages=""))


def black_outs_along(work: UnitOfWork, whole_id: str, paper_id: str, first: int, last: int) -> None:
    """Put the black boxes of pages `first` to `last` on the paper that these pages become."""
    for box in work.black_outs.where(document_id=whole_id):
        if first <= box.page <= last:
            page = box.page - first + 1
            work.black_outs.add(replace(box, id=new_id(), document_id=paper_id, page=page))
