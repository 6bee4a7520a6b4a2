"""What stands without a date, above every view of the calendar: it cannot be forgotten there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton

from app.domain.undated import Undated
from ui.desk import Desk
from ui.pages.due_deeds import undated_deeds
from ui.pages.due_lines import EntryLine, UndatedNotice
from ui.shell import Shell
from ui.widgets.icons import dress
from ui.widgets.layout import Card, column, emptied
from ui.widgets.text import quiet_button, relabel, section
from ui.wording import count_of, tr

_SHOWN_FIRST: Final = 2
_SHOWN_LOW: Final = 1
"""How many are seen before a person asks for all, fewer in a low window: the dates need room."""


def key_of(entry: Undated) -> str:
    """Return what tells one entry from another: advice on one denial is one entry."""
    return f"{entry.kind}/{entry.denial_id or entry.clock_id or entry.title}"


def grouped(entries: Sequence[Undated]) -> list[list[Undated]]:
    """Return the entries with everything that may be asked for at the same time together."""
    groups: dict[str, list[Undated]] = {}
    for entry in entries:
        # Only the ways to ask fast share a button; every other entry is settled by itself.
        key = key_of(entry) if entry.kind == "fast_appeal" else f"{key_of(entry)}/{entry.source}"
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


class UndatedStrip(Card):
    """The first entries with their buttons, and one button that shows them all.

    `asked(entries)` comes when a person wants to read all of an entry: it and what belongs to it.
    """

    asked = Signal(object)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._entries: tuple[Undated, ...] = ()
        self._shows_all = False
        self._first = _SHOWN_FIRST
        self._shown: object = None
        self.title = section("")
        self.toggle = quiet_button("", self._turn, "down")
        self._notices = column(4)
        self.body.addWidget(EntryLine("warning", "warning", [self.title], [self.toggle]))
        self.body.addLayout(self._notices)
        self.hide()

    def show_entries(self, entries: Sequence[Undated]) -> None:
        """Show these; with none the strip is not there."""
        self._entries = tuple(entries)
        self.setVisible(bool(entries))
        self._build()

    def minimumSizeHint(self) -> QSize:
        """As high as its words are at the width it has, not as they would be in the least one."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.heightForWidth(self.width())))

    def set_low(self, *, is_low: bool) -> None:
        """Show fewer where the window is low."""
        self._first = _SHOWN_LOW if is_low else _SHOWN_FIRST
        self._build()

    def _build(self) -> None:
        wanted = (self._entries, self._shows_all, self._first, self._desk.today())
        if wanted == self._shown:
            return
        self._shown = wanted
        emptied(self._notices)
        groups = grouped(self._entries)
        self.title.setText(
            count_of(len(groups), "{n} thing has no date yet", "{n} things have no date yet")
        )
        for group in groups if self._shows_all else groups[: self._first]:
            self._notices.addWidget(self._notice(group))
        self.toggle.setVisible(len(groups) > self._first)
        words = tr("See fewer") if self._shows_all else tr("See all {n}", n=len(groups))
        relabel(self.toggle, words)
        dress(self.toggle, "up" if self._shows_all else "down", "accent")

    def _notice(self, group: list[Undated]) -> UndatedNotice:
        first = group[0]
        buttons: list[QPushButton] = [
            deed.button() for deed in undated_deeds(self._desk, self._shell, *group)
        ]
        buttons.append(quiet_button(tr("Read how"), partial(self.asked.emit, group), "info"))
        return UndatedNotice(first, self._desk.today(), buttons, with_claim=True)

    def _turn(self) -> None:
        self._shows_all = not self._shows_all
        self._build()
