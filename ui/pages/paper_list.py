"""A list of papers with a small picture of each; several may be selected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from app.binder import Binder
from app.domain.errors import UserError
from app.storage.queries.papers import PaperRow, thumbnail
from ui.desk import Desk
from ui.pages.paper_words import line_of
from ui.style import colour, px
from ui.widgets.icons import pixmap
from ui.widgets.lines import ID_ROLE, ChooserList, Index, Line, LineDelegate
from ui.widgets.pictures import Pictures, Wish
from ui.wording import tr

_WIDE, _TALL = 40, 52  # pixels at 100 %: a page in portrait
_KEPT = 400
_LONGEST = 120  # letters of a name that a row may hold


class PaperList(ChooserList):
    """Papers to choose from. `chosen` tells the current one, `picked` any change of selection.

    Delete asks for the trash by `trash_wanted`.
    """

    picked = Signal()
    trash_wanted = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(name)
        binder = desk.binder
        self._states: dict[str, str] = {}
        self._without: dict[str, str] = {}
        self._small: dict[Wish, QPixmap] = {}
        self._pictures = Pictures(
            desk.quick, lambda key, _page, _width: _small_picture(binder, key), 4, self
        )
        self._pictures.arrived.connect(self._picture_arrived)
        self._pictures.refused.connect(self._picture_refused)
        self.setItemDelegate(_PaperDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    @property
    def selected_ids(self) -> tuple[str, ...]:
        """The ids of all selected papers, from the top."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda each: each.row())
        return tuple(str(index.data(ID_ROLE)) for index in indexes)

    def choose(self, line_id: str) -> bool:
        """Select the paper of this id alone, whatever keys are held; False if there is none."""
        for row, each in enumerate(self.lines.lines):
            if each.id == line_id:
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(self.lines.index(row), flag)
                return True
        return False

    def show_rows(self, rows: Sequence[PaperRow], today: date) -> None:
        """List these papers; the selection and the scroll stay."""
        self._states = {row.id: f"{row.read}/{row.sha256}" for row in rows}
        self.set_lines([line_of(row, today) for row in rows])

    def id_after(self, gone: Sequence[str]) -> str:
        """Return which paper comes next when these are gone: below them, else above."""
        places = {line.id: place for place, line in enumerate(self.lines.lines)}
        left = [place for key, place in places.items() if key not in gone]
        if not left or not gone:
            return ""
        last = max(places.get(key, -1) for key in gone)
        below = [place for place in left if place > last]
        return self.lines.lines[below[0] if below else left[-1]].id

    def picture_of(self, document_id: str) -> QPixmap | None:
        """Return a paper's small picture if it is at hand; else it is fetched for later."""
        wish = Wish(document_id, 1, px(_WIDE))
        if wish not in self._small and self._without.get(document_id) != self._state(document_id):
            self._pictures.want(wish)
        return self._small.get(wish)

    @Slot(object, object)
    def _picture_arrived(self, arrived: object, image: QImage) -> None:
        wish = cast("Wish", arrived)
        ratio = self.devicePixelRatioF()
        room = QSize(px(_WIDE), px(_TALL)) * ratio
        keep = Qt.AspectRatioMode.KeepAspectRatio
        small = image.scaled(room, keep, Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        self._small[wish] = QPixmap.fromImage(small)
        while len(self._small) > _KEPT:
            del self._small[next(iter(self._small))]
        self.viewport().update()

    @Slot(object, str)
    def _picture_refused(self, arrived: object, _sentence: str) -> None:
        document_id = cast("Wish", arrived).document_id
        self._without[document_id] = self._state(document_id)

    def _state(self, document_id: str) -> str:
        """Return what must change before a picture that was not there is asked for again."""
        return self._states.get(document_id, "")

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.trash_wanted.emit()
            return
        super().keyPressEvent(event)


class _PaperDelegate(LineDelegate):
    """Paints the small picture of a paper where other lines have an icon."""

    def __init__(self, shown_in: PaperList) -> None:
        super().__init__(shown_in)
        self._list = shown_in

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = option.fontMetrics.height()  # pyright: ignore[reportAttributeAccessIssue]
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(text * 3, px(_TALL)) + 16)

    def _icon(self, painter: QPainter, box: QRect, shown: Line) -> QRect:
        wide, tall = px(_WIDE), px(_TALL)
        frame = QRect(box.left(), box.center().y() - tall // 2, wide, tall)
        picture = self._list.picture_of(shown.id) if shown.icon == "paper" else None
        if picture:
            at = QRect(QPoint(), picture.deviceIndependentSize().toSize())
            at.moveCenter(frame.center())
            painter.drawPixmap(at, picture)
            painter.setPen(colour("muted"))
            painter.drawRect(at.adjusted(0, 0, -1, -1))
        else:
            side = px(24)
            at = QRect(0, 0, side, side)
            at.moveCenter(frame.center())
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(at, pixmap(shown.icon, side, shown.tone, ratio))
        return box.adjusted(wide + px(12), 0, 0, 0)

    def _words(self, painter: QPainter, box: QRect, shown: Line) -> None:
        """Paint the name in up to two rows, and below it what there is to say."""
        metrics = painter.fontMetrics()
        rows = [*two_rows(shown.title, metrics, box.width()), shown.detail]
        top = box.center().y() - metrics.height() * len(rows) // 2 + 1
        for place, text in enumerate(rows):
            at = QRect(box.left(), top + place * metrics.height(), box.width(), metrics.height())
            painter.setPen(colour("ink" if place < len(rows) - 1 else "muted"))
            fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted)


def two_rows(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a text as one row, or as two: broken after a blank, or anywhere in a long word."""
    whole = " ".join(text.split())
    if metrics.horizontalAdvance(whole) <= width:
        return [whole]
    fits = next(
        (
            length
            for length in range(min(len(whole), _LONGEST), 0, -1)
            if metrics.horizontalAdvance(whole[:length]) <= width
        ),
        1,
    )
    blank = whole.rfind(" ", 1, fits + 1)
    at = blank if blank > fits // 3 else fits
    return [whole[:at].rstrip(), whole[at:].lstrip()]


def _small_picture(binder: Binder, document_id: str) -> bytes:
    """Return the JPEG that a worker made of a paper's first page."""
    found = binder.ask(thumbnail, document_id)
    if found is None:
        raise UserError(tr("There is no small picture of this paper yet."))
    return found
