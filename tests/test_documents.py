"""What the written words of the project promise about its files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("app", "ui", "resources", "tests", "packaging", "docs", ".ci")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
VERSION = re.compile(r"^## \[(?:Unreleased|(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d{2}-\d{2}))\]?$")


def named_files(text: str) -> set[str]:
    """Paths in backticks that begin with a folder of ours, and the targets of links."""
    quoted = re.findall(rf"`((?:{'|'.join(map(re.escape, FOLDERS))})/[^`\s*{{}}<>…]*)`", text)
    linked = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    return {*quoted, *linked}


def is_there(name: str, document: Path) -> bool:
    made_by_a_run = name.startswith("build/")
    return made_by_a_run or (ROOT / name).exists() or (document.parent / name).exists()


def changelog_sins(text: str) -> list[str]:
    """Where a change log leaves the form of keepachangelog.com 1.1."""
    sins: list[str] = []
    lines = text.splitlines()
    if not lines or lines[0] != "# Changelog":
        sins.append("the first line is not “# Changelog”")
    headings = [line for line in lines if line.startswith("## ")]
    sins += [f"not a version heading: {line}" for line in headings if not VERSION.match(line)]
    versions = [
        tuple(map(int, found.groups()[:3]))
        for line in headings
        if (found := VERSION.match(line)) and found[1]
    ]
    if versions != sorted(set(versions), reverse=True):
        sins.append("the versions do not stand newest first")
    sins += [
        f"not a section: {line}"
        for line in lines
        if line.startswith("### ") and line[4:] not in SECTIONS
    ]
    return sins


def test_every_file_that_the_documents_name_exists():
    missing = [
        f"{document.relative_to(ROOT)} names {name}"
        for document in DOCUMENTS
        for name in sorted(named_files(document.read_text(encoding="utf-8")))
        if not is_there(name, document)
    ]
    assert missing == []


def test_a_file_that_is_not_there_is_found():
    assert named_files("see `app/nowhere.py` and [this](docs/lost.md#part)") == {
        "app/nowhere.py",
        "docs/lost.md",
    }


def test_the_changelog_keeps_its_form():
    assert changelog_sins((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "# History\n",
        "# Changelog\n## 1.0\n",
        "# Changelog\n## [0.1.0] - 2026-01-01\n## [0.2.0] - 2026-02-01\n",
        "# Changelog\n## [Unreleased]\n### News\n",
    ],
)
def test_a_changelog_out_of_form_is_found(text):
    assert changelog_sins(text)


def test_the_licence_is_the_one_that_the_project_file_names():
    assert (
        "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text()
    )
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info[:2] != (3, 11),
    reason="the notices name the libraries of one reference system",
)
def test_the_notices_name_every_library_as_it_is_installed():
    """After a change of the lock: `.venv/bin/python packaging/notices.py` writes them anew."""
    script = ROOT / "packaging" / "notices.py"
    assert subprocess.run([sys.executable, script, "check"], check=False).returncode == 0
