"""What is behind one line of the ledger: its tests, its papers, and who was asked to pay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.line_facts import Outcome, TestState
from app.domain.standing import Standing
from app.operations.line_findings import hsa_findings_of_line
from app.storage.queries.ledger import LedgerRow
from app.storage.queries.papers import paper_row
from ui.desk import Desk
from ui.names import METHODS, PAPER_KINDS, TESTS, category_labels, word_for
from ui.pages.due_deed import more_button
from ui.pages.due_lines import EntryLine
from ui.pages.hsa_steps import take_off
from ui.pages.money_counted import CountedLedger
from ui.pages.money_line_deeds import first_deeds, hold_deeds, more_deeds
from ui.pages.money_lines import in_full, packet
from ui.pages.money_ties import Tie, ties_of
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.flow import flow
from ui.widgets.layout import Card, Scrolling, column, emptied
from ui.widgets.text import Label, label, muted, quiet_button, section
from ui.wording import count_of, short_date, tr

_STATES: Final[dict[Outcome, tuple[str, Tone, str]]] = {
    Outcome.PASS: ("check", "good", "yes"),
    Outcome.FAIL: ("close", "danger", "no"),
    Outcome.UNKNOWN: ("help", "warning", "not known"),
}

_GRAVITY: Final = ("high", "med", "info")
_SIGNS: Final[dict[str, tuple[str, Tone]]] = {
    "high": ("warning", "danger"),
    "med": ("help", "warning"),
    "info": ("info", "muted"),
}
_HOLDS: Final = {
    "": "An appeal is running: do not reimburse this yet. The plan may still pay it, and then "
    "the money would have to go back to the HSA.",
    "hold": "You decided to wait for the answer to the appeal.",
    "claim": "You decided to claim it although an appeal is running.",
}


class LineDetail(QWidget):
    """Shows a line with everything it is tied to, and what can be done with it."""

    def __init__(self, desk: Desk, shell: Shell, counted: CountedLedger) -> None:
        super().__init__()
        self._desk, self._shell, self._counted = desk, shell, counted
        inner = QWidget()
        self._inside = column(12)
        self._inside.setContentsMargins(0, 0, 8, 0)
        inner.setLayout(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolling(inner))

    def show_line(self, row: LedgerRow | None) -> None:
        """Show a line; nothing if none is chosen."""
        emptied(self._inside)
        if row is None:
            self._inside.addWidget(muted(tr("Choose a line to see what is behind it.")))
            self._inside.addStretch(1)
            return
        standing = self._counted.standing(row.id)
        for part in (
            self._head(row, standing),
            self._hold(row), self._findings(row), self._tests(row, standing), self._tied(row),
        ):  # fmt: skip
            if part is not None:
                self._inside.addWidget(part)
                part.show()  # now, not with the next event: the pane would stand empty meanwhile
        self._inside.addStretch(1)

    # ------------------------------------------------------------------ what it is

    def _head(self, row: LedgerRow, standing: Standing | None) -> Card:
        card = Card()
        to = tr("{amount} to {name}", amount=str(row.amount), name=row.provider)
        card.body.addWidget(section(to if row.provider else str(row.amount)))
        what = (word_for(category_labels(), row.category), row.what, row.patient or "")
        card.body.addWidget(label(" · ".join(part for part in what if part)))
        card.body.addWidget(muted(" · ".join(_when(row))))
        card.body.addWidget(
            flow(
                *(deed.button() for deed in first_deeds(self._desk, self._shell, row, standing)),
                more_button(more_deeds(self._desk, self._shell, row)),
            )
        )
        return card

    def _hold(self, row: LedgerRow) -> Card | None:
        """The advice while an appeal runs; the person decides."""
        newest = self._counted.newest
        if newest is None or row.claim_id not in newest.book.fought_claims:
            return None
        card = Card(tr("Under appeal"), "flag", "warning")
        card.body.addWidget(label(tr(_HOLDS[row.hold])))
        card.body.addWidget(flow(*(deed.button() for deed in hold_deeds(self._desk, row))))
        return card

    def _findings(self, row: LedgerRow) -> Card | None:
        """What stands out in the line, the gravest first; no card where nothing does."""
        newest = self._counted.newest
        if newest is None:
            return None
        found = (
            *self._counted.findings.get(row.id, ()),
            *hsa_findings_of_line(self._desk.binder, newest.book, row.id, packet(row)),
        )
        if not found:
            return None
        card = Card(count_of(len(found), "{n} thing to look at", "{n} things to look at"), "help")
        for each in sorted(found, key=lambda finding: _GRAVITY.index(finding.severity)):
            icon, tone = _SIGNS[each.severity]
            said = [label(each.text), muted(" · ".join(filter(None, (each.id, each.source))))]
            card.body.addWidget(EntryLine(icon, tone, said, []))
        return card

    # ------------------------------------------------------------------ what an HSA may pay

    def _tests(self, row: LedgerRow, standing: Standing | None) -> Card:
        card = Card(tr("What an HSA may pay of it"), "scales")
        if standing is None:
            card.body.addWidget(muted(tr("This is being worked out …")))
            return card
        card.body.addWidget(label(in_full(row, standing)))
        for test in standing.tests:
            card.body.addWidget(_test_line(test))
        card.body.addWidget(muted(tr("These are records, not tax advice.")))
        return card

    # ------------------------------------------------------------------ what it is tied to

    def _tied(self, row: LedgerRow) -> Card | None:
        """Its claim, papers and payments: each knows the other."""
        card = Card(tr("What goes with it"), "link")
        newest = self._counted.newest
        ties = [*self._papers(row), *(ties_of(newest, row) if newest else ())]
        for tie in ties:
            card.body.addWidget(EntryLine(tie.icon, "accent", tie.said(), self._openers(tie)))
        if not ties:
            card.body.addWidget(muted(tr("Nothing yet. A receipt, a bill or an explanation of "
                                         "benefits can be tied to it.")))  # fmt: skip
        return card

    def _papers(self, row: LedgerRow) -> Iterator[Tie]:
        if row.claim_id and row.claim:
            yield Tie("claims", tr("Claim"), row.claim, ("claims", "claim", row.claim_id))
        for key, title in (
            (row.document_id, tr("Receipt")),
            (row.proof_id, tr("Proof of payment")),
        ):
            paper = self._desk.binder.ask(paper_row, key) if key else None
            if paper:
                kind = word_for(PAPER_KINDS, paper.kind)
                said = " · ".join(word for word in (paper.name, kind) if word)
                yield Tie("receipt", title, said, ("papers", "document", paper.id))

    def _openers(self, tie: Tie) -> list[QPushButton]:
        made: list[QPushButton] = []
        if tie.place:
            made.append(quiet_button(tr("Open"), partial(self._shell.go_to, *tie.place), "open"))
            made[-1].setAccessibleName(tr("Open: {what}", what=tie.title))
        if tie.allocation_id:
            off = partial(take_off, self._desk, self._shell, tie.allocation_id)
            made.append(quiet_button(tr("Take it off"), off, "close"))
            made[-1].setAccessibleName(tr("Take off: {what}", what=tie.words))
        return made


def _when(row: LedgerRow) -> Iterator[str]:
    if row.served_on:
        yield tr("served {day}", day=short_date(row.served_on))
    if row.paid_on:
        yield tr("paid {day}", day=short_date(row.paid_on))
        yield word_for(METHODS, row.method).split(" (")[0]
    else:
        yield tr("due {day}", day=short_date(row.due_on)) if row.due_on else tr("not paid yet")


def _test_line(test: TestState) -> EntryLine:
    icon, tone, word = _STATES[test.state]
    name = tr(TESTS[test.number])
    said = [Label(tr("{test}: {answer}", test=name, answer=tr(word)), "strong"), label(test.reason)]
    if test.source:
        said.append(muted(test.source))
    return EntryLine(icon, tone, said, [])
