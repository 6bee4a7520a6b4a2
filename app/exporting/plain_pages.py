"""The task that binds papers as they are behind a plain cover. Runs in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pikepdf

from app.exporting.finishing import name_maker, write
from app.exporting.merging import joined, piece_files
from app.exporting.overlay import hide_layers
from app.exporting.piece import HIDDEN_LAYERS
from app.exporting.typeset import typeset
from app.workers import Reply

_TEMPLATE: Final = "bundle_plain.typ"


def bind_plainly(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Write the cover and all pages of all pieces to `target`, and make it durable.

    `values`: `front` (see `sheets.front_data`), `title`, `made_on` (ISO), `target`, `scratch`,
    `exhibits`, for each a list of its pieces and gaps as `assemble` takes them.

    Returns: `pages`, how many there are; `places`, for each exhibit its first page, from 1, and how
    many pages it has; `black`, the pages with black-outs.

    Raises:
        UserError: the target cannot be written.
    """
    exhibits: list[list[dict[str, Any]]] = values["exhibits"]
    counts = [sum(len(piece.get("sizes", ())) for piece in pieces) for pieces in exhibits]
    own_pages = Path(values["scratch"]) / "printed.pdf"
    own = _write_cover(values, counts, own_pages)
    paths = [file.path for file in piece_files(exhibits)]
    with joined(own_pages, [part for path in paths for part in (path, "1-z")]) as bundle:
        pages = [page.obj for page in bundle.pages][own:]
        hide_layers(bundle, pages)
        for page in pages:
            if HIDDEN_LAYERS in page:
                del page[HIDDEN_LAYERS]
        name_maker(bundle)
        write(bundle, Path(values["target"]))
    starts = [own + 1 + sum(counts[:number]) for number in range(len(counts))]
    return Reply(
        {
            "pages": own + sum(counts),
            "places": list(zip(starts, counts, strict=True)),
            "black": list(_black(exhibits, own)),
        }
    )


def _write_cover(values: Mapping[str, Any], counts: Sequence[int], target: Path) -> int:
    """Typeset the cover, which names the pages behind it; return how many pages it takes."""
    own = 1
    while True:
        data = {**values["front"], "exhibits": list(_listed(values, counts, own))}
        made_on = date.fromisoformat(values["made_on"])
        target.write_bytes(typeset(_TEMPLATE, data, title=values["title"], made_on=made_on))
        with pikepdf.open(target) as cover:
            found = len(cover.pages)
        if found <= own:
            return found
        own = found


def _listed(values: Mapping[str, Any], counts: Sequence[int], own: int) -> Iterator[dict[str, Any]]:
    printed = values["front"]["exhibits"]
    first = own + 1
    for exhibit, pieces, count in zip(printed, values["exhibits"], counts, strict=True):
        last = first + count - 1
        where = "" if not count else str(first) if count == 1 else f"{first}–{last}"
        yield {
            "letter": exhibit["letter"],
            "title": exhibit["title"],
            "missing": any("missing" in piece for piece in pieces),
            "where": where,
        }
        first += count


def _black(exhibits: Sequence[Sequence[Mapping[str, Any]]], own: int) -> Iterator[list[Any]]:
    """Yield the pages with black-outs, from 1, and these as fractions of the page."""
    pages = [boxes for pieces in exhibits for piece in pieces for boxes in piece.get("black", ())]
    yield from ([page, boxes] for page, boxes in enumerate(pages, start=own + 1) if boxes)
