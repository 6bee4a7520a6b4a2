"""A form with the paper it is about beside it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.storage.queries.papers import paper_row
from ui.desk import Desk
from ui.dialogs.expense_picture import BESIDE, WIDE, Picture, put_beside
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField

T = TypeVar("T")


class BesidePaper(AskDialog[T]):
    """Shows the paper that is chosen in a field.

    A dialog calls `lay_beside` at the end of its `__init__`.
    """

    def lay_beside(self, desk: Desk, document: ChoiceField[str]) -> None:
        """Put the picture of the chosen paper beside what scrolls."""
        self._paper_desk, self._paper_field = desk, document
        self.picture = Picture(desk)
        holder = QWidget()
        self._room = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(24)
        outer = self.layout()
        assert outer is not None
        outer.replaceWidget(self._scroll, holder)
        self._room.addWidget(self.picture, 1)
        self._room.addWidget(self._scroll, 1)
        document.changed.connect(self._show_paper)
        self._show_paper()

    @Slot()
    def _show_paper(self) -> None:
        chosen = self._paper_field.value()
        self.picture.show_paper(self._paper_desk.binder.ask(paper_row, chosen) if chosen else None)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the paper above the form where there is no room beside it."""
        super().resizeEvent(event)
        put_beside(self._room, self.picture, width=self.width())

    def sizeHint(self) -> QSize:
        """As much as the form needs, and room for the paper beside it."""
        hint = super().sizeHint()
        if self.picture.isHidden():
            return hint
        most = self.screen().availableSize().width() * 9 // 10
        wide = max(px(BESIDE), hint.width() + px(WIDE) + 24)
        return QSize(min(wide, most), max(hint.height(), px(560)))
