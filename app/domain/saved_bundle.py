"""A bundle as it was made: which exact files, of what, with what left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

PROFILES: Final = ("print", "portal", "fax", "reviewer")
"""For whom a bundle is made: on paper, a website with a limit, a fax machine, a reader's screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedBundle:
    """One bundle.

    `exhibits` and `warnings` are JSON lists: what went in, and what was known to lack and was sent
    all the same.
    """

    id: str
    claim_id: str
    denial_id: str | None = None
    title: str
    profile: str = "print"
    exhibits: str = "[]"
    warnings: str = "[]"
    author_id: str | None = None
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedFile:
    """One file of a bundle, frozen: `sha256` names its bytes among the originals."""

    id: str
    bundle_id: str
    position: int
    name: str
    sha256: str
    pages: int
    size: int
