"""The papers of a bundle: to tick, to put in order, and what of each goes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.operations.bundle_choices import OWN_PARTS, Chosen, PaperChoice
from app.storage.queries.papers import PaperRow
from ui.names import PAPER_KINDS, word_for
from ui.style import px
from ui.widgets.fields import CheckField
from ui.widgets.flow import flow
from ui.widgets.text import button, label, muted
from ui.wording import count_of, short_date, tr

_ID: Final = int(Qt.ItemDataRole.UserRole)
PART_WORDS: Final[Mapping[str, str]] = {
    "diary": "The diary",
    "remarks": "My remarks on calls",
    "notes": "Notes on papers and the claim",
    "dates": "My own dates",
    "payments": "What was paid, in the story",
    "costs": "What was paid while fighting, as a table",
}
"""What is kept for oneself until it is chosen."""


class PaperOrder(QListWidget):
    """Papers with a tick each; Alt with an arrow key moves one, and so does the mouse."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Papers in the bundle"))
        self.setProperty("look", "boxed")
        self.setMinimumSize(px(300), px(200))
        self.setSpacing(2)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.model().rowsMoved.connect(self._dropped)
        self.model().rowsInserted.connect(self._dropped)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        way = ways.get(Qt.Key(event.key()))
        if way and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_by(way)
        else:
            super().keyPressEvent(event)

    def move_by(self, step: int) -> None:
        """Move the paper that is marked up or down."""
        row = self.currentRow()
        to = row + step
        if 0 <= row < self.count() and 0 <= to < self.count():
            self.insertItem(to, self.takeItem(row))
            self.setCurrentRow(to)

    def ids(self) -> tuple[str, ...]:
        """Return the papers in their order."""
        return tuple(str(self.item(row).data(_ID)) for row in range(self.count()))

    def current_id(self) -> str:
        """Return the paper that is marked, or an empty text."""
        item = self.currentItem()
        return str(item.data(_ID)) if item else ""  # pyright: ignore[reportUnnecessaryComparison]

    @Slot()
    def _dropped(self) -> None:
        self.moved.emit()


class PapersStep(QWidget):
    """The first step. `changed` comes with each tick, move and choice."""

    changed = Signal()

    def __init__(
        self,
        chosen: Chosen,
        boxes: Mapping[str, int],
        *,
        ask_pages: Callable[[PaperRow, PaperChoice], PaperChoice | None],
        black_out: Callable[[str], object],
    ) -> None:
        """Show what was chosen; `boxes` counts what is blacked out, by paper."""
        super().__init__()
        self._rows = {paper.id: paper for paper in chosen.papers}
        self._choices = dict(chosen.choices)
        self._boxes = dict(boxes)
        self._ask_pages, self._black_out = ask_pages, black_out
        self.papers = PaperOrder()
        for paper in chosen.papers:
            self.papers.addItem(self._item(paper))
        self.papers.setCurrentRow(0)
        self.papers.moved.connect(self.changed)
        self.papers.itemChanged.connect(self._ticked)
        self.papers.itemDoubleClicked.connect(self._opened)
        self.parts = {part: CheckField(tr(PART_WORDS[part])) for part in OWN_PARTS}
        for part, field in self.parts.items():
            field.set_value(part in chosen.parts)
            field.changed.connect(self.changed)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            label(
                tr("They will get the ticked papers, in this order, each with a letter.")
                if self._rows
                else tr("No paper is filed under this claim yet. File the denial letter and your "
                        "proof under it first.")
            )
        )  # fmt: skip
        layout.addWidget(self.papers, 1)
        layout.addWidget(
            flow(
                button(tr("Move up"), lambda: self.papers.move_by(-1), "up"),
                button(tr("Move down"), lambda: self.papers.move_by(1), "down"),
                button(tr("Pages and ink …"), self.ask_pages, "paper"),
                button(tr("Black out …"), self.black_out, "edit"),
            )
        )
        layout.addWidget(
            muted(
                tr(
                    "Receipts, slips, checks and account statements stay out until you tick them. "
                    "So does this:"
                )
            )
        )
        layout.addWidget(flow(*self.parts.values()))

    # ------------------------------------------------------------------ what is chosen

    def choices(self) -> tuple[PaperChoice, ...]:
        """Return the choice of each paper, in their order."""
        return tuple(self._choices[key] for key in self.papers.ids())

    def chosen_parts(self) -> tuple[str, ...]:
        """Return what of one's own goes in too."""
        return tuple(part for part, field in self.parts.items() if field.value())

    def row_of(self, document_id: str) -> PaperRow | None:
        """Return a paper of the list."""
        return self._rows.get(document_id)

    def ask_pages(self) -> None:
        """Ask for the pages and the ink of the paper that is marked."""
        key = self.papers.current_id()
        if key and (given := self._ask_pages(self._rows[key], self._choices[key])):
            self._choices[key] = given
            self._show(key)
            self.changed.emit()

    def black_out(self) -> None:
        """Ask what is blacked out on the paper that is marked."""
        if key := self.papers.current_id():
            self._black_out(key)

    def show_boxes(self, document_id: str, count: int) -> None:
        """Say how many boxes a paper has now."""
        self._boxes[document_id] = count
        self._show(document_id)

    @Slot(QListWidgetItem)
    def _opened(self, item: QListWidgetItem) -> None:
        """Show the pages of a paper."""
        self._black_out(str(item.data(_ID)))

    @Slot(QListWidgetItem)
    def _ticked(self, item: QListWidgetItem) -> None:
        key = str(item.data(_ID))
        goes_in = item.checkState() == Qt.CheckState.Checked
        if key in self._choices and self._choices[key].goes_in != goes_in:
            self._choices[key] = replace(self._choices[key], goes_in=goes_in)
            self.changed.emit()

    # ------------------------------------------------------------------ the words

    def _item(self, paper: PaperRow) -> QListWidgetItem:
        made = QListWidgetItem(self._words(paper))
        made.setData(_ID, paper.id)
        flags = made.flags() | Qt.ItemFlag.ItemIsUserCheckable
        made.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
        is_in = self._choices[paper.id].goes_in
        made.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        return made

    def _words(self, paper: PaperRow) -> str:
        choice = self._choices[paper.id]
        boxes = self._boxes.get(paper.id, 0)
        about = [
            word_for(PAPER_KINDS, paper.kind, "Kind not said"),
            short_date(paper.dated_on),
            count_of(paper.pages, "{n} page", "{n} pages") if paper.pages else "",
            tr("only pages {pages}", pages=choice.pages) if choice.pages else "",
            tr("black on white") if choice.ink == "black" else "",
            tr("in color") if choice.ink == "color" else "",
            count_of(boxes, "{n} box blacked out", "{n} boxes blacked out") if boxes else "",
        ]
        return f"{paper.name}\n{' · '.join(part for part in about if part)}"

    def _show(self, document_id: str) -> None:
        row = self.papers.ids().index(document_id)
        with QSignalBlocker(self.papers):
            self.papers.item(row).setText(self._words(self._rows[document_id]))


def going_in(choices: Sequence[PaperChoice]) -> int:
    """Count the papers that go in."""
    return sum(choice.goes_in for choice in choices)
