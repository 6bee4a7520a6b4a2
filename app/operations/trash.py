"""Trash, restore, and the one thing that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork

_WORDS: Final = {"document": "paper", "claim": "claim", "call": "call", "expense": "expense"}

Named = tuple[str, str]
"""The kind and the id of a record."""


def put_in_trash(binder: Binder, records: Sequence[Named]) -> None:
    """Move records to the trash; a claim's papers stay where they are.

    Raises:
        UserError: one does not exist, or is of a kind that has no trash.
    """
    with binder.operation(_label("Move {} to the trash", records)) as work:
        for kind, key in records:
            store = _store(work, kind)
            store.save(replace(store.get(key), trashed_at=binder.now()))


def restore(binder: Binder, records: Sequence[Named]) -> None:
    """Take records out of the trash, as they were."""
    with binder.operation(_label("Restore {}", records)) as work:
        for kind, key in records:
            store = _store(work, kind)
            store.save(replace(store.get(key), trashed_at=None))


def delete_forever(binder: Binder, records: Sequence[Named]) -> None:
    """Remove records that lie in the trash, with their originals; nothing brings them back.

    An original that another paper still uses stays. What could be undone until now is forgotten,
    since it might hold what was deleted.

    Raises:
        UserError: one is not in the trash.
    """
    with binder.erasing(_label("Delete {} forever", records)) as work:
        for kind, key in records:
            if _store(work, kind).get(key).trashed_at is None:
                raise UserError("Only what lies in the trash can be deleted forever.")
            _REMOVERS[kind](work, key)


def _remove_paper(work: UnitOfWork, key: str) -> None:
    for expense in work.expenses.where(document_id=key):
        work.expenses.save(replace(expense, document_id=None))
    for denial in work.denials.where(document_id=key):
        work.denials.save(replace(denial, document_id=None))
    for clock in work.clocks.where(document_id=key):
        work.clocks.save(replace(clock, document_id=None))
    for said in work.said_facts.where(document_id=key):
        work.said_facts.remove(said.id)
    digests = {part.sha256 for part in work.parts.where(document_id=key)}
    for part in work.parts.where(document_id=key):
        work.parts.remove(part.id)
    work.documents.remove(key)
    for sha256 in sorted(digests):
        if not work.parts.where(sha256=sha256):
            work.derived.forget(sha256)
            work.doomed.append(sha256)


def _remove_call(work: UnitOfWork, key: str) -> None:
    for item in work.due_items.where(call_id=key):
        work.due_items.save(replace(item, call_id=None))
    work.calls.remove(key)


def _remove_expense(work: UnitOfWork, key: str) -> None:
    work.expenses.remove(key)


def _remove_claim(work: UnitOfWork, key: str) -> None:
    """Remove a claim with its denials, dates and sendings; papers, calls and money lose it."""
    gone: tuple[Repository[Any], ...] = (
        work.due_items, work.clocks, work.sendings, work.denials,
    )  # fmt: skip
    for store in gone:
        for record in store.where(claim_id=key):
            store.remove(record.id)
    holders: tuple[Repository[Any], ...] = (work.documents, work.calls, work.expenses)
    for store in holders:
        for record in store.where(claim_id=key):
            holder: Any = record
            store.save(replace(holder, claim_id=None))
    work.claims.remove(key)


_REMOVERS: Final = {
    "document": _remove_paper,
    "claim": _remove_claim,
    "call": _remove_call,
    "expense": _remove_expense,
}


def _store(work: UnitOfWork, kind: str) -> Repository[Any]:
    stores: dict[str, Repository[Any]] = {
        "document": work.documents,
        "claim": work.claims,
        "call": work.calls,
        "expense": work.expenses,
    }
    if kind not in stores:
        raise UserError(f"A {kind.replace('_', ' ')} cannot be moved to the trash.")
    return stores[kind]


def _label(pattern: str, records: Sequence[Named]) -> str:
    if not records:
        raise UserError("Choose something first.")
    kinds = {kind for kind, _ in records}
    word = _WORDS.get(kinds.pop(), "entry") if len(kinds) == 1 else "entry"
    many = {"entry": "entries"}.get(word, f"{word}s")
    what = f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
    return pattern.format(what if len(records) == 1 else f"{len(records)} {many}")
