"""What is said of an item of the checklist: who was asked for it, or which paper it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.evidence import ChecklistItem
from app.operations.checklist import suggested_again
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.names import PAPER_KINDS, word_for
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import DateField, TextField
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import Label, label, muted
from ui.wording import short_date, tr


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedInput:
    """What was filled in; the names are those that `mark_asked` takes."""

    of: str
    on: date
    again_on: date | None


class AskedDialog(AskDialog[AskedInput]):
    """Asks who was asked for an item, when, and when to ask again."""

    def __init__(self, desk: Desk, shown: ChecklistItem) -> None:
        super().__init__(tr("You asked for it"), tr("Save"))
        before, form = shown.asked, self.form
        form.add_widget(Label(tr(shown.item.text), "strong"))
        self.of = form.add(
            tr("Whom did you ask?"),
            TextField(before.of if before else "", tr("For example: Dr. Okafor's office")),
            tr("Who usually has it: {who}.", who=tr(shown.item.ask)) if shown.item.ask else "",
        )
        on = (before and before.on) or desk.today()
        self.on = form.add(tr("On which day?"), DateField(desk.today, "past", on))
        again = before.again_on if before else suggested_again(on)
        self.again_on = form.add(
            tr("When do you want to ask again?"),
            DateField(desk.today, "future", again),
            tr("The day goes into your calendar. Leave it empty if you need no reminder."),
        )
        self._suggested = again
        self.on.changed.connect(self._suggest)

    @Slot()
    def _suggest(self) -> None:
        """Move the suggested day along, unless the person has chosen one."""
        try:
            on, again = self.on.value(), self.again_on.value()
        except UserError:
            return
        if on and again == self._suggested and again is not None:
            self._suggested = suggested_again(on)
            self.again_on.set_value(self._suggested)

    def answer(self) -> AskedInput:
        """Return what is filled in now."""
        on = self.on.value()
        if on is None:
            raise UserError(tr("Enter the day on which you asked."))
        return AskedInput(of=self.of.value(), on=on, again_on=self.again_on.value())


class WhichPaperDialog(AskDialog[str]):
    """Asks which paper is the item: those of the claim first, then those of no claim."""

    def __init__(
        self, shown: ChecklistItem, filed: Sequence[PaperRow], unfiled: Sequence[PaperRow]
    ) -> None:
        super().__init__(tr("Which paper is it?"), tr("This is it"))
        self.form.add_widget(Label(tr(shown.item.text), "strong"))
        self.form.add_widget(muted(tr(shown.item.why)))
        self.list = ChooserList(tr("Papers"))
        self.list.set_lines(
            [
                *(_line(paper, tr("of this claim")) for paper in filed),
                *(_line(paper, tr("in the Inbox: it will be filed here")) for paper in unfiled),
            ]
        )
        self.list.setMinimumHeight(200)
        self.list.opened.connect(self.accept)
        self.body.insertWidget(1, self.list, 1)
        if not (filed or unfiled):
            self.list.hide()
            self.go.setEnabled(False)
            self.form.add_widget(label(tr("There is no paper to choose yet. Add it first.")))

    def answer(self) -> str:
        """Return the id of the chosen paper."""
        if not self.list.chosen_id:
            raise UserError(tr("Choose the paper in the list."))
        return self.list.chosen_id


def _line(paper: PaperRow, where: str) -> Line:
    kind = tr(word_for(PAPER_KINDS, paper.kind, "Paper"))
    about = " · ".join(filter(None, (kind, short_date(paper.dated_on), where)))
    return Line(paper.id, paper.name, about, "paper")
