"""The diary of a claim: one line a day, written with a few keys and Enter."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.diary_line import DiaryLine
from app.domain.errors import UserError
from app.operations import diary
from app.storage.queries.care import diary_of
from app.storage.queries.records import record
from ui.care_names import DIARY_KINDS
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.diary import DiaryDialog, DiaryInput, score_field
from ui.models.rows import Column, RowsModel
from ui.names import choices, word_for
from ui.shell import BannerAction, Shell
from ui.style import px, row_height
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.flow import flow
from ui.widgets.form import Problem
from ui.widgets.layout import column
from ui.widgets.table import RowsView
from ui.widgets.text import button, muted, section
from ui.wording import short_date, tr, typed_date

_LINES_SHOWN: Final = 5  # with the header: a diary is looked at from its end

COLUMNS: Final[tuple[Column[DiaryLine], ...]] = (
    Column("Day", lambda row: short_date(row.on), lambda row: row.on, width=13),
    Column(
        "0–10",
        lambda row: "" if row.score is None else str(row.score),
        lambda row: -1 if row.score is None else row.score,
        width=5,
    ),
    Column("What happened", lambda row: row.text, tip=lambda row: row.text),
    Column("About", lambda row: word_for(DIARY_KINDS, row.kind), width=16),
)


class DiaryPart(QWidget):
    """A line to write in, and the lines that are there, the newest first."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self._offered = desk.today()
        self.problem = Problem()
        self.model: RowsModel[DiaryLine] = RowsModel(COLUMNS, lambda row: row.id)
        self.table = RowsView(self.model, tr("Diary"))
        self.table.row_opened.connect(self._change)
        self._fit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(section(tr("Diary")))
        layout.addWidget(
            muted(tr("One line a day is enough. It stays private until you put it into a bundle."))
        )
        layout.addWidget(self._entry())
        layout.addWidget(self.problem)
        layout.addWidget(self.table, 1)
        self.change = button(tr("Change …"), self._change_chosen, "edit")
        self.remove = button(tr("Remove"), self._remove_chosen, "trash")
        self._deeds = flow(self.change, self.remove)
        layout.addWidget(self._deeds)

    def _fit(self) -> None:
        self.table.setMinimumHeight(row_height() * _LINES_SHOWN)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _entry(self) -> QWidget:
        """The line to write in: Enter anywhere in it writes it down."""
        self.text = TextField("", tr("How was today? Type, then press Enter"))
        self.text.setAccessibleName(tr("What happened"))
        self.text.setMinimumWidth(px(280))
        self.score = score_field()
        self.score.setAccessibleName(tr("How bad was it, from 0 to 10"))
        self.score.setToolTip(tr("0 is not at all, 10 the worst"))
        self.kind = ChoiceField(choices(DIARY_KINDS), value="symptom", roomy=True)
        self.kind.setAccessibleName(tr("What the line is about"))
        self.on = DateField(self._desk.today, "past", self._desk.today())
        self.on.edit.setAccessibleName(tr("Day of the line"))
        self.on.words.hide()
        self.write = button(tr("Write it down"), self._write, "plus")
        self.text.returnPressed.connect(self._write)
        self.on.edit.returnPressed.connect(self._write)
        made = QWidget()
        inside = column(8)
        inside.addWidget(self.text)
        inside.addWidget(flow(self.score, self.kind, self.on, self.write))
        made.setLayout(inside)
        for field in (self.score, self.kind):
            for keys in ("Return", "Enter"):
                pressed = QShortcut(QKeySequence(keys), field)
                pressed.setContext(Qt.ShortcutContext.WidgetShortcut)
                pressed.activated.connect(self._write)
        return made

    def show_claim(self, claim_id: str) -> None:
        """Show the diary of a claim; what was being written stays."""
        if claim_id != self._claim_id:
            self._claim_id = claim_id
            self._begin_anew()
            self.on.set_value(self._desk.today())
        elif self.on.edit.text() == typed_date(self._offered):
            self.on.set_value(self._desk.today())  # midnight may have passed since
        self._offered = self._desk.today()
        rows = self._desk.binder.ask(diary_of, claim_id)
        self.model.replace(rows[::-1])
        self.table.choose_first()
        self.table.setVisible(bool(rows))
        self._deeds.setVisible(bool(rows))

    def _begin_anew(self) -> None:
        self.text.set_value("")
        self.score.set_value(None)
        self.problem.say("")

    # ------------------------------------------------------------------ doing

    @Slot()
    def _write(self) -> None:
        """Write the line down; the next one may follow at once."""
        try:
            diary.add_line(
                self._desk.binder, self._claim_id, self.text.value(), on=self.on.value(),
                score=self.score.value(), kind=self.kind.value() or "symptom",
            )  # fmt: skip
        except UserError as error:
            self.problem.say(str(error))
            return
        self._begin_anew()
        self.text.setFocus()

    @Slot(str)
    def _change(self, line_id: str) -> None:
        before = self._desk.binder.ask(record, "diary_line", line_id)
        if not isinstance(before, DiaryLine):
            return

        def do(given: DiaryInput) -> None:
            diary.change_line(self._desk.binder, replace(before, **values_of(given)))

        self._shell.ask_dialog(DiaryDialog(self._desk, before), do)

    def _change_chosen(self) -> None:
        if self.table.chosen_id:
            self._change(self.table.chosen_id)

    def _remove_chosen(self) -> None:
        if self.table.chosen_id:
            diary.remove_line(self._desk.binder, self.table.chosen_id)
            undo = BannerAction(tr("Undo"), self._desk.binder.undo)
            self._shell.say(tr("The line is out of the diary."), undo)
