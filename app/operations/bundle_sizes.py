"""About how much a bundle will be, told before anything is made; nothing is opened for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.bundle import FAX_PAGES, PORTAL_BYTES, BundlePlan, ExhibitPlan, FlatPage, SourceFile
from app.exporting.making import Making, making_for
from app.exporting.sizes import About, size_of
from app.storage.queries.papers import document_parts, page_refs

_LETTERS_OF_A_PAGE: Final = 2_500
_ROWS: Final = {
    "criteria": 6, "treatments": 9, "evidence": 12, "story": 13, "diary": 20, "calls": 9
}  # fmt: skip
"""How many rows of a section usually fit a page."""
_COST_ROWS: Final = 13
_OWN_BYTES: Final = 120_000
"""Of our own pages with their fonts, in each file."""


@dataclass(frozen=True, slots=True)
class AboutSizes:
    """About how many pages and bytes a bundle has in all, and in how many files it comes."""

    pages: int
    bytes: int
    parts: int


def about_sizes(binder: Binder, plan: BundlePlan) -> AboutSizes:
    """Return about how much `plan` will be, with its sheets and our own pages.

    A part for a portal or a fax is as large as may be; nothing is shrunk or drawn to find out, so
    the finished bundle may differ by some pages, and by a third of its bytes.
    """
    making = making_for(plan.profile)
    sizes = [_size(binder, exhibit, making) for exhibit in plan.exhibits]
    pages = _own_pages(plan) + sum(1 + each.pages for each in sizes)
    if plan.profile == "print":  # a sheet comes on the front of a leaf
        pages += sum(1 for each in sizes[:-1] if each.pages % 2 == 0)
    size = _OWN_BYTES + sum(each.bytes for each in sizes)
    parts = 1
    if plan.profile == "portal":
        room = max((plan.max_bytes or PORTAL_BYTES) - _OWN_BYTES, 1)
        parts = ceil((size - _OWN_BYTES) / room) or 1
        size += (parts - 1) * _OWN_BYTES
    elif plan.profile == "fax":
        parts = ceil(pages / max((plan.max_pages or FAX_PAGES) - 1, 1))
    slips = parts if parts > 1 or plan.profile == "fax" else 0
    return AboutSizes(pages + slips, size, parts)


def _size(binder: Binder, exhibit: ExhibitPlan, making: Making) -> About:
    parts = binder.ask(document_parts, exhibit.document_id)
    refs = binder.ask(page_refs, exhibit.document_id)
    counts = {ref.sha256: ref.part_pages for ref in refs}
    told = replace(
        exhibit,
        sources=tuple(
            SourceFile(path=Path(), media_type=part.media_type, pages=counts.get(part.sha256))
            for part in parts
        ),
        turns=(0,) * len(refs),
        flat=tuple(FlatPage(page=ref.page, corners=ref.corners) for ref in refs if ref.corners),
    )
    return size_of(told, making, sizes=[part.size for part in parts])


def _own_pages(plan: BundlePlan) -> int:
    """Return about how many pages the cover, the contents and the sections take."""
    tables = sum(ceil(len(getattr(plan, name)) / rows) for name, rows in _ROWS.items())
    costs = ceil(len(plan.costs.rows) / _COST_ROWS) if plan.costs else 0
    return 2 + ceil(len(plan.letter) / _LETTERS_OF_A_PAGE) + tables + costs
