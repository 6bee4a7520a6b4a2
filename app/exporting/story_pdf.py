"""The story of a claim on paper: what happened, in order, and the papers that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from app.exporting.exhibit_pages import ExhibitHead, head_data
from app.exporting.plain_text import shortened
from app.exporting.typeset import typeset

_TITLE: Final = "What happened, in order"
_LONGEST_TEXT: Final = 2000
_LONGEST_PAPER: Final = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryEntry:
    """One line as it is printed; `paper` is the name of the paper that shows it, `page` its page.

    `day` is the day in words, as far as it is known; lines of one `year` stand together.
    """

    day: str
    year: int
    what: str
    text: str
    paper: str = ""
    page: int | None = None


def story_pdf(head: ExhibitHead, entries: Sequence[StoryEntry], *, note: str = "") -> bytes:
    """Return the story as a PDF on upright US Letter pages; `entries` are in time order.

    `note` is a sentence above them, such as for whom the copy is.
    """
    years = [
        {"year": str(year), "rows": [_row(entry) for entry in some]}
        for year, some in groupby(entries, key=lambda entry: entry.year)
    ]
    data = {**head_data(head), "years": years, "note": note}
    return typeset("story.typ", data, title=_TITLE, made_on=head.made_on)


def _row(entry: StoryEntry) -> dict[str, object]:
    page = f", page {entry.page}" if entry.page and entry.paper else ""
    cite = f"{shortened(entry.paper, _LONGEST_PAPER)}{page}" if entry.paper else ""
    return {
        "day": entry.day[:1].upper() + entry.day[1:],
        "what": entry.what,
        "text": shortened(entry.text, _LONGEST_TEXT),
        "cite": cite,
    }
