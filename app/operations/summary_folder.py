"""The folder beside a printed summary: a list, the ledger, the originals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.bundle import Gap
from app.domain.document import Part
from app.domain.errors import UserError
from app.domain.hsa_plan import HsaExhibit, HsaPlan
from app.exporting.hsa_pages import words_of
from app.exporting.hsa_words import kind_of
from app.exporting.tables_csv import Cell, hsa_csv, table_csv
from app.operations.outputs import write_file
from app.operations.papers import copy_whole
from app.storage.database import plain_errors
from app.storage.queries.papers import document_parts
from app.storage.vault import digest_of

_UNFIT: Final = re.compile(r"[^\w .,()-]+")
_LONGEST: Final = 60
_HEADER: Final = (
    "Exhibit", "File", "Proves", "Paper", "Ledger no.", "Date of service", "Date paid", "Patient",
    "Provider", "Category", "I paid", "HSA paid", "SHA-256",
)  # fmt: skip
_DAMAGED: Final = (
    "Its original is damaged on this disk. Restore it from your newest backup, then save the "
    "folder again."
)


@dataclass(frozen=True, slots=True)
class SavedFolder:
    """The files that were written, and the papers that are missing from them, with why."""

    files: tuple[Path, ...]
    gaps: tuple[Gap, ...]


def save_folder(binder: Binder, plan: HsaPlan, folder: Path) -> SavedFolder:
    """Write `index.csv`, `ledger.csv` and a copy of each original into a new or empty folder.

    A copy without the papers themselves has the two lists only.

    Raises:
        UserError: the folder is not empty or cannot be written to.
    """
    with plain_errors():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError(f"“{folder.name}” is not an empty folder. Choose a new one.")
        folder.mkdir(parents=True, exist_ok=True)
        maker = _Maker(binder, plan, folder)
        rows = list(maker.rows())
        files = [
            write_file(folder / "index.csv", table_csv(_HEADER, rows)).path,
            write_file(folder / "ledger.csv", hsa_csv(plan)).path,
        ]
    return SavedFolder((*files, *maker.copies), tuple(maker.gaps))


class _Maker:
    """Copies the originals of a summary, and lists them."""

    def __init__(self, binder: Binder, plan: HsaPlan, folder: Path) -> None:
        self._binder = binder
        self._plan = plan
        self._folder = folder
        self._words = words_of(plan)
        self.copies: list[Path] = []
        self.gaps: list[Gap] = []

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row for each original and each line behind it; copy the original on the way."""
        for exhibit in self._plan.exhibits:
            parts = self._binder.ask(document_parts, exhibit.paper.id)
            for place, part in enumerate(parts, start=1):
                name = self._copied(exhibit, part, place, len(parts))
                yield from self._listed(exhibit, name, part.sha256)

    def _copied(self, exhibit: HsaExhibit, part: Part, place: int, parts: int) -> str:
        """Return the name of the copy of an original, nothing where there is none."""
        if not self._plan.choice.has_papers:
            return ""
        which = f"-{place}" if parts > 1 else ""
        title = _UNFIT.sub(" ", Path(exhibit.paper.name).stem).strip(" .")[:_LONGEST].strip()
        named = f" {title}" if self._words.is_full and title else ""
        suffix = _UNFIT.sub("", Path(part.name).suffix[:8])
        target = self._folder / f"{exhibit.number}{which}{named}{suffix}"
        try:
            with self._binder.vault.lend(part.sha256) as source:
                if digest_of(source) != part.sha256:
                    raise UserError(_DAMAGED)
                copy_whole(source, target)
        except UserError as missing:
            paper = exhibit.paper
            self.gaps.append(Gap(document_id=paper.id, name=paper.name, reason=str(missing)))
            return ""
        self.copies.append(target)
        return target.name

    def _listed(self, exhibit: HsaExhibit, name: str, sha256: str) -> Iterator[tuple[Cell, ...]]:
        paper = self._words.paper(exhibit)
        about = (exhibit.number, name, kind_of(exhibit), paper)
        for line in exhibit.lines:
            expense = line.expense
            yield (
                *about, line.number, expense.served_on, expense.paid_on, line.patient,
                line.provider, line.category, expense.amount, line.standing.reimbursed, sha256,
            )  # fmt: skip
        if not exhibit.lines:
            nothing: tuple[Cell, ...] = (None,) * (len(_HEADER) - len(about) - 1)
            yield (*about, *nothing, sha256)
