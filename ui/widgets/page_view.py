"""The paper itself: one page at a time, zoom, turn, lit words, and the page as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.bridges import JobBridge
from ui.style import px
from ui.widgets.page_sheet import Box, PageSheet
from ui.widgets.pictures import Pictures, Render, Wish
from ui.widgets.text import icon_button, muted
from ui.widgets.thumbnails import Thumbnails
from ui.wording import tr

ZOOMS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Steps of zoom; 1 fits the width."""
WIDEST_PX = 4096
_ROOM_FOR_BOTH = 520  # pixels at 100 %; below, the small pages would leave the large one too small
_STEP_PX = 256  # widths are asked for in steps, so that a moved splitter asks for few pictures

PageText = Callable[[str, int], str]


class _Scroll(QScrollArea):
    """Keys and wheel that turn pages where scrolling has come to an end."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._view.take_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view.fit_room()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._view.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class PageView(QWidget):
    """Shows the pages of one paper from a render callable, without holding up the window.

    `page_changed(page)` comes when another page is shown; `turned(page, quarters)` when a person
    turned it, clockwise from how it is kept. The page as text is one key (T) away and is what
    a screen reader is given. `page_shown(document_id, page)` asks whoever knows the words of the
    page for `set_words`; `sheet.picked` then carries what was clicked.
    """

    page_changed = Signal(int)
    page_shown = Signal(str, int)
    turned = Signal(int, int)

    def __init__(
        self, jobs: JobBridge, render: Render, text: PageText, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._text_of = text
        self._document_id, self._name, self._count, self._page = "", "", 0, 0
        self._turns: dict[int, int] = {}
        self._zoom = 0
        self._large = Pictures(jobs, render, kept=8, parent=self)
        self._small = Pictures(jobs, render, kept=64, parent=self)
        self._large.arrived.connect(self._arrived)
        self._large.refused.connect(self._refused)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(60)
        self._settle.timeout.connect(self._ask)
        self._build()
        self.clear()

    def _build(self) -> None:
        self.sheet = PageSheet()
        self.area = _Scroll(self)
        self.area.setWidget(self.sheet)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(tr("Page as text"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.words)
        self.thumbnails = Thumbnails(self._small)
        self.thumbnails.page_chosen.connect(self.go_to)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.thumbnails)
        middle.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._tools())
        layout.addLayout(middle, 1)

    def _tools(self) -> QHBoxLayout:
        self.before = icon_button(tr("Page before"), "left", lambda: self.go_to(self._page - 1))
        self.after = icon_button(tr("Next page"), "right", lambda: self.go_to(self._page + 1))
        self.where = muted("", wrap=False)
        self.zoom_out = icon_button(tr("Smaller"), "zoom-out", lambda: self.zoom(-1))
        self.fit = icon_button(tr("Fit the width"), "fit-width", lambda: self.zoom(0))
        self.zoom_in = icon_button(tr("Larger"), "zoom-in", lambda: self.zoom(1))
        self.turn = icon_button(tr("Turn the page"), "turn", self.turn_page)
        self.as_text = icon_button(tr("Show as text"), "text")
        self.as_text.setCheckable(True)
        self.as_text.toggled.connect(self._show_as_text)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for widget in (self.before, self.where, self.after):
            tools.addWidget(widget)
        tools.addStretch(1)
        for widget in (self.zoom_out, self.fit, self.zoom_in, self.turn, self.as_text):
            tools.addWidget(widget)
        return tools

    # ------------------------------------------------------------------ for pages

    @property
    def page(self) -> int:
        """The page that is shown, 1 is the first; 0 without a paper."""
        return self._page

    @property
    def document_id(self) -> str:
        """The paper that is shown, or an empty text."""
        return self._document_id

    def clear(self, sentence: str = "") -> None:
        """Show no paper; `sentence` may say why."""
        self._document_id, self._name, self._count, self._page = "", "", 0, 0
        self.thumbnails.show_paper("", 0)
        self._show_thumbnails()
        self.sheet.light_up(())
        self.sheet.set_words(())
        self.sheet.show_message(sentence, keep_shape=False)
        self._show_state()

    def show_paper(self, document_id: str, pages: int, name: str) -> None:
        """Show a paper; if it is the one already shown, the page stays."""
        is_new = document_id != self._document_id
        self._document_id, self._name, self._count = document_id, name, pages
        if is_new:
            self._turns = {}
            self._large.forget_wishes()
            self.sheet.light_up(())
        elif not self.sheet.has_picture:
            self._large.forget(document_id)
        self.thumbnails.show_paper(document_id, pages)
        self._show_thumbnails()
        wanted = 1 if is_new else min(max(1, self._page), max(1, pages))
        self._show_page(wanted if pages else 0)

    def draw_anew(self) -> None:
        """Draw the paper's pages once more: they look otherwise than they did."""
        document_id, count = self._document_id, self._count
        for pictures in (self._large, self._small):
            pictures.forget_wishes()
            pictures.forget(document_id)
        self.thumbnails.show_paper("", 0)
        self.show_paper(document_id, count, self._name)

    @Slot(int)
    def go_to(self, page: int) -> None:
        """Show this page, if there is one."""
        if 1 <= page <= self._count and page != self._page:
            self.sheet.light_up(())
            self._show_page(page)
            self.area.verticalScrollBar().setValue(0)

    def light_up(self, page: int, boxes: Sequence[Box]) -> None:
        """Go to a page, light these words, and bring the first into view."""
        self.go_to(page)
        self.sheet.light_up(boxes if page == self._page else ())
        self._show_first_box()

    def set_words(self, document_id: str, page: int, boxes: Sequence[Box]) -> None:
        """Let the words of a page be picked, if it is the one that is shown."""
        if (document_id, page) == (self._document_id, self._page):
            self.sheet.set_words(boxes)

    def zoom(self, step: int) -> None:
        """Zoom in (1), out (-1), or fit the width again (0)."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + step)) if step else 0
        self.fit_room()

    def turn_page(self) -> None:
        """Turn the page a quarter clockwise, for the eye only; `turned` tells who would keep it."""
        if not self._page:
            return
        quarters = (self._turns.get(self._page, 0) + 1) % 4
        self._turns[self._page] = quarters
        self.sheet.set_turns(quarters)
        self.turned.emit(self._page, quarters)

    # ------------------------------------------------------------------ showing

    def _show_page(self, page: int) -> None:
        is_other = page != self._page
        self._page = page
        self.sheet.set_words(())
        self.thumbnails.set_page(page)
        self.sheet.set_turns(self._turns.get(page, 0))
        self.sheet.show_message(
            tr("Page {page} is being drawn …", page=page) if page
            else tr("This paper is still being read. Its pages will be shown in a moment.")
        )  # fmt: skip
        self.fit_room()
        self._ask()
        self._show_state()
        if is_other and page:
            self.page_changed.emit(page)
        if page:
            self.page_shown.emit(self._document_id, page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_thumbnails()

    def _show_thumbnails(self) -> None:
        """Show the small pages where they leave the large one room enough to be read."""
        has_room = self.width() >= px(_ROOM_FOR_BOTH)
        self.thumbnails.setVisible(self._count > 1 and has_room)

    def _show_state(self) -> None:
        has_page = self._page > 0
        self.before.setEnabled(self._page > 1)
        self.after.setEnabled(self._page < self._count)
        for tool in (self.zoom_out, self.fit, self.zoom_in, self.turn, self.as_text):
            tool.setEnabled(has_page)
        where = tr("Page {page} of {count}", page=self._page, count=self._count)
        self.where.setText(where if has_page else "")
        spoken = f"{where}, {self._name}" if has_page else tr("No page")
        self.area.setAccessibleName(spoken)
        self.area.setAccessibleDescription("")
        if self.as_text.isChecked() and has_page:
            self._ask_text()

    def _wanted(self) -> Wish:
        pixels = self.sheet.width() * self.devicePixelRatioF()
        steps = -(-round(pixels) // _STEP_PX)
        return Wish(self._document_id, self._page, min(WIDEST_PX, steps * _STEP_PX))

    def fit_room(self) -> None:
        """Give the sheet the width of the view times the zoom; the picture follows."""
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = self.area.width() - bar - 2  # the same with and without the bar: no flutter
        self.sheet.set_wide(round(room * ZOOMS[self._zoom]))
        self._settle.start()

    @Slot()
    def _ask(self) -> None:
        if not self._page:
            return
        self._large.forget_wishes()
        image = self._large.want(self._wanted())
        if image:
            self._show_image(image)

    def _show_image(self, image: QImage) -> None:
        self.sheet.show_picture(image)
        self._show_first_box()

    @Slot(object, object)
    def _arrived(self, arrived: object, image: QImage) -> None:
        wish = cast("Wish", arrived)
        if (wish.document_id, wish.page) == (self._document_id, self._page):
            self._show_image(image)

    @Slot(object, str)
    def _refused(self, arrived: object, sentence: str) -> None:
        wish = cast("Wish", arrived)
        if (wish.document_id, wish.page) == (self._document_id, self._page):
            self.sheet.show_message(sentence)
            self.area.setAccessibleDescription(sentence)

    def _show_first_box(self) -> None:
        if self.sheet.boxes and self.sheet.has_picture:
            area: QRectF = self.sheet.area_of(self.sheet.boxes[0])
            middle = area.center().toPoint()
            height = self.area.viewport().height()
            self.area.ensureVisible(middle.x(), middle.y(), round(area.width() / 2), height // 3)

    # ------------------------------------------------------------------ the page as text

    @Slot(bool)
    def _show_as_text(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.stack.setCurrentWidget(self.words if is_on else self.area)
        if is_on:
            self._ask_text()

    def _ask_text(self) -> None:
        document_id, page, text_of = self._document_id, self._page, self._text_of

        def show(text: str) -> None:
            if (document_id, page) == (self._document_id, self._page):
                self.words.setPlainText(text or tr("No words were found on this page."))

        self._jobs.run("", lambda _progress: text_of(document_id, page), show, owner=self)

    # ------------------------------------------------------------------ keys and sizes

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a key of the page; return whether it was one."""
        keys = {
            Qt.Key.Key_Plus: lambda: self.zoom(1),
            Qt.Key.Key_Equal: lambda: self.zoom(1),
            Qt.Key.Key_Minus: lambda: self.zoom(-1),
            Qt.Key.Key_0: lambda: self.zoom(0),
            Qt.Key.Key_R: self.turn_page,
            Qt.Key.Key_T: self.as_text.toggle,
            Qt.Key.Key_Home: lambda: self.go_to(1),
            Qt.Key.Key_End: lambda: self.go_to(self._count),
        }
        act = keys.get(Qt.Key(event.key()))
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if act:
            act()
            return True
        return self._turn_over(event.key())

    def _turn_over(self, key: int) -> bool:
        """Go to the next page or the one before where scrolling has come to its end."""
        bar = self.area.verticalScrollBar()
        across = self.area.horizontalScrollBar()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space) and bar.value() == bar.maximum():
            self.go_to(self._page + 1)
        elif key == Qt.Key.Key_PageUp and bar.value() == 0 and self._page > 1:
            self.go_to(self._page - 1)
            bar.setValue(bar.maximum())
        elif key == Qt.Key.Key_Right and across.maximum() == 0:
            self.go_to(self._page + 1)
        elif key == Qt.Key.Key_Left and across.maximum() == 0:
            self.go_to(self._page - 1)
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_room()
