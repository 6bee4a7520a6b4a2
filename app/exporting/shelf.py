"""Where the papers of a bundle stand: what links to them are called before there are pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.domain.bundle import ExhibitPlan, PlaceOfProof
from app.domain.lettering import letter_of

Link = dict[str, str]
"""What a template needs to lead to a paper: its `letter`, and the `key` of the place."""


class Shelf:
    """Gives links to exhibits and to pages of them; `pages` has all pages that were asked for."""

    def __init__(self, exhibits: Sequence[ExhibitPlan]) -> None:
        self._letters = {
            exhibit.document_id: letter_of(position) for position, exhibit in enumerate(exhibits)
        }
        self._pages: dict[str, set[int]] = defaultdict(set)

    @property
    def pages(self) -> dict[str, list[int]]:
        """Return for each letter which pages of its paper are linked to, from 1."""
        return {letter: sorted(pages) for letter, pages in sorted(self._pages.items())}

    def link(self, document_id: str | None, page: int | None = None) -> Link | None:
        """Return the link to a paper, or to a page of it; None if it does not go along.

        `page` is the paper's own, from 1. One that stays out will lead to the sheet of its paper.
        """
        found = self._letters.get(document_id or "")
        if found is None:
            return None
        if page is None or page < 1:
            return {"letter": found, "key": found}
        self._pages[found].add(page)
        return {"letter": found, "key": key_of(found, page)}

    def place(self, place: PlaceOfProof | None) -> Link | None:
        """Return the link to a place of proof, if its paper goes along."""
        return self.link(place.document_id, place.page) if place else None

    def places(self, places: Sequence[PlaceOfProof]) -> list[Link]:
        """Return the links to those places whose papers go along, each once."""
        links = [link for place in places if (link := self.place(place)) is not None]
        return list({link["key"]: link for link in links}.values())


def key_of(letter: str, page: int) -> str:
    """Return what the page of an exhibit is called among the targets of links."""
    return f"{letter}.{page}"
