"""The paper of an expense beside its form, as large as there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.fact_rows import FactRow
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.style import px
from ui.widgets.page_view import PageView
from ui.wording import tr

BESIDE = 780
"""The width of a dialog in pixels at 100 % from which the paper stands beside the form."""

WIDE = 360
"""The least width of the paper beside a form, in pixels at 100 %."""

_HIGH = 190


class Picture(QWidget):
    """Shows one paper and lights up the words that a value was read from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.view = PageView(desk.quick, desk.reader.page_picture, desk.reader.page_text)
        layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.hide()

    def show_paper(self, paper: PaperRow | None) -> None:
        """Show a paper, or nothing where there is none or its pages cannot be shown."""
        has_pages = paper is not None and bool(paper.pages)
        self.setVisible(has_pages)
        if paper is not None and has_pages:
            self.view.show_paper(paper.id, paper.pages or 0, paper.name)
        else:
            self.view.clear(tr("Choose a paper to see it here."))

    def light(self, row: FactRow) -> None:
        """Light up where a value was read."""
        if row.page and row.boxes:
            self.view.light_up(row.page, row.boxes)


def put_beside(room: QBoxLayout, picture: Picture, *, width: int) -> None:
    """Lay a picture beside its form, or above it where the dialog is narrow."""
    direction = QBoxLayout.Direction
    is_wide = width >= px(BESIDE)
    room.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
    picture.setMinimumWidth(px(WIDE) if is_wide else 0)
    picture.setMaximumHeight(16_777_215 if is_wide else px(_HIGH))
