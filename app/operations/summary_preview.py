"""A summary made to be looked at first: the very bytes that are then printed or saved."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.hsa_plan import HsaPlan
from app.domain.medical_paid import MedicalPaid
from app.domain.summary_choice import SummaryChoice
from app.exporting.file_pages import count, page_picture, page_words, printable_page
from app.jobs import Progress
from app.operations.papers import copy_whole
from app.operations.summaries import (
    plan_paid,
    plan_summary,
    print_paid,
    print_plan,
    write_paid_table,
    write_plan_table,
)
from app.operations.summary_folder import save_folder
from app.storage.database import plain_errors
from app.workers import WorkerPool
from app.workers.process import private_folder

_WORKERS: Final = 2


@dataclass(frozen=True, slots=True)
class Beside:
    """What is saved beside the pages: the table, the folder with the originals."""

    table: bool = False
    folder: bool = False


class MadeSummary:
    """A finished summary in a folder that goes with it; call `close` in the end.

    `gaps` names papers that could not go in.
    """

    def __init__(self, binder: Binder, plan: HsaPlan | MedicalPaid) -> None:
        self._binder = binder
        self._plan = plan
        self._folder = private_folder()
        self._pool = WorkerPool(_WORKERS)
        self.path = self._folder / "summary.pdf"
        self.pages = 0
        self.gaps: tuple[str, ...] = ()

    def make(self, progress: Progress) -> None:
        """Write the pages.

        Raises:
            UserError: the disk is full.
            Cancelled: the person asked to stop.
        """
        today, plan = self._binder.today(), self._plan
        if isinstance(plan, MedicalPaid):
            print_paid(self._binder, plan.choice, self.path, today=today)
        else:
            made = print_plan(self._binder, self._pool, plan, self.path, progress, today=today)
            self.gaps = tuple(gap.name for gap in made.gaps)
        self.pages = count(self.path, self._pool)

    def picture(self, _name: str, page: int, width: int) -> bytes:
        """Return a page, from 1, as a picture of so many pixels across."""
        return page_picture(self.path, page, width, self._pool)

    def words(self, _name: str, page: int) -> str:
        """Return the words of a page, from 1."""
        return page_words(self.path, page, self._pool)

    def printable(self, progress: Progress) -> Sequence[Path]:
        """Return all pages as files with pictures for a printer, made here one after the other.

        Raises:
            Cancelled: the person asked to stop.
        """
        files: list[Path] = []
        for page in range(1, self.pages + 1):
            progress.step(page - 1, self.pages)
            file = self._folder / f"page-{page:05}.png"
            if not file.exists():
                file.write_bytes(printable_page(self.path, page, self._pool))
            files.append(file)
        return files

    def save(self, target: Path, beside: Beside) -> tuple[Path, ...]:
        """Copy the pages to a place, byte for byte, and beside them what was asked for.

        Raises:
            UserError: the place cannot be written to, or the folder is there already.
        """
        made = [target]
        with plain_errors():
            copy_whole(self.path, target)
        if beside.table:
            table = target.with_suffix(".csv")
            if isinstance(self._plan, MedicalPaid):
                write_paid_table(self._plan, table)
            else:
                write_plan_table(self._plan, table)
            made.append(table)
        if beside.folder and isinstance(self._plan, HsaPlan):
            folder = target.with_suffix("")
            save_folder(self._binder, self._plan, folder)
            made.append(folder)
        return tuple(made)

    def close(self) -> None:
        """Let everything go."""
        self._pool.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def made_summary(
    binder: Binder, choice: SummaryChoice, progress: Progress, *, is_hsa: bool
) -> MadeSummary:
    """Make the HSA summary, or the list of medical expenses paid, to be looked at.

    Raises:
        UserError: the disk is full.
        Cancelled: the person asked to stop.
    """
    plan = plan_summary(binder, choice) if is_hsa else plan_paid(binder, choice)
    made = MadeSummary(binder, plan)
    try:
        made.make(progress)
    except BaseException:
        made.close()
        raise
    return made
