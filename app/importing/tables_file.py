"""A table file, whatever its form, as rows. A task of a worker: the window decodes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.domain.errors import UnreadableError
from app.importing.sniff import sniff
from app.importing.tables_html import is_html, rows_of_html
from app.importing.tables_ofx import is_ofx, rows_of_ofx
from app.importing.tables_text import RawRow, decoded, rows_of_text
from app.workers import Reply

MOST_BYTES: Final = 120 << 20
MOST_ROWS: Final = 250_000

_AT_A_TIME: Final = 500
_TOO_LARGE: Final = (
    "This file is too large to open safely. Download a shorter time, and use that file."
)
_TOO_MANY: Final = (
    f"This file has more than {MOST_ROWS:,} lines. Download a shorter time, and use that file."
)
_EMPTY: Final = "This file is empty. Download it again, and use that copy."
_SAVE_AS_CSV: Final = (
    "This is a workbook of a spreadsheet program. Open it there, choose “Save as”, and the kind "
    "“CSV”; then use that file."
)
_NO_TABLE: Final = (
    "This is no table. Use the file that the portal offers as “CSV”, “Excel” or “download "
    "transactions”. If it is a letter or a scan, add it as a paper."
)
_FHIR: Final = (
    "These are electronic explanations of benefits, no table. Import them as that: "
    "“claimbinder import-eob”."
)
_REFUSED: Final = {
    "application/pdf": _NO_TABLE,
    "application/zip": _NO_TABLE,
    "application/fhir+json": _FHIR,
    "application/msword": _SAVE_AS_CSV,
    "application/rtf": _NO_TABLE,
    "message/rfc822": _NO_TABLE,
}


def read(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Iterator[Reply]:
    """Task: yield {"rows": [[row, cells] or [row, reason]]}, at last {"sha256", "kind", "zeros"}.

    With `most` it stops after so many rows: a first look.
    """
    path = Path(values["path"])
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(_TOO_LARGE)
    data = path.read_bytes()
    most = values.get("most")
    kind, rows, had_zeros = _rows(data)
    count = 0
    while batch := list(islice(rows, _AT_A_TIME)):
        count += len(batch)
        if count > MOST_ROWS:
            raise UnreadableError(_TOO_MANY)
        yield Reply({"rows": [[each.row, each.reason or list(each.cells)] for each in batch]})
        if most and count >= most:
            break
    if not count:
        raise UnreadableError(_EMPTY)
    sha256 = hashlib.sha256(data).hexdigest()
    yield Reply({"sha256": sha256, "kind": kind, "zeros": had_zeros})


def _rows(data: bytes) -> tuple[str, Iterator[RawRow], bool]:
    media_type = sniff(data[:4096]).media_type
    if media_type.startswith(("image/", "audio/", "video/")):
        raise UnreadableError(_NO_TABLE)
    if "officedocument" in media_type or "opendocument" in media_type:
        raise UnreadableError(_SAVE_AS_CSV)
    if media_type in _REFUSED:
        raise UnreadableError(_REFUSED[media_type])
    text, had_zeros = decoded(data)
    if is_ofx(text):
        return "ofx", rows_of_ofx(text), had_zeros
    if is_html(text):
        return "html", rows_of_html(text), had_zeros
    return "csv", rows_of_text(text), had_zeros
