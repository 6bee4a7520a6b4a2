"""Starts the window: `claimbinder-desktop`, also `python -m ui`."""

from __future__ import annotations

from app.operations.reading import DocumentReader
from app.operations.sample_mark import is_sample

# isort: split
# What stands above brings in SQLAlchemy: Qt's import hook would slow it down.
import argparse
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.errors import BinderUnusableError, UserError
from app.paths import default_binder, log_file, sample_binder, settings_file
from ui.backup_status import backup_folder, backup_words
from ui.bridges import JobBridge
from ui.desk import Desk
from ui.errors import ErrorDesk
from ui.forgotten import ForgottenObjects
from ui.main_window import PATIENCE_MS, MainWindow
from ui.memory import Memory
from ui.opening import (
    Opened,
    holds_something,
    open_binder,
    open_next,
    open_sample,
    own_place,
)
from ui.pages import COMMANDS, DOOR, LATER, PAGES
from ui.questions import questions_of
from ui.reader import BinderReader
from ui.shell import Contents
from ui.shots import take_shots
from ui.style import Style
from ui.widgets.text import tell
from ui.wording import tr

_log = logging.getLogger(__name__)
_SOON_MS = 20_000
_PAGES_MS = 1_500
_TURN_SECONDS = 0.0005
"""How long a thread that reckons keeps the window waiting for Python at a time, a tenth of what is
usual: a list of 40,000 expenses scrolls while their money is judged."""

_DAMAGED = 3  # the exit status of a binder that cannot be used, as for the headless commands


@dataclass(frozen=True, slots=True)
class Started:
    """What there is before any binder is open."""

    app: QApplication
    style: Style
    memory: Memory
    errors: ErrorDesk
    words: argparse.Namespace

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock of every binder: the system's, moved to another day if one was named."""
        return _clock_of(self.words.today)

    def today(self) -> date:
        """Return the person's own day."""
        return self.words.today or date.today()  # noqa: DTZ011


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on a binder and stay until it is closed; return the exit status."""
    words = _words(arguments)
    if words.shots:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _log_to_file()
    sys.setswitchinterval(_TURN_SECONDS)
    with ExitStack() as leaving:
        started = _start(words, leaving)
        try:
            return _work(started)
        except UserError as error:
            tell(str(error), tr("Close"))
            return _DAMAGED if isinstance(error, BinderUnusableError) else 1


def _start(words: argparse.Namespace, leaving: ExitStack) -> Started:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("ClaimBinder")
    app.setApplicationDisplayName("ClaimBinder")
    app.setQuitOnLastWindowClosed(False)
    memory = Memory(settings_file())
    theme = memory.settings.theme if memory.settings.theme in ("light", "dark") else "system"
    style = Style(app, theme, memory.settings.text_percent)
    errors = ErrorDesk()
    errors.install()
    leaving.callback(errors.uninstall)
    return Started(app, style, memory, errors, words)


def _work(started: Started) -> int:
    """Open one binder after another until the person leaves; return the exit status.

    Raises:
        UserError: a binder cannot be opened or made.
    """
    with closing(JobBridge()) as jobs:
        opened = _first(started, jobs)
        status = 0
        while opened:
            before = opened.binder.root
            status, following = _work_at(opened, started)
            opened = _next(following, before, started, jobs) if following else None
    return status


def _next(root: Path, before: Path, started: Started, jobs: JobBridge) -> Opened | None:
    """Open the binder that was asked for; the person's own may still have to be begun."""
    if root == default_binder() and not holds_something(root):
        return _begin(started, jobs)
    return open_next(root, before, started.memory, started.now, jobs)


def _first(started: Started, jobs: JobBridge) -> Opened | None:
    words, memory, now = started.words, started.memory, started.now
    root = words.binder or (sample_binder() if words.sample else own_place(memory))
    try:
        if words.at_login:
            return _at_login(root, started)
        if words.sample:
            return open_sample(root, memory, now, jobs)
        if words.binder or words.shots or holds_something(root):
            return open_binder(root, memory, now)
    except BinderUnusableError:
        if words.shots or not _shows_itself(root):
            raise
        return None
    return _begin(started, jobs)


def _at_login(root: Path, started: Started) -> Opened | None:
    from ui.quiet_start import open_at_login  # noqa: PLC0415 - only at login

    return open_at_login(root, started.memory, started.now, started.today())


def _shows_itself(root: Path) -> bool:
    """Return whether another window has this binder open and has come to the front."""
    from ui.doorbell import doorbells, ring  # noqa: PLC0415 - hardly ever needed

    return ring(doorbells(), root)


def _begin(started: Started, jobs: JobBridge) -> Opened | None:
    from ui.first_run import begin  # noqa: PLC0415 - loaded once in the life of a binder

    return begin(started.memory, started.now, jobs)


def _work_at(opened: Opened, started: Started) -> tuple[int, Path | None]:
    """Show the window on an open binder; return the exit status and the binder to open next."""
    jobs, quick, last = JobBridge(), JobBridge(lanes=2), JobBridge()
    with opened.binder as binder, DocumentReader() as documents:
        desk = Desk(
            binder=binder,
            jobs=jobs,
            quick=quick,
            memory=started.memory,
            reader=BinderReader(binder, documents),
            today=started.today,
            author=lambda: binder.author_id,
        )
        window = MainWindow(desk, _contents(desk), started.style, started.errors)
        window.go_to(opened.page)
        if not opened.in_background:
            window.show()
        if started.words.shots:
            status = _draw(window, started, desk)
        else:
            status = _stay(window, opened, desk)
            _leave(desk, last)
        in_time = [_closed_in_time(bridge) for bridge in (jobs, quick, last)]
        following = window.next_binder
        window.deleteLater()
    if not all(in_time):
        _log.warning("A job did not stop in time; what it had finished is saved.")
        os._exit(status)  # its thread would keep the program from ending
    return status, following


