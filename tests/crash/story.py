"""The program whose crashes are studied: `python -m tests.crash.story SANDBOX ACKS STEPS [PLANT]`.

After each step it writes down what the binder holds then (outside the sandbox), and says so: from
that moment on, nothing of it may ever be lost. A plant is a bug that the harness must find.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.binder import Binder
from app.jobs import Silent
from app.operations import (
    answers,
    calendar_file,
    claims,
    denials,
    intake,
    outputs,
    papers,
    people,
    reserve,
    sendings,
    trash,
    upkeep,
)
from app.operations.rules import rule_book
from app.storage import backup, doom, restore, vault
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import claim_denials
from app.storage.queries.papers import paper_rows
from app.storage.schema import RECORD_TABLES

STEPS = (
    "create", "add", "sort", "undo", "send", "answer", "reserve", "calendar", "back up", "restore",
    "delete",
)  # fmt: skip


def dump(binder: Binder) -> dict[str, Any]:
    """Everything that people typed or chose, and what Undo would offer, as plain values."""

    def rows(connection: Connection) -> dict[str, list[list[str]]]:
        questions = {kind: f"SELECT * FROM {table}" for kind, (table, _) in RECORD_TABLES.items()}
        questions["history"] = "SELECT number, label, undone FROM history"
        return {
            kind: sorted([list(map(str, row)) for row in connection.exec_driver_sql(question)])
            for kind, question in questions.items()
        }

    return binder.ask(rows)


def prepare(sandbox: Path) -> None:
    """Make what is there before the story begins: a binder with a claim and papers, and files."""
    for name in ("papers", "backups", "calendar"):
        (sandbox / name).mkdir(parents=True)
    for name in ("old letter", "older letter", "trashed letter", "new letter"):
        words = f"The {name} says no to claim 20260214-773190-00. " * 40
        (sandbox / "papers" / name).write_text(words, encoding="utf-8")
    with Binder.create(sandbox / "binder") as binder:
        plan = people.add_plan(binder, "Harbor Mutual", program="employer", funding="self")
        claim = claims.open_claim(binder, "Infusions in March", plan_id=plan.id)
        said = denials.DenialAnswer(
            notice_on=binder.today() - timedelta(days=9), letter_says="days", letter_days=60
        )
        denials.record_denial(binder, rule_book(), claim.id, said, confirmed=True)
        paths = [sandbox / "papers" / name for name in ("old letter", "older letter")]
        intake.add_papers(binder, paths, Silent())
        (row,) = intake.add_papers(binder, [sandbox / "papers" / "trashed letter"], Silent())
        assert row.document_id
        trash.put_in_trash(binder, [("document", row.document_id)])


def calendar_of(sandbox: Path) -> Path:
    """Where the file for other calendars lies."""
    return sandbox / "calendar" / "dates.ics"


class Story:
    """The steps, in order; what each leaves is what the next begins with."""

    def __init__(self, sandbox: Path, acks: Path) -> None:
        self.sandbox = sandbox
        self._acks = acks
        self._number = 0
        self._binder: Binder | None = None
        self._backups: dict[str, Any] = {}
        self._calendar = ""
        self._restored: Any = None
        self._fresh: Any = None

    @property
    def binder(self) -> Binder:
        self._binder = self._binder or Binder.open(self.sandbox / "binder")
        return self._binder

    def acknowledge(self, name: str) -> None:
        state = {
            "step": name,
            "binder": dump(self.binder),
            "calendar": self._calendar,
            "backups": self._backups,
            "restored": self._restored,
            "fresh": self._fresh,
        }
        (self._acks / f"{self._number}.json").write_text(json.dumps(state), encoding="utf-8")
        os.write(1, f"ACK {self._number}\n".encode())
        self._number += 1

    def create(self) -> None:
        with Binder.create(self.sandbox / "fresh") as binder:
            self._fresh = dump(binder)

    def add(self) -> None:
        path = self.sandbox / "papers" / "new letter"
        (row,) = intake.add_papers(self.binder, [path], Silent())
        assert row.outcome == "added"

    def sort(self) -> None:
        (claim,) = self.binder.ask(claim_rows)
        paper = self.binder.ask(paper_rows)[0]
        papers.file_paper(self.binder, paper.id, claim_id=claim.id, kind="denial")

    def undo(self) -> None:
        assert self.binder.undo()

    def send(self) -> None:
        """An appeal: the sending, the denial, its date, the claim, a running time and its date."""
        denial = self._denial()
        made = sendings.record_sending(
            self.binder, denial.claim_id, self.binder.today(), denial_id=denial.id
        )
        assert made.clock
        assert made.item

    def answer(self) -> None:
        """A no again: the denial, its running time, and the next level with its date."""
        said = answers.AppealAnswer(
            outcome="upheld", on=self.binder.today(), letter_says="days", letter_days=120
        )
        made = answers.record_answer(self.binder, rule_book(), self._denial().id, said)
        assert made.follows
        assert made.follows.items

    def reserve(self) -> None:
        """Days in reserve: a choice, and every day to aim for."""
        assert reserve.set_buffer_days(self.binder, rule_book(), 10)

    def calendar(self) -> None:
        """A file for other calendars, and what is remembered of it."""
        made = calendar_file.write_calendar(self.binder, calendar_of(self.sandbox), details=False)
        self._calendar = made.sha256

    def _denial(self) -> Any:
        (claim,) = self.binder.ask(claim_rows)
        return self.binder.ask(claim_denials, claim.id)[0]

    def back_up(self) -> None:
        made = upkeep.back_up(self.binder, self.sandbox / "backups", Silent())
        assert made.ok
        self._backups = {made.path.name: dump(self.binder)}

    def restore(self) -> None:
        (file,) = (self.sandbox / "backups").glob("*.zip")
        assert upkeep.restore(file, self.sandbox / "restored", Silent()).ok
        self._restored = next(iter(self._backups.values()))

    def delete(self) -> None:
        (paper,) = self.binder.ask(paper_rows, trashed=True)
        trash.delete_forever(self.binder, [("document", paper.id)])

    def tell(self, steps: list[str]) -> None:
        self.acknowledge("begin")
        for step in steps:
            getattr(self, step.replace(" ", "_"))()
            self.acknowledge(step)
        self.binder.close()


# ------------------------------------------------------------------------------------ plants


def row_before_file() -> None:
    put, enter = vault.Vault.put, intake._enter
    late: list[tuple[Any, bytes]] = []

    def only_look(self: vault.Vault, source: Any, **_: Any) -> vault.Stored:
        content = source.read()
        late.append((self, content))
        return vault.Stored(vault.hashlib.sha256(content).hexdigest(), len(content), content, True)

    def then_store(*words: Any, **more: Any) -> Any:
        vault.Vault.holds = lambda *_: True
        rows = enter(*words, **more)
        for place, content in late:
            put(place, io.BytesIO(content))
        return rows

    vault.Vault.put = only_look
    intake._enter = then_store


def _sync_only(wanted: Callable[[int], bool]) -> None:
    fsync = os.fsync
    os.fsync = lambda handle: fsync(handle) if wanted(os.fstat(handle).st_mode) else None


def file_not_synced() -> None:
    _sync_only(stat.S_ISDIR)


def folder_not_synced() -> None:
    _sync_only(stat.S_ISREG)


def no_draft() -> None:
    """Write an original straight to its place: half of it may stand there under its name."""

    def straight(self: vault.Vault, source: Any, **_: Any) -> vault.Stored:
        content = source.read()
        digest = vault.hashlib.sha256(content).hexdigest()
        place = self._place(digest)
        is_new = not place.exists()
        if is_new:
            with place.open("wb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
        self.sync()
        return vault.Stored(digest, len(content), content, is_new)

    vault.Vault.put = straight


def duplicate_not_synced() -> None:
    """Believe that an original which is there lasts, although who put it there was killed."""
    put, sync = vault.Vault.put, vault.Vault.sync
    came: list[bool] = []

    def noting(self: vault.Vault, source: Any, **how: Any) -> vault.Stored:
        stored = put(self, source, **how)
        came.append(stored.is_new)
        return stored

    vault.Vault.put = noting
    vault.Vault.sync = lambda self: sync(self) if any(came) else None


def row_before_name_lasts() -> None:
    """Write the rows of papers whose names in the vault were not synced."""
    vault.Vault.sync = lambda self: None


def _pragma(statement: str) -> None:
    @event.listens_for(Engine, "connect")
    def _(connection: Any, _: Any) -> None:
        connection.execute(statement)


def synchronous_off() -> None:
    _pragma("PRAGMA synchronous = OFF")


def journal_delete() -> None:
    _pragma("PRAGMA journal_mode = DELETE")


def file_destroyed_first() -> None:
    remove = trash._REMOVERS["document"]

    def destroy_then_remove(work: Any, key: str) -> None:
        for part in work.parts.where(document_id=key):
            story.binder.vault.destroy(part.sha256)
        remove(work, key)

    trash._REMOVERS["document"] = destroy_then_remove


def doom_not_noted() -> None:
    doom.note = lambda connection, digests: None


def backup_renamed_first() -> None:
    """Give a backup its name before it was made durable."""
    write, draft_names = backup._write, {}

    def rename_then_write(draft: Path, *words: Any) -> Any:
        place = draft.with_name("ClaimBinder backup 2026-11-21 0800.zip")
        draft_names[draft] = place
        return write(place, *words)

    prove = backup._prove
    backup._write = rename_then_write
    backup._prove = lambda draft, *words: prove(draft_names[draft], *words)
    backup._free_name = lambda folder, made_at: next(iter(draft_names.values()))
    backup.rename = lambda draft, place: None


def remembered_before_written() -> None:
    """Remember what a calendar file says before the file is there."""
    write, late = calendar_file.write_file, []

    def only_say(target: Path, content: bytes) -> Any:
        late.append((target, content))
        return outputs.Written(target, len(content), vault.hashlib.sha256(content).hexdigest())

    def write_after(*words: Any, **more: Any) -> Any:
        made = remember(*words, **more)
        for target, content in late:
            write(target, content)
        return made

    remember = calendar_file.write_calendar
    calendar_file.write_file, calendar_file.write_calendar = only_say, write_after


def restored_in_place() -> None:
    """Unpack a backup straight into its place, the database first."""
    restore.Unpacked.__init__ = lambda self, root: (
        setattr(self, "root", root.with_name("restored")),
        setattr(self, "damaged", []),
    )[0]
    restore._DRAFT = restore.DATABASE
    restore._move = lambda draft, folder: None
    restore._remove = lambda folder: None
    real = restore.rename
    restore.rename = lambda draft, place: None if draft == place else real(draft, place)


if __name__ == "__main__":
    story = Story(Path(sys.argv[1]), Path(sys.argv[2]))
    for plant in sys.argv[4:]:
        globals()[plant]()
    story.tell(sys.argv[3].split(","))
