"""How thoroughly to check the binder."""

from __future__ import annotations

from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField
from ui.widgets.text import label
from ui.wording import tr


class CheckDialog(AskDialog[bool]):
    """Asks for the quick or the full check; the answer is whether it is the full one."""

    def __init__(self) -> None:
        super().__init__(tr("Check the binder"), tr("Check now"))
        self.form.add_widget(
            label(tr("This looks whether every paper is there and nothing is damaged. It takes "
                     "seconds, and you can go on working."))
        )  # fmt: skip
        self.full = self.form.add(
            "",
            CheckField(tr("Read every paper as well")),
            tr("This may take minutes. Do it after a crash of the computer, or once a year."),
        )

    def answer(self) -> bool:
        """Return whether to read everything."""
        return self.full.value()
