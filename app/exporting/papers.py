"""Has each paper of a bundle made safe and plain in a worker; names those that cannot go in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import ExhibitPlan, Gap, SourceFile
from app.domain.errors import UserError
from app.exporting.crew import Crew
from app.exporting.legible import lost_words
from app.exporting.making import PLAIN, Making
from app.exporting.original import Original
from app.workers import WorkerDied, WorkerTimedOut

_NORMALISE: Final = "app.exporting.normalise:normalise"
_DRAW_PAGE: Final = "app.exporting.legible:draw_page"
_SECONDS_TO_DRAW: Final = 60.0
_SECONDS_TO_REDRAW: Final = 5.0  # a page
_SECONDS_FOR_EACH_ATTEMPT: Final = (120.0, 180.0, 600.0)
"""A PDF over which a worker dies is tried again in a more careful way; drawing it takes longest."""
_STOPPED: Final = (
    "The part of the program that opens papers stopped at this one. Print it, "
    "photograph the pages, and add the photos."
)


class NoRoomError(UserError):
    """The disk, not the paper, is in the way."""


@dataclass(slots=True)
class Paper:
    """What became of one exhibit: `pieces` as `assemble` wants them, and what is to be told.

    `pages` are the pages that went in, as its plan numbers them (through all originals, from 1), in
    their order: the place of a number there is the place of its page in `starts` of `assemble`.
    `withheld` are those in whose place a notice stands.
    """

    document_id: str
    pieces: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    gaps: list[Gap] = field(default_factory=list[Gap])
    warnings: list[str] = field(default_factory=list[str])
    removed: Counter[str] = field(default_factory=Counter[str])
    pages: list[int] = field(default_factory=list[int])
    withheld: list[int] = field(default_factory=list[int])


def prepare(
    exhibits: Sequence[ExhibitPlan],
    marks: Sequence[str],
    scratch: Path,
    crew: Crew,
    making: Making = PLAIN,
) -> list[Paper]:
    """Return what became of each exhibit, called by its mark; their pieces lie in `scratch`.

    Each piece tells for every page of it which boxes are blacked out there (`black`, see
    `redact.boxes_on_sheet`); they are proven on the piece, and are to be proven on the bundle.

    Raises:
        Cancelled: the person asked to stop.
    """
    return crew.run(
        [
            (
                f"Reading exhibit {mark}: {exhibit.title}",
                partial(_paper, exhibit, mark, scratch, crew, making),
            )
            for mark, exhibit in zip(marks, exhibits, strict=True)
        ]
    )


def _paper(exhibit: ExhibitPlan, mark: str, scratch: Path, crew: Crew, making: Making) -> Paper:
    paper = Paper(exhibit.document_id)
    before: int | None = 0
    for number, source in enumerate(exhibit.sources):
        name = _name(exhibit, source)
        target = scratch / f"{mark}-{number}.pdf"
        try:
            piece = _legible(Original(exhibit, source, before, making), target, crew)
        except NoRoomError:
            raise
        except UserError as error:
            paper.gaps.append(Gap(document_id=exhibit.document_id, name=name, reason=str(error)))
            paper.pieces.append({"missing": {"name": name, "reason": str(error)}})
            pages = source.pages
        else:
            _take(piece, paper, before)
            told = [*piece["warnings"], *map(_left_out, piece["withheld"])]
            paper.warnings += (f"Exhibit {mark} ({name}): {said}" for said in told)
            pages = piece["pages_of_original"]
        # Behind an original that nobody could count, which page is which is not known.
        before = None if before is None or pages is None else before + pages
    if exhibit.pages is not None and before is not None and not paper.gaps:
        _note_absent(exhibit, mark, paper, before)
    return paper


def _note_absent(exhibit: ExhibitPlan, mark: str, paper: Paper, count: int) -> None:
    """Note where some of the pages that were chosen of a paper, or all, are not in it."""
    if not set(exhibit.pages or ()) - set(range(1, count + 1)):
        return
    has = f"it has {count} {'page' if count == 1 else 'pages'}"
    if paper.pieces:
        said = f"Exhibit {mark} ({exhibit.name}): {has}; some that were chosen are not there."
        paper.warnings.append(said)
        return
    reason = f"None of the pages that were chosen is there: {has}. Choose others."
    paper.gaps.append(Gap(document_id=exhibit.document_id, name=exhibit.name, reason=reason))
    paper.pieces.append({"missing": {"name": exhibit.name, "reason": reason}})


def _take(piece: dict[str, Any], paper: Paper, before: int | None) -> None:
    paper.removed.update(piece["removed"])
    if before is not None:
        numbers = [before + number + 1 for number in piece["numbers"]]
        paper.pages += numbers
        paper.withheld += [numbers[place] for place in piece["withheld"]]
    if piece["sizes"]:
        paper.pieces.append(piece)


def _left_out(place: int) -> str:
    return f"Page {place + 1} of what goes in was left out: its black-out could not be verified."


def _name(exhibit: ExhibitPlan, source: SourceFile) -> str:
    """Return what the person calls this file: of a paper in several files, the file's own name."""
    return source.name if len(exhibit.sources) > 1 and source.name else exhibit.name


