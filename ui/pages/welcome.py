"""The first thing a person sees: three ways to begin, then their name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.style import px
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.form import Form
from ui.widgets.layout import Card, Scrolling, column, line
from ui.widgets.text import (
    button,
    icon_label,
    label,
    muted,
    primary_button,
    title,
)
from ui.wording import tr

_WIDEST: Final = 720
_WHO: Final = (
    ("self", "I hold the insurance"),
    ("spouse", "I am the husband or wife"),
    ("helper", "I help with the paperwork"),
    ("other", "Someone else"),
)
"""The relations of a person to the insurance, as that person says them."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a person begins: `own`, `sample` or `restore`; for `own`, who is at the desk."""

    way: str
    name: str = ""
    relation: str | None = None


class WelcomeWindow(QWidget):
    """Stands where the window will be. `chosen(Beginning)` comes once; closing it chooses none."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("ClaimBinder")
        self.setMinimumSize(760, 560)
        self.own = primary_button(tr("Start my own binder"), self.ask_name)
        self.sample = button(tr("Look around in the sample"), self._sample)
        self.restore = button(tr("Bring a backup back"), self._restore)
        self.name = TextField()
        self.relation = ChoiceField([(key, tr(words)) for key, words in _WHO])
        self.go = primary_button(tr("Open my binder"), self._own)
        self.go.setDefault(True)
        self.back = button(tr("Back"), self.ask_way, "left")
        self._steps = QStackedWidget()
        self._steps.addWidget(self._ways())
        self._steps.addWidget(self._about_you())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._steps)
        self.name.returnPressed.connect(self._own)

    # ------------------------------------------------------------------ the two steps

    def _ways(self) -> QWidget:
        inner = column(16)
        inner.addWidget(title(tr("Welcome to ClaimBinder")))
        inner.addWidget(
            label(
                tr("It keeps the papers of a health-insurance denial together, shows the last "
                   "day to appeal, and gets the envelope out.")
            )
        )  # fmt: skip
        for icon, button_, words in (
            ("claims", self.own, tr("An empty binder on this computer, for you or your family.")),
            ("papers", self.sample, tr("A made-up family's papers, to try everything. Nothing in "
                                       "it is real, and nothing you do there matters.")),
            ("backup", self.restore, tr("On a new computer, or after a loss: everything comes "
                                        "back as it was.")),
        ):  # fmt: skip
            inner.addWidget(_way(icon, button_, words))
        inner.addWidget(_beside("lock", tr("Nothing leaves this computer. There is no account, "
                                           "and the program never goes online.")))  # fmt: skip
        return _centred(inner)

    def _about_you(self) -> QWidget:
        form = Form()
        form.add(
            tr("Your name"),
            self.name,
            tr("So that notes and calls show who wrote them. It may stay empty."),
        )
        form.add(tr("Which of these are you?"), self.relation)
        inner = column(16)
        inner.addWidget(title(tr("Who is at the desk?")))
        inner.addWidget(label(tr("You can add everyone else later, on the page People.")))
        inner.addWidget(form)
        inner.addLayout(line(self.back, self.go))
        return _centred(inner)

    @Slot()
    def ask_way(self) -> None:
        """Show the three ways to begin."""
        self._steps.setCurrentIndex(0)
        self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def ask_name(self) -> None:
        """Ask who is at the desk."""
        self._steps.setCurrentIndex(1)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ what is chosen

    @Slot()
    def _own(self) -> None:
        self.chosen.emit(Beginning("own", self.name.value(), self.relation.value()))

    def _sample(self) -> None:
        self.chosen.emit(Beginning("sample"))

    def _restore(self) -> None:
        self.chosen.emit(Beginning("restore"))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


def _way(icon: str, go: QPushButton, words: str) -> Card:
    made = Card()
    inside = QHBoxLayout()
    inside.setSpacing(16)
    inside.addWidget(icon_label(icon, 32, "accent"), 0, Qt.AlignmentFlag.AlignTop)
    beside = column(8)
    beside.addWidget(label(words))
    beside.addLayout(line(go))
    inside.addLayout(beside, 1)
    made.body.addLayout(inside)
    return made


def _beside(icon: str, words: str) -> QWidget:
    made = QWidget()
    layout = line(icon_label(icon, 20, "muted"), stretch=False)
    layout.addWidget(muted(words), 1)
    made.setLayout(layout)
    return made


def _centred(inner: QVBoxLayout) -> QWidget:
    """Put a column into the middle of the window; it scrolls where there is no room."""
    block = QWidget()
    block.setLayout(inner)
    block.setMaximumWidth(px(_WIDEST))
    whole = QWidget()
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(block, 8)
    across.addStretch(1)
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(32, 32, 32, 32)
    layout.addStretch(2)
    layout.addLayout(across)
    layout.addStretch(3)
    return Scrolling(whole)
