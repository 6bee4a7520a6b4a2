"""Keeps the notes of a call while they are typed, on a thread, so that nothing waits for a disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from app.operations.call_drafts import CallDraft, drop_call_draft, keep_call_draft
from ui.desk import Desk


class DraftKeeper:
    """Writes a draft when it has changed. After `rest` nothing is written any more."""

    def __init__(
        self, desk: Desk, owner: QObject, on_failed: Callable[[BaseException], object]
    ) -> None:
        self._desk, self._owner, self._on_failed = desk, owner, on_failed
        self._kept: CallDraft | None = None
        self._number = self._newest = 0
        self._rests = False
        self._lock = threading.Lock()

    def know(self, draft: CallDraft | None) -> None:
        """Take a draft for kept: it was found in the binder, or there is none to keep."""
        self._kept = draft and _by_minute(draft)
        self._rests = False

    def look(self, draft: CallDraft) -> None:
        """Keep a draft if its words have changed since, or another minute has passed."""
        if self._rests or not self._has_changed(draft):
            return
        self._kept = _by_minute(draft)
        self._number += 1
        number = self._number
        self._desk.quick.run(
            "", lambda _p: self._write(draft, number), None, self._failed, self._owner
        )

    def rest(self) -> None:
        """Write no more; what is being written on a thread is finished first."""
        with self._lock:
            self._rests = True

    def finish(self, draft: CallDraft | None) -> None:
        """Keep a draft now, in the thread of the window that closes; None forgets what was kept.

        Raises:
            UserError: it cannot be written; the keeper goes on.
        """
        with self._lock:
            if draft:
                keep_call_draft(self._desk.binder, draft)
            elif self._number:
                drop_call_draft(self._desk.binder)
            self._rests = True

    def _has_changed(self, draft: CallDraft) -> bool:
        if self._kept is None:
            return draft.has_words
        return _by_minute(draft) != self._kept

    def _write(self, draft: CallDraft, number: int) -> None:
        """Write one draft, on a thread; an older one never goes over a newer one."""
        with self._lock:
            if not self._rests and number > self._newest:
                keep_call_draft(self._desk.binder, draft)
                self._newest = number

    def _failed(self, error: BaseException) -> None:
        self._kept = None  # so that the next second tries again
        self._on_failed(error)


def _by_minute(draft: CallDraft) -> CallDraft:
    return replace(draft, seconds=draft.seconds // 60)
