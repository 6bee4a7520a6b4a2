"""Someone at the desk: finds things by their words, clicks and types, and counts the clicks.

A journey is a generator; each `yield` is one thing that a person does or waits for. Nothing is
done to a widget that a person could not do: it must be shown, enabled, named, and not covered.

What counts as a click: a button, a box to tick, a line of a list, an entry of a menu, a drop, and
one whole file chooser. Typing, keys, scrolling and choosing in a drop-down field do not.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import (
    QElapsedTimer,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.ui.checks import spoken_name
from ui.dialogs.call_card import CallCard
from ui.main_window import MainWindow

T = TypeVar("T")
Deed = Callable[[], object]
LOOK_MS = 15
PATIENCE_MS = 60_000
"""How long a person waits while nothing happens."""
LONGEST_MS = 400_000
"""How long a person waits while the program is at work: on a busy machine reading takes its time,
because it stands back behind everything else."""
QUIET_MS = 150
LEAVING = "close the window"
LAPTOP = QSize(1280, 800)
"""The size of the window; the screen of the offscreen plugin is smaller than any real one."""


@dataclass(frozen=True)
class Act:
    """One thing to do: `find` gives the deed as soon as it can be done, and None before."""

    words: str
    find: Callable[[], Deed | None]
    clicks: int = 0


Journey = Generator[Act, None, None]


class Person(QObject):
    """Lives through one journey in the windows of the program."""

    def __init__(self, shots: Path) -> None:
        super().__init__()
        self.clicks = 0
        self.done: list[str] = []
        self._shots = shots
        self._failure: BaseException | None = None
        self._is_over = False
        self._journey: Journey | None = None
        self._act: Act | None = None
        self._since, self._idle = QElapsedTimer(), QElapsedTimer()
        self._next: Deed | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._wake)

    def live(self, journey: Journey, program: Callable[[], T]) -> T:
        """Run the program and go through the journey in it; it must end with the program."""
        self._journey, self._is_over = journey, False
        self._later(self._go_on)
        result = program()
        self._is_over = True
        self._soon.stop()  # what comes next is another journey's, perhaps
        if self._failure is None and self._act and self._act.words == LEAVING:
            self._go_on()
        if self._failure:
            raise self._failure
        assert self._journey is None, f"the program ended before “{self._act and self._act.words}”"
        return result

    # ------------------------------------------------------------------ what a person can do

    def press(self, words: str) -> Act:
        """Click a button by the words on it."""
        return Act(f"press “{words}”", lambda: _deed(_button(words), _middle), 1)

    def tick(self, words: str) -> Act:
        """Click a box to tick."""
        return Act(f"tick “{words}”", lambda: _deed(_box(words), _left), 1)

    def choose(
        self, words: str, *, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> Act:
        """Click the line of a list that says these words."""
        return Act(f"choose “{words}”", lambda: _line_deed(words), 1)

    def menu(self, menu: str, entry: str) -> list[Act]:
        """Click an entry of a menu: open it, then choose."""
        return [
            Act(f"open the menu “{menu}”", lambda: _menu_deed(menu), 1),
            Act(f"choose “{entry}”", lambda: _entry_deed(entry), 1),
        ]

    def drop(self, files: list[Path]) -> Act:
        """Drag files from a folder and let them go over the window."""
        return Act("drop files", lambda: _drop_deed(files), 1)

    def file(self, path: Path) -> Act:
        """Choose a file or a folder, or name a new one, in the file chooser."""
        return Act(f"choose the file {path.name}", lambda: _chooser_deed([path]), 1)

    def files(self, paths: list[Path]) -> Act:
        """Choose several files of one folder in the file chooser."""
        return Act("choose files", lambda: _chooser_deed(paths), 1)

    def fill(self, words: str, text: str) -> Act:
        """Type into the field of this name, in place of what stands there."""
        return Act(f"type into “{words}”", lambda: _typing(words, text))

    def pick(self, words: str, choice: str) -> Act:
        """Choose in the drop-down field of this name, with the arrow keys."""
        return Act(f"pick “{choice}” in “{words}”", lambda: _picking(words, choice))

    def key(self, keys: str) -> Act:
        """Press keys where the focus is."""
        return Act(f"press the keys {keys}", lambda: _keys_deed(keys))

    def until(self, words: str, holds: Callable[[], object]) -> Act:
        """Wait until something holds."""
        return Act(f"wait until {words}", lambda: _nothing if holds() else None)

    def sees(self, words: str) -> Act:
        """Wait until these words are to be read somewhere in the window in front."""
        return self.until(f"“{words}” is to be read", lambda: words in read_aloud())

    def rest(self) -> Act:
        """Wait until the window has asked and drawn what it shows now."""
        quiet = QElapsedTimer()
        quiet.start()

        def settled() -> bool:
            window = in_front()
            if not isinstance(window, MainWindow) or window._desk.quick.busy:
                quiet.restart()
            return quiet.hasExpired(QUIET_MS)

        return self.until("the window is at rest", settled)

    def look(self, name: str) -> Act:
        """Take a picture of the window in front, for a person to look at later."""
        return Act(f"look at {name}", lambda: lambda: self._draw(name))

    def leave(self) -> Act:
        """Close the window with the button of its frame."""
        return Act(LEAVING, lambda: _deed_of_window(QWidget.close))

    # ------------------------------------------------------------------ one after another

    def _later(self, do: Deed) -> None:
        self._next = do
        self._soon.start(LOOK_MS)

    @Slot()
    def _wake(self) -> None:
        assert self._next
        self._next()

    def _go_on(self) -> None:
        """Take up the next act, or end."""
        if self._journey is None:
            return
        try:
            self._act = next(self._journey)
        except StopIteration:
            self._journey = None
        except BaseException as error:  # noqa: BLE001 - it is raised again when the program ended
            self._give_up(error)
        else:
            self._since.start()
            self._idle.start()
            self._try()

    def _try(self) -> None:
        """Do the act if it can be done now. It may begin a dialog, and end only with that."""
        act = self._act
        assert act
        _as_on_a_desktop(in_front())
        try:
            deed = act.find()
            if deed is None:
                self._be_patient(act)
                self._later(self._try)
                return
        except BaseException as error:  # noqa: BLE001 - as above
            self._give_up(error)
            return
        self.clicks += act.clicks
        self.done.append(act.words)
        self._later(self._go_on)
        deed()

    def _be_patient(self, act: Act) -> None:
        """Go on waiting, unless nothing happens any more."""
        if _at_work():
            self._idle.start()
        waits = self._idle.elapsed() < PATIENCE_MS and self._since.elapsed() < LONGEST_MS
        assert waits, self._where_stuck(act)

    def _where_stuck(self, act: Act) -> str:
        way = " → ".join(self.done)
        return f"cannot {act.words}\nafter {way}\nin front: {in_front()!r}\n{read_aloud()}"

    def _give_up(self, error: BaseException) -> None:
        self._failure = self._failure or error
        self._draw("given-up")
        self._journey = None
        self._close_all()

    def _close_all(self) -> None:
        """Close one window after another until the program has ended."""
        if self._is_over:
            return
        self._later(self._close_all)
        window = in_front()
        if isinstance(window, QDialog):
            window.reject()
        elif window:
            window.close()

    def _draw(self, name: str) -> None:
        window = in_front()
        if window:
            self._shots.mkdir(parents=True, exist_ok=True)
            top = window.window().parentWidget() or window
            for shown, mark in ((top.window(), ""), (window, "-dialog")):
                if not mark or shown is not top.window():
                    shown.grab().save(str(self._shots / f"{name}{mark}.png"))


# ---------------------------------------------------------------------------- what is in front


_held: list[QWidget | None] = []
"""The window in front: the binding forgets the widgets in a window that nobody in Python holds."""


def in_front() -> QWidget | None:
    """The window that takes clicks now: a menu, a dialog, the card of a call, or the program's own.

    The card lies above the window and leaves it free; who is in a call writes on the card.
    """
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    own = [each for each in shown if each.isWindow() and not isinstance(each, QLabel | QMenu)]
    front = (
        QApplication.activePopupWidget()
        or QApplication.activeModalWidget()
        or next((each for each in own if isinstance(each, CallCard)), None)
        or next((each for each in own if isinstance(each, QMainWindow)), None)
        or next(iter(own), None)
    )
    _held[:] = [front]
    return front


def _at_work() -> bool:
    """Whether the program does something in the background, and says so."""
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    return any(window._desk.jobs.busy for window in windows)


def _as_on_a_desktop(window: QWidget | None) -> None:
    """Do what a desktop does by itself: give the window in front its size and the keys."""
    if isinstance(window, QMainWindow):
        if window.size() != LAPTOP:
            window.resize(LAPTOP)
        if not window.isActiveWindow():
            window.activateWindow()


def read_aloud() -> str:
    """Every word in the window in front that is shown: labels, buttons, fields and lists."""
    window = in_front()
    if window is None:
        return ""
    words: list[str] = []
    for each in window.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            words.append(each.text())
        elif isinstance(each, QComboBox):
            words.append(each.currentText())
        elif isinstance(each, QAbstractItemView) and each.model():
            words += [_said(index) for index in _indexes(each)]
    return "\n".join(words)


def _shown(kind: type[T]) -> list[T]:
    window = in_front()
    if window is None:
        return []
    found = window.findChildren(kind)  # type: ignore[type-var]
    return [each for each in found if each.isVisible() and each.isEnabled()]  # type: ignore[attr-defined]


def _button(words: str) -> QAbstractButton | None:
    buttons = [each for each in _shown(QAbstractButton) if not isinstance(each, QCheckBox)]
    return next((each for each in buttons if _plain(each) == words), None)


def _box(words: str) -> QCheckBox | None:
    return next((each for each in _shown(QCheckBox) if _plain(each) == words), None)


def _plain(button: QAbstractButton) -> str:
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&") or spoken_name(
        button
    )


def _field(words: str) -> QWidget | None:
    """Find a field by its name; drop-down fields are named by their label, Qt says their text."""
    fields = [each for kind in (QLineEdit, QPlainTextEdit, QComboBox) for each in _shown(kind)]
    return next((each for each in fields if each.accessibleName() == words), None)


def _indexes(view: QAbstractItemView) -> list[QModelIndex]:
    model, top = view.model(), QModelIndex()
    columns = 1 if isinstance(view, QListView) else model.columnCount(top)
    return [
        model.index(row, column) for row in range(model.rowCount(top)) for column in range(columns)
    ]


def _said(index: QModelIndex) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    return str(spoken or index.data(Qt.ItemDataRole.DisplayRole) or "")


# ------------------------------------------------------------------------------------ deeds


def _nothing() -> None:
    """Do nothing: what was waited for is there."""


def _middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


def _left(widget: QWidget) -> QPoint:
    return QPoint(12, widget.height() // 2)


def _deed(widget: QWidget | None, where: Callable[[QWidget], QPoint]) -> Deed | None:
    """Return the click on a widget, once it lies there for the mouse."""
    if widget is None:
        return None
    _scroll_to(widget)
    at = where(widget)
    hit = widget.window().childAt(widget.mapTo(widget.window(), at))
    if hit is not widget and not (hit and widget.isAncestorOf(hit)):
        return None
    return lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above:
        if isinstance(above, QScrollArea) and above.widget():
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _line_deed(words: str) -> Deed | None:
    views = [each for kind in (QListView, QAbstractItemView) for each in _shown(kind)]
    for view in views:
        for index in _indexes(view):
            if words not in _said(index):
                continue
            view.scrollTo(index)
            at = view.visualRect(index).center()
            left = Qt.MouseButton.LeftButton
            return lambda: QTest.mouseClick(view.viewport(), left, pos=at)
    return None


def _menu_deed(words: str) -> Deed | None:
    window = in_front()
    if not isinstance(window, QMainWindow):
        return None
    bar = window.menuBar()
    action = next((each for each in bar.actions() if each.text().replace("&", "") == words), None)
    if action is None:
        return None
    at = bar.actionGeometry(action).center()
    return lambda: QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at)


def _entry_deed(words: str) -> Deed | None:
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return None
    action = next((each for each in menu.actions() if each.text().replace("&", "") == words), None)
    if action is None or not action.isEnabled():
        return None
    at = menu.actionGeometry(action).center()
    return lambda: QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)


def _drop_deed(files: list[Path]) -> Deed | None:
    window = in_front()
    if not isinstance(window, QMainWindow):
        return None

    def drop() -> None:
        brought = QMimeData()
        brought.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        middle = window.rect().center()
        action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(window, QDragEnterEvent(middle, action, brought, left, none))
        QApplication.sendEvent(window, QDropEvent(QPointF(middle), action, brought, left, none))

    return drop


def _chooser_deed(paths: list[Path]) -> Deed | None:
    chooser = QApplication.activeModalWidget()
    if not isinstance(chooser, QFileDialog):
        return None
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    if name is None:
        return None
    typed = str(paths[0]) if len(paths) == 1 else " ".join(f'"{path}"' for path in paths)

    def choose() -> None:
        name.setText(typed)
        QTest.keyClick(name, Qt.Key.Key_Return)

    return choose


def _typing(words: str, text: str) -> Deed | None:
    field = _field(words)
    if field is None or not isinstance(field, QLineEdit | QPlainTextEdit):
        return None

    def write() -> None:
        _scroll_to(field)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()
        QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)

    return write


def _picking(words: str, choice: str) -> Deed | None:
    field = _field(words)
    if not isinstance(field, QComboBox):
        return None
    place = field.findText(choice)
    if place < 0:
        return None

    def pick() -> None:
        _scroll_to(field)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(field, Qt.Key.Key_Home)
        for _ in range(place):
            QTest.keyClick(field, Qt.Key.Key_Down)
        assert field.currentText() == choice

    return pick


def _keys_deed(keys: str) -> Deed | None:
    target = QApplication.focusWidget() or in_front()
    return (lambda: QTest.keySequence(target, QKeySequence(keys))) if target else None


def _deed_of_window(do: Callable[[QWidget], object]) -> Deed | None:
    window = in_front()
    if window is None or isinstance(window, QMessageBox):
        return None
    return lambda: do(window)
