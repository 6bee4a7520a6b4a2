"""The virtual environment beside the checkout: made from the lock, once."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from steps import ROOT, VENV, SetUpError, Words, call, program, succeeds

LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "set-up-from"


def prepare() -> None:
    """Bring the environment to what the lock says; done at once when it is there already.

    Raises:
        SetUpError: Python cannot make environments, or the libraries cannot be fetched.
    """
    wanted = _fingerprint()
    usable = _is_usable()
    if usable and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print("Setting up. This takes a minute the first time.", flush=True)
    STAMP.unlink(missing_ok=True)
    try:
        if not usable:
            venv.create(VENV, clear=True, symlinks=os.name != "nt")
        _install()
        STAMP.write_text(wanted, encoding="utf-8")
    except OSError as problem:
        msg = f"The folder {VENV} could not be made: {problem}. Check that you may write there."
        raise SetUpError(msg) from problem


def _fingerprint() -> str:
    """What the environment is made from: the lock, the project file, the place, the Python."""
    digest = hashlib.sha256(LOCK.read_bytes())
    digest.update((ROOT / "pyproject.toml").read_bytes())
    digest.update(f"{ROOT} {sys.version} {sys.base_prefix}".encode())
    return digest.hexdigest()


def _is_usable() -> bool:
    """Return whether the environment has a Python of this version that starts."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return succeeds(program("python"), "-c", same)


def _install() -> None:
    """Install the lock with uv, twelve times faster; with pip where uv does not do it."""
    project = ("--no-deps", "--no-build-isolation", "--editable", ROOT)
    pip = (program("python"), "-m", "pip", "--disable-pip-version-check", "install")
    uv = (program("uv"), "pip", "install", "--python", program("python"))
    try:
        if not succeeds(*pip, "--help"):
            call(program("python"), "-m", "ensurepip", "--default-pip")
        try:
            _install_uv(pip)
            call(*uv, "--compile-bytecode", "--require-hashes", "-r", LOCK)
            call(*uv, *project)
        except (OSError, subprocess.CalledProcessError):
            print("uv did not manage it; trying pip, which is slower.", flush=True)
            call(*pip, "--require-hashes", "-r", LOCK)
            call(*pip, *project)
    except subprocess.CalledProcessError as problem:
        msg = (
            "The libraries could not be installed; the lines above say why. "
            "Check the internet connection and run the same command again."
        )
        raise SetUpError(msg) from problem


def _install_uv(pip: Words) -> None:
    """Install the one uv that the lock names, by its hash."""
    lines = re.search(r"^uv==.*\n(?:[ \t].*\n)*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if lines is None:
        msg = "the lock names no uv"
        raise OSError(msg)
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text(lines[0], encoding="utf-8")
        call(*pip, "--quiet", "--no-deps", "--require-hashes", "-r", only_uv)
