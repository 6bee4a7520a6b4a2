"""Single pages of a PDF that this program made, as pictures and as words: to look at, to print."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pypdfium2

from app.workers import Reply, WorkerPool

_SECONDS: Final = 60.0
_DPI: Final = 300
_INCH_PT: Final = 72


def count(path: Path, pool: WorkerPool) -> int:
    """Return how many pages a file has; raises as `page_picture`."""
    task = "app.exporting.page_count:count_pages"
    return int(pool.call(task, {"path": str(path)}, seconds=_SECONDS).values["pages"])


def page_picture(path: Path, page: int, width: int, pool: WorkerPool) -> bytes:
    """Return a page, from 1, as a PNG of so many pixels across.

    Raises:
        WorkerError: the worker gave no answer.
    """
    values = {"path": str(path), "page": page, "width": width}
    return pool.call(f"{__name__}:draw", values, seconds=_SECONDS).blobs[0]


def printable_page(path: Path, page: int, pool: WorkerPool) -> bytes:
    """Return a page as a PNG in shades of grey, 300 dots an inch; raises as `page_picture`."""
    values = {"path": str(path), "page": page, "width": 0}
    return pool.call(f"{__name__}:draw", values, seconds=_SECONDS).blobs[0]


def page_words(path: Path, page: int, pool: WorkerPool) -> str:
    """Return the words of a page; raises as `page_picture`."""
    values = {"path": str(path), "page": page}
    return str(pool.call(f"{__name__}:read", values, seconds=_SECONDS).values["words"])


def draw(values: Mapping[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Draw a page; runs in a worker. Without a `width` as a printer needs it."""
    with pypdfium2.PdfDocument(values["path"]) as document:
        page = document[values["page"] - 1]
        wide = page.get_width()
        scale = values["width"] / wide if values["width"] else _DPI / _INCH_PT
        picture = page.render(scale=scale, grayscale=not values["width"])  # pyright: ignore[reportArgumentType]
        packed = io.BytesIO()
        picture.to_pil().save(packed, "PNG", compress_level=1)
        page.close()
        return Reply({}, (packed.getvalue(),))


def read(values: Mapping[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Read the words of a page; runs in a worker."""
    with pypdfium2.PdfDocument(values["path"]) as document:
        page = document[values["page"] - 1]
        text = page.get_textpage()
        words = text.get_text_range()
        text.close()
        page.close()
        return Reply({"words": words})
