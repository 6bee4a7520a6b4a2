"""Commands that take back: undo, redo, the trash."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_in_trash, id_of
from app.domain.errors import UserError
from app.operations.trash import put_in_trash, restore
from app.storage.queries.trash import trash_rows


@with_binder
def undo(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command is told
    """Take the last step back."""
    label = desk.binder.undo()
    if label is None:
        raise UserError("There is nothing to undo.")
    return Answer({"undone": label}, [f"Undone: {label}"])


@with_binder
def redo(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command is told
    """Do the step again that was undone last."""
    label = desk.binder.redo()
    if label is None:
        raise UserError("There is nothing to redo.")
    return Answer({"redone": label}, [f"Done again: {label}"])


@with_binder
def trash(desk: Desk, words: Namespace) -> Answer:
    """Move records to the trash; without any, list what lies there."""
    if not words.kind:
        found = desk.binder.ask(trash_rows)
        rows = [
            {
                "kind": row.kind,
                "id": row.id,
                "title": row.title,
                "trashed_at": row.trashed_at.isoformat(),
            }
            for row in found
        ]
        return Answer(
            rows, table(("kind", "id", "title"), ((r.kind, r.id, r.title) for r in found))
        )
    ids = [id_of(desk.binder, words.kind, called) for called in words.ids]
    put_in_trash(desk.binder, [(words.kind, key) for key in ids])
    return Answer({"trashed": ids}, [f"In the trash: {', '.join(ids)}"])


@with_binder
def untrash(desk: Desk, words: Namespace) -> Answer:
    """Take records out of the trash."""
    ids = [id_in_trash(desk.binder, words.kind, called) for called in words.ids]
    restore(desk.binder, [(words.kind, key) for key in ids])
    return Answer({"restored": ids}, [f"Restored: {', '.join(ids)}"])
