"""What Qt and the tests need from the system on a bare Debian or Ubuntu.

Wheels bring everything else. Nothing is asked of `apt` while all parts are there.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from steps import VENV, SetUpError

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What PySide6 loads before any window exists, and the Debian package of each."""

SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""What Qt needs to open a window on an X11 screen."""

TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "strace": "strace",
    "qpdf": "qpdf",
    "pdftoppm": "poppler-utils",
}
"""A screen without a monitor, a hand to click, a place to be killed at, second readers."""

FONT_FOLDERS = (
    Path("/usr/share/fonts"), Path("/usr/local/share/fonts"),
    Path.home() / ".fonts", Path.home() / ".local/share/fonts",
)  # fmt: skip


def ensure(*, for_tests: bool) -> None:
    """Install what is missing where we may; otherwise print the one command.

    Raises:
        SetUpError: a part is missing without which the program cannot even start.
    """
    if not sys.platform.startswith("linux"):
        return
    vital = [name for library, name in LIBRARIES.items() if not _loads(library)]
    if not VENV.exists() and importlib.util.find_spec("ensurepip") is None:
        vital.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")  # Debian's habit
    useful = [name for library, name in SCREEN_LIBRARIES.items() if not _loads(library)]
    if not _has_a_font():
        useful.append("fonts-dejavu-core")  # without any font every letter is a box
    if for_tests:
        useful += [name for tool, name in TEST_PROGRAMS.items() if shutil.which(tool) is None]
    if not vital and not useful:
        return
    if _may_install():
        _apt(vital + useful)
    else:
        advice = (
            f"Some system parts are missing. Install them with\n\n  {_command(vital + useful)}\n"
        )
        if vital:
            msg = f"{advice}\nand run this command again."
            raise SetUpError(msg)
        print(advice)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_a_font() -> bool:
    return any(
        path.suffix.lower() in (".ttf", ".otf", ".ttc", ".pfb")
        for folder in FONT_FOLDERS
        for path in folder.rglob("*")
    )


def _may_install() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _command(packages: list[str]) -> str:
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return f"your system's package tool (Debian calls them: {names})"
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def _apt(packages: list[str]) -> None:
    print(f"Installing system parts: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    try:
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError as problem:
        msg = f"The system parts could not be installed. Try it by hand:\n\n  {_command(packages)}"
        raise SetUpError(msg) from problem
