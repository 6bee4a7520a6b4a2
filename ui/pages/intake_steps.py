"""The doors by which papers come in: chosen, dropped, pasted, from a phone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.operations.intake import clean_name
from app.operations.phone import is_photo, natural_order
from app.operations.sample_mark import is_sample
from ui.desk import Desk
from ui.dialogs.pictures import PicturesDialog
from ui.pages.paper_reading import start_reading
from ui.pages.paper_store import store, store_picture
from ui.pages.paper_watch import start_watching
from ui.pages.phone_steps import from_phone
from ui.shell import Shell
from ui.wording import tr

__all__ = (
    "add_folder", "add_papers", "files_dropped", "from_phone", "picture_pasted", "start",
)  # fmt: skip

_MOST_PAGES: Final = 20
"""More pictures than this are hardly one letter: nobody is asked."""


def start(desk: Desk, shell: Shell) -> None:
    """Go on where the last session ended: read what waits, watch the chosen folder.

    What comes into that folder belongs into the person's own binder, never into the sample.
    """
    start_reading(desk, shell)
    if not is_sample(desk.binder):
        start_watching(desk, shell)


def add_papers(desk: Desk, shell: Shell) -> None:
    """Let the person choose files, keep them, and show them in the Inbox."""
    paths = shell.choose_files(
        tr("Choose letters, photos or scans"),
        tr("Papers (*.pdf *.jpg *.jpeg *.png *.heic *.heif *.tif *.tiff *.webp *.gif *.bmp *.txt)")
        + ";;" + tr("All files (*)"),
    )  # fmt: skip
    if paths:
        _ask_and_store(desk, shell, paths, go_there=True)


def add_folder(desk: Desk, shell: Shell) -> None:
    """Let the person choose a folder and keep all files in it."""
    folder = shell.choose_folder(tr("Choose a folder with papers"))
    if folder:
        store(desk, shell, [folder], go_there=True)


def files_dropped(desk: Desk, shell: Shell, paths: Sequence[Path]) -> None:
    """Keep what was dropped on the window; folders with all that is in them.

    One who said that pictures are one letter goes on with that letter in the Inbox; papers that
    were only dropped leave the page alone on which one works.
    """
    _ask_and_store(desk, shell, paths, go_there=False)


def picture_pasted(desk: Desk, shell: Shell, content: bytes, name: str) -> None:
    """Keep a pasted picture, given as the bytes of its file."""
    store_picture(desk, shell, content, name)


def _ask_and_store(desk: Desk, shell: Shell, paths: Sequence[Path], *, go_there: bool) -> None:
    as_one = False
    if 2 <= len(paths) <= _MOST_PAGES and all(map(is_photo, paths)):
        paths = sorted(paths, key=natural_order)
        names = [clean_name(path.name) for path in paths]
        answer = shell.ask_dialog(PicturesDialog(names))
        if answer is None:
            return
        as_one = answer
    store(desk, shell, paths, as_one=as_one, go_there=go_there or as_one)
