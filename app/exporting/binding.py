"""Binds papers behind printed pages: made safe in workers, put together, checked, handed over."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import BoundBundle, BoundExhibit, BoundFile, ExhibitPlan, Removed
from app.exporting.crew import Crew
from app.exporting.handover import hand_over, part_beside
from app.exporting.papers import Paper, prepare
from app.jobs import Progress
from app.workers import WorkerPool
from app.workers.process import private_folder

_ASSEMBLE: Final = "app.exporting.assemble:assemble"
_CHECK_STRUCTURE: Final = "app.exporting.verify:check_structure"
_CHECK_PAGES: Final = "app.exporting.verify:check_pages"
_SECONDS: Final = 900.0
_LEAST_LETTERS: Final = 200
"""A page on which this many letters were read must still show letters in the bundle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPages:
    """What is printed around the papers: a template under `resources/templates` and its data.

    For each exhibit, `marks` has what stands after “Exhibit” on every page of it, and `bookmarks`
    the heading of its sheet.
    """

    template: str
    title: str
    made_on: date
    front: Mapping[str, object]
    marks: tuple[str, ...]
    bookmarks: tuple[str, ...]


def bind_behind(
    own: OwnPages,
    exhibits: Sequence[ExhibitPlan],
    target: Path,
    pool: WorkerPool,
    progress: Progress,
    *,
    allow_gaps: bool,
) -> BoundBundle:
    """Make one PDF at `target`; a file there before is replaced only when all is done.

    A paper that cannot go in is a gap. With `allow_gaps` a page names it and says why; without,
    no file is made and the gaps are returned.

    Raises:
        UserError: the target cannot be written, or the finished file failed its check.
        Cancelled: the person asked to stop; nothing is left behind.
    """
    sources = [source.path for exhibit in exhibits for source in exhibit.sources]
    with _scratch() as scratch, Crew(pool, progress, len(exhibits) + 2) as crew:
        part = part_beside(target, sources)
        try:
            papers = prepare(exhibits, own.marks, scratch, crew)
            gaps = any(paper.gaps for paper in papers)
            if gaps and not allow_gaps:
                return _result(papers)
            made = _assembled(own, papers, part, scratch, crew)
            file, warnings = _checked(own, exhibits, papers, made, crew)
            crew.finish()
            hand_over(part, target)
            bound = _result(
                papers, (replace(file, path=target),), _bound_exhibits(own, exhibits, made)
            )
            return replace(bound, warnings=(*bound.warnings, *warnings))
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
    own: OwnPages, papers: Sequence[Paper], part: Path, scratch: Path, crew: Crew
) -> dict[str, Any]:
    values = {
        "template": own.template,
        "title": own.title,
        "made_on": own.made_on.isoformat(),
        "front": own.front,
        "target": str(part),
        "scratch": str(scratch),
        "exhibits": [paper.pieces for paper in papers],
    }
    assemble = partial(crew.call, _ASSEMBLE, values, seconds=_SECONDS)
    (reply,) = crew.run_as_one("Putting the pages together", [assemble])
    return {**reply.values, "path": str(part)}


def _bound_exhibits(
    own: OwnPages, exhibits: Sequence[ExhibitPlan], made: dict[str, Any]
) -> tuple[BoundExhibit, ...]:
    return tuple(
        BoundExhibit(
            letter=mark,
            title=exhibit.title,
            document_id=exhibit.document_id,
            first_page=place["first_page"],
            pages=place["pages"],
        )
        for mark, exhibit, place in zip(own.marks, exhibits, made["exhibits"], strict=True)
    )


def _checked(
    own: OwnPages,
    exhibits: Sequence[ExhibitPlan],
    papers: Sequence[Paper],
    made: dict[str, Any],
    crew: Crew,
) -> tuple[BoundFile, list[str]]:
    """Have two other readers look at the finished file; return it, and what is to be told."""
    file = {"path": made["path"], "pages": made["pages"]}
    places = made["exhibits"]
    structure = {
        **file,
        "exhibits": [
            {"bookmark": bookmark, "first_page": at["first_page"]}
            for bookmark, at in zip(own.bookmarks, places, strict=True)
        ],
    }
    stamps = {
        page: mark
        for mark, at in zip(own.marks, places, strict=True)
        for page in range(at["first_page"], at["first_page"] + at["pages"])
    }
    wordy = [
        page
        for exhibit, paper, at in zip(exhibits, papers, places, strict=True)
        if not paper.gaps
        for page in _wordy(exhibit, at["starts"])
    ]
    pages = {**file, "stamps": stamps, "wordy": wordy}
    half = made["pages"] // 2
    tasks = (
        (_CHECK_STRUCTURE, structure),
        (_CHECK_PAGES, {**pages, "first": 1, "last": half}),
        (_CHECK_PAGES, {**pages, "first": half + 1, "last": made["pages"]}),
    )
    works = [partial(crew.call, task, values, seconds=_SECONDS) for task, values in tasks]
    structure_seen, *pages_seen = crew.run_as_one("Checking every page", works)
    bound = BoundFile(
        path=Path(made["path"]),
        pages=made["pages"],
        bytes=int(structure_seen.values["bytes"]),
        sha256=str(structure_seen.values["sha256"]),
    )
    return bound, [
        f"The words on page {page} (Exhibit {stamps[page]}) can be seen but not searched."
        for seen in pages_seen
        for page in seen.values["wordless"]
    ]


def _wordy(exhibit: ExhibitPlan, starts: Sequence[int]) -> list[int]:
    """Return the pages of the bundle on which words were read that must still be there."""
    return [
        starts[text.number - 1]
        for text in exhibit.page_texts
        if text.words and len(text.text) >= _LEAST_LETTERS and text.number <= len(starts)
    ]
