"""The story of a claim: what happened, in order, and what of it others get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.binder import Binder
from app.operations import story
from app.storage.queries.calls import broken_promises
from app.storage.queries.story import KINDS, StoryLine, claim_story
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.names import PAPER_KINDS, word_for
from ui.pages.story_steps import print_story
from ui.shell import Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.table import RowsView
from ui.widgets.text import button, quiet_button, relabel
from ui.wording import count_of, short_date, tr

_WORDS: Final = {
    "document": "Paper", "denial": "They said no", "answer": "Answer", "call": "Call",
    "request": "Asked for", "letter": "Letter", "sending": "Sent", "delivery": "They got it",
    "authorization": "Approval", "treatment": "Treatment", "diary": "Diary", "deadline": "Date",
    "expense": "Money", "fast_appeal": "Fast appeal", "keep_care": "Care meanwhile",
}  # fmt: skip
_ICONS: Final = {
    "document": "papers", "denial": "warning", "answer": "scales", "call": "calls",
    "request": "envelope", "letter": "letter", "sending": "sent", "delivery": "check",
    "authorization": "approved", "treatment": "treatment", "diary": "note",
    "deadline": "calendar", "expense": "money", "fast_appeal": "flag", "keep_care": "keep-care",
}  # fmt: skip


def _what(row: StoryLine) -> str:
    if row.what == "document":
        return word_for(PAPER_KINDS, row.detail, "Paper")
    return tr(_WORDS.get(row.what, row.what))


def _day(row: StoryLine) -> str:
    return row.when or short_date(row.on)


def _for_others(row: StoryLine) -> str:
    """Say why a line is not in what others get; empty for one that is."""
    if row.is_hidden:
        return tr("Left out")
    return tr("Private") if row.is_private else ""


def _not_told(row: StoryLine) -> str:
    return tr("Others do not get it") if _for_others(row) else ""


def _tip(row: StoryLine) -> str:
    told = tr("Others read: {words}", words=row.told) if row.told and not row.is_private else ""
    return "\n".join(filter(None, (row.text, told)))


COLUMNS: Final[tuple[Column[StoryLine], ...]] = (
    Column("Date", _day, lambda row: row.on, width=15, tip=_day),
    Column("What", _what, icon=lambda row: _ICONS.get(row.what, ""), tip=_what, width=11),
    Column(
        "In words",
        lambda row: " ".join(row.text.split()),
        tone=lambda row: "muted" if _for_others(row) else "ink",
        tip=_tip,
    ),
    Column("Others", _for_others, tone=lambda _row: "muted", tip=_not_told, width=7),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """The story of a claim as it was read, and how many promises of it are late."""

    lines: tuple[StoryLine, ...]
    late: int


class StoryPart(QWidget):
    """The first tab of a claim. `line_opened(what, id)` comes when a line is to be shown.

    The story is read on a thread: one of two thousand lines would hold the window up.
    """

    line_opened = Signal(str, str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self._asked = 0
        self._lines: tuple[StoryLine, ...] = ()
        self.filter = ChoiceField[str](
            [(key, tr(_WORDS[key])) for key in KINDS], unknown=tr("The whole story")
        )
        self.filter.setAccessibleName(tr("Which part of the story"))
        self.filter.changed.connect(self._show)
        self.model: RowsModel[StoryLine] = RowsModel(COLUMNS, lambda row: f"{row.what}/{row.id}")
        self.table = RowsView(self.model, tr("Story of the claim"))
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._show_deed)
        self.late = quiet_button("", self._show_late, "promise")
        self.turn = button("", self.leave_out_or_take_in)
        self.turning = self._by_key()
        self.print = quiet_button(tr("Print the story …"), self._print, "print")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(flow(self.filter, self.late))
        layout.addWidget(self.table, 1)
        layout.addWidget(flow(self.turn, self.print))
        self._show_late_count(0)
        self._show_deed()

    def _by_key(self) -> QAction:
        """Let the same be done with a key and from the menu of a line."""
        made = QAction(self)
        made.setShortcut(QKeySequence("Ctrl+H"))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(self._turn_triggered)
        self.table.addAction(made)
        return made

    # ------------------------------------------------------------------ showing

    def show_claim(self, claim_id: str) -> None:
        """Show the story of a claim as soon as it is read."""
        if claim_id != self._claim_id:
            self._lines = ()
            self._show()
        self._claim_id = claim_id
        self._asked += 1
        asked, binder, today = self._asked, self._desk.binder, self._desk.today()

        def arrived(told: _Told) -> None:
            if asked == self._asked:
                self._take(told)

        self._desk.quick.run(
            "", lambda _progress: _tell(binder, claim_id, today), arrived, owner=self
        )

    def _take(self, told: _Told) -> None:
        self._lines = told.lines
        self._show()
        self._show_late_count(told.late)

    @Slot()
    def _show(self) -> None:
        only = self.filter.value()
        self.model.replace([row for row in self._lines if only in (None, row.what)])
        self._show_deed()

    def _show_late_count(self, late: int) -> None:
        self.late.setVisible(bool(late))
        relabel(self.late, count_of(late, "{n} promise not kept", "{n} promises not kept"))

    def _chosen(self) -> StoryLine | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot()
    def _show_deed(self) -> None:
        """Offer what can be done with the chosen line."""
        row = self._chosen()
        if row and row.is_hidden:
            words = tr("Let others get it again")
        elif row and row.is_private:
            words = tr("Private: others do not get it")
        else:
            words = tr("Leave it out for others")
        relabel(self.turn, words)
        self.turning.setText(words)
        can = row is not None and (row.is_hidden or not row.is_private)
        self.turn.setEnabled(can)
        self.turning.setEnabled(can)

    # ------------------------------------------------------------------ doing

    def leave_out_or_take_in(self) -> None:
        """Leave the chosen line out of what others get, or take it in again."""
        row = self._chosen()
        if row is None or (row.is_private and not row.is_hidden):
            return
        change = story.show_line if row.is_hidden else story.hide_line
        change(self._desk.binder, self._claim_id, row.what, row.id)

    @Slot()
    def _turn_triggered(self) -> None:
        self.leave_out_or_take_in()

    @Slot(str)
    def _open(self, key: str) -> None:
        what, _, record_id = key.partition("/")
        self.line_opened.emit(what, record_id)

    def _show_late(self) -> None:
        self._shell.go_to("calls", "claim", self._claim_id)

    def _print(self) -> None:
        print_story(self._desk, self._shell, self._claim_id)


def _tell(binder: Binder, claim_id: str, today: date) -> _Told:
    """Read the story, on a thread."""
    late = binder.ask(broken_promises, today, claim_id=claim_id)
    return _Told(binder.ask(claim_story, claim_id), len(late))
