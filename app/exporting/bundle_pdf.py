"""The appeal bundle as one PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.bundle import FAX_PAGES, PORTAL_BYTES, BoundBundle, BundlePlan
from app.domain.errors import UserError
from app.domain.lettering import letter_of
from app.exporting.binding import OwnPages, bind_behind
from app.exporting.making import Reread, making_for
from app.exporting.parts import FEWEST_PAGES
from app.exporting.sheets import bookmark_of, front_data
from app.jobs import Progress
from app.workers import WorkerPool

_NO_ARCHIVE: Final = (
    "This is an ordinary PDF. ClaimBinder cannot make PDF/A yet; if a portal asks for it, send the "
    "bundle on paper or by fax."
)


def bind(
    plan: BundlePlan,
    target: Path,
    pool: WorkerPool,
    progress: Progress,
    *,
    allow_gaps: bool,
    reread: Reread | None = None,
) -> BoundBundle:
    """Make the bundle at `target`; see `bind_behind` for gaps and errors.

    A bundle for a portal or a fax that is larger than a part may be becomes parts NAME-1.pdf …;
    each names what it holds. `reread` proves that no words are lost where pictures are shrunk.
    """
    letters = tuple(map(letter_of, range(len(plan.exhibits))))
    max_pages, max_bytes = _limits(plan)
    if max_pages is not None and max_pages < FEWEST_PAGES:
        raise UserError(
            f"Each part needs at least {FEWEST_PAGES} pages: the sheet that tells what is inside, "
            "and a page of a paper. Allow more pages for each part."
        )
    own = OwnPages(
        template="bundle.typ",
        title=plan.title.strip() or "Appeal",
        made_on=plan.made_on,
        front=front_data(plan),
        marks=letters,
        bookmarks=tuple(
            bookmark_of(letter, exhibit.title)
            for letter, exhibit in zip(letters, plan.exhibits, strict=True)
        ),
        paper=plan.paper,
        max_pages=max_pages,
        max_bytes=max_bytes,
        making=making_for(plan.profile, reread=reread),
    )
    bound = bind_behind(own, plan.exhibits, target, pool, progress, allow_gaps=allow_gaps)
    if plan.pdf_a and bound.files:
        return replace(bound, warnings=(*bound.warnings, _NO_ARCHIVE))
    return bound


def _limits(plan: BundlePlan) -> tuple[int | None, int | None]:
    """Return how many pages and bytes a part may have; paper and screens take all at once."""
    match plan.profile:
        case "portal":
            return plan.max_pages, plan.max_bytes or PORTAL_BYTES
        case "fax":
            return plan.max_pages or FAX_PAGES, plan.max_bytes
        case _:
            return None, None
