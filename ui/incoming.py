"""What is dropped on the window or pasted into it, and the sheet that says so while dragging."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets.text import icon_label, title
from ui.wording import tr

_PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif", "image/heic": ".heic"}
"""Encoded pictures that are taken as they are; anything else comes as pixels and becomes PNG."""


def files_in(dropped: QMimeData) -> list[Path]:
    """Return the files and folders of this computer that were dropped, in their order."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def picture_in(pasted: QMimeData) -> tuple[bytes, str] | None:
    """Return a pasted picture, encoded, and the ending of its name; or None if there is none."""
    for kind, ending in _PICTURES.items():
        if pasted.hasFormat(kind) and (data := pasted.data(kind).data()):
            return bytes(data), ending
    if not pasted.hasImage():
        return None
    image = QImage(pasted.imageData())
    return None if image.isNull() else (_as_png(image), ".png")


def brings_something(dropped: QMimeData) -> bool:
    """Return whether a drop would be taken; nothing is decoded to find out."""
    return bool(files_in(dropped)) or dropped.hasImage()


def _as_png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    buffer.close()
    return bytes(kept.data())


class DropSheet(QFrame):
    """Lies over the window while something is dragged, and says what letting go will do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("look", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = title(tr("Drop to add papers"))
        words.setWordWrap(False)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(icon_label("add-papers", 64, "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self._window.rect().adjusted(16, 16, -16, -16))
        self.show()
        self.raise_()
