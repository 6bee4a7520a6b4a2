"""The Inbox: papers to sort at the left, the paper in the middle, what it is at the right."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.document import Document
from app.jobs import Progress
from app.operations import trash
from app.operations.confirming import confirm_paper
from app.operations.dates import add_own_date
from app.operations.denials import DenialAnswer, RecordedDenial
from app.operations.papers import join_papers
from app.operations.phone import natural_order
from app.operations.rules import rule_book
from app.operations.sorting import Sorting, sort_papers
from app.operations.splitting import split_paper
from ui.desk import Desk
from ui.dialogs.join import JoinDialog
from ui.pages.confirm_form import ConfirmForm
from ui.pages.denial_steps import ask_new_denial
from ui.pages.intake_steps import add_papers, from_phone
from ui.pages.paper_feed import PaperFeed, row_of, rows_of
from ui.pages.paper_list import PaperList
from ui.pages.paper_pane import PaperPane
from ui.pages.paper_reading import start_reading
from ui.pages.paper_stack import PaperStack
from ui.shell import BannerAction, Shell
from ui.style import scale
from ui.widgets.layout import EmptyState, PageFrame, column, line
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import Label, button, icon_button, primary_button, quiet_button, tip
from ui.wording import count_of, date_words, due_words, tr

_LARGE: Final = 1.3
"""From this size of text on the keys are said on demand."""


class InboxPage(PageFrame):
    """Sorts papers, by mouse or by keyboard alone.

    What is typed belongs to the paper it was typed for: it is still there after the list was
    read anew, after undo, and after a look at another paper.
    """

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Inbox"))
        self._desk, self._shell = desk, shell
        self._wanted = ""
        self._is_filing = False
        self._has_news = False
        self.feed = PaperFeed(desk, self, inbox=True)
        self.feed.arrived.connect(self._show_papers)
        self._build()
        self._connect_keys()

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        desk, shell = self._desk, self._shell
        self.tools.addWidget(
            quiet_button(tr("From phone …"), lambda: from_phone(desk, shell), "phone")
        )
        self.tools.addWidget(icon_button(tr("Which keys help here"), "help", self._say_keys))
        self.list = PaperList(desk, tr("Papers to sort"))
        self.pane = PaperPane(desk, shell)
        self.panes = Panes(
            "inbox",
            desk.memory,
            [
                Pane(tr("Papers"), self._list_side(), 3, 248),
                Pane(tr("Page"), self.pane, 5, 296),
                Pane(tr("What it is"), self._form_side(), 3, 340),
            ],
        )
        self.empty = EmptyState(
            "inbox",
            tr("Nothing to sort"),
            tr("Drop letters, bills, receipts or photos anywhere on this window. They are kept "
               "here at once and read in the background; then you say what each one is."),
            tr("Add papers"),
            lambda: add_papers(desk, shell),
        )  # fmt: skip
        self.stack = PaperStack(self.panes, self.empty)
        self.body.addWidget(self.stack, 1)
        self.keys = _KeysLine(_keys_words())
        self.body.addWidget(self.keys)
        self._order_tabs()

    def _list_side(self) -> QWidget:
        self.join = button(tr("Join …"), self.join_selected, "link")
        tip(self.join, tr("Make one letter of the papers that are chosen (Ctrl+J)"))
        self.remove = button(tr("Trash"), self.move_to_trash, "trash")
        tip(self.remove, tr("Move the papers that are chosen to the trash"))
        side = QWidget()
        inside = column(8)
        side.setLayout(inside)
        inside.addWidget(self.list, 1)
        inside.addLayout(line(self.join, self.remove, stretch=False))
        self.list.picked.connect(self._show_picked)
        self.list.row_opened.connect(self._go_to_form)
        self.list.trash_wanted.connect(self.move_to_trash)
        return side

    def _form_side(self) -> QWidget:
        self.confirm = ConfirmForm(self._desk, self.pane.view)
        self.confirm.show_wanted.connect(self._show_copy)
        self.confirm.split_wanted.connect(self._split)
        self.form, self.fields, self.about = (
            self.confirm.form, self.confirm.fields, self.confirm.about,
        )  # fmt: skip
        self.file = primary_button(tr("File it"), self.file_it, "check")
        self.keep = button(tr("Keep without a claim"), self.keep_without_claim)
        side = QWidget()
        outside = column(8)
        side.setLayout(outside)
        outside.addWidget(self.confirm, 1)
        outside.addLayout(line(self.file, self.keep, stretch=False))
        return side

    def _order_tabs(self) -> None:
        """Tab goes from the list through the form; the page's own buttons come after it."""
        stops = [self.list, *self.confirm.stops, self.file, self.keep, self.join, self.remove]
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect_keys(self) -> None:
        for keys, act in (
            ("Ctrl+Return", self.file_it),
            ("Ctrl+Enter", self.file_it),
            ("Ctrl+J", self.join_selected),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)  # a key that is held down files one paper, not all

    # ------------------------------------------------------------------ showing

    def reload(self) -> None:
        """Ask again for everything."""
        self.feed.reload()

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        self.feed.hear(changes)
        self.confirm.hear(changes)

    def show_record(self, _kind: str, record_id: str) -> None:
        """Show a paper; one that is sorted already is shown among all papers."""
        if not self.list.choose(record_id):
            self._wanted = record_id
            self.feed.reload()

    @Slot()
    def _show_papers(self) -> None:
        if self._is_filing:  # which paper is next is known only while the filed one is listed
            self._has_news = True
            return
        papers = self.feed.papers
        self.confirm.show_papers(papers)
        self.list.show_rows(papers.rows, self._desk.today())
        self.stack.show_state(has_papers=bool(papers.rows))
        self.keys.show_for(papers=bool(papers.rows))
        self._choose()
        self._show_picked()

    def _choose(self) -> None:
        """Choose the paper that was asked for, else keep the chosen one, else the first."""
        if self._wanted and (self.list.choose(self._wanted) or self.feed.is_current):
            if self.list.chosen_id != self._wanted:
                self._shell.go_to("papers", "document", self._wanted)
            self._wanted = ""
        rows = self.feed.papers.rows
        if rows and not self.list.selected_ids and not self.list.choose(self.list.chosen_id):
            self.list.choose(rows[0].id)

    @Slot()
    def _show_picked(self) -> None:
        """Show the selected papers; what stands in the form stays unless they are others."""
        picked = self.list.selected_ids
        self.pane.show_row(row_of(self.feed.papers, self.list.chosen_id if picked else ""))
        self.confirm.show_picked(picked)
        count = len(picked)
        self.join.setEnabled(count > 1)
        for each in (self.remove, self.file, self.keep):
            each.setEnabled(count > 0)

    def _say_keys(self) -> None:
        click = tr("Click words on the page, or drag over them, to put them into a field.")
        self._shell.say(f"{_keys_words()}\n{click}")

    @Slot(str)
    def _go_to_form(self, _document_id: str) -> None:
        self.panes.show_pane(2)
        self.fields.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------ doing

    def file_it(self) -> None:
        """File the selected papers under the claim in the form, then show the next."""
        self._file(with_claim=True)

    def keep_without_claim(self) -> None:
        """Sort the selected papers by their kind alone; they leave the Inbox."""
        self._file(with_claim=False)

    def _file(self, *, with_claim: bool) -> None:
        ids, binder, confirm = self.confirm.shown, self._desk.binder, self.confirm
        if not ids or self._is_filing:
            return
        said = confirm.sorting(with_claim=with_claim)
        if said is None:
            self.panes.show_pane(2)
            return
        self._is_filing = True
        only = ids[0] if len(ids) == 1 else ""
        values = confirm.values() if only else []
        denial = confirm.settled() if only and with_claim else None
        unsettled = confirm.denial() if only else None
        act_on = confirm.day_to_act() if only else None

        def file(_progress: Progress) -> Filed:
            if not only:
                return Filed(sort_papers(binder, ids, said))
            done = confirm_paper(binder, rule_book(), only, said, values, denial=denial)
            return Filed((done.paper,), done.denial)

        self._desk.quick.run(
            "",
            file,
            lambda filed: self._filed(filed, said, unsettled, act_on),
            self._not_filed,
            owner=self,
        )

    def _filed(
        self,
        filed: Filed,
        said: Sorting,
        unsettled: DenialAnswer | None,
        act_on: date | None,
    ) -> None:
        ids = tuple(paper.id for paper in filed.papers)
        claim_id = filed.papers[0].claim_id
        self.confirm.forget(ids, claim_id)
        self._go_on_after(ids)
        self._end_filing()
        kept = next(iter(filed.denial.items), None) if filed.denial else None
        if kept:
            day = due_words(kept.last_day, self._desk.today())
            self._shell.say(tr("Filed. In your calendar: {day}.", day=day))
        elif said.kind == "denial" and claim_id:
            ask_new_denial(self._desk, self._shell, claim_id, ids[0], unsettled)
        elif act_on:
            self._offer_date(filed.papers[0], act_on)

    def _offer_date(self, paper: Document, on: date) -> None:
        """Offer the day that a paper names for the calendar: it is no date until one says so."""
        binder, quick = self._desk.binder, self._desk.quick
        title = tr("Answer “{name}”", name=paper.name)

        def put(_progress: Progress) -> object:
            return add_own_date(binder, title, on, claim_id=paper.claim_id)

        words = tr("Filed. The letter gives you until {day}.", day=date_words(on))
        action = BannerAction(tr("Put it in the calendar"), lambda: quick.run("", put))
        self._shell.say(words, action)

    def _not_filed(self, error: BaseException) -> None:
        self._end_filing()
        self._desk.quick.failed.emit(error)

    def _end_filing(self) -> None:
        """Show the news that came while a paper was filed."""
        self._is_filing = False
        if self._has_news:
            self._has_news = False
            self._show_papers()

    def _go_on_after(self, gone: Sequence[str]) -> None:
        """Choose the paper after these; the news takes them off the list."""
        if following := self.list.id_after(gone):
            self.list.choose(following)

    def move_to_trash(self) -> None:
        """Move the selected papers to the trash; one button brings them back."""
        ids, binder = self.confirm.shown, self._desk.binder
        if not ids:
            return
        records = [("document", key) for key in ids]

        def put_back() -> None:
            self._desk.quick.run("", lambda _progress: trash.restore(binder, records))

        def moved(_nothing: object) -> None:
            self._go_on_after(ids)
            words = count_of(len(ids), "{n} paper is in the trash.", "{n} papers are in the trash.")
            self._shell.say(words, BannerAction(tr("Put back"), put_back))

        self._desk.quick.run(
            "", lambda _progress: trash.put_in_trash(binder, records), moved, owner=self
        )

    @Slot(str)
    def _show_copy(self, document_id: str) -> None:
        self.show_record("document", document_id)

    @Slot(list)
    def _split(self, first_pages: list[int]) -> None:
        """Make a paper of each letter in the one that is shown; undo takes them back."""
        binder, document_id = self._desk.binder, self.list.chosen_id

        def done(papers: Sequence[Document]) -> None:
            self._shell.say(
                count_of(len(papers), "{n} paper was made of it.", "{n} papers were made of it.")
            )
            start_reading(self._desk, self._shell)

        self._shell.run(
            tr("Taking the letters apart"),
            lambda progress: split_paper(binder, document_id, first_pages, progress),
            done,
            owner=self,
        )

    def join_selected(self) -> None:
        """Ask for the order of the selected papers and make one letter of them."""
        rows = rows_of(self.feed.papers, self.list.selected_ids)
        if len(rows) < 2:
            self._shell.say(
                tr("Choose two or more papers first: hold Ctrl or Shift while you choose.")
            )
            return
        rows.sort(key=lambda row: natural_order(Path(row.name)))
        binder = self._desk.binder
        joined = self._shell.ask_dialog(JoinDialog(rows), lambda ids: join_papers(binder, ids))
        if joined:
            self.show_record("document", joined[0])


@dataclass(frozen=True, slots=True)
class Filed:
    """Papers as they are filed now, and the denial that was recorded with them, if any."""

    papers: tuple[Document, ...]
    denial: RecordedDenial | None = None


class _KeysLine(Label):
    """The keys of the page; large text needs the room for the papers, a button says them then."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "muted")
        self._has_papers = False

    def show_for(self, *, papers: bool) -> None:
        """Show the line if there are papers to sort, and room."""
        self._has_papers = papers
        self.setVisible(papers and scale() < _LARGE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.parentWidget():
            self.show_for(papers=self._has_papers)


def _keys_words() -> str:
    return tr(
        "Keys: ↑ ↓ choose a paper · Enter goes to the form · Ctrl+Enter: looks right, file it · "
        "Delete moves to the trash"
    )


def inbox_page(desk: Desk, shell: Shell) -> QWidget:
    """Make the page."""
    return InboxPage(desk, shell)
