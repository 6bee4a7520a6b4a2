"""Dialogs: each asks and returns a frozen answer; none of them writes."""

from __future__ import annotations

from typing import Any


def values_of(given: Any) -> dict[str, Any]:
    """Return the fields of an answer by name, as the operations take them."""
    return {name: getattr(given, name) for name in type(given).__slots__}
