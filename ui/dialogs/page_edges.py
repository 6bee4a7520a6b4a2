"""Asks where the sheet of paper lies in a photo, and shows what the page would look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.domain.errors import UserError
from app.domain.sheet import WHOLE_PHOTO, Corners, refuse_no_sheet, turned_corners
from app.jobs import Progress
from ui.bridges import JobBridge
from ui.style import px
from ui.widgets.corner_sheet import CloseUp, CornerSheet, corner_names
from ui.widgets.dialog import AskDialog
from ui.widgets.layout import column, line
from ui.widgets.page_sheet import PageSheet
from ui.widgets.text import Label, button, muted
from ui.wording import tr

PREVIEW_MS: Final = 250
"""So long after a corner has come to rest the page is drawn anew."""

_PHOTO_PX: Final = 1600  # wide: enough for the close-up to show more than the photo itself does
_PHOTO_SIDE_PX: Final = 2400  # at most, so that even a very long receipt is scaled in a moment
_PREVIEW_PX: Final = 480
_SIDE: Final = 190  # logical pixels of what stands beside the photo

Photo = Callable[[int, Corners | None], bytes]
"""Width in pixels, and the corners of the sheet to show flat; None shows the whole photo."""


@dataclass(frozen=True, slots=True)
class EdgesAnswer:
    """The corners of the sheet in the photo as its file wants it seen; None leaves it as it is."""

    corners: Corners | None


class PageEdgesDialog(AskDialog[EdgesAnswer]):
    """The photo with four corners to move, one of them close up, and the page they make."""

    def __init__(
        self,
        jobs: JobBridge,
        photo: Photo,
        find: Callable[[], Corners | None],
        *,
        corners: Corners | None,
        turned: int,
    ) -> None:
        """Make the dialog.

        `photo` and `find`, which looks for the sheet anew, are called on threads of `jobs`. The
        photo comes `turned` by so many degrees clockwise; `corners` are those of now, before that.
        """
        super().__init__(tr("Edges of the photo"), tr("Use these edges"))
        self._jobs, self._photo, self._find = jobs, photo, find
        self._turned = turned
        self._drawing = self._looking = False
        self._drawn: Corners | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PREVIEW_MS)
        self._rest.timeout.connect(self._draw)
        self._build()
        self.sheet.set_corners(turned_corners(corners or WHOLE_PHOTO, turned))
        self.sheet.moved.connect(self._moved)
        self.sheet.corner_chosen.connect(self._name_corner)
        self._name_corner(0)
        self._fetch()

    def _build(self) -> None:
        self.form.hide()
        self.sheet = CornerSheet()
        self.look = button(tr("Find the edges"), self.find_edges, "search")
        self.whole = button(tr("Whole photo"), self.take_whole, "fit-width")
        self.words = muted(_how())
        self.body.insertWidget(0, self.words)
        self._middle = line(stretch=False, spacing=24)
        self._middle.addWidget(self.sheet, 1)
        self._middle.addLayout(self._side())
        self.body.insertLayout(1, self._middle, 1)
        self.body.insertLayout(2, line(self.look, self.whole))
        self.body.setStretch(self.body.count() - 1, 0)  # free room is for the photo

    def _side(self) -> QBoxLayout:
        self.close_up = CloseUp(self.sheet, _SIDE)
        self.corner_name = Label("", "strong")
        self.preview = PageSheet()
        self.preview.setAccessibleName(tr("What the page will look like"))
        self._shown = _Room(self.preview)
        near, page = column(8), column(8)
        near.addWidget(self.corner_name)
        near.addWidget(self.close_up, 0, Qt.AlignmentFlag.AlignHCenter)
        near.addStretch(1)
        page.addWidget(Label(tr("The page"), "strong"))
        page.addWidget(self._shown, 1)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(24)
        self._beside.addLayout(near)
        self._beside.addLayout(page, 1)
        return self._beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the close-up and the page one upon the other where that suits the window."""
        super().resizeEvent(event)
        is_wide = self.width() >= 5 * _SIDE
        is_high = self.height() >= 2 * _SIDE + px(270)
        direction = QBoxLayout.Direction
        upon = is_high and not is_wide
        self._beside.setDirection(direction.TopToBottom if upon else direction.LeftToRight)
        self._middle.setStretch(1, 1 if is_wide else 0)

    def sizeHint(self) -> QSize:
        """As much as the screen gives: corners are put exactly where the photo is large."""
        screen = self.screen().availableSize()
        return QSize(
            min(max(px(860), 1080), screen.width() * 9 // 10),
            min(max(px(760), 840), screen.height() * 9 // 10),
        )

    # ------------------------------------------------------------------ the photo

    def _fetch(self) -> None:
        photo = self._photo
        self.sheet.show_message(tr("The photo is being drawn …"))
        self.go.setEnabled(False)
        self._jobs.run(
            "", lambda _progress: _image(photo(_PHOTO_PX, None)), self._take_photo, self._refused,
            owner=self,
        )  # fmt: skip

    def _take_photo(self, image: QImage) -> None:
        self.sheet.show_photo(image)
        self.go.setEnabled(True)
        self.sheet.handles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._draw()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._jobs.failed.emit(error)
        self.sheet.show_message(_sentence(error))
        self.look.setEnabled(False)
        self.whole.setEnabled(False)

    # ------------------------------------------------------------------ corners

    @Slot()
    def _moved(self) -> None:
        self.problem.say("")
        self.words.setText(_how())
        self._rest.start()

    @Slot(int)
    def _name_corner(self, number: int) -> None:
        self.corner_name.setText(corner_names()[number])

    def take_whole(self) -> None:
        """Put the corners so that the photo stays as it came."""
        self.sheet.set_corners(WHOLE_PHOTO)

    def find_edges(self) -> None:
        """Look for the sheet in the photo; what is moved meanwhile stays as it was moved."""
        if self._looking:
            return
        before, find = self.sheet.corners, self._find
        self._looking = True
        self._say(tr("Looking for the edges of the paper …"))

        def done(corners: Corners | None) -> None:
            self._looking = False
            if self.sheet.corners != before:
                return
            if corners is None:
                self._say(
                    tr("The paper is not clearly seen in this photo. Please put the corners on "
                       "it yourself.")
                )  # fmt: skip
            else:
                self.sheet.set_corners(turned_corners(corners, self._turned))
                self._say(tr("These edges were found. Move a corner that is not right."))

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._jobs.failed.emit(error)
            self._looking = False
            self._say(_sentence(error))

        self._jobs.run("", lambda _progress: find(), done, failed, owner=self)

    def _say(self, sentence: str) -> None:
        """Say how it goes in place of what is to be done; a screen reader says it too."""
        self.words.setText(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    # ------------------------------------------------------------------ the page

    @Slot()
    def _draw(self) -> None:
        """Draw the page with the corners of now; one at a time, the newest last."""
        corners = self.sheet.corners
        if self._drawing or self.sheet.photo is None or corners == self._drawn:
            return
        if not self.sheet.makes_sheet:
            self._drawn = None
            self.preview.show_message(tr("These corners make no sheet."))
            return
        photo, wanted = self._photo, self._wanted(corners)
        self._drawing = True

        def work(_progress: Progress) -> QImage:
            return _image(photo(_PREVIEW_PX, wanted))

        def done(image: QImage) -> None:
            self._drawing, self._drawn = False, corners
            self._shown.show_picture(image)
            self._draw()

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._jobs.failed.emit(error)
            self._drawing, self._drawn = False, corners
            self.preview.show_message(_sentence(error))
            self._draw()

        self._jobs.run("", work, done, failed, owner=self)

    def _wanted(self, corners: Corners) -> Corners | None:
        """Return corners as they are kept: of the photo as its file wants it seen."""
        return None if corners == WHOLE_PHOTO else turned_corners(corners, -self._turned)

    def answer(self) -> EdgesAnswer:
        """Return the edges, or that the photo is to stay as it is.

        Raises:
            UserError: the corners make no sheet.
        """
        corners = self.sheet.corners
        refuse_no_sheet(corners)
        return EdgesAnswer(self._wanted(corners))


class _Room(QWidget):
    """Holds a page as large as it fits, in the middle and at the top."""

    def __init__(self, page: PageSheet) -> None:
        super().__init__()
        self._page = page
        self._shape = 11 / 8.5
        page.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_SIDE, _SIDE - 30)

    def show_picture(self, image: QImage) -> None:
        """Show the page."""
        self._shape = image.height() / max(1, image.width())
        self._page.show_picture(image)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._page.set_wide(round(min(self.width(), self.height() / self._shape)))
        self._page.move((self.width() - self._page.width()) // 2, 0)


def _how() -> str:
    return tr(
        "Put the four corners on the corners of the paper. Drag them, or use Tab and the arrow "
        "keys; with Shift they move just a little."
    )


def _image(encoded: bytes) -> QImage:
    image = QImage.fromData(encoded)
    if image.isNull():
        raise UserError(tr("This photo cannot be shown. It is kept as it came."))
    if max(image.width(), image.height()) <= _PHOTO_SIDE_PX:
        return image
    room = QSize(_PHOTO_SIDE_PX, _PHOTO_SIDE_PX)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(room, keep, smooth)


def _sentence(error: BaseException) -> str:
    return str(error) if isinstance(error, UserError) else tr("This cannot be shown just now.")
