"""What to print of a claim's story: what others may read, or one's own copy."""

from __future__ import annotations

from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.text import label
from ui.wording import tr


class StorySheetDialog(AskDialog[bool]):
    """Asks for whom the story is printed; the answer is whether everything goes in."""

    def __init__(self) -> None:
        super().__init__(tr("Print the story"), tr("Save and open …"))
        self.form.add_widget(
            label(tr("Each line names the paper that shows it. The pages are saved as a PDF and "
                     "opened, so that you can look at them and print them."))
        )  # fmt: skip
        self.whole = self.form.add(
            tr("Who will read it?"),
            ChoiceField(
                [
                    (False, tr("Others: without what is private or left out")),
                    (True, tr("Only I: everything, also what is private")),
                ],
                value=False,
            ),
            tr("Private are money, your dates, the diary, and what you noted in calls."),
        )

    def answer(self) -> bool:
        """Return whether private and hidden lines go in."""
        return bool(self.whole.value())
