"""Keeping the binder safe, from the menus: back up, restore, check; rules and other binders."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.domain.errors import UserError
from app.jobs import Progress
from app.operations import export_all, upkeep
from app.operations.rules import all_rules
from app.paths import default_binder, sample_binder
from ui.backup_status import backup_folder
from ui.desk import Desk
from ui.dialogs.backup import BackupPlaceDialog
from ui.dialogs.check import CheckDialog
from ui.dialogs.restore import Choosers, RestoreDialog, RestoreInput, unwhole
from ui.dialogs.rules import RulesDialog
from ui.dialogs.telling import ProblemsDialog
from ui.disks import backups_in, disk_of, mounted_disks, other_disks, size_words
from ui.pages.opening_files import open_file
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr

# ------------------------------------------------------------------------------ backing up


def back_up_now(desk: Desk, shell: Shell) -> None:
    """Back up into the chosen place; ask for one where there is none, or it is not connected."""
    folder = backup_folder(desk.memory)
    if folder is None:
        choose_backup_place(desk, shell)
    elif not folder.is_dir():
        shell.fail(
            UserError(
                tr("The place for the backups is not there: “{folder}”. Connect its disk and "
                   "try again, or choose another place.", folder=folder)
            ),
            BannerAction(tr("Another place …"), partial(choose_backup_place, desk, shell)),
        )  # fmt: skip
    else:
        _back_up(desk, shell, folder)


def choose_backup_place(desk: Desk, shell: Shell) -> None:
    """Ask where backups go from now on, and make the first one there."""
    _take_place(
        desk, shell, BackupPlaceDialog(desk.binder, backup_folder(desk.memory), shell.choose_folder)
    )


def offer_backup_place(desk: Desk, shell: Shell) -> None:
    """Ask the same by itself, once on this computer; “Later” is an answer."""
    if desk.memory.settings.backup_offered or backup_folder(desk.memory):
        return
    desk.memory.choose(backup_offered=True)
    _take_place(desk, shell, BackupPlaceDialog.offered_first(desk.binder, shell.choose_folder))


def _take_place(desk: Desk, shell: Shell, dialog: BackupPlaceDialog) -> None:
    folder = shell.ask_dialog(dialog)
    if folder:
        desk.memory.choose(backup_folder=str(folder), backup_offered=True)
        _back_up(desk, shell, folder)


def _back_up(desk: Desk, shell: Shell, folder: Path) -> None:
    def work(progress: Progress) -> upkeep.BackupResult:
        return upkeep.back_up(desk.binder, folder, progress)

    shell.run(tr("Backing up"), work, partial(tell_backup, shell))


def tell_backup(shell: Shell, made: upkeep.BackupResult) -> None:
    """Say that a backup is made, or name what is not in it."""
    if made.ok:
        words = tr("The backup is made, and was read back whole: {name}, {size}.",
                   name=made.path.name, size=size_words(made.size))  # fmt: skip
        shell.say(" ".join((words, *made.warnings)))
        return
    shell.ask_dialog(
        ProblemsDialog(
            tr("The backup is not complete"),
            tr("Everything else is in “{name}”. This is not:", name=made.path.name),
            (*made.problems, *made.warnings),
            tr("Older backups are kept. If one of them still has the paper, it can be brought "
               "back from there."),
        )
    )  # fmt: skip


def export_everything(desk: Desk, shell: Shell) -> None:
    """Ask for a folder and write everything there as plain files, in a folder of its own."""
    folder = shell.choose_folder(tr("Where should the folder go?"))
    if folder is None:
        return
    day = desk.today().isoformat()
    place = free_place(folder, tr("ClaimBinder papers {day}", day=day))

    def work(progress: Progress) -> export_all.ExportedAll:
        return export_all.export_all(desk.binder, place, progress)

    def done(made: export_all.ExportedAll) -> None:
        words = tr("Everything is in “{name}”: {n} files. Open “index.html” there to look around.",
                   name=made.path.name, n=made.files)  # fmt: skip
        shell.say(words, BannerAction(tr("Open the folder"), partial(open_file, made.path)))
        if made.problems:
            shell.ask_dialog(
                ProblemsDialog(
                    tr("Some papers could not be written"),
                    tr("Everything else is in “{name}”. This is not:", name=made.path.name),
                    made.problems,
                    tr("If a backup still has the paper, it can be brought back from there."),
                )
            )

    shell.run(tr("Writing everything as plain files"), work, done)


# ---------------------------------------------------------------------------- bringing back


def restore_backup(desk: Desk, shell: Shell) -> None:
    """Ask for a backup and a place, bring it back there, and offer to open it."""
    disks = other_disks(mounted_disks(), disk_of(desk.binder.root))
    places = [disk.folder for disk in disks]
    if chosen := backup_folder(desk.memory):
        places.insert(0, chosen)
    day = desk.today().isoformat()
    beside = free_place(desk.binder.root.parent, tr("binder restored {day}", day=day))
    choosers = Choosers(shell.choose_files, shell.choose_folder)
    given = shell.ask_dialog(RestoreDialog(backups_in(places), beside, choosers))
    if given:
        _restore(desk, shell, given)


def free_place(folder: Path, name: str) -> Path:
    """Return a path in `folder` at which nothing lies yet: the name, with a number if need be."""
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{name} {number}", number + 1
    return place


def _restore(desk: Desk, shell: Shell, given: RestoreInput) -> None:
    def work(progress: Progress) -> upkeep.RestoreResult:
        return upkeep.restore(given.file, given.folder, progress, now=desk.binder.now)

    def done(restored: upkeep.RestoreResult) -> None:
        if not restored.ok:
            shell.ask_dialog(unwhole(restored))
        shell.say(
            tr("The backup is back, as a binder of its own in “{folder}”.", folder=given.folder),
            BannerAction(tr("Open it …"), partial(_open_restored, shell, given.folder)),
        )

    shell.run(tr("Bringing the backup back"), work, done)


def _open_restored(shell: Shell, root: Path) -> None:
    question = tr(
        "Work in the restored binder from now on? The one you have now stays where it is, "
        "unchanged: File → Open another binder brings you back to it."
    )
    if shell.confirm(question, tr("Open the restored binder")):
        shell.open_binder(root)


# -------------------------------------------------------------------------------- checking


def check_binder(desk: Desk, shell: Shell) -> None:
    """Ask how thoroughly, check, and tell the result in plain words."""
    full = shell.ask_dialog(CheckDialog())
    if full is None:
        return

    def work(progress: Progress) -> upkeep.CheckResult:
        return upkeep.check(desk.binder, progress, full=full)

    shell.run(tr("Checking the binder"), work, partial(_tell_check, shell))


def _tell_check(shell: Shell, found: upkeep.CheckResult) -> None:
    if not found.ok:
        shell.ask_dialog(
            ProblemsDialog(
                tr("The check found something"),
                tr("Everything else is in order. This is not:"),
                found.problems,
                tr("Nothing was deleted. If a paper is missing or damaged, bring the newest "
                   "backup back (File menu) and take it from there."),
            )
        )  # fmt: skip
        return
    words = [tr("Everything is in order: every paper is there.")]
    if found.unused:
        words.append(
            count_of(
                found.unused,
                "{n} file belongs to no paper any more; it does no harm.",
                "{n} files belong to no paper any more; they do no harm.",
            )
        )
    shell.say(" ".join(words))


# ------------------------------------------------------------------------------------ help


def show_rules(desk: Desk, shell: Shell) -> None:
    """Show all rules with their laws, to search and to print."""
    shell.ask_dialog(RulesDialog(all_rules(), desk.memory, shell.choose_new_file))


# -------------------------------------------------------------------------------- other binders


def open_own(desk: Desk, shell: Shell) -> None:
    """Go to the person's own binder: the last one that was opened, else the usual place."""
    kept = desk.memory.settings.binder
    root = Path(kept) if kept else default_binder()
    if root == desk.binder.root:
        shell.say(tr("This is your own binder already."))
    else:
        shell.open_binder(root)


def open_sample(_desk: Desk, shell: Shell) -> None:
    """Go to the sample binder; it is made at the first visit."""
    shell.open_binder(sample_binder())


def open_another(desk: Desk, shell: Shell) -> None:
    """Ask for the folder of a binder and open it."""
    folder = shell.choose_folder(tr("The folder of the binder"))
    if folder is None or folder == desk.binder.root:
        return
    shell.open_binder(folder)
