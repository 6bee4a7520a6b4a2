"""The evidence checklist of a denial: what is missing, asked for, there, and does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.evidence import Checklist, ChecklistItem
from app.operations.checklist import OTHER_REASON, SAY_WHY
from ui.desk import Desk
from ui.names import DENIAL_REASONS
from ui.pages.claim_evidence_steps import deeds_for, papers_dropped, show_button
from ui.pages.denial_steps import ask_denial, ask_new_denial
from ui.pages.due_deed import more_button
from ui.pages.due_lines import EntryLine
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.layout import column, emptied, line
from ui.widgets.text import Label, button, label, muted, quiet_button
from ui.wording import short_date, tr

_GROUPS: Final = (
    ("missing", "Still missing"),
    ("asked", "Asked for"),
    ("have", "There"),
    ("applies", "Only where it fits your case"),
    ("sent", "Once the appeal is on its way"),
    ("not_needed", "Does not apply"),
)
_FOLDED: Final = frozenset({"applies", "sent", "not_needed"})
"""Groups that are opened only by whoever wants to see them."""

_LOOKS: Final[dict[str, tuple[str, Tone]]] = {
    "missing": ("circle", "muted"),
    "asked": ("hourglass", "ink"),
    "have": ("check-circle", "good"),
    "not_needed": ("close", "muted"),
}


_HINTS: Final = {
    "treatments": "What you list under “Treatments” ticks it.",
    "failed_oral": "A treatment by mouth that failed ticks it, once a paper proves it.",
    "reactions": "A treatment with a reaction ticks it, once a paper proves it.",
    "infusion_reactions": "An infusion with a reaction ticks it, once a paper proves it.",
    "commercial_reactions": "A product with a reaction ticks it, once a paper proves it.",
    "calls": "Each call you log ticks it.",
    "points": "It is ticked when each point under “Why it should be approved” is answered.",
    "representative": "A form under “People” ticks it, if it holds and is filed here.",
    "authorization": "An approval under “Approvals” ticks it, once its paper is there.",
    "proof": "The proof you add to what was sent ticks it.",
    "letter": "A letter you write under “Letters” ticks it too.",
}
"""How a record of the binder ticks an item that is missing."""


def group_of(shown: ChecklistItem) -> str:
    """Return the group in which an item stands: by its state, then by when it is needed."""
    if shown.state == "missing" and not shown.is_needed:
        return shown.when
    return shown.state


class ItemLine(EntryLine):
    """One item: what it is, why it helps, what is there of it, and what one can do.

    Files that are dropped on it are kept as the papers that are it.
    """

    def __init__(self, desk: Desk, shell: Shell, of: Checklist, shown: ChecklistItem) -> None:
        self.shown = shown
        self._place = desk, shell, of
        self.deeds = deeds_for(desk, shell, of, shown)
        said = [Label(tr(shown.item.text), "strong"), muted(_why(shown))]
        said += [label(words) for words in _told(shown)]
        super().__init__(*_LOOKS[shown.state], said, tuple(self._buttons(shell)))
        self.setAcceptDrops(bool(self.deeds))

    def _buttons(self, shell: Shell) -> Iterator[QPushButton]:
        for paper in self.shown.papers:
            yield self._named(show_button(shell, paper.id, paper.name))
        if self.shown.state != "have" and self.deeds:
            first = self.deeds[0]
            yield self._named(quiet_button(first.words, first.run, first.icon))
        rest = self.deeds if self.shown.state == "have" else self.deeds[1:]
        if rest:
            yield self._named(more_button(rest))

    def _named(self, made: QPushButton) -> QPushButton:
        """Let the ear hear to which item a button belongs."""
        made.setAccessibleDescription(tr(self.shown.item.text))
        return made

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        papers_dropped(*self._place, self.shown, paths)


def _why(shown: ChecklistItem) -> str:
    why, law = tr(shown.item.why), shown.item.law
    return f"{why} {tr('Rule: {law}.', law=law)}" if law else why


def _told(shown: ChecklistItem) -> Iterator[str]:
    """Yield where an item stands beyond its papers: records, who was asked, when to ask again."""
    if shown.state == "have" and shown.records:
        yield tr("There: {what}.", what=tr(shown.records))
    if shown.state == "missing" and shown.papers:
        yield tr("One is there; it takes {n}.", n=shown.item.least)
    if shown.state == "missing":
        yield from (tr(_HINTS[name]) for name in sorted(shown.item.records & _HINTS.keys()))
    asked = shown.asked
    if asked and shown.state in {"asked", "have"}:
        words = tr("You asked {whom} on {day}.", whom=asked.of, day=short_date(asked.on))
        if asked.again_on:
            words = f"{words} {tr('Ask again on {day}.', day=short_date(asked.again_on))}"
        yield words


class ChecklistView(QWidget):
    """The whole list in groups, those that matter less folded."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._of: Checklist | None = None
        self._open: set[str] = set()
        self.lines: dict[str, ItemLine] = {}
        self.folds: dict[str, QPushButton] = {}
        self.progress = Label("", "strong", wrap=False)
        self.reason = muted("")
        self.say_why = button(tr("Say why they said no …"), self._say_why, "edit")
        self._groups = column(4)
        layout = column(8)
        head = line(self.progress, stretch=False, spacing=16)
        head.addWidget(self.reason, 1)
        layout.addLayout(head)
        layout.addLayout(line(self.say_why))
        layout.addLayout(self._groups)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_list(self, of: Checklist) -> None:
        """Show a checklist; the keys stay at the item where they were, or go to the next one."""
        before = self._of
        if of == before:
            return
        if before is None or (of.claim_id, of.denial_id) != (before.claim_id, before.denial_id):
            self._open = set()
            self._forget_lines()
        self._of = of
        self.progress.setText(tr("{there} of {all} there", there=of.there, all=len(of.counted)))
        self.reason.setText(_reason_words(of))
        self.say_why.setVisible(not (of.reasons or of.unknown))
        self._fill(of)

    def _fill(self, of: Checklist) -> None:
        """Show the lines; those that say the same stay, those of folded groups are not made."""
        order, at = list(self.lines), self._item_with_keys()
        before = {key: each for key, each in self.lines.items() if each.shown == of.item(key)}
        for each in before.values():
            self._groups.removeWidget(each)
        emptied(self._groups)
        self.lines, self.folds = {}, {}
        for note in of.notes:
            self._groups.addWidget(label(f"{tr(note.text)} ({tr(note.source)})"))
        for name, words in _GROUPS:
            if found := [each for each in of.items if group_of(each) == name]:
                self._add_group(of, name, f"{tr(words)} · {len(found)}", found, before)
        _remove([each for key, each in before.items() if key not in self.lines])
        if at and at not in before:
            self._give_keys(order[order.index(at) + 1 :], at)

    def _add_group(
        self,
        of: Checklist,
        name: str,
        heading: str,
        found: list[ChecklistItem],
        before: Mapping[str, ItemLine],
    ) -> None:
        is_open = name not in _FOLDED or name in self._open
        if name in _FOLDED:
            fold = quiet_button(heading, partial(self._turn, name), "down" if is_open else "right")
            fold.setAccessibleDescription(tr("open") if is_open else tr("closed"))
            self.folds[name] = fold
            self._groups.addLayout(line(fold))
        else:
            self._groups.addSpacing(8)
            self._groups.addWidget(Label(heading, "accent"))
        for each in found if is_open else ():
            key = each.item.id
            made = before.get(key) or ItemLine(self._desk, self._shell, of, each)
            self.lines[key] = made
            self._groups.addWidget(made)

    def _forget_lines(self) -> None:
        """Another denial: what can be done with a line is about that one."""
        emptied(self._groups)
        self.lines = {}

    def _turn(self, name: str) -> None:
        """Open or close a folded group."""
        self._open ^= {name}
        if self._of:
            self._fill(self._of)
        self.folds[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _item_with_keys(self) -> str:
        has_keys = self.window().focusWidget()
        owners = (key for key, each in self.lines.items() if each.isAncestorOf(has_keys))
        return next(owners, "") if has_keys else ""

    def _give_keys(self, following: list[str], at: str) -> None:
        """Go to the item that had the keys if it stands where it stood, else to the next one."""
        for key in (*following[:1], at, *following):
            if key in self.lines and (button := self.lines[key].findChild(QPushButton)):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _say_why(self) -> None:
        of = self._of
        if of and of.denial_id:
            ask_denial(self._desk, self._shell, of.denial_id)
        elif of:
            ask_new_denial(self._desk, self._shell, of.claim_id)


def _remove(lines: Iterable[ItemLine]) -> None:
    for each in lines:
        each.hide()
        each.deleteLater()


def _reason_words(of: Checklist) -> str:
    """Return for which “no” the list is, or what would bring the rest of it."""
    if of.denial_id is None:
        return tr("Nobody said no yet. This is what any appeal needs.")
    if of.reasons:
        return " ".join(tr(DENIAL_REASONS[kind]) for kind in of.reasons)
    return tr(OTHER_REASON) if of.unknown else tr(SAY_WHY)
