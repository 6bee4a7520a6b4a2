"""A grid of photos to choose from; their pictures come from a worker, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.operations.intake import clean_name
from app.operations.phone import Photo
from ui.bridges import JobBridge
from ui.style import colour, px
from ui.widgets.icons import pixmap
from ui.widgets.lines import Index
from ui.widgets.pictures import Pictures, Wish
from ui.wording import tr

Role = Qt.ItemDataRole
_SIDE = 148  # pixels at 100 %
_EDGE = 8
_PHOTO_ROLE = int(Role.UserRole)


class _Photos(QAbstractListModel):
    """Photos by their place."""

    def __init__(self) -> None:
        super().__init__()
        self.photos: tuple[Photo, ...] = ()

    def show(self, photos: Sequence[Photo]) -> None:
        self.beginResetModel()
        self.photos = tuple(photos)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.photos)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        photo = self.photos[index.row()]
        name, when = clean_name(photo.path.name), taken_words(photo)
        return {
            int(Role.DisplayRole): when,
            int(Role.AccessibleTextRole): tr("{name}, {when}", name=name, when=when),
            _PHOTO_ROLE: photo,
        }.get(role)


class _PhotoDelegate(QStyledItemDelegate):
    """Paints a photo, when it was taken, and a tick where it is chosen."""

    def __init__(self, shown_in: PhotoGrid) -> None:
        super().__init__(shown_in)
        self._grid = shown_in

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        text = option.fontMetrics.height()  # pyright: ignore[reportAttributeAccessIssue]
        return QSize(px(_SIDE) + 2 * _EDGE, px(_SIDE) + text + 3 * _EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        view.style().drawPrimitive(panel, option, painter, view)
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        inner = box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        frame = QRect(inner.left(), inner.top(), inner.width(), px(_SIDE))
        painter.save()
        self._picture(painter, frame, index.data(_PHOTO_ROLE))
        painter.setPen(colour("ink"))
        below = box.adjusted(2, _EDGE + px(_SIDE) + _EDGE, -2, -_EDGE)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            self._tick(painter, frame)
        painter.restore()

    def _picture(self, painter: QPainter, frame: QRect, photo: Photo) -> None:
        picture = self._grid.picture_of(photo)
        at = QRect(QPoint(), picture.deviceIndependentSize().toSize())
        at.moveCenter(frame.center())
        painter.drawPixmap(at, picture)

    @staticmethod
    def _tick(painter: QPainter, frame: QRect) -> None:
        side = px(28)
        at = QRect(frame.right() - side - 3, frame.top() + 4, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawEllipse(at)
        ratio = painter.device().devicePixelRatio()
        inset = px(5)
        mark = pixmap("check", side - 2 * inset, "on_accent", ratio)
        painter.drawPixmap(at.adjusted(inset, inset, -inset, -inset), mark)


class PhotoGrid(QListView):
    """Photos side by side. A press or Space chooses a photo or leaves it out; arrows move.

    `picked` comes when the choice changes.
    """

    picked = Signal()

    def __init__(self, jobs: JobBridge, picture: Callable[[Path, int], bytes]) -> None:
        """Make an empty grid; `picture` gives a photo's JPEG in a width, on a thread of `jobs`."""
        super().__init__()
        self._photos = _Photos()
        self._shown: dict[str, QPixmap] = {}
        self._pictures = Pictures(
            jobs, lambda key, _page, width: picture(Path(key), width), kept=2, parent=self
        )
        self._pictures.arrived.connect(self._arrived)
        self._pictures.refused.connect(self._refused)
        self.setAccessibleName(tr("Photos, the newest first"))
        self.setProperty("look", "boxed")
        self.setModel(self._photos)
        self.setItemDelegate(_PhotoDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(px(_SIDE) * 2)
        self.setMinimumWidth(px(_SIDE) * 3)
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    @property
    def count(self) -> int:
        """How many photos are offered."""
        return len(self._photos.photos)

    @property
    def picked_paths(self) -> tuple[Path, ...]:
        """The chosen photos, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self._photos.photos[row].path for row in rows)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Offer these photos; none is chosen."""
        self._pictures.forget_wishes()
        self._shown.clear()
        self._photos.show(photos)
        self.picked.emit()

    def pick(self, photos: Sequence[Photo]) -> None:
        """Choose these photos."""
        wanted = set(photos)
        for row, photo in enumerate(self._photos.photos):
            if photo in wanted:
                self.selectionModel().select(
                    self._photos.index(row), QItemSelectionModel.SelectionFlag.Select
                )

    def picture_of(self, photo: Photo) -> QPixmap:
        """Return what to paint for a photo now; its picture is fetched for later."""
        key = str(photo.path)
        if key in self._shown:
            return self._shown[key]
        self._pictures.want(Wish(key, 1, 2 * px(_SIDE)))
        return pixmap("camera", px(32), "muted", self.devicePixelRatioF())

    @Slot(object, object)
    def _arrived(self, arrived: object, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        room = QSize(px(_SIDE), px(_SIDE)) * ratio
        keep = Qt.AspectRatioMode.KeepAspectRatio
        small = image.scaled(room, keep, Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        self._shown[cast("Wish", arrived).document_id] = QPixmap.fromImage(small)
        self.viewport().update()

    @Slot(object, str)
    def _refused(self, arrived: object, _sentence: str) -> None:
        mark = pixmap("warning", px(32), "warning", self.devicePixelRatioF())
        self._shown[cast("Wish", arrived).document_id] = mark
        self.viewport().update()

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.picked.emit()


def taken_words(photo: Photo) -> str:
    """Return “Aug 18, 3:05 PM”, on this computer's clock."""
    moment = QDateTime.fromSecsSinceEpoch(int(photo.taken_at.timestamp()))
    return QLocale().toString(moment, tr("MMM d, h:mm AP"))
