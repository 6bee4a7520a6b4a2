"""What is worth a look before a bundle goes out, and what it tells about the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.preflight import Finding
from app.operations.preflight_learned import Learned, Place
from ui.widgets.layout import Scrolling, column, emptied
from ui.widgets.text import icon_label, label, muted, quiet_button, section
from ui.wording import count_of, tr

ShowPage = Callable[[str, int], object]
"""Shows a page (from 1) of a paper."""


class _Rows(QWidget):
    """A sentence or two above rows that scroll."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.head = label("")
        self.rows = column(8)
        self.rows.setContentsMargins(0, 0, 8, 8)
        inner = QWidget()
        inner.setLayout(self.rows)
        inner.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(Scrolling(inner), 1)

    def wait(self) -> None:
        """Say that it is being looked at."""
        emptied(self.rows)
        self.head.setText(tr("Looking through the papers …"))

    def row(self, words: QWidget, show: QWidget | None, icon: QWidget | None = None) -> None:
        made = QWidget()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        if icon:
            layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        if show:
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignVCenter)
        self.rows.addWidget(made)


class CheckStep(_Rows):
    """What preflight found, each with *Show me*."""

    def __init__(self, show_page: ShowPage, show_tab: Callable[[str], object]) -> None:
        super().__init__(tr("Worth a look"))
        self._show_page, self._show_tab = show_page, show_tab
        self.findings: tuple[Finding, ...] = ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found; the gravest first."""
        self.findings = tuple(findings)
        emptied(self.rows)
        if not findings:
            self.head.setText(tr("Nothing stands out. It can go."))
        else:
            self.head.setText(
                tr("Worth a look before it goes out. None of this stops you: you decide, and what "
                   "you knew is kept with the bundle.")
            )  # fmt: skip
        for found in findings:
            grave = found.is_grave
            icon = icon_label("warning" if grave else "info", 20, "warning" if grave else "muted")
            words = label(found.sentence)
            if grave:
                words.setAccessibleName(tr("Look: {sentence}", sentence=found.sentence))
            self.row(words, self._show_me(found), icon)
        self.rows.addStretch(1)

    def _show_me(self, found: Finding) -> QWidget | None:
        if found.document_id:
            key, page = found.document_id, found.page or 1
            made = quiet_button(tr("Show me"), lambda: self._show_page(key, page))
        elif found.tab:
            made = quiet_button(tr("Show me"), lambda: self._show_tab(found.tab))
        else:
            return None
        made.setAccessibleDescription(found.sentence)
        return made


class LearnStep(_Rows):
    """What they will learn about the person, and from which pages."""

    def __init__(self, show_page: ShowPage) -> None:
        super().__init__(tr("What they will learn"))
        self._show_page = show_page

    def show_learned(self, learned: Sequence[Learned], names: Mapping[str, str]) -> None:
        """Show what is told, by kind; `names` are those of the papers."""
        emptied(self.rows)
        self.head.setText(
            tr("This is what the papers and our own pages tell about you, as far as it was read. "
               "Black out what they need not know, or leave a page out.")
        )  # fmt: skip
        for what, group in groupby(learned, key=lambda each: each.what):
            self.rows.addWidget(section(tr(what)))
            for each in group:
                self._add(each, names)
        self.rows.addStretch(1)

    def _add(self, each: Learned, names: Mapping[str, str]) -> None:
        words = QWidget()
        lines = column(0)
        words.setLayout(lines)
        lines.addWidget(label(each.words))
        lines.addWidget(muted(_where(each.places, names)))
        place = next((one for one in each.places if one.document_id), None)
        show = None
        if place and place.document_id:
            key, page = place.document_id, place.page or 1
            show = quiet_button(tr("Show me"), lambda: self._show_page(key, page))
            show.setAccessibleDescription(each.words)
        self.row(words, show)


def _where(places: Sequence[Place], names: Mapping[str, str]) -> str:
    """Return “our own pages; Denial letter, page 2; 3 more pages”."""
    told: list[str] = []
    if any(place.document_id is None for place in places):
        told.append(tr("our own pages"))
    papers = [place for place in places if place.document_id]
    told += [
        tr("{name}, page {n}", name=names.get(place.document_id or "", ""), n=place.page)
        for place in papers[:2]
    ]
    if len(papers) > 2:
        told.append(count_of(len(papers) - 2, "{n} more page", "{n} more pages"))
    return "; ".join(told)
