"""The sidebar: two large buttons that never move, the pages in words, and who is at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.style import px
from ui.widgets.fields import ChoiceField
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import Label, large_button
from ui.wording import count_of, tr


class Sidebar(QFrame):
    """Says where one is and where one can go."""

    page_wanted = Signal(str)
    add_wanted = Signal()
    call_wanted = Signal()
    person_chosen = Signal(object)

    def __init__(self, pages: Sequence[Line], parent: QWidget | None = None) -> None:
        """Make the sidebar; a page is a line with its name as id, its title and its icon."""
        super().__init__(parent)
        self._pages = tuple(pages)
        self.setProperty("look", "sidebar")
        self.add = large_button(tr("Add papers"), self.add_wanted.emit, "add-papers", primary=True)
        self.call = large_button(tr("Log a call"), self.call_wanted.emit, "log-call")
        self.pages = ChooserList(tr("Pages of the program"), boxed=False)
        self.pages.set_lines(self._pages)
        self.pages.chosen.connect(self._chosen)
        self.person = ChoiceField[str]((), unknown=tr("Nobody chosen"))
        self.person.setMinimumContentsLength(6)
        self.person.changed.connect(self._person_chosen)
        who = Label(tr("Who is at the desk?"), "muted", wrap=False)
        who.setBuddy(self.person)
        self.person.setAccessibleName(tr("Who is at the desk?"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.add)
        layout.addWidget(self.call)
        layout.addSpacing(8)
        layout.addWidget(self.pages, 1)
        layout.addWidget(who)
        layout.addWidget(self.person)
        self._fit()

    def mark(self, page: str) -> None:
        """Show which page one is on."""
        self.pages.blockSignals(True)
        self.pages.choose(page)
        self.pages.blockSignals(False)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show numbers beside pages; none for zero."""
        self.pages.set_lines([self._counted(each, counts.get(each.id, 0)) for each in self._pages])

    @staticmethod
    def _counted(page: Line, count: int) -> Line:
        if not count:
            return page
        spoken = count_of(count, "{n} waits", "{n} wait")
        return replace(page, trailing=f"{count:,}", trailing_tone="accent", spoken_trailing=spoken)

    def show_people(self, people: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """Offer these people, id and name; `chosen` sits at the desk."""
        self.person.blockSignals(True)
        self.person.set_choices(people)
        self.person.set_value(chosen)
        self.person.blockSignals(False)

    @Slot(str)
    def _chosen(self, page: str) -> None:
        if page:
            self.page_wanted.emit(page)

    @Slot()
    def _person_chosen(self) -> None:
        self.person_chosen.emit(self.person.value())

    def _fit(self) -> None:
        self.setFixedWidth(px(224))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
