"""The appeal bundle as one PDF."""

from __future__ import annotations

from pathlib import Path

from app.domain.bundle import BoundBundle, BundlePlan
from app.domain.lettering import letter_of
from app.exporting.binding import OwnPages, bind_behind
from app.exporting.sheets import bookmark_of, front_data
from app.jobs import Progress
from app.workers import WorkerPool


def bind(
    plan: BundlePlan, target: Path, pool: WorkerPool, progress: Progress, *, allow_gaps: bool
) -> BoundBundle:
    """Make the bundle at `target`; see `bind_behind` for gaps and errors."""
    letters = tuple(map(letter_of, range(len(plan.exhibits))))
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
    )
    return bind_behind(own, plan.exhibits, target, pool, progress, allow_gaps=allow_gaps)
