"""Where data files lie: rules, templates, icons, translations."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def resource(*parts: str) -> Path:
    """Return the path of a file under `resources/`, in a checkout and in a frozen program alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


def resource_json(*parts: str) -> Any:
    """Return the parsed content of a JSON file under `resources/`."""
    return json.loads(resource(*parts).read_text(encoding="utf-8"))
