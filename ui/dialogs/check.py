"""How thoroughly to check the binder."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton

from ui.widgets.dialog import AskDialog
from ui.widgets.text import label, muted
from ui.wording import tr


class CheckDialog(AskDialog[bool]):
    """Asks for the quick or the full check; the answer is whether it is the full one."""

    def __init__(self) -> None:
        super().__init__(tr("Check the binder"), tr("Check now"))
        self.form.add_widget(
            label(tr("This looks whether every paper is there and nothing is damaged. "
                     "You can go on working meanwhile."))
        )  # fmt: skip
        self.quick = QRadioButton(tr("Quick: seconds"))
        self.full = QRadioButton(tr("Full: reads every paper"))
        self._group = QButtonGroup(self)
        for choice in (self.quick, self.full):
            self._group.addButton(choice)
            self.form.add_widget(choice)
        self.quick.setChecked(True)
        self.form.add_widget(
            muted(
                tr(
                    "The full check may take minutes. Do it after a crash of the computer, "
                    "or once a year."
                )
            )
        )

    def answer(self) -> bool:
        """Return whether to read everything."""
        return self.full.isChecked()
