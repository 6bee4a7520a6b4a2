"""The appeal bundle of a claim: from its plan to the finished files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from app.binder import Binder
from app.domain.bundle import BoundBundle, BundlePlan
from app.domain.errors import UserError
from app.domain.page import PageRead
from app.exporting.bundle_pdf import bind
from app.exporting.checking import BundleCheckError
from app.importing.reader import DocumentReader
from app.jobs import Progress, Silent
from app.operations.exhibits import with_sources
from app.workers import WorkerPool

__all__ = ["BundleCheckError", "bind_bundle"]


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
            replace(plan, exhibits=exhibits), target, workers, progress, allow_gaps=allow_gaps,
            reread=_Rereading(lent),
        )  # fmt: skip


class _Rereading:
    """Reads pictures of finished pages; its reader starts with the first and ends with `lent`."""

    def __init__(self, lent: ExitStack) -> None:
        self._lent = lent
        self._reader: DocumentReader | None = None

    def __call__(self, picture: Path) -> Sequence[str]:
        """Return the words of a page, drawn as PNG."""
        if self._reader is None:
            self._reader = self._lent.enter_context(DocumentReader(1))
        pages = self._reader.read(
            picture, media_type="image/png", progress=Silent(), corners={1: None}
        )
        return [
            word for page in pages if isinstance(page, PageRead) for word in page.text.text.split()
        ]
