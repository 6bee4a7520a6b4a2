"""One line of the diary, to correct it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.diary_line import DiaryLine
from ui.care_names import DIARY_KINDS
from ui.desk import Desk
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryInput:
    """The fields of a line as filled in; their names are those of `DiaryLine`."""

    on: date
    kind: str
    text: str
    score: int | None


def score_field(value: int | None = None) -> ChoiceField[int]:
    """Return a choice from 0 to 10; typing the number chooses it."""
    made = ChoiceField([(each, str(each)) for each in range(11)], unknown=tr("0–10"), value=value)
    made.setMinimumContentsLength(3)
    return made


class DiaryDialog(AskDialog[DiaryInput]):
    """Asks for the day, the words and the number again."""

    def __init__(self, desk: Desk, before: DiaryLine) -> None:
        """Make the form for a line that is there."""
        super().__init__(tr("Change a line of the diary"), tr("Save"))
        self._day = before.on
        self.text = self.form.add(tr("What happened"), TextField(before.text))
        self.on = self.form.add(tr("On which day?"), DateField(desk.today, "past", before.on))
        self.score = self.form.add(
            tr("How bad was it, from 0 to 10?"),
            score_field(before.score),
            tr("0 is not at all, 10 the worst."),
        )
        self.kind = self.form.add(
            tr("What is it about?"), ChoiceField(choices(DIARY_KINDS), value=before.kind)
        )

    def answer(self) -> DiaryInput:
        """Return what is filled in now."""
        return DiaryInput(
            on=self.on.value() or self._day,
            kind=self.kind.value() or "symptom",
            text=self.text.value(),
            score=self.score.value(),
        )
