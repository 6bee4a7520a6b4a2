"""How many pages a file has that was sent. Runs in a worker: a file from outside is opened here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2

from app.workers import Reply


def count_pages(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Return the `pages` of the PDF at `path`; 0 where it cannot be opened."""
    try:
        with pypdfium2.PdfDocument(values["path"]) as document:
            return Reply({"pages": len(document)})
    except pypdfium2.PdfiumError:
        return Reply({"pages": 0})
