"""Writing a letter: its text, what is still blank in it, and the ways out of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.letter_template import BLANK
from ui.dialogs.letter_paper import LetterPaper
from ui.dialogs.letter_text import LetterText
from ui.memory import Memory
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import TextField
from ui.widgets.flow import flow
from ui.widgets.form import Form
from ui.widgets.layout import column
from ui.widgets.lines import ChooserList, Line
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import Label, button, muted
from ui.wording import count_of, tr

_WIDE: Final = 980
_HIGH: Final = 800
_LETTER_WIDE: Final = 400
_BLANKS_WIDE: Final = 240
_LEAST_HIGH: Final = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterInput:
    """The letter as it was written; `keep` asks to put it among the papers, too."""

    title: str
    text: str
    keep: bool = False


class LetterDialog(AskDialog[LetterInput]):
    """Shows a letter to change. Printing stores nothing; saving closes the dialog.

    `was_printed` says that it went to paper or into a file; `left` is the name and the text that
    were changed and not saved.
    """

    def __init__(self, memory: Memory, paper: LetterPaper, title: str, text: str) -> None:
        """Show a letter; `paper` prints it and saves it as a PDF."""
        super().__init__(tr("Write a letter"), tr("Save"))
        self._paper = paper
        self._keep = False
        self._before = (title, text)
        self.was_printed = False
        self.left: tuple[str, str] | None = None
        self.form.hide()
        self.name = TextField(title)
        self.text = LetterText(text, tab_stops=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.text.setMinimumHeight(px(_LEAST_HIGH))  # it scrolls itself
        self.text.setAccessibleName(tr("The letter"))
        self.text.setAccessibleDescription(tr("F4 goes to the next blank."))
        self.count = Label("", "strong")
        self.blanks = ChooserList(tr("Still blank"))
        self.blanks.clicked.connect(self._clicked)
        self.blanks.opened.connect(self._go)
        self.told = muted("")
        self.panes = Panes(
            "letter",
            memory,
            [
                Pane(tr("The letter"), self.text, 3, _LETTER_WIDE),
                Pane(tr("Still blank"), self._beside(), 1, _BLANKS_WIDE),
            ],
        )
        head = Form()
        head.add(tr("Name of the letter"), self.name)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(self.panes, 1)
        layout.addWidget(self._tools())
        layout.addWidget(self.told)
        self.body.insertWidget(0, made, 1)
        self.body.setStretch(self.body.count() - 1, 0)
        self.text.blanks_changed.connect(self._show_blanks)
        self.text.changed.connect(self._typed)
        QShortcut(QKeySequence("F4"), self, self._next_blank)
        self._show_blanks()
        self.keep_size(memory, "letter-window")
        self.text.setFocus()
        self.text.go_to_blank(0)

    def _beside(self) -> QWidget:
        made = QWidget()
        layout = column(8)
        layout.addWidget(self.count)
        layout.addWidget(self.blanks, 1)
        self.hint = muted(
            tr("Tab or F4 goes to the next blank. What you leave blank ({blank}) can be filled in "
               "by hand.", blank=BLANK)
        )  # fmt: skip
        layout.addWidget(self.hint)
        made.setLayout(layout)
        return made

    def _tools(self) -> QWidget:
        return flow(
            button(tr("Print …"), self._print, "print"),
            button(tr("Save as PDF …"), self.save_pdf, "save"),
            button(tr("Keep as a paper"), self.keep, "papers"),
        )

    def answer(self) -> LetterInput:
        """Return the letter as it stands."""
        title, text = self.name.value(), self.text.value()
        keep, self._keep = self._keep, False
        if not title:
            raise UserError(tr("Give the letter a name, so that you find it again."))
        if not text:
            raise UserError(tr("The letter is empty. Write something first."))
        return LetterInput(title=title, text=text + "\n", keep=keep)

    @Slot()
    def reject(self) -> None:
        """Close without saving; `left` then holds what was changed."""
        now = (self.name.value(), self.text.toPlainText())
        self.left = now if now != self._before else None
        super().reject()

    def keep(self) -> None:
        """Save the letter and put it among the papers of the claim."""
        self._keep = True
        self.accept()

    def _print(self) -> None:
        self._say("")
        self.was_printed = True
        self._paper.print(self.name.value(), self.text.toPlainText(), self, self._fail)

    def save_pdf(self) -> None:
        """Ask for a place and write the letter there as a PDF."""
        self._say("")
        self.was_printed = True
        self._paper.save(self.name.value(), self.text.toPlainText(), self, self._say, self._fail)

    def _say(self, sentence: str) -> None:
        self.problem.say("")
        self.told.setText(sentence)

    def _fail(self, sentence: str) -> None:
        self.told.setText("")
        self.problem.say(sentence)

    @Slot()
    def _typed(self) -> None:
        self.problem.say("")

    @Slot()
    def _show_blanks(self) -> None:
        found = self.text.blanks()
        if found:
            self.count.setText(count_of(len(found), "{n} blank left", "{n} blanks left"))
        else:
            self.count.setText(tr("Nothing is blank"))
        self.blanks.set_lines(
            [
                Line(str(number), blank.what or tr("to fill in"), icon="edit")
                for number, blank in enumerate(found)
            ]
        )
        self.blanks.setVisible(bool(found))
        self.hint.setVisible(bool(found))

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        self._go(self.blanks.chosen_id)

    @Slot(str)
    def _go(self, number: str) -> None:
        if number:
            self.panes.show_pane(0)
            self.text.go_to_blank(int(number))

    @Slot()
    def _next_blank(self) -> None:
        self.panes.show_pane(0)
        self.text.go_on()

    def sizeHint(self) -> QSize:
        """Wide enough for a letter and its blanks, within the screen."""
        screen = self.screen().availableSize()
        return QSize(
            min(px(_WIDE), screen.width() * 9 // 10), min(px(_HIGH), screen.height() * 9 // 10)
        )
