"""Papers from a phone: by cable, from a folder that fills itself, or step by step."""

from __future__ import annotations

from pathlib import Path

from app.operations.phone import mounted_places, natural_order, photo_picture
from app.operations.reading import DocumentReader
from ui.desk import Desk
from ui.dialogs.phone import PhoneDialog, StopWatching, TakePhotos, WatchFolder
from ui.pages.paper_store import store
from ui.pages.paper_watch import stop_watching, watch_folder
from ui.shell import Shell
from ui.wording import tr


def from_phone(desk: Desk, shell: Shell) -> None:
    """Ask which photos to take, or which folder to watch, and do it."""
    # Photos are decoded by workers of their own, so that the pages of papers never wait for a
    # slow phone, and closing the dialog ends whatever a phone holds up.
    reader = DocumentReader(pool_size=1)
    watched = desk.memory.settings.watched_folder
    dialog = PhoneDialog(
        desk.quick,
        mounted_places,
        lambda path, width: photo_picture(reader, path, width),
        watched=Path(watched) if watched else None,
        choose_folder=lambda: shell.choose_folder(tr("Choose the folder")),
    )
    try:
        answer = shell.ask_dialog(dialog)
    finally:
        desk.quick.run("", lambda _progress: reader.close())
    match answer:
        case TakePhotos(paths, as_one):
            ordered = sorted(paths, key=natural_order)
            store(desk, shell, ordered, as_one=as_one, go_there=True)
        case WatchFolder(folder):
            watch_folder(desk, shell, folder)
        case StopWatching():
            stop_watching(desk, shell)
        case None:
            pass
