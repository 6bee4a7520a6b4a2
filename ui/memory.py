"""What the window remembers between starts: the settings, and small sizes of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from app.settings import Settings, read_settings, write_settings


class Memory:
    """Holds the settings in force and keeps each change at once.

    `recall` and `remember` are for sizes of splitters and windows; they lie in one field of the
    settings and hold nothing of a binder's content.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.settings: Settings = read_settings(path)

    def choose(self, **changed: Any) -> None:
        """Change some settings, by their names in `Settings`, and keep them."""
        settings = replace(self.settings, **changed)
        if settings != self.settings:
            self.settings = settings
            write_settings(self._path, settings)

    def recall(self, name: str) -> str | None:
        """Return what was remembered under this name."""
        value = self._sizes().get(name)
        return value if isinstance(value, str) else None

    def remember(self, name: str, value: str) -> None:
        """Keep a value for the next start."""
        self.choose(window=json.dumps(self._sizes() | {name: value}))

    def _sizes(self) -> dict[str, Any]:
        try:
            kept: Any = json.loads(self.settings.window)
        except ValueError:
            return {}
        return cast("dict[str, Any]", kept) if isinstance(kept, dict) else {}
