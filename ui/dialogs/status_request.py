"""Where does it stand? What to say on the phone, and the same as a letter, ready to use."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QGuiApplication

from app.domain.letter_template import BLANK
from app.operations.letters import StatusRequest
from ui.dialogs.letter_paper import LetterPaper
from ui.dialogs.letter_text import LetterText
from ui.widgets.dialog import AskDialog
from ui.widgets.flow import flow
from ui.widgets.layout import Card
from ui.widgets.text import button, copyable, muted, relabel
from ui.wording import tr

StatusDeed = Literal["call"]


class StatusRequestDialog(AskDialog[StatusDeed]):
    """Shows a call and a letter; both can be copied, the letter changed, printed and saved."""

    def __init__(self, made: StatusRequest, paper: LetterPaper) -> None:
        """Show what was made; `paper` prints the letter and saves it as a PDF."""
        super().__init__(tr("Ask where it stands"), tr("Log the call …"))
        self._paper = paper
        relabel(self.cancel, tr("Close"))
        phone = Card(tr("On the phone"), "phone")
        for line in made.phone:
            phone.body.addWidget(copyable(line))
        self.form.add_widget(phone)
        self.letter = self.form.add(
            tr("As a letter"),
            LetterText(made.letter, lines=12),
            tr("Fill in what is left blank ({blank}). Nothing is sent from here.", blank=BLANK),
        )
        self.told = muted("")
        self.form.add_widget(
            flow(
                button(tr("Copy the letter"), self._copy, "note"),
                button(tr("Print …"), self._print, "print"),
                button(tr("Save as PDF …"), self.save, "save"),
            )
        )
        self.form.add_widget(self.told)

    def answer(self) -> StatusDeed:
        """Return that the call is to be written down."""
        return "call"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())
        self.told.setText(tr("The letter is copied. Paste it where you like."))

    def _print(self) -> None:
        self._say("")
        self._paper.print(self.windowTitle(), self.letter.toPlainText(), self, self._fail)

    def save(self) -> None:
        """Ask for a place and write the letter there as a PDF."""
        self._say("")
        text = self.letter.toPlainText()
        self._paper.save(tr("Where does it stand"), text, self, self._say, self._fail)

    def _say(self, sentence: str) -> None:
        self.problem.say("")
        self.told.setText(sentence)

    def _fail(self, sentence: str) -> None:
        self.told.setText("")
        self.problem.say(sentence)
