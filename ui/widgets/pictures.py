"""Fetches pictures of pages without holding up the window: the newest wish first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.errors import UserError
from app.jobs import Progress
from ui.bridges import JobBridge
from ui.wording import tr

Render = Callable[[str, int, int], bytes]
"""Document id, page (1 is the first), width in pixels; returns an encoded picture."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that is wanted."""

    document_id: str
    page: int
    width: int


class Pictures(QObject):
    """Keeps the last pictures and fetches others one at a time.

    Paging fast asks for many pictures: what was wished for last comes first, and wishes that
    `forget_wishes` dropped are never fetched. `arrived(wish, image)` and `refused(wish, sentence)`
    come in the window's thread.
    """

    arrived = Signal(object, object)
    refused = Signal(object, str)

    def __init__(
        self, jobs: JobBridge, render: Render, kept: int = 16, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._render = render
        self._kept = kept
        self._have: OrderedDict[Wish, QImage] = OrderedDict()
        self._wishes: list[Wish] = []
        self._fetching: Wish | None = None

    def want(self, wish: Wish) -> QImage | None:
        """Return a picture that is at hand, or fetch it and return None for now."""
        if wish in self._have:
            self._have.move_to_end(wish)
            return self._have[wish]
        if wish != self._fetching:
            if wish in self._wishes:
                self._wishes.remove(wish)
            self._wishes.append(wish)
            self._fetch_next()
        return None

    def forget_wishes(self) -> None:
        """Fetch nothing that was wished for and is not being fetched already."""
        self._wishes.clear()

    def forget(self, document_id: str) -> None:
        """Drop the pictures of a document: its pages have been read again."""
        for wish in [each for each in self._have if each.document_id == document_id]:
            del self._have[wish]

    def _fetch_next(self) -> None:
        if self._fetching or not self._wishes:
            return
        wish = self._fetching = self._wishes.pop()
        render = self._render

        def work(_progress: Progress) -> QImage:
            image = QImage.fromData(render(wish.document_id, wish.page, wish.width))
            if image.isNull():
                raise UserError(tr("This page cannot be shown. The paper itself is kept as it is."))
            return image

        self._jobs.run(
            "",
            work,
            lambda image: self._take(wish, image),
            lambda error: self._refuse(wish, error),
            owner=self,
        )

    def _take(self, wish: Wish, image: QImage) -> None:
        self._fetching = None
        self._have[wish] = image
        while len(self._have) > self._kept:
            self._have.popitem(last=False)
        self.arrived.emit(wish, image)
        self._fetch_next()

    def _refuse(self, wish: Wish, error: BaseException) -> None:
        self._fetching = None
        if isinstance(error, UserError):
            self.refused.emit(wish, str(error))
        else:
            self.refused.emit(wish, tr("This page cannot be shown just now."))
            self._jobs.failed.emit(error)
        self._fetch_next()
