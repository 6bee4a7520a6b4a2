"""A list of papers with a small picture of each; several may be selected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
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

from app.binder import Binder
from app.domain.errors import UserError
from app.storage.queries.papers import PaperRow, thumbnail
from ui.desk import Desk
from ui.models.rows import Column, Index, Role, RowsModel
from ui.pages.paper_words import line_of
from ui.style import colour, px
from ui.widgets.icons import pixmap
from ui.widgets.lines import LINE_ROLE, Line, LineDelegate
from ui.widgets.pictures import Pictures, Wish
from ui.widgets.table import RowsView
from ui.widgets.text import plain
from ui.wording import tr

_WIDE, _TALL = 40, 52  # pixels at 100 %: a page in portrait
_KEPT = 400
_LINE_ROLES = (LINE_ROLE, Role.AccessibleTextRole, Role.ToolTipRole)
_LONGEST = 120  # letters of a name that a row may hold


class _PapersModel(RowsModel[PaperRow]):
    """Papers as lines; the line of a paper is made when it is looked at."""

    def __init__(self) -> None:
        super().__init__([Column(tr("Papers"), lambda row: row.name)], lambda row: row.id)
        self._today = date.min

    def show_on(self, today: date, rows: Sequence[PaperRow]) -> None:
        """Show these papers as they are spoken of today."""
        self._today = today
        self.replace(rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or role not in _LINE_ROLES:
            return super().data(index, role)
        line = line_of(row, self._today)
        if role == LINE_ROLE:
            return line
        return plain(line.spoken) if role == Role.ToolTipRole else line.spoken


class PaperList(RowsView):
    """Papers to choose from, several at once if need be, each with a small picture.

    `picked` comes at any change of the selection, `trash_wanted` on Delete.
    """

    picked = Signal()
    trash_wanted = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        self.papers = _PapersModel()
        super().__init__(self.papers, name, many=True)
        binder = desk.binder
        self._without: dict[str, PaperRow | None] = {}
        self._small: dict[Wish, QPixmap] = {}
        self._pictures = Pictures(
            desk.quick, lambda key, _page, _width: _small_picture(binder, key), 4, self
        )
        self._pictures.arrived.connect(self._picture_arrived)
        self._pictures.refused.connect(self._picture_refused)
        self.setProperty("look", "boxed")
        self.setItemDelegate(_PaperDelegate(self))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self._fit_rows()

    def choose(self, row_id: str) -> bool:
        """Select this paper alone, whatever keys are held; False if it is not listed."""
        place = self.papers.position_of(row_id)
        if place is None:
            return False
        at = self.papers.index(place, 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(at, flag)
        self.scrollTo(at)
        return True

    def show_rows(self, rows: Sequence[PaperRow], today: date) -> None:
        """List these papers; the selection and the scroll stay."""
        self.papers.show_on(today, rows)

    def id_after(self, gone: Sequence[str]) -> str:
        """Return which paper comes next when these are gone: below them, else above."""
        ids = [row.id for row in self.papers.rows]
        last = max((place for place, key in enumerate(ids) if key in gone), default=-1)
        below = (key for key in ids[last + 1 :] if key not in gone)
        above = (key for key in reversed(ids[: last + 1]) if key not in gone)
        return next(below, "") or next(above, "")

    def picture_of(self, document_id: str) -> QPixmap | None:
        """Return a paper's small picture if it is at hand; else it is fetched for later."""
        wish = Wish(document_id, 1, px(_WIDE))
        if wish not in self._small and self._may_have_come(document_id):
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

    def _may_have_come(self, document_id: str) -> bool:
        """Whether a picture that was not there once may be there now: the paper has changed."""
        return document_id not in self._without or self._without[document_id] != self._state(
            document_id
        )

    def _state(self, document_id: str) -> PaperRow | None:
        """Return a paper as it is listed now."""
        place = self.papers.position_of(document_id)
        return None if place is None else self.papers.rows[place]

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.trash_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _fit_rows(self) -> None:
        """Give each paper the room of its picture, or of three rows of text."""
        tall = max(self.fontMetrics().height() * 3, px(_TALL)) + 16
        self.verticalHeader().setDefaultSectionSize(tall)


class _PaperDelegate(LineDelegate):
    """Paints the small picture of a paper where other lines have an icon."""

    def __init__(self, shown_in: PaperList) -> None:
        super().__init__(shown_in)
        self._list = shown_in

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
