"""The parts of the Money page: each is a tab, made at its first visit and asked only when seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from app.changes import Changes
from ui.desk import Desk
from ui.shell import Shell
from ui.widgets.layout import OneOfMany
from ui.wording import tr


class PartOfMoney(Protocol):
    """What a tab of the Money page has beside being a `QWidget` made with `(desk, shell)`.

    It may also have `show_record(kind: str, id: str) -> None`, which brings one record into view.
    """

    def reload(self) -> None:
        """Ask again for everything; called whenever the tab is opened."""
        ...

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here; called only while the tab is seen."""
        ...


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """One tab: its name, its title, and the `module:Class` under `ui.pages` that it is."""

    name: str
    title: str
    place: str


PARTS: Final[Sequence[MoneyPart]] = (
    MoneyPart("ledger", "Ledger", "money_ledger:LedgerPart"),
    MoneyPart("owed", "Owed", "money_owed:OwedPart"),
    MoneyPart("hsa", "HSA", "money_hsa:HsaPart"),
    MoneyPart("papers", "Bills and EOBs", "money_papers:PapersPart"),
    MoneyPart("limits", "Limits", "money_limits:LimitsPart"),
    MoneyPart("travel", "Travel", "money_travel:TravelPart"),
    MoneyPart("aid", "Help with cost", "money_aid:AidPart"),
    MoneyPart("pictures", "Pictures", "money_pictures:PicturesPart"),
)  # fmt: skip
"""In the order of the tabs: ledger, owed, hsa, papers, limits, travel, aid, pictures."""

HOMES: Final = {
    "hsa_account": "hsa",
    "withdrawal": "hsa",
    "contribution": "hsa",
    "hsa_form": "hsa",
    "necessity_letter": "hsa",
    "dependent_year": "hsa",
    "eob": "papers",
    "bill": "papers",
    "plan_year": "limits",
    "trip": "travel",
    "stay": "travel",
    "aid": "aid",
}
"""In which part a kind of record is shown; expenses are lines of the ledger."""


class MoneyTabs(QWidget):
    """The parts of the Money page, one at a time."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._made: dict[str, QWidget] = {}
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(tr("Parts of the money"))
        for part in PARTS:
            self.bar.addTab(tr(part.title))
        self.stack = OneOfMany()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self._chosen)

    def reload(self) -> None:
        """Ask again for everything in the open part."""
        self._chosen(self.bar.currentIndex())

    def refresh(self, changes: Changes) -> None:
        """Let the open part show what changed; the others ask anew when they are opened."""
        shown = self.stack.currentWidget()
        if shown is not None:
            cast("PartOfMoney", shown).refresh(changes)

    def show_part(self, name: str) -> None:
        """Open a part by its name; the ledger where there is no such part."""
        names = [part.name for part in PARTS]
        self.bar.setCurrentIndex(names.index(name) if name in names else 0)

    def show_record(self, kind: str, record_id: str) -> None:
        """Open the part in which a record is, and bring it into view."""
        self.show_part(HOMES.get(kind, "ledger"))
        self.reload()
        find = getattr(self.stack.currentWidget(), "show_record", None)
        if find is not None:
            find(kind, record_id)

    def part(self, name: str) -> QWidget:
        """Return a part, made now if it was never opened."""
        if name not in self._made:
            place = next(part.place for part in PARTS if part.name == name)
            module, _, of = place.partition(":")
            make: Callable[[Desk, Shell], QWidget] = getattr(
                import_module(f"ui.pages.{module}"), of
            )
            self._made[name] = make(self._desk, self._shell)
            self.stack.addWidget(self._made[name])
        return self._made[name]

    @Slot(int)
    def _chosen(self, index: int) -> None:
        shown = self.part(PARTS[max(index, 0)].name)
        self.stack.setCurrentWidget(shown)
        cast("PartOfMoney", shown).reload()
