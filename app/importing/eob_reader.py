"""Electronic explanations of benefits: what the operations ask. Decoding happens in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from app.importing.benefits import Benefit, RefusedRow, from_wire
from app.importing.fhir_json import TOO_LARGE
from app.importing.kinds import FHIR, PLAIN
from app.importing.reading import in_words
from app.jobs import Progress
from app.workers import WorkerPool

_TASK: Final = "app.importing.eob_file:read"
_SHOW_EVERY: Final = 50


@dataclass(frozen=True, slots=True)
class EobFile:
    """What a file tells: its explanations, the rows that could not be read, and which bytes."""

    benefits: tuple[Benefit, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...]
    media_type: str
    sha256: str


def read_eobs(workers: WorkerPool, path: Path, progress: Progress) -> EobFile:
    """Read a file of explanations of benefits in a worker process.

    Raises:
        UnreadableError: it is no such file, damaged, or too large; the sentence says why.
        Cancelled: the person asked to stop.
    """
    benefits: list[Benefit] = []
    refused: list[RefusedRow] = []
    with in_words(TOO_LARGE):
        for reply in workers.stream(_TASK, {"path": str(path)}):
            values = reply.values
            if "benefit" in values:
                benefits.append(from_wire(values["benefit"]))
            elif "reason" in values:
                refused.append(_refused(values))
            else:
                return _file(values, benefits, refused)
            if len(benefits) % _SHOW_EVERY == 0:
                progress.step(len(benefits), 0, "Reading explanations of benefits")
        raise ValueError("the task did not say what the file is")


def _refused(values: dict[str, Any]) -> RefusedRow:
    row, reason = values.get("row"), values.get("reason")
    if type(row) is int and row > 0 and isinstance(reason, str):
        return RefusedRow(row, reason)
    raise ValueError("not a refused row")


def _file(values: dict[str, Any], benefits: list[Benefit], refused: list[RefusedRow]) -> EobFile:
    media_type, sha256, notes = (values.get(name) for name in ("media_type", "sha256", "notes"))
    if (
        media_type not in {FHIR, PLAIN}
        or not isinstance(sha256, str)
        or not isinstance(notes, list)
    ):
        raise ValueError("not what a file is")
    told = tuple(str(note) for note in cast("list[Any]", notes))
    return EobFile(tuple(benefits), tuple(refused), told, str(media_type), sha256)
