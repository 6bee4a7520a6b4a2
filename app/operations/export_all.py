"""Everything as plain files that need no ClaimBinder: folders, tables, and a page that lists it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.letter import Letter
from app.exporting.file_names import FileNames
from app.exporting.folder_index import IndexedFile, IndexedGroup, IndexedSection, folder_index
from app.exporting.tables_csv import table_csv
from app.jobs import Progress
from app.operations.papers import copy_whole
from app.storage.database import plain_errors
from app.storage.doctor import damaged
from app.storage.queries.bundles import made_bundles
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import document_parts, paper_rows
from app.storage.queries.records import all_records
from app.storage.queries.tables import TABLES, record_table
from app.storage.vault import digest_of, sync_folder

_TITLE: Final = "Everything in this binder"
_NOT_FILED: Final = "Not filed under a claim"


@dataclass(frozen=True, slots=True)
class ExportedAll:
    """A folder that was written: how many files, how many bytes, and what could not be in it."""

    path: Path
    files: int
    size: int
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Folder:
    """A folder being filled, what is listed of it, and what lacks."""

    root: Path
    problems: list[str] = field(default_factory=list[str])
    files: int = 0
    size: int = 0

    def note(self, place: Path) -> str:
        """Count a file that was written; return where it lies, for the page that lists it."""
        self.files += 1
        self.size += place.stat().st_size
        return place.relative_to(self.root).as_posix()


def export_all(binder: Binder, folder: Path, progress: Progress) -> ExportedAll:
    """Write all papers, bundles, letters and records into a new or empty folder.

    Originals keep their names and their exact bytes. What lies in the trash is not written. An
    original that is missing or damaged is named; everything else is there. The folder appears
    under its name only when it is complete.

    Raises:
        UserError: the place is not empty, inside the binder, or cannot be written to.
        Cancelled: the person asked to stop; nothing is left.
    """
    with plain_errors():
        _refuse_place(binder, folder)
        draft = folder.with_name(f".{uuid4().hex}.part")
        draft.mkdir()
        try:
            made = _Folder(draft)
            sections = (*_claims(binder, made, progress), _tables(binder, made))
            page = folder_index(_TITLE, binder.today(), sections, made.problems)
            (draft / "index.html").write_bytes(page)
            made.note(draft / "index.html")
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return ExportedAll(folder, made.files, made.size, tuple(made.problems))


def _refuse_place(binder: Binder, folder: Path) -> None:
    if folder.absolute().resolve().is_relative_to(binder.root.absolute().resolve()):
        raise UserError("Choose a place outside of the binder's own folder.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"“{folder.name}” is not empty. Choose a new folder.")
    if not folder.parent.is_dir():
        raise UserError(f"There is no folder “{folder.parent}”. Choose one that exists.")


def _claims(binder: Binder, made: _Folder, progress: Progress) -> Iterator[IndexedSection]:
    """Write what belongs to each claim, then what belongs to none."""
    names = FileNames()
    names.fit("Tables")
    claims = [(row.id, row.title) for row in binder.ask(claim_rows)]
    known = {key for key, _ in claims}
    papers = binder.ask(paper_rows)
    letters: tuple[Letter, ...] = binder.ask(all_records, "letter")
    for number, (key, title) in enumerate([*claims, (None, _NOT_FILED)]):
        progress.step(number, len(claims) + 1, title)

        def is_here(claim_id: str | None, key: str | None = key) -> bool:
            return claim_id == key or (key is None and claim_id not in known)

        place = made.root / names.fit(title, "Claim")
        groups = (
            _papers(binder, made, place, [row for row in papers if is_here(row.claim_id)]),
            _letters(made, place, [each for each in letters if is_here(each.claim_id)]),
            _bundles(binder, made, place, key) if key else None,
        )
        if any(groups):
            yield IndexedSection(title, tuple(filter(None, groups)))


def _papers(binder: Binder, made: _Folder, place: Path, rows: list[Any]) -> IndexedGroup | None:
    names, files = FileNames(), list[IndexedFile]()
    for row in rows:
        parts = binder.ask(document_parts, row.id)
        said = [row.kind.replace("_", " ") if row.kind else "", spoken(row.dated_on)
                if row.dated_on else ""]  # fmt: skip
        for number, part in enumerate(parts, start=1):
            target = place / "Papers" / names.fit(part.name)
            if _copied(binder, made, part.sha256, row.name, target):
                title = row.name if len(parts) == 1 else f"{row.name}, part {number}"
                note = ", ".join(filter(None, said))
                files.append(IndexedFile(title, made.note(target), note))
    return IndexedGroup("Papers", tuple(files)) if files else None


def _bundles(binder: Binder, made: _Folder, place: Path, claim_id: str) -> IndexedGroup | None:
    names, files = FileNames(), list[IndexedFile]()
    for row in binder.ask(made_bundles, claim_id):
        made_on = spoken(row.bundle.made_at.astimezone().date())
        note = f"made on {made_on}{', sent' if row.is_sent else ''}"
        for file in row.files:
            target = place / "Bundles" / names.fit(file.name)
            if _copied(binder, made, file.sha256, file.name, target):
                files.append(IndexedFile(file.name, made.note(target), note))
    return IndexedGroup("Bundles, exactly as they were made", tuple(files)) if files else None


def _letters(made: _Folder, place: Path, letters: list[Letter]) -> IndexedGroup | None:
    names, files = FileNames(), list[IndexedFile]()
    for letter in letters:
        target = place / "Letters" / names.fit(f"{letter.title}.txt", "Letter.txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(letter.body.encode("utf-8", "replace"))
        signed = f"signed on {spoken(letter.signed_on)}" if letter.signed_on else "not signed"
        files.append(IndexedFile(letter.title, made.note(target), signed))
    return IndexedGroup("Letters", tuple(files)) if files else None


def _copied(binder: Binder, made: _Folder, sha256: str, name: str, target: Path) -> bool:
    """Copy the exact bytes out; name the original if it is not there or not what came in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not binder.vault.holds(sha256):
        made.problems.append(f"The original of “{name}” is missing.")
        return False
    with binder.vault.lend(sha256) as source:
        copy_whole(source, target)
    if digest_of(target) != sha256:
        made.problems.append(damaged(name))
        with suppress(OSError):
            target.unlink()
        return False
    return True


def _tables(binder: Binder, made: _Folder) -> IndexedSection:
    place = made.root / "Tables"
    place.mkdir()
    files: list[IndexedFile] = []
    for kind, title in TABLES.items():
        header, rows = binder.ask(record_table, kind)
        target = place / f"{title}.csv"
        target.write_bytes(table_csv(header, rows))
        count = f"{len(rows)} line{'' if len(rows) == 1 else 's'}"
        files.append(IndexedFile(title, made.note(target), count))
    return IndexedSection("Tables", (IndexedGroup("For any spreadsheet", tuple(files)),))
