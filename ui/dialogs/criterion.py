"""One point to answer: their words, the facts, and the papers that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.errors import UserError
from app.operations.criteria import Proof
from app.storage.queries.evidence import PointRow
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs.criterion_page import PageWords
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, NoteField, NumberField
from ui.widgets.layout import column, line
from ui.wording import tr

_KINDS: Final = (
    ("criterion", "A point of the plan's policy"),
    ("reason", "A reason they gave for the “no”"),
)
_BESIDE: Final = 880
"""The width of the dialog in pixels at 100 % from which the page stands beside the form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PointInput:
    """What was filled in; the names are those that `change_point` takes."""

    kind: str
    quote: str
    source_document_id: str | None
    source_page: int | None
    answer: str
    proofs: tuple[Proof, ...]


class ProofFields(QWidget):
    """Papers with their pages; an empty row waits below the last one."""

    changed = Signal()

    def __init__(self, papers: Sequence[PaperRow], proofs: Sequence[Proof] = ()) -> None:
        super().__init__()
        self._papers = [(paper.id, paper.name) for paper in papers]
        self.rows: list[tuple[ChoiceField[str], NumberField]] = []
        self._column = column(8)
        self.setLayout(self._column)
        for document_id, page in proofs:
            self._add(document_id, page)
        self._add()
        self.setFocusProxy(self.rows[0][0])

    def _add(self, document_id: str | None = None, page: int | None = None) -> None:
        paper = ChoiceField(self._papers, unknown=tr("No paper"), value=document_id)
        number = NumberField(page)
        number.setPlaceholderText(tr("page"))
        number.setMaximumWidth(px(96))
        count = len(self.rows) + 1
        paper.setAccessibleName(tr("Paper that proves it, {n}", n=count))
        number.setAccessibleName(tr("Page that proves it, {n}", n=count))
        paper.changed.connect(self._grow)
        paper.changed.connect(self.changed)
        number.changed.connect(self.changed)
        self.rows.append((paper, number))
        self._column.addLayout(line(paper, number, stretch=False))

    @Slot()
    def _grow(self) -> None:
        if self.rows[-1][0].value() is not None:
            self._add()

    def value(self) -> tuple[Proof, ...]:
        """Return the papers and pages that are filled in.

        Raises:
            UserError: a page is no number.
        """
        pairs = [(paper.value(), number.value()) for paper, number in self.rows]
        return tuple((paper, page) for paper, page in pairs if paper is not None)


class PointDialog(AskDialog[PointInput]):
    """Asks for a point; the page they say it on stands beside, to take their words from."""

    def __init__(
        self, desk: Desk, papers: Sequence[PaperRow], before: PointRow | None = None
    ) -> None:
        if before:
            super().__init__(tr("Change a point"), tr("Save"))
        else:
            super().__init__(tr("Add a point"), tr("Add"))
        form = self.form
        self.kind = form.add(
            tr("What is it?"),
            ChoiceField(
                [(key, tr(words)) for key, words in _KINDS],
                value=before.kind if before else "criterion",
            ),
        )
        self.quote = form.add(
            tr("Their own words"),
            NoteField(before.quote if before else "", tr("Type them, or take them from the page"),
                      lines=3),
        )  # fmt: skip
        self.reply = form.add(
            tr("What are the facts?"),
            NoteField(before.answer if before else "",
                      tr("For example: oral salt from March to July 2025, no effect"), lines=3),
        )  # fmt: skip
        proofs = [(one.document_id, one.page) for one in before.proofs] if before else []
        self.proofs = form.add(tr("Which papers prove it?"), ProofFields(papers, proofs))
        self.page = PageWords(desk, papers)
        self.page.taken.connect(self._take)
        if before:
            self.page.go_to(before.source_document_id, before.source_page)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(24)
        self.body.removeWidget(form)
        self._beside.addWidget(form, 3)
        self._beside.addWidget(self.page, 2)
        self.body.insertLayout(0, self._beside, 1)
        self.resize(px(960), px(640))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_wide = self.width() >= px(_BESIDE)
        self._beside.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    @Slot(str)
    def _take(self, words: str) -> None:
        """Quote these words, after what is quoted already."""
        before = self.quote.value()
        self.quote.set_value(f"{before} {words}".strip() if before != words else words)

    def answer(self) -> PointInput:
        """Return what is filled in now."""
        if not self.quote.value():
            raise UserError(tr("Enter their words: the reason or the point of the policy."))
        document_id, page = self.page.place
        return PointInput(
            kind=self.kind.value() or "criterion",
            quote=self.quote.value(),
            source_document_id=document_id,
            source_page=page,
            answer=self.reply.value(),
            proofs=self.proofs.value(),
        )
