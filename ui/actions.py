"""The menu bar: every action has words, most have a key, and none can only be reached by mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.shell import Command, PageSpec
from ui.style import Style, Theme
from ui.widgets.icons import dress
from ui.wording import tr

_THEMES: tuple[tuple[Theme, str], ...] = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)


class Doer(Protocol):
    """What the menus ask the window to do."""

    def add_papers(self) -> None: ...
    def log_call(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def paste(self) -> None: ...
    def go_to_search(self) -> None: ...
    def about(self) -> None: ...
    def leave(self) -> bool: ...
    def run_command(self, command: Command) -> None: ...
    def go_to(self, page: str, kind: str | None = None, record_id: str | None = None) -> None: ...


class Menus(QObject):
    """Builds the menu bar of a window and keeps what changes in it: undo, redo, theme."""

    def __init__(
        self,
        window: QMainWindow,
        doer: Doer,
        style: Style,
        pages: tuple[PageSpec, ...],
        commands: tuple[Command, ...],
    ) -> None:
        super().__init__(window)
        self._window, self._doer, self._style = window, doer, style
        bar = window.menuBar()
        self._menus = {
            "file": bar.addMenu(tr("&File")),
            "edit": bar.addMenu(tr("&Edit")),
            "view": bar.addMenu(tr("&View")),
            "help": bar.addMenu(tr("&Help")),
        }
        self._commands = commands
        self._file()
        self._edit()
        self._view(pages)
        self._help()
        self.show_undo(None, None)

    def menu(self, name: str) -> QMenu:
        """Return a menu: `file`, `edit`, `view` or `help`."""
        return self._menus[name]

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Name what can be undone and redone, or grey it out."""
        for action, word, label in ((self.undo, "Undo", undo), (self.redo, "Redo", redo)):
            shown = label.replace("&", "&&") if label else ""
            action.setText(f"{tr(word)} “{shown}”" if shown else tr(word))
            action.setEnabled(label is not None)

    # ------------------------------------------------------------------ the four menus

    def _file(self) -> None:
        menu = self._menus["file"]
        self._add(menu, tr("Add papers …"), self._doer.add_papers, "Ctrl+O", "add-papers")
        call = self._add(menu, tr("Log a call …"), self._doer.log_call, icon="log-call")
        call.setShortcuts([QKeySequence("Ctrl+Shift+C"), QKeySequence("Ctrl+L")])
        self._add_commands("file")
        menu.addSeparator()
        self._add(menu, tr("Quit"), self._doer.leave, "Ctrl+Q")

    def _edit(self) -> None:
        menu = self._menus["edit"]
        self.undo = self._add(menu, tr("Undo"), self._doer.undo, "Ctrl+Z", "undo")
        self.redo = self._add(menu, tr("Redo"), self._doer.redo, "Ctrl+Shift+Z", "redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addSeparator()
        self._add(menu, tr("Paste a picture"), self._doer.paste, "Ctrl+V")
        self._add(menu, tr("Search"), self._doer.go_to_search, "Ctrl+K", "search")
        self._add_commands("edit")

    def _view(self, pages: tuple[PageSpec, ...]) -> None:
        menu = self._menus["view"]
        for number, page in enumerate(pages, start=1):
            keys = f"Ctrl+{number}" if number <= 9 else ""
            self._add(menu, page.title, self._goer(page.name), keys, page.icon)
        menu.addSeparator()
        larger = self._add(menu, tr("Larger text"), self._style.bigger, "Ctrl++", "zoom-in")
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._add(menu, tr("Smaller text"), self._style.smaller, "Ctrl+-", "zoom-out")
        self._add(menu, tr("Normal text"), self._style.normal, "Ctrl+0")
        menu.addSeparator()
        self._theme_menu(menu.addMenu(tr("Colors")))
        self._add_commands("view")

    def _theme_menu(self, menu: QMenu) -> None:
        group = QActionGroup(self)
        for theme, words in _THEMES:
            action = self._add(
                menu, tr(words), lambda chosen=theme: self._style.choose_theme(chosen)
            )
            action.setCheckable(True)
            action.setChecked(self._style.theme == theme)
            group.addAction(action)

    def _help(self) -> None:
        self._add_commands("help")
        self._add(self._menus["help"], tr("About ClaimBinder"), self._doer.about, icon="info")

    # ------------------------------------------------------------------ small parts

    def _goer(self, page: str) -> Callable[[], object]:
        return lambda: self._doer.go_to(page)

    def _add_commands(self, menu: str) -> None:
        for command in self._commands:
            if command.menu == menu:
                self._add(
                    self._menus[menu],
                    command.title,
                    lambda chosen=command: self._doer.run_command(chosen),
                    command.shortcut,
                    command.icon,
                )

    def _add(
        self, menu: QMenu, words: str, run: Callable[[], object], keys: str = "", icon: str = ""
    ) -> QAction:
        action = QAction(words, self._window)

        @Slot(bool)
        def triggered(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signature
            run()

        action.triggered.connect(triggered)
        if keys:
            action.setShortcut(QKeySequence(keys))
        if icon:
            dress(action, icon)
        menu.addAction(action)
        self._window.addAction(action)
        return action
