"""What pages and the window promise each other. `docs/ui.md` shows how to use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.errors import UserError
from app.jobs import Job, Progress
from ui.desk import Desk

if TYPE_CHECKING:
    from app.domain.person import Person
    from app.storage.queries.find import Hit
    from ui.widgets.dialog import AskDialog

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BannerAction:
    """The one thing a banner offers: a word on a button and what it does."""

    word: str
    run: Callable[[], object]


class Page(Protocol):
    """What the window asks of a page. A page is a `QWidget` with these methods.

    A page may also have `show_record(kind: str, id: str) -> None`, called by `Shell.go_to`.
    """

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here. Called only while visible."""
        ...

    def reload(self) -> None:
        """Ask again for everything. Called before the page is first shown."""
        ...


class Shell(Protocol):
    """The window as pages see it."""

    def go_to(self, page: str, kind: str | None = None, record_id: str | None = None) -> None:
        """Show a page by its name and, if given, one record on it."""
        ...

    def say(self, text: str, action: BannerAction | None = None) -> None:
        """Say something calmly in the banner; it stays until closed or replaced."""
        ...

    def fail(self, error: UserError, action: BannerAction | None = None) -> None:
        """Show a problem as it stands; it stays until closed."""
        ...

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Do long work on a thread, shown in the job strip; a failure becomes a banner."""
        ...

    def ask_dialog(self, dialog: AskDialog[T], do: Callable[[T], object] | None = None) -> T | None:
        """Show a dialog and return its answer, or None if it was cancelled.

        With `do`, the answer is acted on while the dialog is still open: a `UserError` is shown
        in it and nothing that was typed is lost.
        """
        ...

    def confirm(self, question: str, verb: str) -> bool:
        """Ask before something that cannot be undone; `verb` is the word on the button."""
        ...

    def choose_files(self, title: str, patterns: str = "") -> list[Path]:
        """Let the person choose files to open; `patterns` like `Pictures (*.png *.jpg)`."""
        ...

    def choose_folder(self, title: str) -> Path | None:
        """Let the person choose a folder."""
        ...

    def choose_new_file(self, title: str, name: str, patterns: str = "") -> Path | None:
        """Let the person choose where to save a file, first offered as `name`."""
        ...

    def open_binder(self, root: Path) -> None:
        """Close this binder and open another; the sample is made if it is not there yet."""
        ...


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the sidebar; the page is made at its first visit."""

    name: str
    icon: str
    title: str
    factory: Callable[[Desk, Shell], QWidget]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that can be done from a menu and from the search box.

    `menu` is `file`, `edit`, `view` or `help`; `words` are further words to find it by.
    """

    name: str
    title: str
    run: Callable[[Desk, Shell], object]
    menu: str = "file"
    icon: str = ""
    shortcut: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The status line: whether all is saved, and the last proven backup, in words."""

    saved: str
    backup: str
    backup_is_old: bool = False


@dataclass(frozen=True, kw_only=True)
class FrontDoor:
    """What is done with what comes in: buttons, dropped files, a pasted picture, a found record.

    All are called in the window's thread. A pasted picture comes as encoded bytes and the name
    for its paper: the window does not decode what comes from outside.
    """

    add_papers: Callable[[Desk, Shell], object]
    log_call: Callable[[Desk, Shell], object]
    files_dropped: Callable[[Desk, Shell, Sequence[Path]], object]
    picture_pasted: Callable[[Desk, Shell, bytes, str], object]
    open_hit: Callable[[Desk, Shell, Hit], object]


@dataclass(frozen=True, kw_only=True)
class Questions:
    """What the window itself asks. All are called on a thread of `desk.quick`.

    `counts` gives the numbers in the sidebar by name of page; only the Inbox has one.
    """

    search: Callable[[str], Sequence[Hit]]
    counts: Callable[[], Mapping[str, int]]
    people: Callable[[], Sequence[Person]]
    status: Callable[[], StatusWords]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything that is put into the window: pages in the order of the sidebar, and commands.

    `mark` is always in view, for a binder that is not a person's own: the sample.
    """

    pages: Sequence[PageSpec]
    door: FrontDoor
    questions: Questions
    commands: Sequence[Command] = field(default_factory=tuple[Command, ...])
    mark: str = ""
