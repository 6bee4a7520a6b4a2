"""Binds the appeal bundle: each paper made safe in a worker, put together, checked, handed over."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import BoundBundle, BoundExhibit, BoundFile, BundlePlan, ExhibitPlan, Removed
from app.domain.lettering import letter_of
from app.exporting.crew import Crew
from app.exporting.handover import hand_over, part_beside
from app.exporting.papers import Paper, prepare
from app.exporting.sheets import bookmark_of, front_data
from app.jobs import Progress
from app.workers import WorkerPool
from app.workers.process import private_folder

_ASSEMBLE: Final = "app.exporting.assemble:assemble"
_CHECK_STRUCTURE: Final = "app.exporting.verify:check_structure"
_CHECK_PAGES: Final = "app.exporting.verify:check_pages"
_SECONDS: Final = 900.0
_LEAST_LETTERS: Final = 200
"""A page on which this many letters were read must still show letters in the bundle."""


def bind(
    plan: BundlePlan, target: Path, pool: WorkerPool, progress: Progress, *, allow_gaps: bool
) -> BoundBundle:
    """Make the bundle at `target`; a file there before is replaced only when all is done.

    A paper that cannot go in is a gap. With `allow_gaps` a page names it and says why; without,
    no file is made and the gaps are returned.

    Raises:
        UserError: the target cannot be written, or the finished file failed its check.
        Cancelled: the person asked to stop; nothing is left behind.
    """
    sources = [source.path for exhibit in plan.exhibits for source in exhibit.sources]
    with _scratch() as scratch, Crew(pool, progress, len(plan.exhibits) + 2) as crew:
        part = part_beside(target, sources)
        try:
            papers = prepare(plan, scratch, crew)
            gaps = any(paper.gaps for paper in papers)
            if gaps and not allow_gaps:
                return _result(papers)
            made = _assembled(plan, papers, part, scratch, crew)
            exhibits = _bound_exhibits(plan, made)
            checked = _checked(plan, papers, made, part, crew)
            crew.finish()
            hand_over(part, target)
            file = BoundFile(path=target, pages=made["pages"], **checked)
            return _result(papers, (file,), exhibits)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _scratch() -> Generator[Path]:
    """A folder that only this user can enter; it goes, at the latest when the program next runs."""
    folder = private_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _result(
    papers: Sequence[Paper],
    files: tuple[BoundFile, ...] = (),
    exhibits: tuple[BoundExhibit, ...] = (),
) -> BoundBundle:
    removed = tuple(
        Removed(document_id=paper.document_id, what=what, count=count)
        for paper in papers
        for what, count in sorted(paper.removed.items())
    )
    return BoundBundle(
        files=files,
        exhibits=exhibits,
        gaps=tuple(gap for paper in papers for gap in paper.gaps),
        warnings=tuple(warning for paper in papers for warning in paper.warnings),
        removed=removed,
    )


def _assembled(
    plan: BundlePlan, papers: Sequence[Paper], part: Path, scratch: Path, crew: Crew
) -> dict[str, Any]:
    values = {
        "title": plan.title,
        "made_on": plan.made_on.isoformat(),
        "front": front_data(plan),
        "target": str(part),
        "scratch": str(scratch),
        "exhibits": [paper.pieces for paper in papers],
    }
    assemble = partial(crew.call, _ASSEMBLE, values, seconds=_SECONDS)
    (reply,) = crew.run_as_one("Putting the bundle together", [assemble])
    return reply.values


def _bound_exhibits(plan: BundlePlan, made: dict[str, Any]) -> tuple[BoundExhibit, ...]:
    return tuple(
        BoundExhibit(
            letter=letter_of(position),
            title=exhibit.title,
            document_id=exhibit.document_id,
            first_page=place["first_page"],
            pages=place["pages"],
        )
        for position, (exhibit, place) in enumerate(
            zip(plan.exhibits, made["exhibits"], strict=True)
        )
    )


def _checked(
    plan: BundlePlan, papers: Sequence[Paper], made: dict[str, Any], part: Path, crew: Crew
) -> dict[str, Any]:
    """Have two other readers look at the finished file; return its size and digest."""
    places = list(zip(plan.exhibits, papers, made["exhibits"], strict=True))
    structure = {
        "path": str(part),
        "pages": made["pages"],
        "exhibits": [
            {"bookmark": bookmark_of(letter_of(n), exhibit.title), "first_page": at["first_page"]}
            for n, (exhibit, _, at) in enumerate(places)
        ],
    }
    stamps = {
        page: letter_of(n)
        for n, (_, _, at) in enumerate(places)
        for page in range(at["first_page"], at["first_page"] + at["pages"])
    }
    wordy = [
        page
        for exhibit, paper, at in places
        if not paper.gaps
        for page in _wordy(exhibit, at["starts"])
    ]
    pages = {"path": str(part), "pages": made["pages"], "stamps": stamps, "wordy": wordy}
    half = made["pages"] // 2
    tasks = (
        (_CHECK_STRUCTURE, structure),
        (_CHECK_PAGES, {**pages, "first": 1, "last": half}),
        (_CHECK_PAGES, {**pages, "first": half + 1, "last": made["pages"]}),
    )
    works = [partial(crew.call, task, values, seconds=_SECONDS) for task, values in tasks]
    reply, *_ = crew.run_as_one("Checking every page", works)
    return {"bytes": int(reply.values["bytes"]), "sha256": str(reply.values["sha256"])}


def _wordy(exhibit: ExhibitPlan, starts: Sequence[int]) -> list[int]:
    """Return the pages of the bundle on which words were read that must still be there."""
    return [
        starts[text.number - 1]
        for text in exhibit.page_texts
        if text.words and len(text.text) >= _LEAST_LETTERS and text.number <= len(starts)
    ]
