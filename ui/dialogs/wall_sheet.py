"""What to print of the dates: a list or months, and what visitors may read on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.text import label
from ui.wording import tr

_LIST: Final = 0
_CHOICES: Final = (
    (_LIST, "A list of all dates"),
    (1, "One month"),
    (3, "Three months, a page each"),
    (6, "Six months, a page each"),
)


@dataclass(frozen=True, slots=True)
class WallSheetAnswer:
    """Which pages: `months` of them, or 0 for the list; and whether they say what is due."""

    months: int
    details: bool


class WallSheetDialog(AskDialog[WallSheetAnswer]):
    """Asks what is to be on the paper; the sheet is then opened to look at and to print."""

    def __init__(self) -> None:
        super().__init__(tr("Print your dates"), tr("Save and open …"))
        self.form.add_widget(
            label(
                tr("The sheet is saved as a PDF and opened, so that you can look at it and print "
                   "it. What has no date yet stands at its top.")
            )
        )  # fmt: skip
        self.months = self.form.add(
            tr("What should be printed?"),
            ChoiceField([(months, tr(words)) for months, words in _CHOICES], value=_LIST),
        )
        self.details = self.form.add(
            tr("What may it say?"),
            ChoiceField(
                [
                    (False, tr("Kinds of dates only")),
                    (True, tr("What is due, and for whom")),
                ],
                value=False,
            ),
            tr("Whoever comes to the house can read a sheet on the wall."),
        )

    def answer(self) -> WallSheetAnswer:
        """Return what is chosen."""
        return WallSheetAnswer(self.months.value() or _LIST, bool(self.details.value()))
