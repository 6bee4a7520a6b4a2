"""One original of an exhibit: which of the exhibit's pages, words and wishes are its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from app.domain.bundle import ExhibitPlan, SourceFile
from app.domain.errors import UserError
from app.exporting.making import BLACK_DOTS, Box, Making, Wanted
from app.exporting.text_kinds import TEXT_KINDS

_PICTURES_OF_PAGES: Final = 2
"""The attempt of `normalise` at which a PDF goes in as pictures of its pages."""
_NOT_READ: Final = (
    "This paper is not read yet, so it cannot be printed. Wait until it is read, then make the "
    "bundle again."
)
_NOT_COUNTED: Final = (
    "Pages of this paper are chosen or blacked out, but a file before this one could not be "
    "opened, so nobody can tell which pages are meant. Leave this file out, or take the choice "
    "of pages back."
)


@dataclass(frozen=True, slots=True)
class Original:
    """One original; `before` is how many pages those before it have, None if nobody knows."""

    exhibit: ExhibitPlan
    source: SourceFile
    before: int | None
    making: Making

    @property
    def is_text(self) -> bool:
        """Return whether it is printed from its words."""
        return self.source.media_type in TEXT_KINDS

    @property
    def first_attempt(self) -> int:
        """Return with which way of taking it in to begin."""
        is_pictured = self.exhibit.document_id in self.making.as_pictures
        is_other = self.is_text or self.source.media_type.startswith("image/")
        return _PICTURES_OF_PAGES if is_pictured and not is_other else 0

    @property
    def is_redrawn(self) -> bool:
        """Return whether its pages may have to be drawn anew, which takes long."""
        return self._ink() in BLACK_DOTS or bool(self.exhibit.black_outs)

    def wanted(self) -> Wanted:
        """Return what is wanted of its pages.

        Raises:
            UserError: it cannot go in; the sentence says why.
        """
        if self.source.problem:
            raise UserError(self.source.problem)
        exhibit, making = self.exhibit, self.making
        withheld = {page for document, page in making.withheld if document == exhibit.document_id}
        if self.before is None:
            if exhibit.pages is not None or exhibit.black_outs or withheld:
                raise UserError(_NOT_COUNTED)
            return Wanted(ink=self._ink(), dots=making.dots)
        boxes: defaultdict[int, list[Box]] = defaultdict(list)
        for black in exhibit.black_outs:
            boxes[self._own(black.page)].append((black.x0, black.y0, black.x1, black.y1))
        chosen = exhibit.pages
        return Wanted(
            pages=None if chosen is None else frozenset(map(self._own, chosen)),
            boxes={page: tuple(found) for page, found in boxes.items()},
            corners={self._own(flat.page): flat.corners for flat in exhibit.flat},
            withheld=frozenset(map(self._own, withheld)),
            ink=self._ink(),
            dots=making.dots,
        )

    def readings(self) -> list[list[object]]:
        """Return for each page its turn, whether its words are embedded, and the words."""
        if self.before is None:
            return []
        texts = {text.number: text for text in self.exhibit.page_texts}
        turns = self.exhibit.turns
        readings: list[list[object]] = []
        for number in self._numbers():
            turn = turns[number - 1] if number <= len(turns) else 0
            text = texts.get(number)
            words = text.words if text else ()
            boxes = [(word.text, word.x0, word.y0, word.x1, word.y1) for word in words]
            readings.append([turn, text is not None and text.how == "embedded", boxes])
        return readings

    def texts(self) -> list[str]:
        """Return the text of each page of a paper that is text; nothing for any other.

        Raises:
            UserError: it is not read yet.
        """
        if not self.is_text:
            return []
        known = {text.number: text.text for text in self.exhibit.page_texts}
        if self.before is None or not known:
            raise UserError(_NOT_READ)
        texts = [known.get(number) for number in self._numbers()]
        if None in texts or not texts:
            raise UserError(_NOT_READ)
        return [text for text in texts if text is not None]

    def text_of(self, page: int) -> str:
        """Return what was read on a page of its own, from 0."""
        number = (self.before or 0) + page + 1
        return next((text.text for text in self.exhibit.page_texts if text.number == number), "")

    def _ink(self) -> str:
        own = "" if self.is_text else self.exhibit.ink  # what is typeset is black already
        return self.making.ink or own

    def _own(self, number: int) -> int:
        """Return which page of this original, from 0, a page of the exhibit is; it may be none."""
        return number - 1 - (self.before or 0)

    def _numbers(self) -> range:
        """Return the pages of the exhibit that are or may be its own."""
        first = (self.before or 0) + 1
        if self.source.pages is not None:
            return range(first, first + self.source.pages)
        read = (text.number for text in self.exhibit.page_texts)
        return range(first, max([len(self.exhibit.turns), *read]) + 1)
