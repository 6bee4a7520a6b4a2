"""Several pictures at once: one letter, or one paper each?"""

from __future__ import annotations

from collections.abc import Sequence

from ui.widgets.dialog import AskDialog
from ui.widgets.text import button, label, muted
from ui.wording import tr

_MOST_NAMED = 6


class PicturesDialog(AskDialog[bool]):
    """Asks whether pictures are the pages of one letter; the answer is True or False."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(tr("Are these {n} pictures one letter?", n=len(names)), tr("One letter"))
        self._as_one = True
        self.form.add_widget(
            label(
                tr("Pages of one letter are kept together, in the order of their names. "
                   "You can join papers later, too.")
            )
        )  # fmt: skip
        shown = list(names[:_MOST_NAMED])
        if len(names) > len(shown):
            shown.append(tr("and {n} more", n=len(names) - len(shown)))
        self.form.add_widget(muted("\n".join(shown)))
        self.each = button(tr("{n} papers", n=len(names)), self._take_each)
        self.buttons.insertWidget(self.buttons.indexOf(self.go), self.each)

    def answer(self) -> bool:
        """Return whether they are one letter."""
        return self._as_one

    def _take_each(self) -> None:
        self._as_one = False
        self.accept()
