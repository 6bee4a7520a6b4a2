"""What stands in the cards of Today: advice in full, entries with their buttons, long lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.undated import Undated
from app.operations.agenda import NEEDS_A_DATE
from app.storage.queries.dates import DueRow
from ui.desk import Desk
from ui.pages.due_deed import Deed, deed_buttons
from ui.pages.due_deeds import settling_deeds, undated_deeds
from ui.pages.due_lines import UNDATED_ICONS, DueLine
from ui.pages.due_words import since_words, still_words, whom_words
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.layout import column
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import Label, icon_label, label, muted
from ui.wording import tr

_SAID_NO: Final = "They said no"


class UrgentAdvice(QWidget):
    """All that is to be asked for today about one denial: first what, then how, then by what law.

    Only the first one on the page stands `in_full`, with whom to call; of the others, and of what
    may be asked for beside it, the first sentence stands there and a button tells the rest. The
    buttons settle all that they stand below.
    """

    def __init__(
        self, desk: Desk, shell: Shell, entries: Sequence[Undated], *, in_full: bool
    ) -> None:
        super().__init__()
        self._desk, self._shell, self._entries = desk, shell, entries
        layout = column(8)
        layout.setContentsMargins(0, 4, 0, 4)
        self.setLayout(layout)
        first = entries[0]
        layout.addWidget(Label(_whose(first), "strong"))
        for number, entry in enumerate(entries):
            layout.addWidget(_advice(entry, in_full=in_full and number == 0))
        deeds = undated_deeds(desk, shell, *entries)
        if not in_full or len(entries) > 1:
            deeds += (Deed(tr("Read how"), "info", self._tell_all, is_quiet=True),)
        layout.addWidget(indented(deed_buttons(deeds)))

    def _tell_all(self) -> None:
        from ui.pages.due_advice import AdviceDialog  # noqa: PLC0415 - loaded when it is asked for

        self._shell.ask_dialog(AdviceDialog(self._entries, self._desk.today()))


class KeepLine(QWidget):
    """The day by which one asks that care goes on, with the buttons that settle it below."""

    def __init__(self, desk: Desk, shell: Shell, row: DueRow) -> None:
        super().__init__()
        layout = column(4)
        self.setLayout(layout)
        layout.addWidget(DueLine(row, desk.today(), None, with_claim=True))
        if words := still_words(row, desk.today()):
            layout.addWidget(indented(label(words)))
        layout.addWidget(indented(deed_buttons(settling_deeds(desk, shell, row))))


class OwedLine(QWidget):
    """An answer that appears late, with the one click that asks where it stands."""

    def __init__(self, desk: Desk, shell: Shell, row: DueRow) -> None:
        super().__init__()
        layout = column(4)
        self.setLayout(layout)
        layout.addWidget(DueLine(row, desk.today(), None, with_claim=True))
        layout.addWidget(indented(deed_buttons(settling_deeds(desk, shell, row))))


class UndatedEntry(QWidget):
    """Something that needs a date: what to do about it today, and the buttons that settle it."""

    def __init__(self, desk: Desk, shell: Shell, entry: Undated) -> None:
        super().__init__()
        words = [Label(_whose(entry), "strong")]
        if not entry.clock_id and entry.title != NEEDS_A_DATE:
            words.append(label(entry.title))
        words.append(label(f"{entry.sentence} {since_words(entry, desk.today())}".strip()))
        if entry.ask and entry.ask not in entry.sentence:
            words.append(muted(entry.ask))
        layout = column(8)
        layout.setContentsMargins(0, 4, 0, 4)
        self.setLayout(layout)
        layout.addWidget(_beside_icon(UNDATED_ICONS.get(entry.kind, "warning"), "warning", words))
        layout.addWidget(indented(deed_buttons(undated_deeds(desk, shell, entry))))


class UndatedList(ChooserList):
    """The entries for which no room is left above: one line each, opened with Enter or a click."""

    def __init__(
        self, entries: Sequence[Undated], today: date, on_open: Callable[[Undated], object]
    ) -> None:
        super().__init__(tr("More that needs a date"))
        by_id = {f"{entry.kind}/{entry.denial_id or entry.clock_id}": entry for entry in entries}
        self.set_lines(
            [
                Line(
                    key, _whose(entry), f"{entry.sentence} {since_words(entry, today)}".strip(),
                    UNDATED_ICONS.get(entry.kind, "warning"), "warning",
                )
                for key, entry in by_id.items()
            ]
        )  # fmt: skip
        self.setFixedHeight(self.sizeHintForRow(0) * min(len(by_id), 6) + 4)
        self._by_id, self._on_open = by_id, on_open
        self.opened.connect(self._open_entry)
        self.clicked.connect(self._open_clicked)

    @Slot(str)
    def _open_entry(self, key: str) -> None:
        self._on_open(self._by_id[key])

    @Slot(QModelIndex)
    def _open_clicked(self, index: QModelIndex) -> None:
        self._open_entry(self.lines.lines[index.row()].id)


def _whose(entry: Undated) -> str:
    first = tr(_SAID_NO) if entry.denial_id and not entry.clock_id else entry.title
    return " · ".join(filter(None, (first, entry.claim, entry.patient)))


def _advice(entry: Undated, *, in_full: bool) -> QWidget:
    words: list[Label] = [Label(entry.title, "section"), label(entry.sentence)]
    if in_full:
        if whom := whom_words(entry):
            words.append(Label(whom, "strong", select=True))
        words += [muted(each) for each in entry.how]
        if entry.source:
            words.append(muted(tr("Source: {source}", source=entry.source)))
    return _beside_icon(UNDATED_ICONS[entry.kind], "danger", words)


def _beside_icon(icon: str, tone: Tone, words: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    beside = column(4)
    for each in words:
        beside.addWidget(each)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    layout.addWidget(icon_label(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(beside, 1)
    return made


def indented(widget: QWidget) -> QWidget:
    """Put a widget below the words, not below their icon."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(32, 0, 0, 0)
    layout.addWidget(widget, 1)
    return made
