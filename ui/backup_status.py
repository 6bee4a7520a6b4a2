"""What the window says of backups all the time, and where they go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.binder import Binder
from app.storage.queries.upkeep import backup_state
from ui.memory import Memory
from ui.wording import tr


def backup_folder(memory: Memory) -> Path | None:
    """Return the chosen place for backups, there or not."""
    kept = memory.settings.backup_folder
    return Path(kept) if kept else None


def backup_words(binder: Binder, today: date) -> tuple[str, bool]:
    """Return the words of the status line on backups, and whether one is overdue."""
    state = binder.ask(backup_state)
    is_old = state.is_overdue(today)
    if state.last_on is None:
        return tr("No backup yet"), is_old
    days = (today - state.last_on).days
    if days <= 0:
        return tr("Backed up and proven today"), is_old
    if days == 1:
        return tr("Last proven backup: yesterday"), is_old
    return tr("Last proven backup: {n} days ago", n=days), is_old
