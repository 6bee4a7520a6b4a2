"""How screens learn that the binder has changed."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

_KEPT: Final = 200
"""How many changes are remembered for those who ask what happened since."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changes:
    """What one committed operation changed: its label, and the ids by kind of record."""

    label: str
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def of(self, *kinds: str) -> bool:
        """Return whether any record of these kinds changed."""
        return any(self.ids.get(kind) for kind in kinds)


class ChangeFeed:
    """Tells every listener of every change, in the thread that made it.

    A listener that raises is logged and does not stop the others: the change is already
    committed, and the next listener must hear of it.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[Changes], None]] = []
        self._newest: deque[Changes] = deque(maxlen=_KEPT)
        self._number = 0
        self._lock = threading.Lock()

    @property
    def number(self) -> int:
        """How many changes were told so far; what is told to listeners is counted before."""
        with self._lock:
            return self._number

    def since(self, number: int) -> tuple[Changes, ...] | None:
        """Return the changes after that many, the oldest first; None if they are forgotten."""
        with self._lock:
            missed = self._number - number
            if missed > len(self._newest):
                return None
            return tuple(self._newest)[len(self._newest) - missed :]

    def listen(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call `listener` for each change from now on; the returned function ends that."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def publish(self, changes: Changes) -> None:
        """Tell all listeners."""
        with self._lock:
            self._number += 1
            self._newest.append(changes)
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - one of the three places, see the class
                _log.exception("A listener failed after “%s”", changes.label)