def _legible(original: Original, target: Path, crew: Crew) -> dict[str, Any]:
    """Return one original as a piece whose words can be read.

    Pages that lose words when their pictures become smaller keep their full size.

    Raises:
        UserError: it cannot go in; the sentence says why.
    """
    piece = _piece(original, target, crew)
    full = [piece["numbers"][place] for place in _blurred(original, piece, crew)]
    if not full:
        return piece
    piece = _piece(original, target, crew, full=full)
    piece["warnings"] += (
        f"Page {number + 1} was not made smaller: some of its words would be lost."
        for number in full
    )
    return piece


def _blurred(original: Original, piece: dict[str, Any], crew: Crew) -> Iterator[int]:
    """Yield the pages of a piece, from 0, that OCR can no longer read as before."""
    reread = original.making.reread
    if reread is None:
        return
    for place in piece["shrunk"]:
        before = original.text_of(piece["numbers"][place])
        if not before:
            continue
        picture = Path(piece["path"]).with_suffix(".png")
        values = {"source": piece["path"], "page": place, "target": str(picture)}
        crew.call(_DRAW_PAGE, values, seconds=_SECONDS_TO_DRAW)
        if lost_words(before, reread(picture)):
            yield place
        picture.unlink()


def _piece(
    original: Original, target: Path, crew: Crew, *, full: Sequence[int] = ()
) -> dict[str, Any]:
    """Return one original as a piece; the pictures on pages `full` (from 0) stay as they are.

    Raises:
        UserError: it cannot go in; the sentence says why.
    """
    source = original.source
    values = {
        "source": str(source.path.absolute()),
        "target": str(target),
        "media_type": source.media_type,
        "password": original.exhibit.password,
        "wanted": replace(original.wanted(), full=frozenset(full)).values(),
        "texts": original.texts(),
    }
    blob = json.dumps(original.readings()).encode("utf-8")
    tries = 1 if source.media_type.startswith("image/") else len(_SECONDS_FOR_EACH_ATTEMPT)
    for attempt in range(original.first_attempt, tries):
        seconds = _SECONDS_FOR_EACH_ATTEMPT[attempt]
        if original.is_redrawn:
            seconds = _SECONDS_FOR_EACH_ATTEMPT[-1] + _SECONDS_TO_REDRAW * (source.pages or 0)
        try:
            reply = crew.call(
                _NORMALISE, {**values, "attempt": attempt}, blobs=(blob,), seconds=seconds
            )
        except (WorkerDied, WorkerTimedOut):
            continue
        if "no_room" in reply.values:
            raise NoRoomError(str(reply.values["no_room"]))
        return {"path": str(target), **reply.values}
    raise UserError(_STOPPED)
