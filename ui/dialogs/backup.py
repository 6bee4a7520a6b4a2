"""Where backups go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.binder import Binder
from app.domain.errors import UserError
from app.operations.upkeep import backup_place_warning
from ui.disks import BACKUP_FOLDER, Disk, disk_of, mounted_disks, other_disks
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.layout import line
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import Label, button, icon_label, label, muted, relabel
from ui.wording import tr

FolderChooser = Callable[[str], Path | None]


class BackupPlaceDialog(AskDialog[Path]):
    """Offers the other disks of this computer, and any folder; the answer is the folder."""

    def __init__(
        self,
        binder: Binder,
        chosen: Path | None,
        choose_folder: FolderChooser,
        look: Callable[[], list[Disk]] = mounted_disks,
    ) -> None:
        """Make the form; `chosen` is the place in force, `look` finds the mounted disks."""
        super().__init__(tr("Where should the backups go?"), tr("Back up there"))
        self._binder, self._choose_folder, self._look = binder, choose_folder, look
        self._folders: list[tuple[Path, str]] = [(chosen, "")] if chosen else []
        self.places = ChooserList(tr("Places for the backups"))
        self.nothing = muted(
            tr("No other disk is connected. Plug one in and press “Look again”, "
               "or choose a folder.")
        )  # fmt: skip
        self.warning = Label("", "warning")
        self._warned = _beside("warning", self.warning, "warning")
        self.body.insertWidget(0, self._offer())
        self.places.chosen.connect(self._place_chosen)
        self.places.opened.connect(self.accept)
        self.look_again()

    @classmethod
    def offered_first(
        cls,
        binder: Binder,
        choose_folder: FolderChooser,
        look: Callable[[], list[Disk]] = mounted_disks,
    ) -> BackupPlaceDialog:
        """Return the dialog as it is shown once by itself: “Later” is an answer."""
        made = cls(binder, None, choose_folder, look)
        relabel(made.cancel, tr("Later"))
        return made

    def _offer(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (
            label(
                tr("A backup is one file with everything in it. Keep it on another disk, such as "
                   "a USB drive: then nothing is lost when this computer breaks or is stolen.")
            ),
            self.places,
            self.nothing,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addLayout(
            line(
                button(tr("Another folder …"), self._other_folder, "folder"),
                button(tr("Look again"), self.look_again, "redo"),
            )
        )
        layout.addWidget(self._warned)
        readable = label(
            tr("Anyone who has that drive can read the backup: backups are not locked with a "
               "password yet. Keep the drive where you would keep the papers themselves.")
        )  # fmt: skip
        layout.addWidget(_beside("lock", readable))
        layout.addWidget(
            muted(
                tr("From then on the program backs up by itself, once a day and when you close "
                   "it, whenever the disk is connected.")
            )
        )  # fmt: skip
        return made

    @Slot()
    def look_again(self) -> None:
        """Look for disks that were connected meanwhile."""
        before = self.places.chosen_id
        disks = other_disks(self._look(), disk_of(self._binder.root))
        offered = {disk.folder / BACKUP_FOLDER: disk.words for disk in disks}
        for folder, words in self._folders:
            offered.setdefault(folder, words)
        self._show(list(offered.items()))
        if not self.places.choose(before) and offered:
            first = self._folders[0][0] if self._folders else next(iter(offered))
            self.places.choose(str(first))

    def _show(self, offered: list[tuple[Path, str]]) -> None:
        self.places.set_lines(
            [
                Line(str(folder), words or folder.name or str(folder), str(folder), "backup")
                for folder, words in offered
            ]
        )
        self.places.setVisible(bool(offered))
        self.nothing.setVisible(not offered)
        row = self.fontMetrics().height() * 2 + 16
        self.places.setFixedHeight(min(4, max(1, len(offered))) * row + px(12))
        self._place_chosen(self.places.chosen_id)

    @Slot(str)
    def _place_chosen(self, place: str) -> None:
        """Warn of a poor place. Without any there is nothing to go on with."""
        self.go.setEnabled(bool(place))
        sentence = self._warning_of(Path(place)) if place else None
        self.warning.setText(sentence or "")
        self._warned.setVisible(bool(sentence))

    def _warning_of(self, folder: Path) -> str | None:
        """Look at the folder it would be made in where it is not there yet."""
        there = folder if folder.is_dir() else folder.parent
        return backup_place_warning(self._binder, there)

    def _other_folder(self) -> None:
        folder = self._choose_folder(tr("A folder for the backups"))
        if folder is None:
            return
        self._folders.insert(0, (folder, ""))
        self.look_again()
        self.places.choose(str(folder))
        self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> Path:
        """Return the chosen folder."""
        if not self.places.chosen_id:
            raise UserError(tr("Choose a place first: connect a disk, or choose a folder."))
        folder = Path(self.places.chosen_id)
        if folder.resolve().is_relative_to(self._binder.root.resolve()):
            raise UserError(
                tr("This folder is inside the binder itself: the backup would be lost with it. "
                   "Choose another folder.")
            )  # fmt: skip
        return folder


def _beside(icon: str, words: Label, tone: str = "muted") -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    picture = icon_label(icon, 20, "warning" if tone == "warning" else "muted")
    layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(words, 1)
    return made
