"""A real binder, a real desk, and a shell that answers dialogs with a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.page import Word
from app.jobs import Progress
from app.operations.reading import ReadingResult
from tests.quick_schema import new_binders_are_quick  # noqa: F401 - a fixture
from tests.ui import demo_pages as demo
from tests.ui.collecting import looked_for_here  # noqa: F401 - a fixture
from tests.ui.desktop import Desktop, own_desktop
from ui.bridges import JobBridge
from ui.desk import Desk
from ui.errors import ErrorDesk
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.shell import BannerAction, Contents
from ui.style import Style

TODAY = date(2026, 8, 18)
NOW = datetime(2026, 8, 18, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def qapp_cls():
    return QApplication


@pytest.fixture(autouse=True)
def style(qapp: QApplication) -> Iterator[Style]:
    """The light look at 100 %, whatever a test chose before."""
    made = Style(qapp, "light", 100)
    yield made
    made.deleteLater()
    _throw_away_what_is_left()


def _throw_away_what_is_left() -> None:
    """Delete every window of the test now: the next look would be put on all of them again."""
    for each in QApplication.topLevelWidgets():
        each.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    """The computer's other programs: which files they were to open."""
    with own_desktop() as made:
        yield made


@pytest.fixture
def binder(tmp_path: Path) -> Iterator[Binder]:
    with Binder.create(tmp_path / "binder", now=lambda: NOW) as made:
        yield made


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[JobBridge]:
    bridge = JobBridge()
    yield bridge
    bridge.close()
    qapp.processEvents()
    bridge.deleteLater()


@pytest.fixture
def quick(qapp: QApplication) -> Iterator[JobBridge]:
    bridge = JobBridge(lanes=2)
    yield bridge
    bridge.close()
    qapp.processEvents()
    bridge.deleteLater()


class DrawnReader:
    """Draws each page itself: its number in large print, and words for the page as text."""

    def page_picture(self, document_id: str, page: int, width_px: int) -> bytes:
        return demo.page_png(document_id, page, width_px)

    def page_text(self, document_id: str, page: int) -> str:
        return f"Words of page {page} of {document_id}"

    def page_words(self, document_id: str, page: int) -> tuple[Word, ...]:
        return demo.page_words(page)

    def read_waiting(self, progress: Progress) -> ReadingResult:
        progress.step(1, 1)
        return ReadingResult(0, ())

    def give_password(self, document_id: str, password: str) -> None:
        if password != "open sesame":
            raise UserError("This password does not open the paper. Please try another.")


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "settings.json")


@pytest.fixture
def desk(binder: Binder, jobs: JobBridge, quick: JobBridge, memory: Memory) -> Desk:
    return Desk(
        binder=binder,
        jobs=jobs,
        quick=quick,
        memory=memory,
        reader=DrawnReader(),
        today=lambda: TODAY,
        author=lambda: binder.author_id,
    )


class ScriptedShell:
    """Stands in for the window in tests of one page.

    It keeps what was said (`said`), what failed (`failed`) and where one was sent (`went`).
    `scripts` are functions that fill in the next dialogs: each gets the shown dialog and clicks
    in it, for example `shell.scripts.append(lambda dialog: (dialog.name.set_value("Ann"),
    dialog.go.click()))`. `files`, `folder`, `new_file` and `yes` answer the choosers.
    """

    def __init__(self, jobs: JobBridge) -> None:
        self._jobs = jobs
        self.said: list[str] = []
        self.actions: list[BannerAction | None] = []
        self.failed: list[str] = []
        self.went: list[tuple[str, str | None, str | None]] = []
        self.asked: list[str] = []
        self.scripts: list[Callable[[Any], object]] = []
        self.files: list[Path] = []
        self.folder: Path | None = None
        self.new_file: Path | None = None
        self.yes = True
        self.opened: list[Path] = []

    def go_to(self, page: str, kind: str | None = None, record_id: str | None = None) -> None:
        self.went.append((page, kind, record_id))

    def say(self, text: str, action: BannerAction | None = None) -> None:
        self.said.append(text)
        self.actions.append(action)

    def fail(self, error: UserError, action: BannerAction | None = None) -> None:
        self.failed.append(str(error))

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        on_done: Callable[[Any], object] | None = None,
        owner: QObject | None = None,
    ) -> Any:
        return self._jobs.run(title, work, on_done, self._job_failed, owner)

    def _job_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.fail(error)

    def ask_dialog(self, dialog: Any, do: Callable[[Any], object] | None = None) -> Any:
        dialog.do = do
        dialog.show()
        self.scripts.pop(0)(dialog)
        dialog.close()
        return dialog.given

    def confirm(self, question: str, verb: str) -> bool:
        self.asked.append(question)
        return self.yes

    def choose_files(self, title: str, patterns: str = "") -> list[Path]:
        return self.files

    def choose_folder(self, title: str) -> Path | None:
        return self.folder

    def choose_new_file(self, title: str, name: str, patterns: str = "") -> Path | None:
        return self.new_file

    def open_binder(self, root: Path) -> None:
        self.opened.append(root)


@pytest.fixture
def shell(jobs: JobBridge) -> ScriptedShell:
    return ScriptedShell(jobs)


@pytest.fixture
def door() -> demo.Door:
    """Records what came in at the window."""
    return demo.Door()


@pytest.fixture
def contents(door: demo.Door) -> Contents:
    return demo.contents(door)


@pytest.fixture
def errors(qapp: QApplication) -> Iterator[ErrorDesk]:
    desk = ErrorDesk()
    yield desk
    desk.deleteLater()


@pytest.fixture
def window(
    qtbot, desk: Desk, contents: Contents, style: Style, errors: ErrorDesk
) -> Iterator[MainWindow]:
    made = MainWindow(desk, contents, style, errors)
    made.go_to(contents.pages[0].name)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: not desk.quick.busy)
    yield made
    desk.jobs.cancel_all()
    qtbot.waitUntil(lambda: not desk.jobs.busy and not desk.quick.busy)
    made.close()
    made.deleteLater()
