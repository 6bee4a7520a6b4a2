"""Papers: all of them in one table, searched and filtered, with the chosen one beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.errors import UserError
from app.operations import trash
from app.operations.papers import TakenOut, take_original_out
from app.operations.sorting import sort_papers
from app.storage.queries.claims import ClaimRow
from app.storage.queries.papers import PaperRow, document_parts
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.names import PAPER_KINDS, choices, word_for
from ui.pages.intake_steps import add_papers
from ui.pages.paper_dialog import PaperDialog
from ui.pages.paper_feed import PaperFeed, row_of, rows_of
from ui.pages.paper_filter import NO_CLAIM, PaperFilter
from ui.pages.paper_pane import PaperPane
from ui.pages.paper_stack import PaperStack
from ui.pages.paper_values import PaperValues
from ui.pages.paper_words import added_on, pages_words, state_icon, state_tone, state_words
from ui.shell import BannerAction, Shell
from ui.style import Tone
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.layout import EmptyState, PageFrame, column, line
from ui.widgets.panes import Pane, Panes
from ui.widgets.table import RowsView
from ui.widgets.text import button, muted, primary_button
from ui.wording import count_of, short_date, tr


def _tone(row: PaperRow) -> Tone:
    return state_tone(row) if state_words(row) else "ink"


def _day(row: PaperRow) -> date | None:
    return row.dated_on or row.received_on


COLUMNS: Final[tuple[Column[PaperRow], ...]] = (
    Column(
        "Name", lambda row: row.name, icon=lambda row: state_icon(row) or "paper", tone=_tone,
        tip=lambda row: " · ".join(words for words in (row.name, state_words(row)) if words),
        spoken=lambda row: ", ".join(words for words in (row.name, state_words(row)) if words),
    ),
    Column("What", lambda row: word_for(PAPER_KINDS, row.kind), width=15),
    Column("Claim", lambda row: row.claim or "", width=12),
    Column("Date", lambda row: short_date(_day(row)), _day, width=12),
)  # fmt: skip


class PapersPage(PageFrame):
    """Lists every paper that is not in the trash; finds, shows, changes and gives out."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Papers"))
        self._desk, self._shell = desk, shell
        self._wanted = ""
        self._wanted_page: int | None = None
        self._filter = PaperFilter()
        self._claims: tuple[ClaimRow, ...] | None = None
        self.feed = PaperFeed(desk, self, inbox=False)
        self.feed.arrived.connect(self._papers_came)
        self._build()

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        self.change = primary_button(tr("Change …"), self.change_selected, "edit")
        self.tools.addWidget(self.change)
        self.search = TextField("", tr("Find in names and notes"))
        self.search.setAccessibleName(tr("Find in names and notes"))
        self.search.setClearButtonEnabled(True)
        self.claim = ChoiceField[str]([], unknown=tr("All claims"))
        self.claim.setAccessibleName(tr("Which claim"))
        self.kind = ChoiceField(choices(PAPER_KINDS), unknown=tr("All kinds"))
        self.kind.setAccessibleName(tr("Which kind"))
        for choice in (self.claim, self.kind):
            choice.setMinimumContentsLength(8)
        for field in (self.search, self.claim, self.kind):
            field.changed.connect(self._filter_changed)
        self.model: RowsModel[PaperRow] = RowsModel(COLUMNS, lambda row: row.id)
        self.table = RowsView(self.model, tr("Papers"), many=True)
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._show_buttons)
        self.count = muted("", wrap=False)
        self.pane = PaperPane(self._desk, self._shell)
        self.panes = Panes(
            "papers",
            self._desk.memory,
            [
                Pane(tr("Papers"), self._list_side(), 8, 330),
                Pane(tr("Page"), self._paper_side(), 4, 300),
            ],
        )
        self.empty = EmptyState(
            "papers",
            tr("No papers yet"),
            tr("Every letter, bill, receipt and photo is kept here exactly as it came in, "
               "and can be found by any word in it."),
            tr("Add papers"),
            lambda: add_papers(self._desk, self._shell),
        )  # fmt: skip
        self.stack = PaperStack(self.panes, self.empty)
        self.body.addWidget(self.stack, 1)
        self._show_buttons()

    def _list_side(self) -> QWidget:
        side = QWidget()
        inside = column(8)
        side.setLayout(inside)
        inside.addWidget(self.search)
        inside.addLayout(line(self.claim, self.kind, stretch=False))
        inside.addWidget(self.table, 1)
        inside.addWidget(self.count)
        return side

    def _paper_side(self) -> QWidget:
        self.save = button(tr("Save the original …"), self.save_original, "save")
        self.again = button(tr("Read again"), self.pane.read_again)
        self.remove = button(tr("Move to the trash"), self.move_to_trash, "trash")
        side = QWidget()
        inside = column(8)
        side.setLayout(inside)
        self.about = muted("")
        inside.addWidget(self.about)
        inside.addWidget(self.pane, 1)
        self.values = PaperValues(self._desk, self.pane.view)
        inside.addWidget(self.values)
        inside.addLayout(line(self.save, self.again))
        inside.addLayout(line(self.remove))
        return side

    # ------------------------------------------------------------------ showing

    def reload(self) -> None:
        """Ask again for everything."""
        self.feed.reload()

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        self.feed.hear(changes)
        self.values.hear(changes)

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show a paper by its id; `ID#3` shows its third page."""
        self._wanted, _, page = record_id.partition("#")
        self._wanted_page = int(page) if page.isdecimal() else None
        self.search.set_value("")
        self.claim.set_value(None)
        self.kind.set_value(None)
        self.feed.reload()

    @Slot()
    def _papers_came(self) -> None:
        papers = self.feed.papers
        self._filter.learn(papers.rows)
        if papers.claims is not self._claims:
            self._claims = papers.claims
            titles = ((row.id, row.title) for row in papers.claims)
            self.claim.set_choices([(NO_CLAIM, tr("Without a claim")), *titles])
        self.stack.show_state(has_papers=bool(papers.rows))
        self.change.setVisible(bool(papers.rows))
        self._show_rows()

    @Slot()
    def _filter_changed(self) -> None:
        self._show_rows()

    def _show_rows(self) -> None:
        shown = self._filter.apply(self.search.value(), self.claim.value(), self.kind.value())
        self.model.replace(shown)
        total = len(self.feed.papers.rows)
        words = count_of(total, "{n} paper", "{n} papers")
        if len(shown) != total:
            words = tr("{n} of {total} papers", n=f"{len(shown):,}", total=f"{total:,}")
        self.count.setText(words)
        self._choose()
        self._show_chosen(self.table.chosen_id)
        self._show_buttons()

    def _choose(self) -> None:
        if not self._wanted:
            self.table.choose_first()
        elif self.table.choose(self._wanted):
            self._wanted = ""
            self.panes.show_pane(1 if self._wanted_page else 0)
        elif self.feed.is_current:
            self._wanted = ""
            self._shell.fail(
                UserError(tr("This paper is not here any more. It may lie in the trash.")),
                BannerAction(tr("Open the trash"), lambda: self._shell.go_to("trash")),
            )

    @Slot(str)
    def _show_chosen(self, document_id: str) -> None:
        page, self._wanted_page = self._wanted_page, None
        if self._wanted:
            self._wanted_page = page  # it is for a paper that is still on its way
            page = None
        row = row_of(self.feed.papers, document_id)
        self.about.setText(_about(row) if row else "")
        self.pane.show_row(row, page)
        self.values.show_paper(row.id if row else "", self.feed.papers.people)

    @Slot()
    def _show_buttons(self) -> None:
        count = len(self.table.selected_ids)
        for each in (self.change, self.remove):
            each.setEnabled(count > 0)
        for each in (self.save, self.again):
            each.setEnabled(count == 1)

    @Slot(str)
    def _open(self, _document_id: str) -> None:
        """Bring the paper itself to the front and give it the keys."""
        self.panes.show_pane(1)
        self.pane.take_keys()

    # ------------------------------------------------------------------ doing

    def change_selected(self) -> None:
        """Ask what is to be changed about the selected papers."""
        rows = rows_of(self.feed.papers, self.table.selected_ids)
        if rows:
            binder, ids = self._desk.binder, [row.id for row in rows]
            dialog = PaperDialog(self._desk, rows, self.feed.papers)
            self._shell.ask_dialog(dialog, lambda said: sort_papers(binder, ids, said))

    def save_original(self) -> None:
        """Ask for a place and copy the exact bytes that came in there."""
        row, binder = row_of(self.feed.papers, self.table.chosen_id), self._desk.binder
        if row is None:
            return
        first = binder.ask(document_parts, row.id)[0]
        target = self._shell.choose_new_file(tr("Save the original"), _safe_name(first.name))
        if target is None:
            return

        def done(taken: list[TakenOut]) -> None:
            self._shell.say(
                count_of(
                    len(taken),
                    "The original is saved exactly as it came in.",
                    "{n} originals are saved exactly as they came in, numbered in their order.",
                )
            )

        self._shell.run(
            tr("Saving the original"),
            lambda _progress: take_original_out(binder, row.id, target),
            done,
            owner=self,
        )

    def move_to_trash(self) -> None:
        """Move the selected papers to the trash; one button brings them back."""
        records = [("document", key) for key in self.table.selected_ids]
        binder, quick = self._desk.binder, self._desk.quick
        if not records:
            return

        def put_back() -> None:
            quick.run("", lambda _progress: trash.restore(binder, records))

        def moved(_nothing: object) -> None:
            words = count_of(
                len(records), "{n} paper is in the trash.", "{n} papers are in the trash."
            )
            self._shell.say(words, BannerAction(tr("Put back"), put_back))

        quick.run("", lambda _progress: trash.put_in_trash(binder, records), moved, owner=self)


def _about(row: PaperRow) -> str:
    """Return the rest of what is known of a paper, for the line above it."""
    by = tr("by {name}", name=row.author) if row.author else ""
    added = tr("added {day}", day=short_date(added_on(row)))
    parts = (pages_words(row), f"{added} {by}".strip(), row.note)
    return " · ".join(part for part in parts if part)


def _safe_name(name: str) -> str:
    """Return a file name that every system takes, with its ending."""
    kept = "".join("_" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in name)
    path = Path(kept.strip(" .") or "paper")
    return f"{path.stem[:100]}{path.suffix[:10]}"


def papers_page(desk: Desk, shell: Shell) -> QWidget:
    """Make the page."""
    return PapersPage(desk, shell)
