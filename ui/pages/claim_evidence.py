"""The evidence of a claim: the checklist, why it should be approved, and what stands out."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from app.jobs import Progress
from ui.desk import Desk
from ui.pages.claim_evidence_found import FoundView
from ui.pages.claim_evidence_list import ChecklistView
from ui.pages.claim_evidence_points import PointsView
from ui.pages.claim_evidence_seen import EvidenceSeen, seen_of
from ui.shell import Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import Scrolling, column
from ui.widgets.text import button, relabel
from ui.wording import tr

_VIEWS: Final = (
    ("checklist", "Checklist", "checklist"),
    ("points", "Why it should be approved", "scales"),
    ("found", "Letter and codes", "search"),
)  # fmt: skip


class EvidencePart(QWidget):
    """The tab “Evidence” of a claim, for its denial to answer unless another one is chosen."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk = desk
        self._claim_id = ""
        self._denial_id: str | None = None
        self._is_filling = False
        self.seen: EvidenceSeen | None = None
        self.list = ChecklistView(desk, shell)
        self.points = PointsView(desk, shell)
        self.found = FoundView(shell)
        self._views: dict[str, QWidget] = {
            "checklist": self.list, "points": self.points, "found": self.found,
        }  # fmt: skip
        self.switches: dict[str, QPushButton] = {}
        for name, word, icon in _VIEWS:
            switch = self.switches[name] = button(tr(word), partial(self.show_view, name), icon)
            switch.setCheckable(True)
        self.denial = ChoiceField[str]((), roomy=True)
        self.denial.setAccessibleName(tr("Which “no”"))
        self.denial.changed.connect(self._chosen)
        self.stack = QStackedWidget()
        self._rooms = [Scrolling(view, least=120) for view in self._views.values()]
        for room in self._rooms:
            self.stack.addWidget(room)
        layout = column(8)
        layout.addWidget(flow(*self.switches.values(), self.denial))
        layout.addWidget(self.stack, 1)
        self.setLayout(layout)
        self.show_view("checklist")

    def show_view(self, name: str) -> None:
        """Show the checklist, the points, or what stands out in the letter and the codes."""
        for each, switch in self.switches.items():
            switch.setChecked(each == name)
        self.stack.setCurrentIndex(list(self._views).index(name))
        for room in self._rooms:  # what is not seen needs no room
            policy = QSizePolicy.Policy
            seen = policy.Preferred if room is self.stack.currentWidget() else policy.Ignored
            room.setSizePolicy(seen, seen)

    def show_claim(self, claim_id: str) -> None:
        """Show the evidence of this claim; also called after each change of the binder."""
        if claim_id != self._claim_id:
            self._claim_id, self._denial_id = claim_id, None
        self._look()

    @Slot()
    def _chosen(self) -> None:
        if self._is_filling:
            return
        self._denial_id = self.denial.value()
        self._look()

    def _look(self) -> None:
        """Gather what is to be shown on a thread; only the newest answer is shown."""
        binder, claim_id, denial_id = self._desk.binder, self._claim_id, self._denial_id

        def gather(_progress: Progress) -> EvidenceSeen:
            return seen_of(binder, claim_id, denial_id)

        def done(seen: EvidenceSeen) -> None:
            if (claim_id, denial_id) == (self._claim_id, self._denial_id):
                self._show(seen)

        self._desk.quick.run("", gather, done, owner=self)

    def _show(self, seen: EvidenceSeen) -> None:
        self.seen, self._denial_id = seen, seen.asked_for
        self._is_filling = True
        self.denial.set_choices(seen.denials)
        self.denial.set_value(seen.of.denial_id)
        self._is_filling = False
        self.denial.setVisible(len(seen.denials) > 1)
        self.list.show_list(seen.of)
        self.points.show_points(seen)
        self.found.show_found(seen)
        word = tr("Letter and codes")
        count = seen.findings
        relabel(self.switches["found"], f"{word} ({count})" if count else word)
