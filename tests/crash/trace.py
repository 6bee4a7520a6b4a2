"""What a program does to its disk, in order: recorded with strace, system call by system call."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HAVE_STRACE = shutil.which("strace") is not None

CHANGES = ("write", "pwrite64", "ftruncate", "rename", "unlink", "unlinkat", "mkdir", "rmdir")
SYNCS = ("fsync", "fdatasync")
HANDLES = ("open", "openat", "creat", "close", "dup", "dup2", "dup3", "fcntl", "lseek")
NOT_MODELLED = (
    "writev", "pwritev", "pwritev2", "truncate", "fallocate", "sendfile", "copy_file_range", "link",
    "linkat", "symlink", "symlinkat", "renameat", "renameat2", "mkdirat", "splice",
)  # fmt: skip

_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")
_PART = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?|([^,"]+)')


@dataclass(frozen=True)
class Call:
    """One system call that succeeded: its name, its arguments, and what it returned."""

    name: str
    arguments: tuple[bytes | str, ...]
    result: int

    def number(self, place: int) -> int:
        return int(self.arguments[place])

    def path(self, place: int) -> Path:
        argument = self.arguments[place]
        assert isinstance(argument, bytes)
        return Path(argument.decode())


END = Call("end", (), 0)
"""The end of one program, where the recording goes on with another one."""


def record(words: Sequence[str], log: Path, *, inject: str = "") -> list[Call]:
    """Run `python -m …` under strace and return the calls that succeeded.

    `inject` kills the program on the way, in strace's words: `fsync:signal=KILL:when=3`.
    """
    names = ",".join((*CHANGES, *SYNCS, *HANDLES, *NOT_MODELLED))
    command = ["strace", "-qq", "-xx", "-s", "4000000", "-o", str(log), "-e", f"trace={names}"]
    if inject:
        command += ["-e", f"inject={inject}"]
    done = subprocess.run(
        [*command, sys.executable, "-B", "-m", *words], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode and not inject:
        raise AssertionError(done.stderr.decode())
    return list(parsed(log))


def parsed(log: Path) -> Iterator[Call]:
    with log.open("r", encoding="ascii") as lines:
        for line in lines:
            if (found := _LINE.match(line)) and not found[3].startswith(("-", "?")):
                yield Call(found[1], _arguments(found[2]), int(found[3]))


def _arguments(text: str) -> tuple[bytes | str, ...]:
    parts: list[bytes | str] = []
    for found in _PART.finditer(text):
        if found[1] is not None:
            assert not found[2], "strace cut a string short"
            parts.append(bytes.fromhex(found[1].replace("\\x", "")))
        elif part := found[3].strip():
            parts.append(part)
    return tuple(parts)
