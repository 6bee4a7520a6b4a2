"""One open binder: its database, its originals, its news, and what can be undone."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, Self, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Engine

from app.changes import ChangeFeed, Changes
from app.domain.errors import BinderUnusableError, UserError
from app.storage import doom, history, search
from app.storage.database import DATABASE, open_engine, plain_errors, reading, settle, writing
from app.storage.derived import Derived
from app.storage.lock import BinderLock
from app.storage.migrations import NEWEST, look_before_opening, migrate, schema_version
from app.storage.place import refuse_synced
from app.storage.repository import Edit
from app.storage.unit_of_work import UnitOfWork, index_edits
from app.storage.vault import Vault, make_folder, sync_folder

P = ParamSpec("P")
T = TypeVar("T")

_NOTE_NAME: Final = "READ ME.txt"
_NOTE: Final = (
    "This folder is a ClaimBinder binder. Open it with ClaimBinder; please do not rename, move or "
    "edit the files in it.\nThe folder “originals” holds each of your papers exactly as it came "
    "in; the database names them.\n"
)


_NOT_EMPTY: Final = (
    "“{}” is not empty. Choose a new folder for the binder, "
    "or open the binder that is already there."
)


def _may_become_a_binder(folder: Path) -> bool:
    """Return whether a folder is empty, or holds only what an interrupted start left behind."""
    ours = {DATABASE, *(f"{DATABASE}{end}" for end in ("-wal", "-shm", "-journal"))}
    ours |= {"binder.lock", "originals", "incoming"}
    if not folder.is_dir() or any(entry.name not in ours for entry in folder.iterdir()):
        return False
    kept = folder / "originals"
    return not kept.is_dir() or not any(kept.iterdir())


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _read_anew(connection: Connection, edits: Iterable[Edit]) -> frozenset[str]:
    """Let photos be read again whose edges an undo has changed; return their papers."""
    derived = Derived(connection)
    for edit in edits:
        if edit.kind == "page_edges":
            for edges in filter(None, (edit.before, edit.after)):
                derived.read_anew(edges.sha256)
    return derived.documents_touched()


class Binder:
    """The one door to a binder. Screens ask; operations change; nothing else does either."""

    def __init__(
        self, root: Path, engine: Engine, lock: BinderLock, now: Callable[[], datetime]
    ) -> None:
        self.root = root
        self.vault = Vault(root)
        self.feed = ChangeFeed()
        self.now = now
        self.author_id: str | None = None
        self.engine = engine
        self._lock = lock

    # ------------------------------------------------------------- opening and closing

    @classmethod
    def create(cls, root: Path, *, now: Callable[[], datetime] = _utc_now) -> Self:
        """Make an empty binder in a new or empty folder, and open it.

        Raises:
            UserError: the place is not empty, not writable, or synced by a cloud program.
        """
        refuse_synced(root)
        with plain_errors():
            if root.exists() and not _may_become_a_binder(root):
                raise UserError(_NOT_EMPTY.format(root.name))
            make_folder(root)
            return cls._open(root, now, new=True)

    @classmethod
    def open(cls, root: Path, *, now: Callable[[], datetime] = _utc_now) -> Self:
        """Open a binder, bringing an older one to today's form.

        Raises:
            BinderUnusableError: there is none, it is damaged, open elsewhere, or too new.
        """
        if not (root / DATABASE).is_file():
            raise BinderUnusableError(
                f"There is no binder in “{root}”. Check the folder, or make a new binder there."
            )
        with plain_errors():
            look_before_opening(root / DATABASE)
            return cls._open(root, now, new=False)

    @classmethod
    def _open(cls, root: Path, now: Callable[[], datetime], *, new: bool) -> Self:
        lock = BinderLock(root)
        lock.take()
        engine = open_engine(root / DATABASE)
        try:
            binder = cls(root, engine, lock, now)
            binder.vault.prepare()
            binder._prepare_database(new=new)
        except BaseException:
            engine.dispose()
            lock.free()
            raise
        return binder

    def _prepare_database(self, *, new: bool) -> None:
        with reading(self.engine) as connection:
            version = schema_version(connection)
        if version == 0 and not new:
            raise BinderUnusableError(
                "The binder's database is empty. Restore the newest backup into a new folder."
            )
        if version and new:
            raise UserError(_NOT_EMPTY.format(self.root.name))
        if version < NEWEST:
            with writing(self.engine) as connection:
                migrate(connection)
                if new:
                    facts = "INSERT INTO binder_facts(name, value) VALUES ('id', ?)"
                    connection.exec_driver_sql(facts, (uuid4().hex,))
        self._sweep()
        self._destroy_doomed()
        settle(self.engine)
        if not (self.root / _NOTE_NAME).exists():
            self._write_note()
        sync_folder(self.root)
        sync_folder(self.root.parent)

    def _write_note(self) -> None:
        """Tell whoever finds the folder what it is."""
        with (self.root / _NOTE_NAME).open("w", encoding="utf-8") as note:
            note.write(_NOTE)
            note.flush()
            os.fsync(note.fileno())

    def today(self) -> date:
        """Return the person's own day, by the binder's clock and the zone of this computer."""
        return self.now().astimezone().date()

    def close(self) -> None:
        """Close the files and let other programs in."""
        self.engine.dispose()
        self._lock.free()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------- asking and changing

    def ask(
        self,
        question: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Put a question of `app.storage.queries` and return its frozen answer."""
        with reading(self.engine) as connection:
            return question(connection, *args, **kwargs)

    @contextmanager
    def operation(self, label: str) -> Generator[UnitOfWork]:
        """Do one undoable thing, then tell everyone what changed."""
        with writing(self.engine) as connection:
            work = UnitOfWork(connection)
            yield work
            if work.edits:
                index_edits(connection, work.edits)
                history.remember(connection, label, work.edits, self.now())
            touched = work.derived.documents_touched()
        self._publish(label, work.edits, touched)

    @contextmanager
    def erasing(self, label: str) -> Generator[UnitOfWork]:
        """Do one thing that cannot be undone, and forget all that could be.

        With the steps go the originals that only an undone step still knew. The originals to
        destroy are noted in the same transaction: if the power fails before they are gone, the
        next start finishes the work.
        """
        with writing(self.engine) as connection:
            work = UnitOfWork(connection)
            yield work
            index_edits(connection, work.edits)
            history.forget_all(connection)
            for sha256 in doom.unused(connection):
                work.derived.forget(sha256)
                work.doomed.append(sha256)
            work.derived.forget_siftings()
            search.compact(connection)
            doom.note(connection, work.doomed)
        self._publish(label, work.edits, ())
        self._destroy_doomed()
        settle(self.engine)

    def _sweep(self) -> None:
        """Forget the originals that nothing uses and no undo could ask for; they are then doomed.

        At the start nobody is adding anything, so what is unused now stays so.
        """
        with reading(self.engine) as connection:
            if not doom.out_of_reach(connection):
                return
        try:
            with writing(self.engine) as connection:
                left, derived = doom.out_of_reach(connection), Derived(connection)
                for sha256 in left:
                    derived.forget(sha256)
                doom.note(connection, left)
        except UserError:
            return  # such as on a full disk: that keeps nobody out, and the next start tries again

    def _destroy_doomed(self) -> None:
        """Destroy what is noted, as the one writer: no paper can come to use it meanwhile."""
        with reading(self.engine) as connection:
            if not doom.noted(connection):
                return
        with writing(self.engine) as connection:
            for sha256 in doom.due(connection):
                self.vault.destroy(sha256)
            doom.clear(connection)

    @contextmanager
    def deriving(self, label: str) -> Generator[Derived]:
        """Store what a machine derived: no undo step, but the same news."""
        with writing(self.engine) as connection:
            derived = Derived(connection)
            yield derived
            touched = derived.documents_touched()
        self._publish(label, (), touched)

    def undo(self) -> str | None:
        """Take back the newest step; return its label, or None if there is none."""
        return self._turn(history.take_back, "Undo")

    def redo(self) -> str | None:
        """Do again the step undone last; return its label, or None if there is none."""
        return self._turn(history.do_again, "Redo")

    def labels(self) -> history.Labels:
        """Return what can be undone and redone now."""
        return self.ask(history.labels)

    def _turn(self, turn: Callable[[Connection], history.Step | None], word: str) -> str | None:
        derived_anew: frozenset[str] = frozenset()
        with writing(self.engine) as connection:
            step = turn(connection)
            if step:
                index_edits(connection, list(step.edits))
                derived_anew = _read_anew(connection, step.edits)
        if step is None:
            return None
        self._publish(f"{word}: {step.label}", step.edits, derived_anew)
        return step.label

    def _publish(self, label: str, edits: Iterable[Edit], read: Iterable[str]) -> None:
        ids: dict[str, set[str]] = {}
        for edit in edits:
            ids.setdefault(edit.kind, set()).add(edit.key)
        if papers := set(read):
            ids.setdefault("reading", set()).update(papers)
        if ids:
            self.feed.publish(Changes(label, {kind: frozenset(some) for kind, some in ids.items()}))
