"""Start at login: the right file in the right place, for each system, and the truth about it."""

from __future__ import annotations

import plistlib
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import UserError
from ui.login_start import (
    AT_LOGIN,
    LoginStart,
    Running,
    StartCommand,
    entry_content,
    entry_path,
    running_now,
    start_command,
)

HOME = Path("/home/rosa")
ODD = ('/opt/Rosa\'s $HOME/100% "new" `apps`/back\\slash é', "-m", "ui", AT_LOGIN)
CHECKOUT = Running("linux", "/src/ui/__main__.py", "/usr/bin/python3", "/src")


def lines(content: bytes) -> dict[str, str]:
    told = content.decode().splitlines()
    return dict(line.split("=", 1) for line in told if "=" in line)


def as_a_desktop_reads(exec_line: str) -> list[str]:
    """Undo the escapes of a value, then the quotes; a shell knows the same four within quotes."""
    unescaped = exec_line.replace("\\\\", "\\")
    said = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\0' {unescaped}"], capture_output=True, check=True
    ).stdout.decode()
    return [word.replace("%%", "%") for word in said.split("\0")[:-1]]


# ------------------------------------------------------------------------------- the place


@pytest.mark.parametrize(
    ("platform", "environ", "path"),
    [
        ("linux", {}, HOME / ".config/autostart/claimbinder.desktop"),
        ("linux", {"XDG_CONFIG_HOME": "/conf"}, Path("/conf/autostart/claimbinder.desktop")),
        ("linux", {"XDG_CONFIG_HOME": "conf"}, HOME / ".config/autostart/claimbinder.desktop"),
        ("darwin", {}, HOME / "Library/LaunchAgents/claimbinder.desktop.plist"),
        (
            "win32",
            {"APPDATA": "/roam"},
            Path("/roam/Microsoft/Windows/Start Menu/Programs/Startup/ClaimBinder.cmd"),
        ),
        (
            "win32",
            {},
            HOME / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/ClaimBinder.cmd",
        ),
    ],
)
def test_each_system_has_its_place_in_the_persons_own_folders(platform, environ, path):
    assert entry_path(platform, environ, HOME) == path


# ---------------------------------------------------------------------------- the contents


def test_a_desktop_reads_exactly_the_words_that_start_the_program():
    content = entry_content("linux", StartCommand(ODD, "/src/with blank\\slash"))
    told = lines(content)
    assert content.startswith(b"[Desktop Entry]\nType=Application\n")
    assert as_a_desktop_reads(told["Exec"]) == list(ODD)
    assert told["Path"] == "/src/with blank\\\\slash"
    assert told["Terminal"] == "false"


def test_windows_starts_it_without_waiting_from_a_batch_file_in_utf_8():
    words = ("C:\\Users\\Zoë & Co\\100%\\python.exe", "-m", "ui", AT_LOGIN)
    content = entry_content("win32", StartCommand(words, "C:\\My src"))
    assert content.decode().split("\r\n") == [
        "@echo off",
        "chcp 65001 >nul",
        'start "" /d "C:\\My src" "C:\\Users\\Zoë & Co\\100%%\\python.exe" "-m" "ui" "--at-login"',
        "",
    ]


def test_a_mac_reads_exactly_the_words_that_start_the_program():
    told = plistlib.loads(entry_content("darwin", StartCommand(ODD, "/src")))
    assert told["ProgramArguments"] == list(ODD)
    assert told["WorkingDirectory"] == "/src"
    assert told["RunAtLoad"] is True
    assert "WorkingDirectory" not in plistlib.loads(entry_content("darwin", StartCommand(ODD)))


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_place_whose_name_would_begin_a_new_line_is_refused(platform):
    with pytest.raises(UserError, match="unusual name"):
        entry_content(platform, StartCommand(("/opt/a\nExec=evil/x", AT_LOGIN)))


# ----------------------------------------------------------------------------- the command


def test_a_checkout_is_started_by_its_python_in_its_folder():
    assert start_command(CHECKOUT) == StartCommand(
        ("/usr/bin/python3", "-m", "ui", AT_LOGIN), "/src"
    )


