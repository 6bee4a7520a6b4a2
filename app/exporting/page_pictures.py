"""Pictures of the pages of a PDF that this program made, as a printer needs them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pypdfium2

from app.workers import Reply, WorkerPool

DPI: Final = 300
_INCH_PT: Final = 72
_SECONDS: Final = 30.0


def page_pictures(pdf: bytes, pool: WorkerPool, *, dpi: int = DPI) -> tuple[bytes, ...]:
    """Return each page as a PNG in shades of grey, exactly as the file has it.

    Raises:
        WorkerError: the worker gave no answer.
    """
    task = f"{__name__}:draw"
    return tuple(
        reply.blobs[0] for reply in pool.stream(task, {"dpi": dpi}, blobs=[pdf], seconds=_SECONDS)
    )


def draw(values: Mapping[str, Any], blobs: Sequence[bytes]) -> Iterator[Reply]:
    """Draw every page of the PDF in the blob; runs in a worker."""
    scale = int(values["dpi"]) / _INCH_PT
    with pypdfium2.PdfDocument(blobs[0]) as document:
        for page in document:
            packed = io.BytesIO()
            picture = page.render(scale=scale, grayscale=True)  # pyright: ignore[reportArgumentType]
            picture.to_pil().save(packed, "PNG", compress_level=1)
            page.close()
            yield Reply({}, (packed.getvalue(),))
