"""Has each paper of a bundle made safe and plain in a worker; names those that cannot go in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import ExhibitPlan, Gap, SourceFile
from app.domain.errors import UserError
from app.exporting.crew import Crew
from app.workers import WorkerDied, WorkerTimedOut

_NORMALISE: Final = "app.exporting.normalise:normalise"
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
    """What became of one exhibit: `pieces` as `assemble` wants them, and what is to be told."""

    document_id: str
    pieces: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    gaps: list[Gap] = field(default_factory=list[Gap])
    warnings: list[str] = field(default_factory=list[str])
    removed: Counter[str] = field(default_factory=Counter[str])


def prepare(
    exhibits: Sequence[ExhibitPlan], marks: Sequence[str], scratch: Path, crew: Crew
) -> list[Paper]:
    """Return what became of each exhibit, called by its mark; their pieces lie in `scratch`.

    Raises:
        Cancelled: the person asked to stop.
    """
    return crew.run(
        [
            (
                f"Reading exhibit {mark}: {exhibit.title}",
                partial(_paper, exhibit, mark, scratch, crew),
            )
            for mark, exhibit in zip(marks, exhibits, strict=True)
        ]
    )


def _paper(exhibit: ExhibitPlan, mark: str, scratch: Path, crew: Crew) -> Paper:
    paper = Paper(exhibit.document_id)
    readings: list[list[object]] | None = _readings(exhibit)
    for number, source in enumerate(exhibit.sources):
        name = _name(exhibit, source)
        try:
            piece = _piece(exhibit, source, readings or [], scratch / f"{mark}-{number}.pdf", crew)
        except NoRoomError:
            raise
        except UserError as error:
            paper.gaps.append(Gap(document_id=exhibit.document_id, name=name, reason=str(error)))
            paper.pieces.append({"missing": {"name": name, "reason": str(error)}})
            readings = None  # how many of them belong to this source is not known
            continue
        paper.removed.update(piece["removed"])
        paper.warnings += (f"Exhibit {mark} ({name}): {said}" for said in piece["warnings"])
        paper.pieces.append(piece)
        readings = readings[len(piece["sizes"]) :] if readings else None
    return paper


def _name(exhibit: ExhibitPlan, source: SourceFile) -> str:
    """Return what the person calls this file: of a paper in several files, the file's own name."""
    return source.name if len(exhibit.sources) > 1 and source.name else exhibit.name


def _readings(exhibit: ExhibitPlan) -> list[list[object]]:
    """Return for each page its turn, whether its words are embedded, and the words."""
    texts = {text.number: text for text in exhibit.page_texts}
    pages = max([len(exhibit.turns), *texts])
    readings: list[list[object]] = []
    for number in range(1, pages + 1):
        turn = exhibit.turns[number - 1] if number <= len(exhibit.turns) else 0
        text = texts.get(number)
        words = text.words if text else ()
        boxes = [(word.text, word.x0, word.y0, word.x1, word.y1) for word in words]
        readings.append([turn, text is not None and text.how == "embedded", boxes])
    return readings


def _piece(
    exhibit: ExhibitPlan,
    source: SourceFile,
    readings: Sequence[object],
    target: Path,
    crew: Crew,
) -> dict[str, Any]:
    """Return one source as a piece.

    Raises:
        UserError: it cannot go in; the sentence says why.
    """
    values = {
        "source": str(source.path.absolute()),
        "target": str(target),
        "media_type": source.media_type,
        "password": exhibit.password,
    }
    blob = json.dumps(readings).encode("utf-8")
    tries = 1 if source.media_type.startswith("image/") else len(_SECONDS_FOR_EACH_ATTEMPT)
    for attempt, seconds in enumerate(_SECONDS_FOR_EACH_ATTEMPT[:tries]):
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
