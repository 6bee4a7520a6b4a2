"""The appeal bundle of a claim: from its plan to the finished files."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from app.binder import Binder
from app.domain.bundle import BoundBundle, BundlePlan
from app.domain.errors import UserError
from app.exporting.bundle_pdf import bind
from app.jobs import Progress
from app.operations.exhibits import with_sources
from app.workers import WorkerPool


def bind_bundle(
    binder: Binder,
    workers: WorkerPool,
    plan: BundlePlan,
    target: Path,
    progress: Progress,
    *,
    allow_gaps: bool = False,
) -> BoundBundle:
    """Write the bundle as one PDF and check it; a file there before is replaced only at the end.

    A paper that cannot go in is named in `gaps`. Without `allow_gaps` nothing is written then;
    with it a page stands in its place.

    Raises:
        UserError: there is no paper to bind, or the place cannot be written to.
        Cancelled: the person asked to stop.
    """
    if not plan.exhibits:
        raise UserError(
            "There is no paper to bind yet. File the denial letter and your proof under this "
            "claim, then try again."
        )
    with ExitStack() as lent:
        exhibits = tuple(with_sources(binder, exhibit, lent) for exhibit in plan.exhibits)
        return bind(
            replace(plan, exhibits=exhibits), target, workers, progress, allow_gaps=allow_gaps
        )
