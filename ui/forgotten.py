"""Where Python looks for forgotten objects: in the window's thread alone.

Python looks whenever enough new objects were made, in whichever thread made the last of them. A
window that was closed is often part of a ring of objects, and would then be taken apart in the
thread of a job; Qt allows that in its own thread only, and the program dies of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1000
_MANY = 100_000
"""So many new objects since the last look were not made by hand: a large binder was read."""


class ForgottenObjects(QObject):
    """Looks for forgotten objects now and then, in the thread it was made in."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin, and let no other thread look for as long as the program runs.

        What is there by now is not looked at again: a look at all of the program's code takes
        100 ms, in which no thread can do anything.
        """
        super().__init__(parent)
        gc.disable()
        if not gc.get_freeze_count():
            gc.freeze()
        timer = QTimer(self)
        timer.timeout.connect(look)
        timer.start(_LOOK_MS)


def look(collect: Callable[[int], int] = gc.collect) -> None:
    """Look among the objects of the age that is due, as Python itself would have done by now.

    The records of a large binder are not looked at, neither now nor later: they form no rings, and
    a look at those of forty thousand expenses takes 250 ms.
    """
    if gc.get_count()[0] > _MANY:
        gc.freeze()
        return
    due = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for age in (2, 1, 0):
        if due[age]:
            collect(age)
            return
