"""What must hold on every disk that a crash may leave."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from app.binder import Binder
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import calendar_file, intake, upkeep
from app.storage.vault import digest_of
from tests.crash.disk import Tree, lay_out
from tests.crash.story import calendar_of, dump

Ack = dict[str, Any]


@dataclass
class Judge:
    """Lays states out and looks at them; the same state is looked at once."""

    work: Path
    source: Path
    seen: dict[str, list[str]] = field(default_factory=dict)
    looked: int = 0

    def faults(self, tree: Tree, before: Ack, after: Ack) -> list[str]:
        """Return what is wrong with a state in which `before` was acknowledged, `after` not yet."""
        return [
            *self._once(tree, "binder", before, after),
            *self._once(tree, "backups", before, after),
            *self._once(tree, "restored", before, after),
            *self._once(tree, "fresh", before, after),
        ]

    def _once(self, tree: Tree, part: str, before: Ack, after: Ack) -> list[str]:
        places = (part, "calendar") if part == "binder" else (part,)
        mine = {
            name: data for name, data in tree.items() if name.partition("/")[0].startswith(places)
        }
        about = (part, before["step"], after["step"], sorted(mine))
        digest = hashlib.sha256(repr(about).encode())
        for name in sorted(mine):
            digest.update(mine[name] or b"")
        key = digest.hexdigest()
        if key not in self.seen:
            self.looked += 1
            lay_out(mine, self.work)
            with in_haste():
                self.seen[key] = getattr(self, f"_{part}")(self.work, before, after)
        return self.seen[key]

    def _binder(self, place: Path, before: Ack, after: Ack) -> list[str]:
        root = place / "binder"
        allowed = [before["binder"], after["binder"]]
        faults = self._opened(root, allowed, go_on=after["step"] == "add")
        faults = faults or self._calendar(place, root, before, after)
        return faults or (self._traces(root, after) if after["step"] == "delete" else [])

    def _calendar(self, place: Path, root: Path, before: Ack, after: Ack) -> list[str]:
        """A file for other calendars is there as a whole, and before it is remembered."""
        file = calendar_of(place)
        there = digest_of(file) if file.exists() else ""
        if there not in {"", before["calendar"], after["calendar"]}:
            return ["half of a calendar file stands under its name"]
        with Binder.open(root) as binder:
            is_remembered = calendar_file.calendar_made_at(binder) is not None
        if is_remembered and not there:
            return ["a calendar file is remembered that is not there"]
        if before["calendar"] and not (there and is_remembered):
            return ["a calendar file that was saved is gone, or is not remembered"]
        return []

    def _traces(self, root: Path, after: Ack) -> list[str]:
        """Return what is left of a paper that was deleted forever, once the binder was open."""
        with Binder.open(root) as binder:
            if dump(binder) != after["binder"]:
                return []
            if upkeep.check(binder, Silent()).unused:
                return ["the original of what was deleted is still there"]
        return [
            f"“{file.name}” still has words of what was deleted"
            for file in root.rglob("*")
            if file.is_file() and b"trashed letter" in file.read_bytes()
        ]

    def _opened(self, root: Path, allowed: list[Any], *, go_on: bool = False) -> list[str]:
        try:
            with Binder.open(root) as binder:
                faults = [] if dump(binder) in allowed else ["it holds neither the old nor the new"]
                faults += upkeep.check(binder, Silent()).problems + rotten(binder)
                if go_on and not faults:
                    intake.add_papers(binder, [self.source], Silent())
                    faults += upkeep.check(binder, Silent()).problems + rotten(binder)
                return [f"{root.name}: {fault}" for fault in faults]
        except UserError as error:
            return [f"{root.name} does not open: {error}"]

    def _backups(self, place: Path, before: Ack, after: Ack) -> list[str]:
        faults = [
            f"{name} is gone"
            for name in before["backups"]
            if not (place / "backups" / name).exists()
        ]
        for file in place.glob("backups/*.zip"):
            target = place / "brought back"
            try:
                result = upkeep.restore(file, target, Silent())
            except UserError as error:
                faults.append(f"{file.name}: {error}")
                continue
            faults += result.problems
            faults += self._opened(target, [before["binder"], *after["backups"].values()])
            shutil.rmtree(target)
        return faults

    def _restored(self, place: Path, before: Ack, after: Ack) -> list[str]:
        root = place / "restored"
        if not (root / "binder.db").exists():  # not a binder to anybody
            return ["what was restored is gone"] if before["restored"] else []
        return self._opened(root, [before["restored"] or after["restored"]])

    def _fresh(self, place: Path, before: Ack, after: Ack) -> list[str]:
        """A new binder that was not acknowledged is there, or can be made in the same place."""
        root = place / "fresh"
        if before["fresh"]:
            return self._opened(root, [before["fresh"]])
        if not after["fresh"]:
            return []
        faults = self._opened(root, [after["fresh"]])
        if not faults:
            return []
        try:
            Binder.create(root).close()
        except UserError as error:
            return [f"no binder, and none can be made: {error}", *faults]
        return self._opened(root, [after["fresh"]])


@contextmanager
def in_haste() -> Iterator[None]:
    """Look without waiting for the disk: what the look itself writes need not last."""

    def no_sync(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    fsync = os.fsync
    os.fsync = lambda handle: None
    event.listen(Engine, "connect", no_sync)
    try:
        yield
    finally:
        event.remove(Engine, "connect", no_sync)
        os.fsync = fsync


def rotten(binder: Binder) -> tuple[str, ...]:
    """Return the originals whose bytes are not those that their names promise."""
    names = binder.vault.everything()
    return tuple(name for name in names if name != digest_of(binder.vault._place(name)))
