"""Backups that happen by themselves: hourly if one is due, and on leaving."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.upkeep import BackupResult, automatic_backup_due, back_up
from ui.backup_status import backup_folder
from ui.bridges import JobBridge
from ui.desk import Desk
from ui.shell import Shell
from ui.waiting import wait_for
from ui.widgets.text import tell
from ui.wording import tr

_HOUR_MS: Final = 3_600_000


class BackupKeeper(QObject):
    """Backs up when it is time and the place is there; says nothing unless something is wrong."""

    def __init__(self, desk: Desk, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._told: set[str] = set()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)
        self._clock.start(_HOUR_MS)

    @Slot()
    def look(self) -> None:
        """Begin a backup if one is due."""
        folder, today = backup_folder(self._desk.memory), self._desk.today()
        binder = self._desk.binder

        def is_due(_progress: Progress) -> bool:
            return automatic_backup_due(binder, folder, today, leaving=False)

        if folder:
            self._desk.quick.run("", is_due, self._begin, owner=self)

    def _begin(self, is_due: object) -> None:
        folder = backup_folder(self._desk.memory)
        if not is_due or folder is None:
            return

        def work(progress: Progress) -> BackupResult:
            return back_up(self._desk.binder, folder, progress)

        self._desk.jobs.run(tr("Backing up"), work, self._done, self._failed, owner=self)

    def _done(self, made: BackupResult) -> None:
        if not made.ok:
            from ui.pages.upkeep_steps import tell_backup  # noqa: PLC0415 - hardly ever needed

            tell_backup(self._shell, made)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        if str(error) not in self._told:  # each reason once, not every hour
            self._told.add(str(error))
            self._shell.fail(error)


def back_up_on_leaving(desk: Desk, jobs: JobBridge) -> bool:
    """Back up once more when the window has closed, with progress and “Skip”.

    Returns whether a backup was made. Skipping returns at once: the job stops by itself. `jobs`
    is a bridge that no window listens to any more.
    """
    binder, folder = desk.binder, backup_folder(desk.memory)
    if folder is None or not automatic_backup_due(binder, folder, desk.today(), leaving=True):
        return False

    def work(progress: Progress) -> BackupResult:
        return back_up(binder, folder, progress)

    try:
        made = wait_for(work, tr("Backing up before closing"), jobs, tr("Skip"))
    except UserError as error:
        tell(str(error), tr("Close"))
        return False
    return made is not None
