"""The base of every dialog: it asks and returns an answer; it writes nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import UserError
from ui.memory import Memory
from ui.style import px
from ui.widgets.form import Form, Problem
from ui.widgets.layout import Scrolling
from ui.widgets.text import button, primary_button, title
from ui.wording import tr

T = TypeVar("T")


class AskDialog(QDialog, Generic[T]):
    """A title, a form, one button that goes forward, and Cancel.

    A dialog fills `self.form` (or `self.body`) in its `__init__` and implements `answer()`.
    What `answer()` refuses with a `UserError` is shown, and the dialog stays open.
    """

    def __init__(self, heading: str, verb: str, parent: QWidget | None = None) -> None:
        """Make an empty dialog; `verb` is the word on the button that goes forward."""
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.do: Callable[[T], object] | None = None
        self.given: T | None = None
        self._was_shown = False
        self._size_kept: Callable[[str], None] | None = None
        self.form = Form()
        self.problem = Problem()
        self.go = primary_button(verb, self.accept)
        self.go.setDefault(True)
        self.cancel = button(tr("Cancel"), self.reject)

        self._inner = inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 8, 0)
        self.body.setSpacing(16)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self._scroll = Scrolling(inner)

        self.buttons = buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(title(heading))
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)

    def keep_size(self, memory: Memory, name: str) -> None:
        """Open as large as it was left the last time with text of this size, within the screen."""
        name = f"{name}@{px(100)}"
        self._size_kept = partial(memory.remember, name)
        wide, _, high = (memory.recall(name) or "").partition("x")
        left = QSize(int(wide), int(high)) if wide.isdigit() and high.isdigit() else self.sizeHint()
        least, most = self.minimumSizeHint(), self.screen().availableSize()
        self.resize(left.expandedTo(least).boundedTo(most))

    def done(self, result: int) -> None:
        """Close; a size that is kept is the one the person left it with."""
        if self._size_kept and self._was_shown:
            self._size_kept(f"{self.width()}x{self.height()}")
        super().done(result)

    def answer(self) -> T:
        """Return what is filled in now.

        Raises:
            UserError: something is missing or does not fit; the sentence says what.
        """
        raise NotImplementedError

    @Slot()
    def accept(self) -> None:
        """Give the answer if there is one; otherwise show why not and stay open."""
        if not self.form.check():
            return
        try:
            given = self.answer()
            if self.do:
                self.do(given)
        except UserError as error:
            self.problem.say(str(error))
            return
        self.given = given
        super().accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first field: who presses Enter at once has not answered yet."""
        super().showEvent(event)
        if event.spontaneous() or self._was_shown:
            return
        self._was_shown = True
        fields = [each for each in _tab_chain(self) if self._inner.isAncestorOf(each)]
        last = fields[-1] if fields else None
        for place in range(self.buttons.count()):
            item = self.buttons.itemAt(place)
            made = item.widget() if item else None
            if made and last:
                QWidget.setTabOrder(last, made)
            last = made or last
        asked = [each for each in fields if each.isVisibleTo(self) and each.isEnabled()]
        if asked and not self.focusWidget():  # else the dialog chose for itself
            asked[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """As much as the form needs, within the screen."""
        inner = self._inner.sizeHint()
        screen = self.screen().availableSize()
        rest = super().sizeHint().height() - self._scroll.sizeHint().height()
        wide = max(px(480), inner.width() + 24 * 2 + 16)
        return QSize(
            min(wide, screen.width() * 9 // 10),
            min(inner.height() + rest + 8, screen.height() * 9 // 10),
        )

    def event(self, event: QEvent) -> bool:
        """Grow with what is shown: a problem, the words of a date, larger text."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and not self._size_kept:
            self.resize(self.size().expandedTo(self.sizeHint()))
        return handled


def _tab_chain(window: QWidget) -> list[QWidget]:
    """Return what the Tab key reaches in a window, in its order, shown or not."""
    found: list[QWidget] = []
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.focusProxy():
            found.append(each)
        each = each.nextInFocusChain()
    return found


def ask(dialog: AskDialog[T], do: Callable[[T], object] | None = None) -> T | None:
    """Show a dialog over its window until it is answered or cancelled; return the answer."""
    dialog.do = do
    loop = QEventLoop()
    dialog.finished.connect(loop.quit)
    dialog.open()
    loop.exec()
    given = dialog.given
    dialog.deleteLater()
    return given
