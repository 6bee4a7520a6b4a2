"""What is known of backups: for the status line, for Today, and for the automatic one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.backup import ProvenBackup, backup_late
from app.storage import backup_note
from app.storage.schema import claims, denials, documents, history, originals


@dataclass(frozen=True, slots=True)
class BackupState:
    """The last proven backup, since when the binder holds anything, and whether it changed since.

    Moments are UTC; days are those of this computer's zone.
    """

    last: ProvenBackup | None
    kept_since: datetime | None
    changed: bool

    @property
    def last_on(self) -> date | None:
        """The day of the last proven backup."""
        return self.last.at.astimezone().date() if self.last else None

    def is_overdue(self, today: date) -> bool:
        """Whether Today should say that there was no backup for a week."""
        first_on = self.kept_since.astimezone().date() if self.kept_since else None
        return backup_late(self.last_on, first_on, today)

    def sentence(self, today: date) -> str:
        """When the last proven backup was made, and where it lies, in words."""
        if self.last is None or self.last_on is None:
            return "There is no backup yet. If this computer fails, everything here is lost."
        days = (today - self.last_on).days
        when = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
        return f"The last proven backup was made {when}, in {self.last.place}."


def backup_state(connection: Connection) -> BackupState:
    """What the window says about backups."""
    first = (
        connection.execute(select(func.min(originals.c.stored_at))).scalar_one(),
        connection.execute(select(func.min(history.c.done_at))).scalar_one(),
    )
    return BackupState(
        last=last_backup(connection),
        kept_since=min(filter(None, first), default=None),
        changed=backup_note.changed_since(connection),
    )


def last_backup(connection: Connection) -> ProvenBackup | None:
    """The last backup that was read back whole, or None if there never was one."""
    return backup_note.noted(connection)


_LETTERS: Final = (
    "denial", "appeal_decision", "information_request", "approval", "eob", "msn",
)  # fmt: skip
"""Papers on which the insurer said something on a day."""


@dataclass(frozen=True, slots=True)
class ClockWitness:
    """What speaks for or against the date of this computer, for `computer_clock.doubt`."""

    last_recorded: date | None
    newest_letter: date | None


def clock_witness(connection: Connection) -> ClockWitness:
    """Return the last day on which anything was recorded here, and the newest date of a letter.

    Letters are those on which the insurer said something; a plan's papers may well be dated
    ahead. What lies in the trash does not count.
    """
    recorded = (
        connection.execute(select(func.max(history.c.done_at))).scalar_one(),
        connection.execute(select(func.max(originals.c.stored_at))).scalar_one(),
    )
    last = max(filter(None, recorded), default=None)
    paper = documents.c
    letters = connection.execute(
        select(func.max(paper.dated_on), func.max(paper.received_on)).where(
            paper.kind.in_(_LETTERS), paper.trashed_at.is_(None)
        )
    ).one()
    noted = connection.execute(
        select(func.max(denials.c.notice_on), func.max(denials.c.received_on))
        .join(claims, claims.c.id == denials.c.claim_id)
        .where(claims.c.trashed_at.is_(None))
    ).one()
    return ClockWitness(
        last_recorded=last.astimezone().date() if last else None,
        newest_letter=max(filter(None, (*letters, *noted)), default=None),
    )
