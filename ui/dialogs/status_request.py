"""Where does it stand? What to say on the phone, and the same as a letter, ready to use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QGuiApplication

from app.domain.errors import UserError
from app.operations.letters import BLANK, StatusRequest
from ui.dialogs.status_request_paper import letter_as_pdf, letter_on_paper
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import NoteField
from ui.widgets.flow import flow
from ui.widgets.layout import Card
from ui.widgets.text import button, copyable, muted, relabel
from ui.wording import tr

StatusDeed = Literal["call"]


class StatusRequestDialog(AskDialog[StatusDeed]):
    """Shows a call and a letter; both can be copied, the letter changed, printed and saved."""

    def __init__(
        self,
        made: StatusRequest,
        choose_new_file: Callable[[str, str, str], Path | None],
    ) -> None:
        """Show what was made; `choose_new_file` asks where a PDF should lie."""
        super().__init__(tr("Ask where it stands"), tr("Log the call …"))
        self._choose_new_file = choose_new_file
        relabel(self.cancel, tr("Close"))
        phone = Card(tr("On the phone"), "phone")
        for line in made.phone:
            phone.body.addWidget(copyable(line))
        self.form.add_widget(phone)
        self.letter = self.form.add(
            tr("As a letter"),
            NoteField(made.letter, lines=12),
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
        letter_on_paper(self.letter.toPlainText(), self.windowTitle(), self)

    def save(self) -> None:
        """Ask for a place and write the letter there as a PDF."""
        self.problem.say("")
        target = self._choose_new_file(
            tr("Save the letter"), tr("Where does it stand.pdf"), tr("PDF files (*.pdf)")
        )
        if target is None:
            return
        try:
            letter_as_pdf(self.letter.toPlainText(), self.windowTitle(), target)
        except UserError as error:
            self.problem.say(str(error))
        else:
            self.told.setText(tr("Saved: {name}", name=target.name))
