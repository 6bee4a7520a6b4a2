"""One thing that can be done about a date: a few words, an icon, and the doing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.flow import flow
from ui.widgets.text import button, quiet_button


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
