"""What tells the sample binder from a person's own, apart from what it takes to make one."""

from __future__ import annotations

from typing import Final

from app.binder import Binder
from app.storage.facts import fact, set_fact

_MARK: Final = "sample"


def mark_as_sample(binder: Binder) -> None:
    """Let every page say from now on that nothing in this binder is real."""
    with binder.erasing("Make the sample binder") as work:
        set_fact(work.connection, _MARK, "yes")


def is_sample(binder: Binder) -> bool:
    """Return whether this binder is the sample, to be shown as such on every page."""
    return binder.ask(fact, _MARK) is not None
