"""What proves a sending: papers among those of the binder, and who confirmed it on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.domain.errors import UserError
from app.storage.queries.calls import CallRow
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.names import PAPER_KINDS, word_for
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.layout import line
from ui.widgets.text import Click, button, label, muted
from ui.wording import short_date, tr

_ID = int(Qt.ItemDataRole.UserRole)
PROOF_KINDS = ("mail_receipt", "fax_confirmation", "envelope")
"""Kinds of paper that are proof by what they are; they stand first."""


class AddProofDialog(AskDialog[tuple[str, ...]]):
    """Lists papers to tick that prove it; new ones can be added from files at once."""

    def __init__(
        self, papers: Sequence[PaperRow], *, wanted: str, on_new: Click | None = None
    ) -> None:
        """Offer `papers`, most likely first; `wanted` says what is looked for.

        `on_new` lets the person choose files; give the new papers to `offer` then.
        """
        super().__init__(tr("Add a proof"), tr("Add what is ticked"))
        self.form.add_widget(label(wanted))
        self.papers = QListWidget()
        self.papers.setAccessibleName(tr("Papers that prove it"))
        self.papers.setProperty("look", "boxed")
        self.papers.setMinimumSize(px(480), px(220))
        self.papers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.add_widget(self.papers)
        self.new = button(tr("A new paper …"), on_new, "add-papers")
        self.form.add_widget(
            muted(tr("A photo of the receipt is as good as a scan. The green card comes later."))
        )
        self.body.insertLayout(1, line(self.new))
        for paper in papers:
            self._add(paper, ticked=False)
        self.papers.setCurrentRow(0)

    def offer(self, papers: Sequence[PaperRow]) -> None:
        """Put papers on top that have just come in, ticked."""
        known = {str(self.papers.item(row).data(_ID)) for row in range(self.papers.count())}
        for paper in papers:
            if paper.id not in known:
                self._add(paper, ticked=True, at=0)
        self.papers.setCurrentRow(0)

    def _add(self, paper: PaperRow, *, ticked: bool, at: int | None = None) -> None:
        about = (word_for(PAPER_KINDS, paper.kind, "Kind not said"), short_date(paper.dated_on))
        made = QListWidgetItem(f"{paper.name}\n{' · '.join(part for part in about if part)}")
        made.setData(_ID, paper.id)
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        made.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.papers.insertItem(self.papers.count() if at is None else at, made)

    def tick(self, paper_id: str) -> None:
        """Tick the paper of this id."""
        for row in range(self.papers.count()):
            if str(self.papers.item(row).data(_ID)) == paper_id:
                self.papers.item(row).setCheckState(Qt.CheckState.Checked)

    def answer(self) -> tuple[str, ...]:
        """Return the ids of the papers that are ticked."""
        items = [self.papers.item(row) for row in range(self.papers.count())]
        ticked = [each for each in items if each.checkState() == Qt.CheckState.Checked]
        if not ticked:
            raise UserError(tr("Tick at least one paper, or add a new one."))
        return tuple(str(each.data(_ID)) for each in ticked)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmedInput:
    """Who confirmed it, on which day, and in which call."""

    on: date
    by: str
    call_id: str | None


class ConfirmedDialog(AskDialog[ConfirmedInput]):
    """Asks who said that they have it; a logged call fills in who and when."""

    def __init__(
        self, desk: Desk, calls: Sequence[CallRow], known: ConfirmedInput | None = None
    ) -> None:
        """Make the form; `calls` are those of the claim since it was sent, the newest first."""
        super().__init__(tr("They confirmed it"), tr("Save"))
        self._calls = {call.id: call for call in calls}
        form = self.form
        self.call = form.add(
            tr("In which call?"),
            ChoiceField(
                [(call.id, _call_words(call)) for call in calls],
                unknown=tr("The call is not logged"),
                value=known.call_id if known else None,
            ),
            tr("Its reference number goes into the proof."),
        )
        form.set_row_visible(self.call, bool(calls))
        self.by = form.add(
            tr("Who confirmed it?"),
            TextField(known.by if known else "", tr("A first name and the office are enough")),
        )
        self.on = form.add(
            tr("On which day?"), DateField(desk.today, "past", known.on if known else desk.today())
        )
        self.call.changed.connect(self._show)
        if calls and not known:
            self.call.set_value(calls[0].id)

    @Slot()
    def _show(self) -> None:
        """Fill in who it was and when, as the call says."""
        call = self._calls.get(self.call.value() or "")
        if call:
            self.by.set_value(", ".join(filter(None, (call.with_whom, call.department))))
            self.on.set_value(call.called_at.astimezone().date())

    def answer(self) -> ConfirmedInput:
        """Return what is filled in now."""
        on = self.on.value()
        if not self.by.value():
            raise UserError(tr("Write down who confirmed it."))
        if on is None:
            raise UserError(tr("Enter the day on which they confirmed it."))
        return ConfirmedInput(on=on, by=self.by.value(), call_id=self.call.value())


def _call_words(call: CallRow) -> str:
    parts = (short_date(call.called_at.astimezone().date()), call.with_whom, call.reference)
    return " · ".join(filter(None, parts))
