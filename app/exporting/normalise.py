"""The task that makes one original safe and plain before it is bound in. Runs in a worker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.exporting.handover import refusal
from app.exporting.nesting import nests_deeply, try_out
from app.exporting.pdf_source import add_pdf
from app.exporting.pictures import add_pictures
from app.exporting.piece import Piece, Reading, Readings
from app.workers import Reply

_PDF_MARK = b"%PDF-"
_PDF_MARK_WITHIN = 1024
_PICTURES = "image/"


def normalise(values: dict[str, Any], blobs: Sequence[bytes]) -> Reply:
    """Turn the original at `source` into the clean PDF `target`.

    `values`: `source`, `target`, `media_type`, `password` (or null), `attempt` (0, or one
    more after each worker that died over it). `blobs[0]` is JSON: for each page by how many
    degrees it is to be turned clockwise, whether its words come with the file, and the words.

    Returns: `sizes` of the pages in points; `bookmarks`, title and page from 0; `is_picture`;
    `removed`, a count for each thing left out; `warnings`, sentences. Or only `no_room`, a
    sentence: the fault lies not with the paper but with the disk.

    Raises:
        UserError: it cannot be bound; the sentence says why and what to do.
    """
    source = Path(values["source"])
    readings = Readings(Reading(*reading) for reading in json.loads(blobs[0]))
    is_pdf = _PDF_MARK in _head(source)
    if is_pdf:
        piece = add_pdf(source, values["password"], readings, values["attempt"])
    else:
        piece = _pictures(source, values["media_type"], readings)
    target = Path(values["target"])
    is_deep = is_pdf and nests_deeply(piece.pdf)
    try:
        piece.save(target)
    except OSError as error:
        return Reply({"no_room": str(refusal(error, target.parent))})
    if is_deep:
        try_out(target)
    return Reply(
        {
            "sizes": piece.sizes,
            "bookmarks": piece.bookmarks,
            "is_picture": not is_pdf,
            "removed": dict(piece.removed),
            "warnings": piece.warnings,
        }
    )


def _head(source: Path) -> bytes:
    try:
        with source.open("rb") as reader:
            return reader.read(_PDF_MARK_WITHIN)
    except OSError as error:
        raise UserError(
            "The original of this paper cannot be opened. Check the binder (Help → Check the "
            "binder), then make the bundle again."
        ) from error


def _pictures(source: Path, media_type: str, readings: Readings) -> Piece:
    if not media_type.startswith(_PICTURES):
        raise UserError(
            "This kind of file cannot be printed by ClaimBinder. Open it in its own program, save "
            "it as a PDF, and add that."
        )
    piece = Piece()
    add_pictures(source, readings, piece)
    return piece
