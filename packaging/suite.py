"""Every check, one after another; all of them run even when one fails."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from pathlib import Path

from steps import ROOT, Outcome, call, program, succeeds, watched

NOT_OURS = {".git", ".venv", ".hypothesis", "build", "dist", "mutants", "__pycache__"}
"""Folders that tools may write to during a run, with every other folder of a hidden cache."""


CAUGHT = 0.85
"""The share of planted bugs that must be caught; what is left is wording and equal code."""


def lint() -> int:
    """Check style, form, types and layers."""
    return _conclude(_lint())


def test(pytest_words: list[str], *, deep: bool) -> int:
    """Run everything that decides whether a change may land."""
    before = _files()
    outcomes = _lint()
    tests, closing = _pytest(pytest_words, deep=deep)
    outcomes.append(tests)
    if deep:
        outcomes.append(_mutations())
    outcomes.append(_unchanged(before))
    return _conclude(outcomes, closing)


def bench(names: list[str]) -> int:
    """Measure, as ratios within this run; nothing here can fail for being slow."""
    return _conclude([watched("measurements", (program("python"), "-m", "tests.bench", *names))[0]])


def _lint() -> list[Outcome]:
    return [
        watched("style", (program("ruff"), "check", "."))[0],
        watched("form", (program("ruff"), "format", "--check", "."))[0],
        watched("types", (program("pyright"),))[0],
        watched("layers", (program("lint-imports"), "--no-logo"))[0],
    ]


def _pytest(words: list[str], *, deep: bool) -> tuple[Outcome, str]:
    """Run the tests, in two processes where there are two cores; all windows share one."""
    several = (os.cpu_count() or 1) > 1
    # A process that dies ends the run with the name of its test: with another in its place, the
    # run could wait for ever.
    spread = ("-n", "2", "--dist", "loadgroup", "--max-worker-restart=0") if several else ()
    command = (program("python"), "-m", "pytest", "-q", *spread, *words)
    outcome, tail = watched("tests", (*command, "--deep") if deep else command)
    closing = re.findall(
        r"^=*\s*(\d+ (?:passed|failed|error|skipped|deselected).* in .*?s.*)$", tail, re.MULTILINE
    )
    return outcome, closing[-1] if closing else "pytest ended without a closing line"


def _mutations() -> Outcome:
    """Plant small bugs in the arithmetic of deadlines, one at a time; the tests must catch them."""
    print("\n── planted bugs", flush=True)
    if os.name == "nt":
        return Outcome(
            "planted bugs", True, 0.0, "left out: mutmut needs fork, which Windows lacks"
        )
    began = time.monotonic()
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    ran = succeeds(program("mutmut"), "run") and succeeds(program("mutmut"), "export-cicd-stats")
    if not ran:
        return Outcome("planted bugs", False, time.monotonic() - began, "mutmut did not finish")
    call(program("mutmut"), "results")
    told = json.loads((ROOT / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    caught, planted = told["killed"] + told["timeout"], told["total"]
    note = f"{caught} of {planted} caught; the rest is named above"
    return Outcome("planted bugs", caught >= CAUGHT * planted, time.monotonic() - began, note)


def _files() -> dict[Path, tuple[int, int]]:
    """Every file of the checkout that only a person may change: its size and time of change."""
    found: dict[Path, tuple[int, int]] = {}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not name.endswith((".egg-info", "_cache"))
        ]
        for name in names:
            path = Path(folder, name)
            status = path.lstat()
            found[path] = (status.st_size, status.st_mtime_ns)
    return found


def _unchanged(before: dict[Path, tuple[int, int]]) -> Outcome:
    """Check that the run wrote nothing into the checkout."""
    began = time.monotonic()
    after = _files()
    touched = sorted(
        str(path.relative_to(ROOT))
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    )
    note = f"changed during the run: {', '.join(touched[:10])}" if touched else ""
    return Outcome("checkout unchanged", not touched, time.monotonic() - began, note)


def _conclude(outcomes: list[Outcome], closing: str = "") -> int:
    print("\n── summary")
    for outcome in outcomes:
        mark = "passed" if outcome.passed else "FAILED"
        print(f"{mark}  {outcome.name:20} {outcome.seconds:6.1f} s  {outcome.note}".rstrip())
    print(f"in all {sum(outcome.seconds for outcome in outcomes):.0f} s")
    if closing:
        print(closing)
    return 0 if all(outcome.passed for outcome in outcomes) else 1
