"""What a person chose for the bundle of a claim, paper by paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

INKS: Final = ("", "color", "black")
"""How the pages of a paper are printed: as suits the profile, in colour, or black on white."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BundleChoice:
    """The choice for one paper. `included` is empty (as is usual for its kind), `in` or `out`.

    `position` orders the papers that have one; `pages` are those that go in, as `1-3, 5`, empty
    for all of them.
    """

    id: str
    claim_id: str
    document_id: str
    included: str = ""
    position: int | None = None
    pages: str = ""
    ink: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BlackOut:
    """A box on a page (from 1) of a paper that is blacked out in every bundle.

    The corners are ten-thousandths of the upright page, from its top left. `view` tells how that
    page stood and was cut when the box was drawn: seen otherwise, the box would lie elsewhere.
    """

    id: str
    document_id: str
    page: int
    x0: int
    y0: int
    x1: int
    y1: int
    author_id: str | None = None
    added_at: datetime
    view: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HiddenLine:
    """A line of a claim's story (its kind and its record) that stays out of what others get."""

    id: str
    claim_id: str
    what: str
    record_id: str
