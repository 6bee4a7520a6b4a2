"""Where a second letter begins in one file: a new greeting under a new date, or a new page 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.importing.sifting.dates import dates_in
from app.importing.sifting.folding import folded
from app.importing.sifting.pairs import Row
from app.importing.sifting.paper import Paper

_TOP: Final = 0.65  # of the height of what is on a page, in which a letter begins
_GREETING: Final = re.compile(r"^(?:dear|estimad[oa]s?|to whom it may concern|a quien)\b")
_FORM: Final = re.compile(
    r"_{4}|\.{8}|\b(?:form|formulario|sample letter|carta modelo)\b|^(?:signature|signed|firma)\b"
)
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
        if _greets_anew(rows, lines) or any(_FIRST_PAGE.search(line) for line in lines):
            found.append(page)
    return tuple(found)


def _greets_anew(rows: Sequence[Row], lines: Sequence[str]) -> bool:
    """Say whether there is a greeting at the top of a page that does not ask to be filled in.

    A form that is enclosed greets too, but its date is still to come; a letter has it above.
    """
    first, last = rows[0][0].top, rows[-1][0].bottom
    for at, line in enumerate(lines):
        if rows[at][0].top > first + _TOP * (last - first):
            return False
        if _GREETING.match(line):
            return bool(dates_in("\n".join(lines[:at]))) or not any(map(_FORM.search, lines))
    return False
