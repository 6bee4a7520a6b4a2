"""Asking for papers: what was asked for, of whom, and on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.operations.rules import clock_book
from ui.desk import Desk
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.text import label
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestInput:
    """What was filled in; the names are those that `ask_for` takes."""

    what: str
    on: date
    of: str
    denial_id: str | None


class RequestDialog(AskDialog[RequestInput]):
    """Asks what one has asked for; the time for the answer begins on that day."""

    def __init__(self, desk: Desk, denials: Sequence[tuple[str, str]], of: str = "") -> None:
        """Make the form; `denials` are the ids and words of those it may be about."""
        super().__init__(tr("We asked for papers"), tr("Save"))
        form = self.form
        form.add_widget(
            label(
                tr("They must show you what they decided by, free of charge. Ask in writing and "
                   "keep a copy. The calendar will say when an answer is due.")
            )
        )  # fmt: skip
        asked = [(word, tr(rule.title)) for word, rule in clock_book().askable().items()]
        self.what = form.add(tr("What did you ask for?"), ChoiceField(asked, roomy=True))
        self.on = form.add(tr("On which day?"), DateField(desk.today, "past", desk.today()))
        self.of = form.add(
            tr("Whom did you ask?"), TextField(of, tr("The plan, the employer, the hospital …"))
        )
        self.denial = form.add(
            tr("About which “no”?"),
            ChoiceField(denials, unknown=tr("None"), value=denials[0][0] if denials else None),
        )
        form.set_row_visible(self.denial, bool(denials))

    def answer(self) -> RequestInput:
        """Return what is filled in now."""
        what, on = self.what.value(), self.on.value()
        if what is None or on is None:
            raise UserError(tr("Enter the day on which you asked."))
        return RequestInput(what=what, on=on, of=self.of.value(), denial_id=self.denial.value())
