"""Which binder to open: the one that is named, the last one, or one that is made now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QFileDialog

from app.binder import Binder
from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.people import add_person
from app.operations.sample import is_sample, make_sample
from app.operations.upkeep import RestoreResult, restore
from app.paths import default_binder, sample_binder
from app.storage.queries.records import all_people
from ui.bridges import JobBridge
from ui.dialogs.restore import Choosers, RestoreDialog, unwhole
from ui.disks import backups_in, disk_of, mounted_disks, other_disks
from ui.memory import Memory
from ui.pages.welcome import Beginning, WelcomeWindow
from ui.waiting import wait_for
from ui.widgets.dialog import ask
from ui.widgets.text import tell
from ui.wording import tr

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open binder, the page to begin on, and whether its person begins with it now."""

    binder: Binder
    page: str = "today"
    is_first_run: bool = False


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


def begin(memory: Memory, now: Clock, jobs: JobBridge) -> Opened | None:
    """Welcome a person who has no binder yet; return what they begin with, None if they leave."""
    while True:
        welcome = WelcomeWindow()
        chosen = _answer_of(welcome, memory)
        if chosen is None:
            return None
        try:
            opened = _begin_with(chosen, welcome, memory, now, jobs)
        except UserError as error:
            tell(str(error), tr("Close"))
            opened = None
        finally:
            welcome.close()
            welcome.deleteLater()
        if opened:
            return opened


def _answer_of(welcome: WelcomeWindow, memory: Memory) -> Beginning | None:
    answers: list[Beginning] = []
    loop = QEventLoop()
    welcome.chosen.connect(answers.append)
    welcome.chosen.connect(loop.quit)
    welcome.closed.connect(loop.quit)
    size = (memory.recall("window") or "1280,860").split(",")
    screen = welcome.screen().availableSize()
    welcome.resize(min(int(size[0]), screen.width()), min(int(size[-1]), screen.height()))
    welcome.show()
    welcome.own.setFocus()
    loop.exec()
    return answers[0] if answers else None


def _begin_with(
    chosen: Beginning, welcome: WelcomeWindow, memory: Memory, now: Clock, jobs: JobBridge
) -> Opened | None:
    if chosen.way == "sample":
        welcome.hide()
        return open_sample(sample_binder(), memory, now, jobs)
    if chosen.way == "restore":
        return _restored(welcome, memory, now, jobs)
    opened = open_binder(default_binder(), memory, now)
    if chosen.name:
        person = add_person(opened.binder, chosen.name, relation=chosen.relation)
        opened.binder.author_id = person.id
        memory.choose(author_id=person.id)
    return replace(opened, is_first_run=True)


def _restored(welcome: WelcomeWindow, memory: Memory, now: Clock, jobs: JobBridge) -> Opened | None:
    """Ask for a backup, bring it back to the usual place, and open it."""
    found = backups_in([disk.folder for disk in other_disks(mounted_disks(), disk_of(Path.home()))])
    dialog = RestoreDialog(found, default_binder(), _choosers(welcome))
    dialog.setParent(welcome, dialog.windowFlags())
    given = ask(dialog)
    if given is None:
        return None
    welcome.hide()

    def work(progress: Progress) -> RestoreResult:
        return restore(given.file, given.folder, progress, now=now)

    restored = wait_for(work, tr("Bringing the backup back"), jobs)
    if restored is None:
        return None
    if not restored.ok:
        ask(unwhole(restored))
    memory.choose(binder=str(given.folder.absolute()))
    return replace(open_binder(given.folder, memory, now), is_first_run=True)


def _choosers(over: WelcomeWindow) -> Choosers:
    def files(title: str, patterns: str) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(over, title, str(Path.home()), patterns)
        return [Path(name) for name in names]

    def folder(title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(over, title, str(Path.home()))
        return Path(name) if name else None

    return Choosers(files, folder)
