"""A finished summary, page by page, before it is printed or saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import overload

from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.summary_preview import MadeSummary
from ui.desk import Desk
from ui.page_printing import print_pages
from ui.widgets.dialog import AskDialog
from ui.widgets.page_view import PageView
from ui.widgets.text import button, label
from ui.wording import count_of, tr


class _Files(Sequence[bytes]):
    """Pictures of pages that are read one at a time: hundreds would not fit into memory."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> _Files: ...
    def __getitem__(self, at: int | slice) -> bytes | _Files:
        if isinstance(at, slice):
            return _Files(self._files[at])
        return self._files[at].read_bytes()

    def __len__(self) -> int:
        return len(self._files)


class SummaryPreview(AskDialog[bool]):
    """Shows the pages; the answer is that they are to be saved. Printing leaves it open."""

    def __init__(self, desk: Desk, made: MadeSummary, name: str) -> None:
        super().__init__(name, tr("Save as a PDF …"))
        self._desk, self._made, self._name = desk, made, name
        words = [count_of(made.pages, "{n} page.", "{n} pages.")]
        if made.gaps:
            words.append(
                tr("Pages stand in for papers that could not go in: {names}.",
                   names=", ".join(made.gaps))
            )  # fmt: skip
        words.append(tr("What you see is what is printed and saved."))
        self.said = label(" ".join(words))
        self.view = PageView(desk.quick, made.picture, made.words)
        self.view.turn.hide()
        self.form.hide()
        self.body.insertWidget(0, self.said)
        self.body.insertWidget(1, self.view, 1)
        self.body.setStretch(self.body.count() - 1, 0)  # the pages take all the room
        self.cancel.setText(tr("Close"))
        self.print = button(tr("Print …"), self._print, "print")
        self.buttons.insertWidget(0, self.print)
        self.keep_size(desk.memory, "summary")
        self.view.show_paper(name, made.pages, name)

    def answer(self) -> bool:
        """Return that it is to be saved."""
        return True

    def _print(self) -> None:
        """Draw all pages for a printer on a thread, then ask for the printer."""
        self.print.setEnabled(False)
        made = self._made

        def work(progress: Progress) -> Sequence[Path]:
            return made.printable(progress)

        def done(files: Sequence[Path]) -> None:
            self.print.setEnabled(True)
            print_pages(self._name, self, _Files(files))

        def failed(error: BaseException) -> None:
            self.print.setEnabled(True)
            if not isinstance(error, UserError):
                raise error
            self.problem.say(str(error))

        self._desk.quick.run(tr("Printing a summary"), work, done, failed, self)
