"""Where things lie, how a step of the work is run, and how it is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"

Words = Sequence[str | Path]


class SetUpError(Exception):
    """The work cannot go on; the sentence says what the person can do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended: wall seconds, and one line that says more."""

    name: str
    passed: bool
    seconds: float
    note: str = ""


def program(name: str) -> Path:
    """Return the path of a program in the environment, such as `python` or `ruff`."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def variables(**more: str) -> dict[str, str]:
    """Return the variables our programs run with: ours first on the path, byte code kept.

    Without kept byte code every worker and every command would compile the libraries anew.
    """
    result = {**os.environ, **more}
    result.pop("PYTHONDONTWRITEBYTECODE", None)
    result.pop("PYTHONHOME", None)
    result["VIRTUAL_ENV"] = str(VENV)
    result["PATH"] = os.pathsep.join((str(program("python").parent), os.environ.get("PATH", "")))
    return result


def call(*words: str | Path) -> None:
    """Run a command that must succeed.

    Raises:
        subprocess.CalledProcessError: it did not.
    """
    subprocess.run(words, check=True, cwd=ROOT, env=variables())


def succeeds(*words: str | Path) -> bool:
    """Run a command quietly and return whether it is there and ended well."""
    try:
        done = subprocess.run(words, check=False, cwd=ROOT, env=variables(), capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def watched(name: str, words: Words, **more: str) -> tuple[Outcome, str]:
    """Run a step whose output is shown as it comes; return how it ended and its last lines."""
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    tail = b""
    with subprocess.Popen(
        words, cwd=ROOT, env=variables(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        assert running.stdout is not None
        while chunk := os.read(running.stdout.fileno(), 65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            tail = (tail + chunk)[-4096:]
    outcome = Outcome(name, running.returncode == 0, time.monotonic() - began)
    return outcome, tail.decode(errors="replace")
