"""Open the program; or, where there is no screen, go through its main job and leave pictures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from steps import BUILD, ROOT, SetUpError, program, variables


def run() -> int:
    """Open the window with the sample binder."""
    if _has_a_screen():
        command = (program("python"), "-m", "ui", "--sample")
        return subprocess.run(command, check=False, cwd=ROOT, env=variables()).returncode
    print("There is no screen here, so the program does its main job without one.", flush=True)
    return _walk_through()


def shots() -> int:
    """Write a picture of every page of the sample binder to `build/shots`."""
    place = _fresh("shots")
    binder = place / "binder"
    _ask("sample", binder)
    pictures = _pictures(binder, place)
    print(f"{len(pictures)} pictures lie in {place}")
    return 0 if pictures else 1


def _has_a_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _walk_through() -> int:
    """Letter to bundle, receipts to HSA summary, and every page of the window as a picture."""
    place = _fresh("run")
    binder = place / "binder"
    made = _ask("sample", binder)
    print(f"1. A sample binder: {made['claims']} claims, {made['documents']} papers  {binder}")

    claims = _ask("--binder", binder, "claims")
    for claim in claims:
        print(f"   {claim['claim']}  {claim['title']} · {claim['status']}")
    papers = Counter(row["claim"] for row in _ask("--binder", binder, "documents"))
    fullest = max(claims, key=lambda claim: papers[claim["claim"]])["claim"]
    due = _ask("--binder", binder, "deadlines")
    days = [row["last_day"] for row in due if row["last_day"]]
    sheet = place / "what-is-due.pdf"
    _ask("--binder", binder, "wall-sheet", "-o", sheet, "--details")
    print(f"2. {len(due) - len(days)} things without a date, then {len(days)} dates  {sheet}")

    appeal = place / "appeal.pdf"
    bundle = _ask("--binder", binder, "bundle", fullest, "-o", appeal, "--allow-gaps")
    pages = sum(file["pages"] for file in bundle["files"])
    print(f"3. The appeal bundle: {pages} pages, {len(bundle['exhibits'])} exhibits  {appeal}")
    for gap in bundle["gaps"]:
        print(f"   not in it: {gap['name']}: {gap['reason']}")

    paid = (row["paid_on"] for row in _ask("--binder", binder, "expenses"))
    years = Counter(day[:4] for day in paid if day)
    if years:
        year = years.most_common(1)[0][0]
        summary = place / f"hsa-{year}.pdf"
        hsa = _ask("--binder", binder, "hsa", year, "-o", summary)
        print(f"4. The HSA summary of {year}: {hsa['pages']} pages  {summary}")

    pictures = _pictures(binder, place / "pages")
    print(f"5. {len(pictures)} pictures of the window's pages  {place / 'pages'}")
    return 0 if pictures else 1


def _fresh(name: str) -> Path:
    """Return an empty folder of this name under `build/`."""
    place = BUILD / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place


def _ask(*words: str | Path) -> Any:
    """Run one headless command and return its answer.

    Raises:
        SetUpError: the command refused; its own words are on the screen.
    """
    command = (program("python"), "-m", "app", *words, "--json")
    done = subprocess.run(command, check=False, cwd=ROOT, env=variables(), stdout=subprocess.PIPE)
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace").strip()
        msg = f"“{' '.join(map(str, words))}” ended with status {done.returncode}. {said}"
        raise SetUpError(msg)
    return json.loads(done.stdout)


def _pictures(binder: Path, place: Path) -> list[Path]:
    """Have the real window draw each of its pages, without a screen."""
    command = (program("python"), "-m", "ui", "--binder", binder, "--shots", place)
    offscreen = variables(QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(command, check=False, cwd=ROOT, env=offscreen)
    if done.returncode != 0:
        msg = f"The window could not draw its pages; it ended with status {done.returncode}."
        raise SetUpError(msg)
    return sorted(place.rglob("*.png"))
