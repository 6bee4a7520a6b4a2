"""The task that makes one original safe and plain before it is bound in. Runs in a worker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.exporting.handover import refusal
from app.exporting.making import Wanted
from app.exporting.nesting import nests_deeply, try_out
from app.exporting.pdf_source import add_pdf
from app.exporting.pictures import add_pictures
from app.exporting.piece import Piece, Reading, Readings
from app.exporting.redraw import black_places, redraw, withhold
from app.exporting.shrink import shrink
from app.exporting.text_kinds import TEXT_KINDS
from app.exporting.worded import add_text
from app.workers import Reply

_PDF_MARK = b"%PDF-"
_PDF_MARK_WITHIN = 1024
_PICTURES = "image/"


def normalise(values: dict[str, Any], blobs: Sequence[bytes]) -> Reply:
    """Turn the original at `source` into the clean PDF `target`.

    `values`: `source`, `target`, `media_type`, `password` (or null), `attempt` (0, or one
    more after each worker that died over it), `wanted` (see `Wanted.values`), `texts` (of a paper
    that is text, the text of each page). `blobs[0]` is JSON: for each page by how many degrees it
    is to be turned clockwise, whether its words come with the file, and the words.

    Returns: `sizes` of the pages in points; `numbers`, which page of the original each is, from 0,
    of `pages_of_original`; `black`, for each the boxes that were blacked out; `withheld`, those in
    whose place a notice stands, and `shrunk`, those whose pictures became smaller, from 0;
    `bookmarks`, title and page from 0; `is_picture`; `removed`, a count for each thing left out;
    `warnings`, sentences. Without pages there is no file. Or only `no_room`, a sentence: the fault
    lies not with the paper but with the disk.

    Raises:
        UserError: it cannot be bound; the sentence says why and what to do.
    """
    source, target = Path(values["source"]), Path(values["target"])
    wanted = Wanted.of(values["wanted"])
    readings = Readings((Reading(*reading) for reading in json.loads(blobs[0])), wanted)
    is_pdf = _PDF_MARK in _head(source)
    is_picture = not is_pdf and values["media_type"].startswith(_PICTURES)
    if is_pdf:
        piece = add_pdf(source, values["password"], readings, values["attempt"])
    else:
        piece = _drawn(source, values, readings)
    shrunk: list[int] = []
    try:
        if wanted.dots is not None:
            shrunk = shrink(piece, wanted.dots, wanted.full, is_picture=is_picture)
        if piece.sizes:
            _write(piece, target, is_picture=is_picture)
    except OSError as error:
        return Reply({"no_room": str(refusal(error, target.parent))})
    is_deep = is_pdf and nests_deeply(piece.pdf)
    piece.close()
    if is_deep:
        try_out(target)
    return Reply(
        {
            "sizes": piece.sizes,
            "numbers": [reading.number for reading in piece.readings],
            "pages_of_original": piece.pages_of_original,
            "black": black_places(piece),
            "withheld": piece.withheld,
            "shrunk": shrunk,
            "bookmarks": piece.bookmarks,
            "is_picture": is_picture,
            "removed": dict(piece.removed),
            "warnings": piece.warnings,
        }
    )


def _write(piece: Piece, target: Path, *, is_picture: bool) -> None:
    """Write a piece; a page on which a black-out does not hold is left out of it."""
    redraw(piece, target, is_picture=is_picture)
    piece.save(target)
    black = black_places(piece)
    if not any(black):
        return
    from app.exporting.redact import still_seen  # noqa: PLC0415 - pypdf takes 20 MB

    if unproven := still_seen(target, enumerate(black)):
        for place in unproven:
            withhold(piece, place)
        piece.save(target)


def _head(source: Path) -> bytes:
    try:
        with source.open("rb") as reader:
            return reader.read(_PDF_MARK_WITHIN)
    except OSError as error:
        raise UserError(
            "The original of this paper cannot be opened. Check the binder (Help → Check the "
            "binder), then make the bundle again."
        ) from error


def _drawn(source: Path, values: dict[str, Any], readings: Readings) -> Piece:
    media_type: str = values["media_type"]
    piece = Piece()
    if media_type in TEXT_KINDS:
        add_text(values["texts"], media_type, readings, piece)
    elif media_type.startswith(_PICTURES):
        add_pictures(source, readings, piece)
    else:
        raise UserError(
            "This kind of file cannot be printed by ClaimBinder. Open it in its own program, save "
            "it as a PDF, and add that."
        )
    return piece
