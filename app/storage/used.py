"""Which originals are in use: by a paper, or by a bundle that was made."""

from __future__ import annotations

from sqlalchemy import Subquery, select, union_all

from app.storage.schema import parts, saved_files


def used_originals() -> Subquery:
    """Return digest and file name of each use, in the columns `sha256` and `name`."""
    return union_all(
        select(parts.c.sha256, parts.c.name), select(saved_files.c.sha256, saved_files.c.name)
    ).subquery("used")
