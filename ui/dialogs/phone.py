"""Photos from a phone: picked from a cable, from a folder that fills itself, or step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QTabBar, QWidget

from app.domain.errors import UserError
from app.operations.phone import Phone, Photo, find_phones, newest_batch, newest_photos
from app.operations.watching import is_watchable
from ui.bridges import JobBridge
from ui.dialogs.phone_photos import PhotoGrid
from ui.dialogs.phone_ways import WaysPanel
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, line
from ui.widgets.text import Label, button, label, muted, relabel
from ui.wording import count_of, tr


@dataclass(frozen=True, slots=True)
class TakePhotos:
    """Copy these photos in, as one letter or as a paper each."""

    paths: tuple[Path, ...]
    as_one: bool


@dataclass(frozen=True, slots=True)
class WatchFolder:
    """Watch this folder from now on."""

    folder: Path


@dataclass(frozen=True, slots=True)
class StopWatching:
    """Watch no folder any more."""


PhoneAnswer = TakePhotos | WatchFolder | StopWatching
_Found = tuple[list[Phone], list[Photo]]


class PhoneDialog(AskDialog[PhoneAnswer]):
    """Three ways, each under its tab. Photos are only looked at until one is chosen to be added."""

    def __init__(
        self,
        jobs: JobBridge,
        places: Callable[[], Sequence[Path]],
        picture: Callable[[Path, int], bytes],
        *,
        watched: Path | None,
        choose_folder: Callable[[], Path | None],
    ) -> None:
        """Make the dialog.

        `places` gives the folders where phones may appear, `picture` the JPEG of a photo in a
        width; both are called on threads of `jobs`. `watched` is the folder watched now.
        """
        super().__init__(tr("From a phone or camera"), tr("Add as one letter"))
        self._jobs, self._places, self._choose_folder = jobs, places, choose_folder
        self._watched = watched
        self._phones: list[Phone] = []
        self._as_one = True
        self._given: PhoneAnswer | None = None
        self.grid = PhotoGrid(jobs, picture)
        self.grid.picked.connect(self._show_count)
        self.form.hide()
        self.each = button("", self._take_each)
        self.buttons.insertWidget(self.buttons.indexOf(self.go), self.each)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Ways to bring photos here"))
        self.body.insertWidget(0, self.tabs)
        self.panels = (self._cable_panel(), self._watch_panel(), WaysPanel())
        words = (tr("By cable"), tr("From a folder"), tr("Step by step"))
        for place, panel in enumerate(self.panels):
            self.tabs.addTab(words[place])
            self.body.insertWidget(place + 1, panel, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self._show_tab(0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def sizeHint(self) -> QSize:
        """Wide enough for three photos side by side, within the screen."""
        hint = super().sizeHint()
        return QSize(
            max(hint.width(), min(px(640), self.screen().availableSize().width() * 9 // 10)),
            hint.height(),
        )

    # ------------------------------------------------------------------ the three panels

    def _cable_panel(self) -> QWidget:
        self.state = label(tr("Looking for a phone or camera …"))
        self.source = ChoiceField[str]([])
        self.source.setAccessibleName(tr("Phone or camera"))
        self.source.changed.connect(self._source_chosen)
        self.again = button(tr("Look again"), self.look)
        self.other = button(tr("Photos in a folder …"), self._other_folder, "folder")
        self.count = Label("", "strong")
        panel = QWidget()
        inside = column(12)
        panel.setLayout(inside)
        inside.addWidget(self.state)
        inside.addWidget(self.source)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.count)
        inside.addLayout(line(self.again, self.other))
        return panel

    def _watch_panel(self) -> QWidget:
        panel = QWidget()
        inside = column(12)
        panel.setLayout(inside)
        inside.addWidget(
            label(
                tr("Does your phone already copy its photos to a folder on this computer, with "
                   "iCloud, Google Drive, OneDrive or another program? Choose that folder. New "
                   "photos and PDFs in it are then copied into the Inbox by themselves.")
            )
        )  # fmt: skip
        inside.addWidget(
            muted(
                tr("Files are copied, never moved or changed. What is in the folder now stays "
                   "out. You can stop at any time.")
            )
        )  # fmt: skip
        self.watching = Label(self._watch_words(), "strong")
        inside.addWidget(self.watching)
        self.choose = button(tr("Choose the folder …"), self._choose_watched, "folder")
        self.stop = button(tr("Stop watching"), self._stop_watching, "stop")
        self.stop.setVisible(self._watched is not None)
        inside.addLayout(line(self.choose, self.stop))
        inside.addStretch(1)
        return panel

    def _watch_words(self) -> str:
        if self._watched is None:
            return tr("No folder is watched.")
        if not is_watchable(self._watched):
            return tr("“{folder}” is to be watched, but it is not there now.", folder=self._watched)
        return tr("“{folder}” is watched.", folder=self._watched)

    # ------------------------------------------------------------------ looking

    def look(self) -> None:
        """Look for phones and cameras once more, on a thread."""
        self.state.setText(tr("Looking for a phone or camera …"))
        self._find(None)

    def _find(self, folder: Path | None) -> None:
        places = self._places

        def find() -> _Found:
            if folder is not None:
                return [Phone(folder.name or str(folder), folder)], newest_photos(folder)
            phones = find_phones(places())
            return phones, newest_photos(phones[0].folder) if phones else []

        self.grid.show_photos([])
        self._jobs.run("", lambda _progress: find(), self._show_found, owner=self)

    def _show_found(self, found: _Found) -> None:
        self._phones, photos = found
        self.source.blockSignals(True)
        self.source.set_choices([(str(phone.folder), phone.name) for phone in self._phones])
        self.source.blockSignals(False)
        self._show_photos(photos)

    def _show_photos(self, photos: Sequence[Photo]) -> None:
        self.grid.show_photos(photos)
        self.grid.pick(newest_batch(photos))
        self.source.setVisible(bool(self._phones))
        self.grid.setVisible(bool(photos))
        if photos:
            words = tr("The newest photos come first. Press a photo to choose it or leave it out.")
        elif self._phones:
            words = tr("There are no photos in “{name}”.", name=self._phones[0].name)
        else:
            words = tr(
                "No phone or camera is to be seen. Connect it with its cable, unlock it, allow "
                "the computer to see its photos, then press “Look again”. “Step by step” helps "
                "where that does not work."
            )
        self.state.setText(words)
        self._show_count()

    @Slot()
    def _source_chosen(self) -> None:
        chosen = self.source.value()
        if chosen:
            folder = Path(chosen)
            self.grid.show_photos([])
            self._jobs.run(
                "", lambda _progress: newest_photos(folder), self._show_photos, owner=self
            )

    def _other_folder(self) -> None:
        if folder := self._choose_folder():
            self._find(folder)

    # ------------------------------------------------------------------ choosing

    @Slot()
    def _show_count(self) -> None:
        count = len(self.grid.picked_paths)
        shown = self.grid.count
        self.count.setText(
            tr("{n} of {shown} photos chosen", n=count, shown=shown) if shown else ""
        )
        relabel(self.go, tr("Add as one letter") if count > 1 else tr("Add this photo"))
        relabel(self.each, count_of(count, "Add {n} paper", "Add as {n} papers"))
        self.go.setEnabled(count > 0)
        self._show_tab(self.tabs.currentIndex())

    @Slot(int)
    def _show_tab(self, number: int) -> None:
        for place, panel in enumerate(self.panels):
            panel.setVisible(place == number)
        self.go.setVisible(number == 0)
        self.each.setVisible(number == 0 and len(self.grid.picked_paths) > 1)
        relabel(self.cancel, tr("Cancel") if number == 0 else tr("Close"))

    def answer(self) -> PhoneAnswer:
        """Return what was chosen."""
        if self._given:
            return self._given
        paths = self.grid.picked_paths
        if not paths:
            raise UserError(tr("Choose a photo first."))
        return TakePhotos(paths, as_one=self._as_one and len(paths) > 1)

    def _take_each(self) -> None:
        self._as_one = False
        self.accept()

    def _choose_watched(self) -> None:
        if folder := self._choose_folder():
            self._given = WatchFolder(folder)
            self.accept()

    def _stop_watching(self) -> None:
        self._given = StopWatching()
        self.accept()
