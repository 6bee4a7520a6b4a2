"""What a worker may use, and how it takes these limits on itself before its first task."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from dataclasses import dataclass

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_MAX_OPEN_FILES = 256
_AF_UNIX = 1  # wherever there is one; importing `socket` costs a worker 5 ms


@dataclass(frozen=True)
class Limits:
    """The most that a worker may use.

    `seconds` is per item (a call, or one reply of a stream); `file_bytes` bounds each file that
    it writes; `niceness` is how far it steps back behind the window, 0 to 19.
    """

    memory_bytes: int = 2 << 30
    seconds: float = 60.0
    file_bytes: int = 1 << 30
    niceness: int = 0


def confine(limits: Limits, parent: int) -> None:
    """Apply the limits to this process, for good. `parent` is the program's process id."""
    _end_with(parent)
    _bound_resources(limits)
    _step_back(limits.niceness)
    sys.addaudithook(_refuse_internet)


def _end_with(parent: int) -> None:
    """Have the kernel end this process when the program ends (Linux; elsewhere the pipe tells)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if os.getppid() != parent:  # it ended before the wish was known
            os._exit(0)


def _bound_resources(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CORE: 0,  # a core dump would hold the pages of papers
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: _MAX_OPEN_FILES,
    }
    for what, most in bounds.items():
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS does not honour each of them
            resource.setrlimit(what, (bound, bound))


def _step_back(niceness: int) -> None:
    if niceness and sys.platform != "win32":  # there the program sets the priority as it starts us
        os.nice(niceness)


def _refuse_internet(event: str, args: tuple[object, ...]) -> None:
    """Audit hook, which cannot be taken off again: only local sockets may be made."""
    if event == "socket.__new__" and args[1] != _AF_UNIX:
        raise PermissionError("A worker opens no internet socket.")
