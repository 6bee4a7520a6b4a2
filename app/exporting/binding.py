"""Binds papers behind printed pages: made safe in workers, put together, checked, handed over."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import (
    BoundBundle,
    BoundExhibit,
    BoundFile,
    ExhibitPlan,
    Gap,
    Removed,
)
from app.domain.errors import UserError
from app.exporting.checking import BundleCheckError, Check, Checked, Fault
from app.exporting.crew import Crew
from app.exporting.handover import hand_over, part_beside, refuse_target
from app.exporting.inlays import Inlay, landscapes, piece_of
from app.exporting.making import PLAIN, Making
from app.exporting.papers import Paper, prepare
from app.jobs import Progress
from app.workers import WorkerDied, WorkerPool, WorkerTimedOut
from app.workers.process import private_folder

_ASSEMBLE: Final = "app.exporting.assemble:assemble"
_TYPESET: Final = "app.exporting.inlays:typeset_inlay"
_SECONDS: Final = 900.0
_FAILED: Final = (
    "This paper did not pass the check of the finished bundle, not even as pictures of its pages: "
    "{} Make the bundle without it, or print it and add photos of the pages."
)

_NOT_TOGETHER: Final = (
    "The pages could not be put together, so nothing was saved. Make the bundle again with fewer "
    "papers, or print the originals in their order with a plain cover."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPages:
    """What is printed around the papers: a template under `resources/templates` and its data.

    For each exhibit, `marks` has what stands after “Exhibit” on every page of it, and `bookmarks`
    the heading of its sheet. `paper` is one of `frame.SHEETS`; a part has at most `max_pages` and
    `max_bytes`, None for no limit. `making` is what is wanted of all papers, `inlays` what is set
    apart.
    """

    template: str
    title: str
    made_on: date
    front: Mapping[str, object]
    marks: tuple[str, ...]
    bookmarks: tuple[str, ...]
    paper: str = "letter"
    max_pages: int | None = None
    max_bytes: int | None = None
    making: Making = PLAIN
    inlays: tuple[Inlay, ...] = ()


def bind_behind(
    own: OwnPages,
    exhibits: Sequence[ExhibitPlan],
    target: Path,
    pool: WorkerPool,
    progress: Progress,
    *,
    allow_gaps: bool,
) -> BoundBundle:
    """Make one PDF at `target`, or parts beside it; files there before are replaced at the end.

    A paper that cannot go in is a gap. With `allow_gaps` a page names it and says why; without,
    no file is made and the gaps are returned. A paper over which the finished bundle fails its
    check goes in as pictures of its pages; if that fails too, it is a gap.

    Raises:
        UserError: the target cannot be written, or our own pages failed the check.
        Cancelled: the person asked to stop; nothing is left behind.
    """
    sources = [source.path for exhibit in exhibits for source in exhibit.sources]
    with (
        scratch_folder() as scratch,
        Crew(pool, progress, len(exhibits) + 2 + bool(own.inlays)) as crew,
    ):
        part = part_beside(target, sources)
        try:
            work = _Work(own, exhibits, part, scratch, crew)
            work.prepare()
            if work.gaps and not allow_gaps:
                return work.result()
            checked = work.made_sound(allow_gaps=allow_gaps)
            if checked is None:
                return work.result()
            names = part_names(target, len(checked.files))
            for name in names:
                refuse_target(name, sources)
            crew.finish()
            for file, name in zip(checked.files, names, strict=True):
                hand_over(file.path, name)
            return work.result(checked, names)
        finally:
            for left in part.parent.glob(f"{part.name}*"):
                left.unlink(missing_ok=True)


def part_names(target: Path, parts: int) -> list[Path]:
    """Return what the files of a bundle are called: `target`, or NAME-1.pdf … if it is divided."""
    if parts == 1:
        return [target]
    return [target.with_name(f"{target.stem}-{n}{target.suffix}") for n in range(1, parts + 1)]


@contextmanager
def scratch_folder() -> Generator[Path]:
    """A folder that only this user can enter; it goes, at the latest when the program next runs."""
    folder = private_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class _Work:
    """A bundle on its way: its papers, and what became of them."""

    own: OwnPages
    exhibits: Sequence[ExhibitPlan]
    part: Path
    scratch: Path
    crew: Crew
    papers: list[Paper] = field(default_factory=list[Paper])
    made: dict[str, Any] = field(default_factory=dict[str, Any])
    told: list[str] = field(default_factory=list[str])
    laid: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def gaps(self) -> bool:
        """Return whether a paper, or a file of one, cannot go in."""
        return any(paper.gaps for paper in self.papers)

    def prepare(self) -> None:
        """Have all papers made ready."""
        marks = self.own.marks
        self.papers = prepare(self.exhibits, marks, self.scratch, self.crew, self.own.making)
        if self.own.inlays:
            self.laid = self._inlaid()

    def made_sound(self, *, allow_gaps: bool) -> Checked | None:
        """Put the bundle together until it passes its check; None if only a gap would help.

        First a paper at fault becomes pictures of its pages and a page whose black-out does not
        hold is withheld; then a paper still at fault becomes a gap.

        Raises:
            BundleCheckError: the fault lies not with a paper, or not even gaps help.
        """
        for mend in (self._redraw, self._leave_out, None):
            checked = self._checked()
            if not checked.faults:
                return checked
            ours = [fault for fault in checked.faults if fault.exhibit is None]
            if ours or mend is None:
                raise BundleCheckError((ours or checked.faults)[0].what)
            mend(checked.faults)
            if self.gaps and not allow_gaps:
                return None
        raise AssertionError

    def result(self, checked: Checked | None = None, names: Sequence[Path] = ()) -> BoundBundle:
        """Return what is told of the bundle; without files if it was not made."""
        files = checked.files if checked else ()
        return BoundBundle(
            files=tuple(replace(file, path=name) for file, name in zip(files, names, strict=True)),
            exhibits=tuple(self._bound_exhibits()) if checked else (),
            gaps=tuple(gap for paper in self.papers for gap in paper.gaps),
            warnings=(
                *(warning for paper in self.papers for warning in paper.warnings),
                *self.told,
                *(checked.warnings if checked else ()),
                *self._too_large(files),
                *_left_from_before(names),
            ),
            removed=tuple(
                Removed(document_id=paper.document_id, what=what, count=count)
                for paper in self.papers
                for what, count in sorted(paper.removed.items())
                if count
            ),
        )

    def _checked(self) -> Checked:
        self.made = self._assembled()
        return Check(self.exhibits, self.papers, self.own.marks, self.made, self.own.paper).run(
            self.crew
        )

    def _assembled(self) -> dict[str, Any]:
        waiting = {inlay["mark"]: list(landscapes(inlay["pieces"])) for inlay in self.laid}
        values = {
            "template": self.own.template,
            "title": self.own.title,
            "made_on": self.own.made_on.isoformat(),
            "front": {**self.own.front, "waiting": waiting},
            "inlays": self.laid,
            "target": str(self.part),
            "scratch": str(self.scratch),
            "paper": self.own.paper,
            "max_pages": self.own.max_pages,
            "max_bytes": self.own.max_bytes,
            "exhibits": [paper.pieces for paper in self.papers],
            "numbers": [paper.pages for paper in self.papers],
        }
        assemble = partial(self.crew.call, _ASSEMBLE, values, seconds=_SECONDS)
        try:
            (reply,) = self.crew.run_as_one("Putting the pages together", [assemble])
        except (WorkerDied, WorkerTimedOut) as error:
            raise UserError(_NOT_TOGETHER) from error
        return reply.values

    def _inlaid(self) -> list[dict[str, Any]]:
        """Have everything typeset that is set apart."""
        works: list[Callable[[], dict[str, Any]]] = []
        for number, inlay in enumerate(self.own.inlays):
            for place, data in enumerate(inlay.parts):
                target = self.scratch / f"inlay-{number}-{place}.pdf"
                works.append(partial(self._typeset_apart, inlay.template, data, target))
        made = iter(self.crew.run_as_one("Setting the pages", works))
        return [
            {"mark": inlay.mark, "pieces": [next(made) for _ in inlay.parts]}
            for inlay in self.own.inlays
        ]

    def _typeset_apart(
        self, template: str, data: Mapping[str, object], target: Path
    ) -> dict[str, Any]:
        values = {
            "template": template,
            "data": data,
            "title": self.own.title,
            "made_on": self.own.made_on.isoformat(),
            "target": str(target),
        }
        try:
            reply = self.crew.call(_TYPESET, values, seconds=_SECONDS)
        except (WorkerDied, WorkerTimedOut) as error:
            raise UserError(_NOT_TOGETHER) from error
        return piece_of(target, reply.values["sizes"])

    def _redraw(self, faults: Sequence[Fault]) -> None:
        """Make the papers at fault ready once more, as pictures of their pages."""
        numbers = sorted({fault.exhibit for fault in faults if fault.exhibit is not None})
        withheld = {
            (self.exhibits[fault.exhibit].document_id, fault.black_out)
            for fault in faults
            if fault.exhibit is not None and fault.black_out is not None
        }
        whole = [
            fault.exhibit for fault in faults if fault.exhibit is not None and not fault.black_out
        ]
        making = replace(
            self.own.making,
            as_pictures=frozenset(self.exhibits[number].document_id for number in whole),
            withheld=frozenset(withheld),
        )
        self.crew.expect(len(numbers) + 2)
        again = prepare(
            [self.exhibits[number] for number in numbers],
            [self.own.marks[number] for number in numbers],
            self.scratch,
            self.crew,
            making,
        )
        for number, paper in zip(numbers, again, strict=True):
            self.papers[number] = paper
            if number in whole:
                self.told.append(
                    f"Exhibit {self.own.marks[number]} is in as pictures of its pages, for it did "
                    "not pass the check as it was."
                )

    def _leave_out(self, faults: Sequence[Fault]) -> None:
        """Put a page that names it in place of each paper that is still at fault."""
        for fault in faults:
            if fault.exhibit is None or self.papers[fault.exhibit].gaps:
                continue
            exhibit = self.exhibits[fault.exhibit]
            reason = _FAILED.format(fault.what)
            gap = Gap(document_id=exhibit.document_id, name=exhibit.name, reason=reason)
            missing = {"missing": {"name": exhibit.name, "reason": reason}}
            self.papers[fault.exhibit] = Paper(exhibit.document_id, pieces=[missing], gaps=[gap])
        self.crew.expect(2)

    def _bound_exhibits(self) -> Generator[BoundExhibit]:
        for number, exhibit in enumerate(self.exhibits):
            places = [
                (part, segment)
                for part, made in enumerate(self.made["parts"], start=1)
                for segment in made["segments"]
                if segment["exhibit"] == number
            ]
            part, first = places[0]
            yield BoundExhibit(
                letter=self.own.marks[number],
                title=exhibit.title,
                document_id=exhibit.document_id,
                first_page=first["page"],
                pages=1 + self.made["exhibits"][number]["sides"],
                part=part,
            )

    def _too_large(self, files: Sequence[BoundFile]) -> Generator[str]:
        most = self.own.max_bytes
        for number, file in enumerate(files, start=1):
            if most is not None and file.bytes > most:
                yield (
                    f"Part {number} has {file.bytes / 1e6:.1f} MB, more than the {most / 1e6:.1f} "
                    "MB that were asked for: it holds a single page that is this large."
                )


def _left_from_before(names: Sequence[Path]) -> Generator[str]:
    """Warn of parts beside these that an earlier bundle of the same name had more."""
    if len(names) > 1:
        first = names[0]
        stem = first.stem.removesuffix("-1")
        after = first.with_name(f"{stem}-{len(names) + 1}{first.suffix}")
        if after.exists():
            yield (
                f"“{after.name}” is there from before and does not belong to this bundle of "
                f"{len(names)} parts. Do not send it along."
            )
