"""A file of electronic explanations of benefits, whatever its form. Tasks of a worker.

A file is gone through twice: names of patients and providers may stand after the explanations
that refer to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.domain.errors import UnreadableError
from app.importing import medicare_text
from app.importing.benefits import Benefit, RefusedRow, to_wire
from app.importing.fhir_codes import NotUsableError
from app.importing.fhir_eob import EOB, benefit_from
from app.importing.fhir_json import (
    Record,
    a_list,
    an_object,
    looks_like_json,
    objects,
    records,
    words,
)
from app.importing.fhir_names import Directory
from app.importing.kinds import FHIR, PLAIN
from app.workers import Reply

MOST_ROWS: Final = 20_000

_DEEPEST: Final = 4  # bundles inside one another
_HEAD: Final = 64
_NO_RECORD: Final = "This is no record of any kind. Download the file again, and use that copy."
_NOT_EOBS: Final = (
    "There is no explanation of benefits in this file. Use the file that your insurer or Medicare "
    "offers as “claims” or “Blue Button” download."
)
_UNKNOWN: Final = (
    "This file is neither an electronic explanation of benefits (FHIR) nor Medicare's text "
    "download. If it is a letter or a scan, add it as a paper."
)
_TOO_MANY: Final = (
    "This file has more than {most:,} explanations of benefits. "
    "Ask for a shorter time, and use that file."
)
_MORE_PAGES: Final = (
    "The insurer has more pages of these explanations than this file holds. "
    "Get the other pages too."
)


def read(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Iterator[Reply]:
    """Task: yield {"benefit"} or {"row", "reason"} in the file's order, at last what it is.

    The last reply is {"media_type", "sha256", "notes"}.
    """
    path = Path(values["path"])
    notes: set[str] = set()
    found = 0
    for count, item in enumerate(benefits_in(path, notes), start=1):
        found += not (isinstance(item, RefusedRow) and item.reason == _NO_RECORD)
        if count > MOST_ROWS:
            raise UnreadableError(_TOO_MANY.format(most=MOST_ROWS))
        if isinstance(item, RefusedRow):
            yield Reply({"row": item.row, "reason": item.reason})
        else:
            yield Reply({"benefit": to_wire(item)})
    if not found:
        raise UnreadableError(_NOT_EOBS)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        media_type = FHIR if looks_like_json(file.read(_HEAD)) else PLAIN
    yield Reply({"media_type": media_type, "sha256": sha256, "notes": sorted(notes)})


def benefits_in(path: Path, notes: set[str]) -> Iterator[Benefit | RefusedRow]:
    """Yield all explanations of benefits of a file; `notes` gathers what a person should know.

    Raises:
        UnreadableError: the file is of another kind, damaged, or too large.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if looks_like_json(head):
        yield from _of_fhir(path, notes)
    elif medicare_text.is_download(path):
        yield from medicare_text.benefits(path)
    else:
        raise UnreadableError(_UNKNOWN)


def _of_fhir(path: Path, notes: set[str]) -> Iterator[Benefit | RefusedRow]:
    directory = Directory()
    for record in records(path):
        for _, resource, address in _resources(record):
            directory.learn(an_object(resource), address)
    for record in records(path):
        if record.reason:
            yield RefusedRow(record.row, record.reason)
        if _has_more_pages(record.value):
            notes.add(_MORE_PAGES)
        yield from _benefits(record, directory)


def _benefits(record: Record, directory: Directory) -> Iterator[Benefit | RefusedRow]:
    for row, resource, _ in _resources(record):
        kind = words(an_object(resource).get("resourceType"))
        if not kind:
            yield RefusedRow(row, _NO_RECORD)
        elif kind == EOB:
            yield _mapped(resource, row, directory)


def _mapped(resource: Any, row: int, directory: Directory) -> Benefit | RefusedRow:
    try:
        return benefit_from(resource, row, directory)
    except NotUsableError as error:
        return RefusedRow(row, str(error))


def _resources(record: Record) -> Iterator[tuple[int, Any, str]]:
    """Yield row, resource and address of all that one JSON value of a file holds.

    Rows of a Bundle that is the whole file are its entries; otherwise the row is the line.
    """
    if not record.reason:
        yield from _within(record.row, record.value, "", 0 if record.is_whole else 1)


def _within(row: int, value: Any, address: str, depth: int) -> Iterator[tuple[int, Any, str]]:
    told = an_object(value) if isinstance(value, dict) else {}
    if isinstance(value, list):
        entries = [(item, "") for item in a_list(value)]  # pyright: ignore[reportUnknownArgumentType]
    elif told.get("resourceType") == "Bundle":
        entries = [
            (entry.get("resource"), words(entry.get("fullUrl")))
            for entry in map(an_object, a_list(told.get("entry")))
        ]
    else:
        yield row, value, address
        return
    if depth > _DEEPEST:
        yield row, None, ""
        return
    for number, (item, of) in enumerate(entries, start=1):
        if item is not None:
            yield from _within(row if depth else number, item, of, depth + 1)


def _has_more_pages(value: Any) -> bool:
    told = an_object(value)
    links = {words(link.get("relation")) for link in objects(told.get("link"))}
    return told.get("resourceType") == "Bundle" and "next" in links
