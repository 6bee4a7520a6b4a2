"""Bills and explanations of benefits as lists, with every version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.bill import Bill
from app.domain.eob_versions import Explained, Versions
from app.domain.money import Money
from app.storage.queries.papers import newest_papers
from ui.desk import Desk
from ui.dialogs.bill import BILL_STATES
from ui.models.rows import RIGHT, Column, RowsModel
from ui.names import word_for
from ui.pages.money_table import LedgerTable
from ui.pages.owed_counted import CountedOwed
from ui.pages.owed_steps import ask_bill, ask_eob, ask_eob_of_paper, put_away
from ui.shell import Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, column
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import button, label, muted, quiet_button, section
from ui.wording import short_date, tr

_KINDS: Final = ("eob", "eob_line", "bill", "person", "document", "said_fact")
_PAPER_KINDS: Final = ("eob", "msn")
_MOST_PAPERS: Final = 100


@dataclass(frozen=True, slots=True)
class MoneyPaper:
    """A version of an explanation, or a bill, as a row."""

    id: str
    kind: str
    on: date | None
    provider: str
    patient: str
    number: str
    billed: Money | None
    asks: Money | None
    stands: str
    document_id: str | None
    about: str = ""


COLUMNS: Final[tuple[Column[MoneyPaper], ...]] = (
    Column("Date", lambda row: short_date(row.on), lambda row: row.on, width=12),
    Column("What", lambda row: tr("Bill") if row.kind == "bill" else tr("EOB"), width=7,
           icon=lambda row: "receipt" if row.kind == "bill" else "paper"),
    Column("From", lambda row: row.provider or tr("Not recorded"), tip=lambda row: row.patient),
    Column("Number", lambda row: row.number, width=10),
    Column("You owe", lambda row: "" if row.asks is None else str(row.asks),
           lambda row: row.asks.cents if row.asks else 0, align=RIGHT, width=9),
    Column("Stands", lambda row: row.stands, width=12),
)  # fmt: skip

_SPARE: Final = (3,)
"""The number is hidden where there is no room: the paper beside the table shows it."""


class PapersPart(QWidget):
    """Lists bills and explanations; beside them stands what one says, and its versions."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._rows: dict[str, MoneyPaper] = {}
        self._wanted = ""
        self.counted = CountedOwed(desk, self)
        self.counted.changed.connect(self._take)
        self._versions: dict[str, Versions] = {}
        self.model: RowsModel[MoneyPaper] = RowsModel(COLUMNS, lambda row: row.id)
        self.table = LedgerTable(self.model, tr("Bills and explanations of benefits"), _SPARE)
        self.table.row_chosen.connect(self._show_one)
        self.table.row_opened.connect(self._change)
        self.said, self.story = label(""), muted("")
        self.open = quiet_button(tr("Show me the paper"), self._open, "open")
        self.paper: ChoiceField[str] = ChoiceField([], unknown=tr("Choose a paper …"))
        self.paper.setAccessibleName(tr("A paper that was read as an explanation of benefits"))
        self.enter = button(tr("Enter it as an explanation …"), self._of_paper, "paper")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._listed())
        self._stack.addWidget(self._empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(flow(self.paper, self.enter))

    def _listed(self) -> QWidget:
        side = QWidget()
        beside = column(8)
        side.setLayout(beside)
        beside.addWidget(section(tr("What it says")))
        beside.addWidget(self.said)
        beside.addWidget(self.story)
        change = quiet_button(tr("Change …"), self._change_chosen, "edit")
        trash = quiet_button(tr("Move to trash"), self._to_trash, "trash")
        beside.addWidget(flow(self.open, change, trash))
        beside.addStretch(1)
        made = QWidget()
        inside = column(8)
        made.setLayout(inside)
        self.panes = Panes(
            "money papers",
            self._desk.memory,
            (
                Pane(tr("Papers"), self.table, share=5, least=560),
                Pane(tr("What it says"), side, share=2, least=280),
            ),
        )
        inside.addWidget(self.panes, 1)
        inside.addWidget(
            flow(
                button(tr("Enter a bill …"), partial(ask_bill, self._desk, self._shell), "plus"),
                button(
                    tr("Enter an explanation …"), partial(ask_eob, self._desk, self._shell), "plus"
                ),
            )
        )
        return made

    def _empty(self) -> QWidget:
        return EmptyState(
            "receipt",
            tr("No bills and no explanations yet"),
            tr("Enter what a bill asks for and what the plan says about the same care. A paper "
               "that was read can be taken from below."),
            tr("Enter a bill"),
            partial(ask_bill, self._desk, self._shell),
        )  # fmt: skip

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_KINDS):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        self.counted.count_again()

    @Slot()
    def _take(self) -> None:
        """Show what was worked out."""
        newest = self.counted.newest
        if newest is None:
            return
        case, names = newest.case, newest.names
        explained = [each for owing in case.owings for each in owing.matter.explained]
        rows = [_eob_row(versions, one, names) for versions in explained for one in versions.all]
        rows += [_bill_row(bill, names) for bill in case.facts.bills]
        rows.sort(key=lambda row: (row.on or date.min, row.id), reverse=True)
        self._rows = {row.id: row for row in rows}
        self._versions = {key: each for each in explained for key in each.ids}
        self.model.replace(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._offer_papers({row.document_id for row in rows})
        self.table.choose_first()
        self._show_one()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_record("", wanted)

    def _offer_papers(self, known: set[str | None]) -> None:
        papers = self._desk.binder.ask(newest_papers, first=_PAPER_KINDS, most=_MOST_PAPERS)
        offered = [
            (paper.id, paper.name)
            for paper in papers
            if paper.kind in _PAPER_KINDS and paper.id not in known
        ]
        self.paper.set_choices(offered)
        self.paper.setVisible(bool(offered))
        self.enter.setVisible(bool(offered))

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show a bill or an explanation by its id."""
        if self.counted.is_busy:
            self._wanted = record_id
            return
        self.table.choose(record_id)
        self.panes.show_pane(1)

    @Slot()
    def _show_one(self) -> None:
        row = self._rows.get(self.table.chosen_id)
        self.said.setText(_in_words(row) if row else "")
        versions = self._versions.get(row.id) if row else None
        self.story.setText(_story(versions) if versions and len(versions.all) > 1 else "")
        self.open.setVisible(bool(row and row.document_id))

    # ------------------------------------------------------------------ doing

    @Slot(str)
    def _change(self, record_id: str) -> None:
        row = self._rows.get(record_id)
        if row:
            ask = ask_bill if row.kind == "bill" else ask_eob
            ask(self._desk, self._shell, row.id)

    def _change_chosen(self) -> None:
        self._change(self.table.chosen_id)

    def _to_trash(self) -> None:
        row = self._rows.get(self.table.chosen_id)
        if row:
            put_away(self._desk, self._shell, row.kind, row.id)

    def _open(self) -> None:
        row = self._rows.get(self.table.chosen_id)
        if row and row.document_id:
            self._shell.go_to("papers", "document", row.document_id)

    def _of_paper(self) -> None:
        if chosen := self.paper.value():
            ask_eob_of_paper(self._desk, self._shell, chosen)


def _eob_row(versions: Versions, each: Explained, names: Mapping[str, str]) -> MoneyPaper:
    eob = each.eob
    in_force = tr("In force") if versions.current is each else tr("Older version")
    stands = tr("Not decided yet") if each.is_pending else in_force
    return MoneyPaper(
        eob.id, "eob", eob.processed_on, eob.provider, names.get(eob.person_id or "", ""),
        eob.number, each.amount("billed"), each.share, stands, eob.document_id, eob.note,
    )  # fmt: skip


def _bill_row(bill: Bill, names: Mapping[str, str]) -> MoneyPaper:
    return MoneyPaper(
        bill.id, "bill", bill.billed_on or bill.served_on, bill.provider,
        names.get(bill.person_id or "", ""), bill.number, bill.charges, bill.amount,
        word_for(BILL_STATES, bill.state), bill.document_id, bill.note,
    )  # fmt: skip


def _in_words(row: MoneyPaper) -> str:
    asks = tr("not said") if row.asks is None else str(row.asks)
    words = (
        tr("The bill asks for {amount}.", amount=asks)
        if row.kind == "bill"
        else tr("By this paper you owe: {amount}.", amount=asks)
    )
    charges = tr("Charges: {amount}.", amount=str(row.billed)) if row.billed else ""
    person = tr("For {name}.", name=row.patient) if row.patient else ""
    return " ".join(part for part in (words, charges, person, row.about) if part)


def _story(versions: Versions) -> str:
    """Tell the versions, the oldest first."""
    told = [
        tr("{day}: you owe {amount}",
           day=short_date(each.eob.processed_on) if each.eob.processed_on else tr("no date"),
           amount=tr("not said") if each.share is None else str(each.share))
        for each in versions.all
    ]  # fmt: skip
    return "\n".join((*told, versions.change)).strip()
