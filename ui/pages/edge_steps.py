"""The edges of a photo: offered where a page is one, and asked for."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.operations.photo_pages import PhotoPage, photo_page, use_edges
from ui.desk import Desk
from ui.dialogs.page_edges import EdgesAnswer, PageEdgesDialog
from ui.shell import Shell
from ui.widgets.layout import line
from ui.widgets.page_view import PageView
from ui.widgets.text import quiet_button
from ui.wording import tr


class EdgesOffer(QWidget):
    """One button below a page that is a photo; hidden below every other page.

    It also lets the page be drawn anew when its edges are others than they were: after undo too.
    """

    def __init__(self, desk: Desk, shell: Shell, view: PageView) -> None:
        super().__init__()
        self._desk, self._shell, self._view = desk, shell, view
        self._photo: PhotoPage | None = None
        self._seen: dict[tuple[str, int], PhotoPage] = {}
        self.edges = quiet_button(tr("Edges of the photo …"), self.ask, "edges")
        self.setLayout(line(self.edges))
        self.hide()
        view.page_shown.connect(self._page_shown)

    @Slot(str, int)
    def _page_shown(self, document_id: str, page: int) -> None:
        binder = self._desk.binder

        def show(photo: PhotoPage | None) -> None:
            if (document_id, page) == (self._view.document_id, self._view.page):
                self._show(document_id, page, photo)

        self._desk.quick.run(
            "", lambda _progress: photo_page(binder, document_id, page), show, owner=self
        )

    def _show(self, document_id: str, page: int, photo: PhotoPage | None) -> None:
        self._photo = photo
        self.setVisible(photo is not None)
        if photo is None:
            return
        before = self._seen.get((document_id, page), photo)
        self._seen[document_id, page] = photo
        if (before.corners, before.turned) != (photo.corners, photo.turned):
            self._view.draw_anew()

    def ask(self) -> None:
        """Ask for the edges of the page that is shown; the background reading hears of new ones."""
        photo, document_id, page = self._photo, self._view.document_id, self._view.page
        if photo is None or not document_id:
            return
        binder, reader = self._desk.binder, self._desk.reader
        dialog = PageEdgesDialog(
            self._desk.quick,
            lambda width, corners: reader.page_photo(document_id, page, width, corners),
            lambda: reader.find_edges(document_id, page),
            corners=photo.corners,
            turned=photo.turned,
        )

        def use(answer: EdgesAnswer) -> None:
            use_edges(binder, document_id, page, answer.corners)

        self._shell.ask_dialog(dialog, use)
