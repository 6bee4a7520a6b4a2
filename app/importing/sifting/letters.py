"""Where a second letter begins in one file: a new greeting under a new date, or a new page 1."""

from __future__ import annotations

import re
from typing import Final

from app.importing.sifting.folding import folded
from app.importing.sifting.paper import Paper

_TOP: Final = 0.45  # of a page's rows, in which a letter begins
_GREETING: Final = re.compile(r"^(?:dear|estimad[oa]s?|to whom it may concern|a quien)\b")
_FIRST_PAGE: Final = re.compile(r"\bp(?:age|agina|ag\.?|\.)\s?1\s?(?:of|de|/)\s?\d{1,3}\b")
_LATER_PAGE: Final = re.compile(
    r"\bp(?:age|agina|ag\.?|\.)\s?(?:[2-9]|[1-9]\d{1,2})(?:\s?(?:of|de|/)\s?\d{1,3})?\b"
)


def letters_in(paper: Paper) -> tuple[int, ...]:
    """Return the pages on which a letter begins; the first page always does."""
    found = [1]
    for page in range(2, len(paper.page_starts) + 1):
        rows = [row for row in paper.rows if row and row[0].page == page]
        lines = [folded(" ".join(cell.text for cell in row)) for row in rows]
        if not lines or any(_LATER_PAGE.search(line) for line in lines):
            continue
        top = lines[: max(round(len(lines) * _TOP), 6)]
        greets = any(_GREETING.match(line) for line in top)
        if greets or any(_FIRST_PAGE.search(line) for line in lines):
            found.append(page)
    return tuple(found)
