"""Where a binder may live: a folder of this computer that no cloud program copies about.

A sync program that copies a database while it is being written ruins it. Such a folder is a fine
place for backups, which are finished files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.domain.errors import UserError

_SYNCED: Final = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive",
    "icloud~", "com~apple~clouddocs", "box sync", "nextcloud", "owncloud", "syncthing", "pcloud",
    "megasync",
)  # fmt: skip


def synced_by(folder: Path) -> str | None:
    """Return the part of the path that a cloud program keeps in step, or None."""
    for part in folder.absolute().parts:
        if part.casefold().startswith(_SYNCED):
            return part
    return None


def refuse_synced(folder: Path) -> None:
    """Refuse a live binder in a synced folder or on a network share.

    Raises:
        UserError: the folder is one, with the advice to use it for backups.
    """
    name = synced_by(folder)
    if name is None and str(folder.absolute()).startswith("\\\\"):
        name = "a network drive"
    if name:
        raise UserError(
            f"“{name}” is copied to other places while you work, which can ruin a binder. "
            "Choose a folder on this computer; you can use this one for backups."
        )
