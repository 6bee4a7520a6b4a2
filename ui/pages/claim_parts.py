"""What a claim has beside its story: each part is a tab of the claim, made when first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.shell import Shell
from ui.wording import tr


class PartOfClaim(Protocol):
    """What a tab of a claim has beside being a `QWidget`."""

    def show_claim(self, claim_id: str) -> None:
        """Show the part of this claim; also called after each change of the binder."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """One tab: its name, its title, and the `module:Class` under `ui.pages` that it is."""

    name: str
    title: str
    place: str


PARTS: Final[Sequence[ClaimPart]] = (
    ClaimPart("evidence", "Evidence", "claim_evidence:EvidencePart"),
    ClaimPart("treatments", "Treatments", "claim_treatments:TreatmentsPart"),
    ClaimPart("approvals", "Approvals", "claim_approvals:ApprovalsPart"),
    ClaimPart("letters", "Letters", "claim_letters:LettersPart"),
    ClaimPart("sent", "Appeals", "claim_sent:SentPart"),
)
"""In the order of the tabs, behind the story."""


class ClaimTabs(QWidget):
    """The story of a claim and its other parts, one at a time."""

    def __init__(self, desk: Desk, shell: Shell, story: QWidget) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self._made: dict[str, QWidget] = {}
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(tr("Parts of the claim"))
        self.bar.addTab(tr("Story"))
        for part in PARTS:
            self.bar.addTab(tr(part.title))
        self.bar.setVisible(bool(PARTS))
        self.stack = QStackedWidget()
        self.stack.addWidget(story)
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
        """Open a part by its name; `story` is the first."""
        names = ["story", *(part.name for part in PARTS)]
        self.bar.setCurrentIndex(names.index(name))

    @Slot(int)
    def _chosen(self, index: int) -> None:
        if index <= 0:
            self.stack.setCurrentIndex(0)
            return
        shown = self._part(PARTS[index - 1])
        self.stack.setCurrentWidget(shown)
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
