"""The window as a process of its own: it opens on a screen, is closed, and draws its pages."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.binder import Binder
from tests.ui.household import deny, rosas_household
from ui.pages import PAGES

ROOT = Path(__file__).parents[2]
PATIENCE = 300
NEEDED = ("xvfb-run", "xdotool")


@pytest.fixture
def binder_root(tmp_path: Path) -> Path:
    with Binder.create(tmp_path / "binder") as binder:
        deny(binder, rosas_household(binder).claim)
    return tmp_path / "binder"


def on_a_screen() -> dict[str, str]:
    """The surroundings of a program with a screen: Qt then takes its own way to it."""
    return {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}


@pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason=f"needs {' and '.join(NEEDED)}: no screen here"
)
def test_the_window_opens_on_a_screen_and_ends_well_when_closed(binder_root, tmp_path):
    script = tmp_path / "close-it.sh"
    script.write_text(
        f'"{sys.executable}" -m ui --binder "{binder_root}" & program=$!\n'
        "xdotool search --sync --onlyvisible --name ClaimBinder >/dev/null\n"
        "sleep 1\n"
        "xdotool search --onlyvisible --name ClaimBinder windowfocus --sync key ctrl+q\n"
        "wait $program\n"
    )
    done = subprocess.run(
        ["xvfb-run", "-a", "sh", str(script)],
        cwd=ROOT, env=on_a_screen(), timeout=PATIENCE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    with Binder.open(binder_root):
        """It is whole, and nobody holds it any more."""


def test_every_page_is_drawn_in_both_themes_without_a_screen(binder_root, tmp_path):
    shots = tmp_path / "shots"
    command = [sys.executable, "-m", "ui", "--binder", str(binder_root), "--shots", str(shots)]
    done = subprocess.run(
        command, cwd=ROOT, timeout=PATIENCE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    names = {path.stem for path in shots.glob("*.png")}
    looks = itertools.product((page.name for page in PAGES), ("light", "dark"), ("100", "150"))
    assert names >= {"-".join(look) for look in looks}
    pictures = [QImage(str(shots / f"today-{theme}-100.png")) for theme in ("light", "dark")]
    assert all(picture.width() >= 1000 for picture in pictures)
    light, dark = (picture.pixelColor(picture.width() - 40, 20).lightness() for picture in pictures)
    assert (light > 200, dark < 80) == (True, True)
