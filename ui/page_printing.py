"""Finished pages to a printer: each picture fills its sheet, as the file shows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPagedPaintDevice, QPainter, QTransform
from PySide6.QtWidgets import QWidget

from ui.paper import print_on_paper


def print_pages(title: str, over: QWidget, pages: Sequence[bytes]) -> None:
    """Ask for a printer, over a window, and print these pages there; each is an encoded picture."""
    print_on_paper(title, over, lambda device: draw_pages(pages, device), margin_mm=0)


def draw_pages(pages: Sequence[bytes], device: QPagedPaintDevice) -> None:
    """Put pictures on the pages of a device, each on the whole sheet."""
    layout = device.pageLayout()
    dots = device.logicalDpiX()
    sheet = layout.fullRectPixels(dots)
    printed = layout.paintRectPixels(dots)
    painter = QPainter(device)
    for number, page in enumerate(pages):
        if number:
            device.newPage()
        # A printer's own margins move the origin; the page's margins are wide enough for any.
        whole = QRect(-printed.left(), -printed.top(), sheet.width(), sheet.height())
        picture = QImage.fromData(page)
        if picture.width() > picture.height():  # a page that lies on its side
            picture = picture.transformed(QTransform().rotate(90))
        painter.drawImage(whole, picture)
    painter.end()
