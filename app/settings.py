"""What this computer remembers: one frozen value in one JSON file, nothing of a binder."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Choices of the person at this computer; every default is a working one.

    `tray_notice`: a notice once a day, with the titles of dates if `notice_titles`; `noticed_on` is
    the day of the last. `keep_in_tray`: closing the window leaves the program in the tray, which
    is said once (`tray_told`).
    """

    binder: str = ""
    theme: str = "system"
    text_percent: int = 100
    author_id: str = ""
    backup_folder: str = ""
    backup_offered: bool = False
    watched_folder: str = ""
    window: str = ""
    tray_notice: bool = True
    notice_titles: bool = False
    noticed_on: str = ""
    keep_in_tray: bool = False
    tray_told: bool = False


def read_settings(path: Path) -> Settings:
    """Read the file; what is missing, unknown or of a wrong type keeps its default."""
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    kept = {
        item.name: stored[item.name]
        for item in fields(Settings)
        if type(stored.get(item.name)) is type(item.default)
    }
    return replace(Settings(), **kept)


def write_settings(path: Path, settings: Settings) -> None:
    """Write the file so that it is either the old or the new one.

    A computer where it cannot be written works all the same; the choices last for the session.
    """
    draft = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        os.replace(draft, path)  # noqa: PTH105 - one call that both systems know
    except OSError as error:
        _log.info("Settings were not kept: %s", error.strerror)
