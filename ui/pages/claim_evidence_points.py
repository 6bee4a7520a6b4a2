"""“Why this should be approved”: each reason and each point of the policy, with its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.errors import UserError
from app.domain.evidence import Checklist
from app.operations import criteria
from app.operations.criteria import SuggestedReason
from app.storage.queries.evidence import PointRow
from app.storage.queries.papers import PaperRow, paper_rows
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.criterion import PointDialog, PointInput
from ui.pages.claim_evidence_seen import EvidenceSeen
from ui.pages.claim_evidence_steps import show_button
from ui.pages.due_deed import Deed
from ui.pages.due_lines import EntryLine
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import Card, column, emptied
from ui.widgets.text import Label, button, label, muted, quiet_button
from ui.wording import count_of, tr

_LONG_WORD: Final = re.compile(r"(\S{24})(?=\S)")


class PointsView(QWidget):
    """Shows the points of one denial in their order; an open one is told apart by its icon."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._denial_id: str | None = None
        self._claim_id = ""
        self._shown: object = None
        self.lines: list[EntryLine] = []
        self.about = label("")
        self.count = muted("", wrap=False)
        self.add = button(tr("Add a point …"), self.add_point, "plus")
        self._body = column(8)
        layout = column(12)
        layout.addWidget(self.about)
        layout.addWidget(flow(self.add, self.count))
        layout.addLayout(self._body)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_points(self, seen: EvidenceSeen) -> None:
        """Show the points of a denial, and its own reasons that are no point yet."""
        of, points = seen.of, seen.points
        self._denial_id, self._claim_id = of.denial_id, of.claim_id
        shown = of.denial_id, points, seen.reasons
        if shown == self._shown:
            return
        self._shown = shown
        self.add.setEnabled(of.denial_id is not None)
        is_begun = bool(of.denial_id and points)
        self.about.setText("" if is_begun else _about(of))
        self.about.setVisible(not is_begun)
        self.count.setText(_count(points) if is_begun else "")
        emptied(self._body)
        if seen.reasons and of.denial_id:
            self._body.addWidget(self._suggested(of.denial_id, seen.reasons))
        self.lines = [self._line(point, at, len(points)) for at, point in enumerate(points, 1)]
        for each in self.lines:
            self._body.addWidget(each)

    def _suggested(self, denial_id: str, reasons: Sequence[SuggestedReason]) -> Card:
        """The reasons in the denial's own words, to take over or to leave."""
        made = Card(tr("Their own reasons"), "letter")
        for reason in reasons:
            made.body.addWidget(label(f"“{_breakable(reason.quote)}”"))
        take = partial(criteria.add_reasons, self._desk.binder, denial_id, reasons)
        words = count_of(len(reasons), "Answer this reason", "Answer these {n} reasons")
        made.body.addWidget(flow(button(words, self._guarded(take), "plus")))
        return made

    def _line(self, point: PointRow, at: int, count: int) -> EntryLine:
        kind = tr("Their reason") if point.kind == "reason" else tr("Their policy")
        source = _place(point.source, point.source_page)
        said = [
            Label(f"“{_breakable(point.quote)}”", "strong"),
            muted(" · ".join(filter(None, (kind, source)))),
            label(_breakable(point.answer)) if point.answer else muted(tr("No facts yet.")),
        ]
        if not point.proofs:
            said.append(muted(tr("No paper proves it yet.")))
        icon, tone = ("check-circle", "good") if point.is_answered else ("circle", "muted")
        return EntryLine(icon, tone, said, self._buttons(point, at, count))

    def _buttons(self, point: PointRow, at: int, count: int) -> list[QPushButton]:
        made = [
            show_button(self._shell, one.document_id, one.document, one.page)
            for one in point.proofs
        ]
        verb = tr("Change …") if point.is_answered else tr("Answer …")
        made.append(button(verb, partial(self._change, point), "edit"))
        move = partial(partial, criteria.move_point, self._desk.binder, point.id)
        for words, icon, to, is_there in (
            (tr("Up"), "up", at - 1, at > 1),
            (tr("Down"), "down", at + 1, at < count),
        ):
            if is_there:
                made.append(Deed(words, icon, self._guarded(move(to)), is_quiet=True).button())
        remove = partial(criteria.remove_point, self._desk.binder, point.id)
        made.append(quiet_button(tr("Remove"), self._guarded(remove), "trash"))
        for each in made:
            each.setAccessibleDescription(point.quote)
        return made

    def _guarded(self, work: Callable[[], object]) -> Callable[[], None]:
        def do() -> None:
            try:
                work()
            except UserError as error:
                self._shell.fail(error)

        return do

    def add_point(self) -> None:
        """Ask for a new point."""
        denial_id = self._denial_id
        if denial_id is None:
            return

        def do(given: PointInput) -> None:
            criteria.add_point(self._desk.binder, denial_id, **values_of(given))

        self._shell.ask_dialog(PointDialog(self._desk, self._papers()), do)

    def _change(self, point: PointRow) -> None:
        def do(given: PointInput) -> None:
            criteria.change_point(self._desk.binder, point.id, **values_of(given))

        self._shell.ask_dialog(PointDialog(self._desk, self._papers(), point), do)

    def _papers(self) -> tuple[PaperRow, ...]:
        return self._desk.binder.ask(paper_rows, claim_id=self._claim_id)


def _breakable(text: str) -> str:
    """Return words that may go on in the next line anywhere, such as an address of a website."""
    return _LONG_WORD.sub("\\1\u200b", text)


def _about(of: Checklist) -> str:
    if of.denial_id is None:
        return tr("Record the “no” first: then each of its reasons can be answered here.")
    return tr(
        "Answer each reason they gave and each point of their policy with a fact and the page "
        "that proves it. The bundle prints this as its first page after the cover."
    )


def _count(points: Sequence[PointRow]) -> str:
    answered = sum(point.is_answered for point in points)
    return tr("{answered} of {all} answered", answered=answered, all=len(points))


def _place(name: str | None, page: int | None) -> str:
    if not name:
        return ""
    return tr("{name}, page {page}", name=name, page=page) if page else name
