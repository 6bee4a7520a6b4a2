"""The letters of a claim: what was written, how far each is, and a new one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.operations import trash
from app.storage.queries.letters import LetterRow, letter_rows
from app.storage.queries.records import record
from ui.desk import Desk
from ui.dialogs.letter_paper import LetterPaper
from ui.models.rows import Column, RowsModel
from ui.pages.letter_steps import (
    can_be_sent,
    keep_as_paper,
    new_letter,
    note_sent,
    note_signed,
    open_letter,
    tell_of_sending,
)
from ui.shell import BannerAction, Shell
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, column, line
from ui.widgets.table import RowsView
from ui.widgets.text import button, quiet_button
from ui.wording import count_of, short_date, tr

_ICONS: Final = {"draft": "edit", "signed": "check", "kept": "papers"}


def _state(row: LetterRow) -> str:
    """Return how far a letter is, in a few words."""
    if row.signed_on:
        signed = tr("Signed on {day}", day=short_date(row.signed_on))
        return tr("{signed}, kept", signed=signed) if row.document_id else signed
    if row.document_id:
        return tr("Kept as a paper")
    if row.blanks:
        return tr("Draft, {left}", left=count_of(row.blanks, "{n} blank", "{n} blanks"))
    return tr("Draft")


COLUMNS: Final[tuple[Column[LetterRow], ...]] = (
    Column("Letter", lambda row: row.title, tip=lambda row: row.title),
    Column("How far", _state, icon=lambda row: _ICONS[row.state], tip=_state, width=24),
    Column(
        "Changed",
        lambda row: short_date(row.changed_at.astimezone().date()),
        lambda row: row.changed_at,
        width=13,
    ),
)


class LettersPart(QWidget):
    """The tab of a claim with its letters, the newest first."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self.model: RowsModel[LetterRow] = RowsModel(COLUMNS, lambda row: row.id)
        self.table = RowsView(self.model, tr("Letters of the claim"))
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._chosen)
        self.write = button(tr("Write a letter …"), self._write, "letter")
        self.sent = button(tr("I sent it on …"), self._note_sent, "sent")
        listed = QWidget()
        inside = column(8)
        inside.addLayout(line(self.write))
        inside.addWidget(self.table, 1)
        inside.addWidget(self._deeds())
        listed.setLayout(inside)
        self._listed = listed
        self._empty = EmptyState(
            "letter",
            tr("No letters yet"),
            tr("Ask for the claim file, ask a doctor for a letter, write the appeal. Each letter "
               "is filled from what is known here, and you change it as you like."),
            tr("Write a letter …"),
            self._write,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _deeds(self) -> QWidget:
        """What can be done with the chosen letter."""
        return flow(
            button(tr("Open …"), lambda: self._open(self.table.chosen_id), "open"),
            button(tr("Print …"), self._print, "print"),
            self.sent,
            quiet_button(tr("It is signed …"), self._note_signed, "check"),
            quiet_button(tr("Keep as a paper"), self._keep, "papers"),
            quiet_button(tr("Save as PDF …"), self._save, "save"),
            quiet_button(tr("Move to trash"), self._to_trash, "trash"),
        )

    def show_claim(self, claim_id: str) -> None:
        """Show the letters of a claim."""
        self._claim_id = claim_id
        rows = self._desk.binder.ask(letter_rows, claim_id=claim_id) if claim_id else ()
        self.model.replace(rows)
        self._stack.setCurrentWidget(self._listed if rows else self._empty)
        self.table.choose_first()
        self._chosen(self.table.chosen_id)

    @Slot(str)
    def _chosen(self, letter_id: str) -> None:
        row = next((each for each in self.model.rows if each.id == letter_id), None)
        self.sent.setVisible(row is not None and can_be_sent(row.kind))

    # ------------------------------------------------------------------ doing

    def _write(self) -> None:
        new_letter(self._desk, self._shell, self._claim_id)

    @Slot(str)
    def _open(self, letter_id: str) -> None:
        if letter_id:
            open_letter(self._desk, self._shell, letter_id)

    def _print(self) -> None:
        letter = self._desk.binder.ask(record, "letter", self.table.chosen_id)
        if letter is None:
            return
        paper = LetterPaper(self._desk, self._shell, letter.claim_id)
        paper.print(letter.title, letter.body, self.window(), self._shell.say)
        tell_of_sending(self._desk, self._shell, letter)

    def _save(self) -> None:
        letter = self._desk.binder.ask(record, "letter", self.table.chosen_id)
        if letter is None:
            return
        paper = LetterPaper(self._desk, self._shell, letter.claim_id)
        say = self._shell.say
        paper.save(letter.title, letter.body, self.window(), say, say)

    def _note_sent(self) -> None:
        note_sent(self._desk, self._shell, self.table.chosen_id)

    def _note_signed(self) -> None:
        note_signed(self._desk, self._shell, self.table.chosen_id)

    def _keep(self) -> None:
        if self.table.chosen_id:
            keep_as_paper(self._desk, self._shell, self.table.chosen_id)

    def _to_trash(self) -> None:
        if self.table.chosen_id:
            trash.put_in_trash(self._desk.binder, [("letter", self.table.chosen_id)])
            undo = BannerAction(tr("Undo"), self._desk.binder.undo)
            self._shell.say(tr("The letter is in the trash."), undo)
