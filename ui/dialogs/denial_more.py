"""More about a denial, folded: what the letter is, why they said no, and what is rarely asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations.denials import DenialAnswer
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs.denial_words import CARE
from ui.names import DENIAL_REASONS, choices
from ui.widgets.fields import ChoiceField, DateField, NoteField
from ui.widgets.form import Form
from ui.widgets.icons import dress
from ui.widgets.text import quiet_button
from ui.wording import tr

_LETTER_KINDS = frozenset({"denial", "appeal_decision", "eob", "msn", None})


class MoreAboutDenial(QWidget):
    """A fold with the rest of the form; open from the start where something in it is known."""

    changed = Signal()

    def __init__(self, desk: Desk, papers: Sequence[PaperRow], before: DenialAnswer) -> None:
        super().__init__()
        self.fold = quiet_button(tr("More about this denial"), None, "right")
        self.fold.setCheckable(True)
        self.form = form = Form()
        letters = sorted(papers, key=lambda paper: paper.kind not in _LETTER_KINDS)
        self.letter = form.add(
            tr("The letter"),
            ChoiceField(
                [(paper.id, paper.name) for paper in letters],
                unknown=tr("Not added yet"),
                value=before.document_id,
            ),
        )
        self.kind = form.add(
            tr("What kind of “no” is it?"),
            ChoiceField(_kinds(before.kind), unknown=tr("Not said"), value=before.kind or None),
        )
        self.reason = form.add(
            tr("Why did they say no?"),
            NoteField(before.reason, tr("In the letter's own words, if you like"), lines=2),
        )
        self.care = form.add(
            tr("Which care is it about?"),
            ChoiceField(choices(CARE), unknown=tr("Not said"), value=before.care or None),
            tr("It decides how long the plan may take to answer."),
        )
        self.peer_by = form.add(
            tr("Last day for a call between doctors (peer-to-peer)"),
            DateField(desk.today, "future", before.peer_by),
            tr("If the letter names one. This call does not stop the appeal date."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(form)
        self.fold.toggled.connect(self._unfold)
        self.fold.setChecked(bool(before.kind or before.care or before.peer_by))
        self._unfold(self.fold.isChecked())
        for field in (self.kind, self.peer_by):
            field.changed.connect(self.changed)

    def check(self) -> bool:
        """Return whether all can be read; what cannot is unfolded and shown."""
        if self.form.check():
            return True
        self.fold.setChecked(True)
        return self.form.check()

    @Slot(bool)
    def _unfold(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        dress(self.fold, "down" if is_open else "right", "accent")
        self.form.setVisible(is_open)


def _kinds(known: str) -> list[tuple[str, str]]:
    """The kinds of “no” in words; one that was typed elsewhere is offered as it stands."""
    offered = choices(DENIAL_REASONS)
    return offered if not known or known in DENIAL_REASONS else [(known, known), *offered]
