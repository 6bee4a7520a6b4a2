"""Which binder to open: the one that is named, the last one, or one that is made now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.binder import Binder
from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.sample_mark import is_sample
from app.paths import default_binder, sample_binder
from app.storage.queries.records import all_people
from ui.bridges import JobBridge
from ui.memory import Memory
from ui.waiting import wait_for
from ui.widgets.text import tell
from ui.wording import tr

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open binder, the page to begin on, and whether its person begins with it now.

    `in_background`: it was opened at login, and nobody has called for the window.
    """

    binder: Binder
    page: str = "today"
    is_first_run: bool = False
    in_background: bool = False


def own_place(memory: Memory) -> Path:
    """Return where the person's own binder lies, or would lie: the last one, or the usual place."""
    kept = Path(memory.settings.binder) if memory.settings.binder else None
    return kept if kept and kept.is_dir() else default_binder()


def holds_something(root: Path) -> bool:
    """Return whether there is a folder with anything in it."""
    return root.is_dir() and any(root.iterdir())


def open_binder(root: Path, memory: Memory, now: Clock) -> Opened:
    """Open the binder in a folder; make an empty one where nothing lies yet.

    Raises:
        UserError: it cannot be opened or made.
    """
    is_there = holds_something(root)
    binder = Binder.open(root, now=now) if is_there else Binder.create(root, now=now)
    _seat(binder, memory)
    return Opened(binder, "today" if is_there else "inbox")


def open_sample(root: Path, memory: Memory, now: Clock, jobs: JobBridge) -> Opened | None:
    """Open the sample binder; make it first, with progress, if it is not there.

    None means that making it was stopped.

    Raises:
        UserError: it cannot be made or opened.
    """

    def make(progress: Progress) -> object:
        from app.operations.sample import make_sample  # noqa: PLC0415 - it knows how to draw

        return make_sample(root, progress, now=now)

    if not holds_something(root) and not wait_for(make, tr("Making the sample binder"), jobs):
        return None
    return open_binder(root, memory, now)


def open_next(
    root: Path, before: Path, memory: Memory, now: Clock, jobs: JobBridge
) -> Opened | None:
    """Open another binder; where that cannot be done, say why and open the one before again.

    Raises:
        UserError: the one before cannot be opened again.
    """
    try:
        if root == sample_binder():
            return open_sample(root, memory, now, jobs) or open_binder(before, memory, now)
        opened = open_binder(root, memory, now)
    except UserError as error:
        tell(str(error), tr("Close"))
        return open_binder(before, memory, now)
    if not is_sample(opened.binder):
        memory.choose(binder=str(root.absolute()))
    return opened


def _seat(binder: Binder, memory: Memory) -> None:
    """Let the person who was at the desk last sit there again, if this binder knows them."""
    known = {person.id for person in binder.ask(all_people)}
    author = memory.settings.author_id
    binder.author_id = author if author in known else None
