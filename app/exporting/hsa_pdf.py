"""The HSA expense summary as one PDF, the papers behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.domain.bundle import BoundBundle, ExhibitPlan
from app.domain.hsa_plan import HsaPlan
from app.exporting.binding import OwnPages, bind_behind
from app.exporting.hsa_apart import set_apart
from app.exporting.hsa_front import title_of
from app.exporting.hsa_pages import bookmarks, front_data
from app.jobs import Progress
from app.workers import WorkerPool


def bind_summary(
    plan: HsaPlan,
    papers: Sequence[ExhibitPlan],
    target: Path,
    pool: WorkerPool,
    progress: Progress,
    *,
    made_on: date,
) -> BoundBundle:
    """Make the summary at `target`; `papers` are those of `plan.exhibits`, in their order.

    A paper that cannot go in is a gap, and a page names it and says why. One without sources has
    a cover and no pages.

    Raises:
        UserError: the target cannot be written, or the finished file failed its check.
        Cancelled: the person asked to stop; nothing is left behind.
    """
    front, inlays = set_apart(front_data(plan, made_on=made_on))
    own = OwnPages(
        template="hsa.typ",
        title=title_of(plan.choice),
        made_on=made_on,
        front=front,
        marks=tuple(exhibit.number for exhibit in plan.exhibits),
        bookmarks=bookmarks(plan),
        inlays=inlays,
    )
    return bind_behind(own, papers, target, pool, progress, allow_gaps=True)
