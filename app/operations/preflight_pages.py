"""The pages that go in, as preflight looks at them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Final

from PIL import Image, UnidentifiedImageError

from app.binder import Binder
from app.domain.bundle import ExhibitPlan
from app.domain.errors import UserError
from app.domain.page import PageText, Word, unpack_page
from app.domain.preflight import PageSeen, PaperSeen
from app.storage.queries.papers import (
    PageRef,
    PageWords,
    PaperRow,
    document_parts,
    page_refs,
    page_words,
    paper_rows,
)

_LOOK_PX: Final = 160
"""How wide a page is drawn to see whether anything is on it."""

_MOST_LOOKS: Final = 60
"""Of so many pages without words at most it is seen whether they are blank."""

_DARK: Final = 48  # of 255, below the brightness of the paper
_LEAST_INK: Final = 0.0015  # of the dots; a number at the foot alone has more
_MARGIN: Final = 0.03  # of the page; shadows lie at the edges of a scan
_LEAST_LONG: Final = 4  # letters; shorter words are as wide as high
_LEAST_TALL: Final = 8  # words, before a page is said to lie on its side


Draw = Callable[[str, int, int], bytes]
"""Draws a page (from 1) of a paper so many pixels wide."""


def papers_seen(
    binder: Binder, exhibits: Sequence[ExhibitPlan], draw: Draw | None = None
) -> tuple[PaperSeen, ...]:
    """Return the papers of a bundle with their pages; who can draw them tells blank ones too."""
    rows = {
        row.id: row for row in binder.ask(paper_rows, only=[each.document_id for each in exhibits])
    }
    eye = _Eye(draw)
    return tuple(
        _paper(binder, rows[each.document_id], each, eye)
        for each in exhibits
        if each.document_id in rows
    )


def _paper(binder: Binder, row: PaperRow, exhibit: ExhibitPlan, eye: _Eye) -> PaperSeen:
    refs = binder.ask(page_refs, row.id)
    words = binder.ask(page_words, row.id)
    some = exhibit.pages
    out = frozenset(ref.page for ref in refs if some is not None and ref.page not in some)
    pages = tuple(
        _page(ref, kept, eye, row.id if ref.page not in out else None)
        for ref, kept in zip(refs, words, strict=True)
    )
    parts = binder.ask(document_parts, row.id)
    return PaperSeen(
        document_id=row.id,
        name=row.name,
        kind=row.kind,
        digests=tuple(part.sha256 for part in parts),
        pages=pages,
        left_out=out,
        waits=row.read == "waiting",
    )


def _page(ref: PageRef, kept: PageWords, eye: _Eye, look_in: str | None) -> PageSeen:
    text = _text(kept)
    words = text.words
    count = len(words) or len(text.text.split())
    is_blank = eye.sees_blank(look_in, ref) if look_in and not count and not ref.failed else None
    return PageSeen(
        number=ref.page,
        text=text.text,
        words=count,
        sureness=text.sureness,
        upright=_is_upright(words, ref),
        is_blank=is_blank,
        failed=ref.failed or "",
    )


def _text(kept: PageWords) -> PageText:
    empty = PageText(kept.page, "", "ocr" if kept.how == "ocr" else "embedded")
    try:
        return unpack_page(kept.packed) if kept.packed else empty
    except ValueError:
        return empty


def _is_upright(words: Sequence[Word], ref: PageRef) -> bool:
    """Return whether long words are wider than high; a few that stand upright are a margin's."""
    long = [word for word in words if len(word.text) >= _LEAST_LONG]
    tall = [
        word
        for word in long
        if (word.y1 - word.y0) * ref.height_pt > (word.x1 - word.x0) * ref.width_pt
    ]
    return len(tall) < _LEAST_TALL or len(tall) * 2 < len(long)


class _Eye:
    """Looks at pages without words, a few dozen at most, to see whether they are blank."""

    def __init__(self, draw: Draw | None) -> None:
        self._draw = draw
        self._left = _MOST_LOOKS

    def sees_blank(self, document_id: str, ref: PageRef) -> bool | None:
        """Return whether nothing is on a page; None where that cannot be seen."""
        if self._draw is None or self._left <= 0:
            return None
        self._left -= 1
        try:
            return _is_blank(self._draw(document_id, ref.page, _LOOK_PX))
        except (UserError, UnidentifiedImageError, OSError):
            return None


def _is_blank(picture: bytes) -> bool:
    """Return whether hardly a dot of a drawn page is darker than its paper."""
    with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
        grey = opened.convert("L")
    wide, high = grey.size
    inset = (round(wide * _MARGIN), round(high * _MARGIN))
    inner = grey.crop((*inset, wide - inset[0], high - inset[1]))
    counts = inner.histogram()
    total = sum(counts)
    paper = _middle(counts, total)
    return sum(counts[: max(0, paper - _DARK)]) < total * _LEAST_INK


def _middle(counts: Sequence[int], total: int) -> int:
    """Return the brightness that half of the dots do not reach: that of the paper."""
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen * 2 >= total:
            return level
    return 255
