"""The program whose crashes are studied: `python -m tests.crash.story SANDBOX ACKS STEPS [PLANT]`.

After each step it writes down what the binder holds then (outside the sandbox), and says so: from
that moment on, nothing of it may ever be lost. A plant is a bug that the harness must find.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.binder import Binder
from app.domain.bundle import BoundBundle, BoundFile
from app.jobs import Silent
from app.operations import (
    answers,
    calendar_file,
    claims,
    denials,
    intake,
    letter_papers,
    papers,
    people,
    reserve,
    saved_bundles,
    sendings,
    trash,
    upkeep,
)
from app.operations.bundle_plan import plan_bundle
from app.operations.rules import rule_book
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import claim_denials
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import claim_records
from app.storage.schema import RECORD_TABLES
from tests.crash import plants

STEPS = (
    "create", "add", "sort", "undo", "freeze", "keep", "send", "answer", "reserve", "calendar",
    "back up", "restore", "delete",
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
    for number, file in enumerate(packet_of(sandbox), start=1):
        file.write_bytes(f"%PDF part {number} of the appeal ".encode() * 300)
    with Binder.create(sandbox / "binder") as binder:
        plan = people.add_plan(binder, "Harbor Mutual", program="employer", funding="self")
        claim = claims.open_claim(binder, "Infusions in March", plan_id=plan.id)
        said = denials.DenialAnswer(
            notice_on=binder.today() - timedelta(days=9), letter_says="days", letter_days=60
        )
        denials.record_denial(binder, rule_book(), claim.id, said, confirmed=True)
        letter_papers.save_letter(binder, claim.id, "appeal", "Our appeal", "Dear reviewer, no.")
        paths = [sandbox / "papers" / name for name in ("old letter", "older letter")]
        intake.add_papers(binder, paths, Silent())
        (row,) = intake.add_papers(binder, [sandbox / "papers" / "trashed letter"], Silent())
        assert row.document_id
        trash.put_in_trash(binder, [("document", row.document_id)])


def calendar_of(sandbox: Path) -> Path:
    """Where the file for other calendars lies."""
    return sandbox / "calendar" / "dates.ics"


def packet_of(sandbox: Path) -> tuple[Path, ...]:
    """The files of a bundle that was made in parts."""
    return tuple(sandbox / "papers" / f"appeal-{number}.pdf" for number in (1, 2))


def bound_file(path: Path) -> BoundFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return BoundFile(path=path, pages=3, bytes=len(content), sha256=digest)


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

    def freeze(self) -> None:
        """A bundle that was made: the bytes of its files, then its rows; an older one makes way."""
        denial = self._denial()
        plan = plan_bundle(self.binder, denial.claim_id, today=self.binder.today())
        made = BoundBundle(files=tuple(map(bound_file, packet_of(self.sandbox))))
        frozen = saved_bundles.freeze_bundle(
            self.binder, denial.claim_id, plan, made, denial_id=denial.id
        )
        assert len(frozen.files) == len(made.files)

    def keep(self) -> None:
        """A letter as a paper of its claim: the bytes of its PDF, its rows, and the letter."""
        (claim,) = self.binder.ask(claim_rows)
        (letter,) = self.binder.ask(claim_records, "letter", claim.id)
        assert letter_papers.keep_letter(self.binder, letter.id).document_id

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


if __name__ == "__main__":
    story = Story(Path(sys.argv[1]), Path(sys.argv[2]))
    for plant in sys.argv[4:]:
        getattr(plants, plant)()
    story.tell(sys.argv[3].split(","))
