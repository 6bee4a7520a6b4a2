"""Start at login, as a choice: one small file in the place where each system looks for it.

A file, and nothing hidden: a person can see it, remove it by hand, and the program then says the
truth. Paths and contents are pure functions of the platform that is handed in.
"""

from __future__ import annotations

import configparser
import os
import plistlib
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.domain.errors import UserError
from ui.wording import tr

Platform = Literal["linux", "win32", "darwin"]
State = Literal["on", "off", "other"]
"""`other`: there is an entry, but it starts something else, such as a program that was moved."""

AT_LOGIN: Final = "--at-login"
"""The word that tells the program that nobody has called for its window."""

_ENTRY_POINT: Final = "claimbinder-desktop"
_LABEL: Final = "claimbinder.desktop"


@dataclass(frozen=True, slots=True)
class StartCommand:
    """How the program is started: its words, and the folder to start it in, if that matters."""

    words: tuple[str, ...]
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """How this program runs now."""

    platform: Platform
    started_as: str
    python: str
    code: str
    is_frozen: bool = False
    image: str = ""


def running_now() -> Running:
    """Return how this program runs now."""
    return Running(
        platform=this_platform(),
        started_as=sys.argv[0],
        python=sys.executable,
        code=str(Path(__file__).resolve().parents[1]),
        is_frozen=bool(getattr(sys, "frozen", False)),
        image=os.environ.get("APPIMAGE", ""),
    )


def this_platform() -> Platform:
    """Return the family of this computer's system; what is neither of two follows XDG."""
    if sys.platform == "win32":
        return "win32"
    return "darwin" if sys.platform == "darwin" else "linux"


def start_command(now: Running) -> StartCommand:
    """Return how to start the same program again: a package, an installed command, or a checkout.

    A package for Linux that mounts itself (AppImage) runs from a place that is gone tomorrow; its
    own file is named instead.
    """
    if now.is_frozen:
        return StartCommand((now.image or now.python, AT_LOGIN))
    for started in (Path(now.started_as), Path(f"{now.started_as}.exe")):
        if started.stem == _ENTRY_POINT and started.is_file():
            return StartCommand((str(started.absolute()), AT_LOGIN))
    python = now.python
    if now.platform == "win32":  # the one that opens no black window
        silent = Path(python).with_name("pythonw.exe")
        python = str(silent) if silent.is_file() else python
    return StartCommand((python, "-m", "ui", AT_LOGIN), now.code)


# ------------------------------------------------------------------------ place and contents


def entry_path(platform: Platform, environ: Mapping[str, str], home: Path) -> Path:
    """Return where the system looks for what a person wants started at login."""
    if platform == "win32":
        roaming = environ.get("APPDATA")
        base = Path(roaming) if roaming else home / "AppData" / "Roaming"
        startup = base / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup"
        return startup / "ClaimBinder.cmd"
    if platform == "darwin":
        return home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    kept = environ.get("XDG_CONFIG_HOME", "")
    base = Path(kept) if os.path.isabs(kept) else home / ".config"  # noqa: PTH117 - the norm's word
    return base / "autostart" / "claimbinder.desktop"


def entry_content(platform: Platform, command: StartCommand) -> bytes:
    """Return what stands in the file.

    Raises:
        UserError: the program lies in a place whose name cannot stand there.
    """
    if any(ord(sign) < 32 for word in (*command.words, command.folder) for sign in word):
        raise UserError(
            tr("ClaimBinder lies in a folder with an unusual name, which cannot be started at "
               "login. Move the program to another folder, start it there, and try again.")
        )  # fmt: skip
    if platform == "win32":
        return _for_windows(command)
    return _for_mac(command) if platform == "darwin" else _for_linux(command)


def _for_linux(command: StartCommand) -> bytes:
    """A desktop entry: arguments are quoted, then backslashes are doubled once more."""
    words = " ".join(_desktop_word(word) for word in command.words)
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=ClaimBinder",
        "Comment=Shows the dates that are due",
        "Exec=" + words.replace("\\", "\\\\"),
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    if command.folder:
        lines.append("Path=" + command.folder.replace("\\", "\\\\"))
    return ("\n".join(lines) + "\n").encode()


