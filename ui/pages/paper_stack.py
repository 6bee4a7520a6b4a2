"""Where a page shows its papers, or says what goes here while there are none."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class PaperStack(QStackedWidget):
    """Shows nothing until the first answer came, then the papers or the empty state.

    It fills the room there is and asks for no more than it needs: what is in it scrolls itself,
    and a page that asked for more would scroll as a whole.
    """

    def __init__(self, papers: QWidget, empty: QWidget) -> None:
        super().__init__()
        for widget in (QWidget(), papers, empty):
            self.addWidget(widget)

    def show_state(self, *, has_papers: bool) -> None:
        """Show the papers, or the empty state."""
        self.setCurrentIndex(1 if has_papers else 2)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())