def _contents(desk: Desk) -> Contents:
    binder = desk.binder
    return Contents(
        pages=PAGES,
        door=DOOR,
        questions=questions_of(binder, lambda: backup_words(binder, desk.today())),
        commands=COMMANDS,
        mark=tr("Sample: nothing here is real") if is_sample(binder) else "",
    )


def _stay(window: MainWindow, opened: Opened, desk: Desk) -> int:
    """Keep the window open until it is closed; back up a person's own binder meanwhile."""
    QTimer.singleShot(0, window, lambda: _go_on(desk, window))
    QTimer.singleShot(_PAGES_MS, window, lambda: _load_pages(desk, window, list(LATER)))
    if not is_sample(desk.binder):
        QTimer.singleShot(_SOON_MS, window, lambda: _keep_backed_up(desk, window))
    if opened.is_first_run:
        QTimer.singleShot(0, window, lambda: _offer_backups(desk, window))
    QApplication.setQuitOnLastWindowClosed(not opened.in_background)
    status = QApplication.exec()
    QApplication.setQuitOnLastWindowClosed(False)
    return status


def _go_on(desk: Desk, window: MainWindow) -> None:
    """Go on with what the last session left, now that the window can be used."""
    ForgottenObjects(window)
    from ui.pages.call_found import look_for_notes  # noqa: PLC0415 - not while the window opens
    from ui.pages.intake_steps import start  # noqa: PLC0415 - the same

    start(desk, window)
    look_for_notes(desk, window)
    _be_found(desk, window)


def _be_found(desk: Desk, window: MainWindow) -> None:
    """Answer to a second start and, where there is a tray, to an icon in it."""
    from ui.doorbell import Doorbell, doorbells  # noqa: PLC0415 - not while the window opens
    from ui.tray import Tray, bring_up, tray_is_there  # noqa: PLC0415 - the same

    Doorbell(doorbells(), desk.binder.root, lambda: bring_up(window), window)
    if tray_is_there():
        Tray(desk, window)
    elif not window.isVisible():
        bring_up(window)


def _load_pages(desk: Desk, window: MainWindow, left: list[str]) -> None:
    """Load the code of the pages, one module after the other: the first visit shall not wait."""
    if left:
        module = left.pop(0)
        desk.quick.run(
            "", lambda _p: import_module(module), lambda _m: _load_pages(desk, window, left),
            owner=window,
        )  # fmt: skip


def _keep_backed_up(desk: Desk, window: MainWindow) -> None:
    """Begin to look after the backups, without a pause for the code that makes them."""

    def begin(_loaded: object) -> None:
        from ui.backups import BackupKeeper  # noqa: PLC0415 - not while the window opens

        BackupKeeper(desk, window, parent=window).look()

    desk.quick.run("", lambda _p: import_module("app.operations.upkeep"), begin, owner=window)


def _offer_backups(desk: Desk, window: MainWindow) -> None:
    from ui.pages.upkeep_steps import offer_backup_place  # noqa: PLC0415 - once on a computer

    offer_backup_place(desk, window)


def _leave(desk: Desk, jobs: JobBridge) -> None:
    """Back up a person's own binder once more, now that its window is closed."""
    if not is_sample(desk.binder) and backup_folder(desk.memory):
        from ui.backups import back_up_on_leaving  # noqa: PLC0415 - the window is closed

        back_up_on_leaving(desk, jobs)


def _draw(window: MainWindow, started: Started, desk: Desk) -> int:
    take_shots(window, started.style, (desk.jobs, desk.quick), started.words.shots)
    window.close()
    return 0


def _words(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="claimbinder-desktop", description="Keeps the paperwork of an insurance denial."
    )
    parser.add_argument("--binder", type=Path, metavar="DIR", help="the binder to open")
    parser.add_argument("--sample", action="store_true", help="play in the sample binder")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="another day"
    )
    parser.add_argument("--at-login", action="store_true", help="show no window unless needed")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="draw every page into DIR")
    return parser.parse_args(arguments)


def _clock_of(today: date | None) -> Callable[[], datetime]:
    """Return the clock of the binder: the system's, moved to another day if one was named."""
    if today is None:
        return lambda: datetime.now(UTC)
    return lambda: datetime.combine(today, datetime.now().time()).astimezone(UTC)  # noqa: DTZ005


def _log_to_file() -> None:
    """Log to a small local file; a computer where that cannot be written works all the same."""
    with suppress(OSError):
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file(), maxBytes=500_000, backupCount=1, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        logging.getLogger().setLevel(logging.INFO)


def _closed_in_time(bridge: JobBridge) -> bool:
    """Close a bridge; return False if a job did not stop within the patience of closing."""
    closer = threading.Thread(target=bridge.close, name="closing", daemon=True)
    closer.start()
    closer.join(PATIENCE_MS / 1000)
    return not closer.is_alive()
