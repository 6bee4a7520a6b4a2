"""Dialogs that only tell something: one button, which closes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.widgets.dialog import AskDialog
from ui.widgets.text import copyable, label, muted
from ui.wording import count_of, tr

_MOST_NAMED = 200


class TellDialog(AskDialog[bool]):
    """A dialog with nothing to answer; Esc and the one button close it."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, tr("Close"), parent)
        self.cancel.hide()

    def answer(self) -> bool:
        """Return that it was seen."""
        return True


class ProblemsDialog(TellDialog):
    """Names everything that is not as it should be, each in a sentence that can be copied."""

    def __init__(self, heading: str, begin: str, problems: Sequence[str], end: str = "") -> None:
        super().__init__(heading)
        self.form.add_widget(label(begin))
        for problem in problems[:_MOST_NAMED]:
            self.form.add_widget(copyable(f"• {problem}"))
        if len(problems) > _MOST_NAMED:
            left = len(problems) - _MOST_NAMED
            self.form.add_widget(label(count_of(left, "And {n} more.", "And {n} more.")))
        if end:
            self.form.add_widget(muted(end))
