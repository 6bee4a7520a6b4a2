"""Which dates are shown: several kinds at once, remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.memory import Memory
from ui.pages.due_kinds import DUE_KINDS
from ui.shell import Shell
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField
from ui.widgets.flow import flow
from ui.widgets.icons import dress
from ui.widgets.layout import column, line, rule
from ui.widgets.text import button, muted, relabel
from ui.wording import count_of, tr

_KEY: Final = "calendar/hidden_kinds"
_MOST_NAMED: Final = 2
_FIRST: Final = frozenset({"appeal", "keep_benefits"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which kinds are not shown, and whether what was done or let go is."""

    hidden: frozenset[str] = frozenset()
    settled: bool = False


class KindsFilter(QWidget):
    """A button that says what is hidden, and asks what should be.

    What is kept are the kinds that are hidden: a kind that comes later is shown.
    """

    changed = Signal()

    def __init__(self, memory: Memory, shell: Shell) -> None:
        super().__init__()
        self._memory, self._shell = memory, shell
        kept = (memory.recall(_KEY) or "").split(",")
        self._wanted = Wanted(frozenset(kept) & DUE_KINDS.keys())
        self.button = button("", self.ask, "filter")
        self.setLayout(line(self.button, stretch=False))
        self._say()

    @property
    def hidden(self) -> frozenset[str]:
        """The kinds that are not shown."""
        return self._wanted.hidden

    @property
    def settled(self) -> bool:
        """Whether what was done or let go is shown too."""
        return self._wanted.settled

    def ask(self) -> None:
        """Ask what is to be shown."""
        if wanted := self._shell.ask_dialog(KindsDialog(self._wanted)):
            self.want(wanted)

    def want(self, wanted: Wanted) -> None:
        """Show this from now on."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._memory.remember(_KEY, ",".join(sorted(wanted.hidden)))
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        names = [tr(kind.many) for key, kind in DUE_KINDS.items() if key in self.hidden]
        if not names:
            words = tr("All kinds of dates")
        elif len(names) <= _MOST_NAMED:
            words = tr("Hidden: {kinds}", kinds=", ".join(names))
        else:
            words = count_of(len(names), "{n} kind is hidden", "{n} kinds are hidden")
        if self.settled:
            words = tr("{words}, also settled", words=words)
        relabel(self.button, words)


class KindsDialog(AskDialog[Wanted]):
    """All kinds of dates, each with its icon and a box to tick."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(tr("Which dates to show"), tr("Show these"))
        self.form.hide()
        inner = column(0)
        self.all = button(tr("All kinds"), lambda: self._tick(DUE_KINDS.keys()))
        self.only = button(tr("Only appeals and my care"), lambda: self._tick(_FIRST))
        inner.addWidget(flow(self.all, self.only))
        inner.addSpacing(8)
        self.boxes: dict[str, CheckField] = {}
        for key, kind in DUE_KINDS.items():
            box = self.boxes[key] = CheckField(tr(kind.many), value=key not in wanted.hidden)
            dress(box, kind.icon)
            inner.addWidget(box)
        inner.addWidget(rule())
        self.settled = CheckField(tr("Also what is done or let go"), value=wanted.settled)
        inner.addWidget(self.settled)
        inner.addWidget(muted(tr("What has no date yet is always shown, whatever is ticked here.")))
        made = QWidget()
        made.setLayout(inner)
        self.body.insertWidget(0, made)

    def _tick(self, kinds: Collection[str]) -> None:
        for key, box in self.boxes.items():
            box.set_value(key in kinds)

    def answer(self) -> Wanted:
        """Return what is ticked now."""
        hidden = frozenset(key for key, box in self.boxes.items() if not box.value())
        return Wanted(hidden, self.settled.value())
