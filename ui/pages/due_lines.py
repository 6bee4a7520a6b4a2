"""How an entry of the calendar is shown wherever one is shown: its words, its icon, its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.undated import Undated
from app.storage.queries.dates import DueRow
from ui.pages.due_kinds import due_kind
from ui.pages.due_words import (
    basis_words,
    due_sentence,
    left_words,
    more_dates,
    since_words,
    urgency,
)
from ui.style import Tone, px
from ui.widgets.flow import flow
from ui.widgets.text import Label, LabelLook, button, elided, icon_label, label, muted
from ui.wording import short_date, tr

__all__ = ["DueLine", "EntryLine", "ShortDueLine", "UndatedNotice", "more_dates"]

LOOKS: Final[dict[Tone, LabelLook]] = {
    "danger": "danger", "warning": "warning", "good": "good", "muted": "muted",
}  # fmt: skip
UNDATED_ICONS: Final = {
    "fast_appeal": "warning",
    "keep_benefits": "keep-care",
    "denial": "flag",
    "step": "scales",
    "answer": "hourglass",
    "request": "hourglass",
}
_WORDS_WIDTH: Final = 280
"""The least room for words beside buttons, in pixels at 100 %."""
_LOUD: Final[dict[str, Tone]] = {"fast_appeal": "danger", "answer": "ink", "request": "ink"}


class EntryLine(QWidget):
    """An icon, what is said beside it, and buttons: at the right, or below where room is short."""

    def __init__(
        self, icon: str, tone: Tone, said: Sequence[Label], buttons: Sequence[QPushButton]
    ) -> None:
        super().__init__()
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for each in said:
            column.addWidget(each)
        column.addStretch(1)
        self._buttons = flow(*buttons)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(8)
        self._beside.addWidget(words, 1)
        self._beside.addWidget(self._buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        layout.addWidget(icon_label(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._beside, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again whether there is room beside the words when the buttons need more of it."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        is_narrow = self.width() - self._buttons.sizeHint().width() < px(_WORDS_WIDTH)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)


class DueLine(EntryLine):
    """An entry with its buttons: what it is, how many days are left, and where it comes from."""

    def __init__(
        self,
        row: DueRow,
        today: date,
        done: Callable[[], object] | None,
        *,
        with_claim: bool,
        more: Sequence[QPushButton] = (),
        also: str = "",
    ) -> None:
        now = urgency(row, today)
        what = " · ".join(part for part in (row.title, row.claim if with_claim else "") if part)
        said = due_sentence(row, today)
        presses = row.is_open and row.last_day >= today and now.word
        about = [basis_words(row), tr("{name} does it", name=row.doer) if row.doer else ""]
        made = [button(tr("Done"), done, "check")] if done else []
        super().__init__(
            due_kind(row.kind).icon,
            now.tone,
            [
                Label(what, "strong"),
                Label(f"{now.word}: {said}" if presses else said, LOOKS.get(now.tone, "body")),
                *([label(also)] if also else []),
                muted(" · ".join(part for part in about if part)),
            ],
            [*made, *more],
        )


class ShortDueLine(EntryLine):
    """An entry in few words, for where the story needs the room: its day, and the days to it."""

    def __init__(self, row: DueRow, today: date, do: QPushButton) -> None:
        tone = urgency(row, today).tone
        day = row.last_day if row.aim_on < today else row.aim_on  # of which the days are left
        when = f"{short_date(day)} · {left_words(row, today)}"
        said = [elided(row.title), Label(when, LOOKS.get(tone, "muted"))]
        super().__init__(due_kind(row.kind).icon, tone, said, [do])


class UndatedNotice(EntryLine):
    """Something without a date that must not be forgotten, with the buttons that settle it.

    What to do stands in one line, which says all of it to the ear and on its tooltip; whoever
    shows it offers the rest among `buttons`.
    """

    def __init__(
        self, entry: Undated, today: date, buttons: Sequence[QPushButton], *, with_claim: bool
    ) -> None:
        claim = entry.claim if with_claim else ""
        said = f"{since_words(entry, today)} {entry.sentence}"
        super().__init__(
            UNDATED_ICONS.get(entry.kind, "warning"),
            _LOUD.get(entry.kind, "warning"),
            [
                Label(" · ".join(part for part in (entry.title, claim) if part), "strong"),
                elided(said.strip()),
            ],
            buttons,
        )
