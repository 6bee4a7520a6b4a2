"""One thing that can be done about a date: a few words, an icon, and the doing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.widgets.flow import flow
from ui.widgets.icons import icon
from ui.widgets.text import button, quiet_button
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: its words, its icon, what does it. `is_quiet` is a smaller step beside."""

    words: str
    icon: str
    run: Callable[[], object]
    is_quiet: bool = False

    def button(self) -> QPushButton:
        """Return a button for it."""
        make = quiet_button if self.is_quiet else button
        return make(self.words, self.run, self.icon)


def deed_buttons(deeds: Sequence[Deed]) -> QWidget:
    """Return the buttons in a row, or in as many rows as they need."""
    return flow(*(deed.button() for deed in deeds))


def more_button(deeds: Sequence[Deed]) -> QPushButton:
    """Return a button that opens a menu of deeds that are wanted more rarely."""
    made = quiet_button(tr("More …"))
    made.clicked.connect(partial(_offer, made, tuple(deeds)))
    return made


def _offer(below: QPushButton, deeds: Sequence[Deed], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signature
    """Open the menu."""
    menu = QMenu(below.window())  # the button itself may be gone before what is chosen is done
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for deed in deeds:
        action = menu.addAction(deed.words.replace("&", "&&"))
        if deed.icon:
            action.setIcon(icon(deed.icon))
        action.triggered.connect(partial(_run, deed))
    menu.popup(below.mapToGlobal(QPoint(0, below.height())))


def _run(deed: Deed, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signature
    deed.run()
