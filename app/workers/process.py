"""One worker process, as the program sees it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

import app
from app.workers.child import worker_command
from app.workers.frames import Frame, read_frame, write_frame
from app.workers.limits import Limits

_FOLDER = "claimbinder-workers-{pid}-"
_LAST_WORDS = 4000  # bytes of standard error kept for the log
_MOST_STDERR = 64 << 10  # bytes; libraries that chatter must not fill the disk


class WorkerProcess:
    """A worker and the pipes to it. One thread at a time may send and receive; any may `end` it."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        """Start a worker with a private temporary folder inside `folder`."""
        self.idle_since = 0.0  # monotonic, while nobody uses it
        self.ended: str | None = None  # why we ended it
        self._lock = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._stderr = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `dispose`
        self._process = subprocess.Popen(
            worker_command(asdict(limits)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=self._folder,
            env=_environment(self._folder),
            process_group=None if sys.platform == "win32" else 0,  # Ctrl+C is for the program
            creationflags=_creation_flags(background=limits.niceness > 0),
        )
        self._tasks = cast("BinaryIO", self._process.stdin)
        self._replies = cast("BinaryIO", self._process.stdout)

    def send(self, task: str, values: Mapping[str, Any], blobs: Sequence[bytes]) -> None:
        """Give the worker a task; an `OSError` says that it is gone."""
        self._bound_stderr()
        write_frame(self._tasks, "task", {"task": task, "values": values}, blobs)
        self._tasks.flush()

    def receive(self) -> Frame:
        """Wait for its next message; an `EOFError` says that it is gone."""
        return read_frame(self._replies)

    def end(self, why: str) -> None:
        """Kill the process and all it started; the first `why` is kept in `ended`."""
        with self._lock:
            if self.ended is None:
                self.ended = why
                _kill(self._process)

    def last_words(self) -> str:
        """Return the end of what an ended worker wrote to standard error."""
        self._process.wait()
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(size - _LAST_WORDS, 0))
        return self._stderr.read().decode("utf-8", "replace").strip()

    def dispose(self) -> None:
        """End the process if it runs, and remove all that was its own."""
        self.end("disposed")
        self._process.wait()
        for pipe in (self._tasks, self._replies, self._stderr):
            try:
                pipe.close()
            except OSError:  # a task it never read is still in our buffer
                continue
        shutil.rmtree(self._folder, ignore_errors=True)

    def _bound_stderr(self) -> None:
        if os.fstat(self._stderr.fileno()).st_size > _MOST_STDERR:
            self._stderr.truncate(0)


def private_folder() -> Path:
    """Make a folder only this user can enter, and remove those of programs that crashed."""
    root = Path(tempfile.gettempdir())
    for folder in root.glob(_FOLDER.format(pid="*") + "*"):
        owner = re.match(_FOLDER.format(pid=r"(\d+)"), folder.name)
        if owner and not _is_running(int(owner[1])):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_FOLDER.format(pid=os.getpid())))


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # there a signal would end it; its folder is left to the system
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _environment(folder: Path) -> dict[str, str]:
    """Return our environment with one thread for each library and `folder` for temporary files."""
    code = str(Path(app.__file__).resolve().parent.parent)  # a checkout need not be installed
    path = os.pathsep.join(filter(None, (code, os.environ.get("PYTHONPATH"))))
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return {**os.environ, **threads, **places, "PYTHONPATH": path, "PYTHONUTF8": "1"}


def _creation_flags(*, background: bool) -> int:
    if sys.platform != "win32":
        return 0
    flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return flags | subprocess.BELOW_NORMAL_PRIORITY_CLASS if background else flags


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    elif process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
