"""The menu entries of `upkeep_steps`, whose code is loaded when one of them is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from ui.desk import Desk
from ui.shell import Command, Shell


def _later(name: str) -> Callable[[Desk, Shell], Any]:
    def run(desk: Desk, shell: Shell) -> Any:
        return getattr(import_module("ui.pages.upkeep_steps"), name)(desk, shell)

    return run


UPKEEP_COMMANDS: Final[tuple[Command, ...]] = (
    Command(
        name="back-up",
        title="Back up now …",
        run=_later("back_up_now"),
        icon="backup",
        words="backup copy safe save disk usb",
    ),
    Command(
        name="backup-place",
        title="Place for backups …",
        run=_later("choose_backup_place"),
        icon="folder",
        words="backup disk usb drive choose change",
    ),
    Command(
        name="restore",
        title="Bring a backup back …",
        run=_later("restore_backup"),
        icon="undo",
        words="restore backup recover new computer",
    ),
    Command(
        name="export-all",
        title="Everything as plain files …",
        run=_later("export_everything"),
        icon="folder",
        words="export copy all papers folder csv leave take out",
    ),
    Command(
        name="check",
        title="Check the binder …",
        run=_later("check_binder"),
        icon="checklist",
        words="verify damaged repair health",
    ),
    Command(
        name="open-own",
        title="Open my own binder",
        run=_later("open_own"),
        icon="open",
        words="mine",
    ),
    Command(
        name="open-sample",
        title="Look at the sample",
        run=_later("open_sample"),
        icon="papers",
        words="sample example play demo",
    ),
    Command(
        name="open-another",
        title="Open another binder …",
        run=_later("open_another"),
        icon="folder",
        words="switch other folder",
    ),
    Command(
        name="rules",
        title="Deadline rules …",
        run=_later("show_rules"),
        menu="help",
        icon="clock",
        words="law days appeal how long source regulation",
    ),
)