def _desktop_word(word: str) -> str:
    for sign in '\\"`$':
        word = word.replace(sign, "\\" + sign)
    return '"' + word.replace("%", "%%") + '"'


def _for_windows(command: StartCommand) -> bytes:
    """A batch file that starts the program and is gone; it is read as UTF-8.

    Names of files hold no quotes there, so that only the percent sign needs care.
    """
    program, *rest = (f'"{word.replace("%", "%%")}"' for word in command.words)
    folder = f' /d "{command.folder.replace("%", "%%")}"' if command.folder else ""
    start = " ".join(['start ""' + folder, program, *rest])
    return "\r\n".join(["@echo off", "chcp 65001 >nul", start, ""]).encode()


def _for_mac(command: StartCommand) -> bytes:
    """A launch agent of the person who is signed in."""
    entry: dict[str, object] = {
        "Label": _LABEL,
        "ProgramArguments": list(command.words),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
    }
    if command.folder:
        entry["WorkingDirectory"] = command.folder
    return plistlib.dumps(entry)


# ------------------------------------------------------------------------------- on and off


class LoginStart:
    """Turns starting at login on and off, and tells which it is by looking at the file."""

    def __init__(self, platform: Platform, command: StartCommand, path: Path) -> None:
        self._platform: Platform = platform
        self._command, self.path = command, path

    @classmethod
    def of_this_computer(cls) -> LoginStart:
        """Return the one for this program, as it runs now, and the person who is signed in."""
        now = running_now()
        return cls(
            now.platform, start_command(now), entry_path(now.platform, os.environ, Path.home())
        )

    @property
    def state(self) -> State:
        """What the system would do at the next login, as far as its file says."""
        try:
            found = self.path.read_bytes()
        except OSError:
            return "off"
        wanted = entry_content(self._platform, self._command)
        if self._platform == "linux":
            return _state_of_desktop_entry(found, wanted)
        return "on" if found == wanted else "other"

    def turn_on(self) -> None:
        """Write the file, so that it is either not there or whole.

        Raises:
            UserError: the place cannot be written to, or cannot name this program.
        """
        content = entry_content(self._platform, self._command)
        draft = self.path.with_name(self.path.name + ".part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
            os.replace(draft, self.path)  # noqa: PTH105 - one call that all systems know
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise UserError(
                tr("Starting at login could not be turned on: “{folder}” cannot be written to. "
                   "Ask whoever looks after this computer, or save the calendar file instead.",
                   folder=self.path.parent)
            ) from error  # fmt: skip

    def turn_off(self) -> None:
        """Remove the file; that it is gone already is as good.

        Raises:
            UserError: it cannot be removed.
        """
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                tr("Starting at login could not be turned off: “{file}” cannot be removed. "
                   "Remove this file by hand, or ask whoever looks after this computer.",
                   file=self.path)
            ) from error  # fmt: skip


def _state_of_desktop_entry(found: bytes, wanted: bytes) -> State:
    """Desktops keep their own switches in the entry, and may write it anew with further lines."""
    told, ours = _told(found), _told(wanted)
    hidden = told.get("Hidden", "false").casefold() == "true"
    enabled = told.get("X-GNOME-Autostart-enabled", "true").casefold() == "true"
    if hidden or not enabled:
        return "off"
    same = all(told.get(key) == ours.get(key) for key in ("Exec", "Path"))
    return "on" if same else "other"


def _told(entry: bytes) -> dict[str, str]:
    """Return what a desktop entry says, by its keys; nothing of what is no such entry."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), allow_no_value=True)
    parser.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - keys as they stand
    try:
        parser.read_string(entry.decode())
        return {key: value or "" for key, value in parser.items("Desktop Entry")}
    except (configparser.Error, UnicodeDecodeError):
        return {}
