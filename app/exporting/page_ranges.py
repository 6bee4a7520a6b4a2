"""The task that takes a file apart into files of some of its pages each. Runs in a worker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import pikepdf

from app.domain.errors import UserError
from app.workers import Reply

_CANNOT: Final = "This file cannot be taken apart. Scan its letters one by one, or keep it whole."


def take_apart(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Answer a PDF for each of the "ranges" (first and last page, from 1) of the PDF at "source".

    Raises:
        UserError: the file cannot be opened with the "password", or saved.
    """
    parts: list[bytes] = []
    try:
        with pikepdf.open(values["source"], password=values["password"] or "") as whole:
            for first, last in values["ranges"]:
                with pikepdf.new() as part:
                    part.pages.extend(whole.pages[first - 1 : last])
                    made = io.BytesIO()
                    part.save(made, deterministic_id=True)
                parts.append(made.getvalue())
    except (pikepdf.PdfError, ValueError, OSError) as error:
        raise UserError(_CANNOT) from error
    return Reply({"parts": len(parts)}, tuple(parts))
