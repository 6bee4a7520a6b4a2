"""How a date was counted: the law, the dates, each sentence of the arithmetic, and each day."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.domain.counting import CountedDay
from app.storage.queries.dates import DueRow
from ui.dialogs.telling import TellDialog
from ui.models.rows import RIGHT, Column, RowsModel
from ui.pages.due_grounds import Counting, Grounds, count_text
from ui.style import px
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, emptied
from ui.widgets.table import RowsView
from ui.widgets.text import Label, button, copyable, muted, section
from ui.wording import date_words, tr

_DAYS_HEIGHT = 220


class CountedDialog(TellDialog):
    """Shows the arithmetic of a date, by the letter and by the rule where there are both."""

    def __init__(self, row: DueRow, grounds: Grounds) -> None:
        super().__init__(tr("How this date was counted"))
        self._row, self._grounds = row, grounds
        self.form.hide()
        inner = column(8)
        inner.addWidget(section(row.title))
        inner.addWidget(Label(tr("Last day: {day}", day=date_words(row.last_day)), "strong"))
        for words in (grounds.law, grounds.checked):
            if words:
                inner.addWidget(muted(words))
        self.which = ChoiceField(
            [(number, each.title) for number, each in enumerate(grounds.countings)]
        )
        self.which.setAccessibleName(tr("Which count"))
        self.which.setVisible(len(grounds.countings) > 1)
        self.which.changed.connect(self._show)
        inner.addWidget(self.which)
        self._lines = column(4)
        inner.addLayout(self._lines)
        self.days = RowsView(_model := _days_model(), tr("Day by day"), many=True)
        self._model = _model
        self.days.setProperty("look", "boxed")
        self.days.setMinimumHeight(px(_DAYS_HEIGHT))
        inner.addWidget(self.days, 1)
        made = QWidget()
        made.setLayout(inner)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.insertWidget(0, made, 1)
        self.body.setStretch(self.body.count() - 1, 0)
        self.copy = button(tr("Copy all of it"), self.copy_all, "papers")
        self.buttons.insertWidget(0, self.copy)
        self._show()

    @property
    def counting(self) -> Counting:
        """The count that is shown."""
        return self._grounds.countings[self.which.value() or 0]

    @Slot()
    def _show(self) -> None:
        emptied(self._lines)
        counting = self.counting
        for sentence in counting.sums.lines:
            self._lines.addWidget(copyable(sentence))
        if counting.differs:
            self._lines.addWidget(Label(counting.differs, "warning"))
        self._model.replace(counting.sums.days)
        self.days.setVisible(bool(counting.sums.days))

    def copy_all(self) -> None:
        """Put the whole count on the clipboard, to be checked or sent to somebody."""
        words = count_text(self.windowTitle(), self._row, self._grounds, self.counting)
        QApplication.clipboard().setText(words)

    def sizeHint(self) -> QSize:
        """Wide enough for a day and what is said of it, and as high as the screen likes."""
        screen = self.screen().availableSize()
        return QSize(
            min(px(720), screen.width() * 9 // 10), min(px(760), screen.height() * 9 // 10)
        )


def _days_model() -> RowsModel[CountedDay]:
    columns: tuple[Column[CountedDay], ...] = (
        Column("Day", lambda each: date_words(each.day), lambda each: each.day, width=32),
        Column(
            "Counted",
            lambda each: str(each.number or ""),
            lambda each: each.number or 0,
            align=RIGHT,
            width=8,
        ),
        Column("What is said of it", lambda each: each.remark),
    )
    return RowsModel(columns, lambda each: each.day.isoformat())
