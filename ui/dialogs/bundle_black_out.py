"""Asks what nobody shall see on the pages of a paper, and shows it black."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from app.domain.bundle import BlackBox
from app.domain.errors import UserError
from ui.bridges import JobBridge
from ui.dialogs.bundle_black_sheet import BlackSheet
from ui.dialogs.bundle_room import Room
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.flow import flow
from ui.widgets.text import Label, button, icon_button, label, muted
from ui.wording import count_of, tr

Picture = Callable[[int, int], bytes]
"""Draws a page (from 1) so many pixels wide; called on a thread."""

_ZOOMS: Final = (1.0, 1.5, 2.0, 3.0)
_PICTURE_PX: Final = 1800


class BlackOutDialog(AskDialog[tuple[BlackBox, ...]]):
    """One page after the other, with boxes to draw; the answer are the boxes of all pages."""

    def __init__(
        self,
        jobs: JobBridge,
        picture: Picture,
        *,
        name: str,
        pages: int,
        boxes: Sequence[BlackBox] = (),
        page: int = 1,
    ) -> None:
        """Show the paper `name` from `page` on; it has so many `pages`."""
        super().__init__(tr("The page, and what is blacked out"), tr("Use these boxes"))
        self._jobs, self._picture = jobs, picture
        self._pages = max(1, pages)
        self._page = min(max(1, page), self._pages)
        self._zoom = 0
        self._boxes: dict[int, tuple[tuple[float, float, float, float], ...]] = {}
        for box in boxes:
            place = (box.x0, box.y0, box.x1, box.y1)
            self._boxes[box.page] = (*self._boxes.get(box.page, ()), place)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._fit)
        self._build(name)
        self._show_page()

    def _build(self, name: str) -> None:
        self.form.hide()
        self.sheet = BlackSheet()
        self.sheet.changed.connect(self._changed)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.sheet)
        self.where = Label("", "strong", wrap=False)
        self.where.setMinimumHeight(px(34))
        self.count = muted("", wrap=False)
        self.before = icon_button(tr("Page before"), "left", lambda: self.go_to(self._page - 1))
        self.after = icon_button(tr("Next page"), "right", lambda: self.go_to(self._page + 1))
        self.add = button(tr("Add a box"), self._add, "plus")
        self.clear = button(tr("Clear this page"), self._clear, "trash")
        smaller = icon_button(tr("Smaller"), "zoom-out", lambda: self.zoom(-1))
        larger = icon_button(tr("Larger"), "zoom-in", lambda: self.zoom(1))
        how = label(
            tr("Draw a box with the mouse over what nobody should see, or add one and put it in "
               "place with the arrow keys; with Shift they make it larger or smaller. Delete takes "
               "a box away. In every bundle, what lies under a box is gone, not only covered.")
        )  # fmt: skip
        self.body.insertWidget(0, label(name))
        self.body.insertWidget(1, how)
        self.body.insertWidget(
            2, flow(self.before, self.where, self.after, smaller, larger, self.add, self.clear)
        )
        self.body.insertWidget(3, Room(self.area, QSize(280, 240)), 1)
        self.body.insertWidget(4, self.count)
        self.body.setStretch(self.body.count() - 1, 0)

    def sizeHint(self) -> QSize:
        """As much as the screen gives: what is to be covered must be seen."""
        screen = self.screen().availableSize()
        return QSize(
            min(max(px(820), 980), screen.width() * 9 // 10),
            min(max(px(760), 880), screen.height() * 9 // 10),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    # ------------------------------------------------------------------ pages

    @property
    def page(self) -> int:
        """The page that is shown."""
        return self._page

    def go_to(self, page: int) -> None:
        """Show another page; the boxes of this one are kept."""
        if 1 <= page <= self._pages and page != self._page:
            self._boxes[self._page] = self.sheet.boxes
            self._page = page
            self._show_page()

    def zoom(self, steps: int) -> None:
        """Show the page larger or smaller."""
        self._zoom = min(max(0, self._zoom + steps), len(_ZOOMS) - 1)
        self._fit()

    def _show_page(self) -> None:
        page, picture = self._page, self._picture
        self.sheet.set_boxes(self._boxes.get(page, ()))
        self.sheet.show_message(tr("The page is being drawn …"))
        self._say_where()

        def show(image: QImage) -> None:
            if page == self._page:
                self.sheet.show_picture(image)
                self._fit()

        def refused(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._jobs.failed.emit(error)
            if page == self._page:
                self.sheet.show_message(
                    str(error) if isinstance(error, UserError) else tr("This cannot be shown.")
                )

        self._jobs.run(
            "", lambda _progress: _image(picture(page, _PICTURE_PX)), show, refused, owner=self
        )

    @Slot()
    def _fit(self) -> None:
        room = self.area.viewport().size()
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.sheet.set_wide(round((room.width() - bar) * _ZOOMS[self._zoom]))

    # ------------------------------------------------------------------ boxes

    def _add(self) -> None:
        handle = self.sheet.add_box()
        self.area.ensureWidgetVisible(handle)

    def _clear(self) -> None:
        self.sheet.set_boxes(())
        self._changed()

    @Slot()
    def _changed(self) -> None:
        self._boxes[self._page] = self.sheet.boxes
        self._say_where()

    def _say_where(self) -> None:
        self.where.setText(tr("Page {n} of {of}", n=self._page, of=self._pages))
        self.before.setEnabled(self._page > 1)
        self.after.setEnabled(self._page < self._pages)
        everywhere = sum(len(boxes) for boxes in self._boxes.values())
        self.count.setText(
            count_of(everywhere, "{n} box on this paper", "{n} boxes on this paper")
            if everywhere
            else tr("Nothing is blacked out on this paper.")
        )

    def answer(self) -> tuple[BlackBox, ...]:
        """Return the boxes of all pages."""
        self._boxes[self._page] = self.sheet.boxes
        return tuple(
            BlackBox(page=page, x0=box[0], y0=box[1], x1=box[2], y1=box[3])
            for page, boxes in sorted(self._boxes.items())
            for box in boxes
        )


def _image(encoded: bytes) -> QImage:
    image = QImage.fromData(encoded)
    if image.isNull():
        raise UserError(tr("This page cannot be shown. It is kept as it came."))
    return image
