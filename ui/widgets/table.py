"""Tables of rows: one look, one way to choose, open and sort, by mouse and by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.models.rows import ID_ROLE, RowsModel
from ui.models.window import WindowModel
from ui.style import px, row_height
from ui.widgets.text import plain
from ui.wording import tr

_Index = QModelIndex | QPersistentModelIndex
_LEAST = 120  # pixels at 100 %: what a column without a width keeps
_AROUND = 36  # left and right of the words of a cell
_BESIDE_ICON = 16
_OPENERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _ToneDelegate(QStyledItemDelegate):
    """Keeps the tone of a cell when its row is chosen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(tone, QColor):
            palette: QPalette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
            palette.setColor(QPalette.ColorRole.HighlightedText, tone)


class RowsView(QTableView):
    """Shows a `RowsModel` or a `WindowModel`. Rows are chosen whole; Tab leaves the table.

    `row_chosen(id)` comes when another row becomes the current one, `row_opened(id)` on Enter or
    double click. The menu key offers sorting, Ctrl+C copies the selected rows.
    """

    row_chosen = Signal(str)
    row_opened = Signal(str)

    def __init__(
        self,
        model: RowsModel[Any] | WindowModel[Any],
        name: str,
        parent: QWidget | None = None,
        *,
        many: bool = False,
    ) -> None:
        """Make the view; `name` is what a screen reader calls it; `many` rows may be selected."""
        super().__init__(parent)
        self._rows = model
        self._chosen = ""
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setItemDelegate(_ToneDelegate(self))
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._open)
        self._set_up_header()
        self._fit()

    # ------------------------------------------------------------------ for pages

    @property
    def chosen_id(self) -> str:
        """The id of the current row, or an empty text."""
        return str(self.currentIndex().data(ID_ROLE) or "") if self.currentIndex().isValid() else ""

    @property
    def selected_ids(self) -> tuple[str, ...]:
        """The ids of all selected rows, from the top."""
        indexes = self.selectionModel().selectedRows()
        return tuple(
            str(index.data(ID_ROLE)) for index in sorted(indexes, key=lambda each: each.row())
        )

    def choose(self, row_id: str) -> bool:
        """Make the row of this id current and bring it into view; False if there is none."""
        position = self._rows.position_of(row_id)
        if position is None:
            return False
        self._select_only(position)
        self.scrollTo(self._rows.index(position, self._front()))
        return True

    def _select_only(self, position: int) -> None:
        """Select one row whatever keys are held: Qt's `selectRow` would add it while Ctrl is."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self._rows.index(position, self._front()), flag.ClearAndSelect | flag.Rows
        )

    def _front(self) -> int:
        """Return the first column that is shown: Qt does not scroll to a hidden one."""
        header = self.horizontalHeader()
        shown = (at for at in range(header.count()) if not header.isSectionHidden(at))
        return next(shown, 0)

    def choose_first(self) -> None:
        """Make the first row current if none is."""
        if not self.selectionModel().hasSelection() and self._rows.rowCount():
            self._select_only(0)

    # ------------------------------------------------------------------ look

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(48)
        header.setStretchLastSection(False)
        self.setSortingEnabled(True)

    def _share_room(self) -> None:
        """Give the columns without a width what is left, but never too little to read."""
        header = self.horizontalHeader()
        mode = QHeaderView.ResizeMode
        free = [
            number
            for number, column in enumerate(self._rows.columns)
            if not column.width and not header.isSectionHidden(number)
        ]
        taken = sum(self.columnWidth(at) for at in range(len(self._rows.columns)) if at not in free)
        is_enough = self.viewport().width() - taken >= len(free) * px(_LEAST)
        for number in free:
            header.setSectionResizeMode(number, mode.Stretch if is_enough else mode.Interactive)
            if not is_enough:
                self.setColumnWidth(number, px(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _fit(self) -> None:
        """Give rows and columns the sizes that go with the text."""
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.verticalHeader().setMinimumSectionSize(32)
        self.setIconSize(QSize(px(18), px(18)))
        header = self.horizontalHeader()
        letter = self.fontMetrics().averageCharWidth()
        for number, column in enumerate(self._rows.columns):
            if column.width:
                needed = column.width * letter + px(_AROUND + (_BESIDE_ICON if column.icon else 0))
                self.setColumnWidth(number, max(header.sectionSizeHint(number), needed))
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    # ------------------------------------------------------------------ choosing and opening

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row_id = str(current.data(ID_ROLE) or "") if current.isValid() else ""
        if row_id != self._chosen:
            self._chosen = row_id
            self.row_chosen.emit(row_id)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(str(index.data(ID_ROLE)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what Qt makes current when the focus comes: one must see where one is."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self._select_only(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
            return
        super().keyPressEvent(event)

    def _copy(self) -> None:
        """Copy the selected rows as lines of cells, for a spreadsheet or a letter."""
        lines: list[str] = []
        for index in sorted(self.selectionModel().selectedRows(), key=lambda each: each.row()):
            cells = (index.siblingAtColumn(at) for at in range(self._rows.columnCount()))
            lines.append("\t".join(str(cell.data() or "") for cell in cells))
        QApplication.clipboard().setText("\n".join(lines))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the table's own actions, and sorting by keyboard too: the menu key opens this."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        if self.actions():
            menu.addSeparator()
        for number, column in enumerate(self._rows.columns):
            action = menu.addAction(tr("Sort by {column}", column=column.title))
            action.triggered.connect(
                lambda _checked=False, at=number: self.sortByColumn(at, Qt.SortOrder.AscendingOrder)
            )
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole text of a cell that is cut off."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid() and not index.data(Qt.ItemDataRole.ToolTipRole):
                is_cut = self.sizeHintForIndex(index).width() > self.visualRect(index).width()
                text = plain(str(index.data())) if is_cut else ""
                QToolTip.showText(event.globalPos(), text, self.viewport())
                return True
        return super().viewportEvent(event)