@pytest.mark.parametrize("ending", ["", ".exe"])
def test_an_installed_command_is_started_by_its_own_name(tmp_path, ending):
    command = tmp_path / f"claimbinder-desktop{ending}"
    command.touch()
    now = replace(CHECKOUT, started_as=str(tmp_path / "claimbinder-desktop"))
    assert start_command(now) == StartCommand((str(command), AT_LOGIN))


def test_a_package_is_started_by_its_own_file_and_a_mounted_one_by_the_file_it_lies_in():
    now = replace(CHECKOUT, is_frozen=True, python="/opt/cb/claimbinder")
    assert start_command(now).words == ("/opt/cb/claimbinder", AT_LOGIN)
    mounted = replace(now, image="/home/rosa/ClaimBinder.AppImage")
    assert start_command(mounted).words == ("/home/rosa/ClaimBinder.AppImage", AT_LOGIN)


def test_windows_takes_the_python_without_a_black_window_where_there_is_one(tmp_path):
    now = replace(CHECKOUT, platform="win32", python=str(tmp_path / "python.exe"))
    assert start_command(now).words[0] == str(tmp_path / "python.exe")
    (tmp_path / "pythonw.exe").touch()
    assert start_command(now).words[0] == str(tmp_path / "pythonw.exe")


def test_the_command_of_this_checkout_does_start_this_program():
    command = start_command(running_now())
    done = subprocess.run(
        [*command.words, "--help"],
        cwd=command.folder, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert AT_LOGIN in done.stdout


# ------------------------------------------------------------------------------ on and off


@pytest.fixture(params=["linux", "win32", "darwin"])
def login(request, tmp_path) -> LoginStart:
    path = entry_path(request.param, {}, tmp_path)
    return LoginStart(request.param, StartCommand(ODD), path)


def test_it_is_off_until_turned_on_and_off_again_once_turned_off(login):
    assert login.state == "off"
    login.turn_on()
    assert login.state == "on"
    login.turn_on()
    assert [each.name for each in login.path.parent.iterdir()] == [login.path.name]
    login.turn_off()
    assert login.state == "off"
    login.turn_off()


def test_a_file_that_was_removed_by_hand_is_off(login):
    login.turn_on()
    login.path.unlink()
    assert login.state == "off"


def test_an_entry_for_a_program_in_another_place_is_told_from_this_one(login, tmp_path):
    login.turn_on()
    moved = LoginStart(login._platform, StartCommand(("/new/place", AT_LOGIN)), login.path)
    assert moved.state == "other"
    moved.turn_on()
    assert (moved.state, login.state) == ("on", "other")


def test_a_file_that_is_no_entry_is_something_else(login):
    login.path.parent.mkdir(parents=True)
    login.path.write_bytes(b"\xff\xfe not an entry")
    assert login.state == "other"


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Hidden=true", "off"),
        ("Hidden=false", "on"),
        ("X-GNOME-Autostart-enabled=false", "off"),
        ("X-GNOME-Autostart-Delay=10", "on"),
    ],
)
def test_what_the_desktops_own_settings_say_is_believed(tmp_path, line, state):
    login = LoginStart("linux", StartCommand(ODD, "/src"), tmp_path / "claimbinder.desktop")
    login.turn_on()
    with login.path.open("a") as entry:
        entry.write(line + "\n")
    assert login.state == state


def test_a_folder_that_cannot_be_written_to_is_told_with_the_next_step(login):
    login.path.parent.parent.mkdir(parents=True)
    login.path.parent.touch()  # a file where the folder should be
    with pytest.raises(UserError, match=r"could not be turned on.*calendar file instead"):
        login.turn_on()
    assert login.state == "off"


def test_an_entry_that_cannot_be_removed_is_told_with_its_place(login):
    (login.path / "inside").mkdir(parents=True)
    with pytest.raises(UserError, match=rf"could not be turned off.*{login.path.name}"):
        login.turn_off()


def test_this_computers_own_entry_lies_below_the_persons_home(home):
    login = LoginStart.of_this_computer()
    assert login.path.is_relative_to(home)
    assert login.state == "off"
    login.turn_on()
    assert login.state == "on"
