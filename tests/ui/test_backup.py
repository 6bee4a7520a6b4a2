"""Backups from the window: the place, by hand, by itself, on leaving; restore and check."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.binder import Binder
from app.jobs import Progress, Silent
from app.operations.intake import add_papers
from app.operations.people import add_person
from app.storage.queries.records import all_people
from app.storage.queries.upkeep import backup_state
from tests.ui.checks import check_widget, show_active
from ui.backup_status import backup_words
from ui.backups import BackupKeeper, back_up_on_leaving
from ui.dialogs.backup import BackupPlaceDialog
from ui.dialogs.check import CheckDialog
from ui.dialogs.restore import Choosers, RestoreDialog
from ui.disks import BACKUP_FOLDER, Disk, backups_in, disk_of, other_disks
from ui.disks import backup_words as made_words
from ui.pages import upkeep_steps
from ui.waiting import wait_for
from ui.widgets.text import Label

TODAY = date(2026, 8, 18)


def disk(folder: str | Path, device: str = "/dev/sdb1", **known) -> Disk:
    return Disk(Path(folder).name, Path(folder), device, 64 * 10**9, **known)


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def button_of(root, words: str) -> QPushButton:
    return next(each for each in root.findChildren(QPushButton) if each.text() == words)


def place_dialog(qtbot, binder, disks=(), folder=None) -> BackupPlaceDialog:
    made = BackupPlaceDialog.offered_first(binder, lambda _title: folder, lambda: list(disks))
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    show_active(made)
    return made


# ---------------------------------------------------------------------------------- the place


def test_only_a_persons_other_disks_are_offered():
    own, usb = disk("/", "/dev/sda1"), disk("/media/ann/USB")
    boot, locked = (
        disk("/boot/efi", "/dev/sda2"),
        disk("/media/ann/DVD", "/dev/sr0", writable=False),
    )
    same = disk("/mnt/part", "/dev/sda1")
    assert other_disks([own, usb, boot, locked, same], "/dev/sda1") == [usb]


def test_the_first_disk_is_proposed_and_enter_takes_it(qtbot, binder):
    usb = disk("/media/ann/USB")
    made = place_dialog(qtbot, binder, [usb, disk("/media/ann/OLD")])
    check_widget(made)
    made.places.setFocus()
    QTest.keyClick(made.places, Qt.Key.Key_Down)
    QTest.keyClick(made.places, Qt.Key.Key_Return)
    assert made.given == Path("/media/ann/OLD") / BACKUP_FOLDER


@pytest.mark.parametrize("percent", [100, 200])
def test_without_a_disk_it_says_what_to_do_and_later_is_an_answer(qtbot, binder, style, percent):
    style.choose_percent(percent)
    made = place_dialog(qtbot, binder)
    assert made.nothing.isVisible()
    assert not made.places.isVisible()
    assert not made.go.isEnabled()
    assert made.cancel.text() == "Later"
    check_widget(made)
    press(made.cancel)
    assert made.given is None
    assert not made.isVisible()


def test_a_folder_on_the_same_disk_is_warned_of_and_taken_all_the_same(qtbot, binder, tmp_path):
    made = place_dialog(qtbot, binder, [], tmp_path / "copies")
    press(button_of(made, "Another folder …"))
    assert "same disk" in made.warning.text()
    assert made.warning.isVisible()
    press(made.go)
    assert made.given == tmp_path / "copies"


def test_a_folder_inside_the_binder_is_refused_in_the_dialog(qtbot, binder):
    made = place_dialog(qtbot, binder, [], binder.root / "originals")
    press(button_of(made, "Another folder …"))
    press(made.go)
    assert "inside the binder" in made.problem.text
    assert made.isVisible()
    assert made.given is None


def test_a_disk_that_is_plugged_in_meanwhile_is_found(qtbot, binder):
    disks: list[Disk] = []
    made = BackupPlaceDialog(binder, None, lambda _title: None, lambda: disks)
    qtbot.addWidget(made)
    made.show()
    disks.append(disk("/media/ann/USB"))
    press(button_of(made, "Look again"))
    assert made.places.chosen_id == str(Path("/media/ann/USB") / BACKUP_FOLDER)
    assert made.go.isEnabled()


def test_the_own_disk_is_known(tmp_path):
    assert disk_of(tmp_path) == disk_of(tmp_path.parent) != ""


# ---------------------------------------------------------------------------------- by hand


def choose(folder: Path):
    def act(dialog: BackupPlaceDialog) -> None:
        dialog._choose_folder = lambda _title: folder
        press(button_of(dialog, "Another folder …"))
        press(dialog.go)

    return act


def test_the_first_backup_asks_where_and_the_next_does_not(
    desk, shell, binder, memory, tmp_path, qtbot
):
    add_person(binder, "Ruth")
    shell.scripts.append(choose(tmp_path / "usb"))
    upkeep_steps.back_up_now(desk, shell)
    qtbot.waitUntil(lambda: len(shell.said) == 1)
    assert "read back whole" in shell.said[0]
    assert "same disk" in shell.said[0]
    assert memory.settings.backup_folder == str(tmp_path / "usb")
    upkeep_steps.back_up_now(desk, shell)
    qtbot.waitUntil(lambda: len(shell.said) == 2)
    assert len(backups_in([tmp_path / "usb"])) == 2
    assert binder.ask(backup_state).last_on == TODAY


def test_a_disk_that_is_not_connected_is_said_with_the_way_on(desk, shell, memory, tmp_path, qtbot):
    memory.choose(backup_folder=str(tmp_path / "gone"))
    upkeep_steps.back_up_now(desk, shell)
    assert "not there" in shell.failed[0]
    assert not (tmp_path / "gone").exists()


def test_the_offer_comes_once_and_later_keeps_it_away(desk, shell, memory):
    shell.scripts.append(lambda dialog: press(dialog.cancel))
    upkeep_steps.offer_backup_place(desk, shell)
    upkeep_steps.offer_backup_place(desk, shell)
    assert memory.settings.backup_offered
    assert memory.settings.backup_folder == ""
    assert not shell.scripts
    assert not shell.said


# --------------------------------------------------------------------------- by itself, on leaving


def test_the_keeper_backs_up_what_changed_once_a_day_and_says_nothing(desk, shell, tmp_path, qtbot):
    binder, memory = desk.binder, desk.memory
    usb = tmp_path / "usb"
    keeper = BackupKeeper(desk, shell)

    def look() -> int:
        keeper.look()
        qtbot.waitUntil(lambda: not desk.quick.busy and not desk.jobs.busy)
        return len(backups_in([usb]))

    add_person(binder, "Ruth")
    assert look() == 0, "no place was chosen"
    memory.choose(backup_folder=str(usb))
    assert look() == 0, "the place is not there"
    usb.mkdir()
    assert look() == 1
    add_person(binder, "Sam")
    assert look() == 1, "one a day is enough"
    assert not shell.said
    assert not shell.failed
    keeper.deleteLater()


def test_the_keeper_tells_a_reason_once_and_not_every_hour(desk, shell, qtbot):
    binder, memory = desk.binder, desk.memory
    add_person(binder, "Ruth")
    memory.choose(backup_folder=str(binder.root))
    keeper = BackupKeeper(desk, shell)
    for _ in range(2):
        keeper.look()
        qtbot.waitUntil(lambda: not desk.quick.busy and not desk.jobs.busy)
    assert len(shell.failed) == 1
    assert "inside the binder" in shell.failed[0]
    keeper.deleteLater()


def test_leaving_backs_up_what_changed_and_else_does_not_delay(desk, tmp_path):
    binder, memory = desk.binder, desk.memory
    assert not back_up_on_leaving(desk, desk.jobs)
    memory.choose(backup_folder=str(tmp_path))
    add_person(binder, "Ruth")
    assert back_up_on_leaving(desk, desk.jobs)
    assert len(backups_in([tmp_path])) == 1
    assert not back_up_on_leaving(desk, desk.jobs)


def test_skip_gives_back_at_once_and_the_work_stops_by_itself(jobs, qapp, qtbot):
    begun: list[bool] = []

    def endless(progress: Progress) -> bool:
        begun.append(True)
        while True:
            progress.step(1, 2, "Copy")

    def skip() -> None:
        for window in QApplication.topLevelWidgets():
            if type(window).__name__ == "WaitingWindow" and window.isVisible() and begun:
                clock.stop()
                check_widget(window)
                press(button_of(window, "Skip"))

    clock = QTimer()
    clock.setInterval(10)
    clock.timeout.connect(skip)
    clock.start()
    assert wait_for(endless, "Backing up before closing", jobs, "Skip") is None
    qtbot.waitUntil(lambda: not jobs.busy)


@pytest.mark.parametrize(
    ("days", "words", "is_old"),
    [
        (0, "Backed up and proven today", False),
        (1, "Last proven backup: yesterday", False),
        (6, "Last proven backup: 6 days ago", False),
        (7, "Last proven backup: 7 days ago", True),
    ],
)
def test_the_status_line_says_how_old_the_proven_backup_is(desk, tmp_path, days, words, is_old):
    binder, memory = desk.binder, desk.memory
    assert backup_words(binder, TODAY) == ("No backup yet", False)
    add_person(binder, "Ruth")
    memory.choose(backup_folder=str(tmp_path))
    back_up_on_leaving(desk, desk.jobs)
    assert backup_words(binder, TODAY + timedelta(days)) == (words, is_old)


# ------------------------------------------------------------------------------ bringing back


def test_backups_are_listed_newest_first_in_words(tmp_path):
    inner = tmp_path / BACKUP_FOLDER
    inner.mkdir()
    for name in ("2026-08-01 0900", "2026-08-18 1503-2"):
        (inner / f"ClaimBinder backup {name}.zip").touch()
    (tmp_path / "ClaimBinder backup 2026-08-10 2330.zip").touch()
    (tmp_path / "holiday.zip").touch()
    found = backups_in([tmp_path, tmp_path / "not there", tmp_path])
    assert [file.name[19:29] for file in found] == ["2026-08-18", "2026-08-10", "2026-08-01"]
    assert made_words(found[1]).startswith("Backup of Aug 10, 2026, ")


@pytest.mark.parametrize("percent", [100, 200])
def test_the_restore_dialog_holds_for_eye_ear_and_keyboard(qtbot, tmp_path, style, percent):
    style.choose_percent(percent)
    files = [tmp_path / "ClaimBinder backup 2026-08-18 1503.zip"]
    made = RestoreDialog(files, tmp_path / "new", Choosers(lambda *_: [], lambda _: tmp_path))
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    show_active(made)
    check_widget(made)
    press(button_of(made, "Another folder …"))
    assert made.place.text() == str(tmp_path)


def test_a_backup_comes_back_beside_the_binder_and_is_opened_only_after_a_yes(
    desk, shell, tmp_path, qtbot
):
    binder, memory = desk.binder, desk.memory
    add_person(binder, "Ruth")
    memory.choose(backup_folder=str(tmp_path / "usb"))
    (tmp_path / "usb").mkdir()
    back_up_on_leaving(desk, desk.jobs)
    add_person(binder, "Came later")
    shell.scripts.append(lambda dialog: press(dialog.go))
    upkeep_steps.restore_backup(desk, shell)
    qtbot.waitUntil(lambda: len(shell.said) == 1)
    place = tmp_path / "binder restored 2026-08-18"
    assert str(place) in shell.said[0]
    with Binder.open(place) as back:
        assert [person.name for person in back.ask(all_people)] == ["Ruth"]
    assert len(binder.ask(all_people)) == 2, "the binder that is open stays as it is"
    shell.yes = False
    shell.actions[0].run()
    assert not shell.opened
    assert "restored" in shell.asked[0]
    shell.yes = True
    shell.actions[0].run()
    assert shell.opened == [place]


def test_a_restore_never_writes_into_a_folder_with_something_in_it(desk, shell, tmp_path, qtbot):
    binder, memory = desk.binder, desk.memory
    add_person(binder, "Ruth")
    memory.choose(backup_folder=str(tmp_path / "usb"))
    (tmp_path / "usb").mkdir()
    back_up_on_leaving(desk, desk.jobs)
    full = tmp_path / "full"
    full.mkdir()
    (full / "diary.txt").write_text("mine")
    shell.folder = full

    def act(dialog: RestoreDialog) -> None:
        press(button_of(dialog, "Another folder …"))
        press(dialog.go)

    shell.scripts.append(act)
    upkeep_steps.restore_backup(desk, shell)
    qtbot.waitUntil(lambda: len(shell.failed) == 1)
    assert "not empty" in shell.failed[0]
    assert [each.name for each in full.iterdir()] == ["diary.txt"]


# ---------------------------------------------------------------------------------- checking


@pytest.mark.parametrize("full", [False, True])
def test_a_sound_binder_is_said_to_be_in_order(desk, shell, binder, qtbot, full):
    add_person(binder, "Ruth")

    def act(dialog: CheckDialog) -> None:
        dialog.full.setChecked(full)
        show_active(dialog)
        check_widget(dialog)
        press(dialog.go)

    shell.scripts.append(act)
    upkeep_steps.check_binder(desk, shell)
    qtbot.waitUntil(lambda: bool(shell.said))
    assert "in order" in shell.said[0]


def test_a_missing_paper_is_named(desk, shell, binder, tmp_path, qtbot):
    paper = tmp_path / "Denial & <b>letter.txt"
    paper.write_text("They said no.")
    add_papers(binder, [paper], Silent())
    for original in (binder.root / "originals").rglob("*"):
        if original.is_file():
            original.unlink()
    named: list[str] = []
    shell.scripts += [
        lambda dialog: press(dialog.go),
        lambda dialog: (
            named.extend(label.text() for label in dialog.form.findChildren(Label)),
            show_active(dialog),
            check_widget(dialog),
            press(dialog.go),
        ),
    ]
    upkeep_steps.check_binder(desk, shell)
    qtbot.waitUntil(lambda: not shell.scripts)
    assert any("Denial & <b>letter" in words for words in named)
    assert not shell.said
