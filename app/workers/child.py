"""The worker's side: reads tasks from its standard input, writes replies to its output.

A frozen program (one file, no `-m`) calls `main` when its first argument is `--worker`.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO, cast

from app.domain.errors import PasswordNeededError, UnreadableError, UserError
from app.workers.frames import Frame, Reply, read_frame, write_frame
from app.workers.limits import Limits, confine

Task = Callable[[dict[str, Any], tuple[bytes, ...]], Reply | Iterable[Reply]]


def main(argv: Sequence[str]) -> int:
    """Serve tasks until the program closes our input. `argv[0]` is JSON from `worker_command`.

    Whatever a task raises besides a `UserError` ends this process, on purpose: after an
    unexpected failure inside a decoder nothing here can be trusted. The program sees it die,
    names the one paper and starts another worker.
    """
    orders = json.loads(argv[0])
    tasks_in, replies_out = _own_pipes()
    confine(Limits(**orders["limits"]), orders["parent"])
    tasks: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks_in, tasks), daemon=True).start()
    while True:
        _serve(tasks.get(), replies_out)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes to ourselves: a library that prints must not write into our frames."""
    tasks_in = os.fdopen(os.dup(0), "rb")
    replies_out = os.fdopen(os.dup(1), "wb", buffering=1 << 20)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks_in, replies_out


def _listen(tasks_in: BinaryIO, tasks: queue.SimpleQueue[Frame]) -> None:
    """Queue what the program sends; end the process, busy or not, when the program is gone."""
    try:
        while True:
            tasks.put(read_frame(tasks_in))
    except EOFError:
        os._exit(0)


def _serve(frame: Frame, replies_out: BinaryIO) -> None:
    task = _task(frame.values["task"])
    try:
        answer = task(frame.values["values"], frame.blobs)
        if isinstance(answer, Reply):
            write_frame(replies_out, "item", answer.values, answer.blobs)
        else:
            for reply in answer:
                write_frame(replies_out, "item", reply.values, reply.blobs)
                replies_out.flush()
        write_frame(replies_out, "end", {})
    except UserError as error:
        write_frame(replies_out, "refused", {"sentence": str(error), "kind": _kind(error)})
    replies_out.flush()


def _task(name: str) -> Task:
    module, _, function = name.partition(":")
    return cast("Task", getattr(importlib.import_module(module), function))


def _kind(error: UserError) -> str:
    if isinstance(error, PasswordNeededError):
        return "password"
    return "unreadable" if isinstance(error, UnreadableError) else "user"


def worker_command(limits: dict[str, Any]) -> list[str]:
    """Return the command line that starts a worker of this process with these limits."""
    orders = json.dumps({"limits": limits, "parent": os.getpid()})
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", orders]
    return [sys.executable, "-P", "-m", "app.workers", orders]  # -P: nothing from its folder
