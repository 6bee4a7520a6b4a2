"""Which kinds of dates are shown: several at once, remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from ui.memory import Memory
from ui.pages.due_kinds import DUE_KINDS
from ui.style import px
from ui.widgets.fields import CheckField
from ui.widgets.icons import dress
from ui.widgets.layout import Scrolling, column, line
from ui.widgets.text import button, relabel
from ui.wording import count_of, tr

_KEY: Final = "calendar/hidden_kinds"
_MOST_NAMED: Final = 2


class KindsFilter(QWidget):
    """A button that says what is hidden; it opens a list of all kinds, each with its icon.

    What is kept are the kinds that are hidden: a kind that comes later is shown.
    """

    changed = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        kept = (memory.recall(_KEY) or "").split(",")
        self._hidden = frozenset(kept) & DUE_KINDS.keys()
        self.button = button("", self.open, "filter")
        self.setLayout(line(self.button, stretch=False))
        self.panel = _Panel(self)
        self._say()

    @property
    def hidden(self) -> frozenset[str]:
        """The kinds that are not shown."""
        return self._hidden

    def set_hidden(self, kinds: Collection[str]) -> None:
        """Hide these kinds and show all others."""
        hidden = frozenset(kinds) & DUE_KINDS.keys()
        if hidden != self._hidden:
            self._hidden = hidden
            self._memory.remember(_KEY, ",".join(sorted(hidden)))
            self._say()
            self.panel.show_hidden(hidden)
            self.changed.emit()

    def open(self) -> None:
        """Open the list below the button."""
        self.panel.show_hidden(self._hidden)
        self.panel.open_below(self.button)

    def _say(self) -> None:
        names = [tr(kind.many) for key, kind in DUE_KINDS.items() if key in self._hidden]
        if not names:
            words = tr("All kinds of dates")
        elif len(names) <= _MOST_NAMED:
            words = tr("Hidden: {kinds}", kinds=", ".join(names))
        else:
            words = count_of(len(names), "{n} kind is hidden", "{n} kinds are hidden")
        relabel(self.button, words)


class _Panel(QFrame):
    """The list of kinds, over the page; Esc and a click beside it close it."""

    def __init__(self, kinds: KindsFilter) -> None:
        super().__init__(kinds, Qt.WindowType.Popup)
        self._kinds = kinds
        self.setProperty("look", "popup")
        self.setAccessibleName(tr("Which kinds of dates to show"))
        self.boxes: dict[str, CheckField] = {}
        inner = QWidget()
        rows = column(0, 8)
        inner.setLayout(rows)
        for key, kind in DUE_KINDS.items():
            box = self.boxes[key] = CheckField(tr(kind.many), value=True)
            dress(box, kind.icon)
            box.changed.connect(self._ticked)
            rows.addWidget(box)
        self._scroll = Scrolling(inner)
        self._inner = inner
        self.all = button(tr("Show all"), lambda: kinds.set_hidden(()))
        self.none = button(tr("Only appeals and my care"), self._only_first)
        layout = column(8, 8)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.none)
        layout.addWidget(self.all)
        self.setLayout(layout)

    def show_hidden(self, hidden: Collection[str]) -> None:
        """Tick what is shown."""
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.set_value(key not in hidden)
            box.blockSignals(False)

    def open_below(self, button: QWidget) -> None:
        """Open below a button, within the screen."""
        room = self.screen().availableGeometry()
        rest = self.sizeHint().height() - self._scroll.sizeHint().height()
        wanted = self._inner.sizeHint() + QSize(px(40), rest + 8)
        self.resize(wanted.boundedTo(room.size() * 0.95))
        place = button.mapToGlobal(QPoint(0, button.height()))
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), min(place.y(), room.bottom() - self.height())))
        self.move(place)
        self.show()
        next(iter(self.boxes.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _ticked(self) -> None:
        self._kinds.set_hidden([key for key, box in self.boxes.items() if not box.value()])

    def _only_first(self) -> None:
        self._kinds.set_hidden(set(DUE_KINDS) - {"appeal", "keep_benefits"})
