"""Which backup to bring back, and where to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.operations.upkeep import RestoreResult
from ui.dialogs.telling import ProblemsDialog
from ui.disks import backup_words
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.layout import line
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import button, copyable, label, muted, section
from ui.wording import tr

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class RestoreInput:
    """The backup to bring back, and the new or empty folder that it goes to."""

    file: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Choosers:
    """How the dialog lets a person choose a file and a folder."""

    files: Callable[[str, str], Sequence[Path]]
    folder: Callable[[str], Path | None]


class RestoreDialog(AskDialog[RestoreInput]):
    """Offers the backups that were found and any other file; changes nothing that is there."""

    def __init__(self, found: Sequence[Path], folder: Path, choosers: Choosers) -> None:
        """Make the form; `found` are backups, the newest first, `folder` where it would go."""
        super().__init__(tr("Bring a backup back"), tr("Bring it back"))
        self._found = list(found)
        self._folder = folder
        self._choosers = choosers
        self.backups = ChooserList(tr("Backups"))
        self.nothing = muted(
            tr("No backup was found on a connected disk. Connect the disk and open this again, "
               "or choose the file: its name begins with “ClaimBinder backup”.")
        )  # fmt: skip
        self.place = copyable(str(folder))
        self.body.insertWidget(0, self._parts())
        self.backups.opened.connect(self.accept)
        self._show()

    def _parts(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(section(tr("Which backup?")))
        layout.addWidget(self.backups)
        layout.addWidget(self.nothing)
        layout.addLayout(line(button(tr("Another file …"), self._other_file, "open")))
        layout.addWidget(section(tr("Where to?")))
        layout.addWidget(self.place)
        layout.addLayout(line(button(tr("Another folder …"), self._other_folder, "folder")))
        layout.addWidget(
            label(
                tr("Nothing that you have now is changed. Every byte is compared on the way, "
                   "and anything that is not whole is named.")
            )
        )  # fmt: skip
        return made

    def _show(self) -> None:
        self.backups.set_lines(
            [Line(str(file), backup_words(file), str(file), "backup") for file in self._found]
        )
        self.backups.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found)
        row = self.fontMetrics().height() * 2 + 16
        shown = min(_MOST_SHOWN, max(1, len(self._found)))
        self.backups.setFixedHeight(shown * row + px(12))
        if not self.backups.chosen_id and self._found:
            self.backups.choose(str(self._found[0]))
        self.go.setEnabled(bool(self._found))

    def _other_file(self) -> None:
        chosen = self._choosers.files(tr("Choose a backup"), tr("Backups (*.zip)"))
        if chosen:
            file = chosen[0]
            self._found = [file, *(each for each in self._found if each != file)]
            self._show()
            self.backups.choose(str(file))
            self.backups.setFocus(Qt.FocusReason.OtherFocusReason)

    def _other_folder(self) -> None:
        folder = self._choosers.folder(tr("An empty folder for the binder"))
        if folder:
            self._folder = folder
            self.place.setText(str(folder))

    def answer(self) -> RestoreInput:
        """Return the chosen backup and place."""
        if not self.backups.chosen_id:
            raise UserError(tr("Choose the backup first."))
        return RestoreInput(Path(self.backups.chosen_id), self._folder)


def unwhole(restored: RestoreResult) -> ProblemsDialog:
    """Return the dialog that names what is not whole in a binder that was brought back."""
    return ProblemsDialog(
        tr("Something in this backup is not whole"),
        tr("Everything else came back. This did not, or not as it was:"),
        restored.problems,
        tr("An older backup may still have it."),
    )
