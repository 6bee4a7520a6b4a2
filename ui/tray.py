"""The icon in the tray: a small menu, a notice once a day, and going on without a window.

All of it exists only where the desktop has a tray, and only while the program runs. The words of
the notice are neutral unless the person asked for titles: others may see the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from app.binder import Binder
from app.changes import Changes
from app.operations.agenda import agenda
from app.operations.rules import rule_book
from app.operations.sample_mark import is_sample
from ui.desk import Desk
from ui.login_start import this_platform
from ui.main_window import MainWindow
from ui.style import colour
from ui.widgets.icons import pixmap
from ui.widgets.text import tip
from ui.wording import count_of, days_left, tr

NEAR_DAYS: Final = 7
PASSED_DAYS: Final = 30
"""A date is told of from a week before the day to aim for until a month after it, or it is done.

What passed longer ago stays on Today; a notice about it every day would help nobody.
"""

_TODAY: Final = frozenset({"fast_appeal", "keep_benefits"})
_DATE_MISSING: Final = frozenset({"denial", "step"})
_SHOWN: Final = ("claim", "denial", "due_item", "clock", "plan")
_MOST_TITLES: Final = 3
_MINUTE_MS: Final = 60_000
_SIZES: Final = (16, 22, 24, 32, 48, 64)


# --------------------------------------------------------------------------- what is told


@dataclass(frozen=True, slots=True)
class Waiting:
    """What needs a look, by title: what can save a treatment today, what is near, what has no date.

    Near is also what has just passed; it stands with its day to aim for. An answer that no law
    sets a day for is not told of: it would be told every day, and there is nothing to find.
    """

    today: tuple[str, ...] = ()
    near: tuple[tuple[str, date], ...] = ()
    undated: tuple[str, ...] = ()


def what_waits(binder: Binder, today: date) -> Waiting:
    """Ask the binder what is to be told of."""
    found = agenda(binder, rule_book(), today)
    return Waiting(
        tuple(row.title for row in found.undated if row.kind in _TODAY),
        tuple(
            (row.title, row.aim_on)
            for row in found.due
            if -PASSED_DAYS <= (row.aim_on - today).days <= NEAR_DAYS
        ),
        tuple(row.title for row in found.undated if row.kind in _DATE_MISSING),
    )


def notice_words(waiting: Waiting, today: date, *, titles: bool) -> str:
    """Return what the notice says, or nothing; without `titles` nothing private is in it."""
    return "\n".join(_titles(waiting, today) if titles else _counts(waiting))


def _counts(waiting: Waiting) -> list[str]:
    told = (
        (waiting.today, "{n} thing to do today.", "{n} things to do today."),
        (waiting.near, "{n} date to look at this week.", "{n} dates to look at this week."),
        (waiting.undated, "{n} thing still needs its date.", "{n} things still need their dates."),
    )
    return [count_of(len(some), one, many) for some, one, many in told if some]


def _titles(waiting: Waiting, today: date) -> list[str]:
    told = [
        *(tr("{title}: {left}", title=title, left=tr("today")) for title in waiting.today),
        *(
            tr("{title}: {left}", title=title, left=days_left(on, today))
            for title, on in waiting.near
        ),
        *waiting.undated,
    ]
    left = len(told) - _MOST_TITLES
    more = [count_of(left, "And {n} more.", "And {n} more.")] if left > 0 else []
    return told[:_MOST_TITLES] + more


# ------------------------------------------------------------------------------- the icon


def tray_is_there() -> bool:
    """Return whether this desktop has a tray now."""
    return QSystemTrayIcon.isSystemTrayAvailable()


def bring_up(window: MainWindow) -> None:
    """Show the window in front, wherever it was: in the tray, small, or behind others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.setQuitOnLastWindowClosed(True)


