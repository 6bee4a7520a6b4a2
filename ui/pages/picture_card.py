"""A picture with its legend and its numbers: as a card on a page, and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from ui.paper import print_on_paper
from ui.widgets.chart_bars import Bar, BarChart, Series
from ui.widgets.chart_fill import fill, legend
from ui.widgets.chart_table import Numbers, NumbersTable
from ui.widgets.layout import Card
from ui.widgets.text import muted
from ui.wording import tr

_MARGIN_MM = 15
_BODY_PT, _TITLE_PT = 10, 14


@dataclass(frozen=True)
class Picture:
    """A picture and its numbers; the rows of the table need not be those of the columns."""

    title: str
    bars: tuple[Bar, ...]
    series: tuple[Series, ...]
    first: str
    heads: tuple[str, ...]
    rows: tuple[Numbers, ...]
    note: str = ""


class PictureCard(Card):
    """Shows a picture, what its patterns mean, and below it the same as a table."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture.title)
        chart = BarChart(picture.title)
        chart.show_bars(picture.bars, picture.series)
        self.body.addWidget(chart)
        self.body.addWidget(legend((each.name, each.pattern, each.tone) for each in picture.series))
        if picture.note:
            self.body.addWidget(muted(picture.note))
        self.table = NumbersTable(picture.title, picture.first, picture.heads)
        self.table.show_numbers(picture.rows)
        self.body.addWidget(self.table)


def print_pictures(over: QWidget, pictures: Sequence[Picture]) -> None:
    """Ask for a printer and print the pictures with their numbers, in black on white."""
    title = tr("Pictures of the money")
    print_on_paper(
        title, over, lambda device: draw_pictures(pictures, device), margin_mm=_MARGIN_MM
    )


def draw_pictures(pictures: Sequence[Picture], device: QPagedPaintDevice) -> None:
    """Put each picture on a page of a device, its numbers below it and on further pages."""
    painter = QPainter(device)
    sheet = _Sheet(painter, device)
    for number, picture in enumerate(pictures):
        if number:
            sheet.turn()
        sheet.draw(picture)
    painter.end()


class _Sheet:
    """Draws from the top of the page downwards."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice) -> None:
        self._painter, self._device = painter, device
        self._wide, self._high = float(device.width()), float(device.height())
        self._ink, self._faint = QColor("black"), QColor("#999999")
        self._down = 0.0

    def turn(self) -> None:
        """Begin another page."""
        self._device.newPage()
        self._down = 0.0

    def draw(self, picture: Picture) -> None:
        """Draw a picture with its legend, its note and its numbers."""
        self._font(_TITLE_PT, bold=True)
        self._words(picture.title)
        self._font(_BODY_PT)
        line = self._line
        chart = BarChart(picture.title)
        chart.show_bars(picture.bars, picture.series)
        room = QRectF(0, self._down + line / 2, self._wide, self._high * 0.35)
        chart.draw(self._painter, room, self._ink, self._faint)
        self._down = room.bottom() + line / 2
        self._legend(picture.series)
        self._words(picture.note)
        self._table(picture)

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._painter.font(), self._device)

    @property
    def _line(self) -> float:
        return self._metrics.height() * 1.3

    def _font(self, points: int, *, bold: bool = False) -> None:
        font = QFont(self._painter.font())
        font.setPointSize(points)
        font.setBold(bold)
        self._painter.setFont(font)
        self._painter.setPen(self._ink)

    def _words(self, words: str) -> None:
        """Write words over as many lines as they need."""
        room = QRectF(0, self._down, self._wide, self._high)
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        needed = self._metrics.boundingRect(room, flags, words)
        self._painter.drawText(room, flags, words)
        self._down += needed.height() + self._line / 2

    def _legend(self, series: Sequence[Series]) -> None:
        across, step = 0.0, self._line
        for each in series:
            wide = step * 2 + self._metrics.horizontalAdvance(each.name)
            if across and across + wide > self._wide:
                across, self._down = 0.0, self._down + step * 1.2
            box = QRectF(across, self._down, step * 1.4, step * 0.8)
            fill(self._painter, box, each.pattern, self._ink, step / 3)
            self._painter.setPen(self._ink)
            at = QRectF(across + step * 1.7, self._down, wide, step)
            self._painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft), each.name)
            across += wide + step
        self._down += step * 1.8

    def _table(self, picture: Picture) -> None:
        self._row((picture.first, *picture.heads), bold=True)
        for row in picture.rows:
            if self._down + self._line > self._high:
                self.turn()
                self._row((picture.first, *picture.heads), bold=True)
            self._row((row.name, *row.cells))

    def _row(self, cells: Sequence[str], *, bold: bool = False) -> None:
        self._font(_BODY_PT, bold=bold)
        wide = self._wide / (len(cells) + 0.5)
        for at, cell in enumerate(cells):
            side = Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft
            left = wide * (at + 0.5) if at else 0.0
            room = QRectF(left, self._down, wide if at else wide * 1.5, self._line)
            size = self._metrics.horizontalAdvance(cell)
            self._painter.save()
            if size > room.width() - 4:  # never cut a number: print it narrower
                font = QFont(self._painter.font())
                font.setStretch(max(50, int(100 * (room.width() - 4) / size)))
                self._painter.setFont(font)
            self._painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), cell)
            self._painter.restore()
        self._down += self._line
        self._painter.setPen(self._faint)
        self._painter.drawLine(0, int(self._down), int(self._wide), int(self._down))
        self._painter.setPen(self._ink)
