"""The first start on this computer: welcome, and an own binder, the sample, or a backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QFileDialog

from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.people import add_person
from app.operations.upkeep import RestoreResult, restore
from app.paths import default_binder, sample_binder
from ui.bridges import JobBridge
from ui.dialogs.restore import Choosers, RestoreDialog, unwhole
from ui.disks import backups_in, disk_of, mounted_disks, other_disks
from ui.memory import Memory
from ui.opening import Clock, Opened, open_binder, open_sample
from ui.pages.welcome import Beginning, WelcomeWindow
from ui.waiting import wait_for
from ui.widgets.dialog import ask
from ui.widgets.text import tell
from ui.wording import tr


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
