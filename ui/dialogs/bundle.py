"""Before a bundle is made: which papers go in, in which order, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.bundle import Gap
from app.domain.errors import UserError
from app.storage.queries.papers import PaperRow
from ui.names import PAPER_KINDS, word_for
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField
from ui.widgets.layout import line
from ui.widgets.text import button, label, muted, section
from ui.wording import count_of, short_date, tr

_ID = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class BundleInput:
    """The ids of the papers that go in, in order, and of those that stay out.

    `look` says whether the finished PDF is to be opened.
    """

    order: tuple[str, ...]
    left_out: tuple[str, ...]
    look: bool


class BundleDialog(AskDialog[BundleInput]):
    """Lists the papers of a claim to tick and to order; what is private starts unticked."""

    def __init__(
        self, papers: Sequence[PaperRow], chosen: Sequence[str], lacks: Sequence[str]
    ) -> None:
        """Offer `papers`; the ids in `chosen` start ticked, in that order."""
        super().__init__(tr("Make the appeal bundle"), tr("Make the PDF …"))
        self.papers = QListWidget()
        self.papers.setAccessibleName(tr("Papers in the bundle"))
        self.papers.setProperty("look", "boxed")
        self.papers.setMinimumSize(px(520), px(280))
        self.papers.setSpacing(2)
        self.papers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place = {key: number for number, key in enumerate(chosen)}
        for paper in sorted(papers, key=lambda each: place.get(each.id, len(place))):
            self.papers.addItem(_item(paper, ticked=paper.id in place))
        self.papers.setCurrentRow(0)
        self.body.insertWidget(0, self._list())
        if lacks:
            self.body.insertWidget(1, _lacks(lacks))
        self.look = CheckField(tr("Open the PDF to look at it when it is ready"))
        self.look.set_value(True)
        self.form.add("", self.look)

    def _list(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            label(tr("They will get the ticked papers, in this order, each with a letter."))
        )
        layout.addWidget(self.papers)
        layout.addLayout(
            line(
                button(tr("Move up"), lambda: self._move(-1), "up"),
                button(tr("Move down"), lambda: self._move(1), "down"),
            )
        )
        layout.addWidget(muted(tr("Receipts, card slips and checks stay out until you tick them.")))
        return made

    def _move(self, step: int) -> None:
        row = self.papers.currentRow()
        to = row + step
        if 0 <= row < self.papers.count() and 0 <= to < self.papers.count():
            self.papers.insertItem(to, self.papers.takeItem(row))
            self.papers.setCurrentRow(to)

    def answer(self) -> BundleInput:
        """Return what is ticked now."""
        items = [self.papers.item(row) for row in range(self.papers.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        if not ticked:
            raise UserError(tr("Tick at least one paper."))
        out = [item for item in items if item.checkState() != Qt.CheckState.Checked]
        return BundleInput(_ids(ticked), _ids(out), self.look.value())


def _ids(items: Sequence[QListWidgetItem]) -> tuple[str, ...]:
    return tuple(str(item.data(_ID)) for item in items)


def _item(paper: PaperRow, *, ticked: bool) -> QListWidgetItem:
    about = [
        word_for(PAPER_KINDS, paper.kind, "Kind not said"),
        short_date(paper.dated_on),
        count_of(paper.pages, "{n} page", "{n} pages") if paper.pages else "",
    ]
    made = QListWidgetItem(f"{paper.name}\n{' · '.join(part for part in about if part)}")
    made.setData(_ID, paper.id)
    made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    made.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return made


def _lacks(lacks: Sequence[str]) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(section(tr("Worth a look before it goes out")))
    for sentence in lacks:
        layout.addWidget(label(f"• {sentence}"))
    layout.addWidget(muted(tr("None of this stops you. You can send it as it is.")))
    return made


class GapsDialog(AskDialog[bool]):
    """Names the papers that cannot go in, and asks whether a page may stand in for each."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(tr("Some papers cannot go in"), tr("Go on with a page for each"))
        for gap in gaps:
            self.form.add_widget(label(f"{gap.name}: {gap.reason}"))
        words = tr("A page with the name and the reason would stand in its place. "
                   "Nothing has been written yet.")  # fmt: skip
        self.form.add_widget(muted(words))

    def answer(self) -> bool:
        """Return that it may go on."""
        return True
