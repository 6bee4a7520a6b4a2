"""A bundle's own pages in words: what the cover, the sections and the sheets say."""

from __future__ import annotations

from typing import Final

from app.domain.bundle import BundlePlan, ExhibitPlan
from app.domain.lettering import letter_of
from app.exporting.own_cover import cover_data, runner, said
from app.exporting.own_sections import TITLES, section_rows
from app.exporting.plain_text import shortened
from app.exporting.printed import entry
from app.exporting.shelf import Shelf

_LONGEST_TITLE: Final = 240
_LONGEST_BOOKMARK: Final = 100
_LONGEST_ENCLOSURE: Final = 90
SPECIMEN: Final = "Part Page of, page 0123456789"
"""The letters of a page number: a last page shows them, so that `stamps` finds them in the font."""


def front_data(plan: BundlePlan) -> dict[str, object]:
    """Return what the template `bundle.typ` prints, but for what depends on where pages come.

    `sections` have a `name`, a `title` and `rows`, in their order; `links` the pages of each
    exhibit that something leads to. `app.exporting.printed` adds the rest.
    """
    shelf = Shelf(plan.exhibits)
    exhibits = [
        _exhibit(exhibit, letter_of(position)) for position, exhibit in enumerate(plan.exhibits)
    ]
    rows = section_rows(plan, shelf)
    own = [{"key": name, "mark": "", "name": TITLES[name], "more": ""} for name in rows]
    rows = {"cover": [], **rows, "contents": [*own, *map(entry, exhibits)]}
    return {
        "made_on": said(plan.made_on),
        "specimen": SPECIMEN,
        "paper": "a4" if plan.paper == "a4" else "us-letter",
        "profile": plan.profile,
        "cover": cover_data(plan.cover),
        "runner": runner(plan.cover, is_divided=plan.profile in {"portal", "fax"}),
        "sections": [
            {"name": name, "title": title, "rows": rows[name]}
            for name, title in TITLES.items()
            if name in rows
        ],
        "links": shelf.pages,
        "exhibits": exhibits,
    }


def _exhibit(exhibit: ExhibitPlan, letter: str) -> dict[str, str]:
    return {
        "letter": letter,
        "title": shortened(exhibit.title, _LONGEST_TITLE),
        "short": shortened(exhibit.title, _LONGEST_ENCLOSURE),
        "bookmark": bookmark_of(letter, exhibit.title),
        "kind": exhibit.kind,
        "on": said(exhibit.on),
    }


def bookmark_of(letter: str, title: str) -> str:
    """Return what the bookmark of an exhibit says."""
    return f"Exhibit {letter}: {shortened(title, _LONGEST_BOOKMARK)}"
