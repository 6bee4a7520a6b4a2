"""The parts of a claim: each is a tab, and is asked for anew only while it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.shell import Shell
from ui.widgets.layout import OneOfMany
from ui.wording import tr


class PartOfClaim(Protocol):
    """What a tab of a claim has beside being a `QWidget`.

    It may also have `show_record(kind: str, id: str) -> None`, which brings one record into view.
    """

    def show_claim(self, claim_id: str) -> None:
        """Show the part of this claim; also called after each change of the binder."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """One tab: its name, its title, and the `module:Class` under `ui.pages` that it is.

    Without a place it is made by whoever makes the tabs.
    """

    name: str
    title: str
    place: str = ""


PARTS: Final[Sequence[ClaimPart]] = (
    ClaimPart("now", "Now"),
    ClaimPart("story", "Story"),
    ClaimPart("evidence", "Evidence", "claim_evidence:EvidencePart"),
    ClaimPart("treatments", "Treatments", "claim_treatments:TreatmentsPart"),
    ClaimPart("approvals", "Approvals", "claim_approvals:ApprovalsPart"),
    ClaimPart("money", "Money", "claim_money:MoneyOfClaim"),
    ClaimPart("letters", "Letters", "claim_letters:LettersPart"),
    ClaimPart("sent", "Appeals", "claim_sent:SentPart"),
)
"""In the order of the tabs."""

_HOMES: Final = {
    "treatment": "treatments",
    "diary_line": "treatments",
    "authorization": "approvals",
    "letter": "letters",
}
"""In which part a kind of record is shown; all others are lines of the story."""


class ClaimTabs(QWidget):
    """The parts of a claim, one at a time; what is not open is made at its first visit."""

    def __init__(self, desk: Desk, shell: Shell, made: Mapping[str, QWidget]) -> None:
        """`made` are the parts that exist already, by their names."""
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self._made: dict[str, QWidget] = dict(made)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(tr("Parts of the claim"))
        for part in PARTS:
            self.bar.addTab(tr(part.title))
        self.stack = OneOfMany()
        for widget in made.values():
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self._chosen)

    def show_claim(self, claim_id: str) -> None:
        """Show a claim in the part that is open."""
        self._claim_id = claim_id
        self._chosen(self.bar.currentIndex())

    def show_part(self, name: str) -> None:
        """Open a part by its name."""
        self.bar.setCurrentIndex([part.name for part in PARTS].index(name))

    def show_record(self, kind: str, record_id: str) -> None:
        """Open the part in which a record of the shown claim is, and bring it into view."""
        self.show_part(_HOMES.get(kind, "story"))
        find = getattr(self.stack.currentWidget(), "show_record", None)
        if find is not None:
            find(kind, record_id)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        shown = self._part(PARTS[max(index, 0)])
        self.stack.setCurrentWidget(shown)
        if self._claim_id:
            cast("PartOfClaim", shown).show_claim(self._claim_id)

    def _part(self, part: ClaimPart) -> QWidget:
        if part.name not in self._made:
            module, _, name = part.place.partition(":")
            make: Callable[[Desk, Shell], QWidget] = getattr(
                import_module(f"ui.pages.{module}"), name
            )
            self._made[part.name] = make(self._desk, self._shell)
            self.stack.addWidget(self._made[part.name])
        return self._made[part.name]
