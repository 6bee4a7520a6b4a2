"""A strip of small pages beside the large one."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.style import LIGHT, px
from ui.widgets.page_sheet import LETTER
from ui.widgets.pictures import Pictures, Wish
from ui.wording import tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WIDE = 96


class _Thumbs(QAbstractListModel):
    """The pages of one paper; a picture is asked for when it is first painted."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._document_id = ""
        self._count = 0
        self._icons: dict[int, QIcon] = {}
        self._empty = QPixmap(WIDE, round(WIDE * LETTER))
        self._empty.fill(QColor(LIGHT.surface))
        pictures.arrived.connect(self._arrived)

    def show_paper(self, document_id: str, count: int) -> None:
        if (document_id, count) == (self._document_id, self._count):
            return
        self.beginResetModel()
        self._document_id, self._count, self._icons = document_id, count, {}
        self._pictures.forget_wishes()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        page = index.row() + 1
        if role == Role.DisplayRole:
            return str(page)
        if role == Role.AccessibleTextRole:
            return tr("Page {page} of {count}", page=page, count=self._count)
        return self._icon(page) if role == Role.DecorationRole else None

    def _icon(self, page: int) -> QIcon:
        if page not in self._icons:
            self._icons[page] = _icon_of(self._empty)
            image = self._pictures.want(Wish(self._document_id, page, 2 * WIDE))
            if image:
                self._icons[page] = _icon_of(QPixmap.fromImage(image))
        return self._icons[page]

    @Slot(object, object)
    def _arrived(self, arrived: object, image: QImage) -> None:
        wish = cast("Wish", arrived)
        if wish.document_id == self._document_id and wish.width == 2 * WIDE:
            self._icons[wish.page] = _icon_of(QPixmap.fromImage(image))
            at = self.index(wish.page - 1)
            self.dataChanged.emit(at, at, [Role.DecorationRole])


def _icon_of(picture: QPixmap) -> QIcon:
    """Return an icon that looks the same when it is chosen: paper stays white."""
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


class Thumbnails(QListView):
    """Small pages one under another; `page_chosen(page)` when one is chosen."""

    page_chosen = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Thumbs(pictures)
        self.setAccessibleName(tr("Pages"))
        self.setModel(self._pages)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(WIDE, round(WIDE * LETTER)))
        self.setSpacing(4)
        self.setFixedWidth(WIDE + px(40))
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_paper(self, document_id: str, count: int) -> None:
        """Show the pages of a paper."""
        self._pages.show_paper(document_id, count)

    def set_page(self, page: int) -> None:
        """Mark a page as the one that is shown large."""
        at = self._pages.index(page - 1)
        if at.isValid() and at.row() != self.currentIndex().row():
            self.setCurrentIndex(at)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.page_chosen.emit(current.row() + 1)