class Tray(QObject):
    """The program's icon in the tray, as long as its window lives.

    `told` carries the words of each notice.
    """

    told = Signal(str)

    def __init__(
        self, desk: Desk, window: MainWindow, is_there: Callable[[], bool] = tray_is_there
    ) -> None:
        """Put up the icon; `is_there` tells whether there still is a tray to go on in."""
        super().__init__(window)
        self._desk, self._window, self._is_there = desk, window, is_there
        self._is_own = not is_sample(desk.binder)
        self._looked_on: date | None = None
        self._menu = QMenu()
        self._menu.addAction(tr("Open ClaimBinder"), self.open)
        self._menu.addAction(tr("Today"), self.open_today)
        self._menu.addSeparator()
        self._menu.addAction(tr("Quit"), self.quit)
        self.icon = QSystemTrayIcon(_badge(), self)
        self.icon.setContextMenu(self._menu)
        self.icon.setToolTip(tr("ClaimBinder"))
        if this_platform() != "darwin":  # there a click opens the menu and tells of it as well
            self.icon.activated.connect(self._clicked)
        self.icon.messageClicked.connect(self.open_today)
        self.icon.show()
        window.stays_behind = self.stays_behind
        window.changes.changed.connect(self._changed)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.look)
        self._minute.start()
        if program := QApplication.instance():
            program.aboutToQuit.connect(self.take_down)
        self.look()

    @Slot()
    def take_down(self) -> None:
        """Remove the icon: the program ends, or opens another binder."""
        if self._is_behind:  # Qt tells no window that it closes which is not in sight
            self._window.leave()
            QApplication.sendEvent(self._window, QCloseEvent())
        self._minute.stop()
        self.icon.hide()
        self._menu.deleteLater()

    # ------------------------------------------------------------------ the menu

    @Slot()
    def open(self) -> None:
        """Bring the window up as it was left."""
        bring_up(self._window)

    @Slot()
    def open_today(self) -> None:
        """Bring the window up with Today in it."""
        self._window.go_to("today")
        bring_up(self._window)

    @Slot()
    def quit(self) -> None:
        """End the program; while work goes on, the window shows that it is being finished.

        A dialog that is open is shown instead: what was typed in it must not be lost.
        """
        is_asking = QApplication.activeModalWidget() is not None
        if is_asking or self._desk.jobs.busy:
            bring_up(self._window)
        if is_asking:
            return
        if self._is_behind:
            QApplication.quit()
        else:
            self._window.leave()

    @Slot(object)
    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """A click opens Today; that the menu was asked for is another reason."""
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open_today()

    # ------------------------------------------------------------------ going on without a window

    @property
    def _is_behind(self) -> bool:
        """Whether the program goes on without its window now, whoever has hidden it."""
        return not QApplication.quitOnLastWindowClosed()

    def stays_behind(self) -> bool:
        """Return whether the program goes on now that its window is closed, and say so once."""
        if not (self._desk.memory.settings.keep_in_tray and self._is_there()):
            return False
        QApplication.setQuitOnLastWindowClosed(False)
        if not self._desk.memory.settings.tray_told:
            self._desk.memory.choose(tray_told=True)
            self._tell(tr("ClaimBinder goes on here. To end it, open this icon's menu: Quit."))
        return True

    # ------------------------------------------------------------------ the notice

    @Slot()
    def look(self) -> None:
        """Ask what waits if another day has begun: at a start, after midnight, after sleep."""
        today = self._desk.today()
        if self._is_own and today != self._looked_on:
            self._looked_on = today
            self._ask(today, self._notice)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if self._is_own and changes.of(*_SHOWN):
            self._ask(self._desk.today(), self._show_tip)

    def _ask(self, today: date, then: Callable[[Waiting], None]) -> None:
        binder = self._desk.binder
        self._desk.quick.run("", lambda _p: what_waits(binder, today), then, owner=self)

    def _notice(self, waiting: Waiting) -> None:
        """Show the notice, once a day, if the person wants it and there is anything to tell."""
        self._show_tip(waiting)
        settings, today = self._desk.memory.settings, self._desk.today()
        words = notice_words(waiting, today, titles=settings.notice_titles)
        if words and settings.tray_notice and settings.noticed_on != today.isoformat():
            self._desk.memory.choose(noticed_on=today.isoformat())
            self._tell(words)

    def _show_tip(self, waiting: Waiting) -> None:
        """Say the same, in neutral words, when the mouse rests on the icon."""
        words = notice_words(waiting, self._desk.today(), titles=False)
        tip(self.icon, "\n".join(filter(None, (tr("ClaimBinder"), words))))

    def _tell(self, words: str) -> None:
        """Show a notice; some desktops would take angle brackets in it for HTML."""
        words = words.replace("<", "‹").replace(">", "›")
        self.icon.showMessage(tr("ClaimBinder"), words, self.icon.icon())
        self.told.emit(words)


def _badge() -> QIcon:
    """Return an icon that is seen on light and on dark panels: a sign on a ground of its own."""
    made = QIcon()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
        inner = size * 3 // 4
        edge = (size - inner) // 2
        painter.drawPixmap(edge, edge, pixmap("claims", inner, "on_accent"))
        painter.end()
        made.addPixmap(picture)
    return made
