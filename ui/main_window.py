"""The window: sidebar, search box, banner, pages, status line. It is the `Shell` of every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.domain.errors import UserError
from app.jobs import Job, Progress
from ui.actions import Menus
from ui.bridges import ChangeBridge
from ui.desk import Desk
from ui.dialogs.about import AboutDialog
from ui.errors import ErrorDesk
from ui.incoming import DropSheet, brings_something, files_in, picture_in
from ui.page_stack import PageStack
from ui.results import found_commands, found_records
from ui.shell import BannerAction, Command, Contents, StatusWords
from ui.style import Style, px
from ui.widgets.banner import BannerArea
from ui.widgets.dialog import AskDialog, ask
from ui.widgets.icons import dress_again
from ui.widgets.lines import Line
from ui.widgets.search_box import SearchBox
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_line import StatusLine
from ui.widgets.text import ElidedLabel, confirm
from ui.wording import tr

T = TypeVar("T")
PATIENCE_MS = 15_000
"""How long closing waits for jobs to stop; what they finished is kept in any case."""
_STATUS_MS = 60_000


class MainWindow(QMainWindow):
    """Holds the pages and does for them what `Shell` promises."""

    def __init__(self, desk: Desk, contents: Contents, style: Style, errors: ErrorDesk) -> None:
        super().__init__()
        self._desk, self._contents, self._style, self._errors = desk, contents, style, errors
        self._today = desk.today()
        self._is_closing = self._may_close = self._is_leaving = False
        self.stays_behind: Callable[[], bool] = lambda: False
        self.next_binder: Path | None = None
        self.setWindowTitle("ClaimBinder")
        self.setAcceptDrops(True)
        self.changes = ChangeBridge(desk.binder.feed, parent=self)
        self._build()
        self.menus = Menus(self, self, style, tuple(contents.pages), tuple(contents.commands))
        self._connect()
        self._restore_size()
        self._ask_about_all()
        self.sidebar.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        pages = self._contents.pages
        self.sidebar = Sidebar([Line(page.name, page.title, icon=page.icon) for page in pages])
        self.pages = PageStack(self._desk, self, pages)
        self.banners = BannerArea()
        self.status = StatusLine()
        central = QWidget()
        questions = self._contents.questions
        self.search = SearchBox(
            central,
            self._desk.quick,
            lambda words: found_records(questions.search(words)),
            lambda words: found_commands(words, self._contents),
        )
        top = QHBoxLayout()
        top.setContentsMargins(32, 16, 32, 0)
        top.setSpacing(24)
        top.addWidget(self.search, 3)
        if self._contents.mark:
            top.addWidget(ElidedLabel(self._contents.mark, "accent"), 1)
        else:
            top.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(top)
        right.addWidget(self.banners)
        right.addWidget(self.pages, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.sidebar)
        upper.addLayout(right, 1)
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(central)
        self.drop_sheet = DropSheet(central)
        self._fit()

    def _connect(self) -> None:
        self.sidebar.page_wanted.connect(self.go_to)
        self.sidebar.add_wanted.connect(self.add_papers)
        self.sidebar.call_wanted.connect(self.log_call)
        self.sidebar.person_chosen.connect(self._person_chosen)
        self.pages.shown.connect(self.sidebar.mark)
        self.search.chosen.connect(self._found_chosen)
        self.changes.changed.connect(self._changed)
        self._desk.jobs.happened.connect(self.status.strip.hear)
        self._desk.jobs.failed.connect(self._errors.report)
        self._desk.quick.failed.connect(self._errors.report)
        self._desk.jobs.idle.connect(self._jobs_ended)
        self.status.strip.cancel_wanted.connect(self._desk.jobs.cancel)
        self._errors.told.connect(self._told)
        self._style.changed.connect(self._look_changed)
        self._minute = QTimer(self)
        self._minute.setInterval(_STATUS_MS)
        self._minute.timeout.connect(self._minute_passed)
        self._minute.start()

    # ------------------------------------------------------------------ the shell of the pages

    @Slot(str)
    def go_to(self, page: str, kind: str | None = None, record_id: str | None = None) -> None:
        """Show a page by its name and, if given, one record on it."""
        self.pages.show_page(page, kind, record_id)
        if self.search.hasFocus():  # one went on from the search box: it has done its work
            self.search.clear()
            self.pages.take_focus()

    def say(self, text: str, action: BannerAction | None = None) -> None:
        """Say something calmly in the banner."""
        self._speak(self.banners.note, text, action)

    def fail(self, error: UserError, action: BannerAction | None = None) -> None:
        """Show a problem as it stands."""
        self._speak(self.banners.problem, str(error), action)

    @staticmethod
    def _speak(banner: Any, text: str, action: BannerAction | None) -> None:
        if action:
            banner.show_message(text, action.word, action.run)
        else:
            banner.show_message(text)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Do long work on a thread, shown in the job strip."""
        return self._desk.jobs.run(title, work, on_done, owner=owner)

    def ask_dialog(self, dialog: AskDialog[T], do: Callable[[T], object] | None = None) -> T | None:
        """Show a dialog over the window and return its answer, or None."""
        dialog.setParent(self, dialog.windowFlags())
        return ask(dialog, do)

    def confirm(self, question: str, verb: str) -> bool:
        """Ask before something that cannot be undone."""
        return confirm(self, question, verb, tr("Cancel"))

    def choose_files(self, title: str, patterns: str = "") -> list[Path]:
        """Let the person choose files to open."""
        names, _ = QFileDialog.getOpenFileNames(self, title, str(Path.home()), patterns)
        return [Path(name) for name in names]

    def choose_folder(self, title: str) -> Path | None:
        """Let the person choose a folder."""
        name = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        return Path(name) if name else None

    def choose_new_file(self, title: str, name: str, patterns: str = "") -> Path | None:
        """Let the person choose where to save a file."""
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), patterns)
        return Path(chosen) if chosen else None

    def open_binder(self, root: Path) -> None:
        """Close; `main` then opens the binder that is kept in `next_binder`."""
        self.next_binder = root
        self.leave()

    def leave(self) -> bool:
        """Close the window for good, also where closing it would leave the program in the tray."""
        self._is_leaving = True
        return self.close()

    # ------------------------------------------------------------------ what menus and buttons do

    @Slot()
    def add_papers(self) -> None:
        """Begin adding papers."""
        self._contents.door.add_papers(self._desk, self)

    @Slot()
    def log_call(self) -> None:
        """Begin logging a call."""
        self._contents.door.log_call(self._desk, self)

    def undo(self) -> None:
        """Take back the newest step, on a thread: it may have to wait for a writer."""
        binder = self._desk.binder
        self._desk.quick.run("", lambda _progress: binder.undo(), self._say_undone)

    def redo(self) -> None:
        """Do again what was undone last."""
        binder = self._desk.binder
        self._desk.quick.run("", lambda _progress: binder.redo(), self._say_redone)

    def _say_undone(self, label: str | None) -> None:
        if label:
            self.say(tr("Undone: {label}", label=label), BannerAction(tr("Redo"), self.redo))

    def _say_redone(self, label: str | None) -> None:
        if label:
            self.say(tr("Done again: {label}", label=label), BannerAction(tr("Undo"), self.undo))

    def paste(self) -> None:
        """Paste into the field that has the focus, else take files or a picture as papers."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.paste()
            return
        pasted = QGuiApplication.clipboard().mimeData()
        if files := files_in(pasted):
            self._contents.door.files_dropped(self._desk, self, files)
        elif picture := picture_in(pasted):
            self._take_picture(*picture)
        else:
            self.say(tr("There is no picture to paste. Copy one first, then press Ctrl+V here."))

    def _take_picture(self, content: bytes, ending: str) -> None:
        name = tr("Pasted picture {day}", day=self._desk.today().isoformat()) + ending
        self._contents.door.picture_pasted(self._desk, self, content, name)

    def go_to_search(self) -> None:
        """Go to the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def about(self) -> None:
        """Say what this is."""
        self.ask_dialog(AboutDialog())

    def run_command(self, command: Command) -> None:
        """Do what a menu entry or a found action says."""
        command.run(self._desk, self)

    @Slot(object)
    def _found_chosen(self, thing: Any) -> None:
        if isinstance(thing, Command):
            self.run_command(thing)
        elif isinstance(thing, str):
            self.go_to(thing)
        else:
            self._contents.door.open_hit(self._desk, self, thing)

    @Slot(object)
    def _person_chosen(self, person_id: str | None) -> None:
        self._desk.binder.author_id = person_id
        self._desk.memory.choose(author_id=person_id or "")

    # ------------------------------------------------------------------ what the window hears

    @Slot(object)
    def _changed(self, changes: object) -> None:
        news = cast("Changes", changes)
        self.pages.hear(news)
        self._ask_about_all(people=news.of("person"))

    def _ask_about_all(self, *, people: bool = True) -> None:
        """Ask for the count, the labels of undo and the status; never in the window's thread."""
        quick, questions, binder = self._desk.quick, self._contents.questions, self._desk.binder
        quick.run("", lambda _p: questions.counts(), self.sidebar.show_counts, owner=self)
        quick.run("", lambda _p: binder.labels(), self._show_labels, owner=self)
        quick.run("", lambda _p: questions.status(), self._show_status, owner=self)
        if people:
            quick.run("", lambda _p: questions.people(), self._show_people, owner=self)

    def _show_labels(self, labels: Any) -> None:
        self.menus.show_undo(labels.undo, labels.redo)

    def _show_status(self, words: StatusWords) -> None:
        self.status.show_words(words.saved, words.backup, backup_is_old=words.backup_is_old)

    def _show_people(self, people: Sequence[Any]) -> None:
        self.sidebar.show_people(
            [(person.id, person.name) for person in people], self._desk.author()
        )

    @Slot(object)
    def _told(self, error: object) -> None:
        self.fail(cast("UserError", error))

    @Slot()
    def _minute_passed(self) -> None:
        today = self._desk.today()
        if today != self._today:
            self._today = today
            self.pages.reload_all()
        self._ask_about_all(people=False)

    @Slot()
    def _look_changed(self) -> None:
        self._desk.memory.choose(theme=self._style.theme, text_percent=self._style.percent)
        self._fit()
        dress_again()

    def _fit(self) -> None:
        self.search.setMaximumWidth(px(720))
        self.search.setMinimumHeight(px(40))

    # ------------------------------------------------------------------ dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_something(event.mimeData()):
            event.acceptProposedAction()
            self.drop_sheet.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_sheet.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_sheet.hide()
        event.acceptProposedAction()
        if files := files_in(event.mimeData()):
            self._contents.door.files_dropped(self._desk, self, files)
        elif picture := picture_in(event.mimeData()):
            self._take_picture(*picture)

    # ------------------------------------------------------------------ size and closing

    def _restore_size(self) -> None:
        self.setMinimumSize(760, 560)
        kept = (self._desk.memory.recall("window") or "").split(",")
        wide, tall = (
            map(int, kept) if len(kept) == 2 and all(map(str.isdigit, kept)) else (1280, 860)
        )
        screen = self.screen().availableSize()
        self.resize(min(wide, screen.width()), min(tall, screen.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.close_popup()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask running jobs to stop and close when they have, or when patience ends."""
        if not self._is_leaving and self.stays_behind():
            return  # only hidden: jobs go on
        if self._desk.jobs.busy and not self._may_close:
            event.ignore()
            self._desk.jobs.cancel_all()
            self.sidebar.setEnabled(False)
            self.pages.setEnabled(False)
            self.say(tr("Finishing what was begun. The window will close in a moment."))
            QTimer.singleShot(PATIENCE_MS, self, self._close_now)
            self._is_closing = True
            return
        self._desk.memory.remember("window", f"{self.width()},{self.height()}")
        self._minute.stop()
        self.changes.close()
        super().closeEvent(event)

    @Slot()
    def _jobs_ended(self) -> None:
        if self._is_closing:
            self._close_now()

    @Slot()
    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        """Bring what the window asks up to date when one comes back to it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._minute_passed()
