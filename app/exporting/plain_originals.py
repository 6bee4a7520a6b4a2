"""The way out on the last day: the originals in their order behind a plain cover, unstamped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import BoundBundle, BoundExhibit, BoundFile, BundlePlan, Gap, Removed
from app.domain.lettering import letter_of
from app.exporting.binding import scratch_folder
from app.exporting.checking import BundleCheckError, called
from app.exporting.crew import Crew
from app.exporting.handover import hand_over, part_beside
from app.exporting.making import Making
from app.exporting.papers import Paper, prepare
from app.exporting.sheets import front_data
from app.jobs import Progress
from app.workers import WorkerPool

_BIND: Final = "app.exporting.plain_pages:bind_plainly"
_CHECK: Final = "app.exporting.verify:check_plainly"
_BLACK_OUTS: Final = "app.exporting.redact:check_black_outs"
_SECONDS: Final = 600.0
_FAILED: Final = "The check of the finished file failed over it: {} Send this paper by itself."


def plain_originals(
    plan: BundlePlan, target: Path, pool: WorkerPool, progress: Progress
) -> BoundBundle:
    """Make one PDF at `target` of a plain cover and all papers that can go in, in their order.

    No sheets, stamps, contents or links, so that little can fail; pages keep their sizes. Papers
    are made safe as in a bundle, page choice and black-outs are kept. One that fails goes in as
    pictures of its pages; where that fails too, the cover and `gaps` name it. `first_page` of an
    exhibit is its first own page, 0 if it is not there.

    Raises:
        UserError: the target cannot be written, or the cover itself failed the check.
        Cancelled: the person asked to stop; nothing is left behind.
    """
    sources = [source.path for exhibit in plan.exhibits for source in exhibit.sources]
    with scratch_folder() as scratch, Crew(pool, progress, len(plan.exhibits) + 2) as crew:
        part = part_beside(target, sources)
        try:
            plainly = _Plainly(plan, part, scratch, crew)
            bound = plainly.bound()
            crew.finish()
            hand_over(part, target)
            files = tuple(replace(file, path=target) for file in bound.files)
            return replace(bound, files=files)
        finally:
            part.unlink(missing_ok=True)


class _Plainly:
    """The originals on their way into one file."""

    def __init__(self, plan: BundlePlan, part: Path, scratch: Path, crew: Crew) -> None:
        self._plan = plan
        self._part = part
        self._scratch = scratch
        self._crew = crew
        self._marks = tuple(map(letter_of, range(len(plan.exhibits))))
        self._papers = prepare(plan.exhibits, self._marks, scratch, crew)

    def bound(self) -> BoundBundle:
        """Write the file until it passes its check.

        Raises:
            BundleCheckError: it fails over the cover, or over a paper that is no longer there.
        """
        for mend in (self._redraw, self._leave_out, None):
            made = self._made()
            file, faults = self._checked(made)
            if not faults:
                return self._told(file, made)
            if None in faults or mend is None:
                raise BundleCheckError(next(iter(faults.values())))
            self._crew.expect(len(faults) + 2)
            mend({number: what for number, what in faults.items() if number is not None})
        raise AssertionError

    def _made(self) -> dict[str, Any]:
        values = {
            "front": front_data(self._plan),
            "title": self._plan.title.strip() or "Appeal",
            "made_on": self._plan.made_on.isoformat(),
            "target": str(self._part),
            "scratch": str(self._scratch),
            "exhibits": [paper.pieces for paper in self._papers],
        }
        bind = partial(self._crew.call, _BIND, values, seconds=_SECONDS)
        (reply,) = self._crew.run_as_one("Putting the originals together", [bind])
        return reply.values

    def _checked(self, made: dict[str, Any]) -> tuple[BoundFile, dict[int | None, str]]:
        """Return the file and what is wrong in it, by the exhibit; None for the cover."""
        values = {"path": str(self._part), "pages": made["pages"]}
        works = [partial(called, self._crew, _CHECK, values, made["pages"])]
        if made["black"]:
            black = {"path": str(self._part), "pages": made["black"]}
            works.append(partial(called, self._crew, _BLACK_OUTS, black, made["pages"]))
        seen, *proven = self._crew.run_as_one("Checking every page", works)
        found: list[Sequence[Any]] = [*seen["faults"]]
        for proof in proven:
            found += proof.get("faults", ())
            found += ((page, "a black-out does not hold.") for page in proof.get("unproven", ()))
        file = BoundFile(
            path=self._part,
            pages=made["pages"],
            bytes=int(seen.get("bytes", 0)),
            sha256=str(seen.get("sha256", "")),
        )
        return file, {self._owner(page, made["places"]): what for page, what in found}

    def _owner(self, page: int | None, places: Sequence[Sequence[int]]) -> int | None:
        for number, (first, count) in enumerate(places):
            if page is not None and first <= page < first + count:
                return number
        return None

    def _redraw(self, faults: dict[int, str]) -> None:
        exhibits = [self._plan.exhibits[number] for number in faults]
        making = Making(as_pictures=frozenset(exhibit.document_id for exhibit in exhibits))
        marks = [self._marks[number] for number in faults]
        again = prepare(exhibits, marks, self._scratch, self._crew, making)
        for number, paper in zip(faults, again, strict=True):
            self._papers[number] = paper

    def _leave_out(self, faults: dict[int, str]) -> None:
        for number, what in faults.items():
            exhibit = self._plan.exhibits[number]
            reason = _FAILED.format(what)
            gap = Gap(document_id=exhibit.document_id, name=exhibit.name, reason=reason)
            missing = {"missing": {"name": exhibit.name, "reason": reason}}
            self._papers[number] = Paper(exhibit.document_id, pieces=[missing], gaps=[gap])

    def _told(self, file: BoundFile, made: dict[str, Any]) -> BoundBundle:
        return BoundBundle(
            files=(file,),
            exhibits=tuple(
                BoundExhibit(
                    letter=letter,
                    title=exhibit.title,
                    document_id=exhibit.document_id,
                    first_page=first if count else 0,
                    pages=count,
                )
                for letter, exhibit, (first, count) in zip(
                    self._marks, self._plan.exhibits, made["places"], strict=True
                )
            ),
            gaps=tuple(gap for paper in self._papers for gap in paper.gaps),
            warnings=tuple(warning for paper in self._papers for warning in paper.warnings),
            removed=tuple(
                Removed(document_id=paper.document_id, what=what, count=count)
                for paper in self._papers
                for what, count in sorted(paper.removed.items())
                if count
            ),
        )
