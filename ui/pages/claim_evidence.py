"""The evidence of a claim: the checklist, why it should be approved, and what stands out."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.operations.checklist import checklist
from app.storage.queries.clocks import claim_denials
from ui.desk import Desk
from ui.dialogs.denial_advice import plan_of
from ui.pages.claim_evidence_found import FoundView
from ui.pages.claim_evidence_list import ChecklistView
from ui.pages.claim_evidence_points import PointsView
from ui.pages.sent_steps import denial_words
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
        self.list = ChecklistView(desk, shell)
        self.points = PointsView(desk, shell)
        self.found = FoundView(desk, shell)
        self.found.counted.connect(self._count_found)
        self._views: dict[str, QWidget] = {
            "checklist": self.list, "points": self.points, "found": self.found,
        }  # fmt: skip
        self.switches: dict[str, QPushButton] = {}
        for name, word, icon in _VIEWS:
            switch = self.switches[name] = button(tr(word), partial(self.show_view, name), icon)
            switch.setCheckable(True)
        self.denial = ChoiceField[str](())
        self.denial.setAccessibleName(tr("Which “no”"))
        self.denial.changed.connect(self._show)
        self.stack = QStackedWidget()
        for view in self._views.values():
            self.stack.addWidget(Scrolling(view, least=120))
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

    def show_claim(self, claim_id: str) -> None:
        """Show the evidence of this claim; also called after each change of the binder."""
        is_other = claim_id != self._claim_id
        self._claim_id = claim_id
        denials = self._desk.binder.ask(claim_denials, claim_id)
        plan = plan_of(self._desk.binder, claim_id)
        program = plan.program if plan else None
        self.denial.blockSignals(True)
        self.denial.set_choices([(each.id, denial_words(each, program)) for each in denials])
        if is_other:
            of = checklist(self._desk.binder, claim_id)
            self.denial.set_value(of.denial_id)
        self.denial.blockSignals(False)
        self.denial.setVisible(len(denials) > 1)
        self._show()

    def _show(self) -> None:
        of = checklist(self._desk.binder, self._claim_id, self.denial.value())
        self.list.show_list(of)
        self.points.show_points(of)
        self.found.show_found(of)

    def _count_found(self, count: int) -> None:
        word = tr("Letter and codes")
        relabel(self.switches["found"], f"{word} ({count})" if count else word)
