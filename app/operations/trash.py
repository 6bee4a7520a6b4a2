"""Trash, restore, and the one thing that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.operations.removing import remove_forever
from app.operations.true_up import settle_true_ups
from app.storage.repository import Repository
from app.storage.unit_of_work import UnitOfWork

_WORDS: Final = {
    "document": "paper", "claim": "claim", "call": "call", "expense": "expense",
    "treatment": "treatment", "authorization": "authorization", "provider": "provider",
    "representative": "helper who may speak", "letter": "letter", "hsa_account": "HSA",
    "withdrawal": "withdrawal", "contribution": "contribution",
    "necessity_letter": "letter of medical necessity", "eob": "explanation of benefits",
    "bill": "bill", "aid": "program or quote",
}  # fmt: skip
_STORES: Final = {
    "document": "documents", "claim": "claims", "call": "calls", "expense": "expenses",
    "treatment": "treatments", "authorization": "authorizations", "provider": "providers",
    "representative": "representatives", "letter": "letters", "hsa_account": "hsa_accounts",
    "withdrawal": "withdrawals", "contribution": "contributions",
    "necessity_letter": "necessity_letters", "eob": "eobs", "bill": "bills", "aid": "aids",
}  # fmt: skip

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
        settle_true_ups(binder, work)


def restore(binder: Binder, records: Sequence[Named]) -> None:
    """Take records out of the trash, as they were."""
    with binder.operation(_label("Restore {}", records)) as work:
        for kind, key in records:
            store = _store(work, kind)
            store.save(replace(store.get(key), trashed_at=None))
        settle_true_ups(binder, work)


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
            remove_forever(work, kind, key)


def _store(work: UnitOfWork, kind: str) -> Repository[Any]:
    if kind not in _STORES:
        raise UserError(f"A {kind.replace('_', ' ')} cannot be moved to the trash.")
    store: Repository[Any] = getattr(work, _STORES[kind])
    return store


def _label(pattern: str, records: Sequence[Named]) -> str:
    if not records:
        raise UserError("Choose something first.")
    kinds = {kind for kind, _ in records}
    word = _WORDS.get(kinds.pop(), "entry") if len(kinds) == 1 else "entry"
    many = {"entry": "entries"}.get(word, f"{word}s")
    what = f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
    return pattern.format(what if len(records) == 1 else f"{len(records)} {many}")
