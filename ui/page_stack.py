"""The pages: made at their first visit, told of changes while visible, up to date when shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from app.changes import Changes
from ui.bridges import merged
from ui.desk import Desk
from ui.shell import Page, PageSpec, Shell


class _Room(QScrollArea):
    """Where a page lives: it fills the room, and scrolls as a whole where the room is too small.

    Pages scroll in themselves; this is for large text in a small window, and while a long message
    takes room: nothing is squeezed until it cannot be read.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        page.setProperty("look", "plain")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 80)


class PageStack(QStackedWidget):
    """Holds the pages by name. `shown(name)` comes when another page is shown."""

    shown = Signal(str)

    def __init__(
        self, desk: Desk, shell: Shell, specs: Sequence[PageSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._specs = {spec.name: spec for spec in specs}
        self._pages: dict[str, QWidget] = {}
        self._rooms: dict[str, _Room] = {}
        self._missed: dict[str, Changes] = {}
        self.name = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pages, in the order of the sidebar."""
        return tuple(self._specs)

    @property
    def made(self) -> tuple[str, ...]:
        """The names of the pages that were visited."""
        return tuple(self._pages)

    def page(self, name: str) -> QWidget:
        """Return a page, made now if this is its first visit."""
        if name not in self._pages:
            made = self._specs[name].factory(self._desk, self._shell)
            self._pages[name] = made
            self._rooms[name] = _Room(made)
            self.addWidget(self._rooms[name])
            cast("Page", made).reload()
        return self._pages[name]

    def show_page(self, name: str, kind: str | None = None, record_id: str | None = None) -> None:
        """Show a page, up to date, and one record on it if that is given."""
        page: Any = self.page(name)
        if missed := self._missed.pop(name, None):
            page.refresh(missed)
        is_other = name != self.name
        self.name = name
        self.setCurrentWidget(self._rooms[name])
        if is_other:
            self.shown.emit(name)
        if kind is not None and record_id is not None and hasattr(page, "show_record"):
            page.show_record(kind, record_id)

    def take_focus(self) -> None:
        """Give the keyboard to the visible page: to the first thing on it that takes keys."""
        page = self._pages[self.name]
        within: QWidget | None = page.nextInFocusChain()
        while within is not None and page.isAncestorOf(within):
            if within.focusPolicy() & Qt.FocusPolicy.TabFocus and within.isVisible():
                within.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            within = within.nextInFocusChain()

    def hear(self, changes: Changes) -> None:
        """Tell the visible page now, and the others when they are shown next."""
        for name, page in self._pages.items():
            if name == self.name:
                cast("Page", page).refresh(changes)
            else:
                earlier = self._missed.get(name)
                self._missed[name] = merged([earlier, changes]) if earlier else changes

    def reload_all(self) -> None:
        """Let every page ask again: a new day has begun."""
        self._missed.clear()
        for page in self._pages.values():
            cast("Page", page).reload()
