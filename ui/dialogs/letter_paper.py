"""A letter on its way to paper or into a file, while it is being written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.letter_papers import letter_pages, write_letter
from app.operations.outputs import Written
from app.workers import WorkerPool
from ui.desk import Desk
from ui.page_printing import print_pages
from ui.shell import Shell
from ui.wording import tr

Said = Callable[[str], object]
"""Shows one sentence."""

_NOT_IN_NAMES: Final = re.compile(r"[\\/:*?\"<>|]+")


class LetterPaper:
    """Prints the letter of a claim and saves it as a PDF; both are the same pages.

    Nothing that is typed has to be stored for that. It may take a second, so it is done on a
    thread, and what came of it is said then.
    """

    def __init__(self, desk: Desk, shell: Shell, claim_id: str | None) -> None:
        self._desk, self._shell, self._claim_id = desk, shell, claim_id

    def print(self, title: str, text: str, over: QWidget, failed: Said) -> None:
        """Ask for a printer, over a window, and print the letter there."""
        desk, claim_id = self._desk, self._claim_id

        def work(_progress: Progress) -> tuple[bytes, ...]:
            with WorkerPool(1) as workers:
                return letter_pages(desk.binder, workers, claim_id, title, text)

        def done(pages: tuple[bytes, ...]) -> None:
            print_pages(title, over, pages)

        desk.quick.run(tr("Printing a letter"), work, done, _teller(failed), over)

    def save(self, title: str, text: str, over: QWidget, told: Said, failed: Said) -> None:
        """Ask for a place, and write the letter there as a PDF."""
        target = self._shell.choose_new_file(
            tr("Save the letter"),
            f"{_NOT_IN_NAMES.sub(' ', title).strip() or tr('Letter')}.pdf",
            tr("PDF files (*.pdf)"),
        )
        if target is None:
            return
        desk, claim_id = self._desk, self._claim_id
        if target.resolve().is_relative_to(desk.binder.root.resolve()):
            failed(tr("Choose a place outside of the binder's own folder."))
            return

        def work(_progress: Progress) -> Written:
            return write_letter(desk.binder, _as_pdf(target), claim_id, title, text)

        def done(written: Written) -> None:
            told(tr("Saved: {name}", name=written.path.name))

        desk.quick.run(tr("Saving a letter"), work, done, _teller(failed), over)


def _as_pdf(target: Path) -> Path:
    return target if target.suffix else target.with_suffix(".pdf")


def _teller(failed: Said) -> Callable[[BaseException], None]:
    """Return what shows a refusal in its place; what is no refusal goes to the error desk."""

    def tell(error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        failed(str(error))

    return tell
