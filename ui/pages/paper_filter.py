"""Which papers of a list are shown: by words, by claim, by kind. No Qt, no questions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from app.storage.queries.papers import PaperRow
from ui.names import PAPER_KINDS, word_for

NO_CLAIM: Final = "-"
"""Stands for papers that belong to no claim; ids are never this."""


class PaperFilter:
    """Remembers the words of each paper, so that a key press looks at ready text only."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[PaperRow, str]] = {}

    def learn(self, rows: Sequence[PaperRow]) -> None:
        """Filter these papers from now on; those that have not changed are known already."""
        known = self._known
        self._known = {
            row.id: before if (before := known.get(row.id)) and before[0] is row
            else (row, _words_of(row))
            for row in rows
        }  # fmt: skip

    def apply(self, typed: str, claim_id: str | None, kind: str | None) -> list[PaperRow]:
        """Return the papers that hold every typed word and fit claim and kind, in their order."""
        wanted = folded(typed).split()
        claim = None if claim_id == NO_CLAIM else claim_id
        return [
            row
            for row, words in self._known.values()
            if (claim_id is None or row.claim_id == claim)
            and (kind is None or row.kind == kind)
            and all(word in words for word in wanted)
        ]


def folded(text: str) -> str:
    """Return a text in which small and capital letters and accents make no difference."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _words_of(row: PaperRow) -> str:
    return folded("\n".join((row.name, row.claim or "", word_for(PAPER_KINDS, row.kind), row.note)))
