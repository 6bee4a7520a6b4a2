"""What a person said about what was read: facts they confirmed or corrected, edges of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidFact:
    """A value in a paper that a person confirmed or typed; it stands whatever is read later.

    `value` is as `Fact.value` in its plain form (`app.domain.fact.plain_value`), `read_as` what
    the reader had suggested then, empty if nothing. `page` and `box` (four fractions, parted by
    spaces) tell which words of the paper say so, if any do.
    """

    id: str
    document_id: str
    name: str
    value: str
    read_as: str = ""
    words: str = ""
    page: int | None = None
    box: str = ""
    author_id: str | None = None
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PageEdges:
    """The corners of a photographed page as a person set them.

    `corners` are eight fractions parted by spaces, clockwise from top left, of the photo as its
    file wants it seen; empty means that the photo is to stay as it is.
    """

    id: str
    sha256: str
    page: int
    corners: str = ""
    author_id: str | None = None
    added_at: datetime
