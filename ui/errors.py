"""What happens to errors that nobody caught: shown once in plain words, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.errors import UserError
from ui.wording import tr

_log = logging.getLogger(__name__)


def without_contents(error: BaseException) -> str:
    """Return an error as kinds and places only.

    Messages and values are left out: they may hold words from a person's papers.
    """
    lines: list[str] = []
    link: BaseException | None = error
    while link is not None:
        frames = traceback.extract_tb(link.__traceback__)
        lines.append(type(link).__qualname__)
        lines.extend(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


def _place(error: BaseException) -> tuple[str, str, int | None]:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return (
        type(error).__qualname__,
        last.filename if last else "",
        last.lineno if last else None,
    )


class ErrorDesk(QObject):
    """Takes every error that reaches the top, in any thread, and tells it in the window's thread.

    `told` carries a `UserError`: the person's own problem as it stands, or for a bug the sentence
    that the program made a mistake. The same bug is told once and logged each time.
    """

    told = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[tuple[str, str, int | None]] = set()
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the uncaught errors of the window's thread and of all others."""
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread

    def uninstall(self) -> None:
        """Give the hooks back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _from_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.report(happened.exc_value)

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Log a bug, and tell it to the person; may be called from any thread."""
        if not isinstance(error, UserError):
            _log.error("A mistake of the program:\n%s", without_contents(error))
        self._arrived.emit(error)

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.told.emit(error)
            return
        place = _place(error)
        if place in self._seen:
            return
        self._seen.add(place)
        self.told.emit(
            UserError(
                tr(
                    "Something went wrong inside the program. What was saved before is safe. "
                    "Please try that once more; if it happens again, close the program and open it."
                )
            )
        )
